"""How long people's data is kept, and what becomes of it then."""

from calendar import monthrange
from datetime import datetime, timedelta
from enum import StrEnum

from scheduler.domain.values import frozen


class Kept(StrEnum):
    """What has an age, in the order in which a retention run goes through it."""

    #: Who did nothing for years: emptied.
    CONTACTS = "contacts"
    #: Who left their source: emptied.
    LEAVERS = "leavers"
    #: Proofs that a later one has replaced: deleted.
    PROOFS = "proofs"
    #: Who got which message: the row stays, to be counted, without its person.
    DELIVERIES = "deliveries"
    #: Lists of people that a message went to: deleted.
    LISTS = "lists"
    #: Days on which people entered, two months later: deleted.
    ENTRIES = "entries"
    #: What people wrote to us: their words emptied.
    REPLIES = "replies"
    #: Tests sent by hand: deleted.
    TRIALS = "trials"
    #: Confirmed requests to be written to, whose proofs stand elsewhere: deleted.
    REQUESTS = "requests"
    #: Texts that somebody began to write on the desk and never published: deleted.
    DRAFTS = "drafts"
    #: What colleagues said of texts: deleted.
    COMMENTS = "comments"
    #: Texts that three people were asked to read, and what they said: deleted.
    TRIOS = "trios"
    #: Addresses that nobody has any more: emptied.
    ADDRESSES = "addresses"
    #: A rehearsal's copy of the people: deleted.
    REHEARSALS = "rehearsals"


#: A newcomer's first weeks, and a month for a person's word.
ENTRIES = timedelta(days=60)


@frozen
class RetentionRules:
    contacts_years: int
    leavers_days: int
    proofs_years: int
    deliveries_months: int
    replies_months: int
    rehearsal_days: int

    def limit(self, kept: Kept, now: datetime) -> datetime:
        """What is older has had its time."""
        match kept:
            case Kept.CONTACTS:
                return months_before(now, 12 * self.contacts_years)
            case Kept.LEAVERS:
                return now - timedelta(days=self.leavers_days)
            case Kept.PROOFS:
                return months_before(now, 12 * self.proofs_years)
            case Kept.REPLIES:
                return months_before(now, self.replies_months)
            case (
                Kept.DELIVERIES
                | Kept.LISTS
                | Kept.TRIALS
                | Kept.REQUESTS
                | Kept.DRAFTS
                | Kept.COMMENTS
                | Kept.TRIOS
            ):
                return months_before(now, self.deliveries_months)
            case Kept.ENTRIES:
                return now - ENTRIES
            case Kept.REHEARSALS:
                return now - timedelta(days=self.rehearsal_days)
            case Kept.ADDRESSES:
                return now


def months_before(instant: datetime, months: int) -> datetime:
    """The same day and time, so many months earlier; the last day of a shorter month."""
    number = instant.year * 12 + instant.month - 1 - months
    year, month = divmod(number, 12)
    day = min(instant.day, monthrange(year, month + 1)[1])
    return instant.replace(year=year, month=month + 1, day=day)
