"""The next version starts on what 0.1.0 left, with a run in progress, on both databases."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from sqlalchemy import select, text
from sqlalchemy.engine import make_url

from scheduler import bootstrap
from scheduler.config.loading import load
from scheduler.store.schema.tables import delivery
from scheduler.store.sending.wire_journal import WireJournal
from scheduler.store.setup import HEAD, migrate, writer_engine
from tests.flow_world import ScriptedProvider, World, utc
from tests.left_behind import LINKS, SENT, lay_out, put_back
from tests.parts.postgres import empty_database
from tests.samples.counts import kept, looked_at
from tests.samples.ledger import STAFF, Book, person
from tests.samples.public import ONE_CLICK, visiting
from tests.worlds import Clock


@pytest.fixture(params=["sqlite", "postgres"])
def left(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Path, str]]:
    """The installation's config.yaml, and the URL of its ledger, as 0.1.0 left them."""
    config = lay_out(tmp_path)
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path / 'var' / 'reflexe.db'}"
        put_back(url)
        yield config, url
        return
    with empty_database(request.getfixturevalue("postgres")) as url:
        put_back(url)
        yield config, url


@asynccontextmanager
async def taken_over(config: Path, url: str) -> AsyncIterator[World]:
    """This version's parts on it, a minute after 0.1.0 stopped."""
    clock = Clock(utc(4, 8, 1))
    app = await bootstrap.open_app(load(config, {"REFLEXE_DATABASE__URL": url}), clock)
    journal = WireJournal(config.parent / "wire.journal", "w")
    providers = {"email": ScriptedProvider(), "sms": ScriptedProvider()}
    world = World(
        app=app,
        book=Book(ledger=app.ledger, people=app.people),
        clock=clock,
        config=config,
        providers=providers,
        journal=journal,
        planner=bootstrap.make_planner(app, dict(providers)),
        senders={},
    )
    world.restart()
    yield world
    journal.close()
    await app.close()


async def test_its_october_goes_on_with_nobody_twice_and_nobody_forgotten(
    left: tuple[Path, str],
) -> None:
    config, url = left
    told: list[str] = []

    assert migrate(url, told.append) == HEAD

    async with taken_over(config, url) as world:
        for now in (utc(4, 8, 5), utc(4, 8, 30), utc(4, 14), utc(4, 14, 10)):
            await world.at(now)
        # The Monday's SMS, in each of its zones.
        for now in (utc(4, 22), utc(5, 8), utc(5, 9), utc(5, 14), utc(5, 15)):
            await world.at(now)
        rows = await world.book.rows(select(delivery.c.channel, delivery.c.state))

    # Two waited for a second try and for its zone; what was sent before isn't sent again.
    assert world.email.recipients == ["p2@example.org", "p5@example.org"]
    assert not set(world.email.recipients) & set(SENT["email"])
    # STOP holds for the one who sent it, and a number without proof gets none.
    assert world.sms.recipients == [f"+3363998000{n}" for n in (1, 2, 3, 4, 5, 6, 7)] + [
        "+33639980022"
    ]
    states = {(row.channel, row.state) for row in rows}
    assert ("email", "uncertain") in states
    assert ("email", "waiting") not in states
    # What it decided of rows that were there is said: proofs, and who had objected.
    assert told[0].startswith("17 proofs of consent hold")
    assert len(told) == 3


async def test_the_links_it_sent_still_lead_out(left: tuple[Path, str]) -> None:
    config, url = left
    migrate(url)

    async with taken_over(config, url) as world, visiting(world.app) as visitor:
        one, two = LINKS["staff 1"], LINKS["staff 2"]
        by_mail = await visitor.post(f"/d/{one['email']}", ONE_CLICK)
        short_page = await visitor.get(f"/{two['short']}")
        by_short_link = await visitor.post(f"/{two['short']}", {"from_page": "1"})
        held = {(address, channel) for address, channel, *_ in await visitor.opt_outs()}

    assert (by_mail[0], short_page[0], by_short_link[0]) == (200, 200, 200)
    assert ("p1@example.org", "email") in held
    assert ("+33639980002", "sms") in held
    # And those of before.
    assert ("p4@example.org", "email") in held
    assert ("+33639980021", "sms") in held


async def test_its_people_are_renewed_by_the_same_file(left: tuple[Path, str]) -> None:
    config, url = left
    migrate(url)

    async with taken_over(config, url) as world:
        await world.book.take_in(
            STAFF, person(1), person(4, email="new4@example.org"), at=utc(4, 9)
        )
        cards = {card.key: card async for card in world.app.people.contacts("staff")}

    assert cards["K1"].email == "p1@example.org"
    assert cards["K4"].email == "new4@example.org"
    assert len(cards) == 7


def test_it_is_what_0_1_0_left(left: tuple[Path, str]) -> None:
    _, url = left
    engine = writer_engine(make_url(url))
    with engine.begin() as connection:
        version = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
        columns = connection.execute(text("SELECT * FROM suppression")).keys()
    engine.dispose()

    assert version == "0003"
    assert "contact_id" not in columns


def test_its_deliveries_are_counted_by_the_migration(left: tuple[Path, str]) -> None:
    _, url = left
    migrate(url)

    engine = writer_engine(make_url(url))
    with engine.begin() as connection:
        found = looked_at(connection)
        assert kept(connection) == found
        assert found
    engine.dispose()
