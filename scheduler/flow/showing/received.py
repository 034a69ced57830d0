"""What each audience received of an occurrence: the exact texts, as the ledger keeps them."""

from collections.abc import Sequence
from typing import Protocol

from scheduler.content.composing.content import Content
from scheduler.content.composing.drafting import subject_line
from scheduler.domain.ids import ContentId, OccurrenceId
from scheduler.domain.message import OnWeb
from scheduler.domain.organisation import Links, Organisation
from scheduler.domain.showing.report import ReceivedText
from scheduler.domain.showing.small_numbers import Shown
from scheduler.domain.values import frozen


class TextSource(Protocol):
    async def received(self, occurrence_id: OccurrenceId) -> list[ReceivedText]:
        """The texts of an occurrence that somebody received."""

    async def content(self, content_id: ContentId) -> str:
        """A kept text, as JSON."""


@frozen
class Received:
    text: ReceivedText
    #: The subject of an e-mail; the text itself of an SMS, its own ending apart.
    says: str
    #: Where anybody can read it whole.
    address: str

    def as_json(self, sent: Shown) -> dict[str, object]:
        return {
            "channel": self.text.channel,
            "audience": self.text.audience,
            "variant": self.text.variant,
            "revision": self.text.revision,
            "fingerprint": self.text.fingerprint,
            "sent": sent,
            "says": self.says,
            "address": self.address,
        }


async def received(
    source: TextSource, occurrence_id: OccurrenceId, organisation: Organisation, links: Links
) -> Sequence[Received]:
    """By channel, audience and variant. Raises ContentError when a kept text can't be read."""
    found = []
    for text in await source.received(occurrence_id):
        content = Content.from_json(await source.content(text.content_id))
        says = subject_line(content, organisation, links) if content.subject else content.body
        hidden = content.web is OnWeb.NONE
        address = "" if hidden else links.web_version(text.fingerprint)
        found.append(Received(text=text, says=says, address=address))
    return found
