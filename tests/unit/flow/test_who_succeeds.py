"""Who may take the place of whoever gets nothing: until the first of their own limits."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from scheduler.config.loading import load
from scheduler.domain.addressees import RecipientList
from scheduler.domain.calendar.campaigns import Occurrence, Place, SlotTime
from scheduler.domain.calendar.conflicts import Planned
from scheduler.domain.channels import EMAIL, SMS
from scheduler.domain.delivery import OccurrenceState
from scheduler.domain.giving_way import SPARE
from scheduler.domain.ids import OccurrenceId, SlotId
from scheduler.domain.planning import GaveWay, OccurrenceRow, SlotKey, SlotRow
from scheduler.flow.agenda import Agenda
from scheduler.flow.heirs import NOW_AND_THEN, Heirs
from tests.flow_world import SERIES, utc, write_installation
from tests.samples.ledger import PARIS, REUNION

NOW = utc(4, 8)
FIRST, LAST = utc(5, 6), utc(5, 8)
A_MOMENT = timedelta(microseconds=1)
ROW = OccurrenceRow(
    occurrence_id=OccurrenceId(1),
    campaign="cybermois",
    episode="un",
    season="2026",
    date=date(2026, 10, 4),
    state=OccurrenceState.RUNNING,
)


@dataclass
class Ledger:
    """Answers with these slots, and remembers whom it was asked to let succeed."""

    slots: list[SlotRow]
    asked: list[GaveWay] = field(default_factory=list)

    async def list_of(self, campaign: str, episode: str, season: str) -> RecipientList | None:
        return None

    async def slots_of(self, rows: Iterable[OccurrenceId]) -> list[SlotRow]:
        return self.slots

    async def succeed(self, gave_way: GaveWay, now: datetime) -> int:
        self.asked.append(gave_way)
        return 1


def mark(audience: str, place: Place, not_after: datetime, *, missed: bool = False) -> SlotRow:
    return SlotRow(
        slot_id=SlotId(1),
        occurrence_id=ROW.occurrence_id,
        key=SlotKey(channel="email", audience=audience, place=place),
        due_at=NOW,
        not_after=not_after,
        planned_at=NOW,
        missed=missed,
    )


def heirs_of(folder: Path, ledger: Ledger) -> Heirs:
    agenda = Agenda(load(write_installation(folder, SERIES), {}))
    return Heirs(agenda=agenda, ledger=ledger, channels={"email": EMAIL, "sms": SMS})


def to_come(heirs: Heirs, due_at: datetime) -> Planned:
    """A slot of the staff, who go before the patients."""
    campaign = heirs.agenda.configuration.campaign("cybermois")
    return Planned(
        occurrence=Occurrence(
            campaign="cybermois", episode="un", season="2026", date=date(2026, 10, 4)
        ),
        campaign=campaign,
        episode=campaign.episodes[0],
        channel="email",
        audience="staff",
        place=REUNION,
        slot=SlotTime(due_at=due_at),
    )


@pytest.mark.parametrize(
    ("due_at", "awaited"), [(FIRST - SPARE, True), (FIRST - SPARE + A_MOMENT, False)]
)
async def test_who_is_in_several_places_waits_no_longer_than_the_first_limit_allows(
    tmp_path: Path, due_at: datetime, awaited: bool
) -> None:
    ledger = Ledger([mark("patients", PARIS, LAST), mark("patients", REUNION, FIRST)])
    heirs = heirs_of(tmp_path, ledger)

    assert await heirs.look(ROW, [to_come(heirs, due_at)], NOW, at_once=True) == 1

    (asked,) = ledger.asked
    assert asked.audience.name == "patients"
    assert bool(asked.awaited) is awaited


async def test_the_stronger_audience_is_asked_first_and_what_is_over_or_missed_never(
    tmp_path: Path,
) -> None:
    ledger = Ledger(
        [
            mark("patients", PARIS, LAST),
            mark("staff", PARIS, LAST),
            mark("staff", REUNION, LAST, missed=True),
        ]
    )
    heirs = heirs_of(tmp_path, ledger)

    assert await heirs.look(ROW, [], NOW, at_once=True) == 2
    assert [one.audience.name for one in ledger.asked] == ["staff", "patients"]
    ledger.slots = [mark("staff", PARIS, NOW), mark("patients", PARIS, LAST, missed=True)]
    assert await heirs.look(ROW, [], NOW, at_once=True) == 0


async def test_a_running_one_is_looked_at_now_and_then_whatever_way_the_clock_went(
    tmp_path: Path,
) -> None:
    heirs = heirs_of(tmp_path, Ledger([mark("staff", PARIS, LAST)]))

    assert (
        await heirs.look(replace(ROW, state=OccurrenceState.FINISHED), [], NOW, at_once=False) == 0
    )
    assert await heirs.look(ROW, [], NOW, at_once=False) == 1
    assert await heirs.look(ROW, [], NOW + NOW_AND_THEN - A_MOMENT, at_once=False) == 0
    assert await heirs.look(ROW, [], NOW + NOW_AND_THEN, at_once=False) == 1
    assert await heirs.look(ROW, [], NOW, at_once=False) == 1
