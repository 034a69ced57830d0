"""What another process, an edit or a file does to a slot while it is being planned."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from structlog.testing import capture_logs

from scheduler.config.loading import load
from scheduler.domain.calendar.campaigns import Occurrence
from scheduler.domain.delivery import OccurrenceState
from scheduler.domain.errors import ContentError, NotFound
from scheduler.domain.ids import OccurrenceId, SlotId
from scheduler.domain.planning import OccurrenceRow, PlanCount, SlotKey, SlotPlan, SlotRow
from scheduler.flow import agenda as agendas
from scheduler.flow import slot_plans
from scheduler.flow.agenda import Agenda
from scheduler.flow.finishing import NOBODY, finish
from scheduler.flow.settled_texts import texts_settled
from scheduler.flow.slot_plans import planned_again
from scheduler.flow.stragglers import Stragglers
from scheduler.store.ledger import Ledger
from tests.flow_world import World, open_world, utc, write_installation
from tests.samples.ledger import PARIS, REUNION, STAFF, person
from tests.unit.flow.test_held_texts import BOTH, MAIL_ONLY, mend, two_readers

SUNDAY = utc(4, 8)
ROW = OccurrenceRow(
    occurrence_id=OccurrenceId(1),
    campaign="cybermois",
    episode="un",
    season="2026",
    date=date(2026, 10, 4),
    state=OccurrenceState.RUNNING,
)


def plans_on(world: World, kind: type[Ledger]) -> None:
    ledger = world.app.ledger
    world.planner = replace(
        world.planner, ledger=kind(ledger.database, ledger.keys, ledger.made_at)
    )


def mark(audience: str = "staff", *, missed: bool = False) -> SlotRow:
    return SlotRow(
        slot_id=SlotId(1),
        occurrence_id=ROW.occurrence_id,
        key=SlotKey(channel="email", audience=audience, place=PARIS),
        due_at=SUNDAY,
        not_after=SUNDAY + timedelta(days=1),
        planned_at=SUNDAY,
        missed=missed,
    )


# Another process


async def test_one_occurrence_that_cannot_be_planned_keeps_no_other(tmp_path: Path) -> None:
    class Faulty(Ledger):
        async def plan(self, plan: SlotPlan, now: datetime) -> PlanCount | None:
            if plan.occurrence.campaign == "cybermois":
                raise RuntimeError("of this one alone")
            return await super().plan(plan, now)

    other = MAIL_ONLY.replace("cybermois", "avis").replace("[email]", "[sms]")
    async with open_world(tmp_path, MAIL_ONLY + other) as world:
        await world.book.take_in(STAFF, person(1))
        plans_on(world, Faulty)

        # The SMS of a Sunday leaves on Monday, when an e-mail may still be caught up.
        await world.look(utc(5, 8))

        rows = {one.id: one.state for one in await world.app.ledger.occurrences()}
        assert rows["cybermois/un/2026-10-04"] is OccurrenceState.SCHEDULED
        assert rows["avis/un/2026-10-04"] is OccurrenceState.RUNNING
        assert "plan-failed cybermois/un/2026-10-04" in await world.alarms()


async def test_what_another_process_plans_first_is_planned_once_and_not_over(
    tmp_path: Path,
) -> None:
    class Behind(Ledger):
        """The other one is always a moment earlier."""

        async def plan(self, plan: SlotPlan, now: datetime) -> PlanCount | None:
            await super().plan(plan, now)
            return await super().plan(plan, now)

    async with open_world(tmp_path, MAIL_ONLY) as world:
        await world.book.take_in(STAFF, person(1), person(2))
        plans_on(world, Behind)

        assert await world.look(SUNDAY) == []
        assert (await world.occurrence()).state is OccurrenceState.RUNNING
        world.restart()
        await world.at(SUNDAY)

        assert world.email.recipients == ["p1@example.org", "p2@example.org"]


async def test_what_another_process_found_missed_calls_nobody_twice(tmp_path: Path) -> None:
    late = SUNDAY + timedelta(days=2)

    class Behind(Ledger):
        async def miss(self, plan: SlotPlan, now: datetime) -> bool:
            await world.app.ledger.miss(plan, now)
            return bool(await world.app.ledger.miss(plan, now))

    async with open_world(tmp_path, MAIL_ONLY) as world:
        await world.book.take_in(STAFF, person(1))
        await world.look(SUNDAY - timedelta(hours=1))
        plans_on(world, Behind)

        with capture_logs() as logged:
            await world.planner.plan_due(late)

        assert "slot.missed" not in {one["event"] for one in logged}
        assert not [one for one in await world.app.ledger.open_alarms() if "email" in one.detail]


# What ends


@dataclass
class Ending:
    """Nothing of it was planned; remembers what it was to become."""

    ended_by_another: bool = False
    told: list[tuple[OccurrenceState, str]] = field(default_factory=list)

    async def slots_of(self, rows: Iterable[OccurrenceId]) -> list[SlotRow]:
        return []

    async def set_state(
        self,
        occurrence_id: OccurrenceId,
        to: OccurrenceState,
        reason: str = "",
        *,
        only_from: Iterable[OccurrenceState] = (),
    ) -> bool:
        self.told.append((to, reason))
        return not self.ended_by_another


@pytest.mark.parametrize("by_another", [False, True])
async def test_what_passed_is_told_by_whoever_ends_it(by_another: bool) -> None:
    ledger: Any = Ending(by_another)
    heirs: Any = None

    with capture_logs() as logged:
        await finish(ledger, heirs, ROW, SUNDAY, passed=True)

    assert [one["event"] for one in logged] == ([] if by_another else ["occurrence.passed"])


@pytest.mark.parametrize(("days", "over"), [(0, False), (1, False), (2, True)])
async def test_what_concerned_nobody_is_over_the_day_after_next(days: int, over: bool) -> None:
    ledger: Any = Ending()
    heirs: Any = None

    await finish(ledger, heirs, ROW, SUNDAY + timedelta(days=days), passed=False)

    assert ledger.told == ([(OccurrenceState.FINISHED, NOBODY)] if over else [])


# What is remembered, and what config.yaml no longer has


def test_an_episode_that_is_gone_is_named_with_those_there_are(tmp_path: Path) -> None:
    agenda = Agenda(load(write_installation(tmp_path), {}))
    gone = Occurrence(campaign="cybermois", episode="deux", season="2026", date=ROW.date)

    with pytest.raises(NotFound, match=r"has no episode 'deux': it has un"):
        agenda.episode(gone)


def test_of_the_ranges_asked_for_few_are_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(agendas, "KEPT_RANGES", 1)
    agenda = Agenda(load(write_installation(tmp_path), {}))
    places = {name: [PARIS] for name in agenda.audiences}

    first = agenda.slots(ROW.date, ROW.date, places)
    assert agenda.slots(ROW.date, ROW.date, places) is first
    for more in (1, 2):
        agenda.slots(ROW.date, ROW.date + timedelta(days=more), places)

    again = agenda.slots(ROW.date, ROW.date, places)
    assert again is not first
    assert again == first


async def test_texts_are_settled_again_where_too_many_are_remembered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(slot_plans, "KEPT_TEXTS", 0)
    async with open_world(tmp_path) as world:
        await world.book.take_in(STAFF, person(1))
        await world.at(SUNDAY)
        await world.at(utc(5, 8))

        assert await world.states() == {"sent": 2}
        assert len(world.planner._slot_plans._frozen) == 1


@pytest.mark.parametrize(
    ("row", "audience"),
    [
        (replace(ROW, campaign="avis"), "staff"),
        (replace(ROW, episode="deux"), "staff"),
        (ROW, "residents"),
    ],
)
def test_what_config_no_longer_has_is_not_planned_again(
    tmp_path: Path, row: OccurrenceRow, audience: str
) -> None:
    agenda = Agenda(load(write_installation(tmp_path), {}))

    assert planned_again(agenda, ROW, mark()) is not None
    assert planned_again(agenda, row, mark(audience)) is None


async def test_where_nobody_reads_nothing_is_settled(tmp_path: Path) -> None:
    async with open_world(tmp_path) as world:
        await world.planner.sync(SUNDAY)
        agenda, ledger = world.app.agenda, world.app.ledger
        one = planned_again(agenda, ROW, mark())
        assert one is not None
        row = await world.occurrence()

        assert await texts_settled(agenda, ledger, row.occurrence_id, one, SUNDAY) is None


# Held texts


async def test_two_who_read_the_mended_text_get_the_same(tmp_path: Path) -> None:
    async with open_world(tmp_path, MAIL_ONLY, messages=BOTH) as world:
        english = [person(number, phone=None, language="en") for number in (2, 3)]
        english[1] = replace(english[1], easy_to_read=True)
        await world.book.take_in(STAFF, person(1, phone=None), *english)
        await world.at(SUNDAY)
        assert world.email.recipients == ["p1@example.org"]

        mend(world)
        await world.at(SUNDAY + timedelta(hours=1))

        assert world.email.recipients == [f"p{number}@example.org" for number in (1, 2, 3)]
        assert all(b"Hello" in one.body for one in world.email.accepted[1:])


async def test_when_only_those_of_the_held_text_are_left_they_wait_on(tmp_path: Path) -> None:
    async with open_world(tmp_path, MAIL_ONLY, messages=BOTH) as world:
        await two_readers(world)
        await world.at(SUNDAY)
        read = [person(number, phone=None, language="en") for number in (1, 2)]
        await world.book.take_in(STAFF, *read, at=SUNDAY)

        await world.at(SUNDAY + timedelta(minutes=1))
        assert await world.alarms() == ["message-faulty cybermois/un/2026-10-04"]
        assert world.email.recipients == ["p1@example.org"]

        mend(world)
        await world.at(SUNDAY + timedelta(hours=1))
        assert world.email.recipients == ["p1@example.org", "p2@example.org"]


# Stragglers


@dataclass
class Lacking:
    """These slots are marked, and lack somebody."""

    marks: list[SlotRow]
    asked: int = 0

    async def slots_of(self, rows: Iterable[OccurrenceId]) -> list[SlotRow]:
        return self.marks

    async def lacking(self, *_: object) -> list[SlotId]:
        self.asked += 1
        return [one.slot_id for one in self.marks]

    async def plan(self, plan: SlotPlan, now: datetime) -> PlanCount | None:
        raise AssertionError("nothing is to be planned")


class Unmended:
    """No text of the message can be sent."""

    async def texts(self, *_: object) -> object:
        raise ContentError(where="templates/essai", what="une faute", remedy="corrigez-la")


@pytest.mark.parametrize(
    ("row", "missed", "asked"),
    [
        # Nobody is looked for where nothing left.
        (ROW, True, 0),
        # What config.yaml no longer has is looked at once a version.
        (replace(ROW, episode="deux"), False, 1),
        # A message at fault is asked for again, for it may be mended.
        (ROW, False, 2),
    ],
)
async def test_who_came_late_to_what_cannot_be_sent_gets_nothing_yet(
    tmp_path: Path, row: OccurrenceRow, missed: bool, asked: int
) -> None:
    plans: Any = Unmended()
    ledger = Lacking([mark(missed=missed)])
    agenda = Agenda(load(write_installation(tmp_path, MAIL_ONLY), {}))
    late = Stragglers(agenda=agenda, ledger=ledger, slot_plans=plans)

    for _ in range(2):
        assert await late.look(row, {}, (), 7, SUNDAY) == []

    # Once for each audience that has a slot.
    assert ledger.asked == asked


async def test_who_came_late_is_taken_up_once_by_whichever_process(tmp_path: Path) -> None:
    class Behind(Ledger):
        """The other one is always a moment earlier."""

        async def plan(self, plan: SlotPlan, now: datetime) -> PlanCount | None:
            await super().plan(plan, now)
            return None

    everywhere = [person(1), person(2, place=REUNION)]
    async with open_world(tmp_path, MAIL_ONLY) as world:
        await world.book.take_in(STAFF, *everywhere)
        # Eight in Paris, when La Réunion has had its hour.
        await world.at(utc(4, 6))
        await world.book.take_in(STAFF, *everywhere, person(3, place=REUNION), at=utc(4, 6))
        plans_on(world, Behind)

        await world.at(utc(4, 7))

        assert world.email.recipients == ["p2@example.org", "p3@example.org"]
