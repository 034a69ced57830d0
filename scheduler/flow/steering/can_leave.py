"""Whether what a person wants sent now could leave at all; if not, why, and what to do first.

An act by hand uses up an occurrence's turn: what can't reach anybody is refused before it does.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from scheduler.domain.calendar import dates as calendar
from scheduler.domain.calendar.campaigns import Audience, Occurrence, tells_of_a_change
from scheduler.domain.delivery import OccurrenceState
from scheduler.domain.errors import NotFound
from scheduler.domain.ids import OccurrenceId
from scheduler.domain.planning import OccurrenceRow, PlaceRow
from scheduler.flow import renames
from scheduler.flow.agenda import Agenda
from scheduler.flow.steering.by_hand import forced_slots


class PlaceSource(renames.NameSource, Protocol):
    async def known_places(self, audience: Audience) -> list[PlaceRow]:
        """Where members of the audience live, as of the last import."""


async def refuse(
    agenda: Agenda, ledger: PlaceSource, one: Occurrence, audiences: Sequence[str], now: datetime
) -> None:
    """Raises NotFound, with the remedy, when nothing of it could leave."""
    for reason in (await renames.look(agenda, ledger, [one], now.date())).values():
        raise NotFound(f"{one.id} may have left under another name: {reason}")
    campaign = agenda.configuration.campaign(one.campaign)
    if tells_of_a_change(campaign, agenda.episode(one)) and calendar.is_over(campaign, now):
        raise NotFound(f"{one.id} can't leave: {_why(agenda, one, '', now)}")
    row = OccurrenceRow(
        occurrence_id=OccurrenceId(0),
        campaign=one.campaign,
        episode=one.episode,
        season=one.season,
        date=one.date,
        state=OccurrenceState.SCHEDULED,
        forced=dict.fromkeys(audiences, now),
    )
    places = {name: await ledger.known_places(agenda.audiences[name]) for name in audiences}
    slots = list(forced_slots(agenda, row, places, {}))
    if slots and all(each.slot.due_at is None for each in slots):
        raise NotFound(f"{one.id} can't leave: {_why(agenda, one, slots[0].slot.reason, now)}")


def _why(agenda: Agenda, one: Occurrence, reason: str, now: datetime) -> str:
    campaign = agenda.configuration.campaign(one.campaign)
    if campaign.starts is not None and campaign.starts.date() <= now.date():
        return (
            f"its event was on {campaign.starts:%Y-%m-%d %H:%M} — mend "
            f"`starts` of {one.campaign} in config.yaml: it then leaves on its day, or by send-now"
        )
    return f"{reason} — mend its date or the channel's hours in config.yaml, then say it again"
