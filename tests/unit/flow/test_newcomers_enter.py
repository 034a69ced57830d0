"""A newcomer's four weeks, from their file to their messages: the real planner and senders."""

from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from scheduler.bootstrap.stage import set_stage
from scheduler.domain.calendar.campaigns import Audience, People
from scheduler.domain.calendar.holidays import known_territory
from scheduler.domain.errors import NotFound
from scheduler.domain.people.imports import ImportStart
from scheduler.domain.words.alarms import detail, english_detail
from scheduler.flow import newcomers
from scheduler.flow.people.importing import import_contacts
from scheduler.flow.rehearse import rehearse
from scheduler.flow.steering.by_hand import occurrence_to_send
from scheduler.sources import contact_file
from tests.flow_world import STAFF_FILE, World, edit, open_world
from tests.samples.ledger import STAFF, person

WELCOME = """
  accueil:
    kind: onboarding
    topic: reminders
    audiences: [staff]
    channels: [email]
    episodes:
      1-porte: {message: essai, when: after-1}
      2-cles: {message: essai, when: after-8}
      3-frappe: {message: essai, when: after-15}
      4-devoiler: {message: essai, when: after-22}
"""
OCTOBER = """
  cybermois:
    kind: series
    topic: october
    channels: [email]
    episodes:
      un: {message: essai, when: sunday-1}
"""
AGENTS = {"staff": STAFF_FILE + "people: staff\n"}
STAFF_HERE: Audience = replace(STAFF, people=People.STAFF)
MONDAY = datetime(2026, 11, 9, 8, tzinfo=UTC)
#: The steps of whoever enters in the week of ``MONDAY``, at ten in Paris.
STEPS = [datetime(2026, 11, 16, 9, tzinfo=UTC) + timedelta(weeks=n) for n in range(4)]


@asynccontextmanager
async def welcoming(
    folder: Path, campaigns: str = WELCOME, people: int = 40
) -> AsyncIterator[World]:
    """An installation with so many people who have been here for long."""
    async with open_world(folder, campaigns, audiences=AGENTS) as world:
        old = [person(number, agreed=()) for number in range(100, 100 + people)]
        await world.book.take_in(STAFF_HERE, *old)
        yield world


async def come(world: World, *numbers: int, on: date, at: datetime = MONDAY) -> None:
    """A file names them, with that day of entry."""
    rows = [replace(person(number, agreed=()), entered=on) for number in numbers]
    await world.book.take_in(STAFF_HERE, *rows, at=at)


async def live(world: World, *instants: datetime) -> None:
    for instant in instants:
        await world.at(instant)


def got(world: World) -> Counter[str]:
    return Counter(message.to for message in world.email.accepted)


async def test_a_newcomer_gets_four_messages_in_four_weeks_and_nobody_else_any(
    tmp_path: Path,
) -> None:
    async with welcoming(tmp_path) as world:
        await come(world, 1, on=MONDAY.date())

        await live(world, MONDAY, *STEPS, STEPS[-1] + timedelta(days=7))

        assert got(world) == {"p1@example.org": 4}
        rows = await world.app.ledger.occurrences()
        assert [(row.episode, row.season, row.date, row.state.value) for row in rows] == [
            ("1-porte", "2026-w46", date(2026, 11, 16), "finished"),
            ("2-cles", "2026-w46", date(2026, 11, 23), "finished"),
            ("3-frappe", "2026-w46", date(2026, 11, 30), "finished"),
            ("4-devoiler", "2026-w46", date(2026, 12, 7), "finished"),
        ]
        assert await world.states() == {"sent": 4}


async def test_who_comes_each_week_gets_their_own_once_a_person(tmp_path: Path) -> None:
    async with welcoming(tmp_path) as world:
        for week in range(6):
            at = MONDAY + timedelta(weeks=week)
            # The file of each week names everybody again, the first under another key.
            await come(world, *range(1, week + 2), on=at.date(), at=at)
            await live(world, at, at + timedelta(hours=1, minutes=5))
        await live(world, *(STEPS[0] + timedelta(weeks=week) for week in range(5, 10)))

        assert got(world) == {f"p{number}@example.org": 4 for number in range(1, 7)}


async def test_without_a_campaign_or_a_day_nothing_leaves(tmp_path: Path) -> None:
    off = WELCOME.replace("kind: onboarding", "kind: onboarding\n    enabled: false")
    async with welcoming(tmp_path, off + OCTOBER) as world:
        await come(world, 1, on=MONDAY.date())
        await live(world, MONDAY, *STEPS)

        assert got(world) == {}
        assert await world.app.ledger.open_alarms() == []


