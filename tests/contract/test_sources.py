"""An audience's source, read again and again: guarded, noted, confirmed, on either database."""

import asyncio
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

import pytest

from scheduler.domain.alarms.kinds import AlarmKind
from scheduler.domain.calendar.holidays import known_territory
from scheduler.domain.errors import ImportRefused, NotFound, SourceAway, TableRefused, UnderWay
from scheduler.domain.people.sourced import KEPT, Cause, SourceEnd
from scheduler.domain.processes.leases import import_of
from scheduler.flow.people.sourcing import Sourcing, Terms
from scheduler.sources.listed.reading import TableReading, read_table
from scheduler.sources.listed.seam import Known, Table, written
from scheduler.sources.listed.sql import Options as SqlOptions
from scheduler.sources.listed.sql import Source as SqlSource
from scheduler.store import audit
from scheduler.store.reading.gauges import GaugeLedger
from scheduler.store.source_looks import SourceLedger
from tests.samples.ledger import MADE, STAFF, Book

HEADER = ("matricule", "email", "prenom")
CHOSEN = {"key": "1", "email": "2", "prenom": "3"}


@dataclass
class Directory:
    """What a source gives, as a test sets it: people by number, or an error."""

    people: Sequence[int] = range(1, 11)
    away: Exception | None = None
    mark: str = ""
    kind: str = "ldap"
    light: bool = False
    asked: list[tuple[set[str], str]] = field(default_factory=list)
    settled: int = 0
    while_asked: Callable[[], None] = lambda: None

    async def fetch(self, known: Collection[str], last: str) -> TableReading | None:
        self.asked.append((set(known), last))
        await asyncio.sleep(0)
        self.while_asked()
        if self.away:
            raise self.away
        if self.mark and (self.mark in known or self.mark == last):
            return None
        rows = [[f"M{one}", f"p{one}@example.org", "Élise"] for one in self.people]
        table = Table(
            memory=written(rows, HEADER, "annuaire"),
            name="annuaire",
            mark=self.mark,
            header=HEADER,
            chosen=CHOSEN,
        )
        try:
            return read_table(table, STAFF, known_territory=known_territory, today=date(2026, 9, 1))
        except ImportRefused as refused:
            raise TableRefused(str(refused), self.mark) from refused

    async def taken(self) -> str:
        self.settled += 1
        return ""


@dataclass
class Clock:
    now: datetime = MADE

    def __call__(self) -> datetime:
        return self.now


