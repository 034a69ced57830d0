"""Looking after those who gave way: whoever they gave way to may get nothing after all.

Part of each look, for an occurrence that runs: at once where something of it has just been planned,
held or is about to finish, else now and then.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

from scheduler.domain import giving_way
from scheduler.domain.addressees import RecipientList
from scheduler.domain.calendar.conflicts import Planned
from scheduler.domain.channels import ChannelKind
from scheduler.domain.delivery import OccurrenceState
from scheduler.domain.ids import OccurrenceId
from scheduler.domain.planning import GaveWay, OccurrenceRow, SlotRow
from scheduler.flow.agenda import Agenda
from scheduler.flow.slot_plans import is_owed, list_for
from scheduler.log import get_logger

log = get_logger(__name__)

#: How long somebody may be overlooked whose turn has come.
NOW_AND_THEN = timedelta(seconds=30)


class HeirLedger(Protocol):
    """Each call is one transaction."""

    async def list_of(self, campaign: str, episode: str, season: str) -> RecipientList | None:
        """To whom an occurrence goes; None: to its audiences."""

    async def slots_of(self, rows: Iterable[OccurrenceId]) -> list[SlotRow]:
        """The slots of these occurrences that have their mark."""

    async def succeed(self, gave_way: GaveWay, now: datetime) -> int:
        """Let those who gave way to a delivery that isn't there, nor to come, take its place while
        their own time isn't over; how many."""


@dataclass(kw_only=True, slots=True)
class Heirs:
    agenda: Agenda
    ledger: HeirLedger
    channels: Mapping[str, ChannelKind]
    #: Occurrence -> when it was last looked at.
    _looked: dict[int, datetime] = field(default_factory=dict)

    async def look(
        self, row: OccurrenceRow, to_come: Sequence[Planned], now: datetime, *, at_once: bool
    ) -> int:
        """Let them get it; how many. ``to_come``: its slots that aren't due yet."""
        if not at_once and not self._is_time(row, now):
            return 0
        self._looked[row.occurrence_id] = now
        total = 0
        for gave_way in await self._gave_way(row, to_come, now):
            total += await self.ledger.succeed(gave_way, now)
        if total:
            log.info("slot.succeeded", occurrence=row.id, waiting=total)
        return total

    def _is_time(self, row: OccurrenceRow, now: datetime) -> bool:
        last = self._looked.get(row.occurrence_id)
        running = row.state is OccurrenceState.RUNNING
        return running and (last is None or abs(now - last) >= NOW_AND_THEN)

    async def _gave_way(
        self, row: OccurrenceRow, to_come: Sequence[Planned], now: datetime
    ) -> list[GaveWay]:
        """The strongest audience first: of several at one address it is the one that gets it."""
        campaign = self.agenda.configuration.campaign(row.campaign)
        order = self.agenda.configuration.audiences
        only = await list_for(self.ledger, campaign, row)
        limits: dict[tuple[str, str], datetime] = {}
        for slot in await self.ledger.slots_of([row.occurrence_id]):
            key = (slot.key.audience, slot.key.channel)
            if not slot.missed and slot.not_after > now:
                limits[key] = min(slot.not_after, limits.get(key, slot.not_after))
        return [
            GaveWay(
                occurrence_id=row.occurrence_id,
                channel=channel,
                address_kind=self.channels[channel].address_kind,
                audience=audience,
                awaited=giving_way.awaited(channel, name, limits[name, channel], to_come, order),
                owed=is_owed(campaign, channel),
                list=only,
            )
            for audience in order
            for name, channel in limits
            if name == audience.name and channel in audience.channels and channel in self.channels
        ]
