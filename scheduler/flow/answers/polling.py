"""Looking for answers where nobody brings them: a mailbox, a provider's list.

Every look may be repeated with the same end: a token opts out once, a text and a state are taken
once.
"""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Protocol, TypeVar

from scheduler.domain.answers.events import Event
from scheduler.domain.answers.replies import Letter, Reply
from scheduler.domain.channels import SMS
from scheduler.domain.errors import InboxAway
from scheduler.domain.ids import DeliveryId
from scheduler.domain.names.tokens import Tokens
from scheduler.domain.ports import Alarms
from scheduler.domain.provider import Callback
from scheduler.domain.values import frozen
from scheduler.flow.answers import inbound
from scheduler.flow.answers.bounces import BounceStep
from scheduler.flow.answers.inbound import Identity, as_event, note_reply
from scheduler.flow.people.opt_out import OptOutLedger, leave_by_mail
from scheduler.log import get_logger

log = get_logger(__name__)

#: Looks in a row that may fail before a person is called.
PATIENCE = 3
#: How far back a first look goes, and how long an SMS may take to come to its end.
FARTHEST = timedelta(days=30)
UNSETTLED = timedelta(days=2)
#: A list goes by days, and a clock may be off.
OVERLAP = timedelta(days=1)
#: Taken at once.
GROUP = 500


class OpenMailbox(Protocol):
    async def unread(self) -> list[Letter]:
        """The next group that no look has met yet; empty after the last. Raises InboxAway."""

    async def settle(self, letters: Sequence[Letter], treated: Sequence[Letter]) -> None:
        """``letters`` were looked at, and ``treated`` put away. Raises InboxAway."""


class Mailbox(Protocol):
    def opened(self) -> AbstractAsyncContextManager[OpenMailbox]:
        """A connection. Raises InboxAway."""


class SmsList(Protocol):
    """What a provider keeps of the messages it carried."""

    def replies(self, since: date) -> AsyncIterator[Reply]:
        """What people wrote since a day. Raises InboxAway."""

    def states(self, since: date) -> AsyncIterator[Callback]:
        """Where the messages of that day and later stand. Raises InboxAway."""


class PolledLedger(inbound.ReplyLedger, Protocol):
    """Each call is one transaction."""

    async def unknown(self, replies: Sequence[Reply]) -> list[Reply]:
        """Those of these that were not taken yet."""

    async def polled_on(self, channel: str) -> date | None:
        """The day up to which a channel's list was read; None before the first look."""

    async def note_polled(self, channel: str, day: date) -> None:
        """It was read up to here."""


class StateLedger(Protocol):
    """Each call is one transaction."""

    async def unsettled(self, channel: str, since: datetime) -> Mapping[str, DeliveryId]:
        """Deliveries sent since then whose end isn't known, by the provider's id."""

    async def note_events(self, found: Sequence[Event]) -> int:
        """Append events and do what they ask; how many say something new."""


@dataclass(kw_only=True)
class Poll:
    """One source, looked at again and again."""

    #: Alarm when it stays away, and what the alarm is about.
    alarm: str
    subject: str
    every: timedelta
    read: Callable[[datetime], Awaitable[None]]
    alarms: Alarms
    failures: int = 0

    async def look(self, now: datetime) -> None:
        """One look; a source that is away is told once, and calls a person the third time."""
        try:
            await self.read(now)
        except InboxAway as away:
            self.failures += 1
            if self.failures == 1:
                log.warning("inbox.away", source=self.subject, reason=str(away))
            if self.failures >= PATIENCE:
                await self.alarms.raise_alarm(self.alarm, self.subject, str(away), now)
            return
        if self.failures:
            log.info("inbox.back", source=self.subject)
        self.failures = 0
        await self.alarms.clear_alarm(self.alarm, self.subject, now)


@frozen
class MailboxReading:
    """Opt-outs by mail and what comes back of our messages, in one pass.

    What holds no token of ours stays unread, for whoever else reads it.
    """

    mailbox: Mailbox
    tokens: Tokens
    ledger: OptOutLedger
    bounces: BounceStep

    async def read(self, now: datetime) -> None:
        """What a message asks is durable before it is put away. Raises InboxAway."""
        await self.bounces.calm(now)
        async with self.mailbox.opened() as box:
            while letters := await box.unread():
                treated = [
                    one
                    for one in letters
                    if await leave_by_mail(one.tokens, self.tokens, self.ledger, now)
                ]
                others = [one for one in letters if one not in treated]
                treated += await self.bounces.take(others, now)
                await box.settle(letters, treated)


@frozen
class SmsReading:
    """What the webhooks would have told, from the provider's list."""

    source: SmsList
    replies: PolledLedger
    states: StateLedger
    words: Mapping[str, str]
    identity: Identity
    #: When the ledger was made (UTC): nobody answered it before.
    made_at: datetime

    async def read(self, now: datetime) -> None:
        """Raises InboxAway."""
        await self._read_replies(now)
        await self._read_states(now)

    async def _read_replies(self, now: datetime) -> None:
        since = await self.replies.polled_on(SMS.name)
        since = since or max(self.made_at, now - FARTHEST).date()
        found: list[Reply] = []
        async for group in _grouped(self.source.replies(since - OVERLAP)):
            found += await self.replies.unknown(group)
        # A list is newest first, and somebody's last word counts.
        for reply in reversed(found):
            await note_reply(reply, self.replies, self.identity, now, may_answer=False)
        await self.replies.note_polled(SMS.name, now.date())

    async def _read_states(self, now: datetime) -> None:
        since = now - UNSETTLED
        waiting = await self.states.unsettled(SMS.name, since)
        if not waiting:
            return
        async for group in _grouped(self.source.states(since.date())):
            events = [
                as_event(one, self.words, waiting[one.provider_id], now)
                for one in group
                if one.provider_id in waiting
            ]
            await self.states.note_events([event for event in events if event is not None])


T = TypeVar("T")


async def _grouped(source: AsyncIterator[T]) -> AsyncIterator[list[T]]:
    group: list[T] = []
    async for one in source:
        group.append(one)
        if len(group) >= GROUP:
            yield group
            group = []
    if group:
        yield group