class World:
    """A ledger, a source, and what is asked of both."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.source = Directory()
        self.clock = Clock()
        self.looks = SourceLedger(book.ledger.database)
        self.mode = "replace"

    async def read(self, *, by: str = "", confirmed: bool = False) -> SourceEnd | None:
        self.clock.now += timedelta(days=1)
        terms = Terms(
            origin="Annuaire, DSI", basis="legitimate-interest", mode=self.mode, own_file=False
        )

        async def allowed() -> None:
            pass

        step = Sourcing(
            audience=STAFF,
            source=self.source,
            terms=terms,
            people=self.book.people,
            looks=self.looks,
            alarms=self.book.ledger,
            now=self.clock,
            allowed=allowed,
        )
        return await step.read(by=by, confirmed=confirmed)

    async def outcome(self, **options: object) -> tuple[str, str]:
        found = await self.read(**options)  # type: ignore[arg-type]
        return (found.outcome.value, found.cause) if found else ("", "")

    async def members(self) -> int:
        return await self.book.people.count_active(STAFF)

    async def alarms(self) -> dict[str, str]:
        found = await GaugeLedger(self.book.ledger.database).open_alarms()
        return {one.kind: one.detail for one in found}

    async def history(self) -> list[str]:
        return [one.outcome for one in await self.looks.history("staff", 50)]


@pytest.fixture
def world(book: Book) -> World:
    return World(book)


async def test_people_come_and_go_with_their_source(world: World) -> None:
    first = await world.read()
    world.source.people = range(3, 12)
    second = await world.read()

    assert first is not None
    assert second is not None
    assert (first.people, first.added, first.ended) == (10, 10, 0)
    assert (second.people, second.added, second.ended) == (9, 1, 2)
    assert await world.members() == 9
    assert await world.history() == ["taken", "taken"]
    assert world.source.settled == 2
    assert await world.alarms() == {}


async def test_less_than_half_replaces_nobody_and_calls_a_person(world: World) -> None:
    await world.read()
    world.source.people = range(1, 5)

    assert await world.outcome() == ("refused", "less-than-half")
    assert await world.members() == 10
    assert world.source.settled == 1
    said = (await world.alarms())[AlarmKind.SOURCE_REFUSED]
    assert said == "Moins de la moitié de la fois d’avant : je ne remplace rien."
    (look,) = [one for one in await world.looks.history("staff", 50) if one.outcome == "refused"]
    assert (look.people, look.may_be_confirmed) == (4, True)
    assert "4 people with an address, and 10 the last time" in look.detail


async def test_exactly_half_is_taken(world: World) -> None:
    await world.read()
    world.source.people = range(1, 6)

    assert await world.outcome() == ("taken", "")
    assert await world.members() == 5


async def test_people_who_lost_their_addresses_are_no_people(world: World) -> None:
    await world.read()

    class Hidden(Directory):
        async def fetch(self, known: Collection[str], last: str) -> TableReading | None:
            rows = [[f"M{one}", "", "Élise"] for one in range(1, 11)]
            table = Table(
                memory=written(rows, HEADER, "annuaire"),
                name="annuaire",
                header=HEADER,
                chosen=CHOSEN,
            )
            return read_table(table, STAFF, known_territory=known_territory, today=date(2026, 9, 1))

    world.source = Hidden()
    assert await world.outcome() == ("refused", "less-than-half")


async def test_nobody_at_all_is_refused_and_not_to_be_confirmed(world: World) -> None:
    await world.read()
    world.source.people = ()

    assert (await world.outcome())[0] == "refused"
    assert await world.members() == 10
    look = await world.looks.latest_judged("staff", "ldap")
    assert look is not None
    assert not look.may_be_confirmed


async def test_the_first_reading_is_held_against_who_is_there(world: World) -> None:
    world.source.kind = "folder"
    await world.read()
    world.source.kind = "ldap"
    world.source.people = range(1, 4)

    assert await world.outcome() == ("refused", "many-leave")
    assert await world.members() == 10


async def test_what_a_person_confirms_is_taken_at_the_next_reading(world: World) -> None:
    await world.read()
    world.source.people = range(1, 5)
    await world.read()
    look = await world.looks.latest_judged("staff", "ldap")
    assert look is not None

    assert await world.looks.confirm(look.number, "Ana Bret", MADE)
    assert not await world.looks.confirm(look.number, "Léo", MADE)
    assert await world.outcome() == ("taken", "")

    assert await world.members() == 4
    assert await world.alarms() == {}
    kept = await world.book.ledger.database.read(audit.entries, 10)
    said = [(one.act.actor, one.act.act) for one in kept if one.act.actor == "Ana Bret"]
    assert sorted(said) == [
        ("Ana Bret", "confirm-source"),
        ("Ana Bret", "import"),
    ]


async def test_a_word_is_good_for_about_as_many_and_no_fewer(world: World) -> None:
    world.source.people = range(1, 101)
    await world.read()
    world.source.people = range(1, 41)
    await world.read()
    look = await world.looks.latest_judged("staff", "ldap")
    assert look is not None
    await world.looks.confirm(look.number, "Ana Bret", MADE)

    world.source.people = range(1, 36)
    assert await world.outcome() == ("refused", "less-than-half")
    assert await world.members() == 100
    assert not await world.looks.confirm(look.number, "Ana Bret", MADE)


async def test_a_failure_in_between_takes_no_word_back(world: World) -> None:
    await world.read()
    world.source.people = range(1, 5)
    await world.read()
    look = await world.looks.latest_judged("staff", "ldap")
    assert look is not None
    world.source.away = SourceAway(Cause.UNREACHABLE, "gone")
    await world.read()

    assert await world.looks.confirm(look.number, "Ana Bret", MADE)
    await world.read()
    world.source.away = None

    assert await world.outcome() == ("taken", "")
    assert await world.members() == 4


async def test_whoever_reads_by_hand_may_say_yes_at_once(world: World) -> None:
    await world.read()
    world.source.people = range(1, 3)

    assert await world.outcome(by="Ana Bret", confirmed=True) == ("taken", "")
    assert await world.members() == 2


async def test_adding_ends_nobody_and_is_held_against_nothing(world: World) -> None:
    world.mode = "add"
    await world.read()
    world.source.people = range(1, 3)

    assert await world.outcome() == ("taken", "")
    assert await world.members() == 10


async def test_a_source_that_fails_changes_nothing_and_calls_at_the_third_time(
    world: World,
) -> None:
    await world.read()
    world.source.away = SourceAway(Cause.UNREACHABLE, "the directory broke off")

    for _ in range(2):
        assert await world.outcome() == ("failed", "unreachable")
        assert await world.alarms() == {}
    await world.read()
    assert set(await world.alarms()) == {AlarmKind.SOURCE_FAILED}
    assert await world.members() == 10

    world.source.away = None
    await world.read()
    assert await world.alarms() == {}


async def test_what_does_not_mend_itself_calls_at_once(world: World) -> None:
    world.source.away = SourceAway(Cause.DENIED, "the directory refuses bind_dn")

    await world.read()

    assert set(await world.alarms()) == {AlarmKind.SOURCE_FAILED}


async def test_a_table_that_can_not_be_read_is_not_read_again(world: World) -> None:
    world.source.kind, world.source.light, world.source.mark = "folder", True, "d1"
    world.source.away = TableRefused("personnel.csv: no column of addresses", "d1")

    assert await world.outcome() == ("refused", "unusable")
    world.source.away = None
    assert await world.read() is None
    assert await world.history() == ["refused"]


async def test_a_mark_is_settled_by_its_people_and_by_a_refusal_nobody_confirmed(
    world: World,
) -> None:
    world.source.kind, world.source.light, world.source.mark = "folder", True, "d1"
    await world.read()
    world.source.mark, world.source.people = "d2", range(1, 4)
    assert (await world.outcome())[0] == "refused"
    assert await world.read() is None

    look = await world.looks.latest_judged("staff", "folder")
    assert look is not None
    await world.looks.confirm(look.number, "Ana Bret", MADE)

    assert await world.outcome() == ("taken", "")
    assert world.source.asked[-1] == ({"d1"}, "d1")
    assert set(await world.looks.marks("staff", "folder")) == {"d1", "d2"}


async def test_an_address_that_says_nothing_changed_is_noted_as_that(world: World) -> None:
    world.source.kind, world.source.mark = "https", '"v1"'
    await world.read()

    assert await world.outcome() == ("unchanged", "")
    assert await world.members() == 10


async def test_beside_another_import_nothing_is_read_nor_noted(world: World) -> None:
    held = await world.book.people.take_lease(
        import_of("staff"), "Ana on h", MADE + timedelta(days=1)
    )

    with pytest.raises(UnderWay):
        await world.read()

    assert await world.history() == []
    await world.book.people.let_go(held)
    assert await world.outcome() == ("taken", "")


async def test_a_reading_that_is_killed_stays_begun_and_the_next_completes_it(
    world: World,
) -> None:
    def killed() -> None:
        raise KeyboardInterrupt

    world.source.while_asked = killed
    with pytest.raises(KeyboardInterrupt):
        await world.read()
    assert await world.history() == ["begun"]

    world.source.while_asked = lambda: None
    assert await world.outcome() == ("taken", "")
    assert await world.history() == ["taken", "begun"]


async def test_old_readings_are_forgotten(world: World) -> None:
    await world.read()
    world.clock.now += KEPT + timedelta(days=1)
    await world.read()

    assert await world.history() == ["taken"]


async def test_a_reading_that_is_not_there_is_not_confirmed(world: World) -> None:
    with pytest.raises(NotFound):
        await world.looks.confirm(7, "Ana Bret", MADE)


async def test_a_query_reads_a_server_and_changes_nothing_there(postgres: str) -> None:
    url = postgres.replace("postgresql://", "postgresql+psycopg://")
    asked = SqlOptions(
        url=url,
        query="SELECT 'M' || n AS matricule, 'p' || n || '@example.org' AS email, n = 1 AS chef, "
        "DATE '2026-09-01' AS depuis FROM generate_series(1, 5000) AS n WHERE 'a%b' LIKE 'a%'",
    )

    table = SqlSource(asked).fetch(Known(), "")

    assert table is not None
    lines = table.memory.path.read_text().splitlines()
    assert len(lines) == 5001
    assert lines[1] == '"M1";"p1@example.org";"oui";"2026-09-01"'
    for query in (
        "CREATE TABLE mine (n int)",
        "SELECT set_config('x.y', pg_sleep(9)::text, false)",
    ):
        with pytest.raises(SourceAway):
            SqlSource(replace(asked, query=query, seconds=1)).fetch(Known(), "")
