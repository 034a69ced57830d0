"""What is old is forgotten once a day, with the rehearsals that still show it."""

from datetime import timedelta
from pathlib import Path

from scheduler.bootstrap.privacy import retention_of
from scheduler.domain.audit import AuditAct
from scheduler.domain.people.retention import Kept
from tests.flow_world import World, open_world
from tests.samples.ledger import MADE, STAFF, person

DAY = timedelta(days=1)
LONG = timedelta(days=4 * 366)


def rehearsed(world: World) -> Path:
    """A rehearsal's copy of the people, made just now."""
    folder = world.app.configuration.var / "rehearsal"
    folder.mkdir()
    (folder / "rehearsal.db").write_bytes(b"")
    return folder


async def runs(world: World) -> int:
    entries = await world.app.hand.audit_entries(50)
    return sum(one.act.act == AuditAct.RETAIN for one in entries)


async def test_the_daemon_forgets_once_a_day(tmp_path: Path) -> None:
    async with open_world(tmp_path) as world:
        retention = retention_of(world.app)

        await retention.look(MADE)
        await retention.look(MADE + DAY / 4)
        assert await runs(world) == 1
        retention.scrubbed = False
        await retention.look(MADE + DAY / 3)

        assert retention.scrubbed, "somebody was reading, and isn't any more"
        assert await runs(world) == 1
        await retention.look(MADE + DAY)
        assert await runs(world) == 2


async def test_what_would_be_forgotten_is_told_before_it_is(tmp_path: Path) -> None:
    async with open_world(tmp_path) as world:
        await world.book.take_in(STAFF, person(1), person(2))
        retention = retention_of(world.app)

        assert (await retention.survey(MADE + DAY))[Kept.CONTACTS] == 0
        would = await retention.survey(MADE + LONG)
        did = await retention.run(MADE + LONG, "Camille")

        assert would[Kept.CONTACTS] == did[Kept.CONTACTS] == 2
        assert (await retention.survey(MADE + LONG))[Kept.CONTACTS] == 0


async def test_a_rehearsal_goes_with_whom_it_shows(tmp_path: Path) -> None:
    async with open_world(tmp_path) as world:
        await world.book.take_in(STAFF, person(1))
        retention = retention_of(world.app)
        folder = rehearsed(world)

        made = retention.rehearsal.made_at()
        assert made is not None
        assert (await retention.survey(made))[Kept.REHEARSALS] == 0
        did = await retention.run(max(MADE + LONG, made + LONG), "Camille")

        assert did[Kept.REHEARSALS] == 1
        assert not (folder / "rehearsal.db").exists()