async def test_enabled_later_it_greets_who_is_young_still(tmp_path: Path) -> None:
    off = WELCOME.replace("kind: onboarding", "kind: onboarding\n    enabled: false")
    async with welcoming(tmp_path, off + OCTOBER) as world:
        await come(world, 1, on=MONDAY.date() - timedelta(days=25))
        await come(world, 2, on=MONDAY.date())
        await live(world, MONDAY)
        edit(world.config, "    enabled: false\n", "")
        world.read_again()
        later = MONDAY + timedelta(days=7)
        await live(world, later, *(later + timedelta(days=7 * week, hours=1) for week in range(6)))

        assert got(world) == {"p2@example.org": 4}


@pytest.mark.parametrize(
    ("entered", "steps", "sundays"), [(date(2026, 9, 21), 0, 1), (date(2026, 11, 9), 4, 0)]
)
async def test_who_gets_october_gets_no_welcome_beside_it(
    tmp_path: Path, entered: date, steps: int, sundays: int
) -> None:
    async with welcoming(tmp_path, WELCOME + OCTOBER, people=0) as world:
        await world.book.take_in(STAFF_HERE, *[person(n, agreed=()) for n in range(100, 140)])
        start = datetime.combine(entered, MONDAY.time(), UTC)
        await come(world, 1, on=entered, at=start)
        days = [start + timedelta(days=number) for number in range(36)]
        # After the offices have opened, in summer and in winter.
        await live(world, *(day.replace(hour=9, minute=30) for day in days))

        assert got(world)["p1@example.org"] == steps + sundays


async def test_who_comes_in_october_gets_the_reflexes_that_were_before_them(
    tmp_path: Path,
) -> None:
    said = WELCOME.replace("when: after-1}", "when: after-1, same_as: cybermois/un}")
    series = OCTOBER + "      deux: {message: essai, when: sunday-3}\n"
    async with welcoming(tmp_path, said + series) as world:
        await come(world, 1, on=date(2026, 10, 15), at=datetime(2026, 10, 15, 8, tzinfo=UTC))
        days = [datetime(2026, 10, 15, 9, 30, tzinfo=UTC) + timedelta(days=n) for n in range(30)]
        await live(world, *days)

        rows = await world.app.ledger.occurrences()
        assert [row.episode for row in rows if row.campaign == "accueil"] == ["1-porte"]
        # Beside the Sunday that was still to come.
        assert got(world)["p1@example.org"] == 2


async def test_too_many_at_once_wait_for_a_person(tmp_path: Path) -> None:
    async with welcoming(tmp_path, people=37) as world:
        await come(world, 1, 2, 3, on=MONDAY.date())
        await live(world, MONDAY, *STEPS)

        assert got(world) == {}
        (alarm,) = await world.app.ledger.open_alarms()
        assert (alarm.kind, alarm.subject) == ("newcomers-held", "staff")
        assert "3 nouveaux arrivants sur 40 personnes" in detail(alarm.kind, alarm.detail)
        assert "3 newcomers among 40 people" in english_detail(alarm.kind, alarm.detail)

        shown = (await world.app.ledger.newcomers_standing()).shown
        await world.app.ledger.answer_newcomers(True, shown, "Camille", STEPS[-1])
        answered = STEPS[-1] + timedelta(hours=1)
        await live(world, answered)
        await live(world, *(answered + timedelta(days=7 * week) for week in range(1, 6)))

        assert got(world) == {f"p{number}@example.org": 4 for number in (1, 2, 3)}
        assert await world.app.ledger.open_alarms() == []


async def test_two_in_forty_need_nobodys_word(tmp_path: Path) -> None:
    async with welcoming(tmp_path, people=38) as world:
        await come(world, 1, 2, on=MONDAY.date())
        await live(world, MONDAY, STEPS[0])

        assert got(world) == {"p1@example.org": 1, "p2@example.org": 1}


async def test_who_leaves_or_opts_out_gets_no_more_and_no_second_welcome(tmp_path: Path) -> None:
    async with welcoming(tmp_path) as world:
        await come(world, 1, on=MONDAY.date())
        await live(world, MONDAY, STEPS[0])
        await world.app.contact_files.end_named(STAFF_HERE, ["K1"], STEPS[0])
        await live(world, STEPS[1])
        back = STEPS[1] + timedelta(days=1)
        await come(world, 1, on=back.date(), at=back)
        await live(world, back, STEPS[2], *(STEPS[3] + timedelta(weeks=n) for n in range(5)))

        # The first, and those after they came back; the one they were away for isn't caught up.
        assert got(world) == {"p1@example.org": 3}


