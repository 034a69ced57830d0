"""How long a due slot takes to plan, and what it adds to the memory.

    python -m bench.plan [people …]

One slot of everybody: the plan mark, a row for each, the batches and, on PostgreSQL, their jobs, in
one durable transaction. The figures at two sizes tell whether the time is linear and the memory
flat. PostgreSQL comes with the tests, with its default settings.
"""

import asyncio
import gc
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from bench.crowd import make_people
from bench.ground import KEYS, ledger
from scheduler.domain.calendar.campaigns import Audience, ChannelTerms, Occurrence, Place
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
    count = await own.plan(slot, DUE)
    seconds = time.perf_counter() - began
    await own.close()
    if count is None:
        raise SystemExit("it has been planned already: no figure")
    grown = peak() - before
    print(f"{count.waiting:9} deliveries planned in {seconds:7.2f} s, {grown:+.1f} MB at the most")


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
