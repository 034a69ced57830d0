"""What the statements of the program read, asked of a ledger of a hundred thousand people.

Every statement is explained that a Sunday takes, on either database: people come, refuse, are
planned and sent to, forgotten and reported on. A
request, a tick, an intent and an opt-out read few rows of the large tables. Whatever reads more is
in ``READS_MANY`` with its reason, and nothing else is.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection
from sqlalchemy.engine import make_url

from scheduler import bootstrap
from scheduler.domain.consent.optout import by_email_link
from scheduler.domain.ids import ContactId
from scheduler.domain.measure.destinations import Destinations
from scheduler.domain.message import AddressKind
from scheduler.store.people.destinations import Regrouping
from scheduler.store.reading.gauges import GaugeLedger
from scheduler.store.setup import migrate, writer_engine
from tests.flow_world import SERIES, open_world, utc
from tests.parts.postgres import empty_database
from tests.query_plans import Statistics, looked_at, scans, statistics_of
from tests.samples.large_ledger import fill
from tests.samples.ledger import PATIENTS, STAFF, person
from tests.statements import Seen, Statements

#: Neither a request, a tick, an intent nor an opt-out; or said why it is one all the same.
READS_MANY: Mapping[str, str] = {
    "people.retention._some": "once a day, in portions, while everything else goes on",
    "planning.known_audiences.known": "once at a start, and after an edit of the configuration",
    "planning.occurrences.places": "once after each import: the planner keeps it",
    "planning.occurrences.readers": "once after each import: the planner keeps it",
    "planning.one_slot.plan_some": "a portion reads the ten thousand contacts it plans",
    "planning.one_slot._count": "a portion counts what it made",
    "planning.one_slot._counted": "a portion counts what it made",
    "planning.renamings.people": "once a day, and after an edit of the configuration",
    "planning.stragglers.lacking": "once after each import, of the places with a slot under way",
    "planning.replanning.tally": "once, when an occurrence ends or its date is edited",
    "reading.coverage.coverage": "a season's report; the desk makes it once in ten minutes",
    "reading.desk_ledger._reach": "the desk asks it once after each import, and keeps it",
    "reading.desk_ledger._tallies": "the desk's counts of what was sent",
    "reading.desk_outbox.people": "once a page of the outbox, which is for trials",
    "reading.public._published": "stops at the first delivery of a text, and keeps what it found",
    "reading.public._published_since": "as above",
    "reading.reports.counts": "a report, asked for by a person",
    "steering.acts.cancel": "ends everything that waits of an occurrence, by hand",
    "upkeep.copying._copy": "a copy for a rehearsal is of everybody",
}
#: People, and how many of them are asked for at once.
FEW, GROUP = 3000, 500
#: What is asked of a group that may leave.
OF_A_GROUP = ("planning.readdressing.bring_up_to_date", "sending.intents.take_intents")
SUNDAY = utc(4, 8)


@dataclass(frozen=True, kw_only=True, slots=True)
class Large:
    """A connection to the large ledger, and what its indexes are like."""

    connection: Connection
    statistics: Statistics


@pytest.fixture(params=["sqlite", "sqlite without statistics", "postgres"])
def large(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Large]:
    with ExitStack() as stack:
        url = f"sqlite:///{tmp_path / 'large.db'}"
        if request.param == "postgres":
            url = stack.enter_context(empty_database(request.getfixturevalue("postgres")))
        yield from filled(url, statistics="without" not in request.param)


@pytest.fixture
async def played(large: Large, request: pytest.FixtureRequest, tmp_path: Path) -> Statements:
    """A Sunday on a small ledger of the same database."""
    folder = tmp_path / "world"
    folder.mkdir()
    found = Statements()
    if large.connection.dialect.name == "sqlite":
        with found.noted():
            await a_sunday(folder, "")
        return found
    with empty_database(request.getfixturevalue("postgres")) as url:
        migrate(url)
        with found.noted():
            await a_sunday(folder, url)
    return found


def filled(url: str, *, statistics: bool) -> Iterator[Large]:
    migrate(url)
    engine = writer_engine(make_url(url))
    with engine.begin() as connection:
        fill(connection)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("ANALYZE")
        found = statistics_of(connection) if engine.dialect.name == "sqlite" else {}
        if not statistics:
            connection.exec_driver_sql("DELETE FROM sqlite_stat1")
    engine.dispose()
    # What a connection knows of them it read when it was opened.
    with engine.connect() as connection:
        yield Large(connection=connection, statistics=found)
    engine.dispose()


async def a_sunday(folder: Path, url: str) -> None:
    """What a daemon does between a file and the answers to its messages."""
    async with open_world(folder, SERIES, url=url) as world:
        await world.book.take_in(STAFF, *(person(number) for number in range(1, 5)))
        await world.book.take_in(PATIENTS, *(person(number) for number in range(5, 8)))
        cards = [one async for one in world.app.people.contacts()]
        first, second = cards[:2]
        assert first.email_id is not None
        assert second.email_id is not None
        act = by_email_link(SUNDAY, one_click=True, person=ContactId(first.contact))
        await world.app.people.opt_out(first.email_id, act)
        await world.at(SUNDAY - timedelta(hours=1))
        await world.at(SUNDAY)
        act = by_email_link(SUNDAY, one_click=True, person=ContactId(second.contact))
        await world.app.people.opt_out(second.email_id, act)
        await world.at(SUNDAY + timedelta(minutes=1))
        await world.at(SUNDAY + timedelta(days=1))
        await world.app.people.lift(AddressKind.EMAIL, "p1@example.org", "email", SUNDAY)
        await GaugeLedger(world.app.ledger.database).uncertain()
        (row, *_) = await world.app.ledger.occurrences()
        await world.app.ledger.counts([row.occurrence_id])
        await world.app.desk.coverage([row.occurrence_id])
        await bootstrap.retention_of(world.app).look(SUNDAY + timedelta(days=2))
        keys = world.app.ledger.keys
        await Regrouping(world.app.ledger.database, keys, Destinations()).finish()


async def test_nothing_reads_a_large_table_without_a_reason(
    large: Large, played: Statements
) -> None:
    seen_here = played.of(large.connection.dialect.name)
    assert "sending.intents.take_intents" in {seen.place for seen in seen_here}
    found: dict[str, set[str]] = defaultdict(set)
    for seen in seen_here:
        for scan in scans(large.connection, seen, large.statistics):
            found[seen.place].add(scan)

    unexplained = {place: read for place, read in found.items() if place not in READS_MANY}
    assert unexplained == {}


async def test_a_groups_intents_compare_nobody_with_everybody(
    postgres: str, tmp_path: Path
) -> None:
    """Nobody has refused yet: PostgreSQL has never counted refusals, thinks them many, and beside
    what they cost a look at all contacts for each row is nothing to it."""
    found = Statements()
    with empty_database(postgres) as url:
        migrate(url)
        with found.noted():
            await a_sunday(tmp_path, url)
    asked = [one for one in found.of("postgresql") if one.place in OF_A_GROUP]
    with empty_database(postgres) as url:
        migrate(url)
        engine = writer_engine(make_url(url))
        with engine.begin() as connection:
            fill(connection, people=FEW)
            # A first Sunday, as planning leaves it.
            for statement in (
                "TRUNCATE suppression, event",
                "DELETE FROM delivery WHERE occurrence_id > 1",
                "UPDATE delivery SET state = 'waiting', reason = ''",
                "ANALYZE contact, address, consent, delivery",
            ):
                connection.exec_driver_sql(statement)
        with engine.connect() as connection:
            read = {one.place: looked_at(connection, of_a_group(one)) for one in asked}
        engine.dispose()

    assert set(read) == set(OF_A_GROUP)
    # Each contact and address a few times at the most, and not once a row.
    assert {place: rows for place, rows in read.items() if rows > 10 * (FEW + GROUP)} == {}


def of_a_group(seen: Seen) -> Seen:
    """The same of so many deliveries at once."""
    these = f"{{{','.join(map(str, range(1, GROUP + 1)))}}}"
    values = {
        name: these if isinstance(value, str) and value.startswith("{") else value
        for name, value in seen.values.items()
    }
    assert these in values.values()
    return replace(seen, values=values)
