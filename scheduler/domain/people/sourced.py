"""An audience whose people a source lists (a directory, a folder…): when it is read, and what of
its answer is too little to be believed."""

from datetime import datetime, timedelta
from enum import StrEnum

from scheduler.domain.instants import Dated
from scheduler.domain.values import frozen

#: After a reading that failed, or that a crash cut short.
RETRY = timedelta(minutes=15)
#: Readings in a row that fail before a person is called.
FAILURES = 3
#: What a person confirmed is good for what comes next, unless that is smaller still: hundredths of
#: the people it had.
AS_CONFIRMED = 90
#: How long readings are told of.
KEPT = timedelta(days=400)


class Outcome(StrEnum):
    """What became of a reading."""

    #: It began, and hasn't ended; or a crash cut it short, and nothing was taken in, or a part of
    #: it, which the next one completes.
    BEGUN = "begun"
    #: Its people are in the ledger.
    TAKEN = "taken"
    #: The source says that nothing has changed.
    UNCHANGED = "unchanged"
    #: What the source gave must not be taken in: nothing was changed.
    REFUSED = "refused"
    #: The source gave nobody, or not all: nothing was changed.
    FAILED = "failed"


class Cause(StrEnum):
    """Why a reading changed nothing."""

    #: Under half of what it gave the last time.
    LESS_THAN_HALF = "less-than-half"
    #: Too many would leave, are taken for dead, or can't be read.
    MANY_LEAVE = "many-leave"
    #: The table itself: no column of addresses, garbled, no usable row.
    UNUSABLE = "unusable"
    #: Nobody answers, or the answer broke off.
    UNREACHABLE = "unreachable"
    #: The certificate isn't one that we trust.
    NOT_TRUSTED = "not-trusted"
    #: Name or password.
    DENIED = "denied"
    #: It gives no more than a part (a size limit).
    CUT_SHORT = "cut-short"
    #: What we ask is wrong: a filter, a base, a query, an address.
    BADLY_ASKED = "badly-asked"
    #: More than we take.
    TOO_LARGE = "too-large"


#: A person may say that these are right.
CONFIRMABLE = frozenset({Cause.LESS_THAN_HALF, Cause.MANY_LEAVE})


@frozen
class SourceLook(Dated):
    """One reading of a source, as the ledger keeps it. Nobody's data."""

    number: int
    #: The name that the audience's people came in under.
    audience: str
    #: ldap, folder…
    kind: str
    at: datetime
    ended_at: datetime | None = None
    #: An ``Outcome``; what another version noted may be a word of its own.
    outcome: str = Outcome.BEGUN
    #: People with an address or a number; None: not known.
    people: int | None = None
    #: Those of them who are new, and the members who left.
    added: int = 0
    ended: int = 0
    #: What the source calls this state of it (a digest, an ETag).
    mark: str = ""
    #: A ``Cause``, or empty.
    cause: str = ""
    #: In words, for the operator.
    detail: str = ""
    #: Who asked for it; empty: the program by itself.
    by: str = ""
    #: Who said that what was refused is right.
    confirmed_by: str = ""

    @property
    def may_be_confirmed(self) -> bool:
        some = self.cause in CONFIRMABLE and bool(self.people)
        return self.outcome == Outcome.REFUSED and some and not self.confirmed_by


@frozen
class SourceEnd:
    """How a reading ended."""

    outcome: Outcome
    people: int | None = None
    added: int = 0
    ended: int = 0
    mark: str = ""
    cause: str = ""
    detail: str = ""


def is_time(last: SourceLook | None, every: timedelta, now: datetime) -> bool:
    """Whether a source is read now; ``last`` is its latest reading."""
    if last is None or last.at > now or (last.confirmed_by and last.outcome == Outcome.REFUSED):
        return True
    failed = last.outcome in (Outcome.BEGUN, Outcome.FAILED)
    return now - last.at >= (RETRY if failed else every)


def is_less_than_half(people: int, before: int | None) -> bool:
    return before is not None and people * 2 < before


def is_as_confirmed(people: int, last: SourceLook | None) -> bool:
    """Whether what a person said of the last reading that came to its end holds for this one."""
    if last is None or not last.confirmed_by or last.outcome != Outcome.REFUSED:
        return False
    return last.people is not None and people * 100 >= last.people * AS_CONFIRMED
