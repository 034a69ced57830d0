"""What a person sends by hand: its slots, where nothing may leave, and a halt that is lifted."""

from dataclasses import replace
from pathlib import Path

import pytest

from scheduler.domain.errors import NotFound
from scheduler.flow.steering.by_hand import forced_slots, occurrence_to_send
from scheduler.flow.steering.can_leave import refuse
from scheduler.flow.steering.halts import go_on
from tests.flow_world import EVENT, ON_DEMAND, World, open_world, utc
from tests.samples.ledger import STAFF, person

NOW = utc(14, 8, month=9)


async def places(world: World) -> dict[str, list]:  # type: ignore[type-arg]
    return {"staff": await world.app.ledger.known_places(world.app.agenda.audiences["staff"])}


async def test_what_config_yaml_knows_no_more_has_no_slot(tmp_path: Path) -> None:
    async with open_world(tmp_path, EVENT) as world:
        await world.book.take_in(STAFF, person(1))
        await world.look(NOW)
        app, row, where = world.app, await world.occurrence(), await places(world)
        forced = replace(row, forced={"staff": NOW})

        def slots(**edited: object) -> int:
            one = replace(forced, **edited)  # type: ignore[arg-type]
            return len([*forced_slots(app.agenda, one, where, {})])

        assert slots() == 1
        assert slots(campaign="disparue") == 0
        assert slots(episode="disparu") == 0
        assert slots(forced={"disparus": NOW}) == 0
        assert slots(forced={}) == 0


async def test_with_no_open_hour_within_reach_nothing_is_sent_by_hand(tmp_path: Path) -> None:
    closed = ON_DEMAND.replace("[email]", "[sms]")
    async with open_world(tmp_path, closed) as world:
        await world.book.take_in(STAFF, person(1))
        app = world.app
        never = replace(app.agenda.hours.of("sms"), weekdays=None, saturday=None, sunday=None)
        hours = {**app.agenda.hours.channels, "sms": never}
        app.agenda.hours = replace(app.agenda.hours, channels=hours)
        one = occurrence_to_send(app.agenda, "avis", "essai", "2026-09", NOW.date())

        with pytest.raises(NotFound, match="aucune heure permise — mend its date"):
            await refuse(app.agenda, app.ledger, one, ["staff"], NOW)


async def test_only_a_halt_that_there_is_is_lifted(tmp_path: Path) -> None:
    async with open_world(tmp_path, EVENT) as world:
        with pytest.raises(NotFound, match="doesn't halt on email; halted: none"):
            await go_on(world.app.hand, "webinaire", "email", "Camille", NOW)
