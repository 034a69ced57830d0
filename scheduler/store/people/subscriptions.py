"""Subscriptions: asked for by anybody, confirmed by the holder of the mailbox, else forgotten."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, exists, func, insert, or_, select, update

from scheduler.domain.calendar.campaigns import Audience
from scheduler.domain.consent.subscriptions import (
    EVERY,
    HOW,
    MOST,
    VALID,
    Subscription,
    Unconfirmed,
)
from scheduler.domain.measure.destinations import Destinations
from scheduler.domain.people.addresses import Email, normalise_email
from scheduler.domain.people.contacts import Row
from scheduler.store.database import Database
from scheduler.store.keys.known import person_digests
from scheduler.store.keys.sealing import Keys
from scheduler.store.optouts.writer import OptOutWriter
from scheduler.store.people.address_rows import take_in_addresses
from scheduler.store.people.erasure import empty_if_unused
from scheduler.store.people.taking_in import take_in
from scheduler.store.schema.record_tables import subscription_request as asked
from scheduler.store.schema.tables import address, consent, contact, suppression
from scheduler.store.statements.upserts import insert_or_ignore
from scheduler.store.stopping import may_send
from scheduler.store.transactions import writes, writing

EASY = "-falc"


def _row(audience: Audience, email: Email, variant: str) -> Row:
    """Somebody known by their address alone."""
    return Row(
        number=0,
        key=email.identity,
        email=email,
        phone=None,
        language=variant.removesuffix(EASY),
        easy_to_read=variant.endswith(EASY),
        zone=audience.zone,
        territory=audience.territory,
        fields={},
        proofs={},
    )


def _may_ask(connection: Connection, address_id: int, now: datetime) -> bool:
    mine = (asked.c.address_id == address_id, asked.c.confirmed_at.is_(None))
    lately = select(func.count()).where(asked.c.address_id == address_id)
    if connection.execute(lately.where(asked.c.asked_at > now - EVERY)).scalar_one():
        return False
    return connection.execute(select(func.count()).where(*mine)).scalar_one() < MOST


def _unwritten(connection: Connection, now: datetime, limit: int) -> Any:
    closed = exists().where(
        suppression.c.address_id == asked.c.address_id,
        suppression.c.lifted_at.is_(None),
        suppression.c.reason.in_(["bounced", "erased"]),
    )
    statement = (
        select(asked, address.c.sealed, address.c.digest)
        .join(address, address.c.id == asked.c.address_id)
        .where(asked.c.written_at.is_(None), asked.c.confirmed_at.is_(None))
        .where(asked.c.asked_at > now - EVERY, address.c.sealed.is_not(None), ~closed)
        .order_by(asked.c.id)
        .limit(limit)
    )
    return connection.execute(statement).all()


def _take(connection: Connection, request: int, now: datetime) -> bool:
    unwritten = update(asked).where(asked.c.id == request, asked.c.written_at.is_(None), may_send())
    return bool(connection.execute(unwritten.values(written_at=now)).rowcount)


def _give_back(connection: Connection, request: int) -> None:
    connection.execute(update(asked).where(asked.c.id == request).values(written_at=None))


def _valid(connection: Connection, request: int, now: datetime) -> Any:
    statement = (
        select(asked, address.c.sealed, address.c.digest)
        .join(address, address.c.id == asked.c.address_id)
        .where(asked.c.id == request, asked.c.asked_at > now - VALID)
    )
    return connection.execute(statement).first()


def _keep_proofs(connection: Connection, contact_id: int, row: Any, now: datetime) -> None:
    both = {"given": row.asked_at, "confirmed": now}
    proofs = [
        {
            "contact_id": contact_id,
            "address_id": row.address_id,
            "channel": row.channel,
            "act": act,
            "wording": row.wording,
            "version": row.version,
            "how": HOW,
            "at": at,
            "recorded_at": now,
        }
        for act, at in both.items()
    ]
    connection.execute(insert_or_ignore(connection, consent).on_conflict_do_nothing(), proofs)


def _forget(connection: Connection, now: datetime) -> int:
    late = (asked.c.confirmed_at.is_(None), asked.c.asked_at <= now - VALID)
    rows = connection.execute(asked.delete().where(*late).returning(asked.c.address_id)).all()
    for address_id in {row.address_id for row in rows}:
        others = select(asked.c.id).where(asked.c.address_id == address_id)
        if connection.execute(others).first() is None:
            empty_if_unused(connection, address_id)
    return len(rows)


class SubscriptionLedger:
    """Each method is one transaction."""

    def __init__(
        self,
        database: Database,
        keys: Keys,
        optouts: OptOutWriter,
        destinations: Destinations | None = None,
    ) -> None:
        """Without ``destinations``, the shipped groups are meant."""
        self.database = database
        self._keys = keys
        self._writer = optouts
        self._destinations = destinations or Destinations()

    @writes
    def ask(
        self, connection: Connection, wish: Subscription, audience: Audience, now: datetime
    ) -> bool:
        """Note a request; False when the address has had its share of messages."""
        row = _row(audience, wish.email, wish.variant)
        placed = take_in_addresses(connection, self._keys, self._destinations, [row])
        (address_id,) = placed.ids.values()
        if not _may_ask(connection, address_id, now):
            return False
        connection.execute(
            insert(asked).values(
                address_id=address_id,
                audience=wish.audience,
                channel="email",
                language=wish.variant,
                wording=wish.wording,
                version=wish.version,
                asked_at=now,
            )
        )
        return True

    async def unconfirmed(self, now: datetime, limit: int) -> list[Unconfirmed]:
        """Requests of the last day that were not written to; none of an address that is dead, or
        whose holder was erased."""
        rows = await self.database.read(_unwritten, now, limit)
        return [
            Unconfirmed(
                request=row.id,
                address=row.address_id,
                to=self._keys.open("address", bytes(row.sealed), bytes(row.digest)).decode(),
                variant=row.language,
            )
            for row in rows
        ]

    #: Mark it as written to, before it is: twice is worse than never. False: it is already, or
    #: a person has stopped the sending.
    take = writing(_take)

    #: It was certainly not accepted: it may be tried again.
    give_back = writing(_give_back)

    async def pending(self, request: int, now: datetime) -> str | None:
        """The variant of a request that can still be confirmed, or was; None for any other."""
        row = await self.database.read(_valid, request, now)
        return row.language if row else None

    @writes
    def confirm(
        self, connection: Connection, request: int, audience: Audience, now: datetime
    ) -> bool:
        """Make the subscription, with its proofs; once, however often it is said. False for a
        request that can't be confirmed."""
        row = _valid(connection, request, now)
        if row is None or row.audience not in (audience.name, *audience.was) or row.sealed is None:
            return False
        once = update(asked).where(asked.c.id == request, asked.c.confirmed_at.is_(None))
        if connection.execute(once.values(confirmed_at=now)).rowcount:
            to = self._keys.open("address", bytes(row.sealed), bytes(row.digest)).decode()
            member = _row(audience, normalise_email(to), row.language)
            contact_id = self._join(connection, audience, row.address_id, member, now)
            _keep_proofs(connection, contact_id, row, now)
            # The latest act counts; what an erasure closed stays closed.
            self._writer.lift(connection, row.address_id, "email", now, person=contact_id)
        return True

    #: Remove what nobody confirmed in time; how many.
    forget = writing(_forget)

    def _join(
        self,
        connection: Connection,
        audience: Audience,
        address_id: int,
        member: Row,
        now: datetime,
    ) -> int:
        """The contact with this address, made when there is none."""
        source_keys = person_digests(self._keys, [member.key])
        mine = select(contact.c.id).where(
            contact.c.audience == audience.source,
            or_(contact.c.email_id == address_id, contact.c.source_key.in_(source_keys)),
        )
        known = connection.execute(mine.order_by(contact.c.id)).scalars().first()
        if known is None:
            take_in(connection, self._keys, self._destinations, audience, [member], None, now)
            known = connection.execute(mine).scalars().one()
        chosen = {"language": member.language, "easy_to_read": member.easy_to_read}
        connection.execute(
            update(contact)
            .where(contact.c.id == known)
            .values(active=True, email_id=address_id, chosen_at=now, **chosen)
        )
        return int(known)
