"""Proofs of consent: taken in with the address they were given with, and as they stand.

A proof holds for that address alone. The same one (day, manner, words) that comes again beside
another address is still the first one's; one that came without an address, beside a cell that could
not be read, gets the one it comes with later.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import Connection, Dialect, bindparam, select, update

from scheduler.domain.ids import ContactId
from scheduler.domain.people.contacts import Proof
from scheduler.domain.values import frozen
from scheduler.store.rules import address_on
from scheduler.store.schema.tables import consent, contact
from scheduler.store.schema.types import to_milliseconds
from scheduler.store.statements.compiled import once_a_kind
from scheduler.store.statements.many import Putting, among, putting
from scheduler.store.statements.upserts import insert_on, insert_or_ignore

#: Values in one question.
SOME = 5000


class GivenProof(NamedTuple):
    """A proof as a file gives it, for a contact that the ledger has."""

    contact: int
    channel: str
    proof: Proof
    #: None: the row has none on the channel.
    address: int | None


@frozen
class KnownProofs:
    """What the ledger holds of some contacts, oldest first."""

    _rows: Mapping[tuple[int, str], Sequence[Any]]

    def same(self, given: GivenProof) -> Any | None:
        """The row of that very proof, whichever address it is bound to."""
        for row in self._of_day(given):
            if (row.how, row.wording) == (given.proof.how, given.proof.wording):
                return row
        return None

    def holds(self, contact_id: int, channel: str, address_id: int | None) -> bool:
        """A proof was given for the address, and none withdrawn since."""
        held = False
        for row in self._rows.get((contact_id, channel), ()):
            if row.act == "withdrawn":
                held = held and row.address_id not in (None, address_id)
            elif row.address_id == address_id and address_id is not None:
                held = True
        return held

    def speaks_for(self, given: GivenProof) -> bool:
        """Whether it will hold for the address it comes with now."""
        known = self.same(given)
        return known is None or known.address_id in (None, given.address)

    def instant(self, given: GivenProof) -> datetime:
        """Another proof of a day that has one already comes after it."""
        taken = {row.at for row in self._of_day(given)}
        at = _midnight(given)
        while at in taken:
            at += timedelta(milliseconds=1)
        return at

    def _of_day(self, given: GivenProof) -> Iterable[Any]:
        for row in self._rows.get((given.contact, given.channel), ()):
            if row.act == "given" and row.at.date() == given.proof.date:
                yield row


def _midnight(given: GivenProof) -> datetime:
    return datetime.combine(given.proof.date, time(), UTC)


@lru_cache(maxsize=4096)
def _day(day: date) -> int:
    """Its midnight: thousands of proofs share a few."""
    return to_milliseconds(datetime.combine(day, time(), UTC))


_WEIGHED = [
    consent.c[name]
    for name in ("id", "contact_id", "channel", "act", "at", "how", "wording", "address_id")
]
_IN_TURN = (consent.c.at, consent.c.id)


def known_proofs(connection: Connection, contacts: Collection[int]) -> KnownProofs:
    rows: dict[tuple[int, str], list[Any]] = {}
    ids = list(contacts)
    for start in range(0, len(ids), SOME):
        some = among(connection, consent.c.contact_id, ids[start : start + SOME])
        for row in connection.execute(select(*_WEIGHED).where(some).order_by(*_IN_TURN)).all():
            rows.setdefault((row.contact_id, row.channel), []).append(row)
    return KnownProofs(_rows=rows)


def keep(
    connection: Connection,
    given: Sequence[GivenProof],
    import_id: int | None,
    now: datetime,
    *,
    new: Collection[int] = (),
) -> None:
    """Every proof that the ledger doesn't hold yet. Of ``new`` contacts it holds none."""
    known = known_proofs(connection, {one.contact for one in given if one.contact not in new})
    recorded = to_milliseconds(now)
    rows, bound = [], []
    for one in given:
        if one.contact in new:
            rows.append(_values(one, _day(one.proof.date), import_id, recorded))
            continue
        row = known.same(one)
        if row is None:
            at = to_milliseconds(known.instant(one))
            rows.append(_values(one, at, import_id, recorded))
        elif row.address_id is None and one.address is not None:
            bound.append({"of": row.id, "to": one.address})
    _insert(connection.dialect)(connection, rows)
    if bound:
        connection.execute(_BIND, bound)


_COLUMNS = (
    *("contact_id", "address_id", "channel", "act", "wording", "how", "at", "recorded_at"),
    "import_id",
)


@once_a_kind(8)
def _insert(dialect: Dialect) -> Putting:
    statement = insert_on(consent, sqlite=dialect.name == "sqlite").on_conflict_do_nothing()
    return putting(dialect, statement, _COLUMNS)


_BIND = (
    update(consent)
    .where(consent.c.id == bindparam("of"), consent.c.address_id.is_(None))
    .values(address_id=bindparam("to"))
)


def _values(
    one: GivenProof, at: int, import_id: int | None, recorded: int
) -> tuple[int | str | None, ...]:
    proof = one.proof
    given = (one.contact, one.address, one.channel, "given", proof.wording, proof.how)
    return (*given, at, recorded, import_id)


def proofs(
    connection: Connection, contacts: Sequence[ContactId]
) -> dict[ContactId, dict[str, Proof]]:
    """By contact and channel: the latest proof for today's address, not withdrawn since. 500
    contacts at most."""
    statement = (
        select(consent, contact.c.email_id, contact.c.phone_id)
        .join(contact, contact.c.id == consent.c.contact_id)
        .where(consent.c.contact_id.in_(contacts))
        .order_by(consent.c.at, consent.c.id)
    )
    found: dict[ContactId, dict[str, Proof]] = {}
    for row in connection.execute(statement).all():
        of_person = found.setdefault(row.contact_id, {})
        theirs = row.address_id == getattr(row, address_on(row.channel))
        if row.act == "withdrawn" and (theirs or row.address_id is None):
            of_person.pop(row.channel, None)
        elif row.act != "withdrawn" and theirs and row.address_id is not None:
            of_person[row.channel] = Proof(date=row.at.date(), how=row.how, wording=row.wording)
    return found


def withdraw(
    connection: Connection, address_id: int, channel: str, how: str, now: datetime
) -> None:
    """What anybody agreed to with an address on a channel has ended."""
    holders = select(consent.c.contact_id).where(
        consent.c.address_id == address_id, consent.c.channel == channel
    )
    rows = [
        {
            "contact_id": holder,
            "address_id": address_id,
            "channel": channel,
            "act": "withdrawn",
            "wording": "",
            "how": how,
            "at": now,
            "recorded_at": now,
        }
        for holder in connection.execute(holders.distinct()).scalars()
    ]
    if rows:
        connection.execute(insert_or_ignore(connection, consent).on_conflict_do_nothing(), rows)
