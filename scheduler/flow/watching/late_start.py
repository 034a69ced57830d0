"""What a ledger that was made too late lets pass: it leaves nothing, and says so."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from scheduler.domain.calendar.campaigns import Place
from scheduler.domain.calendar.leaving import season_of
from scheduler.flow.agenda import Agenda
from scheduler.flow.showing.merged import is_past, merge
from scheduler.flow.showing.year import YearLedger

#: How long after its day it is worth a word.
WORTH_A_WORD = timedelta(days=2)


async def passed(
    agenda: Agenda, ledger: YearLedger, enabled: Mapping[str, datetime], now: datetime
) -> list[str]:
    """Occurrences of the last days that fell due before the ledger was made or their campaign was
    on: printed ids, by date. They won't leave by themselves."""
    start, end = now.date() - WORTH_A_WORD, now.date() + timedelta(days=1)
    rows = await ledger.occurrences()
    planned = {
        one.occurrence_id for one in await ledger.slots_of([row.occurrence_id for row in rows])
    }
    places = {
        name: [row.place for row in await ledger.places(audience)]
        or [Place(zone=audience.zone, territory=audience.territory)]
        for name, audience in agenda.audiences.items()
    }
    slots = agenda.slots(start, end, places)
    found = []
    for one in merge(agenda, rows, planned, start, end):
        mine = [each for each in slots if season_of(each.occurrence) == one.season]
        since = max(ledger.made_at, enabled.get(one.season[0], ledger.made_at))
        dues = [each.slot.due_at for each in mine if each.slot.due_at is not None]
        if dues and max(dues) < since and is_past(one, mine, since, now):
            found.append(one.id)
    return found
