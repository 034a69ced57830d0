"""Three replicas of the desk, one of which is killed between what somebody asked and its answer.

The person asks again, and another replica answers: what was asked is done once, and stands once in
the audit log.
"""

import asyncio
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import ExitStack, asynccontextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

import aiohttp
import psycopg
import pytest

from scheduler.bootstrap import open_app
from scheduler.config.loading import load
from scheduler.domain.roles import ALL_ROLES
from tests.parts.daemon import Daemon
from tests.parts.installation import kill, staff
from tests.parts.postgres import Server, postgres
from tests.parts.processes import wait_until
from tests.parts.replicas import Cluster, cluster
from tests.samples.desk import Visitor, form_of
from tests.unit.web.test_desk_changes import form_of_change

SATURDAY = datetime(2026, 10, 3, 8, tzinfo=UTC)
NAME, PASSWORD = "Camille Moreau", "quatre mots sans lien"
OFF = "/change/disabled?campaign=cybermois"
#: A form of each kind: its page, where it is sent, and what the audit log calls it.
ACTS = {"stop-all": ("/", "/stop-all"), "change-calendar": (OFF, OFF)}


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with postgres() as running:
        yield running


async def account(made: Cluster) -> str:
    """The link by which Camille chooses a password."""
    home = made.homes[0]
    app = await open_app(load(home.config, home.environment), home.clock.now)
    try:
        return await app.accounts.add(NAME, ALL_ROLES, "Ana", app.clock())
    finally:
        await app.close()


@asynccontextmanager
async def signed_in(link: str, first: Daemon, *others: Daemon) -> AsyncIterator[list[Visitor]]:
    """One browser, before each of the replicas: its cookies are of their one host."""
    jar = aiohttp.CookieJar(unsafe=True)
    sessions = [aiohttp.ClientSession(one.desk, cookie_jar=jar) for one in (first, *others)]
    try:
        visitors = [Visitor(session=one) for one in sessions]
        chosen = {"password": PASSWORD, "again": PASSWORD}
        assert (await visitors[0].post(f"/welcome/{link}", chosen)).status == 303
        yield visitors
    finally:
        for one in sessions:
            await one.close()


def done(made: Cluster, act: str) -> int:
    found = made.rows("select count(*) as n from audit where act = %s and actor = %s", act, NAME)
    return int(found[0]["n"])


def is_waiting(made: Cluster) -> bool:
    return bool(made.rows("select 1 from pg_stat_activity where wait_event_type = 'Lock'"))


async def cut_off(
    made: Cluster, act: str, replica: Daemon, visitor: Visitor, to: str, form: Mapping[str, str]
) -> None:
    """Asked of a replica that is killed before it has written anything, or before it could say
    that it has."""

    async def ask() -> None:
        with suppress(aiohttp.ClientError):
            await visitor.post(to, form)

    asking = asyncio.create_task(ask())
    if act == "stop-all":
        await asyncio.to_thread(wait_until, lambda: is_waiting(made), "it waits to write")
    else:
        await asyncio.to_thread(wait_until, lambda: done(made, act) == 1, "it is written")
    await asyncio.to_thread(kill, replica)
    await asking


@pytest.mark.parametrize("act", ACTS)
async def test_what_was_asked_of_a_killed_replica_is_done_once_by_another(
    tmp_path: Path, server: Server, act: str
) -> None:
    page, to = ACTS[act]
    with cluster(tmp_path, server.uri, SATURDAY, replicas=3) as made, ExitStack() as life:
        await asyncio.to_thread(made.homes[0].import_people, "staff", [staff(1), staff(2)])
        link = await account(made)
        daemons = [
            await asyncio.to_thread(life.enter_context, home.daemon()) for home in made.homes
        ]
        async with signed_in(link, *daemons) as (first, second, third):
            shown = await first.page(page)
            form = form_of(shown, to) if page == "/" else form_of_change(shown, "disabled")
            if act == "stop-all":
                # Before: what it would write waits for somebody else's lock, and goes with it.
                with psycopg.connect(made.server) as held:
                    held.execute("lock table audit in access exclusive mode")
                    await cut_off(made, act, daemons[0], first, to, form)
                assert done(made, act) == 0
            else:
                await cut_off(made, act, daemons[0], first, to, form)

            again = await second.post(to, form)
            twice = await third.post(to, form)

        assert (again.status, twice.status) == (303, 303)
        assert done(made, act) == 1
