"""An audience's source, read again and again: guarded, noted, confirmed, on either database."""

from dataclasses import replace
from datetime import timedelta

import pytest

from scheduler.domain.alarms.kinds import AlarmKind
from scheduler.domain.errors import NotFound, SourceAway, TableRefused, UnderWay
from scheduler.domain.people.sourced import KEPT, Cause
from scheduler.domain.processes.leases import import_of
from scheduler.sources.listed.seam import Known
from scheduler.sources.listed.sql import Options as SqlOptions
from scheduler.sources.listed.sql import Source as SqlSource
from scheduler.store import audit
from tests.samples.ledger import MADE, Book
from tests.samples.listed_source import Listed


@pytest.fixture
def world(book: Book) -> Listed:
    return Listed(book)


async def test_people_come_and_go_with_their_source(world: Listed) -> None:
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


async def test_less_than_half_replaces_nobody_and_calls_a_person(world: Listed) -> None:
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


async def test_exactly_half_is_taken(world: Listed) -> None:
    await world.read()
    world.source.people = range(1, 6)

    assert await world.outcome() == ("taken", "")
    assert await world.members() == 5


async def test_people_who_lost_their_addresses_are_no_people(world: Listed) -> None:
    await world.read()

    world.source.without_addresses = True
    assert await world.outcome() == ("refused", "less-than-half")


async def test_nobody_at_all_is_refused_and_not_to_be_confirmed(world: Listed) -> None:
    await world.read()
    world.source.people = ()

    assert (await world.outcome())[0] == "refused"
    assert await world.members() == 10
    look = await world.looks.latest_judged("staff", "ldap")
    assert look is not None
    assert not look.may_be_confirmed


async def test_the_first_reading_is_held_against_who_is_there(world: Listed) -> None:
    world.source.kind = "folder"
    await world.read()
    world.source.kind = "ldap"
    world.source.people = range(1, 4)

    assert await world.outcome() == ("refused", "many-leave")
    assert await world.members() == 10


async def test_what_a_person_confirms_is_taken_at_the_next_reading(world: Listed) -> None:
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


async def test_a_word_is_good_for_about_as_many_and_no_fewer(world: Listed) -> None:
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


async def test_a_failure_in_between_takes_no_word_back(world: Listed) -> None:
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


async def test_whoever_reads_by_hand_may_say_yes_at_once(world: Listed) -> None:
    await world.read()
    world.source.people = range(1, 3)

    assert await world.outcome(by="Ana Bret", confirmed=True) == ("taken", "")
    assert await world.members() == 2


async def test_adding_ends_nobody_and_is_held_against_nothing(world: Listed) -> None:
    world.mode = "add"
    await world.read()
    world.source.people = range(1, 3)

    assert await world.outcome() == ("taken", "")
    assert await world.members() == 10


async def test_a_source_that_fails_changes_nothing_and_calls_at_the_third_time(
    world: Listed,
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


async def test_what_does_not_mend_itself_calls_at_once(world: Listed) -> None:
    world.source.away = SourceAway(Cause.DENIED, "the directory refuses bind_dn")

    await world.read()

    assert set(await world.alarms()) == {AlarmKind.SOURCE_FAILED}


async def test_a_table_that_can_not_be_read_is_not_read_again(world: Listed) -> None:
    world.source.kind, world.source.light, world.source.mark = "folder", True, "d1"
    world.source.away = TableRefused("personnel.csv: no column of addresses", "d1")

    assert await world.outcome() == ("refused", "unusable")
    world.source.away = None
    assert await world.read() is None
    assert await world.history() == ["refused"]


async def test_a_mark_is_settled_by_its_people_and_by_a_refusal_nobody_confirmed(
    world: Listed,
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


async def test_an_address_that_says_nothing_changed_is_noted_as_that(world: Listed) -> None:
    world.source.kind, world.source.mark = "https", '"v1"'
    await world.read()

    assert await world.outcome() == ("unchanged", "")
    assert await world.members() == 10


async def test_beside_another_import_nothing_is_read_nor_noted(world: Listed) -> None:
    held = await world.book.contact_files.take_lease(
        import_of("staff"), "Ana on h", MADE + timedelta(days=1)
    )

    with pytest.raises(UnderWay):
        await world.read()

    assert await world.history() == []
    await world.book.contact_files.let_go(held)
    assert await world.outcome() == ("taken", "")


async def test_a_reading_that_is_killed_stays_begun_and_the_next_completes_it(
    world: Listed,
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


async def test_old_readings_are_forgotten(world: Listed) -> None:
    await world.read()
    world.clock.now += KEPT + timedelta(days=1)
    await world.read()

    assert await world.history() == ["taken"]


async def test_a_reading_that_is_not_there_is_not_confirmed(world: Listed) -> None:
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
