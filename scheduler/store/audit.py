"""The audit log: append-only, each group of entries linked to all before it by a SHA-256 digest.

An entry that was changed, added or taken out between two others breaks the chain from there on
(``verify``). What is cut off the end breaks nothing: the head, kept elsewhere, shows that.
"""

import hashlib
import json
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select, text

from scheduler.domain.audit import Act, AuditEntry, AuditVerdict
from scheduler.store.schema.record_tables import audit
from scheduler.store.schema.types import to_milliseconds

#: PostgreSQL's advisory lock for writers of the chain (any number that no other lock has).
_LOCK = 7_305_001


def append(connection: Connection, acts: Sequence[Act], now: datetime) -> None:
    """Write these in one link, in the caller's transaction."""
    if not acts:
        return
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
    last = connection.execute(_head).scalar() or ""
    digest = hashlib.sha256(last.encode())
    for number, act in enumerate(acts, 1):
        values = {
            "at": now,
            "actor": act.actor,
            "act": act.act,
            "subject": act.subject,
            "detail": dict(act.detail),
        }
        row = connection.execute(insert(audit).values(values).returning(audit)).one()
        digest.update(_canonical(row))
        if number == len(acts):
            link = audit.update().where(audit.c.id == row.id).values(link=digest.hexdigest())
            connection.execute(link)


def verify(connection: Connection, kept: str = "") -> AuditVerdict:
    """Work every link out again; ``kept`` is a head that was written down elsewhere."""
    digest, count, head, found = hashlib.sha256(), 0, "", not kept
    unlinked: int | None = None
    for row in _rows(connection):
        count += 1
        unlinked = row.id if unlinked is None else unlinked
        digest.update(_canonical(row))
        if row.link:
            if row.link != digest.hexdigest():
                return AuditVerdict(entries=count, head=head, broken_at=unlinked, head_found=found)
            head, unlinked = row.link, None
            found = found or head == kept
            digest = hashlib.sha256(head.encode())
    return AuditVerdict(entries=count, head=head, broken_at=unlinked, head_found=found)


def head(connection: Connection) -> str:
    """The last link; empty before the first act."""
    return connection.execute(_head).scalar() or ""


def entries(connection: Connection, limit: int) -> list[AuditEntry]:
    """The latest, newest first."""
    statement = select(audit).order_by(audit.c.id.desc()).limit(limit)
    return [
        AuditEntry(
            number=row.id,
            at=row.at,
            act=Act(actor=row.actor, act=row.act, subject=row.subject, detail=row.detail),
        )
        for row in connection.execute(statement)
    ]


_head = select(audit.c.link).order_by(audit.c.id.desc()).limit(1)


def _rows(connection: Connection) -> Iterator[Row[Any]]:
    return iter(connection.execute(select(audit).order_by(audit.c.id)))


def _canonical(row: Row[Any]) -> bytes:
    fields = (row.id, to_milliseconds(row.at), row.actor, row.act, row.subject, row.detail)
    return json.dumps(fields, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()
