"""Which audiences a ledger knows: a name it has never met may be a known one's people, renamed."""

import json
from collections.abc import Collection

from sqlalchemy import Connection, select

from scheduler.store.notes import note, note_of
from scheduler.store.schema.tables import contact, import_

#: Of ``meta``: a JSON list of names.
AUDIENCES = "audiences"


def known(connection: Connection) -> set[str]:
    """Those that were noted, and those that a file came into. Of a ledger in which none was noted
    yet, everybody's."""
    found = set(connection.execute(select(import_.c.audience).distinct()).scalars())
    noted = _noted(connection)
    if noted is None:
        found |= set(connection.execute(select(contact.c.audience).distinct()).scalars())
    return found | (noted or set())


def are_noted(connection: Connection, names: Collection[str]) -> bool:
    return set(names) <= (_noted(connection) or set())


def note_names(connection: Connection, names: Collection[str]) -> None:
    """These too; none is forgotten."""
    every = sorted(set(names) | (_noted(connection) or set()))
    note(connection, AUDIENCES, json.dumps(every, ensure_ascii=False))


def _noted(connection: Connection) -> set[str] | None:
    found = note_of(connection, AUDIENCES)
    return None if found is None else set(json.loads(found))
