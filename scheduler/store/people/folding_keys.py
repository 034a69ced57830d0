"""Source keys that were stored as they were typed, brought to the form they are compared in.

Some people at a time, each transaction whole, before anything else is done with the ledger: cut
short, it is done again by whoever opens it next. What an emptied contact leaves has no key to read:
it is looked up by every spelling.
"""

from typing import Any

from sqlalchemy import Connection, bindparam, select, update

from scheduler.domain.people.source_keys import apart, folded_key
from scheduler.store.database import Database
from scheduler.store.keys.known import SOURCE
from scheduler.store.keys.sealing import Keys, open_fields, seal_fields
from scheduler.store.notes import KEYS_APART, KEYS_FOLDED, note, note_of
from scheduler.store.schema.tables import contact

#: Rows of one transaction.
SOME = 500
#: Number of PostgreSQL's advisory lock for those who fold (any that no other lock has).
_LOCK = 7_305_003
_DONE = "done"


async def fold_keys(database: Database, keys: Keys) -> None:
    """Once in a ledger's life; nothing is left to do after it."""
    while await database.read(note_of, KEYS_FOLDED) != _DONE:
        await database.write(_fold_some, keys)


def _fold_some(connection: Connection, keys: Keys) -> None:
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")
    after = note_of(connection, KEYS_FOLDED) or "0"
    if after == _DONE:
        return
    statement = select(contact).where(contact.c.id > int(after)).order_by(contact.c.id).limit(SOME)
    rows = connection.execute(statement).all()
    for row in rows:
        if row.sealed is not None:
            _fold(connection, keys, row)
    note(connection, KEYS_FOLDED, str(rows[-1].id) if rows else _DONE)


def _fold(connection: Connection, keys: Keys, row: Any) -> None:
    old = bytes(row.source_key)
    fields = open_fields(keys, row.audience, bytes(row.sealed), old)
    typed = fields.get("", "")
    folded = folded_key(typed)
    if folded == typed or old not in keys.digests(SOURCE, typed):
        return
    new = keys.digest(SOURCE, folded)
    theirs = select(contact.c.id).where(contact.c.audience == row.audience)
    if connection.execute(
        theirs.where(contact.c.source_key.in_(keys.digests(SOURCE, folded)))
    ).first():
        # Two people so far, and two from now on.
        new = keys.digest(SOURCE, apart(typed))
        note(connection, KEYS_APART, _DONE)
    blob = seal_fields(keys, row.audience, fields, new)
    connection.execute(_RENEW, {"of": row.id, "new": new, "blob": blob})


_RENEW = (
    update(contact)
    .where(contact.c.id == bindparam("of"))
    .values(source_key=bindparam("new"), sealed=bindparam("blob"))
)
