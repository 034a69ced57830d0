"""A slot whose planning ended half-way: whoever looks next goes on, however late it is."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection, delete, update

from scheduler.domain.delivery import OccurrenceState, SlotState
from scheduler.flow.steering.by_hand import occurrence_to_send
from scheduler.store.schema.tables import batch, delivery, slot
from scheduler.store.schema.types import to_milliseconds
from tests.flow_world import SERIES, World, open_world, utc
from tests.samples.ledger import REUNION, STAFF, person

EMAIL_ONLY = SERIES.replace("topic", "channels: [email]\n    topic")
SUNDAY = utc(4, 8)


def cut_short(connection: Connection) -> None:
    """As a process leaves it that was killed after the portion of the first two people."""
    connection.execute(delete(delivery).where(delivery.c.contact_id > 2))
    connection.execute(update(batch).values(number=1))
    said = {"after": 2, "before": 0, "waiting": 2, "left_out": 0, "at": to_milliseconds(SUNDAY)}
    connection.execute(update(slot).values(state=SlotState.PLANNING, planning=said))


async def half_planned(world: World) -> None:
    await world.book.take_in(STAFF, *(person(number) for number in range(1, 5)))
    await world.look(SUNDAY)
    await world.app.ledger.database.write(cut_short)
    world.restart()


@pytest.mark.parametrize("later", [timedelta(seconds=30), timedelta(hours=23), timedelta(hours=25)])
async def test_everybody_gets_it_once(tmp_path: Path, later: timedelta) -> None:
    async with open_world(tmp_path, EMAIL_ONLY) as world:
        await half_planned(world)

        await world.at(SUNDAY + later)

        assert world.email.recipients == [f"p{number}@example.org" for number in range(1, 5)]
        assert (await world.occurrence()).state is OccurrenceState.FINISHED
        assert await world.alarms() == []


async def test_what_is_planned_leaves_and_the_occurrence_is_not_over(tmp_path: Path) -> None:
    async with open_world(tmp_path, EMAIL_ONLY) as world:
        await half_planned(world)

        await world.send(SUNDAY)

        assert world.email.recipients == ["p1@example.org", "p2@example.org"]
        row = await world.occurrence()
        assert row.state is OccurrenceState.RUNNING
        assert await world.app.ledger.unfinished(row.occurrence_id)


async def test_it_is_over_where_nobody_is_left(tmp_path: Path) -> None:
    """A file that came meanwhile says that all of them live elsewhere."""
    async with open_world(tmp_path, EMAIL_ONLY) as world:
        await half_planned(world)
        away = [person(number, place=REUNION) for number in range(1, 5)]
        await world.book.take_in(STAFF, *away, at=SUNDAY)

        await world.at(SUNDAY + timedelta(minutes=1))
        await world.at(SUNDAY + timedelta(minutes=2))

        states = {row.zone: row.state for row in await world.book.rows(slot)}
        assert states["Europe/Paris"] == SlotState.PLANNED
        assert SlotState.PLANNING not in states.values()
        assert (await world.occurrence()).state is OccurrenceState.FINISHED


async def test_send_now_goes_on_with_it(tmp_path: Path) -> None:
    async with open_world(tmp_path, EMAIL_ONLY) as world:
        await half_planned(world)
        now = SUNDAY + timedelta(minutes=5)
        agenda = world.app.agenda
        one = occurrence_to_send(agenda, "cybermois", "un", "", now.date())
        await world.app.hand.bring_forward(one, ["staff"], "Camille", now)

        await world.at(now)

        assert world.email.recipients == [f"p{number}@example.org" for number in range(1, 5)]
