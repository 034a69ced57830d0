"""The settling step: what a provider's own list says of SMS that nobody knows the fate of.

An SMS is the provider's if its list has that very text, to that number, since that day, and no
other delivery of the same person has that message. What the list doesn't have proves nothing yet:
it stays uncertain, for a callback or a person.
"""

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Protocol

from scheduler.domain.answers.events import Event
from scheduler.domain.answers.uncertain import TextInDoubt
from scheduler.domain.message import Message
from scheduler.domain.provider import Callback
from scheduler.domain.sending import Claim, Due
from scheduler.flow.answers.inbound import as_event
from scheduler.log import get_logger

log = get_logger(__name__)

#: How long an SMS is asked for, how many at one look, and what a clock may be off.
ASKED_FOR = timedelta(days=2)
SOME = 20
OVERLAP = timedelta(days=1)


class SentList(Protocol):
    def sent_to(self, number: str, since: date) -> AsyncIterator[Callback]:
        """What left for a number since a day, with its text. Raises InboxAway."""


class DoubtLedger(Protocol):
    """Each call is one transaction."""

    async def texts_in_doubt(self, since: datetime, after: int, limit: int) -> list[TextInDoubt]:
        """Uncertain SMS tried since then, after this delivery's number, by number."""

    async def settle(self, found: Event) -> bool:
        """The provider has it: it is sent. False when that message is another delivery's."""


class Composer(Protocol):
    async def message(self, due: Due, claim: Claim, now: datetime) -> Message:
        """As it was handed over."""


@dataclass(kw_only=True, slots=True)
class SmsSettling:
    source: SentList
    ledger: DoubtLedger
    composer: Composer
    #: The provider's statuses in our words.
    words: Mapping[str, str]
    #: The last delivery that was asked for: the next look goes on there, so none waits for ever.
    asked: int = 0

    async def read(self, now: datetime) -> None:
        """Some of them; asks nobody while there is no doubt. Raises InboxAway."""
        texts = await self.ledger.texts_in_doubt(now - ASKED_FOR, self.asked, SOME)
        for one in texts:
            if await self._settle(one, now):
                log.info("delivery.settled", delivery=one.due.delivery_id)
        self.asked = texts[-1].due.delivery_id if len(texts) == SOME else 0

    async def _settle(self, one: TextInDoubt, now: datetime) -> bool:
        try:
            message = await self.composer.message(one.due, one.claim, one.since)
        except Exception:
            # Whatever it is, it concerns this one alone: a person decides about it.
            log.exception("delivery.unrenderable", delivery=one.due.delivery_id)
            return False
        text, since = message.body.decode(), (one.since - OVERLAP).date()
        same = [sent async for sent in self.source.sent_to(message.to, since) if sent.text == text]
        for sent in same:
            event = as_event(sent, self.words, one.due.delivery_id, now)
            if event is not None and await self.ledger.settle(event):
                return True
        return False
