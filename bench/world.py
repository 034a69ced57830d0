"""A throw-away organisation with as many invented people as a bench wants."""

import shutil
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from pathlib import Path

from scheduler import bootstrap
from scheduler.bootstrap import App
from scheduler.config.loading import load
from scheduler.domain.people.addresses import Email
from scheduler.domain.people.contacts import Proof, Row
from scheduler.domain.people.imports import ImportStart

#: A fourth Sunday of October at 10:00 in Paris, when the clocks have just gone back.
SUNDAY = datetime(2026, 10, 25, 9, 0, tzinfo=UTC)
BEFORE = datetime(2026, 9, 1, tzinfo=UTC)
ROOT = Path(__file__).parents[1]
GROUP = 5000


async def make_world(folder: Path, people: int, environment: Mapping[str, str]) -> App:
    """The shipped configuration on an empty ledger, with ``people`` patients; clock at SUNDAY."""
    shutil.copy(ROOT / "config.yaml", folder)
    for name in ("templates", "audiences"):
        shutil.copytree(ROOT / name, folder / name)
    configuration = load(folder / "config.yaml", environment)
    clock = {"now": BEFORE}
    app = await bootstrap.open_app(configuration, lambda: clock["now"])
    audience = configuration.audience("patients")
    start = ImportStart(
        audience=audience, file_hash="", origin="bench", basis="consent", mode="add"
    )
    import_id = await app.contact_files.begin_import(start, BEFORE)
    for first in range(0, people, GROUP):
        rows = list(_rows(first, min(first + GROUP, people)))
        await app.contact_files.take_in(audience, rows, import_id, BEFORE)
    await app.contact_files.finish_import(import_id, {"rows": people}, BEFORE)
    await app.ledger.note_campaigns([one.name for one in app.agenda.campaigns], BEFORE)
    clock["now"] = SUNDAY
    return app


def _rows(first: int, last: int) -> Iterator[Row]:
    proof = Proof(date=date(2026, 1, 5), how="formulaire", wording="J’accepte.")
    for number in range(first, last):
        address = f"patient{number}@example.org"
        yield Row(
            number=number + 2,
            key=f"P{number}",
            email=Email(send_to=address, identity=address),
            phone=None,
            language="fr",
            easy_to_read=False,
            zone="Europe/Paris",
            territory="FR",
            fields={"prenom": "Jérôme"},
            proofs={"email": proof},
        )
