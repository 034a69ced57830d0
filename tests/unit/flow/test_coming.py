"""What a message gives way to: which stronger ones are still to come to the same people."""

from datetime import date
from pathlib import Path

import pytest

from scheduler.domain.measure.caps import Caps
from scheduler.flow.coming import ComingStep
from tests.flow_world import World, open_world, utc
from tests.samples.ledger import PARIS, PATIENTS, STAFF, person

#: An invitation on 1 October, and two messages of the series on the 2nd and the 4th.
CAMPAIGNS = """
  cybermois:
    kind: series
    topic: october
    channels: [email]
    episodes:
      annonce: {message: essai, when: announcement}
      un: {message: essai, when: sunday-1}
  webinaire:
    kind: event
    topic: events
    channels: [email]
    starts: 2026-10-13T14:30
    episodes:
      invitation: {message: essai, when: j-12}
"""
SECOND, FOURTH = date(2026, 10, 2), date(2026, 10, 4)


async def coming(world: World, day: date, most: Caps | None = None) -> list[date]:
    """The days of what is to come before an invitation of ``day``."""
    agenda = world.app.agenda
    places = {name: [PARIS] for name in agenda.audiences}
    near = agenda.slots(date(2026, 9, 20), date(2026, 10, 20), places)
    (one,) = (
        slot for slot in near if (slot.episode.name, slot.audience) == ("invitation", "staff")
    )
    step = ComingStep(agenda=agenda, ledger=world.app.ledger)
    return [each.day for each in await step.of(one, day, near, most or Caps())]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        # Seven days ahead still count: they are in one month with it.
        (date(2026, 9, 27), [SECOND, FOURTH]),
        (date(2026, 9, 26), [SECOND]),
        (date(2026, 9, 24), []),
        (date(2026, 10, 1), [SECOND, FOURTH]),
        # What is of its own day gives way, or had its turn.
        (SECOND, [FOURTH]),
        (FOURTH, []),
    ],
)
async def test_a_week_ahead_counts_and_no_more(
    tmp_path: Path, day: date, expected: list[date]
) -> None:
    async with open_world(tmp_path, CAMPAIGNS) as world:
        await world.book.take_in(STAFF, person(1))
        await world.look(utc(24, 6, month=9))

        assert await coming(world, day) == expected


async def test_what_was_brought_forward_for_these_people_is_not_to_come(tmp_path: Path) -> None:
    async with open_world(tmp_path, CAMPAIGNS) as world:
        await world.book.take_in(STAFF, person(1))
        now = utc(24, 6, month=9)
        await world.look(now)
        (first,) = (
            one for one in world.app.agenda.occurrences(SECOND, SECOND) if one.episode == "annonce"
        )

        await world.app.hand.bring_forward(first, ["patients"], "Camille", now)
        assert await coming(world, date(2026, 10, 1)) == [SECOND, FOURTH]
        await world.app.hand.bring_forward(first, ["staff"], "Camille", now)
        assert await coming(world, date(2026, 10, 1)) == [FOURTH]


REMINDED = """
  rappels:
    kind: reminder
    topic: reminders
    channels: [email]
    episodes:
      mardi: {message: essai, when: first-working-tuesday}
"""


@pytest.mark.parametrize(("month", "expected"), [(4, [date(2026, 10, 6)]), (1, [])])
async def test_what_the_cap_leaves_out_itself_takes_nobodys_turn(
    tmp_path: Path, month: int, expected: list[date]
) -> None:
    """A reminder of 6 October: with one message a month, two Sundays go before it."""
    invited = CAMPAIGNS[CAMPAIGNS.index("  webinaire") :]
    async with open_world(
        tmp_path, CAMPAIGNS[: CAMPAIGNS.index("  webinaire")] + REMINDED.lstrip("\n") + invited
    ) as world:
        await world.book.take_in(STAFF, person(1))
        await world.look(utc(24, 6, month=9))

        found = await coming(world, date(2026, 9, 30), Caps(week=10, month=month))

    assert [day for day in found if day not in (SECOND, FOURTH)] == expected


async def test_only_who_gets_it_is_served_before(tmp_path: Path) -> None:
    """Patients alone get the series: the staff at their address wait for nothing."""
    patients = CAMPAIGNS.replace("topic: october", "audiences: [patients]\n    topic: october")
    async with open_world(tmp_path, patients) as world:
        await world.book.take_in(PATIENTS, person(1))
        await world.look(utc(24, 6, month=9))
        agenda = world.app.agenda
        places = {name: [PARIS] for name in agenda.audiences}
        near = agenda.slots(date(2026, 9, 20), date(2026, 10, 20), places)
        (one,) = (
            each
            for each in near
            if (each.episode.name, each.audience) == ("invitation", "patients")
        )
        step = ComingStep(agenda=agenda, ledger=world.app.ledger)

        found = await step.of(one, date(2026, 10, 1), near, Caps())

    assert [[audience.name for audience in each.before] for each in found] == [["patients"]] * 2
