"""The people of one group of a contact file, in the ledger: added or renewed, with their proofs.

Nothing personal is stored in clear but the fields an audience marks as segments: the rest of a
contact is one sealed blob, an address is a keyed digest and a sealed value.
"""

import json
import secrets
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from itertools import count
from typing import Any

from sqlalchemy import Connection, Dialect, case, insert, or_, select

from scheduler.domain.calendar.campaigns import Audience
from scheduler.domain.channels import kind_of
from scheduler.domain.measure.destinations import Destinations
from scheduler.domain.people.contacts import Row
from scheduler.domain.people.source_keys import APART
from scheduler.domain.values import frozen
from scheduler.store.freezing import is_frozen
from scheduler.store.keys.known import known_people
from scheduler.store.keys.sealing import Keys, seal_fields
from scheduler.store.notes import KEYS_APART, note
from scheduler.store.people import consents, entries
from scheduler.store.people.address_rows import Named, take_in_addresses
from scheduler.store.people.arrivals import give_key_away
from scheduler.store.people.consents import GivenProof
from scheduler.store.people.forgotten import come_again, emptied, were_erased
from scheduler.store.people.rejoining import wait_again
from scheduler.store.people.short_tokens import make_short_tokens
from scheduler.store.schema.tables import contact
from scheduler.store.schema.types import to_milliseconds
from scheduler.store.statements.compiled import once_a_kind
from scheduler.store.statements.many import Putting, among, next_id, putting
from scheduler.store.statements.upserts import insert_on

#: Values in one question.
SOME = 5000


def take_in(
    connection: Connection,
    keys: Keys,
    destinations: Destinations,
    audience: Audience,
    rows: Sequence[Row],
    import_id: int | None,
    now: datetime,
    given_away: Collection[str] = (),
) -> None:
    """Add or renew the contacts of one group of rows (``import_id`` None: came by itself).

    Whoever had left and is named again gets what that had cost them and may leave still.
    Keys of ``given_away`` were somebody else's: whoever had them leaves the audience, and the row
    is a person of its own.

    Of somebody who was erased only a row without a field comes back: it is counted, and never
    written to.
    """
    theirs = {row.key: row.typed for row in rows if row.key not in given_away}
    erased = were_erased(connection, keys, audience.source, theirs)
    if erased:
        rows = [emptied(row) if row.key in erased else row for row in rows]
    placed = take_in_addresses(connection, keys, destinations, rows)
    digests = known_people(connection, keys, audience.source, [row.key for row in rows])
    others = [digests[row.key] for row in rows if row.key in given_away]
    given = [row.key for row in rows if row.key in given_away]
    entries.forget_keys(connection, keys, audience.source, given)
    give_key_away(connection, keys, audience.source, others, lambda: secrets.token_bytes(32))
    if any(row.key.startswith(APART) for row in rows):
        note(connection, KEYS_APART, "done")
    group = _Group(
        keys=keys,
        audience=audience,
        # Of a key that comes twice, the last row counts.
        people={digests[row.key]: row for row in rows},
        addresses=placed.ids,
        there=_there(connection, audience.source, list(digests.values())),
        shut={digests[key] for key in erased},
        segments=sorted(field.name for field in audience.fields if field.segment),
    )
    group.shut_out(placed.closed(connection))
    ids = group.put(connection, import_id, now)
    wait_again(connection, group.gone(), now)
    come_again(connection, keys, audience.source, theirs)
    consents.keep(connection, group.proofs(ids), import_id, now, new=ids.new)
    if any(row.entered for row in rows):
        mine = {key: row for key, row in group.people.items() if key not in group.shut}
        entries.keep(connection, keys, audience, mine, import_id, now)


@frozen
class _Ids:
    """Of people by their source key, and those of them whom the ledger surely hadn't."""

    of: Mapping[bytes, int]
    new: Collection[int]


