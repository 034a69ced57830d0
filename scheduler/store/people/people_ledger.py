"""The ledger for those who look after people: their refusals, and one person's rights."""

from collections.abc import AsyncIterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from scheduler.domain.audit import Act, AuditAct
from scheduler.domain.consent.optout import OptOut, by_erasure
from scheduler.domain.ids import AddressId, ContactId
from scheduler.domain.message import AddressKind
from scheduler.domain.people.person import ContactCard, OptOutRow, Refusal, refuse_frozen
from scheduler.store import audit, freezing
from scheduler.store.database import Database
from scheduler.store.keys.sealing import Keys, short_digest
from scheduler.store.optouts import refusals, refused_at
from scheduler.store.optouts import rows as optouts
from scheduler.store.optouts.holders import holders_of, persons_at
from scheduler.store.optouts.writer import OptOutWriter
from scheduler.store.people import cards, consents, erasure
from scheduler.store.people.dossier import dossier, subject_of
from scheduler.store.schema.tables import address
from scheduler.store.transactions import reading, reads, writes


class PeopleLedger:
    """Each method is one transaction."""

    def __init__(
        self,
        database: Database,
        keys: Keys,
        optouts: OptOutWriter | None = None,
        *,
        keep_source_key: bool = False,
    ) -> None:
        """``optouts`` is the ledger's own writer; without one, no journal is kept.
        ``keep_source_key``: of who is erased."""
        self.database = database
        self._keys = keys
        self._writer = optouts or OptOutWriter(database, keys=keys)
        self._keep_source_key = keep_source_key

    # One person

    async def contacts(self, source: str = "") -> AsyncIterator[ContactCard]:
        """Living contacts, of one audience or of all, opened a page at a time."""
        last = 0
        while page := await self.database.read(cards.page, self._keys, source, last):
            for card in page:
                yield card
            last = page[-1].contact

    async def find(self, who: str, kind: AddressKind | None) -> list[ContactCard]:
        """Contacts by address in its identity form; with no kind by source key, or by their
        number in the ledger written ``#12``: staff numbers are digits too."""
        return await self.database.read(cards.find, self._keys, who, kind)

    async def cards(self, contacts: Sequence[int]) -> list[ContactCard]:
        """These people, members or not, but for those who are emptied. 500 at most."""
        return await self.database.read(cards.of, self._keys, contacts)

    @writes
    def dossier(
        self, connection: Connection, card: ContactCard, by: str, now: datetime
    ) -> dict[str, Any]:
        """Everything the ledger holds on one person, nothing on others (GDPR article 15). That
        ``by`` looked is written in the audit log."""
        found = dossier(connection, self._keys, card)
        _note(connection, AuditAct.SHOW, card, by, now)
        return found

    @writes
    def erase(self, connection: Connection, card: ContactCard, by: str, now: datetime) -> None:
        """Everything but the tombstones: the person is also opted out of everything, for good.

        Raises Frozen."""
        refuse_frozen(card.contact, freezing.frozen_since(connection, card.contact))
        keep = self._keep_source_key
        closed, kept = erasure.erase(connection, card, now, keep_source_key=keep)
        if kept:
            self._writer.keep(connection, kept)
        else:
            self._writer.journal(connection, [(one, by_erasure(now)) for one in closed])
        _note(connection, AuditAct.ERASE, card, by, now)

    @writes
    def freeze(self, connection: Connection, card: ContactCard, by: str, now: datetime) -> bool:
        """Send them nothing and erase nothing of them from now on; False when it is so already."""
        new = freezing.freeze(connection, card.contact, now)
        if new:
            _note(connection, AuditAct.FREEZE, card, by, now)
        return new

    @writes
    def unfreeze(self, connection: Connection, card: ContactCard, by: str, now: datetime) -> bool:
        """Treat them like everybody again; False when they weren't frozen."""
        ended = freezing.unfreeze(connection, card.contact)
        if ended:
            _note(connection, AuditAct.UNFREEZE, card, by, now)
        return ended

    def name_of(self, kind: AddressKind, identity: str) -> str:
        """How the audit log names an address, known to us or not."""
        return f"address {short_digest(self._keys.digest(kind, identity))}"

    async def refusals(self, kind: AddressKind, identity: str) -> list[Refusal]:
        """Everything that was ever refused at an address, what was lifted since included; erasing
        whoever had it takes nothing from that."""
        return await self.database.read(refused_at.of_address, self._keys, kind, identity)

    async def note_export(self, act: Act, now: datetime) -> None:
        """Contacts were given out or shown whole: written in the audit log."""
        await self.database.write(audit.append, [act], now)

    #: By contact and channel, the proof of consent that holds. 500 contacts at most.
    proofs = reading(consents.proofs)

    # Opt-outs

    async def opt_out(self, address_id: int, act: OptOut) -> bool:
        """Record an act; False when it holds already. Durable when it returns."""
        return await self._writer.opt_out(address_id, act)

    @writes
    def opt_out_identity(
        self, connection: Connection, kind: AddressKind, identity: str, act: OptOut
    ) -> bool:
        """The same by address or number, which need not belong to anybody known."""
        row = optouts.address_row(connection, self._keys, kind, identity)
        return self._writer.record(connection, [(row, act)]) == [True]

    @writes
    def lift(
        self,
        connection: Connection,
        kind: AddressKind,
        identity: str,
        channel: str,
        now: datetime,
        person: int | None = None,
    ) -> int:
        """The own way back of a contact, or of the address's one holder, on a channel; how many
        opt-outs hold no more for them."""
        row = optouts.address_row(connection, self._keys, kind, identity)
        return self._writer.lift(connection, row, channel, now, person=person)

    @reads
    def person_at(self, connection: Connection, kind: AddressKind, identity: str) -> list[int]:
        """The contacts of the one person who has an address; none where several people have it."""
        digests = self._keys.digests(kind, identity)
        known = select(address.c.id).where(address.c.kind == kind, address.c.digest.in_(digests))
        found = connection.execute(known).scalar()
        if found is None:
            return []
        return persons_at(self._keys, holders_of(connection, [found]), found, None)

    async def opt_outs(self) -> list[OptOutRow]:
        """Every opt-out that holds, oldest first. The address is empty once erased."""
        rows = await self.database.read(refusals.listed)
        return [
            OptOutRow(
                kind=AddressKind(row.kind),
                address=cards.address_of(self._keys, row.sealed, row.digest),
                digest=bytes(row.digest).hex(),
                channel=row.channel,
                scope=row.scope,
                reason=row.reason,
                route=row.route,
                at=row.at,
                contact=row.contact_id,
                audience=row.contact_audience or "",
                key=cards.source_key(self._keys, row),
            )
            for row in rows
        ]

    async def has_opted_out(self, kind: AddressKind, identity: str, channel: str) -> bool:
        """Whether its holder, known to us or not, asked for no more on a channel."""
        digests = self._keys.digests(kind, identity)
        return await self.database.read(refusals.has_refused, kind, digests, channel)

    is_suppressed = reading(optouts.is_suppressed)

    async def contact_of_token(
        self, token: str
    ) -> tuple[ContactId, AddressId | None, str, str, str, bool] | None:
        """(contact, phone's address id, language, origin, audience, whether that was our own file)
        behind a short link; None for an unknown one."""
        row = await self.database.read(optouts.contact_of_token, token)
        if row is None:
            return None
        return row.id, row.phone_id, row.language, row.origin or "", row.audience, bool(row.own)

    language_of = reading(optouts.language_of)


def _note(connection: Connection, act: AuditAct, card: ContactCard, by: str, now: datetime) -> None:
    entry = Act(actor=by, act=act, subject=subject_of(card.contact))
    audit.append(connection, [entry], now)
