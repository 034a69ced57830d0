"""A message sent to a colleague on trial, and the figures of the moment for monitoring."""

from pathlib import Path

import pytest

from scheduler.bootstrap import make_renderer
from scheduler.bootstrap.watch import current_gauges
from scheduler.domain.consent.optout import by_operator
from scheduler.domain.errors import AddressRefused, NotFound, Permanent
from scheduler.flow.people.persons import address_of
from scheduler.flow.writing.trial import Trial, reader_of, send_test
from tests.flow_world import SERIES, World, open_world, utc
from tests.samples.ledger import STAFF, person

NOW = utc(1, 8)
MINE = address_of("p1@example.org")


async def test_a_trial_has_the_fields_of_its_reader_and_none_of_a_strangers(
    tmp_path: Path,
) -> None:
    async with open_world(tmp_path) as world:
        await world.book.take_in(STAFF, person(1, fields={"prenom": "Zoé"}))
        people = world.app.people

        assert await reader_of(people, MINE, STAFF, "email") == {"prenom": "Zoé"}
        assert await reader_of(people, address_of("x@example.org"), STAFF, "email") == {}
        await people.opt_out_identity(MINE.kind, MINE.identity, by_operator("email", NOW))
        with pytest.raises(AddressRefused, match="has opted out"):
            await reader_of(people, MINE, STAFF, "email")


async def send(world: World, channel: str = "email", audience: str = "staff") -> None:
    app = world.app
    asked = Trial(
        message="essai",
        audience=app.agenda.audiences[audience],
        channel=channel,
        language="fr",
        to="p1@example.org",
        fields={},
    )
    await send_test(
        app.agenda,
        make_renderer(app, test=True),
        world.providers[channel],
        app.hand,
        asked,
        MINE,
        NOW,
    )


async def test_a_trial_leaves_at_once_or_says_why_not(tmp_path: Path) -> None:
    async with open_world(tmp_path) as world:
        await send(world)
        assert world.email.recipients == ["p1@example.org"]

        world.email.broken = Permanent("550", "no")
        with pytest.raises(Permanent):
            await send(world)
        (world.config.parent / "templates/essai/sms.fr.txt").unlink()
        world.read_again()
        with pytest.raises(NotFound, match="no text for staff on channel sms"):
            await send(world, "sms")


async def test_the_figures_of_the_moment_count_what_is_kept_waiting(tmp_path: Path) -> None:
    async with open_world(tmp_path, SERIES) as world:
        await world.book.take_in(STAFF, *(person(number) for number in range(1, 4)))
        await world.look(utc(4, 8))
        await world.app.ledger.raise_alarm("backlog", "email", "", utc(4, 8))
        world.clock.now = utc(4, 16)

        found = await current_gauges(world.app)

        assert found.overdue == {"email": 3}
        assert found.alarms == {"backlog": 1}
        await world.send()
        assert (await current_gauges(world.app)).overdue == {}