@frozen
class _Group:
    """Rows of one group by their source key, and what the ledger has of them."""

    keys: Keys
    audience: Audience
    people: Mapping[bytes, Row]
    addresses: Mapping[Named, int]
    there: Mapping[bytes, Any]
    #: Of erased people: counted, and never written to.
    shut: set[bytes]
    #: Names of the fields that are kept in clear.
    segments: Sequence[str]

    def shut_out(self, closed: Collection[int]) -> None:
        """Those too who have none but addresses of erased people."""
        if closed:
            of_erased = (one for one, row in self.people.items() if self._is_erased(row, closed))
            self.shut.update(of_erased)

    def _is_erased(self, row: Row, closed: Collection[int]) -> bool:
        theirs = {one for one in self._address_ids(row) if one is not None}
        return bool(theirs) and theirs.issubset(closed)

    def _address_ids(self, row: Row) -> tuple[int | None, int | None]:
        email, phone = row.email, row.phone
        return (
            self.addresses["email", email.identity] if email else None,
            self.addresses["phone", phone] if phone else None,
        )

    def gone(self) -> list[int]:
        """Those who are named again after they had left."""
        return [
            one.id for key, one in self.there.items() if not one.active and key not in self.shut
        ]

    def put(self, connection: Connection, import_id: int | None, now: datetime) -> _Ids:
        new = [key for key in self.people if key not in self.there]
        first = next_id(connection, contact)
        numbers = {} if first is None else dict(zip(new, count(first), strict=False))
        last = (to_milliseconds(now), import_id)
        tokens = make_short_tokens(len(self.people))
        values = [
            (*self._values(key, row, token), *last)
            for (key, row), token in zip(self.people.items(), tokens, strict=True)
        ]
        of_keys = list(zip(self.people, values, strict=True))
        known = values if first is None else [row for key, row in of_keys if key not in numbers]
        _upsert(connection.dialect)(connection, known)
        if first is not None:
            added = [(numbers[key], *row) for key, row in of_keys if key in numbers]
            _insert(connection.dialect)(connection, added)
        if first is None:
            # A person who was not there a moment ago may have come by another way.
            return _Ids(of=self._of_proofs(connection), new=())
        return _Ids(
            of=numbers | {key: one.id for key, one in self.there.items()},
            new=set(numbers.values()),
        )

    def _values(self, source_key: bytes, row: Row, token: str) -> tuple[Any, ...]:
        shut = source_key in self.shut
        fields = {} if shut else row.fields
        segments = {name: fields[name] for name in self.segments if name in fields}
        sealed = None
        if not shut:
            rest = {name: value for name, value in fields.items() if name not in segments}
            every = {"": row.typed or row.key, **rest}
            sealed = seal_fields(self.keys, self.audience.source, every, source_key)
        return (
            self.audience.source,
            source_key,
            *self._address_ids(row),
            token,
            row.language,
            int(row.easy_to_read),
            row.zone,
            row.territory,
            json.dumps(segments) if segments else "{}",
            sealed,
        )

    def _of_proofs(self, connection: Connection) -> dict[bytes, int]:
        """Of those who come with a proof."""
        some = [key for key, row in self.people.items() if row.proofs and key not in self.shut]
        return {key: row.id for key, row in _there(connection, self.audience.source, some).items()}

    def proofs(self, ids: _Ids) -> list[GivenProof]:
        """Theirs, and whom and which address they are of."""
        to_email = lru_cache(maxsize=64)(lambda name: kind_of(name).address_kind == "email")
        given = []
        for key, row in self.people.items():
            if not row.proofs or key in self.shut:
                continue
            email, phone = self._address_ids(row)
            given += [
                GivenProof(ids.of[key], channel, proof, email if to_email(channel) else phone)
                for channel, proof in row.proofs.items()
            ]
        return given


def _there(connection: Connection, source: str, source_keys: Sequence[bytes]) -> dict[bytes, Any]:
    found: dict[bytes, Any] = {}
    for start in range(0, len(source_keys), SOME):
        some = among(connection, contact.c.source_key, source_keys[start : start + SOME])
        of_source = _KNOWN.where(contact.c.audience == source, some)
        found |= {bytes(row.source_key): row for row in connection.execute(of_source).all()}
    return found


_KNOWN = select(contact.c.source_key, contact.c.id, contact.c.active)
_COLUMNS = (
    *("audience", "source_key", "email_id", "phone_id", "token", "language", "easy_to_read"),
    *("zone", "territory", "segment", "sealed", "imported_at", "import_id"),
)
#: What an import renews on a contact it knows. Never the token, nor the first import's date.
RENEWED = ("email_id", "phone_id", "zone", "territory", "segment", "sealed", "import_id")
#: The same, until the person chooses for themselves.
CHOSEN = ("language", "easy_to_read")


@once_a_kind(8)
def _insert(dialect: Dialect) -> Putting:
    """Of those who can't be there, with their numbers."""
    return putting(dialect, insert(contact), ("id", *_COLUMNS))


@once_a_kind(8)
def _upsert(dialect: Dialect) -> Putting:
    statement = insert_on(contact, sqlite=dialect.name == "sqlite")
    upsert = statement.on_conflict_do_update(
        index_elements=["audience", "source_key"],
        set_={name: _unless_frozen(statement, name) for name in RENEWED}
        | {name: _unless_chosen(statement, name) for name in CHOSEN}
        | {"active": True},
    )
    return putting(dialect, upsert, _COLUMNS)


def _unless_frozen(statement: Any, name: str) -> Any:
    """What is frozen stays as it is; which file names them last is no data of theirs."""
    if name == "import_id":
        return statement.excluded[name]
    return case((is_frozen(), contact.c[name]), else_=statement.excluded[name])


def _unless_chosen(statement: Any, name: str) -> Any:
    chosen = or_(contact.c.chosen_at.is_not(None), is_frozen())
    return case((chosen, contact.c[name]), else_=statement.excluded[name])
