"""A scratch copy of a ledger's people, for rehearsals: who there is, what they agreed and refused.

Occurrences and deliveries stay behind: a rehearsal begins before any of its own.
"""

from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table, insert, select, update

from scheduler.domain.errors import LedgerError
from scheduler.store.database import Database
from scheduler.store.ledger import Ledger
from scheduler.store.setup import migrate
from scheduler.store.tables import address, consent, contact, import_, meta, suppression

#: In an order that satisfies the foreign keys.
PEOPLE = (meta, address, import_, contact, consent, suppression)
ROWS = 5000


async def copy_people(ledger: Ledger, path: Path, known_since: datetime) -> Ledger:
    """A new SQLite ledger at ``path`` with the same keys, whose people are all known since then.

    It is not durable: a power cut may corrupt it. Raises LedgerError when ``path`` exists.
    """
    if path.exists():
        raise LedgerError(f"{path} exists: a copy never replaces a ledger")
    url = f"sqlite:///{path}"
    migrate(url)
    scratch = Database(url, durable=False)
    for table in PEOPLE:
        last = 0
        while rows := await ledger.database.read(_some, table, last):
            await scratch.write(_keep, table, rows)
            last += len(rows)
    await scratch.write(_known_since, known_since)
    return Ledger(scratch, ledger.keys, known_since)


def _some(connection: Connection, table: Table, after: int) -> list[dict[str, Any]]:
    ordered = select(table).order_by(*table.primary_key.columns).offset(after).limit(ROWS)
    return [dict(row) for row in connection.execute(ordered).mappings()]


def _keep(connection: Connection, table: Table, rows: list[dict[str, Any]]) -> None:
    connection.execute(insert(table), rows)


def _known_since(connection: Connection, instant: datetime) -> None:
    connection.execute(update(contact).values(imported_at=instant))
