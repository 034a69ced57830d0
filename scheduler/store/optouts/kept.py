"""What stays of forgotten people's opt-outs, as the journal is to know it: with the keyed digest of
the key by which the audience's file named them, where the organisation keeps that."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Select, select

from scheduler.domain.consent.optout_record import OptOutRecord
from scheduler.domain.message import AddressKind
from scheduler.store.optouts.rows import person_of
from scheduler.store.schema.tables import address, contact, suppression

_OF_ADDRESS = (address.c.kind, address.c.digest, address.c.key_id)


def kept_records(connection: Connection, contacts: Sequence[int]) -> list[OptOutRecord]:
    """What these people, 1000 at most, asked for and what holds of it, before they are emptied."""
    theirs = (contact.c.token, contact.c.audience, contact.c.source_key.label("key_of_file"))
    statement = (
        _held(theirs)
        .join(contact, contact.c.id == suppression.c.contact_id)
        .where(contact.c.id.in_(contacts))
    )
    return [
        _record(row, row.audience, row.key_of_file, row.contact_id, row.token)
        for row in connection.execute(statement)
    ]


def all_kept(connection: Connection) -> list[OptOutRecord]:
    """The same of everybody who was forgotten before now."""
    statement = _held(()).where(suppression.c.source_key.is_not(None))
    return [
        _record(row, row.source, row.source_key, None, "") for row in connection.execute(statement)
    ]


def _held(more: Sequence[Any]) -> Select[Any]:
    return (
        select(suppression, *_OF_ADDRESS, *more)
        .join(address, address.c.id == suppression.c.address_id)
        .where(suppression.c.lifted_at.is_(None))
        .order_by(suppression.c.id)
    )


def _record(
    row: Any, source: str, source_key: bytes, person: int | None, token: str
) -> OptOutRecord:
    return OptOutRecord(
        kind=AddressKind(row.kind),
        digest=bytes(row.digest).hex(),
        key_id=row.key_id,
        person=None if person is None else person_of(person, token),
        channel=row.channel,
        scope=row.scope,
        reason=row.reason,
        route=row.route,
        at=row.at,
        source=source,
        source_key=bytes(source_key).hex(),
    )
