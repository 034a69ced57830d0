"""Answers to a quiz, 200 a second for a minute, while messages leave and people opt out; then a
thousand that a script sends, from one network and from many.

    python -m bench.answers [answers a second] [seconds]      (TMPDIR on a disk, not in memory)

One process is the public server and the sending, as in the daemon; this one asks. Each answer is a
page read and a form sent. What counts: that every opt-out is answered soon, that nothing is lost
that was to be counted, and that neither the ledger nor the log tells who answered.
"""

import asyncio
import logging
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from typing import TypeVar

import aiohttp
import structlog

from bench.send import PORT as RELAY
from bench.send import sink
from bench.world import SUNDAY, make_world
from scheduler import bootstrap
from scheduler.bootstrap import App
from scheduler.config.loading import load
from scheduler.daemon.servers import Servers, listen
from scheduler.domain.ids import AddressId, ContactId
from scheduler.domain.names.tokens import OptOutToken
from scheduler.flow.answers.tallying import Tally
from scheduler.web.public import make_public
from scheduler.web.public.stuffing import EACH

T = TypeVar("T")
PORT = 20082
SERVE = "serve"
#: Its right answers are nobody's concern here: each answer says « a ».
QUIZ = "/quiz/trousseau"
PACE = 150
#: Nobody else's, to be looked for afterwards: TEST-NET-2 and -3 (RFC 5737), and 2001:db8::/32.
NETWORKS = 250
_TOKEN = re.compile(r'name="form" value="([^"]+)"')
_QUESTION = re.compile(r'name="(q-[a-z0-9-]+)"')
_ENVIRONMENT = {
    "REFLEXE_WEB__TRUSTED_PROXIES": '["127.0.0.1"]',
    # To a relay, for what goes to the outbox has no pace and would be gone before anybody answers.
    "REFLEXE_CHANNELS__EMAIL__PROVIDER": "smtp",
    "REFLEXE_CHANNELS__EMAIL__SMTP__HOST": "127.0.0.1",
    "REFLEXE_CHANNELS__EMAIL__SMTP__PORT": str(RELAY),
    "REFLEXE_CHANNELS__EMAIL__SMTP__SECURITY": "none",
    "REFLEXE_CHANNELS__EMAIL__PACE__PER_SECOND": str(PACE),
}


def main() -> None:
    if sys.argv[1:2] == [SERVE]:
        asyncio.run(serve(Path(sys.argv[2])))
        return
    each = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    seconds = int(sys.argv[2]) if len(sys.argv) > 2 else 60
    with tempfile.TemporaryDirectory() as name:
        asyncio.run(rehearse(Path(name), each, seconds))


async def rehearse(folder: Path, each: int, seconds: int) -> None:
    app = await make_world(folder, PACE * (seconds + 40), _ENVIRONMENT)
    leaving = await ways_out(app, 4 * (seconds + 20))
    await app.close()
    with sink(), serving(folder) as (process, log):
        # Who leaves has connections of their own: they don't wait in line behind those who play.
        async with asking() as session, asking() as leavers, asking() as lookers:
            alone = await leave(leavers, leaving, 10)
            tell("opt-outs while nobody answers", alone)
            before, sent = await counted(folder), await left(folder)
            spent = processor(process)
            answers, beside, pages = await asyncio.gather(
                flood(session, each, seconds),
                leave(leavers, leaving, seconds),
                look(lookers, seconds),
            )
            spent = processor(process) - spent
            await asyncio.sleep(3)
            kept, now_sent = await counted(folder) - before, await left(folder) - sent
            if not now_sent:
                raise SystemExit("nothing was sent meanwhile: no figure")
            print(f"{answers} answers in {seconds} s; {kept} counted; {now_sent} messages sent")
            print(f"the server's processor meanwhile, sending too: {spent:.0f} s")
            tell("opt-outs meanwhile", beside)
            tell("a page of no ledger meanwhile", pages)
            await stuffed(folder, session)
    traces(folder, log)


async def stuffed(folder: Path, session: aiohttp.ClientSession) -> None:
    """A thousand by a script, each with a form of its own."""
    networks: dict[str, Callable[[int], str]] = {
        "one network": lambda number: f"2001:db8:1::{number + 1:x}",
        "250 networks": lambda number: f"2001:db8:{0x100 + number % NETWORKS:x}::1",
    }
    for label, network in networks.items():
        before = await counted(folder)
        done = [await answer(session, network(number)) for number in range(1000)]
        await asyncio.sleep(2)
        print(f"{sum(done)} answers from {label}: {await counted(folder) - before} counted")
    print(f"(of one network {EACH} count in ten minutes)")


async def flood(session: aiohttp.ClientSession, each: int, seconds: int) -> int:
    """So many a second, whatever becomes of those before; how many were answered 200."""
    networks = (f"198.51.{number % NETWORKS}.{number % 200 + 1}" for number in count())
    return sum(await at_a_pace(lambda: answer(session, next(networks)), each, seconds))


async def at_a_pace(one: Callable[[], Awaitable[T]], each: int, seconds: int) -> list[T]:
    """So many a second, none waiting for those before."""
    tasks: list[asyncio.Future[T]] = []
    began = time.perf_counter()
    for number in range(each * seconds):
        await asyncio.sleep(max(0.0, began + number / each - time.perf_counter()))
        tasks.append(asyncio.ensure_future(one()))
    return list(await asyncio.gather(*tasks))


