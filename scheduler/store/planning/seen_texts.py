"""When each text of the messages was first seen saying what it says: rows of ``meta``."""

import json
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection, select

from scheduler.domain.audit import Act, AuditAct
from scheduler.domain.showing.siblings import Seen
from scheduler.store import audit
from scheduler.store.notes import note
from scheduler.store.schema.tables import meta

#: Of the names in ``meta``; a path follows.
_PREFIX = "text:"


def every(connection: Connection) -> dict[str, Seen]:
    """By path under templates/."""
    rows = connection.execute(
        select(meta.c.name, meta.c.value).where(meta.c.name.startswith(_PREFIX, autoescape=True))
    )
    return {row.name.removeprefix(_PREFIX): _read(row.value) for row in rows}


def keep(connection: Connection, found: Mapping[str, Seen]) -> None:
    """One row a text: two who note different texts at once don't undo each other."""
    for path, seen in sorted(found.items()):
        value = {"digest": seen.digest, "since": seen.since.isoformat()}
        note(connection, f"{_PREFIX}{path}", json.dumps(value))


def read_again(connection: Connection, path: str, seen: Seen, by: str) -> None:
    """Somebody says that a text still follows its French text."""
    keep(connection, {path: seen})
    act = Act(actor=by, act=AuditAct.REREAD_TEXT, subject=path, detail={"digest": seen.digest})
    audit.append(connection, [act], seen.since)


def _read(value: str) -> Seen:
    found = json.loads(value)
    return Seen(digest=found["digest"], since=datetime.fromisoformat(found["since"]))
