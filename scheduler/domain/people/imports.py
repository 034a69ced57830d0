"""A contact file about to be taken in."""

from dataclasses import field
from datetime import datetime, timedelta

from scheduler.domain.calendar.campaigns import Audience
from scheduler.domain.instants import Dated
from scheduler.domain.values import frozen

#: Where the invented people shipped with the program come from.
SAMPLE_ORIGIN = "sample audience shipped with the program"


@frozen
class Settled:
    """What a person decided of keys that come with another name and another address."""

    #: Still the same person: married, or moved with a name that was wrong.
    same: frozenset[str] = frozenset()
    #: The key was given to somebody else.
    other: frozenset[str] = frozenset()


#: The dead of a file that nobody asks about, and the hundredths of its rows above which more are a
#: column misread.
FEW_DEAD = 20
DEAD_SHARE = 5


@frozen
class Departures:
    """Who would leave an audience by one file."""

    #: People of the file, all told, and those whom it calls dead.
    people: int
    dead: int
    #: The dead and the too young, and those of them who are members.
    aside: int
    aside_members: int
    #: Members of the audience now.
    members: int


def too_many_leave(leaving: Departures) -> str:
    """Why a person must say first that a file is right; empty: nobody needs to.

    A column of deaths that is misread would empty an audience in silence.
    """
    if leaving.dead > FEW_DEAD and leaving.dead * 100 > leaving.people * DEAD_SHARE:
        return f"{leaving.dead} people of {leaving.people} in this file are taken for dead"
    if leaving.aside_members and leaving.aside_members * 2 > leaving.members:
        return (
            "by its days of birth and death, this would end the membership of "
            f"{leaving.aside_members} of {leaving.members} people"
        )
    if not leaving.members and leaving.aside * 2 > leaving.people:
        return f"{leaving.aside} of the {leaving.people} people in this file are dead or too young"
    return ""


#: After these, the month in which people must be told of their data draws to its end.
UNTOLD_AFTER = timedelta(days=25)


@frozen
class Untold(Dated):
    """An import with people who have been here for long and got no message that says it (GDPR
    article 14)."""

    audience: str
    origin: str
    at: datetime
    people: int


@frozen
class ImportStart:
    """Kept with the import, for whoever asks where an address came from."""

    audience: Audience
    #: SHA-256 of the file, in hexadecimal.
    file_hash: str
    #: Where the file comes from, in the operator's words.
    origin: str
    #: One of the bases the audience names.
    basis: str
    #: add | replace
    mode: str
    #: The organisation's own service asked the people themselves (GDPR article 13).
    own_file: bool = False
    settled: Settled = field(default_factory=Settled)
    #: Who takes it in, for the audit log; empty where nobody does by hand.
    by: str = ""
