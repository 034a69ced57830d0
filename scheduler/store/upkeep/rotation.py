"""Bringing a ledger to its newest key: sealed again, and living addresses digested again.

Some rows at a time, each transaction whole: cut short, it is said again and goes on. What nobody
holds any more is not opened and keeps the digest it has; whoever looks it up tries every key.

The opt-out journal is told of each new digest before the ledger has it. Put back from a backup of
before the rotation, a ledger meets the journal's newer digests as addresses it never had: what
these opted out of comes to the living address when the rotation is done again.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from time import monotonic
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    LargeBinary,
    Select,
    bindparam,
    func,
    literal,
    select,
    update,
)

from scheduler.domain.audit import PROGRAM, Act, AuditAct
from scheduler.domain.errors import UnderWay
from scheduler.domain.message import AddressKind
from scheduler.domain.people.source_keys import apart, folded_key
from scheduler.domain.processes.leases import ROTATION, Lease
from scheduler.log import get_logger
from scheduler.store import audit, leases
from scheduler.store.database import Database
from scheduler.store.keys.known import SOURCE
from scheduler.store.keys.sealing import Keys, open_fields, seal_fields
from scheduler.store.optouts.journal import OptOutJournal
from scheduler.store.optouts.ways_back import open_again
from scheduler.store.schema.burst_tables import refusal
from scheduler.store.schema.record_tables import reply
from scheduler.store.schema.record_tables import subscription_request as asked
from scheduler.store.schema.tables import address, consent, contact, delivery, suppression, way_back
from scheduler.store.statements.many import address_is

log = get_logger(__name__)

#: Rows of one transaction.
SOME = 500


class Rotation:
    def __init__(self, database: Database, keys: Keys, journal: OptOutJournal | None) -> None:
        self.database = database
        self._keys = keys
        self._journal = journal

    async def left(self) -> Mapping[str, int]:
        """How many rows are not the newest key's yet, by table."""
        return await self.database.read(self._left)

    async def keys_in_use(self) -> Sequence[tuple[str, int, int]]:
        """Each key's id, newest first, with the living and the erased addresses it digested."""
        counts = await self.database.read(_by_key)
        return [(one.id, *counts.get(one.id, (0, 0))) for one in self._keys.ring]

    async def finish(self, now: datetime) -> None:
        """What a rotation left undone, or a backup brought back: for the daemon's start, after the
        journal's replay and before anything is sent. Raises OSError."""
        if len(self._keys.ring) > 1 and any((await self.left()).values()):
            try:
                await self.run(PROGRAM, now)
            except UnderWay as busy:
                # Every key is tried meanwhile; the next start does it.
                log.warning("keys.not_rotated", reason=str(busy))

    async def run(self, by: str, now: datetime) -> Mapping[str, int]:
        """Bring everything to the newest key; how many rows of each table. Nobody else may write
        with an older ring meanwhile. Raises OSError when the journal can't be written, UnderWay
        while people are taken in: that process may hold the older ring."""
        lease = await self.database.write(leases.take, ROTATION, by, now)
        try:
            return await self._run(lease, by, now)
        finally:
            await self.database.write(leases.let_go, lease)

    async def _run(self, lease: Lease, by: str, now: datetime) -> Mapping[str, int]:
        done, begun = {}, monotonic()
        for table, work in (
            ("address", self._addresses),
            ("contact", self._contacts),
            ("reply", self._replies),
        ):
            done[table], after = 0, 0
            while True:
                at = now + timedelta(seconds=monotonic() - begun)
                last = await self.database.write(leases.held(work, lease, at), after)
                if last is None:
                    break
                count, after = last
                done[table] += count
        await self.database.write(_note, Act(
            actor=by, act=AuditAct.ROTATE_KEYS, subject=f"key {self._keys.current.id}", detail=done
        ), now)  # fmt: skip
        return done

    def _left(self, connection: Connection) -> Mapping[str, int]:
        tables = {
            "address": self._old_addresses(),
            "contact": self._old(contact),
            "reply": self._old(reply),
        }
        return {
            name: connection.execute(select(func.count()).select_from(rows.subquery())).scalar_one()
            for name, rows in tables.items()
        }

    def _old_addresses(self) -> Select[Any]:
        return select(address).where(
            address.c.sealed.is_not(None), address.c.key_id != self._keys.current.id
        )

    def _old(self, table: Any) -> Select[Any]:
        return select(table).where(table.c.sealed.is_not(None), self._is_old(table.c.sealed))

    def _is_old(self, sealed: Any) -> ColumnElement[bool]:
        """What a key sealed begins with its id."""
        mine = literal(self._keys.current.id.encode(), LargeBinary)
        return func.substr(sealed, 1, 1, type_=LargeBinary) != mine

    def _addresses(self, connection: Connection, after: int) -> tuple[int, int] | None:
        rows = _some(connection, self._old_addresses(), address.c.id, after)
        renewed = [one for one in map(self._renewed, rows) if one is not None]
        if not rows:
            return None
        self._tell_journal(connection, renewed)
        _merge(connection, {one["values"]["new"]: one["values"]["of"] for one in renewed})
        if renewed:
            connection.execute(_RENEW_ADDRESS, [one["values"] for one in renewed])
        return len(renewed), rows[-1].id

    def _renewed(self, row: Any) -> dict[str, Any] | None:
        """None for an address whose digest was not made of what is sealed: left as it is."""
        plain = self._keys.open("address", bytes(row.sealed), bytes(row.digest)).decode()
        identity = plain.lower() if row.kind == AddressKind.EMAIL else plain
        if bytes(row.digest) not in self._keys.digests(row.kind, identity):
            return None
        digest = self._keys.digest(row.kind, identity)
        return {
            "row": row,
            "values": {
                "of": row.id,
                "new": digest,
                "key": self._keys.current.id,
                "blob": self._keys.seal("address", plain.encode(), digest),
            },
        }

    def _tell_journal(self, connection: Connection, renewed: Sequence[dict[str, Any]]) -> None:
        """Of those who ever opted out: the journal has none of the others."""
        if self._journal is None or not renewed:
            return
        ids = [one["row"].id for one in renewed]
        known = select(suppression.c.address_id).where(suppression.c.address_id.in_(ids))
        refused = set(connection.execute(known.distinct()).scalars())
        self._journal.append_renewed(
            [
                (one["row"].kind, bytes(one["row"].digest).hex(), one["values"]["new"].hex())
                for one in renewed
                if one["row"].id in refused
            ],
            self._keys.current.id,
        )

    def _contacts(self, connection: Connection, after: int) -> tuple[int, int] | None:
        rows = _some(connection, self._old(contact), contact.c.id, after)
        if not rows:
            return None
        opened = [(row, *self._opened(row)) for row in rows]
        newer = select(contact.c.audience, contact.c.source_key).where(
            contact.c.source_key.in_([digest for _, _, digest in opened])
        )
        taken = {(one.audience, bytes(one.source_key)) for one in connection.execute(newer)}
        values = []
        for row, fields, digest in opened:
            # Somebody else came under it: both stay, each with the digest they have.
            source_key = bytes(row.source_key) if (row.audience, digest) in taken else digest
            blob = seal_fields(self._keys, row.audience, fields, source_key)
            values.append({"of": row.id, "new": source_key, "blob": blob})
        connection.execute(_RENEW_CONTACT, values)
        return len(rows), rows[-1].id

    def _opened(self, row: Any) -> tuple[dict[str, str], bytes]:
        """A contact's fields, and the digest its source's key has from now on."""
        old = bytes(row.source_key)
        fields = open_fields(self._keys, row.audience, bytes(row.sealed), old)
        key = fields.get("", "")
        forms = (folded_key(key), apart(key), key)
        mine = (one for one in forms if old in self._keys.digests(SOURCE, one))
        form = next(mine, None)
        return fields, old if form is None else self._keys.digest(SOURCE, form)

    def _replies(self, connection: Connection, after: int) -> tuple[int, int] | None:
        rows = _some(connection, self._old(reply), reply.c.id, after)
        if not rows:
            return None
        values = []
        for row in rows:
            bound_to = row.provider_id.encode()
            plain = self._keys.open("reply", bytes(row.sealed), bound_to)
            values.append({"of": row.id, "blob": self._keys.seal("reply", plain, bound_to)})
        connection.execute(_RENEW_REPLY, values)
        return len(rows), rows[-1].id


