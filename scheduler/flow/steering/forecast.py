"""What a sending by hand would come to, told before anybody says yes.

The ledger is asked by the statement that planning inserts from, and nothing is written.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Protocol

from scheduler.content.composing.compose import SmsComposer
from scheduler.content.sms import SmsSuffix
from scheduler.domain.calendar.campaigns import Audience, Occurrence, Place, tells_of_a_change
from scheduler.domain.calendar.conflicts import Planned
from scheduler.domain.delivery import OccurrenceState
from scheduler.domain.errors import ContentError
from scheduler.domain.giving_way import foreseen
from scheduler.domain.ids import OccurrenceId
from scheduler.domain.message import AddressKind
from scheduler.domain.organisation import Organisation, Support
from scheduler.domain.planning import OccurrenceRow, PlaceRow, SlotPlan
from scheduler.domain.values import frozen
from scheduler.flow.agenda import Agenda
from scheduler.flow.showing.messages import sample_content
from scheduler.flow.slot_plans import Places, SlotPlans
from scheduler.flow.steering.by_hand import slots_by_hand

#: An occurrence that no look has put into the ledger yet.
_NEW_ROW = 0


class ForecastLedger(Protocol):
    """What the step asks of the ledger; nothing is written."""

    async def occurrences(self, states: Iterable[OccurrenceState] = ()) -> list[OccurrenceRow]:
        """By date; all of them when no state is named."""

    async def known_places(self, audience: Audience) -> list[PlaceRow]:
        """Where members of the audience live, as of the last import."""

    async def forecast(self, plan: SlotPlan) -> Mapping[str, int]:
        """Members for each reason to leave them out; the empty one: to be sent."""

    async def untold(self, plans: Sequence[SlotPlan]) -> int:
        """Who holds an event's date and is told nothing by these slots."""


@frozen
class SlotForecast:
    """Part of an audience on one channel, in one place."""

    channel: str
    audience: str
    place: Place
    #: When it leaves (UTC); None: it can't.
    due_at: datetime | None
    #: Why it isn't at once; French.
    reason: str
    to_send: int
    left_out: Mapping[str, int]
    #: Parts of one SMS; 0 by e-mail.
    segments: int


@frozen
class Forecast:
    slots: Sequence[SlotForecast]
    #: Who holds an event's date, and would not hear of its change; None: it tells of none.
    untold: int | None

    @property
    def segments(self) -> int:
        """Of all its SMS."""
        return sum(one.to_send * one.segments for one in self.slots)


@frozen
class Forecaster:
    """Looks ahead; ``plans`` are those of a planner on the same ledger."""

    agenda: Agenda
    ledger: ForecastLedger
    plans: SlotPlans
    suffix: SmsSuffix
    organisation: Organisation

    async def of(self, one: Occurrence, audiences: Sequence[str], now: datetime) -> Forecast:
        """As if somebody sent it now to these audiences. Raises NotFound."""
        campaign, episode = (
            self.agenda.configuration.campaign(one.campaign),
            self.agenda.episode(one),
        )
        row = await self._row(one, audiences, now)
        places = {
            name: await self.ledger.known_places(self.agenda.audiences[name]) for name in audiences
        }
        slots: list[SlotForecast] = []
        plans: list[SlotPlan] = []
        mine = [
            planned
            for name in audiences
            for planned in slots_by_hand(
                self.agenda,
                campaign,
                episode,
                row,
                self.agenda.audiences[name],
                now,
                places[name],
            )
        ]
        for planned in mine:
            plan = await self._plan(row, planned, mine, places, now, forced=True)
            plans.append(plan)
            slots.append(await self._slot(planned, plan))
        tells = bool(plans) and tells_of_a_change(campaign, episode)
        return Forecast(slots=slots, untold=await self.ledger.untold(plans) if tells else None)

    async def on_calendar(
        self, one: Occurrence, slots: Sequence[Planned], places: Places, now: datetime
    ) -> Sequence[SlotForecast]:
        """As it would leave by itself, in its slots of the calendar. Raises NotFound."""
        row = await self._row(one, (), now)
        found = []
        for planned in slots:
            plan = await self._plan(row, planned, slots, places, now, forced=False)
            found.append(await self._slot(planned, plan))
        return found

    async def _plan(
        self,
        row: OccurrenceRow,
        one: Planned,
        slots: Sequence[Planned],
        places: Places,
        now: datetime,
        *,
        forced: bool,
    ) -> SlotPlan:
        plan = await self.plans.make(row, one, places, now, with_texts=False, forced=forced)
        audiences = self.agenda.audiences
        written = [
            each
            for each in slots
            if self.agenda.is_written(each.episode, each.channel, audiences[each.audience])
        ]
        order = self.agenda.configuration.audiences
        return replace(plan, awaited=foreseen(one, written, order), foreseen=True)

    async def _row(self, one: Occurrence, audiences: Sequence[str], now: datetime) -> OccurrenceRow:
        known = next((row for row in await self.ledger.occurrences() if _is(row, one)), None)
        return OccurrenceRow(
            occurrence_id=OccurrenceId(known.occurrence_id if known else _NEW_ROW),
            campaign=one.campaign,
            episode=one.episode,
            season=one.season,
            date=one.date,
            state=known.state if known else OccurrenceState.SCHEDULED,
            forced=dict.fromkeys(audiences, now),
        )

    async def _slot(self, planned: Planned, plan: SlotPlan) -> SlotForecast:
        counts = dict(await self.ledger.forecast(plan))
        audience = self.agenda.audiences[planned.audience]
        by_phone = plan.address_kind is AddressKind.PHONE
        return SlotForecast(
            channel=planned.channel,
            audience=planned.audience,
            place=planned.place,
            due_at=planned.slot.due_at,
            reason=planned.slot.reason,
            to_send=counts.pop("", 0),
            left_out=counts,
            segments=self._segments(planned, audience) if by_phone else 0,
        )

    def _segments(self, planned: Planned, audience: Audience) -> int:
        """Of the text in the audience's own language, with the longest line to call; a faulty one
        costs nothing, for it waits."""
        folder = self.agenda.library.load(planned.episode.message)
        source = folder.pick(planned.channel, audience.name, audience.language, False)
        if source is None:
            return 0
        try:
            content, _ = sample_content(self.agenda, folder, source, audience)
            support = self.organisation.support_for(audience.people, content.variant)
            composer = SmsComposer(
                content,
                self.suffix,
                support=Support(default=support.longest),
                help=self.organisation.help_for(content.variant),
            )
            return composer.fill("A7K2Q9XB", planned.place.zone).segments
        except ContentError:
            return 0


def _is(row: OccurrenceRow, one: Occurrence) -> bool:
    """Whatever date the row has: it is one a season."""
    return (row.campaign, row.episode, row.season) == (one.campaign, one.episode, one.season)
