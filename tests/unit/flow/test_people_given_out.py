"""People found by what an operator types, and given out as their file gave them."""

from pathlib import Path

import pytest

from scheduler.domain.errors import AddressRefused, NotFound
from scheduler.flow.people import persons
from scheduler.flow.people.persons import (
    AUDIENCE_COLUMN,
    address_of,
    addresses_of,
    contact_rows,
    everyone,
    find,
    private_channels,
)
from tests.flow_world import open_world
from tests.samples.ledger import MANAGERS, PATIENTS, STAFF, person


@pytest.mark.parametrize("who", ["K1", " P1@Example.org ", "06 39 98 00 01", "#1"])
async def test_somebody_is_found_by_their_key_address_number_or_id(
    tmp_path: Path, who: str
) -> None:
    async with open_world(tmp_path) as world:
        await world.book.take_in(STAFF, person(1), person(2))

        assert [card.key for card in await find(world.app.people, who)] == ["K1"]


@pytest.mark.parametrize("who", ["K9", "p9@example.org", "06 39 98 00 09", "Zoé"])
async def test_nobody_is_said_to_be_nobody(tmp_path: Path, who: str) -> None:
    async with open_world(tmp_path) as world:
        with pytest.raises(NotFound, match="nobody here"):
            await find(world.app.people, who)


def test_what_is_neither_an_address_nor_a_number_says_so() -> None:
    with pytest.raises(AddressRefused, match="neither"):
        address_of("Zoé")


async def test_every_address_of_somebody_is_told_once(tmp_path: Path) -> None:
    async with open_world(tmp_path) as world:
        await world.book.take_in(STAFF, person(1, phone=None), person(2, email=None))
        cards = [*await find(world.app.people, "K1"), *await find(world.app.people, "K2")] * 2

        assert [one.masked for one in addresses_of(cards)] == ["p***@e***.org", "+33***02"]


async def test_members_are_given_out_by_groups_with_the_rule_of_their_audience(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(persons, "GROUP", 2)
    async with open_world(tmp_path) as world:
        boss = {"prenom": "Ana", "service": "Direction"}
        await world.book.take_in(
            STAFF, *(person(number) for number in range(1, 5)), person(5, fields=boss)
        )
        people = world.app.people

        all_of = await contact_rows(people, STAFF, {})
        bosses = await contact_rows(people, MANAGERS, {})

        assert [row.number for row in all_of] == [2, 3, 4, 5, 6]
        assert {row.key for row in all_of} == {f"K{number}" for number in range(1, 6)}
        assert [row.key for row in bosses] == ["K5"]
        assert set(all_of[0].proofs) == {"email", "sms"}


async def test_what_an_employee_agreed_to_by_sms_is_nobodys_affair_at_work(tmp_path: Path) -> None:
    private = private_channels([STAFF, PATIENTS])
    async with open_world(tmp_path) as world:
        await world.book.take_in(STAFF, person(1))
        await world.book.take_in(PATIENTS, person(2))

        rows = await contact_rows(world.app.people, everyone([STAFF, PATIENTS]), private)

        assert private == {"staff": {"sms"}}
        told = {row.fields[AUDIENCE_COLUMN]: set(row.proofs) for row in rows}
        assert told == {"staff": {"email"}, "patients": {"email", "sms"}}
