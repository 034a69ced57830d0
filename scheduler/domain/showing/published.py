"""What the public site shows of the messages that were sent: the same to everybody."""

from collections.abc import Sequence
from datetime import date, datetime
from enum import StrEnum

from scheduler.domain.calendar.campaigns import People
from scheduler.domain.ids import ContentId, OccurrenceId
from scheduler.domain.instants import Dated
from scheduler.domain.message import MessageClass, OnWeb
from scheduler.domain.values import frozen

#: Characters of a content's fingerprint that its web address shows: opaque, and hard to guess.
WEB_ID_LENGTH = 16


class Showing(StrEnum):
    """How a message stands on the public list of what was sent."""

    #: Date, subject, and its text.
    TEXT = "text"
    #: Date, sender and subject: enough to know a message by, and nothing to read.
    SUBJECT = "subject"
    #: Not at all.
    ABSENT = "absent"


def showing(web: OnWeb, message_class: MessageClass, people: People) -> Showing:
    """What its writers say; where they say nothing, patients' texts are for everybody, and what is
    for the staff, or had to be said after a leak, is for those who got it."""
    match web:
        case OnWeb.LISTED:
            return Showing.TEXT
        case OnWeb.UNLISTED | OnWeb.NONE:
            return Showing.ABSENT
        case _:
            ours = message_class is MessageClass.SERVICE or people is not People.PATIENTS
            return Showing.SUBJECT if ours else Showing.TEXT


@frozen
class PublishedText(Dated):
    """A kept text whose sending has begun."""

    #: Of the content's row.
    content_id: ContentId
    fingerprint: str
    #: Row of its occurrence, and its audience: never shown, they only tell what goes together.
    occurrence_id: OccurrenceId
    audience: str
    channel: str
    #: Of the occurrence.
    campaign: str
    #: ``fr``, ``en``, ``fr-falc``.
    variant: str
    revision: int
    #: When its first slot came due (UTC).
    since: datetime

    @property
    def web_id(self) -> str:
        return self.fingerprint[:WEB_ID_LENGTH]


@frozen
class WebVersion:
    """A message as anybody may read it: nobody's name, nobody's link."""

    title: str
    channel: str
    #: ``fr``, ``en``.
    language: str
    sent_on: date
    #: The whole page, for a message that has one.
    html: str = ""
    #: The text alone, for one that hasn't.
    text: str = ""
    #: What may be passed on as it is: plain text, of any message.
    plain: str = ""
    #: Name of its campaign: an event's may be called off later.
    campaign: str = ""
    #: The PNG that the page shows, at its own address beside it; empty: none.
    drawing: bytes = b""
    #: Path of its message, the audience and the variant it was written for: never shown.
    message: str = ""
    audience: str = ""
    variant: str = ""
    #: Advice, of which a reader may say whether it was useful.
    is_advice: bool = False


@frozen
class SentText:
    """One text of a message in the list of what was sent."""

    web_id: str
    variant: str
    title: str


@frozen
class SentMessage:
    """A line of that list: one message on one channel, with the texts it was sent in."""

    sent_on: date
    channel: str
    texts: Sequence[SentText]
    #: Its text is not for everybody: date, sender and subject alone.
    subject_only: bool = False

    def best(self, language: str) -> SentText:
        """The text in a language, else in French, else the first."""
        by_variant = {text.variant: text for text in self.texts}
        return by_variant.get(language) or by_variant.get("fr") or self.texts[0]
