"""What was decided of the calendar on the desk is what leaves, is rehearsed and is named."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from scheduler import bootstrap
from scheduler.bootstrap import app_on, open_app, with_newest_edits
from scheduler.config.last_good import note, read
from scheduler.config.loading import load
from scheduler.domain.audit import AuditAct
from scheduler.domain.calendar.changes import Change, Stand
from scheduler.flow.showing.year import year_ahead
from scheduler.flow.steering import send_now
from scheduler.flow.steering.by_hand import occurrence_to_send
from tests.flow_world import EVENT, SERIES, World, edit, open_world, utc
from tests.samples.changes import (
    asked,
    at_hour,
    cancelled,
    created,
    moved,
    on_day,
    skipped,
    switched,
)
from tests.samples.ledger import STAFF, person

MOVING = EVENT + "      deplacement: {message: essai, when: by-hand}\n"


async def decide(world: World, *changes: Change) -> None:
    """Said on the desk, and read at the next look of any replica."""
    over = await world.app.changes.number()
    several = [asked(one) for one in changes]
    await world.app.changes.decide(several, over, AuditAct.CHANGE_CALENDAR, world.clock.now)
    await lay_again(world)


async def lay_again(world: World) -> None:
    configuration = await with_newest_edits(world.app.configuration, world.app.ledger.database)
    world.app = app_on(configuration, world.app.ledger, world.clock)
    world.restart()


async def year(world: World) -> list[str]:
    start, end = date(2026, 9, 1), date(2026, 12, 31)
    found = await year_ahead(world.app.agenda, world.app.ledger, world.clock.now, start, end)
    return [f"{one.id} {one.at:%H:%M} {one.state}" for one in found]


async def test_an_event_made_here_leaves_at_its_hour_moves_and_is_called_off(
    tmp_path: Path,
) -> None:
    async with open_world(tmp_path, SERIES) as world:
        await world.book.take_in(STAFF, person(1))
        await decide(world, created("atelier", "2026-11-10T10:00", at="15:00"))
        made = await year(world)
        await world.look(utc(12, 8))
        await decide(world, created("atelier", "2026-11-12T10:00", at="15:00"))
        await world.at(utc(20, 13))
        too_early = world.email.recipients
        await world.at(utc(22, 13))
        sent = world.email.recipients
        await decide(world, cancelled("atelier"))
        await world.look(utc(23, 8))
        rows = [f"{one.id} {one.state}" for one in await world.app.ledger.occurrences()]

    assert "atelier/invitation/2026-10-20 15:00 scheduled" in made
    assert (too_early, sent) == ([], ["p1@example.org"])
    # What has left has left, and stays to be seen.
    assert "atelier/invitation/2026-10-22 finished" in rows


async def test_what_has_left_is_not_sent_again_to_the_new_date_and_whoever_waits_gets_it(
    tmp_path: Path,
) -> None:
    async with open_world(tmp_path, MOVING) as world:
        await world.book.take_in(STAFF, person(1))
        await world.at(utc(22, 8, month=9))
        await decide(world, moved("2026-11-10T09:00"))
        await world.at(utc(20, 8))
        once = world.email.recipients
        agenda = world.app.agenda
        one = occurrence_to_send(agenda, "webinaire", "deplacement", "", world.clock.now.date())
        await send_now.bring_forward(
            agenda, world.app.ledger, world.app.hand, one, ["staff"], "Ana", world.clock.now
        )
        await world.at(utc(20, 8))

    assert once == ["p1@example.org"]
    assert world.email.recipients == ["p1@example.org"] * 2


async def test_one_occurrence_has_another_hour_another_day_or_none(tmp_path: Path) -> None:
    reminders = """
  rappels:
    kind: reminder
    topic: reminders
    channels: [email]
    episodes:
      mardi: {message: essai, when: first-working-tuesday, months: [10, 11, 12]}
