"""Whether a lane may send: its circuit breaker, seen from the send step.

A lane of which nothing is accepted rests, for longer each time; then one message is tried. The
breaker is in the ledger: it holds for every replica, and a restart doesn't forget it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from scheduler.domain.alarms.kinds import AlarmKind
from scheduler.domain.delivery import DeliveryState
from scheduler.domain.errors import (
    CampaignStopped,
    ChannelStopped,
    CountryStopped,
    Permanent,
    Temporary,
)
from scheduler.domain.ports import SendLedger
from scheduler.domain.sending import Claim, Due, Lane
from scheduler.flow.hand_over import Done
from scheduler.log import get_logger

log = get_logger(__name__)

#: How long a stopped channel rests before one message tries it again.
STOPPED_REST = timedelta(minutes=15)
#: So many refusals for now, and no acceptance, say something of a destination group.
TELLING = 3


@dataclass(kw_only=True, slots=True)
class Gate:
    """Of one sender."""

    lane: Lane
    ledger: SendLedger
    clock: Callable[[], datetime]
    #: Nothing is tried before, as far as is known here (UTC).
    rests_until: datetime | None = None
    #: One message is to show whether the rest is over.
    is_trial: bool = False
    #: Something has been accepted since this process started.
    _proved: bool = False

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

    async def closed_countries(self, rows: Sequence[Due]) -> Mapping[str, str]:
        """Countries that the provider takes nothing for, with its words; asked for numbers."""
        if not any(due.to.startswith("+") for due in rows):
            return {}
        return await self.ledger.closed_countries(self.lane.channel)

    async def halt(self, claim: Claim, done: Sequence[Done]) -> None:
        """Hold a campaign back that the provider refuses as a whole, and every country that it
        takes nothing for."""
        errors = [one.error for one in done]
        await self._close_countries(
            [one for one in errors if isinstance(one, CountryStopped) and not one.is_known]
        )
        halted = next((one for one in errors if isinstance(one, CampaignStopped)), None)
        if halted is not None:
            reason = f"{halted.code} {halted.detail}".strip()
            channel = self.lane.channel
            await self.ledger.raise_halt(claim.campaign, channel, reason, self.clock())
            log.error("campaign.halted", campaign=claim.campaign, channel=channel)

    async def _close_countries(self, errors: Sequence[CountryStopped]) -> None:
        channel = self.lane.channel
        for country, reason in {one.country: str(one) for one in reversed(errors)}.items():
            if await self.ledger.raise_halt(country, channel, reason, self.clock()):
                log.error("country.closed", country=country, channel=channel)

    async def note(self, done: Sequence[Done]) -> None:
        """What a group says of the lane and of its channel."""
        now = self.clock()
        errors = [one.error for one in done]
        stopped = next((one for one in errors if isinstance(one, ChannelStopped)), None)
        if stopped is not None:
            await self._stop(stopped, now)
        elif errors and all(isinstance(one, Temporary) and one.of_channel for one in errors):
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


def _is_answered(one: Done) -> bool:
    """The provider took it, or refused it for what it is: it works."""
    if isinstance(one.error, Temporary):
        return not one.error.of_channel
    refused = isinstance(one.error, Permanent | CampaignStopped | CountryStopped)
    return refused or one.outcome.state is DeliveryState.SENT
