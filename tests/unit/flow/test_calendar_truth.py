"""A turn that was used up for nothing, and what people are shown: the ledger's word."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from scheduler import bootstrap
from scheduler.domain.delivery import OccurrenceState
from scheduler.domain.errors import NotFound
from scheduler.domain.message import AddressKind
from scheduler.flow import rehearse as rehearsals
from scheduler.flow.showing import desk
from scheduler.flow.showing.year import Entry, year_ahead
from scheduler.flow.steering.by_hand import occurrence_to_send
from scheduler.flow.steering.send_now import bring_forward
from scheduler.flow.watching import late_start
from tests.flow_world import EVENT, SERIES, World, edit, open_world, utc
from tests.samples.ledger import STAFF, person

#: The event, typed with last year's date.
PAST_EVENT = EVENT.replace("2026-10-13", "2025-10-13")
INVITED = utc(22, 8, month=9)


async def by_hand(world: World, what: str) -> None:
    campaign, _, episode = what.partition("/")
    now = world.clock.now
    one = occurrence_to_send(world.app.agenda, campaign, episode, "", now.date())
    names = world.app.configuration.campaign(campaign).audiences
    await bring_forward(
        world.app.agenda, world.app.ledger, world.app.hand, one, names, "Camille", now
    )


async def shown(world: World, start: date, end: date) -> list[Entry]:
    """``reflexe calendar``."""
    return await year_ahead(world.app.agenda, world.app.ledger, world.clock.now, start, end)


async def lines(world: World, start: date, end: date) -> dict[str, str]:
    return {one.id: one.standing for one in await shown(world, start, end)}


def kinds_of(world: World) -> dict[str, AddressKind]:
    kinds = bootstrap.channel_kinds(world.app.configuration.settings)
    return {name: one.address_kind for name, one in kinds.items()}


async def on_desk(world: World, start: date, end: date) -> dict[str, str]:
    now = world.clock.now
    views = await desk.year(
        world.app.agenda,
        world.app.desk,
        kinds_of(world),
        start,
        end,
        today=now.date(),
        now=now,
        since=world.app.ledger.made_at,
    )
    return {view.id: "past" if view.past else view.state.value for view in views}


AUTUMN = date(2026, 9, 1), date(2026, 12, 31)


async def test_by_hand_an_event_that_is_over_is_refused_with_the_remedy(tmp_path: Path) -> None:
    async with open_world(tmp_path, PAST_EVENT) as world:
        await world.book.take_in(STAFF, person(1))
        await world.look(utc(2, 8, month=9))

        with pytest.raises(NotFound, match=r"2025-10-13 14:30 — mend `starts` of webinaire"):
            await by_hand(world, "webinaire/invitation")

        edit(world.config, "2025-10-13", "2026-10-13")
        world.read_again()
        await world.at(INVITED)
        assert world.email.recipients == ["p1@example.org"]


async def use_up(world: World) -> None:
    """What the program of before did: everybody is left out, for the day is closed."""
    names = ("staff", "patients")
    one = occurrence_to_send(
        world.app.agenda, "webinaire", "invitation", "", world.clock.now.date()
    )
    await world.app.hand.bring_forward(one, names, "Camille", world.clock.now)
    await world.at(world.clock.now)


async def test_a_turn_used_up_for_nothing_is_missed_and_comes_again_with_its_date(
    tmp_path: Path,
) -> None:
    async with open_world(tmp_path, PAST_EVENT) as world:
        await world.book.take_in(STAFF, person(1))
        await world.look(utc(2, 8, month=9))
        await use_up(world)
        assert await world.states() == {"left-out no-window": 1}
        assert [row.state for row in await world.app.ledger.occurrences()] == [
            OccurrenceState.MISSED
        ]
        assert await world.alarms() == ["slot-missed webinaire/invitation/2025-09-22"]

        edit(world.config, "2025-10-13", "2026-10-13")
        world.read_again()
        await world.look(utc(3, 8, month=9))
        assert await world.alarms() == []
        assert await lines(world, *AUTUMN) == {"webinaire/invitation/2026-09-22": "scheduled"}
        await world.at(INVITED)
        await world.at(INVITED + timedelta(hours=1))

        assert world.email.recipients == ["p1@example.org"]
        assert await lines(world, *AUTUMN) == {"webinaire/invitation/2026-09-22": "finished"}


async def test_what_one_person_got_is_never_replanned(tmp_path: Path) -> None:
    async with open_world(tmp_path, EVENT) as world:
        await world.book.take_in(STAFF, person(1))
        await world.at(INVITED)

        edit(world.config, "2026-10-13", "2026-11-13")
        world.read_again()
        await world.at(INVITED + timedelta(hours=1))
        await world.at(utc(23, 9))

        assert world.email.recipients == ["p1@example.org"]
        assert await lines(world, *AUTUMN) == {"webinaire/invitation/2026-09-22": "finished"}
        assert await on_desk(world, *AUTUMN) == {"webinaire/invitation/2026-09-22": "finished"}


async def test_a_missed_one_comes_again_when_its_date_is_mended(tmp_path: Path) -> None:
    async with open_world(tmp_path, EVENT) as world:
        await world.book.take_in(STAFF, person(1))
        await world.at(INVITED + timedelta(days=3))
        assert await lines(world, *AUTUMN) == {"webinaire/invitation/2026-09-22": "missed"}

        edit(world.config, "2026-10-13", "2026-11-13")
        world.read_again()
        await world.look(INVITED + timedelta(days=4))
        assert await lines(world, *AUTUMN) == {"webinaire/invitation/2026-10-23": "scheduled"}
        await world.at(utc(23, 9))

        assert world.email.recipients == ["p1@example.org"]


async def test_a_date_edited_while_it_waits_leaves_no_ghost(tmp_path: Path) -> None:
    async with open_world(tmp_path, EVENT) as world:
        await world.book.take_in(STAFF, person(1))
        await world.look(utc(2, 8, month=9))

        edit(world.config, "2026-10-13", "2026-11-13")
        world.read_again()

        # Before the next look too: nothing else can become of it.
        expected = {"webinaire/invitation/2026-10-23": "scheduled"}
        assert await lines(world, *AUTUMN) == expected
        assert await on_desk(world, *AUTUMN) == expected
        await world.look(utc(2, 9, month=9))
        assert await lines(world, *AUTUMN) == expected


async def test_what_waits_under_a_name_that_is_gone_is_not_shown(tmp_path: Path) -> None:
    async with open_world(tmp_path, SERIES + EVENT) as world:
        await world.look(utc(2, 8, month=9))

        edit(world.config, EVENT, "")
        world.read_again()

        assert await lines(world, *AUTUMN) == {"cybermois/un/2026-10-04": "scheduled"}


async def test_what_ran_is_shown_when_its_campaign_is_gone(tmp_path: Path) -> None:
    async with open_world(tmp_path, SERIES + EVENT) as world:
        await world.book.take_in(STAFF, person(1))
        await world.at(INVITED)

        edit(world.config, EVENT, "")
        world.read_again()
        await world.look(INVITED + timedelta(hours=1))

        september = date(2026, 9, 1), date(2026, 9, 30)
        assert await lines(world, *september) == {"webinaire/invitation/2026-09-22": "finished"}
        assert await on_desk(world, *september) == {"webinaire/invitation/2026-09-22": "finished"}


async def test_by_hand_its_slots_are_shown_at_the_hour_at_which_they_open(tmp_path: Path) -> None:
    async with open_world(tmp_path, EVENT) as world:
        await world.book.take_in(STAFF, person(1))
        night = utc(10, 22, month=9)
        await world.look(night)

        await by_hand(world, "webinaire/invitation")

        (entry,) = await shown(world, *AUTUMN)
        assert entry.first == entry.last == utc(11, 5, month=9)
        await world.at(utc(11, 5, month=9))
        assert world.email.recipients == ["p1@example.org"]


async def test_a_ledger_made_after_the_hour_says_so(tmp_path: Path) -> None:
    async with open_world(tmp_path, SERIES, made=utc(4, 9)) as world:
        world.clock.now = utc(4, 9, 1)
        names = [one.name for one in world.app.agenda.campaigns]
        enabled = await world.app.ledger.note_campaigns(names, world.clock.now)

        found = await late_start.passed(
            world.app.agenda, world.app.ledger, enabled, world.clock.now
        )

        # Monday's SMS still leaves: the e-mail alone has passed.
        assert found == []
    mail_only = SERIES.replace("kind:", "channels: [email]\n    kind:")
    async with open_world(tmp_path / "b", mail_only, made=utc(4, 9)) as world:
        world.clock.now = utc(4, 9, 1)
        enabled = await world.app.ledger.note_campaigns(names, world.clock.now)
        found = await late_start.passed(
            world.app.agenda, world.app.ledger, enabled, world.clock.now
        )
        assert found == ["cybermois/un/2026-10-04"]
        assert (await on_desk(world, *AUTUMN))["cybermois/un/2026-10-04"] == "past"

        await world.book.take_in(STAFF, person(1), at=utc(4, 9, 2))
        await world.at(utc(4, 9, 3))
        row = await world.occurrence()
        assert (row.state, "son heure était passée" in row.reason) == (
            OccurrenceState.FINISHED,
            True,
        )
        assert world.email.recipients == []
        await by_hand(world, "cybermois/un")
        await world.at(utc(4, 9, 5))
        assert world.email.recipients == ["p1@example.org"]


async def test_nothing_is_scheduled_in_the_past(tmp_path: Path) -> None:
    async with open_world(tmp_path, EVENT, made=datetime(2026, 9, 25, tzinfo=UTC)) as world:
        await world.book.take_in(STAFF, person(1))
        world.clock.now = utc(30, 8, month=9)

        assert await lines(world, *AUTUMN) == {"webinaire/invitation/2026-09-22": "past"}


async def test_a_rehearsal_promises_nothing_that_has_run(tmp_path: Path) -> None:
    async with open_world(tmp_path, SERIES + EVENT) as world:
        await world.book.take_in(STAFF, person(1))
        await world.at(INVITED + timedelta(days=3))
        start, end = AUTUMN

        known = await rehearsals.known_of(world.app.agenda, world.app.ledger, start, end)
        stage = await bootstrap.set_stage(world.app, tmp_path / "r", start, 20)
        result = await rehearsals.rehearse(
            stage.app.agenda,
            stage.app.ledger,
            stage.planner,
            stage.senders,
            stage.clock,
            start,
            end,
            known=known,
        )
        await stage.app.close()

        assert [row.id for row in result.settled] == ["webinaire/invitation/2026-09-22"]
        assert {one.occurrence for one in result.counts} == {"cybermois/un/2026-10-04"}
        assert ["manqué" in one.what for one in result.conflicts] == [True]


async def test_past_octobers_stay_to_be_looked_at(tmp_path: Path) -> None:
    async with open_world(tmp_path) as world:
        await world.book.take_in(STAFF, person(1))
        await world.at(utc(4, 8))
        await world.at(utc(5, 8))
        source = world.app.desk
        kinds = kinds_of(world)
        world.clock.now = datetime(2028, 1, 1, tzinfo=UTC)

        assert await desk.archived_years(source) == [2026]
        (view,) = await desk.archive(world.app.agenda, source, kinds, 2026)
        assert (view.id, sum(slot.count() for slot in view.slots)) == (
            "cybermois/un/2026-10-04",
            2,
        )
