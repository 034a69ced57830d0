"""A scratch copy of a ledger's people, for rehearsals: who there is, what they agreed and refused,
and which faults of texts were let pass.

Occurrences and deliveries stay behind: a rehearsal begins before any of its own.
"""

from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, insert, update

from scheduler.domain.errors import LedgerError
from scheduler.store.database import Database
from scheduler.store.ledger import Ledger
from scheduler.store.schema.list_tables import listed, recipient_list
from scheduler.store.schema.newcomer_tables import entered, newcomer
from scheduler.store.schema.record_tables import passed_fault
from scheduler.store.schema.tables import (
    address,
    consent,
    contact,
    import_,
    meta,
    suppression,
    way_back,
)
from scheduler.store.setup import migrate
from scheduler.store.statements.portions import everything
from scheduler.store.stopping import forget_stop

#: In an order that satisfies the foreign keys.
PEOPLE = (
    *(meta, address, import_, contact, consent, suppression, way_back, passed_fault),
    *(newcomer, entered, recipient_list, listed),
)
ROWS = 5000


async def copy_people(ledger: Ledger, path: Path, known_since: datetime) -> Ledger:
    """A new SQLite ledger at ``path`` with the same keys, whose people are all known since then.

    It is not durable: a power cut may corrupt it. Raises LedgerError when ``path`` exists.
    """
    if path.exists():
        raise LedgerError(f"{path} exists: a copy never replaces a ledger")
    url = f"sqlite:///{path}"
    migrate(url)
    scratch = Database(url, durable=False, alone=True)
    await ledger.database.read(_copy, scratch)
    await scratch.write(_make_ready, known_since)
    return Ledger(scratch, ledger.keys, known_since)


def _copy(source: Connection, scratch: Database) -> None:
    """Every table in one view of the source: an import going on can't tear it."""
    with scratch.writing() as target:
        for table in PEOPLE:
            rows = source.execution_options(yield_per=ROWS).execute(everything(table)).mappings()
            for some in rows.partitions(ROWS):
                target.execute(insert(table), [dict(row) for row in some])


def _make_ready(connection: Connection, instant: datetime) -> None:
    connection.execute(update(contact).values(imported_at=instant))
    forget_stop(connection)
