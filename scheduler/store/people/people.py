"""Contacts in the ledger: taken in from a file, counted, ended.

Nothing personal is stored in clear but the fields an audience marks as segments: the rest of a
contact is one sealed blob, an address is a keyed digest and a sealed value.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection, func, insert, select, update

from scheduler.domain.audit import Act, AuditAct
from scheduler.domain.people.imports import ImportStart
from scheduler.store import audit
from scheduler.store.schema.tables import address, consent, contact, import_
from scheduler.store.statements.many import among
from scheduler.store.statistics import refresh_statistics

#: Values in one question.
SOME = 5000


def begin_import(connection: Connection, start: ImportStart, now: datetime) -> int:
    values = {
        "audience": start.audience.source,
        "file_hash": start.file_hash,
        "origin": start.origin,
        "own": start.own_file,
        "basis": start.basis,
        "mode": start.mode,
        "at": now,
        "counts": {},
    }
    statement = insert(import_).values(values).returning(import_.c.id)
    number = int(connection.execute(statement).scalar_one())
    if start.by:
        detail: dict[str, str | int] = {
            "import": number,
            "file": start.file_hash,
            "mode": start.mode,
        }
        detail |= _settled(start)
        name = start.audience.source
        act = Act(actor=start.by, act=AuditAct.IMPORT, subject=name, detail=detail)
        audit.append(connection, [act], now)
    return number


def _settled(start: ImportStart) -> dict[str, str | int]:
    """How many keys in doubt a person decided of, each way; their names are in no log."""
    decided = {"same_person": start.settled.same, "other_person": start.settled.other}
    return {name: len(found) for name, found in decided.items() if found}


def finish_import(
    connection: Connection, import_id: int, counts: Mapping[str, int], now: datetime
) -> None:
    connection.execute(
        update(import_)
        .where(import_.c.id == import_id)
        .values(counts=dict(counts), finished_at=now)
    )
    refresh_statistics(connection, address, contact, consent)


def count_active(connection: Connection, source: str) -> int:
    statement = select(func.count()).where(contact.c.audience == source, contact.c.active == 1)
    return int((connection.execute(statement)).scalar_one())


def end_absent(connection: Connection, source: str, import_id: int) -> int:
    """End the membership of those whom an earlier import named, and neither this one nor a later.
    How many."""
    ended = connection.execute(
        update(contact)
        .where(contact.c.audience == source, contact.c.active == 1)
        .where(contact.c.import_id < import_id)
        .values(active=False)
    )
    return ended.rowcount


def end_named(connection: Connection, source: str, source_keys: Sequence[bytes]) -> int:
    """End the membership of these people, by their source keys. How many had one."""
    ended = 0
    for start in range(0, len(source_keys), SOME):
        some = among(connection, contact.c.source_key, source_keys[start : start + SOME])
        statement = update(contact).where(contact.c.audience == source, contact.c.active == 1, some)
        ended += connection.execute(statement.values(active=False)).rowcount
    return ended


def known_keys(connection: Connection, source: str, source_keys: Sequence[bytes]) -> set[bytes]:
    """Which of these people the ledger has as active members."""
    known: set[bytes] = set()
    for start in range(0, len(source_keys), SOME):
        some = among(connection, contact.c.source_key, source_keys[start : start + SOME])
        statement = select(contact.c.source_key).where(
            contact.c.audience == source, contact.c.active == 1, some
        )
        known |= {bytes(row.source_key) for row in connection.execute(statement).all()}
    return known
