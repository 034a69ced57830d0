"""How many people were addressed how often, on each of the two databases."""

from pathlib import Path

from sqlalchemy import update

from scheduler.domain.showing.report import Covered
from scheduler.store.schema.tables import delivery
from tests.flow_world import SERIES, World, open_world, utc
from tests.samples.ledger import PATIENTS, STAFF, person


async def sent_on_two_sundays(world: World) -> list[int]:
    await world.book.take_in(STAFF, *(person(number) for number in range(1, 4)))
    await world.book.take_in(PATIENTS, person(9))
    await world.at(utc(4, 8))
    await world.at(utc(11, 8))
    rows = await world.app.ledger.occurrences()
    return [one.occurrence_id for one in rows]


async def test_people_are_counted_by_how_many_reached_them(tmp_path: Path, ledger_url: str) -> None:
    url = ledger_url if ledger_url.startswith("postgres") else ""
    async with open_world(tmp_path, SERIES, url=url) as world:
        ids = await sent_on_two_sundays(world)
        found = await world.app.desk.coverage(ids)
        gone = update(delivery).values(contact_id=None)
        await world.app.ledger.database.write(lambda connection: connection.execute(gone))
        forgotten = await world.app.desk.coverage(ids)

    assert {(one.source, one.people) for one in found} == {("staff", 3), ("patients", 1)}
    assert all(isinstance(one, Covered) and one.times >= 1 for one in found)
    assert forgotten == []
