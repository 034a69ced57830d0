"""Figures about deliveries, never about a person."""

from datetime import datetime

from scheduler.domain.answers.arrivals import Arrival
from scheduler.domain.delivery import DeliveryState
from scheduler.domain.ids import ContentId
from scheduler.domain.instants import Dated
from scheduler.domain.values import frozen


@frozen
class Count:
    """How many deliveries share an occurrence, audience, channel, territory, state and reason."""

    occurrence: str
    audience: str
    channel: str
    territory: str
    state: DeliveryState
    reason: str
    rows: int
    segments: int
    #: In ten-thousandths of a euro.
    cost: int
    #: Of what is sent: what was learnt later.
    arrival: Arrival | None = None
    #: It is of services alone, by SMS: for no colleague.
    kept_back: bool = False


@frozen
class Covered:
    """People of one contact file who were addressed in so many of some occurrences."""

    #: The audience that the file was taken in for.
    source: str
    times: int
    people: int


@frozen
class UnmetWish:
    """People who asked for a language, or for easy texts, and got another text on a channel."""

    channel: str
    language: str
    easy_to_read: bool
    people: int
    #: How many sendings they got so.
    occurrences: int


@frozen
class ReceivedText:
    """One exact text of an occurrence, and how many deliveries left with it."""

    #: Row of the kept text.
    content_id: ContentId
    channel: str
    audience: str
    variant: str
    #: 0: as first planned; higher: taken anew since.
    revision: int
    fingerprint: str
    sent: int


@frozen
class AlarmRow(Dated):
    """Something that needs a person, and is not mended yet."""

    kind: str
    #: A channel, an occurrence, a file.
    subject: str
    detail: str
    #: UTC.
    raised_at: datetime


@frozen
class Standing:
    """Deliveries of one occurrence, or of all those under way."""

    sent: int
    waiting: int
    #: Their intent is taken, their outcome not known yet.
    in_flight: int
    #: With their occurrence; none where only occurrences under way are counted.
    cancelled: int = 0
