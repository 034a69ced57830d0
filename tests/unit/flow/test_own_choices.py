"""What the holder of a link receives, and what they make of it; nothing by a trial's link."""

from pathlib import Path

import pytest

from scheduler.domain.consent.preferences import Asked
from scheduler.domain.names.tokens import TEST_SHORT_TOKEN
from scheduler.flow.people.preferences import (
    choices_of,
    come_back,
    holder_of,
    save,
    stop_everything,
)
from scheduler.store.people.preferences import PreferenceLedger
from scheduler.store.schema.tables import suppression
from tests.flow_world import World, open_world, utc
from tests.samples.ledger import FIRST_LINK, STAFF, TRIAL_LINK, person

NOW = utc(4, 8)


def preferences(world: World) -> PreferenceLedger:
    ledger = world.app.ledger
    return PreferenceLedger(ledger.database, ledger.keys, ledger.optouts)


@pytest.mark.parametrize("by", ["email", "sms"])
async def test_a_reader_stops_everything_by_their_link_and_comes_back(
    tmp_path: Path, by: str
) -> None:
    async with open_world(tmp_path) as world:
        await world.book.take_in(STAFF, person(1))
        source, tokens = preferences(world), world.app.ledger.tokens
        (card,) = await world.app.people.find("K1", None)
        # A short link is read however a telephone writes it.
        token = tokens.optout(FIRST_LINK) if by == "email" else card.token.lower()

        holder = await holder_of(token, tokens, source)
        assert holder is not None
        assert holder.channel == by
        await stop_everything(holder, source, NOW)
        assert not (await choices_of(holder, source)).ticks

        await come_back(holder, source, NOW)
        assert {one.partition(".")[0] for one in (await choices_of(holder, source)).ticks} == {by}


async def test_a_reader_leaves_one_topic_and_keeps_the_others(tmp_path: Path) -> None:
    async with open_world(tmp_path) as world:
        await world.book.take_in(STAFF, person(1))
        source, tokens = preferences(world), world.app.ledger.tokens
        holder = await holder_of(tokens.optout(FIRST_LINK), tokens, source)
        assert holder is not None
        shown = (await choices_of(holder, source)).ticks

        asked = Asked(
            shown=shown,
            ticked=shown - {"email.october"},
            shown_language="fr",
            language="en",
        )
        await save(holder, source, asked, ["fr", "en"], NOW)

        found = await choices_of(holder, source)
        assert found.ticks == shown - {"email.october"}
        assert found.language == "en"


@pytest.mark.parametrize("token", ["AAAAAAAA", "nothing-of-ours", ""])
async def test_a_link_of_nobody_has_no_preferences(tmp_path: Path, token: str) -> None:
    async with open_world(tmp_path) as world:
        assert await holder_of(token, world.app.ledger.tokens, preferences(world)) is None


@pytest.mark.parametrize("short", [True, False])
async def test_a_trials_link_shows_an_example_and_changes_nothing(
    tmp_path: Path, short: bool
) -> None:
    async with open_world(tmp_path) as world:
        await world.book.take_in(STAFF, person(1))
        source, tokens = preferences(world), world.app.ledger.tokens

        holder = await holder_of(
            TEST_SHORT_TOKEN.lower() if short else tokens.optout(TRIAL_LINK), tokens, source
        )
        assert holder is not None
        await stop_everything(holder, source, NOW)

        assert {"email.october", "sms.october"} <= (await choices_of(holder, source)).ticks
        assert await world.book.rows(suppression) == []
