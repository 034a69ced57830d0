"""What a link or a message to the way out's mailbox records, and what a trial's doesn't."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from scheduler.domain.consent.optout import Route
from scheduler.domain.names.tokens import TEST_SHORT_TOKEN, OptOutToken
from scheduler.flow.people.opt_out import (
    behind_email_link,
    behind_short_link,
    leave,
    leave_by_click,
    leave_by_mail,
)
from scheduler.store.schema.tables import suppression
from tests.flow_world import World, open_world, utc
from tests.samples.ledger import FIRST_LINK, STAFF, TRIAL_LINK, person

NOW = utc(4, 8)


async def routes(world: World) -> list[str]:
    return [row.route for row in await world.book.rows(suppression)]


@pytest.mark.parametrize(
    ("tokens", "known", "recorded"),
    [
        ([FIRST_LINK], True, [Route.MAILTO]),
        ([TRIAL_LINK], True, []),
        ([], False, []),
        (["", "nothing of ours"], False, []),
        (["nothing of ours", FIRST_LINK], True, [Route.MAILTO]),
        # The first that is one of ours.
        ([TRIAL_LINK, FIRST_LINK], True, []),
    ],
)
async def test_leaving_by_mail(
    tmp_path: Path, tokens: Sequence[OptOutToken | str], known: bool, recorded: list[Route]
) -> None:
    async with open_world(tmp_path) as world:
        await world.book.take_in(STAFF, person(1))
        made = world.app.ledger.tokens
        found = [one if isinstance(one, str) else made.optout(one) for one in tokens]

        assert await leave_by_mail(found, made, world.app.people, NOW) is known
        assert await routes(world) == recorded


async def test_a_trials_click_and_page_record_nothing_and_ones_own_do(tmp_path: Path) -> None:
    async with open_world(tmp_path) as world:
        await world.book.take_in(STAFF, person(1))
        people, made = world.app.people, world.app.ledger.tokens

        await leave_by_click(made.optout(TRIAL_LINK), made, people, NOW)
        for way in (
            await behind_email_link(made.optout(TRIAL_LINK), made, people),
            await behind_short_link(TEST_SHORT_TOKEN, people),
        ):
            assert way is not None
            await leave(way, people, NOW, one_click=False)
        assert await routes(world) == []

        await leave_by_click(made.optout(FIRST_LINK), made, people, NOW)
        assert len(await routes(world)) == 1


async def test_each_page_records_the_opt_out_of_its_own_medium_once(tmp_path: Path) -> None:
    async with open_world(tmp_path) as world:
        await world.book.take_in(STAFF, person(1))
        people, made = world.app.people, world.app.ledger.tokens
        (card,) = await people.find("K1", None)

        by_email = await behind_email_link(made.optout(FIRST_LINK), made, people)
        by_sms = await behind_short_link(card.token, people)
        for way in (by_email, by_sms, by_email, by_sms):
            assert way is not None
            await leave(way, people, NOW, one_click=False)
        await leave_by_click(made.optout(FIRST_LINK), made, people, NOW)

        rows = await world.book.rows(suppression)
        assert {row.channel for row in rows} == {"email", "sms"}
        assert {row.route for row in rows} == {Route.PAGE, Route.SHORT_LINK}


async def test_a_link_that_is_not_ours_or_leads_to_nobody_any_more_opens_nothing(
    tmp_path: Path,
) -> None:
    async with open_world(tmp_path) as world:
        await world.book.take_in(STAFF, person(1), person(2, phone=None))
        people, made = world.app.people, world.app.ledger.tokens
        (without_number,) = await people.find("K2", None)

        assert await behind_email_link(made.optout(FIRST_LINK)[:-1], made, people) is None
        assert await behind_short_link("AAAAAAAA", people) is None
        assert await behind_short_link(without_number.token, people) is None
        assert await routes(world) == []
