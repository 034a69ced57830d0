"""Whether a lane may send: its circuit breaker, seen from the send step.

A lane of which nothing is accepted rests, for longer each time; then one message is tried. The
breaker is in the ledger: it holds for every replica, and a restart doesn't forget it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

from scheduler.domain.alarms.kinds import AlarmKind
from scheduler.domain.delivery import DeliveryState
from scheduler.domain.errors import (
    CampaignStopped,
    ChannelStopped,
    CountryStopped,
    Permanent,
    Temporary,
)
from scheduler.domain.ports import Alarms
from scheduler.domain.sending import Lane, Rest
from scheduler.flow.done import Done
from scheduler.log import get_logger

log = get_logger(__name__)

#: How long a stopped channel rests before one message tries it again.
STOPPED_REST = timedelta(minutes=15)
#: So many refusals for now, and no acceptance, say something of a destination group.
TELLING = 3


class BreakerLedger(Alarms, Protocol):
    """What is asked of the ledger. Each call is one transaction."""

    async def resting(self, lane: Lane) -> list[Rest]:
        """The breakers of a lane and of its channel that aren't closed."""

    async def probe(self, rest: Rest, now: datetime) -> bool:
        """Be the one who tries a message after a rest; False when another is."""

    async def end_probe(self, lane: Lane, now: datetime) -> None:
        """A trial that tried nothing."""

    async def trip(
        self, lane: Lane, reason: str, now: datetime, rest: timedelta | None = None
    ) -> datetime:
        """Let a lane rest, for ``rest`` or as its failures in a row ask for; until when."""

    async def close_breaker(self, lane: Lane) -> bool:
        """The lane and its channel work; False when nothing rested."""

    async def raise_halt(self, campaign: str, channel: str, reason: str, now: datetime) -> bool:
        """Nothing of the campaign, or for a country (``+262``), leaves on the channel until a
        person acts."""