async def test_a_day_to_come_is_waited_for(tmp_path: Path) -> None:
    async with welcoming(tmp_path) as world:
        await come(world, 1, on=MONDAY.date() + timedelta(weeks=2))
        await live(world, MONDAY, STEPS[0])
        assert await world.app.ledger.occurrences() == []
        await live(world, *(STEPS[1] + timedelta(weeks=n, hours=1) for n in range(6)))

        assert got(world) == {"p1@example.org": 4}


async def test_a_rehearsal_counts_them_and_lets_nobody_in(tmp_path: Path) -> None:
    async with welcoming(tmp_path) as world:
        await come(world, 1, 2, on=MONDAY.date())
        stage = await set_stage(world.app, tmp_path / "rehearsal", MONDAY.date(), keep=None)
        start, end = MONDAY.date(), date(2026, 12, 31)

        found = await rehearse(
            stage.app.agenda,
            stage.app.ledger,
            stage.planner,
            stage.senders,
            stage.clock,
            start,
            end,
        )
        await stage.app.close()

        assert {one.occurrence: one.rows for one in found.counts} == {
            f"accueil/{name}/{day}+2026-w46": 2
            for name, day in (
                ("1-porte", "2026-11-16"),
                ("2-cles", "2026-11-23"),
                ("3-frappe", "2026-11-30"),
                ("4-devoiler", "2026-12-07"),
            )
        }
        assert (await world.app.ledger.newcomers_standing()).to_come == 2
        assert await world.app.ledger.occurrences() == []


async def test_another_process_sees_the_steps_at_once(tmp_path: Path) -> None:
    async with welcoming(tmp_path) as world:
        await come(world, 1, on=MONDAY.date())
        await live(world, MONDAY)
        # As after a kill: nothing is known but what the ledger holds.
        world.read_again()
        await live(world, STEPS[0])

        assert got(world) == {"p1@example.org": 1}


async def test_nobody_is_held_without_an_alarm_however_a_look_ends(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with welcoming(tmp_path) as world:
        await come(world, *range(1, 11), on=MONDAY.date())

        async def cut_short(*asked: object) -> None:
            raise OSError("killed")

        with monkeypatch.context() as patched:
            patched.setattr(world.app.ledger, "put_newcomers", cut_short)
            with pytest.raises(OSError, match="killed"):
                await newcomers.look(world.app.agenda, world.app.ledger, MONDAY)

        held = (await world.app.ledger.newcomers_standing()).held
        asked = [one.kind for one in await world.app.gauges.open_alarms()]
        assert (held, "newcomers-held" in asked) == (0, True)


async def test_newcomers_trouble_keeps_nobody_elses_message(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with welcoming(tmp_path, WELCOME + OCTOBER) as world:

        async def lost(*_: object) -> None:
            raise OSError("disk")

        monkeypatch.setattr(world.app.ledger, "newcomers", lost)
        await live(world, datetime(2026, 10, 4, 9, tzinfo=UTC))

        assert len(got(world)) == 40
        assert await world.alarms() == ["plan-failed newcomers"]
        monkeypatch.undo()
        await live(world, datetime(2026, 10, 4, 9, 1, tzinfo=UTC))
        assert await world.alarms() == []


async def test_from_a_file_of_the_house_to_the_first_message(tmp_path: Path) -> None:
    """As `reflexe import` reads it: a column by its name, whatever the form of its days."""
    async with welcoming(tmp_path) as world:
        file = tmp_path / "rh.csv"
        file.write_text(
            "Matricule;Nom;Prénom;Courriel;Date d’entrée\n"
            "A1;Martin;Ana;ana@example.org;09/11/2026\n"
            "A2;Petit;Luc;luc@example.org;01/02/2019\n"
            "A3;Roux;Eve;eve@example.org;\n"
            "A4;Blanc;Max;max@example.org;bientôt\n"
        )
        (staff,) = [one for one in world.app.configuration.audiences if one.name == "staff"]
        source = contact_file.read(file, staff, known_territory=known_territory)
        start = ImportStart(
            audience=staff,
            file_hash=source.digest,
            origin="RH",
            basis="legitimate-interest",
            mode="add",
        )
        report = await import_contacts(source, world.app.contact_files, start, lambda: MONDAY)
        await live(world, MONDAY, STEPS[0])

        assert (report.added, report.left_aside) == (4, 1)
        assert got(world) == {"ana@example.org": 1}


async def test_nobody_sends_a_welcome_by_hand(tmp_path: Path) -> None:
    async with welcoming(tmp_path) as world:
        with pytest.raises(NotFound, match="goes by itself"):
            occurrence_to_send(world.app.agenda, "accueil", "1-porte", "", MONDAY.date())
