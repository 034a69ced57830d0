"""Preferences: a person's own opt-outs by topic, and the language they chose."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, or_, select, update
from sqlalchemy.exc import DBAPIError

from scheduler.domain.channels import EMAIL, SMS, known_kinds, to_addresses
from scheduler.domain.consent.optout import ALL_CHANNELS, THEIR_OWN
from scheduler.domain.consent.preferences import Choices, Holder, acts_of, standing
from scheduler.domain.errors import NotRecorded
from scheduler.domain.ids import AddressId, ContactId
from scheduler.domain.message import AddressKind
from scheduler.domain.people.addresses import mask_email, mask_phone
from scheduler.store.database import Database
from scheduler.store.keys.sealing import Keys
from scheduler.store.optouts.set_aside import is_full
from scheduler.store.optouts.writer import OptOutWriter
from scheduler.store.rules import reopened
from scheduler.store.schema.tables import address, contact, suppression
from scheduler.store.transactions import reading, reads


def _addresses(row: Any) -> dict[str, AddressId]:
    ids = {AddressKind.EMAIL: row.email_id, AddressKind.PHONE: row.phone_id}
    return {
        one.name: ids[one.address_kind]
        for one in known_kinds()
        if ids[one.address_kind] is not None
    }


def _choices(connection: Connection, holder: Holder) -> Choices:
    row = None
    if holder.contact is not None:
        columns = select(contact.c.language, contact.c.easy_to_read)
        row = connection.execute(columns.where(contact.c.id == holder.contact)).first()
    return Choices(
        channels={
            channel: standing(_scopes(connection, holder.person, address_id, channel))
            for channel, address_id in holder.addresses.items()
        },
        language=row.language if row else "fr",
        easy_to_read=row.easy_to_read if row else False,
    )


def _scopes(
    connection: Connection, person: int | None, address_id: int, channel: str
) -> Sequence[str]:
    """What wishes cover that hold for whoever has this link."""
    here = suppression.c.address_id == address_id
    theirs = suppression.c.contact_id == person
    held = select(suppression.c.scope).where(
        here if person is None else or_(here, theirs),
        suppression.c.channel.in_([channel, ALL_CHANNELS]),
        suppression.c.lifted_at.is_(None),
        suppression.c.reason.in_(THEIR_OWN),
    )
    if person is not None:
        held = held.where(~reopened(suppression, person, address_id, channel))
    return connection.execute(held).scalars().all()


def _choose_language(
    connection: Connection, contact_id: int, language: str, easy_to_read: bool, now: datetime
) -> None:
    """From now on it is the person's own choice: imports leave it alone."""
    values = {"language": language, "easy_to_read": easy_to_read, "chosen_at": now}
    connection.execute(update(contact).where(contact.c.id == contact_id).values(values))


class PreferenceLedger:
    """Each method is one transaction."""

    def __init__(self, database: Database, keys: Keys, optouts: OptOutWriter) -> None:
        self.database = database
        self._keys = keys
        self._writer = optouts

    @reads
    def holder_by_email(
        self, connection: Connection, address_id: AddressId, contact_id: ContactId
    ) -> Holder | None:
        """Whom an e-mail's link stands for; None when the ledger has no such address,
        or has it no more."""
        masked = self._masked(connection, address_id)
        if masked is None:
            return None
        row = connection.execute(select(contact).where(contact.c.id == contact_id)).first()
        if row is None or row.email_id != address_id:
            alone = {one.name: address_id for one in to_addresses(AddressKind.EMAIL)}
            return Holder(channel=EMAIL.name, addresses=alone, person=contact_id, masked=masked)
        return Holder(
            channel=EMAIL.name,
            addresses=_addresses(row),
            contact=contact_id,
            person=contact_id,
            masked=masked,
        )

    @reads
    def holder_by_short_token(self, connection: Connection, token: str) -> Holder | None:
        """Whom an SMS's link stands for; None for an unknown one, or a contact without number."""
        row = connection.execute(select(contact).where(contact.c.token == token)).first()
        if row is None or row.phone_id is None:
            return None
        masked = self._masked(connection, row.phone_id)
        if masked is None:
            return None
        return Holder(
            channel=SMS.name,
            addresses=_addresses(row),
            contact=row.id,
            person=row.id,
            masked=masked,
        )

    choices = reading(_choices)

    async def change(
        self, holder: Holder, decide: Callable[[Choices], Choices], now: datetime
    ) -> Choices:
        """What ``decide`` makes of the choices that hold; durable when it returns. Raises
        NotRecorded while the disk is full."""
        try:
            return await self.database.write(self._change, holder, decide, now)
        except (DBAPIError, OSError) as fault:
            if not is_full(fault):
                raise
            raise NotRecorded("the disk is full: ask again later") from fault

    def _masked(self, connection: Connection, address_id: int) -> str | None:
        """None for an address that isn't there, or was erased: that holds for good."""
        row = connection.execute(select(address).where(address.c.id == address_id)).first()
        if row is None or row.sealed is None:
            return None
        plain = self._keys.open("address", bytes(row.sealed), bytes(row.digest)).decode()
        return mask_phone(plain) if row.kind == AddressKind.PHONE else mask_email(plain)

    def _change(
        self,
        connection: Connection,
        holder: Holder,
        decide: Callable[[Choices], Choices],
        now: datetime,
    ) -> Choices:
        before = _choices(connection, holder)
        after = decide(before)
        for channel, now_is in after.channels.items():
            if now_is != before.channels[channel]:
                address_id = holder.addresses[channel]
                self._writer.lift(connection, address_id, channel, now, person=holder.person)
                acts = acts_of(channel, now_is, now, holder.person)
                self._writer.record(connection, [(address_id, act) for act in acts])
        language = (after.language, after.easy_to_read)
        if holder.contact is not None and language != (before.language, before.easy_to_read):
            _choose_language(connection, holder.contact, *language, now)
        return after
