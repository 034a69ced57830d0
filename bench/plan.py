"""How long a due slot takes to plan, what it adds to the memory, and how long an opt-out waits.

    python -m bench.plan [people …]

One slot of everybody: the plan mark, a row for each, the batches and, on PostgreSQL, their jobs, by
portions, each a durable transaction. Meanwhile somebody opts out twenty times a second: the longest
that one waited for its answer has half a second for its bound. The figures at two sizes tell
whether the time is linear and the memory flat. PostgreSQL comes with the tests, with its default
settings.
"""

import asyncio
import gc
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from itertools import count as numbers
from pathlib import Path

from bench.crowd import make_people
from bench.ground import KEYS, ledger
from scheduler.domain.calendar.campaigns import Audience, ChannelTerms, Occurrence, Place
from scheduler.domain.consent.optout import by_email_link
from scheduler.domain.ids import ContactId
from scheduler.domain.message import AddressKind
from scheduler.domain.planning import ContentText, SlotKey, SlotPlan
from scheduler.store.ledger import Ledger
from scheduler.store.setup import open_ledger
from tests.parts.postgres import postgres

MADE = datetime(2026, 8, 1, 8, tzinfo=UTC)
DUE = datetime(2026, 10, 4, 8, tzinfo=UTC)
PARIS = Place(zone="Europe/Paris", territory="FR")
STAFF = Audience(
    name="staff",
    label="Personnel",
    source="staff",
    key="matricule",
    channels={"email": ChannelTerms(basis="legitimate-interest")},
)
#: How a planner is started, so that its memory is looked at alone: ``plan URL KEYS``.
PLAN = "plan"


def main() -> None:
    if sys.argv[1:2] == [PLAN]:
        asyncio.run(plan(sys.argv[2], Path(sys.argv[3])))
        return
    sizes = [int(word) for word in sys.argv[1:]] or [10_000, 1_000_000]
    measure("SQLite", None, [size for size in sizes if size <= 1_000_000])
    with postgres() as server:
        measure("PostgreSQL", server.uri, sizes)


def measure(name: str, server: str | None, sizes: Sequence[int]) -> None:
    for people in sizes:
        with tempfile.TemporaryDirectory() as made, ledger(Path(made), server) as url:
            make_people(url, people)
            command = [sys.executable, "-m", "bench.plan", PLAN, url, str(Path(made) / KEYS)]
            said = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
        print(f"{name:10} {said.strip()}", flush=True)


async def plan(url: str, keys: Path) -> None:
    opened = await open_ledger(url, keys, MADE)
    own = Ledger(opened.database, opened.keys, opened.made_at)
    if not opened.database.is_sqlite:
        # As the engine of a daemon does: batches get their jobs.
        own.limits = {}
    slot = await slot_plan(own)
    gc.collect()
    before, began = peak(), time.perf_counter()
    refusing = asyncio.create_task(refuse(own))
    count = await own.plan(slot, DUE)
    seconds = time.perf_counter() - began
    refusing.cancel()
    waits = await refusing
    await own.close()
    if count is None:
        raise SystemExit("it has been planned already: no figure")
    grown = peak() - before
    people, slowest = count.waiting + count.left_out, max(waits, default=0.0)
    print(
        f"{people:9} people planned in {seconds:7.2f} s, {grown:+.1f} MB at the most; "
        f"{len(waits)} opt-outs meanwhile, the slowest answered in {slowest:.2f} s"
    )


async def refuse(own: Ledger) -> list[float]:
    """How long each opt-out took, until this is cancelled."""
    took = []
    with suppress(asyncio.CancelledError):
        for number in numbers(1):
            began = time.perf_counter()
            person = ContactId(number)
            await own.optouts.opt_out(number, by_email_link(DUE, one_click=True, person=person))
            took.append(time.perf_counter() - began)
            await asyncio.sleep(0.05)
    return took


def peak() -> float:
    """The most memory this process ever held (MB)."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


async def slot_plan(opened: Ledger) -> SlotPlan:
    one = Occurrence(campaign="bench", episode="un", season="2026", date=date(2026, 10, 4))
    await opened.sync([one], one.date)
    (row,) = await opened.occurrences()
    text = ContentText(variant="fr", fingerprint="1", source="{}", readers=[("fr", False)])
    return SlotPlan(
        occurrence=row,
        topic="october",
        key=SlotKey(channel="email", audience="staff", place=PARIS),
        address_kind=AddressKind.EMAIL,
        audience=STAFF,
        awaited=[],
        due_at=DUE,
        not_after=DUE + timedelta(hours=48),
        reason="",
        contents=[text],
    )


if __name__ == "__main__":
    main()
