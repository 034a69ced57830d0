"""What somebody told by telephone, of themselves or of somebody who died; and taken back."""

from pathlib import Path

import pytest

from scheduler.domain.consent.optout import ALL_CHANNELS
from scheduler.domain.errors import NotFound
from scheduler.domain.message import AddressKind
from scheduler.flow.people.persons import Address, address_of
from scheduler.flow.people.wishes import close_of_deceased, opt_out, take_back
from tests.flow_world import World, open_world, utc
from tests.samples.ledger import PATIENTS, STAFF, person

NOW = utc(4, 8)
MAIL, NUMBER = address_of("p1@example.org"), address_of("06 39 98 00 01")


async def closed(world: World, one: Address, channel: str) -> bool:
    return await world.app.people.has_opted_out(one.kind, one.identity, channel)


async def test_of_somebody_who_died_every_address_that_is_theirs_alone_is_closed(
    tmp_path: Path,
) -> None:
    async with open_world(tmp_path) as world:
        shared = person(2, phone="+33639980001")
        await world.book.take_in(STAFF, person(1))
        await world.book.take_in(PATIENTS, shared)

        # The number is another's too, and stays open.
        assert await close_of_deceased(world.app.people, MAIL, NOW) == 1
        assert await close_of_deceased(world.app.people, MAIL, NOW) == 0

        assert await closed(world, MAIL, "email")
        assert not await closed(world, NUMBER, "sms")


async def test_one_channel_is_taken_back_and_the_other_stays_closed(tmp_path: Path) -> None:
    async with open_world(tmp_path) as world:
        await world.book.take_in(STAFF, person(1))
        people = world.app.people
        await opt_out(people, MAIL, "email", NOW)
        await opt_out(people, MAIL, "sms", NOW)

        assert await take_back(people, MAIL, "sms", NOW) == 1

        assert await closed(world, MAIL, "email")
        assert not await closed(world, NUMBER, "sms")


async def test_a_wish_about_a_number_that_nobody_is_known_to_have_is_asked_again(
    tmp_path: Path,
) -> None:
    async with open_world(tmp_path) as world:
        await world.book.take_in(STAFF, person(1, phone=None))

        with pytest.raises(NotFound, match="give that one"):
            await opt_out(world.app.people, MAIL, "sms", NOW)
        # All of them is their address, whatever else they have.
        assert await opt_out(world.app.people, MAIL, ALL_CHANNELS, NOW) == 1
        assert MAIL.kind is AddressKind.EMAIL
