"""After a long time without a daemon: what fell due is asked for first, where that is wanted."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from scheduler import bootstrap
from scheduler.config.loading import load
from scheduler.daemon.asking_first import ask_first
from scheduler.flow.steering.steer import How
from scheduler.flow.watching.catching_up import hold
from tests.flow_world import EVENT, World, open_world, utc
from tests.samples.ledger import STAFF, person

#: Tuesday 22 September 2026, 10:00 in Paris.
DUE = utc(22, 8, month=9)
OCCURRENCE = "webinaire/invitation/2026-09-22"
ASKING = {"REFLEXE_DAEMON__CATCH_UP": "ask"}


async def start(world: World, looked_at: datetime | None, **environment: str) -> list[str]:
    """A daemon starts now, with these settings; what it holds."""
    configuration = load(world.config, environment)
    world.app = bootstrap.app_on(configuration, world.app.ledger, world.clock)
    world.restart()
    return await ask_first(world.app, world.planner, looked_at)


@pytest.mark.parametrize(
    ("environment", "away"),
    [({}, timedelta(hours=5)), (ASKING, timedelta(minutes=59)), (ASKING, None)],
)
async def test_it_catches_up_by_itself_unless_it_was_long_and_is_to_ask(
    tmp_path: Path, environment: dict[str, str], away: timedelta | None
) -> None:
    async with open_world(tmp_path, EVENT) as world:
        await world.book.take_in(STAFF, person(1), person(2))
        world.clock.now = DUE + timedelta(minutes=10)
        looked_at = world.clock.now - away if away else None

        assert await start(world, looked_at, **environment) == []

        await world.at(world.clock.now)
        assert len(world.email.accepted) == 2


async def test_what_fell_due_meanwhile_waits_for_a_person_and_then_leaves_once(
    tmp_path: Path,
) -> None:
    async with open_world(tmp_path, EVENT) as world:
        await world.book.take_in(STAFF, person(1), person(2))
        await world.planner.sync(DUE - timedelta(hours=2))
        now = world.clock.now = DUE + timedelta(hours=1)

        assert await start(world, DUE - timedelta(hours=2), **ASKING) == [OCCURRENCE]
        # A start that ends half-way and comes again holds nothing twice.
        assert await start(world, DUE - timedelta(hours=2), **ASKING) == []
        await world.at(now)

        assert world.email.accepted == []
        assert await world.alarms() == [f"catch-up-held {OCCURRENCE}"]

        await world.steer(How.RESUMED, now)
        await world.at(now)

        assert len(world.email.accepted) == 2
        assert await world.alarms() == []


async def test_what_ends_meanwhile_is_not_held(tmp_path: Path) -> None:
    class Late:
        """Somebody cancelled it since it was read."""

        async def change(self, *_: object) -> bool:
            return False

    async with open_world(tmp_path, EVENT) as world:
        await world.book.take_in(STAFF, person(1))
        await world.planner.sync(DUE - timedelta(hours=2))
        now = DUE + timedelta(hours=1)

        held = await hold(world.app.agenda, world.app.ledger, Late(), DUE - timedelta(hours=2), now)

        assert held == []
        assert await world.alarms() == []


async def test_what_was_under_way_waits_too(tmp_path: Path) -> None:
    async with open_world(tmp_path, EVENT) as world:
        await world.book.take_in(STAFF, person(1), person(2))
        await world.look(DUE)
        now = world.clock.now = DUE + timedelta(hours=3)

        assert await start(world, DUE + timedelta(minutes=1), **ASKING) == [OCCURRENCE]
        await world.send(now)

        assert world.email.accepted == []


async def test_what_is_still_to_come_is_not_held(tmp_path: Path) -> None:
    async with open_world(tmp_path, EVENT) as world:
        await world.book.take_in(STAFF, person(1))
        world.clock.now = DUE - timedelta(hours=1)

        assert await start(world, DUE - timedelta(days=3), **ASKING) == []
