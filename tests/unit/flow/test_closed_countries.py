"""A country that the provider takes nothing for: its numbers fail, every other one is served."""

from collections import Counter, deque
from pathlib import Path

from scheduler.domain.errors import CountryStopped
from scheduler.domain.people.countries import country_name, country_of
from scheduler.flow.steering.halts import go_on
from tests.flow_world import SERIES, World, open_world, utc
from tests.samples.ledger import STAFF, person

SMS = (
    SERIES.replace("topic", "channels: [sms]\n    topic")
    + """      deux: {message: essai, when: sunday-2}
      trois: {message: essai, when: sunday-3}
"""
)
REUNION = [f"+26269200000{number}" for number in range(1, 4)]
MONDAY = utc(5, 8)
NEXT_MONDAY = utc(12, 8)


async def people(world: World) -> None:
    """Three whose numbers are Réunion's, among nine."""
    overseas = [person(number, phone=phone) for number, phone in enumerate(REUNION, 1)]
    await world.book.take_in(STAFF, *overseas, *(person(number) for number in range(4, 10)))
    refused = CountryStopped("21408", "not enabled for the region", country="+262")
    # What the provider says each time that it is asked.
    world.sms.refusals = {phone: deque([refused] * 9) for phone in REUNION}


async def of_sms(world: World) -> Counter[tuple[str, str]]:
    rows = await world.app.ledger.database.read(
        lambda connection: connection.exec_driver_sql(
            "select state, reason from delivery where channel = 'sms'"
        ).all()
    )
    return Counter((row.state, row.reason.partition(" ")[0]) for row in rows)


async def test_its_numbers_fail_and_the_others_are_served(tmp_path: Path) -> None:
    async with open_world(tmp_path, SMS) as world:
        await people(world)

        await world.at(MONDAY)

        assert len(world.sms.accepted) == 6
        assert (await of_sms(world))["failed", "21408"] == 3
        assert (await of_sms(world))["waiting", ""] == 0
        (alarm,) = await world.app.ledger.open_alarms()
        assert (alarm.kind, alarm.subject) == ("country-closed", "+262/sms")
        assert alarm.detail == "21408 not enabled for the region"


async def test_it_is_not_asked_for_again_until_a_person_says_so(tmp_path: Path) -> None:
    async with open_world(tmp_path, SMS) as world:
        await people(world)
        await world.at(MONDAY)
        asked = [one for one in world.sms.tries if one in REUNION]
        # Over a restart, and with the next episode.
        world.restart()
        await world.at(NEXT_MONDAY)

        assert [one for one in world.sms.tries if one in REUNION] == asked
        assert len(world.sms.accepted) == 12
        assert (await of_sms(world))["failed", "21408"] == 6
        assert len(await world.app.ledger.open_alarms()) == 1

        await go_on(world.app.hand, "+262", "sms", "Camille", NEXT_MONDAY)
        world.sms.refusals.clear()
        await world.at(utc(19, 8))

        assert len(world.sms.accepted) == 21
        assert await world.app.ledger.open_alarms() == []


def test_a_country_is_told_by_its_number() -> None:
    assert country_of("+262692000001") == "+262"
    assert country_of("+33639980001") == "+33"
    assert country_of("36180") == ""
    assert country_name("+262") == "La Réunion et Mayotte (+262)"
    assert country_name("+999") == "+999"
