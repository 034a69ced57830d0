"""The days on which people entered, as their files give them, and who has had the welcome.

A day is kept while it is young, of staff alone. Who was greeted once is known for good by keyed
digests: of their source's key, and of their addresses.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, or_, select, tuple_

from scheduler.domain.calendar.campaigns import Audience
from scheduler.domain.calendar.newcomers import Entry, may_count
from scheduler.domain.message import AddressKind
from scheduler.domain.people.contacts import Row
from scheduler.store.freezing import concerns_frozen
from scheduler.store.keys.known import SOURCE, person_digests
from scheduler.store.keys.sealing import Keys
from scheduler.store.schema.newcomer_tables import entered, newcomer
from scheduler.store.schema.tables import address, contact
from scheduler.store.statements.upserts import insert_or_ignore

#: An address's kind, or ``source`` and the audience's name; and a keyed digest.
Mark = tuple[str, bytes]
#: Values in one IN.
SOME = 500
#: Where a later file may still correct the day.
_NOT_SETTLED = (Entry.NEW, Entry.ALLOWED, Entry.HELD)


def keep(
    connection: Connection,
    keys: Keys,
    audience: Audience,
    people: Mapping[bytes, Row],
    import_id: int | None,
    now: datetime,
) -> None:
    """Of those whose row gives a young day, and who were never greeted. What a person said of them,
    or that they have entered, stays."""
    today = now.date()
    dated = {
        digest: row
        for digest, row in people.items()
        if row.entered is not None and may_count(row.entered, today)
    }
    fresh = _never(connection, keys, audience.source, dated)
    statement = insert_or_ignore(connection, newcomer)
    renewed = statement.on_conflict_do_update(
        index_elements=["contact_id"],
        set_={name: statement.excluded[name] for name in ("entered_on", "import_id")},
        where=or_(*(newcomer.c.state == one.value for one in _NOT_SETTLED)),
    )
    ids = _ids(connection, audience.source, list(fresh))
    rows = [
        {
            "contact_id": ids[digest],
            "entered_on": row.entered.isoformat(),
            "state": Entry.NEW.value,
            "import_id": import_id,
            "at": now,
        }
        for digest, row in fresh.items()
        if row.entered is not None and digest in ids
    ]
    if rows:
        connection.execute(renewed, rows)


def forget_keys(connection: Connection, keys: Keys, source: str, given: Sequence[str]) -> None:
    """These keys were given to other people. Tried by every key of the ring, as in ``_never``."""
    digests = person_digests(keys, given)
    for start in range(0, len(digests), SOME):
        some = digests[start : start + SOME]
        connection.execute(
            entered.delete().where(entered.c.kind == _of(source), entered.c.digest.in_(some))
        )


def marks_of(connection: Connection, contacts: Sequence[int]) -> dict[int, set[Mark]]:
    """By contact, what they are known by today."""
    email, phone = address.alias("email"), address.alias("phone")
    joined = contact.outerjoin(email, email.c.id == contact.c.email_id).outerjoin(
        phone, phone.c.id == contact.c.phone_id
    )
    mine = (
        select(
            contact.c.id,
            contact.c.audience,
            contact.c.source_key,
            email.c.digest.label("email"),
            phone.c.digest.label("phone"),
        )
        .select_from(joined)
        .where(contact.c.id.in_(contacts))
    )
    return {row.id: set(_marks(row)) for row in connection.execute(mine)}


def entered_among(connection: Connection, marks: Collection[Mark]) -> set[Mark]:
    every, found = sorted(marks), set()
    for start in range(0, len(every), SOME):
        some = every[start : start + SOME]
        mine = select(entered).where(tuple_(entered.c.kind, entered.c.digest).in_(some))
        found |= {(row.kind, bytes(row.digest)) for row in connection.execute(mine)}
    return found


def remember(connection: Connection, marks: Collection[Mark], now: datetime) -> None:
    if marks:
        rows = [{"kind": kind, "digest": digest, "at": now} for kind, digest in sorted(marks)]
        connection.execute(insert_or_ignore(connection, entered).on_conflict_do_nothing(), rows)


def _never(
    connection: Connection, keys: Keys, source: str, dated: Mapping[bytes, Row]
) -> dict[bytes, Row]:
    """Tried by every key of the ring: whoever was erased keeps the digest that they had."""
    if not dated:
        return {}
    theirs = {digest: _of_row(keys, source, row) for digest, row in dated.items()}
    known = entered_among(connection, {mark for marks in theirs.values() for mark in marks})
    return {digest: row for digest, row in dated.items() if not theirs[digest] & known}


def _of_row(keys: Keys, source: str, row: Row) -> set[Mark]:
    found = {(_of(source), one) for one in person_digests(keys, [row.key])}
    if row.email:
        digests = keys.digests(AddressKind.EMAIL, row.email.identity)
        found |= {(AddressKind.EMAIL.value, one) for one in digests}
    if row.phone:
        digests = keys.digests(AddressKind.PHONE, row.phone)
        found |= {(AddressKind.PHONE.value, one) for one in digests}
    return found


def _marks(row: Any) -> Iterator[Mark]:
    yield _of(row.audience), bytes(row.source_key)
    for kind in AddressKind:
        if (digest := getattr(row, kind.value)) is not None:
            yield kind.value, bytes(digest)


def _of(source: str) -> str:
    return f"{SOURCE} {source}"


def _ids(connection: Connection, source: str, digests: Sequence[bytes]) -> dict[bytes, int]:
    found: dict[bytes, int] = {}
    for start in range(0, len(digests), SOME):
        mine = select(contact.c.source_key, contact.c.id).where(
            contact.c.audience == source,
            contact.c.source_key.in_(digests[start : start + SOME]),
            contact.c.sealed.is_not(None),
        )
        found |= {bytes(row.source_key): row.id for row in connection.execute(mine)}
    return found


def old(limit: datetime) -> Select[Any]:
    """Contacts who entered before, but for the frozen."""
    before = limit.date().isoformat()
    late = select(newcomer.c.contact_id).where(newcomer.c.entered_on < before)
    return late.where(~concerns_frozen(newcomer.c.contact_id))


def forget_rows(connection: Connection, contacts: Sequence[int], _now: datetime) -> None:
    connection.execute(newcomer.delete().where(newcomer.c.contact_id.in_(contacts)))
