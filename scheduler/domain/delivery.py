"""What can become of a delivery, and why one was left out."""

from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from scheduler.domain.ids import DeliveryId
from scheduler.domain.instants import Dated
from scheduler.domain.values import frozen


class DeliveryState(StrEnum):
    """The states of a delivery row: one occurrence, one contact, one channel."""

    #: Planned, or between two attempts.
    WAITING = "waiting"
    #: The intent is durable; the provider may have it. Counts as waiting in reports.
    SENDING = "sending"
    #: The provider accepted it.
    SENT = "sent"
    #: Not sent on purpose; the reason is in the row.
    LEFT_OUT = "left-out"
    #: Refused for good, or its life ended before it could leave.
    FAILED = "failed"
    #: Handed over, and no answer came. A person or the provider's own list settles it.
    UNCERTAIN = "uncertain"
    #: Its occurrence was cancelled before it left.
    CANCELLED = "cancelled"


class LeftOut(StrEnum):
    """Why a member of the audience gets nothing; one reason a row, the first that applies."""

    #: None for the channel, or one reserved for fiction with a real provider.
    NO_ADDRESS = "no-address"
    #: The person, or somebody at the address, asked for no more.
    OPTED_OUT = "opted-out"
    #: The far end refused the address itself.
    BOUNCED = "bounced"
    #: Its domain refused so many at once that none was ended, and did not mend in time.
    BOUNCE_PENDING = "bounce-pending"
    #: The address is somebody else's, or its holder has died.
    NOT_THEIRS = "not-theirs"
    #: An answer may have asked for no more; a person hasn't read it yet.
    IN_DOUBT = "in-doubt"
    #: The basis is consent, and there is no proof.
    NO_CONSENT = "no-consent"
    #: The person or the address is served otherwise.
    DUPLICATE = "duplicate"
    #: Enough was sent, or is about to be.
    CAP = "cap"
    #: Its day is closed, and it may not move.
    NO_WINDOW = "no-window"
    #: Their text was faulty, and wasn't mended in time.
    NO_TEXT = "no-text"
    #: A complete file no longer named them, before it left.
    LEFT_AUDIENCE = "left-audience"
    #: Lives elsewhere now, or is in another audience, and no slot has taken them up (yet).
    MOVED = "moved"
    #: It says what became of an event to those who had an invitation; they had none.
    NOT_INVITED = "not-invited"
    #: Their data is frozen (GDPR article 18).
    FROZEN = "frozen"


class SlotState(StrEnum):
    """What became of the part of an occurrence that leaves at one moment; no row: nothing yet."""

    #: Some of its deliveries are in the ledger, portion by portion; the others follow.
    PLANNING = "planning"
    #: Its deliveries are in the ledger.
    PLANNED = "planned"
    #: Its limit passed before it was planned: nobody gets it.
    MISSED = "missed"


class BatchState(StrEnum):
    """Whether a batch has something to send."""

    #: A delivery in it waits, or is under way.
    OPEN = "open"
    #: Nothing in it waits. A retry or an act by hand opens it again.
    DONE = "done"


class OccurrenceState(StrEnum):
    """The states of an occurrence: one dated instance of a campaign's episode."""

    #: None of its slots is planned yet.
    SCHEDULED = "scheduled"
    #: At least one slot is planned; others, or deliveries, are still to come.
    RUNNING = "running"
    #: The last slot is planned and no delivery waits.
    FINISHED = "finished"
    #: A person stopped it for now; what is left waits.
    PAUSED = "paused"
    #: A person ended it; what was left is cancelled.
    CANCELLED = "cancelled"
    #: Nobody could be reached in time; a mended date gives it another turn.
    MISSED = "missed"
    #: Its message is faulty; the reason says how. It goes when the message is mended in time.
    HELD = "held"


class Receipt(NamedTuple):
    """A provider's acceptance of one message."""

    #: The provider's own id: a queue id, a message SID, a path in the outbox.
    provider_id: str
    code: str = ""
    detail: str = ""
    #: Billed parts, for SMS.
    segments: int = 0


@frozen
class Outcome(Dated):
    """What one attempt came to, as it is written in the ledger."""

    delivery_id: DeliveryId
    state: DeliveryState
    at: datetime
    provider_id: str = ""
    reason: str = ""
    segments: int = 0
    #: In ten-thousandths of a euro.
    cost: int = 0
    #: When to try again, for a row that goes back to waiting (UTC).
    next_at: datetime | None = None
    #: It waits again, and may have been accepted all the same: an operator's setting.
    may_have_left: bool = False
    #: Nothing of it began: the attempt that its intent counted was none.
    untried: bool = False
