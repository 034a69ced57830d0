"""What the desk's front page says of lanes that rest, campaigns that halt, and replicas."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from scheduler.domain.processes.replicas import Replica
from scheduler.domain.sending import Lane
from scheduler.store.reading.desk_ledger import DeskLedger
from tests.flow_world import SERIES, World, open_world, utc
from tests.samples.desk import Visitor, acts_of, desk_of, form_of, visiting, words
from tests.samples.ledger import STAFF, person

ORANGE = Lane(channel="email", destination="orange", connections=3)
HALT = "/halts/cybermois/sms"
#: 10:00 in Paris, where the SMS of the first Sunday leave on the Monday.
MONDAY = utc(5, 8)


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    """Two SMS wait."""
    async with open_world(tmp_path, SERIES) as opened:
        await opened.book.take_in(STAFF, person(1, email=None), person(2, email=None))
        await opened.look(MONDAY)
        yield opened


@pytest.fixture
async def visitor(world: World) -> AsyncIterator[Visitor]:
    async with visiting(desk_of(world.app)) as found:
        yield found


async def halt(world: World) -> None:
    await world.app.ledger.raise_halt("cybermois", "sms", "30007 filtered", world.clock.now)


async def test_when_all_is_well_nothing_is_said(visitor: Visitor) -> None:
    page = await visitor.page("/")

    assert "Ce qui se repose" not in page
    assert "Instances du programme" not in page
    assert "Laisser repartir" not in page


async def test_a_lane_that_rests_is_named_with_its_failures_its_next_try_and_why(
    world: World, visitor: Visitor
) -> None:
    await world.app.ledger.trip(ORANGE, "451 4.7.1 <marie@example.org> too fast", MONDAY)
    await world.app.ledger.trip(Lane(channel="sms"), "connect", MONDAY, timedelta(minutes=15))

    page = words(await visitor.page("/"))

    assert "Ce qui se repose" in page
    assert (
        "Courriel vers orange : 1 échec, nouvel essai le lundi 5 octobre, 10 h "
        "— 451 4.7.1 [address] too fast" in page
    )
    assert "SMS : 1 échec, nouvel essai le lundi 5 octobre, 10 h 15 — connect" in page


async def test_a_trial_is_told_and_so_is_a_rest_that_is_over(
    world: World, visitor: Visitor
) -> None:
    until = await world.app.ledger.trip(ORANGE, "451", MONDAY)
    world.clock.now = until
    over = words(await visitor.page("/"))
    (rest,) = await world.app.ledger.resting(ORANGE)
    await world.app.ledger.probe(rest, until)
    tried = words(await visitor.page("/"))

    await world.app.ledger.close_breaker(ORANGE)

    assert "1 échec, nouvel essai avec le prochain message — 451" in over
    assert "1 échec, un message est à l’essai — 451" in tried
    assert "Ce qui se repose" not in await visitor.page("/")


async def test_a_campaign_that_halts_goes_on_from_the_desk_under_a_name(
    world: World, visitor: Visitor
) -> None:
    await halt(world)
    await world.at(MONDAY)
    assert world.sms.accepted == []
    page = await visitor.page("/")

    answer = await visitor.post(HALT, form_of(page, HALT) | {"by": "Camille"})
    await world.at(MONDAY)

    assert "les messages d’une campagne ; ils attendent. cybermois, par SMS" in words(page)
    assert "2 messages attendent. Corrigez d’abord ce que le fournisseur reproche." in words(page)
    assert 'href="/calendar/cybermois/sms"' not in page
    assert (answer.status, answer.headers["Location"]) == (303, "/")
    assert len(world.sms.accepted) == 2
    assert "Laisser repartir" not in await visitor.page("/")
    assert await acts_of(world.app) == [
        ("reflexe", "halt", "cybermois/sms"),
        ("Camille", "resume", "cybermois/sms"),
    ]


async def test_nobody_lets_a_campaign_go_on_without_a_name(world: World, visitor: Visitor) -> None:
    await halt(world)
    form = form_of(await visitor.page("/"), HALT)

    answer = await visitor.post(HALT, form | {"by": "  "})

    assert answer.status == 400
    assert 'href="#by-cybermois/sms"' in answer.text
    assert answer.text.count('aria-invalid="true"') == 1
    assert await world.alarms() == ["campaign-halted cybermois/sms"]


async def test_two_tabs_let_it_go_on_once(world: World, visitor: Visitor) -> None:
    await halt(world)
    tabs = [form_of(await visitor.page("/"), HALT) for _ in range(2)]

    for tab, name in zip(tabs, ("Camille", "Sacha"), strict=True):
        assert (await visitor.post(HALT, tab | {"by": name})).status == 303

    assert await acts_of(world.app) == [
        ("reflexe", "halt", "cybermois/sms"),
        ("Camille", "resume", "cybermois/sms"),
    ]


class Shared(DeskLedger):
    """A ledger that replicas have, as PostgreSQL's is; which of them is for a test to say."""

    hosts: tuple[str, ...] = ()

    async def replicas(self, now: datetime) -> list[Replica]:
        return [
            Replica(row=row, name=host, host=host, wire="", seen_at=MONDAY, silent=row > 0)
            for row, host in enumerate(self.hosts)
        ]


async def test_replicas_are_told_by_their_last_sign_of_life(world: World) -> None:
    source = Shared(world.app.ledger.database, world.app.ledger.keys)
    async with visiting(desk_of(world.app, source=lambda _app: source)) as visitor:
        source.hosts = ("un:77",)
        alone = words(await visitor.page("/"))
        source.hosts = ("un:77", "deux:78")
        both = words(await visitor.page("/"))

    assert "Instances du programme" not in alone
    assert (
        "Instances du programme "
        "un:77 , dernier signe de vie le lundi 5 octobre, 10 h "
        "deux:78 , silencieuse : dernier signe de vie le lundi 5 octobre, 10 h" in both
    )