"""
    async with open_world(tmp_path, reminders) as world:
        await world.book.take_in(STAFF, person(1))
        await world.look(utc(1, 8, month=9))
        before = await year(world)
        await decide(
            world,
            at_hour("16:00", "rappels", "mardi", "2026-10"),
            on_day("2026-10-29", "rappels", "mardi", "2026-11"),
            skipped("rappels", "mardi", "2026-12"),
        )
        await world.look()
        after = await year(world)
        await world.at(utc(6, 8))
        at_ten = len(world.email.accepted)
        await world.at(utc(6, 14))
        at_four = len(world.email.accepted)
        await world.at(utc(29, 9))
        forward = len(world.email.accepted)
        for day in (3, 4):
            await world.at(utc(day, 9, month=11))
        for day in (1, 2):
            await world.at(utc(day, 9, month=12))
        alarms = await world.alarms()

    assert before == [
        "rappels/mardi/2026-10-06 10:00 scheduled",
        "rappels/mardi/2026-11-03 10:00 scheduled",
        "rappels/mardi/2026-12-01 10:00 scheduled",
    ]
    assert after == [
        "rappels/mardi/2026-10-06 16:00 scheduled",
        "rappels/mardi/2026-10-29+2026-11 10:00 scheduled",
    ]
    assert (at_ten, at_four, forward, len(world.email.accepted)) == (0, 1, 2, 2)
    assert alarms == []


async def test_a_campaign_switched_on_sends_what_is_to_come_and_nothing_of_before(
    tmp_path: Path,
) -> None:
    off = SERIES.replace("    kind: series\n", "    enabled: false\n    kind: series\n")
    two = off + "      deux: {message: essai, when: sunday-2}\n"
    async with open_world(tmp_path, two) as world:
        await world.book.take_in(STAFF, person(1, agreed=("email",)))
        await world.at(utc(4, 8))
        world.clock.now = utc(7, 8)
        await decide(world, switched("cybermois", on=True))
        await world.at(utc(7, 8))
        await world.at(utc(11, 8))
        alarms = await world.alarms()

    assert len(world.email.accepted) == 1
    assert alarms == []


async def test_every_reader_has_the_same_calendar(tmp_path: Path) -> None:
    """A process that starts, a copy that is rehearsed, the text checks, and what is left of a
    faulty configuration."""
    async with open_world(tmp_path, EVENT) as world:
        await decide(world, moved("2026-11-10T09:00"), created("atelier", "2026-12-10T10:00"))
        other = await open_app(load(world.config, {}), world.clock)
        apart, why = await bootstrap.edits_to_read(load(world.config, {}))
        note(other.configuration, world.clock.now)
        good = read(world.config, {})
        assert good is not None
        without = await with_newest_edits(good.configuration, other.ledger.database)
        await other.close()

    names = ["webinaire", "atelier"]
    assert [one.name for one in other.agenda.campaigns] == names
    assert [one.name for one in apart.campaigns] == names
    assert why == ""
    # Nothing is sent by what was kept without its calendar.
    assert without.campaigns == ()
    assert [one.stand for one in without.changes] == [Stand.GONE, Stand.UNFIT]


async def test_a_file_that_changes_under_a_change_changes_nothing_by_itself(
    tmp_path: Path,
) -> None:
    async with open_world(tmp_path, EVENT) as world:
        await world.book.take_in(STAFF, person(1))
        base = {"starts": "2026-10-13T14:30", "ends": "", "place": "", "values": {}}
        one = replace(asked(moved("2026-11-10T09:00")), base=base)
        await world.app.changes.decide([one], 0, AuditAct.CHANGE_CALENDAR, world.clock.now)
        await lay_again(world)
        before = stands(world)
        edit(world.config, "starts: 2026-10-13T14:30", "starts: 2026-12-15T14:30")
        world.read_again()
        await lay_again(world)
        edited = stands(world)
        edit(world.config, "  webinaire:", "  webinar:\n    was: webinaire")
        world.read_again()
        await lay_again(world)
        await world.at(utc(20, 8))

    assert (before, edited) == ([Stand.OVER], [Stand.BEHIND])
    # Neither lost under the new name nor sent twice.
    assert world.email.recipients == ["p1@example.org"]


def stands(world: World) -> Sequence[Stand]:
    return [one.stand for one in world.app.configuration.changes]
