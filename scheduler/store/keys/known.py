"""By which key's digest the ledger knows an address or a person: the current one's, or an older's.

With one key there is nothing to look up. After a rotation erased people keep the digest they had,
and everything that comes in is tried with every key.
"""

from collections.abc import Collection
from typing import Any

from sqlalchemy import Connection, select

from scheduler.domain.people.source_keys import apart, identity_of
from scheduler.store.keys.sealing import Keys
from scheduler.store.schema.tables import address, contact
from scheduler.store.statements.many import EITHER_KIND, among

#: Values in one question.
SOME = 5000
SOURCE = "source"

#: An address's kind and identity, or ``source`` and a source's key.
Wanted = tuple[str, str]


def known_addresses(
    connection: Connection, keys: Keys, wanted: Collection[Wanted]
) -> dict[Wanted, bytes]:
    """The digest of each; of one that the ledger has not, the current key's."""
    return _known(connection, keys, wanted, address.c.digest, EITHER_KIND)


def known_people(
    connection: Connection, keys: Keys, source: str, source_keys: Collection[str]
) -> dict[str, bytes]:
    """The same of the source keys of an audience, however they are typed."""
    if len(keys.ring) == 1:
        return {key: keys.digest(SOURCE, identity_of(key)) for key in source_keys}
    wanted = {(SOURCE, identity_of(one)) for one in source_keys}
    found = _known(connection, keys, wanted, contact.c.source_key, contact.c.audience == source)
    return {key: found[SOURCE, identity_of(key)] for key in source_keys}


def person_digests(keys: Keys, source_keys: Collection[str]) -> list[bytes]:
    """What people of these source keys may be known by, of every key of the ring."""
    return [one for key in source_keys for one in keys.digests(SOURCE, identity_of(key))]


def typed_digests(keys: Keys, typed: str) -> list[list[bytes]]:
    """The same of a key that a person types: whoever has it exactly so goes before whoever has it
    but for its zeros, its case or its blanks."""
    return [keys.digests(SOURCE, one) for one in (apart(typed), identity_of(typed))]


def _known(
    connection: Connection, keys: Keys, wanted: Collection[Wanted], column: Any, *where: Any
) -> dict[Wanted, bytes]:
    if len(keys.ring) == 1:
        return {one: keys.digest(*one) for one in wanted}
    tried = {one: keys.digests(*one) for one in wanted}
    every = [digest for digests in tried.values() for digest in digests]
    there: set[bytes] = set()
    for start in range(0, len(every), SOME):
        mine = among(connection, column, every[start : start + SOME])
        found = select(column).where(mine, *where)
        there |= {bytes(digest) for digest in connection.execute(found).scalars()}
    return {
        one: next((digest for digest in digests if digest in there), digests[0])
        for one, digests in tried.items()
    }


def has_nobody(connection: Connection, source: str) -> bool:
    """Nothing need be asked of the people of a source that had none yet."""
    some = select(contact.c.id).where(contact.c.audience == source).limit(1)
    return connection.execute(some).first() is None
