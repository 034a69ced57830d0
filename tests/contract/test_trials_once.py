"""A trial's form that is sent to two replicas, or again after a restart, on either database."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import aiohttp
import pytest
from sqlalchemy import Connection, delete, select, update

from scheduler.bootstrap import App, open_app
from scheduler.domain.message import AddressKind
from scheduler.domain.roles import ALL_ROLES
from scheduler.domain.trials import FORM_REMEMBERED, MOST, WITHIN, Begun
from scheduler.store.schema.record_tables import trial
from scheduler.store.schema.running_tables import lease
from scheduler.web.desk.forms import GOOD_FOR
from tests.contract.test_hand_ledger import tried
from tests.fakes import FakeRelay
from tests.samples.desk import Visitor, desk_of, words
from tests.samples.ledger import DUE, Book
from tests.serving import serving
from tests.unit.web.test_desk_trials import ACT, ME, MESSAGE, PAGE, forms_of
from tests.worlds import make_world

NAME, PASSWORD = "Camille Moreau", "quatre mots sans lien"


@dataclass(frozen=True, kw_only=True, slots=True)
class Desks:
    """One browser before two replicas, each with an app of its own on the same ledger."""

    relay: FakeRelay
    apps: list[App]
    visitors: list[Visitor]

    async def form(self) -> dict[str, str]:
        page = await self.visitors[0].page(PAGE)
        return next(one for one in forms_of(page) if one["channel"] == "email") | {"to": ME}


@pytest.fixture
async def desks(tmp_path: Path, ledger_url: str, keys_file: Path) -> AsyncIterator[Desks]:
    async with AsyncExitStack() as life:
        relay = await life.enter_async_context(FakeRelay())
        environment = {
            "REFLEXE_DATABASE__URL": ledger_url,
            "REFLEXE_KEYS__FILE": str(keys_file),
            "REFLEXE_CHANNELS__EMAIL__PROVIDER": "smtp",
            "REFLEXE_CHANNELS__EMAIL__SMTP__HOST": relay.host,
            "REFLEXE_CHANNELS__EMAIL__SMTP__PORT": str(relay.port),
            "REFLEXE_CHANNELS__EMAIL__SMTP__SECURITY": "none",
        }
        first = await make_world(tmp_path, environment=environment)
        second = await open_app(first.configuration, first.clock)
        cookies = aiohttp.CookieJar(unsafe=True)
        visitors = []
        for app in (first, second):
            life.push_async_callback(app.close)
            address = life.enter_context(serving(desk_of(app, real=frozenset({"email"}))))
            session = aiohttp.ClientSession(address, cookie_jar=cookies)
            visitors.append(Visitor(session=await life.enter_async_context(session)))
        link = await first.accounts.add(NAME, ALL_ROLES, "Ana", first.clock())
        await first.own_addresses.put(NAME, AddressKind.EMAIL, ME, "Ana", first.clock())
        chosen = {"password": PASSWORD, "again": PASSWORD}
        assert (await visitors[0].post(f"/welcome/{link}", chosen)).status == 303
        yield Desks(relay=relay, apps=[first, second], visitors=visitors)


async def test_one_form_sent_to_two_replicas_one_after_the_other_leaves_once(desks: Desks) -> None:
    first, second = desks.visitors
    form = await desks.form()
    sent, again = await first.post(ACT, form), await second.post(ACT, form)
    another = await second.post(ACT, await desks.form())

    assert (sent.status, again.status, another.status) == (303, 409, 303)
    assert "Cet essai était déjà demandé" in words(again.text)
    assert "Personnel, français — envoyé" in words(again.text)
    assert [one.recipient for one in desks.relay.accepted] == [ME, ME]


async def test_a_form_sent_again_after_a_restart_leaves_once(desks: Desks) -> None:
    """What a process remembers of forms goes with it: the same ledger behind a desk that is new."""
    form = await desks.form()
    sent = await desks.visitors[0].post(ACT, form)
    session = desks.visitors[0].session
    with serving(desk_of(desks.apps[0], real=frozenset({"email"}))) as address:
        async with aiohttp.ClientSession(address, cookie_jar=session.cookie_jar) as same:
            again = await Visitor(session=same).post(ACT, form)

    assert (sent.status, again.status) == (303, 409)
    assert len(desks.relay.accepted) == 1


async def test_one_form_sent_to_two_replicas_at_once_leaves_once(desks: Desks) -> None:
    form = await desks.form()
    answers = await asyncio.gather(*(one.post(ACT, form) for one in desks.visitors * 3))

    assert {one.status for one in answers} == {303, 409}
    assert len(desks.relay.accepted) == 1
    assert len(await desks.apps[1].hand.latest_trials(MESSAGE, 5)) == 1


async def test_a_form_is_remembered_for_longer_than_it_is_good_for_and_no_longer(
    book: Book,
) -> None:
    assert FORM_REMEMBERED > GOOD_FOR
    assert await book.hand.begin_trial("1-a", DUE) is Begun.NOW
    assert await book.hand.begin_trial("1-a", DUE + GOOD_FOR) is Begun.BEFORE
    await book.ledger.database.write(_make_older)
    assert await book.hand.begin_trial("1-b", DUE) is Begun.NOW

    (row,) = await book.rows(lease)
    assert "1-b" not in row.name


async def test_what_replicas_hand_over_at_once_is_no_more_than_one_may(desks: Desks) -> None:
    first, second = desks.visitors
    ledger = desks.apps[0].hand
    for _ in range(MOST - 1):
        await ledger.note_trial(tried(MESSAGE), desks.apps[0].clock())
    forms = [await desks.form() for _ in range(6)]

    answers = await asyncio.gather(
        *(one.post(ACT, form) for one, form in zip((first, second) * 3, forms, strict=True))
    )

    assert sorted(one.status for one in answers) == [303, *[429] * 5]
    assert len(desks.relay.accepted) == 1
    assert await ledger.trials_of_late(desks.apps[0].clock()) == MOST
    await desks.apps[0].ledger.database.write(lambda connection: connection.execute(delete(trial)))
    later = [one.post(ACT, form) for one, form in zip((first, second) * 3, forms, strict=True)]
    assert sorted([(await one).status for one in later]) == [303] * 6
    assert len(desks.relay.accepted) == 6


async def test_trials_under_way_count_until_they_end_and_for_an_hour_at_most(book: Book) -> None:
    for number in range(MOST):
        assert await book.hand.begin_trial(f"1-{number}", DUE) is Begun.NOW
    assert await book.hand.begin_trial("2-a", DUE) is Begun.TOO_MANY
    await book.hand.end_trial("1-0")
    assert await book.hand.begin_trial("2-a", DUE) is Begun.NOW
    assert await book.hand.begin_trial("2-b", DUE) is Begun.TOO_MANY
    assert await book.hand.begin_trial("1-0", DUE) is Begun.BEFORE
    await book.ledger.database.write(_an_hour_passes)

    assert await book.hand.begin_trial("2-b", DUE) is Begun.NOW


def _an_hour_passes(connection: Connection) -> None:
    for name, until in connection.execute(select(lease.c.name, lease.c.until)).all():
        mine = update(lease).where(lease.c.name == name)
        connection.execute(mine.values(until=until - WITHIN * 1.01))


def _make_older(connection: Connection) -> None:
    connection.execute(update(lease).values(until=DUE - FORM_REMEMBERED - timedelta(minutes=1)))
