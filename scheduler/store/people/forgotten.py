"""What stays of the objections of people who are forgotten, and meets them when they come again.

Only the address is known then. Where the organisation keeps it (``optout.keep_source_key``), so is
the keyed digest of the key by which the audience's file named them: a file that names them again,
with whatever address, finds it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, exists, insert, literal, or_, select
from sqlalchemy import update as change

from scheduler.domain.channels import to_addresses
from scheduler.domain.consent.optout import ALL_CHANNELS, THEIR_OWN, Reason
from scheduler.domain.consent.optout_record import OptOutRecord
from scheduler.domain.message import AddressKind
from scheduler.domain.people.contacts import Row
from scheduler.domain.people.source_keys import APART, former_spellings, identity_of
from scheduler.store.keys.known import SOURCE, person_digests
from scheduler.store.keys.sealing import Keys
from scheduler.store.optouts.kept import kept_records
from scheduler.store.rules import reopened
from scheduler.store.schema.tables import contact, suppression, way_back
from scheduler.store.schema.types import Id
from scheduler.store.statements.many import among

#: Values in one IN.
SOME = 500

_COPIED = ("channel", "scope", "reason", "route", "at")


def keep_objections(
    connection: Connection, contacts: Sequence[int], *, keep_source_key: bool
) -> Sequence[OptOutRecord]:
    """Hang what these people asked for, 1000 at most, on the addresses that are theirs alone, and
    take their names from it. With ``keep_source_key``, what the journal is to know of it."""
    records = kept_records(connection, contacts) if keep_source_key else ()
    by_email = suppression.c.channel.in_([one.name for one in to_addresses(AddressKind.EMAIL)])
    email, other = by_email, ~by_email
    for column, about in ((contact.c.email_id, email), (contact.c.phone_id, other)):
        connection.execute(_at_todays(column, about, contacts))
    theirs = change(suppression).where(suppression.c.contact_id.in_(contacts))
    if keep_source_key:
        connection.execute(
            theirs.values(source=_of_theirs("audience"), source_key=_of_theirs("source_key"))
        )
    connection.execute(theirs.values(contact_id=None))
    connection.execute(way_back.delete().where(way_back.c.contact_id.in_(contacts)))
    return records


def come_again(connection: Connection, keys: Keys, source: str, people: Mapping[str, str]) -> None:
    """What people of these source keys asked for, before they were forgotten, is theirs again, by
    their contact of today."""
    for key, rows in _kept(connection, keys, source, people).items():
        today = select(contact.c.id).where(
            contact.c.audience == source, contact.c.source_key.in_(person_digests(keys, [key]))
        )
        held = change(suppression).where(suppression.c.id.in_([row.id for row in rows]))
        connection.execute(held.values(contact_id=today.limit(1).scalar_subquery()))


def were_erased(
    connection: Connection, keys: Keys, source: str, people: Mapping[str, str]
) -> set[str]:
    """Those of these source keys, each with how it is typed, whose person was erased."""
    kept = _kept(connection, keys, source, people)
    return {key for key, rows in kept.items() if any(row.reason == Reason.ERASED for row in rows)}


def emptied(row: Row) -> Row:
    """A row without all that is theirs; the key is what the ledger knows already."""
    return replace(row, email=None, phone=None, fields={}, proofs={})


def _kept(
    connection: Connection, keys: Keys, source: str, people: Mapping[str, str]
) -> dict[str, list[Any]]:
    """What is kept of forgotten people, by the source key of whoever has it."""
    some = select(suppression.c.id).where(suppression.c.source_key.is_not(None)).limit(1)
    if connection.execute(some).first() is None:
        return {}
    of = {
        digest: key
        for key, typed in people.items()
        for one in _spellings(key, typed)
        for digest in keys.digests(SOURCE, one)
    }
    digests = list(of)
    found: dict[str, list[Any]] = {}
    for start in range(0, len(digests), SOME):
        statement = select(suppression).where(
            suppression.c.source == source,
            among(connection, suppression.c.source_key, digests[start : start + SOME]),
        )
        for row in connection.execute(statement):
            found.setdefault(of[bytes(row.source_key)], []).append(row)
    return found


def _spellings(key: str, typed: str) -> set[str]:
    """Forms whose digest may have been kept: by 0.1.0, as the key was typed then. Whoever is kept
    apart is nobody else."""
    return {key} if key.startswith(APART) else {identity_of(key), *former_spellings(key, typed)}


def _at_todays(column: Column[Any], about: ColumnElement[bool], contacts: Sequence[int]) -> Any:
    """Objections that were made at another address than today's, at today's too; but not where
    somebody else has it, whom they would bar."""
    other = contact.alias("other")
    shared = exists().where(other.c[column.name] == column, other.c.id != contact.c.id)
    made = (
        select(column, literal(None, Id), *(suppression.c[name] for name in _COPIED))
        .join_from(suppression, contact, contact.c.id == suppression.c.contact_id)
        .where(contact.c.id.in_(contacts), column.is_not(None), column != suppression.c.address_id)
        .where(suppression.c.lifted_at.is_(None), suppression.c.reason.in_(THEIR_OWN))
        .where(or_(about, suppression.c.channel == ALL_CHANNELS), ~shared)
        .where(~reopened(suppression, contact.c.id, column))
    )
    return insert(suppression).from_select(["address_id", "contact_id", *_COPIED], made)


def _of_theirs(name: str) -> Any:
    return select(contact.c[name]).where(contact.c.id == suppression.c.contact_id).scalar_subquery()
