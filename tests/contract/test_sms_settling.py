"""SMS of which nobody knows: Twilio's own list says which of them it has."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from aiohttp import web
from sqlalchemy import Connection

from scheduler import bootstrap
from scheduler.config.loading import load
from scheduler.flow.answers import uncertain
from scheduler.flow.answers.polling import PATIENCE, Poll
from scheduler.store.schema.tables import content, delivery
from tests.fakes import FakeTwilio
from tests.fakes.twilio import Answer
from tests.flow_world import SERIES, World, open_world, utc
from tests.samples.ledger import STAFF, person

SMS = SERIES.replace("topic", "channels: [sms]\n    topic")
#: The SMS of Sunday 4 October: Monday 10:00 in Paris.
MONDAY = utc(5, 8)
MARIE, JOHN = "+33639980001", "+33639980002"


@dataclass(frozen=True, kw_only=True, slots=True)
class Doubts:
    """A world whose SMS go to a Twilio, and the daemon's look at its list."""

    world: World
    twilio: FakeTwilio
    poll: Poll

    async def send(self, *, answer: Answer, to: str = MARIE) -> None:
        """To both of them; one request has this answer."""
        self.twilio.answers[to] = answer
        await self.world.look(MONDAY)
        await self.world.send()

    async def look(self) -> None:
        await self.poll.look(MONDAY + timedelta(minutes=1))

    async def states(self) -> list[str]:
        """Of Marie and of John."""
        return [row.state for row in await self.world.book.rows(delivery)]


@asynccontextmanager
async def doubts(folder: Path) -> AsyncIterator[Doubts]:
    async with FakeTwilio() as twilio, open_world(folder, SMS) as world:
        account = "REFLEXE_CHANNELS__SMS__TWILIO__"
        environment = {
            "REFLEXE_CHANNELS__SMS__PROVIDER": "twilio",
            f"{account}ACCOUNT_SID": twilio.account_sid,
            f"{account}AUTH_TOKEN": twilio.auth_token,
            f"{account}BASE_URL": twilio.base_url,
        }
        configuration = load(world.config, environment)
        world.app = bootstrap.app_on(configuration, world.app.ledger, world.clock)
        world.restart()
        provider = bootstrap.make_providers(configuration.settings)["sms"]
        await provider.open()
        # Without a pace: a clock that stands still gives no second token.
        made = bootstrap.make_senders(
            world.app,
            {"sms": provider},
            bootstrap.make_renderer(world.app),
            world.journal,
            paced=False,
        )
        world.senders = {one.lane.name: one for one in made}
        polls = bootstrap.make_polls(world.app, {"sms": provider})
        poll = next(one for one in polls if one.alarm == "sms-states-unreachable")
        await world.book.take_in(STAFF, person(1), person(2))
        try:
            yield Doubts(world=world, twilio=twilio, poll=poll)
        finally:
            await provider.close()


async def test_one_that_the_list_has_is_sent_under_its_id(tmp_path: Path) -> None:
    async with doubts(tmp_path) as case:
        await case.send(answer=Answer(does="drop", times=1))
        assert await case.states() == ["uncertain", "sent"]

        await case.look()

        assert await case.states() == ["sent", "sent"]
        ids = [row.provider_id for row in await case.world.book.rows(delivery)]
        assert {(one["to"], one["sid"]) for one in case.twilio.messages} == {
            (MARIE, ids[0]),
            (JOHN, ids[1]),
        }
        assert len(case.twilio.requests) == 2
        (query,) = case.twilio.queries
        assert (query["To"], query["DateSent>"]) == (MARIE, "2026-10-04")


async def test_one_that_the_list_has_not_stays_in_doubt_and_is_not_repeated(
    tmp_path: Path,
) -> None:
    async with doubts(tmp_path) as case:
        await case.send(answer=Answer(does="drop", times=1))
        hers = next(one for one in case.twilio.messages if one["to"] == MARIE)
        hers["body"] = "Autre chose."

        await case.look()

        assert await case.states() == ["uncertain", "sent"]
        assert len(case.twilio.requests) == 2


async def test_without_a_doubt_nobody_is_asked(tmp_path: Path) -> None:
    async with doubts(tmp_path) as case:
        await case.send(answer=Answer(times=0))

        await case.look()

        assert await case.states() == ["sent", "sent"]
        assert case.twilio.queries == []


async def test_a_list_that_stays_away_calls_a_person(tmp_path: Path) -> None:
    async with doubts(tmp_path) as case:
        await case.send(answer=Answer(does="drop", times=1))

        for _ in range(PATIENCE):
            case.twilio.list_answer = web.Response(status=503)
            await case.look()

        assert await case.world.alarms() == ["sms-states-unreachable sms"]
        assert await case.states() == ["uncertain", "sent"]


async def test_one_whose_text_cannot_be_composed_again_does_not_hold_the_others_up(
    tmp_path: Path,
) -> None:
    async with doubts(tmp_path) as case:
        case.twilio.answers[JOHN] = Answer(does="drop", times=1)
        await case.send(answer=Answer(does="drop", times=1))

        def spoil(connection: Connection) -> None:
            """Marie's delivery points at a text that nobody can read."""
            newest = content.select().order_by(content.c.id.desc()).limit(1)
            row = dict(connection.execute(newest).mappings().one())
            more = {"id": row["id"] + 1, "revision": row["revision"] + 1, "source": "{}"}
            connection.execute(content.insert().values(row | more))
            spoilt = delivery.update().where(delivery.c.id == 1)
            connection.execute(spoilt.values(content_id=row["id"] + 1))

        await case.world.app.ledger.database.write(spoil)
        await case.look()

        assert await case.states() == ["uncertain", "sent"]


async def test_more_than_one_look_takes_are_asked_for_in_turn(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uncertain, "SOME", 1)
    async with doubts(tmp_path) as case:
        case.twilio.answers[JOHN] = Answer(does="drop", times=1)
        await case.send(answer=Answer(does="drop", times=1))
        case.twilio.messages[:] = [one for one in case.twilio.messages if one["to"] == JOHN]

        await case.look()
        assert await case.states() == ["uncertain", "uncertain"]
        await case.look()
        assert await case.states() == ["uncertain", "sent"]
        await case.look()
        await case.look()

        assert [query["To"] for query in case.twilio.queries] == [MARIE, JOHN, MARIE]
