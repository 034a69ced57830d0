"""How long a due slot takes to plan, and what it adds to the memory.

    python -m bench.plan [postgresql+psycopg://…/a-new-database] [people …]

One slot of everybody: the plan mark, a row for each, the batches, in one durable transaction. The
figures at two sizes tell whether the time is linear and the memory flat.
"""

import asyncio
import gc
import resource
import sys
import tempfile
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from scheduler.domain.campaigns import Audience, ChannelTerms, Occurrence, Place
from scheduler.domain.contacts import Row
from scheduler.domain.imports import ImportStart
from scheduler.domain.message import AddressKind
from scheduler.domain.people import normalise_email
from scheduler.domain.planning import ContentText, SlotKey, SlotPlan
from scheduler.store.ledger import Ledger
from scheduler.store.people_ledger import PeopleLedger
from scheduler.store.sealing import make_keys, write_keys
from scheduler.store.setup import migrate, open_ledger

MADE = datetime(2026, 9, 1, 8, tzinfo=UTC)
DUE = datetime(2026, 10, 4, 8, tzinfo=UTC)
PARIS = Place(zone="Europe/Paris", territory="FR")
STAFF = Audience(
    name="staff",
    label="Personnel",
    source="staff",
    key="matricule",
    channels={"email": ChannelTerms(basis="legitimate-interest")},
)
GROUP = 1000


def main() -> None:
    given = [word for word in sys.argv[1:] if not word.isdigit()]
    sizes = [int(word) for word in sys.argv[1:] if word.isdigit()] or [10_000, 100_000]
    for people in sizes:
        planned, seconds, memory = asyncio.run(plan(people, given[0] if given else None))
        print(f"{planned} deliveries planned in {seconds:.2f} s, {memory:+.1f} MB at the most")


async def plan(people: int, url: str | None) -> tuple[int, float, float]:
    """Rows planned, seconds, and how much the peak of the memory grew (MB)."""
    with tempfile.TemporaryDirectory() as folder:
        url, keys = url or f"sqlite:///{folder}/ledger.db", Path(folder) / "keys.json"
        write_keys(make_keys(), keys)
        migrate(url)
        opened = await open_ledger(url, keys, MADE)
        ledger = Ledger(opened.database, opened.keys, opened.made_at)
        await take_in(PeopleLedger(opened.database, opened.keys), people)
        slot = await slot_plan(ledger)
        gc.collect()
        before, began = peak(), time.perf_counter()
        count = await ledger.plan(slot, DUE)
        seconds = time.perf_counter() - began
        await ledger.close()
    if count is None:
        raise SystemExit("the database has been planned already: give a new one")
    return count.waiting, seconds, peak() - before


def peak() -> float:
    """The most memory this process ever held (MB)."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


async def take_in(people: PeopleLedger, number: int) -> None:
    start = ImportStart(
        audience=STAFF, file_hash="0" * 64, origin="bench", basis="contract", mode="add"
    )
    import_id = await people.begin_import(start, MADE)
    for first in range(0, number, GROUP):
        rows = [person(one) for one in range(first, min(first + GROUP, number))]
        await people.take_in(STAFF, rows, import_id, MADE)
    await people.finish_import(import_id, {}, MADE)


def person(number: int) -> Row:
    return Row(
        number=number,
        key=f"K{number}",
        email=normalise_email(f"p{number}@example.org"),
        phone=None,
        language="fr",
        easy_to_read=False,
        zone=PARIS.zone,
        territory=PARIS.territory,
        fields={"prenom": "Ana"},
        proofs={},
    )


async def slot_plan(ledger: Ledger) -> SlotPlan:
    one = Occurrence(campaign="bench", episode="un", season="2026", date=date(2026, 10, 4))
    await ledger.sync([one], one.date)
    (row,) = await ledger.occurrences()
    text = ContentText(variant="fr", fingerprint="1", source="{}", readers=[("fr", False)])
    return SlotPlan(
        occurrence=row,
        topic="october",
        key=SlotKey(channel="email", audience="staff", place=PARIS),
        address_kind=AddressKind.EMAIL,
        audience=STAFF,
        stronger=[],
        due_at=DUE,
        not_after=DUE + timedelta(hours=48),
        reason="",
        contents=[text],
    )


if __name__ == "__main__":
    main()