async def answer(session: aiohttp.ClientSession, client: str) -> bool:
    """The page, then its form; False: it had no place."""
    headers = {"X-Forwarded-For": client}
    async with session.get(QUIZ, headers=headers) as page:
        text = await page.text()
    token = _TOKEN.search(text)
    if page.status != 200 or token is None:
        return False
    fields = {"form": token[1], **dict.fromkeys(_QUESTION.findall(text)[:1], "a")}
    async with session.post(QUIZ, data=fields, headers=headers) as answered:
        await answered.read()
        return answered.status == 200


async def leave(session: aiohttp.ClientSession, paths: Iterator[str], seconds: int) -> list[float]:
    """Four opt-outs a second, each in its time (seconds)."""

    async def one() -> float:
        start = time.perf_counter()
        async with session.post(next(paths), data={"List-Unsubscribe": "One-Click"}) as answered:
            await answered.read()
            if answered.status != 200:
                raise SystemExit(f"an opt-out was answered {answered.status}: no figure")
        return time.perf_counter() - start

    return await at_a_pace(one, 4, seconds)


async def look(session: aiohttp.ClientSession, seconds: int) -> list[float]:
    """Whether the process answers at all, four times a second."""

    async def one() -> float:
        start = time.perf_counter()
        async with session.get("/healthz") as answered:
            await answered.read()
        return time.perf_counter() - start

    return await at_a_pace(one, 4, seconds)


def tell(label: str, took: list[float]) -> None:
    ordered = sorted(1000 * one for one in took)
    print(
        f"{label}: {len(ordered)}, median {statistics.median(ordered):.0f} ms, "
        f"of a hundred 99 within {ordered[int(len(ordered) * 0.99)]:.0f} ms, "
        f"the slowest {ordered[-1]:.0f} ms"
    )


async def ways_out(app: App, most: int) -> Iterator[str]:
    """The addresses in people's e-mails: of the last, who are written to last."""
    found = []
    async for card in app.people.contacts():
        if card.email_id is not None:
            token = OptOutToken(
                address_id=AddressId(card.email_id), contact_id=ContactId(card.contact)
            )
            found.append(f"/d/{app.ledger.tokens.optout(token)}")
    return iter(found[-most:])


async def counted(folder: Path) -> int:
    async with opened(folder) as app:
        answers = await app.tallies.answers()
    return sum(answers.values())


async def left(folder: Path) -> int:
    async with opened(folder) as app:
        totals = await app.desk.totals()
    return sum(rows for _, state, rows in totals if state == "sent")


@asynccontextmanager
async def opened(folder: Path) -> AsyncIterator[App]:
    app = await bootstrap.open_app(load(folder / "config.yaml", _ENVIRONMENT))
    try:
        yield app
    finally:
        await app.close()


@asynccontextmanager
async def asking() -> AsyncIterator[aiohttp.ClientSession]:
    # As a proxy does, which has some connections to the server and a line before them.
    connector = aiohttp.TCPConnector(limit=100)
    async with aiohttp.ClientSession(
        f"http://127.0.0.1:{PORT}", connector=connector, cookie_jar=aiohttp.DummyCookieJar()
    ) as session:
        yield session


@contextmanager
def serving(folder: Path) -> Iterator[tuple[int, Path]]:
    """The process, and the file of its log."""
    log = folder / "log"
    command = [sys.executable, "-m", "bench.answers", SERVE, str(folder)]
    with (
        log.open("wb") as errors,
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=errors) as process,
    ):
        try:
            if process.stdout is None or not process.stdout.readline():
                raise SystemExit(f"the server didn't start: {log.read_text()[-500:]}")
            yield process.pid, log
        finally:
            process.terminate()


async def serve(folder: Path) -> None:
    """The public server and the sending, in one loop; until it is killed."""
    structlog.configure(
        wrapper_class=structlog.make_filtering_bound_logger(logging.DEBUG),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
    began = time.monotonic()

    def moment() -> datetime:
        return SUNDAY + timedelta(seconds=time.monotonic() - began)

    app = await bootstrap.open_app(load(folder / "config.yaml", _ENVIRONMENT), moment)
    tally = Tally(lambda: app.tallies)
    site = make_public(lambda: app, dict, ready=lambda: True, tally=tally)
    servers = Servers([(site, listen(f"127.0.0.1:{PORT}", "web.public_bind"))], ["127.0.0.1"])
    await servers.start()
    providers = {"email": bootstrap.make_providers(app.configuration.settings)["email"]}
    planner = bootstrap.make_planner(app, providers)
    await app.ledger.enter("bench", "bench", moment())
    wire = bootstrap.WireJournal(folder / "wire", await app.ledger.renew_wire())
    senders = bootstrap.make_senders(app, providers, bootstrap.make_renderer(app), wire)
    await planner.sync(moment())
    await planner.plan_due(moment())
    await providers["email"].open()
    print("ready", flush=True)
    while True:
        await asyncio.gather(*(one.send_due() for one in senders))
        await asyncio.sleep(0.5)


def processor(process: int) -> float:
    """Its seconds so far."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def traces(folder: Path, log: Path) -> None:
    """What of the answers' senders can be read in the ledger, its journals and the log."""
    marks = (b"198.51.", b"2001:db8", b"X-Forwarded", b"x-forwarded")
    found = []
    for path in folder.rglob("*"):
        if path.is_file() and "templates" not in path.parts:
            content = path.read_bytes()
            found += [f"{mark.decode()} in {path.name}" for mark in marks if mark in content]
    size = log.stat().st_size
    print(
        f"networks of who answered, in ledger, journals, outbox and {size} octets of log: "
        f"{found or 'none'}"
    )


if __name__ == "__main__":
    main()
