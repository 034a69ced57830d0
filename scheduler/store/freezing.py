"""A person whose data is frozen (GDPR article 18): nothing is sent to them, nothing of them erased.

A freeze is on the contact, until somebody lifts it. Planning, the intent, imports and retention ask
for it; an opt-out, which is the person's own act, is still taken.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, exists, select, union, update

from scheduler.store.schema.tables import contact, delivery

#: How the token of who was emptied begins.
GONE = "erased-"


def is_frozen(person: Any = contact) -> ColumnElement[bool]:
    """Of the contact table or an alias."""
    frozen: ColumnElement[bool] = person.c.frozen_at.is_not(None)
    return frozen


def frozen_contacts() -> Select[Any]:
    """Their ids."""
    return select(contact.c.id).where(is_frozen())


def concerns_frozen(contact_id: ColumnElement[Any]) -> ColumnElement[bool]:
    """A row that hangs on a person hangs on a frozen one."""
    return exists().where(contact.c.id == contact_id, is_frozen())


def held_by_frozen(address_id: ColumnElement[Any]) -> ColumnElement[bool]:
    """A row that hangs on an address: a frozen person has it, or was written to at it."""
    theirs = (
        select(column.label("id")).where(is_frozen(), column.is_not(None))
        for column in (contact.c.email_id, contact.c.phone_id)
    )
    former = select(delivery.c.address_id).where(
        delivery.c.contact_id.in_(frozen_contacts()), delivery.c.address_id.is_not(None)
    )
    return address_id.in_(union(*theirs, former))


def freeze(connection: Connection, row: int, now: datetime) -> bool:
    """False when it is frozen already (the first day counts), or was emptied meanwhile."""
    mine = update(contact).where(
        contact.c.id == row, contact.c.frozen_at.is_(None), contact.c.token.not_like(f"{GONE}%")
    )
    return connection.execute(mine.values(frozen_at=now)).rowcount == 1


def unfreeze(connection: Connection, row: int) -> bool:
    """False when it isn't frozen."""
    mine = update(contact).where(contact.c.id == row, is_frozen())
    return connection.execute(mine.values(frozen_at=None)).rowcount == 1


def frozen_since(connection: Connection, row: int) -> datetime | None:
    """Held until the transaction ends: nobody freezes them between this look and their erasure."""
    found: datetime | None = connection.execute(
        select(contact.c.frozen_at).where(contact.c.id == row).with_for_update()
    ).scalar()
    return found