@dataclass(kw_only=True, slots=True)
class Gate:
    """Of one sender."""

    lane: Lane
    ledger: BreakerLedger
    clock: Callable[[], datetime]
    #: Nothing is tried before, as far as is known here (UTC).
    rests_until: datetime | None = None
    #: One message is to show whether the rest is over.
    is_trial: bool = False
    #: Something has been accepted since this process started.
    _proved: bool = False
    #: What was tried since the last verdict.
    _heard: list[Done] = field(default_factory=list)

    async def is_shut(self) -> bool:
        """Whether nothing may be tried now, trial or not."""
        now = self.clock()
        if self.is_trial:
            return False
        rests = await self.ledger.resting(self.lane)
        self.rests_until = max((one.until for one in rests if one.until > now), default=None)
        return self.rests_until is not None

    async def lets_through(self) -> bool:
        """Whether something may be tried now. Of the senders whose lane has rested it is one alone,
        and its group a trial of one message: ask with a batch in hand."""
        if await self.is_shut():
            return False
        if self.is_trial:
            return True
        now = self.clock()
        for one in await self.ledger.resting(self.lane):
            if not await self.ledger.probe(one, now):
                return False
            self.is_trial = True
        return True

    async def step_aside(self) -> None:
        """A trial that came to nothing: another sender may have one."""
        if self.is_trial:
            self.is_trial = False
            await self.ledger.end_probe(self.lane, self.clock())

    async def halt(self, done: Sequence[Done]) -> None:
        """Hold back each campaign that the provider refuses as a whole, and every country that it
        takes nothing for."""
        errors = [one.error for one in done]
        await self._close_countries(
            [one for one in errors if isinstance(one, CountryStopped) and not one.is_known]
        )
        halted = {
            one.campaign: one.error
            for one in reversed(done)
            if isinstance(one.error, CampaignStopped)
        }
        for campaign, why in halted.items():
            reason = f"{why.code} {why.detail}".strip()
            channel = self.lane.channel
            await self.ledger.raise_halt(campaign, channel, reason, self.clock())
            log.error("campaign.halted", campaign=campaign, channel=channel)

    async def _close_countries(self, errors: Sequence[CountryStopped]) -> None:
        channel = self.lane.channel
        for country, reason in {one.country: str(one) for one in reversed(errors)}.items():
            if await self.ledger.raise_halt(country, channel, reason, self.clock()):
                log.error("country.closed", country=country, channel=channel)

    @property
    def doubts(self) -> bool:
        """The last that is known of the channel is that it takes nothing for now: no more of it is
        asked for before there is a verdict."""
        return bool(self._heard) and _is_of_channel(self._heard[-1])

    async def hear(
        self, tried: Sequence[Done], *, enough: int, at_once: int, left: int, on_lines: int
    ) -> bool:
        """What was tried says something of the lane and of its channel once there is ``enough`` of
        it, or nothing is ``left`` whose answer may come soon, or one answer says it all; True when
        the lane rests.

        A row of refusals for now, on every line in turn, is enough: what would follow is spared.
        Fewer than are ``on_lines`` still are not, however slow those: two connections lost say
        nothing of the channel while ten others are in the midst of a message.
        """
        self._heard += tried
        alike = 0
        for one in reversed(self._heard):
            if not _is_of_channel(one):
                break
            alike += 1
        telling = any(isinstance(one.error, ChannelStopped) for one in self._heard)
        if not self._heard or not (
            telling
            or self.is_trial
            or len(self._heard) >= enough
            or not left
            or alike >= 2 * at_once
        ):
            return False
        heard = self._heard[-alike:] if alike >= 2 * at_once else self._heard
        is_sure = telling or self.is_trial or alike >= 2 * at_once
        if alike == len(heard) <= on_lines and not is_sure:
            if not left:
                self._heard = []  # No verdict: it goes on, and hears more.
            return False
        self._heard = []
        before = self.rests_until
        await self._judge(heard)
        return self.rests_until is not None and self.rests_until != before

    async def _judge(self, done: Sequence[Done]) -> None:
        now = self.clock()
        errors = [one.error for one in done]
        stopped = next((one for one in errors if isinstance(one, ChannelStopped)), None)
        if stopped is not None:
            await self._stop(stopped, now)
        elif all(_is_of_channel(one) for one in done):
            await self._rest(Lane(channel=self.lane.channel), str(errors[0]), now)
        elif self._tells_of_destination(errors):
            await self._rest(self.lane, str(errors[0]), now)
        elif any(_is_answered(one) for one in done):
            await self._go_on(now)

    def _tells_of_destination(self, errors: Sequence[object]) -> bool:
        enough = len(errors) >= TELLING or self.is_trial
        return (
            bool(self.lane.destination)
            and enough
            and all(isinstance(one, Temporary) for one in errors)
        )

    async def _stop(self, stopped: ChannelStopped, now: datetime) -> None:
        channel = self.lane.channel
        detail = f"{stopped.code} {stopped.detail}".strip()
        whole = Lane(channel=channel)
        self.is_trial = False
        self.rests_until = await self.ledger.trip(whole, detail, now, STOPPED_REST)
        if await self.ledger.raise_alarm(AlarmKind.CHANNEL_STOPPED, channel, detail, now):
            log.error("channel.stopped", channel=channel, reason=detail)

    async def _rest(self, lane: Lane, reason: str, now: datetime) -> None:
        self.is_trial = False
        self.rests_until = await self.ledger.trip(lane, reason, now)
        log.warning("lane.rests", lane=lane.name, until=self.rests_until.isoformat())

    async def _go_on(self, now: datetime) -> None:
        if self._proved and not self.is_trial:
            return
        await self.ledger.close_breaker(self.lane)
        await self.ledger.clear_alarm(AlarmKind.CHANNEL_STOPPED, self.lane.channel, now)
        self._proved, self.is_trial, self.rests_until = True, False, None


def _is_of_channel(one: Done) -> bool:
    return isinstance(one.error, Temporary) and one.error.of_channel


def _is_answered(one: Done) -> bool:
    """The provider took it, or refused it for what it is: it works."""
    if isinstance(one.error, Temporary):
        return not one.error.of_channel
    refused = isinstance(one.error, Permanent | CampaignStopped | CountryStopped)
    return refused or one.outcome.state is DeliveryState.SENT
