"""What a contact file costs to take in, how memory grows by it, and how long an opt-out waits.

    python -m bench.imports [people …]      (TMPDIR on a disk, not in memory)

Patients with a name, an address, every third with a number, and a proof for each channel: all of it
is read, judged, sealed and kept as `reflexe contacts import` does. Each size is taken in twice,
into an empty ledger and again over the people it made. Meanwhile somebody opts out twenty times a
second. The processor's time counts (``cpu``): the clock's is shared with whatever else runs.
PostgreSQL comes with the tests, with its default settings; its own work isn't in ``cpu``.
"""

import asyncio
import csv
import gc
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from bench.crowd import make_people
from bench.ground import KEYS, ledger
from bench.plan import peak, refuse
from bench.world import ROOT
from scheduler.config.loading import load
from scheduler.domain.calendar.holidays import known_territory
from scheduler.domain.people.imports import ImportStart
from scheduler.flow.people.importing import import_contacts
from scheduler.sources import contact_file
from scheduler.store.ledger import Ledger
from scheduler.store.people.contact_file_ledger import ContactFileLedger
from scheduler.store.setup import open_ledger
from tests.parts.postgres import postgres

MADE = datetime(2026, 8, 1, 8, tzinfo=UTC)
#: Members of staff, who are there before, and opt out.
COLLEAGUES = 2000
#: How an importer is started, so that its memory is looked at alone: ``import URL KEYS FILE``.
IMPORT = "import"
FIRST = ("Karim", "Jérôme", "Zoé", "Anne-Marie", "Thomas", "Noëlle", "Inès", "Paul")
LAST = ("Fontaine", "Girard", "Vasseur", "Lefèvre", "N’Diaye", "Muller", "Le Goff", "Hoarau")
WHERE = ("example.org", "courrier.example", "boite.example", "orange.fr", "free.fr", "gmail.com")
WORDS = "J’accepte de recevoir des conseils pour protéger mes comptes. (version 1, janvier 2026)"
HEADER = (
    *("reference", "prenom", "nom", "email", "telephone", "langue", "territoire", "fuseau"),
    *("consent_email_date", "consent_email_how", "consent_email_wording"),
    *("consent_sms_date", "consent_sms_how", "consent_sms_wording"),
)


def main() -> None:
    if sys.argv[1:2] == [IMPORT]:
        asyncio.run(take(sys.argv[2], Path(sys.argv[3]), Path(sys.argv[4])))
        return
    sizes = [int(word) for word in sys.argv[1:]] or [10_000, 1_000_000]
    measure("SQLite", None, sizes)
    with postgres() as server:
        measure("PostgreSQL", server.uri, sizes)


def measure(name: str, server: str | None, sizes: list[int]) -> None:
    for people in sizes:
        with tempfile.TemporaryDirectory() as made, ledger(Path(made), server) as url:
            file = Path(made) / "patients.csv"
            write_people(file, people)
            make_people(url, COLLEAGUES)
            for how in ("new", "again"):
                words = [IMPORT, url, str(Path(made) / KEYS), str(file)]
                command = [sys.executable, "-m", "bench.imports", *words]
                done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
                print(f"{name:10} {people:8} {how:5} {done.stdout.strip()}", flush=True)


def write_people(file: Path, people: int) -> None:
    with file.open("w", encoding="utf-8", newline="") as stream:
        out = csv.writer(stream, delimiter=";")
        out.writerow(HEADER)
        for n in range(people):
            # Ten thousand numbers are kept for fiction: some people share one.
            phone = f"06 39 98 {n // 300 % 100:02} {n // 3 % 100:02}" if n % 3 == 0 else ""
            day = f"2026-0{n % 6 + 1}-{n % 28 + 1:02}"
            agreed = (day, "page d’inscription", WORDS)
            out.writerow(
                (
                    *(f"R-{n}", FIRST[n % 8], LAST[n // 8 % 8]),
                    *(f"personne.{n}@{WHERE[n % 6]}", phone, "fr", "FR", "Europe/Paris"),
                    *agreed,
                    *(agreed if phone else ("", "", "")),
                )
            )


async def take(url: str, keys: Path, file: Path) -> None:
    opened = await open_ledger(url, keys, MADE)
    own = Ledger(opened.database, opened.keys, opened.made_at)
    files = ContactFileLedger(own.database, own.keys)
    audience = load(ROOT / "config.yaml", {}).audience("patients")
    gc.collect()
    refusing = asyncio.create_task(refuse(own))
    before, began, spent = peak(), time.perf_counter(), time.process_time()
    source = contact_file.read(file, audience, known_territory=known_territory, today=MADE.date())
    start = ImportStart(
        audience=audience,
        file_hash=source.digest,
        origin="bench",
        basis="consent",
        mode="add",
    )
    report = await import_contacts(source, files, start, lambda: MADE)
    cpu, seconds, grown = time.process_time() - spent, time.perf_counter() - began, peak() - before
    refusing.cancel()
    waits = await refusing
    await own.close()
    print(
        f"{report.rows} rows in {seconds:.2f} s, {cpu / report.rows * 1e6:.1f} µs of cpu each, "
        f"{grown:+.1f} MB at the most; "
        f"{len(waits)} opt-outs meanwhile, the slowest answered in {max(waits, default=0.0):.2f} s"
    )


if __name__ == "__main__":
    main()