_RENEW_ADDRESS = (
    update(address)
    .where(address.c.id == bindparam("of"))
    .values(digest=bindparam("new"), key_id=bindparam("key"), sealed=bindparam("blob"))
)
_RENEW_CONTACT = (
    update(contact)
    .where(contact.c.id == bindparam("of"))
    .values(source_key=bindparam("new"), sealed=bindparam("blob"))
)
_RENEW_REPLY = update(reply).where(reply.c.id == bindparam("of")).values(sealed=bindparam("blob"))


def _merge(connection: Connection, owners: Mapping[bytes, int]) -> None:
    """An address that came under a newer digest alone is the living one that is to have it: what
    hangs on it moves there."""
    doubles = select(address.c.id, address.c.digest).where(
        address_is(connection, list(owners)), address.c.id.not_in(list(owners.values()))
    )
    for other, digest in connection.execute(doubles).all():
        of = owners[bytes(digest)]
        for table in (suppression, reply, asked, consent, refusal):
            moved = update(table).where(table.c.address_id == other)
            connection.execute(moved.values(address_id=of))
        # Whoever came back to either came back to both; at the later instant, where to both.
        backs = connection.execute(select(way_back).where(way_back.c.address_id == other)).all()
        connection.execute(way_back.delete().where(way_back.c.address_id == other))
        open_again(connection, [(row.contact_id, of, row.channel, row.at) for row in backs])
        for column in (contact.c.email_id, contact.c.phone_id):
            held = update(contact).where(column == other)
            connection.execute(held.values({column.name: of}))
        former = update(delivery).where(delivery.c.address_id == other)
        connection.execute(former.values(address_id=None))
        connection.execute(address.delete().where(address.c.id == other))


def _some(connection: Connection, old: Select[Any], column: Any, after: int) -> Sequence[Any]:
    return connection.execute(old.where(column > after).order_by(column).limit(SOME)).all()


def _by_key(connection: Connection) -> dict[str, tuple[int, int]]:
    statement = select(address.c.key_id, func.count(address.c.sealed), func.count()).group_by(
        address.c.key_id
    )
    return {key: (living, total - living) for key, living, total in connection.execute(statement)}


def _note(connection: Connection, act: Act, now: datetime) -> None:
    audit.append(connection, [act], now)
