"""Whose wish an opt-out is: the person that a link names, or the one person who has the address.

Where several have it and nothing tells which of them spoke, it is nobody's: the address alone is
closed, and no sharer's other addresses with it.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, select, union_all

from scheduler.domain.consent.optout import OptOut, is_own_wish
from scheduler.domain.people.same_person import alike, all_one
from scheduler.domain.values import frozen
from scheduler.store.keys.sealing import Keys, open_fields
from scheduler.store.schema.tables import contact
from scheduler.store.statements.numbers import is_one_of

_LIVING = select(
    *(contact.c[name] for name in ("id", "audience", "source_key", "sealed", "segment")),
    *(contact.c[name] for name in ("active", "email_id", "phone_id")),
).where(contact.c.sealed.is_not(None))
_AT = _LIVING.where(
    contact.c.id.in_(
        union_all(
            *(
                select(contact.c.id).where(is_one_of(column, "addresses"))
                for column in (contact.c.email_id, contact.c.phone_id)
            )
        )
    )
)
_NAMED = _LIVING.where(is_one_of(contact.c.id, "named"))


@frozen
class Holders:
    """Who has some addresses, and is who they are."""

    #: By address, the contacts who have it: those who are still members, where any is.
    at: Mapping[int, Sequence[int]]
    #: Rows of contacts, by id: the holders, and those asked for by name.
    rows: Mapping[int, Any]


def whose(
    connection: Connection, keys: Keys | None, acts: Sequence[tuple[int, OptOut]]
) -> list[list[int]]:
    """Of each act on an address, the contacts of the person whose wish it is.

    Mostly one; several for a person whom several sources name; none where nobody knows, and for
    what is no wish of a person's (a bounce).
    """
    wishes = [(address_id, act) for address_id, act in acts if is_own_wish(act.reason)]
    if not wishes:
        return [[] for _ in acts]
    named = {act.person for _, act in wishes if act.person is not None}
    holders = holders_of(connection, {address_id for address_id, _ in wishes}, named)
    return [
        persons_at(keys, holders, address_id, act.person) if is_own_wish(act.reason) else []
        for address_id, act in acts
    ]


def holders_of(
    connection: Connection, addresses: Collection[int], named: Collection[int] = ()
) -> Holders:
    """Contacts who were emptied are nobody."""
    rows = {row.id: row for row in connection.execute(_AT, {"addresses": addresses})}
    if others := [one for one in named if one not in rows]:
        rows |= {row.id: row for row in connection.execute(_NAMED, {"named": others})}
    return Holders(at=_holding(addresses, rows.values()), rows=rows)


def persons_at(
    keys: Keys | None, holders: Holders, address_id: int, named: int | None
) -> list[int]:
    """The contacts of whoever speaks at an address."""
    there = holders.at[address_id]
    if named is not None:
        if named not in holders.rows:
            # Made for somebody who is forgotten: whoever has it now is not the same for that.
            return []
        if set(there) <= {named}:
            return [named]
        return alike(named, {*there, named}, _fields(keys, holders, {*there, named}))
    if len(there) == 1 or (there and all_one(there, _fields(keys, holders, there))):
        return list(there)
    return []


def _holding(addresses: Collection[int], rows: Iterable[Any]) -> Mapping[int, Sequence[int]]:
    """Each row is looked at once, however many addresses are asked about."""
    there: dict[int, list[Any]] = {one: [] for one in addresses}
    for row in rows:
        for address_id in {row.email_id, row.phone_id} & there.keys():
            there[address_id].append(row)
    return {one: _members(held) for one, held in there.items()}


def _members(held: Sequence[Any]) -> Sequence[int]:
    return sorted(row.id for row in [row for row in held if row.active] or held)


def _fields(
    keys: Keys | None, holders: Holders, wanted: Collection[int]
) -> dict[int, dict[str, str]]:
    if keys is None:
        return {one: {} for one in wanted}
    return {
        row.id: dict(row.segment)
        | open_fields(keys, row.audience, bytes(row.sealed), bytes(row.source_key))
        for row in (holders.rows[one] for one in wanted)
    }
