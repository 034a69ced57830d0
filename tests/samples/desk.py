"""A desk on a real port, before a small world that has been rehearsed."""

import asyncio
import re
import shutil
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from html import unescape
from pathlib import Path

import aiohttp
from starlette.applications import Starlette
from starlette.types import ASGIApp

from scheduler.bootstrap import (
    REHEARSED_OUTBOX,
    App,
    make_planner,
    make_providers,
    make_renderer,
    make_senders,
    open_rehearsal,
    set_stage,
)
from scheduler.bootstrap.stage import NoWire
from scheduler.domain.roles import Person
from scheduler.flow.rehearse import rehearse
from scheduler.store.planning.one_slot import EMAIL_FIRST
from scheduler.web.battle.rooms import Rooms
from scheduler.web.desk.access import UNNAMED
from scheduler.web.desk.app import make_desk
from scheduler.web.desk.pages import DeskSource
from tests.serving import serving
from tests.worlds import Clock, make_world

#: Friday 2 October 2026, 10:00 in Paris: the announcement is due.
ANNOUNCED = datetime(2026, 10, 2, 8, tzinfo=UTC)
OCTOBER = date(2026, 10, 1), date(2026, 11, 7)


def keep_october(app: App) -> None:
    """October's messages stay, in French: the list reads every text that there is."""
    templates = app.configuration.templates
    for folder in templates.iterdir():
        if folder.is_dir() and folder.name not in ("cybermois", "_images", "_layouts", "_snippets"):
            shutil.rmtree(folder)
    for text in templates.glob("cybermois/*/*.*"):
        if ".en." in text.name or ".fr-falc." in text.name:
            text.unlink()


async def rehearse_october(app: App, folder: Path, keep: int | None = None) -> App:
    """The October of the world, rehearsed into ``folder``; its ledger, to look at."""
    start, end = OCTOBER
    stage = await set_stage(app, folder, start, keep)
    await rehearse(
        stage.app.agenda, stage.app.ledger, stage.planner, stage.senders, stage.clock, start, end
    )
    await stage.app.close()
    return await open_rehearsal(app, folder)


def desk_of(
    app: App,
    rehearsal: App | None = None,
    *,
    folder: Path = Path("nowhere"),
    real: frozenset[str] = frozenset(),
    token: str | None = None,
    is_ready: bool = True,
    source: Callable[[App], DeskSource] = lambda app: app.desk,
    local: Person | None = UNNAMED,
    rooms: Rooms | None = None,
) -> Starlette:
    return make_desk(
        lambda: app,
        lambda: rehearsal,
        source=source,
        rehearsal_outbox=folder / REHEARSED_OUTBOX,
        real_channels=real,
        token=token,
        ready=lambda: is_ready,
        looked_at=lambda: app.clock() - timedelta(seconds=5) if is_ready else None,
        local=local,
        rooms=rooms,
    )


STILL_READ = ("relecture en cours", "encore à la relecture", "en train d’être ")


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    status: int
    text: str
    headers: Mapping[str, str]


@dataclass(frozen=True, kw_only=True, slots=True)
class Visitor:
    """Somebody who looks at the desk."""

    session: aiohttp.ClientSession

    async def get(self, path: str, **headers: str) -> Answer:
        """What a page says once its messages are read: until then it says that they are not."""
        for _ in range(600):
            answer = await self.at_once(path, **headers)
            if not any(words in answer.text for words in STILL_READ):
                break
            await asyncio.sleep(0.1)
        return answer

    async def at_once(self, path: str, **headers: str) -> Answer:
        async with self.session.get(path, headers=headers, allow_redirects=False) as answer:
            text = await answer.text()
            return Answer(status=answer.status, text=text, headers=answer.headers)

    async def page(self, path: str) -> str:
        """A page that is there."""
        answer = await self.get(path)
        assert answer.status == 200, (path, answer.status)
        return answer.text

    async def post(self, path: str, body: Mapping[str, str], **headers: str) -> Answer:
        async with self.session.post(
            path, data=body, headers=headers, allow_redirects=False
        ) as answer:
            text = await answer.text()
            return Answer(status=answer.status, text=text, headers=answer.headers)


@asynccontextmanager
async def visiting(desk: ASGIApp) -> AsyncIterator[Visitor]:
    # Cookies of an address without a name are kept only when asked for.
    cookies = aiohttp.CookieJar(unsafe=True)
    with serving(desk) as address:
        async with aiohttp.ClientSession(address, cookie_jar=cookies) as session:
            yield Visitor(session=session)


def words(html: str) -> str:
    """What a reader sees, with plain spaces."""
    return " ".join(unescape(re.sub("<[^>]+>", " ", html)).split())


def form_of(page: str, action: str) -> dict[str, str]:
    """The hidden fields of the form that is sent to ``action``."""
    start = page.index(f'action="{action}"')
    form = page[start : page.index("</form>", start)]
    found = re.findall('type="hidden" name="([a-z]+)" value="([^"]*)"', form)
    return {name: unescape(value) for name, value in found}


async def acts_of(app: App) -> list[tuple[str, str, str]]:
    """Who did what to what, as the audit log says; the oldest first."""
    entries = [entry.act for entry in await app.hand.audit_entries(100)]
    return [(one.actor, one.act, one.subject) for one in reversed(entries)]


def links(html: str, pattern: str) -> list[str]:
    return [unescape(one) for one in re.findall(f'(?:href|src)="({pattern})"', html)]


async def send_announcement(app: App) -> None:
    """For real, as far as the outbox goes."""
    providers = make_providers(app.configuration.settings)
    planner = make_planner(app, providers)
    await planner.sync(app.clock())
    assert isinstance(app.clock, Clock)
    app.clock.now = ANNOUNCED
    await planner.plan_due(ANNOUNCED)
    senders = make_senders(app, providers, make_renderer(app), NoWire())
    # To those who have both, the e-mail first.
    for app.clock.now in (ANNOUNCED, ANNOUNCED + EMAIL_FIRST):
        for sender in senders:
            await sender.send_due()


@contextmanager
def announced_world(folder: Path) -> Iterator[App]:
    """A world in which the announcement was sent on Friday 2 October 2026."""

    async def made() -> App:
        app = await make_world(folder)
        await send_announcement(app)
        return app

    app = asyncio.run(made())
    yield app
    asyncio.run(app.close())
