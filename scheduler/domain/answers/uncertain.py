"""Deliveries of which nobody knows whether they left, and what a person makes of them."""

from datetime import datetime
from enum import StrEnum

from scheduler.domain.consent.optout import Route
from scheduler.domain.ids import DeliveryId
from scheduler.domain.instants import Dated
from scheduler.domain.sending import Claim, Due
from scheduler.domain.values import frozen

#: Reasons that the program gives, where no provider said anything.
INTERRUPTED = "interrupted"
#: The same with no journal to go by: after a power cut, or on a volume put back.
WITHOUT_JOURNAL = "interrupted, without its journal"
OWNER_SILENT = "its replica went silent"
STOPPED = "stopped"


class Cause(StrEnum):
    """What left a delivery in doubt, as far as its reason tells."""

    #: The process ended between the last bytes and the answer.
    KILLED = "killed"
    #: The machine lost its power, or the journal was lost: all that had an intent is in doubt.
    POWER_CUT = "power-cut"
    #: The connection broke, or nobody answered, after the last bytes.
    LOST = "connection-lost"
    #: Its replica went silent, and its journal didn't come back.
    TAKEN_OVER = "taken-over"
    #: The grace time of a stop was over.
    STOPPED = "stopped"
    #: Anything else that its provider said.
    OTHER = "other"

    @classmethod
    def of(cls, reason: str) -> "Cause":
        """What a row's reason stands for."""
        known = {
            INTERRUPTED: cls.KILLED,
            WITHOUT_JOURNAL: cls.POWER_CUT,
            OWNER_SILENT: cls.TAKEN_OVER,
            STOPPED: cls.STOPPED,
        }
        if reason in known:
            return known[reason]
        return cls.LOST if reason.split(" ", 1)[0] in ("lost", "timeout") else cls.OTHER


class Evidence(StrEnum):
    """What proves that a message in doubt had left, in words for its row."""

    #: A report came back with its token (RFC 3464, RFC 5965).
    REPORT = "a report on it came back"
    #: A server or its reader answered it, by a token of ours.
    ANSWER = "an answer to it came"
    #: Its reader pressed the link in it, and was sent no other.
    OPT_OUT = "its reader left by the link in it"
    #: The provider speaks of it: a status callback, or its list.
    PROVIDER = "its provider speaks of it"

    @property
    def reason(self) -> str:
        """The reason of a row that it settled."""
        return f"proved: {self.value}"


#: Routes of an opt-out that begin with the link or the address in a message.
BEARS_TOKEN = frozenset({Route.ONE_CLICK, Route.PAGE, Route.MAILTO, Route.SHORT_LINK})


@frozen
class UncertainRow(Dated):
    """A delivery that waits for a person, or for its provider's word."""

    delivery: DeliveryId
    #: ``campaign/episode/date``.
    occurrence: str
    channel: str
    audience: str
    #: When it was tried (UTC).
    since: datetime
    #: In the provider's words: why nobody knows.
    reason: str
    #: Opened; empty once its person is erased. Never logged.
    to: str


class Refusal(StrEnum):
    """Why a decision wasn't carried out."""

    NOT_UNCERTAIN = "it isn't uncertain (any more)"
    TOO_LATE = "the time in which it could be sent is over"
    CANCELLED = "its occurrence is cancelled"
    NOBODY = "its recipient was erased"
    CHANGED = "its recipient has another address now, and it may have reached the one before"


@frozen
class Decided:
    """What became of one delivery that a person decided about."""

    delivery: DeliveryId
    #: None: it was done.
    refused: Refusal | None


@frozen
class TextInDoubt(Dated):
    """An uncertain SMS, with what its text is composed from again."""

    due: Due
    #: Stands for the claim it left under.
    claim: Claim
    #: When it was tried (UTC).
    since: datetime
