"""The slots of one occurrence: those that have their mark, as the ledger has them, and those that
are still to come, with how many people they could reach."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime

from scheduler.domain.calendar.campaigns import Audience, Place
from scheduler.domain.calendar.conflicts import Planned
from scheduler.domain.calendar.windows import zone_named
from scheduler.domain.planning import PlaceRow, SlotKey, SlotRow
from scheduler.domain.showing.desk import Reach, SlotFacts, SlotView, Tally
from scheduler.flow.agenda import Agenda
from scheduler.flow.showing.merged import Merged, open_slots

#: Where nobody asks since when somebody has been there.
_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
#: By audience and place, how many each channel can reach.
Counts = Mapping[tuple[str, Place], Mapping[str, int]]


def slots_of(
    agenda: Agenda,
    merged: Merged,
    calendar: Sequence[Planned],
    facts: Iterable[SlotFacts],
    tallies: Iterable[Tally],
    reach: Mapping[str, Sequence[Reach]],
    people: Counts,
) -> list[SlotView]:
    """Those that have their mark, and those that are still to come."""
    mine = [fact for fact in facts if merged.row and fact.occurrence_id == merged.row.occurrence_id]
    marks = {(fact.occurrence_id, fact.key): _row_of(fact) for fact in mine}
    places = {
        name: [PlaceRow(place=one.place, since=_LONG_AGO, people=one.members) for one in per]
        for name, per in reach.items()
    }
    found = {
        SlotKey(channel=one.channel, audience=one.audience, place=one.place): SlotView(
            channel=one.channel,
            audience=agenda.audiences[one.audience],
            place=one.place,
            due=one.due_there,
            reason=one.slot.reason,
            reachable=people.get((one.audience, one.place), {}).get(one.channel, 0),
        )
        for one in open_slots(agenda, merged, calendar, places, marks)
    }
    by_slot: dict[int, list[Tally]] = {}
    for tally in tallies:
        by_slot.setdefault(tally.slot, []).append(tally)
    for fact in mine:
        found[fact.key] = _marked(agenda, fact, by_slot.get(fact.slot_id, []))
    return sorted(found.values(), key=_order)


def _row_of(fact: SlotFacts) -> SlotRow:
    return SlotRow(
        slot_id=fact.slot_id,
        occurrence_id=fact.occurrence_id,
        key=fact.key,
        due_at=fact.due_at,
        not_after=fact.not_after,
        planned_at=fact.planned_at,
        missed=fact.missed,
    )


def _marked(agenda: Agenda, fact: SlotFacts, tallies: Sequence[Tally]) -> SlotView:
    return SlotView(
        channel=fact.key.channel,
        audience=agenda.audiences.get(fact.key.audience) or _gone(fact.key),
        place=fact.key.place,
        due=fact.due_at.astimezone(zone_named(fact.key.place.zone)),
        reason=fact.reason,
        planned=True,
        missed=fact.missed,
        tallies=tallies,
    )


def _gone(key: SlotKey) -> Audience:
    """One that config.yaml no longer names: what it got is still told."""
    return Audience(name=key.audience, label=key.audience, source="", key="", channels={})


def _order(slot: SlotView) -> tuple[str, str, str, str]:
    return slot.channel, slot.audience.label, slot.place.territory, slot.place.zone
