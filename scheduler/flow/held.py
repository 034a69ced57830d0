"""Looking after those whose text is held: they get it once it is mended, or a reason in the end.

Part of each look, for an occurrence that runs. Whatever holds a text has noted it in the ledger;
here nobody asks why. May be said again at any moment, with the same end: who has a row keeps it.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from scheduler.domain.calendar.campaigns import Audience
from scheduler.domain.calendar.conflicts import Planned
from scheduler.domain.errors import ContentError, NotFound
from scheduler.domain.ids import OccurrenceId
from scheduler.domain.planning import (
    HeldText,
    OccurrenceRow,
    PlaceRow,
    PlanCount,
    SlotPlan,
    SlotRow,
)
from scheduler.domain.values import frozen
from scheduler.flow.slot_plans import SlotPlans, planned_again
from scheduler.flow.texts import Settled
from scheduler.log import get_logger

log = get_logger(__name__)

#: A channel of an audience.
Pair = tuple[str, str]


@frozen
class Found:
    """What a look at an occurrence's held texts came to."""

    counts: Sequence[PlanCount] = ()
    #: Why somebody still waits, in French; empty: nobody does.
    reason: str = ""
    #: Somebody waited until now, and nobody does any more.
    ended: bool = False


class HeldLedger(Protocol):
    """Each call is one transaction."""

    async def held_texts(self, occurrence_id: OccurrenceId) -> list[HeldText]:
        """Texts of an occurrence whose readers wait, or waited, for them to be mended."""

    async def end_held(
        self,
        occurrence_id: OccurrenceId,
        channel: str,
        audience: str,
        variants: Collection[str],
        now: datetime,
    ) -> None:
        """Their readers were served, or left out for good."""

    async def readers(self, audience: Audience) -> list[tuple[str, bool]]:
        """(language, easy-to-read) that its members want."""

    async def slots_of(self, rows: Iterable[OccurrenceId]) -> list[SlotRow]:
        """The slots of these occurrences that have their mark."""

    async def plan(self, plan: SlotPlan, now: datetime) -> PlanCount | None:
        """Plan a slot; None when somebody else has."""


@dataclass(kw_only=True, slots=True)
class HeldTexts:
    ledger: HeldLedger
    slot_plans: SlotPlans
    #: Slots whose time is over, as they were planned then: everybody in them has a row. By hand
    #: they are planned anew.
    _closed: set[tuple[int, datetime]] = field(default_factory=set)

    async def look(
        self,
        row: OccurrenceRow,
        places: Mapping[str, Sequence[PlaceRow]],
        to_come: Sequence[Planned],
        now: datetime,
    ) -> Found:
        """Serve those who can be served, end what is over."""
        open_texts = [
            one for one in await self.ledger.held_texts(row.occurrence_id) if not one.over
        ]
        if not open_texts:
            return Found()
        marks = [one for one in await self.ledger.slots_of([row.occurrence_id]) if not one.missed]
        counts: list[PlanCount] = []
        reasons: list[str] = []
        for pair in sorted({(one.channel, one.audience) for one in open_texts}):
            mine = [one for one in marks if (one.key.channel, one.key.audience) == pair]
            later = any((one.channel, one.audience) == pair for one in to_come)
            names = [one for one in open_texts if (one.channel, one.audience) == pair]
            found = await self._pair(row, pair, names, mine, places, to_come, now, later=later)
            counts += found.counts
            reasons += [found.reason] if found.reason else []
        return Found(counts=counts, reason=" ; ".join(dict.fromkeys(reasons)), ended=not reasons)

    async def _pair(
        self,
        row: OccurrenceRow,
        pair: Pair,
        names: Sequence[HeldText],
        marks: Sequence[SlotRow],
        places: Mapping[str, Sequence[PlaceRow]],
        to_come: Sequence[Planned],
        now: datetime,
        *,
        later: bool,
    ) -> Found:
        slots = [
            (mark, one)
            for mark in marks
            if (mark.slot_id, mark.planned_at) not in self._closed
            and (one := planned_again(self.slot_plans.agenda, row, mark)) is not None
        ]
        if not slots:
            # A campaign or an audience that is left aside for a fault comes back when it is mended.
            if not later and not self.slot_plans.agenda.configuration.faults:
                await self._end(row, pair, [one.variant for one in names], now)
            return Found()
        settled = await self._texts(row, slots[0][1], names, now)
        waiting = settled.waiting(*pair)
        mended = {one.variant for one in names} - {one.variant for one in waiting}
        counts: list[PlanCount] = []
        for mark, one in slots:
            over = one.slot.start_by is not None and now > one.slot.start_by
            if not over and not mended:
                continue
            plan = await self.slot_plans.top_up(
                row, one, places, settled, end=over, to_come=to_come
            )
            count = await self.ledger.plan(plan, now)
            counts += [count] if count else []
            if over:
                self._closed.add((mark.slot_id, mark.planned_at))
        if mended:
            await self._end(row, pair, sorted(mended), now)
        still = any((mark.slot_id, mark.planned_at) not in self._closed for mark, _ in slots)
        if waiting and not still and not later:
            await self._end(row, pair, [one.variant for one in waiting], now)
        return Found(counts=counts, reason=waiting[0].reason if waiting and still else "")

    async def _texts(
        self, row: OccurrenceRow, one: Planned, names: Sequence[HeldText], now: datetime
    ) -> Settled:
        """What can be sent now; nothing new where the whole message is at fault."""
        try:
            return await self.slot_plans.texts(row, one, now)
        except (ContentError, NotFound) as faulty:
            everyone = await self.ledger.readers(self.slot_plans.agenda.audiences[one.audience])
            held = [
                HeldText(
                    channel=name.channel,
                    audience=name.audience,
                    variant=name.variant,
                    reason=str(faulty),
                    readers=tuple(everyone),
                )
                for name in names
            ]
            return Settled(texts=(), held=held)

    async def _end(
        self, row: OccurrenceRow, pair: Pair, variants: Sequence[str], now: datetime
    ) -> None:
        channel, audience = pair
        await self.ledger.end_held(row.occurrence_id, channel, audience, variants, now)
        log.info("text.held_no_more", occurrence=row.id, channel=channel, audience=audience)
