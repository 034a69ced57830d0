"""An audience's source, read again and again: what is taken in, what is not, and who is called."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from scheduler.domain.alarms.kinds import AlarmKind
from scheduler.domain.errors import SourceAway, TableRefused, UnderWay
from scheduler.domain.people.sourced import Cause
from scheduler.domain.processes.leases import import_of
from tests.flow_world import open_world
from tests.samples.ledger import MADE
from tests.samples.listed_source import Listed


@pytest.fixture
async def listed(tmp_path: Path) -> AsyncIterator[Listed]:
    async with open_world(tmp_path) as world:
        yield Listed(world.book)


async def confirm(listed: Listed) -> None:
    look = await listed.looks.latest_judged("staff", listed.source.kind)
    assert look is not None
    assert await listed.looks.confirm(look.number, "Ana Bret", MADE)


async def test_fewer_than_half_wait_for_a_persons_word_which_is_good_once(listed: Listed) -> None:
    assert await listed.outcome() == ("taken", "")
    listed.source.people = range(1, 5)

    assert await listed.outcome() == ("refused", Cause.LESS_THAN_HALF)
    assert await listed.members() == 10
    assert set(await listed.alarms()) == {AlarmKind.SOURCE_REFUSED}
    await confirm(listed)
    assert await listed.outcome() == ("taken", "")

    assert await listed.members() == 4
    assert await listed.alarms() == {}


async def test_fewer_still_than_a_person_confirmed_are_refused_again(listed: Listed) -> None:
    listed.source.people = range(1, 101)
    await listed.read()
    listed.source.people = range(1, 41)
    await listed.read()
    await confirm(listed)

    listed.source.people = range(1, 36)

    assert await listed.outcome() == ("refused", Cause.LESS_THAN_HALF)
    assert await listed.members() == 100


async def test_whoever_reads_by_hand_says_yes_at_once(listed: Listed) -> None:
    await listed.read()
    listed.source.people = range(1, 3)

    assert await listed.outcome(by="Ana Bret", confirmed=True) == ("taken", "")
    assert await listed.members() == 2


async def test_where_people_are_only_added_few_are_no_fault(listed: Listed) -> None:
    listed.mode = "add"
    await listed.read()
    listed.source.people = range(1, 3)

    assert await listed.outcome() == ("taken", "")
    assert await listed.members() == 10


async def test_a_server_that_is_away_calls_a_person_at_the_third_time(listed: Listed) -> None:
    listed.source.away = SourceAway(Cause.UNREACHABLE, "gone")
    for _ in range(2):
        assert await listed.outcome() == ("failed", Cause.UNREACHABLE)
        assert await listed.alarms() == {}

    await listed.read()
    assert set(await listed.alarms()) == {AlarmKind.SOURCE_FAILED}
    listed.source.away = None
    await listed.read()
    assert await listed.alarms() == {}


async def test_a_refused_password_calls_at_once(listed: Listed) -> None:
    listed.source.away = SourceAway(Cause.DENIED, "no")

    await listed.read()

    assert set(await listed.alarms()) == {AlarmKind.SOURCE_FAILED}


async def test_people_who_lost_their_addresses_are_no_people(listed: Listed) -> None:
    await listed.read()
    listed.source.without_addresses = True

    assert await listed.outcome() == ("refused", Cause.LESS_THAN_HALF)
    assert await listed.members() == 10


async def test_another_kind_of_source_is_held_against_who_is_there(listed: Listed) -> None:
    await listed.read()
    listed.source.kind, listed.source.people = "folder", range(1, 4)

    assert await listed.outcome() == ("refused", Cause.MANY_LEAVE)
    assert await listed.members() == 10


async def test_a_table_that_can_not_be_read_is_not_read_again(listed: Listed) -> None:
    listed.source.light, listed.source.mark = True, "d1"
    listed.source.away = TableRefused("personnel.csv: no column of addresses", "d1")

    assert await listed.outcome() == ("refused", Cause.UNUSABLE)
    listed.source.away = None
    assert await listed.read() is None
    assert await listed.history() == ["refused"]


async def test_a_table_without_anybody_is_unusable(listed: Listed) -> None:
    listed.source.people = []

    assert await listed.outcome() == ("refused", Cause.UNUSABLE)
    assert await listed.history() == ["refused"]


@pytest.mark.parametrize(("light", "noted"), [(True, ["taken"]), (False, ["unchanged", "taken"])])
async def test_nothing_new_is_noted_where_asking_for_it_took_a_while(
    listed: Listed, light: bool, noted: list[str]
) -> None:
    listed.source.light, listed.source.mark = light, "d1"
    await listed.read()

    found = await listed.read()

    assert (found is None) is light
    assert await listed.history() == noted


@pytest.mark.parametrize("light", [True, False])
async def test_beside_another_import_nothing_is_noted(listed: Listed, light: bool) -> None:
    listed.source.light = light
    held = await listed.book.contact_files.take_lease(
        import_of("staff"), "another", MADE + timedelta(days=1)
    )
    assert held is not None

    with pytest.raises(UnderWay):
        await listed.read()

    assert await listed.history() == []
