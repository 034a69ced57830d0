"""Deliveries in doubt: who they are, a person's decision about each, and what settles an SMS.

A decision and its entry in the audit log are one transaction.
"""

from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, exists, select, update

from scheduler.domain.answers.decisions import ClosedAs
from scheduler.domain.answers.events import Event
from scheduler.domain.answers.uncertain import Decided, Refusal, TextInDoubt, UncertainRow
from scheduler.domain.audit import Act, AuditAct
from scheduler.domain.calendar.campaigns import Place
from scheduler.domain.channels import SMS
from scheduler.domain.delivery import BatchState, DeliveryState, OccurrenceState
from scheduler.domain.ids import DeliveryId
from scheduler.domain.names.occurrence_ids import printed_id
from scheduler.domain.sending import Due, trial_claim
from scheduler.store import audit
from scheduler.store.answers import later_words
from scheduler.store.database import Database
from scheduler.store.keys.sealing import Keys
from scheduler.store.optouts.writer import OptOutWriter
from scheduler.store.planning.members import own_address
from scheduler.store.schema.states import stands_at
from scheduler.store.schema.tables import address, batch, contact, delivery, occurrence, slot
from scheduler.store.transactions import reading, writing

#: What a delivery's reason becomes when a person closed it.
CLOSED = "closed by hand"


def _listed() -> Select[Any]:
    return (
        select(
            delivery,
            occurrence.c.campaign,
            occurrence.c.episode,
            occurrence.c.season,
            occurrence.c.local_date,
            slot.c.audience,
            slot.c.zone,
            slot.c.territory,
            address.c.sealed,
            address.c.digest,
        )
        .join(occurrence, occurrence.c.id == delivery.c.occurrence_id)
        .join(slot, slot.c.id == delivery.c.slot_id)
        .outerjoin(address, address.c.id == delivery.c.address_id)
        .where(stands_at(DeliveryState.UNCERTAIN))
        .order_by(delivery.c.at, delivery.c.id)
    )


def _texts_in_doubt(
    connection: Connection, since: datetime, after: int, limit: int
) -> Sequence[Any]:
    statement = (
        _listed()
        .add_columns(contact.c.token, contact.c.language)
        .join(contact, contact.c.id == delivery.c.contact_id)
        .where(delivery.c.channel == SMS.name, delivery.c.at >= since, delivery.c.id > after)
        .where(address.c.sealed.is_not(None))
        .order_by(None)
        .order_by(delivery.c.id)
        .limit(limit)
    )
    return connection.execute(statement).all()


def _uncertain_of(connection: Connection, occurrence_row: int) -> list[DeliveryId]:
    statement = select(delivery.c.id).where(
        delivery.c.occurrence_id == occurrence_row, stands_at(DeliveryState.UNCERTAIN)
    )
    return list(connection.execute(statement.order_by(delivery.c.id)).scalars())


def _resend(
    connection: Connection, deliveries: Collection[DeliveryId], by: str, now: datetime
) -> list[Decided]:
    def refusal(row: Any) -> Refusal | None:
        if row.occurrence_state == OccurrenceState.CANCELLED:
            return Refusal.CANCELLED
        if row.not_after < now:
            return Refusal.TOO_LATE
        if row.sealed is None:
            return Refusal.NOBODY
        return None if row.is_todays else Refusal.CHANGED

    values = {"state": DeliveryState.WAITING, "at": now, "may_have_left": True}
    decided, rows = _decide(connection, deliveries, refusal, values)
    for slot_id, number in {(row.slot_id, row.batch) for row in rows}:
        connection.execute(
            update(batch)
            .where(batch.c.slot_id == slot_id, batch.c.number == number)
            .values(state=BatchState.OPEN, ready_at=now)
        )
    over = (OccurrenceState.FINISHED, OccurrenceState.MISSED)
    connection.execute(
        update(occurrence)
        .where(occurrence.c.id.in_({row.occurrence_id for row in rows}))
        .where(occurrence.c.state.in_(over))
        .values(state=OccurrenceState.RUNNING, reason="")
    )
    _write_down(connection, rows, AuditAct.RESEND_UNCERTAIN, {}, by, now)
    return decided


def _is_todays() -> ColumnElement[bool]:
    """Whoever left the audience is found out at the intent."""
    column = own_address(delivery.c.channel)
    return exists().where(
        contact.c.id == delivery.c.contact_id, column.is_not_distinct_from(delivery.c.address_id)
    )


def _close(
    connection: Connection,
    deliveries: Collection[DeliveryId],
    decision: ClosedAs,
    by: str,
    now: datetime,
) -> list[Decided]:
    values = {"state": DeliveryState(decision), "reason": CLOSED}
    decided, rows = _decide(connection, deliveries, lambda row: None, values)
    _write_down(connection, rows, AuditAct.CLOSE_UNCERTAIN, {"as": decision}, by, now)
    return decided


def _decide(
    connection: Connection,
    deliveries: Collection[DeliveryId],
    refusal: Callable[[Any], Refusal | None],
    values: dict[str, Any],
) -> tuple[list[Decided], list[Any]]:
    """What becomes of each, and the rows that changed. Whoever is settled meanwhile stays so."""
    statement = _listed().add_columns(
        slot.c.not_after,
        occurrence.c.state.label("occurrence_state"),
        _is_todays().label("is_todays"),
    )
    found = {
        row.id: row for row in connection.execute(statement.where(delivery.c.id.in_(deliveries)))
    }
    decided, changed = [], []
    for one in deliveries:
        row = found.get(one)
        refused = Refusal.NOT_UNCERTAIN if row is None else refusal(row)
        if refused is None:
            still = (delivery.c.id == one, delivery.c.state == DeliveryState.UNCERTAIN)
            if connection.execute(update(delivery).where(*still).values(values)).rowcount:
                changed.append(row)
            else:
                refused = Refusal.NOT_UNCERTAIN
        decided.append(Decided(delivery=one, refused=refused))
    return decided, changed


def _write_down(
    connection: Connection,
    rows: Sequence[Any],
    act: AuditAct,
    detail: dict[str, str],
    by: str,
    now: datetime,
) -> None:
    acts = [
        Act(
            actor=by,
            act=act,
            subject=f"delivery {row.id}",
            detail={"occurrence": _name(row), **detail},
        )
        for row in rows
    ]
    audit.append(connection, acts, now)


def _settle(connection: Connection, optouts: OptOutWriter, found: Event) -> bool:
    if connection.execute(select(delivery.c.id).where(_is_anothers(found)).limit(1)).first():
        return False
    return later_words.take(connection, optouts, found)


def _is_anothers(found: Event) -> ColumnElement[bool]:
    """The same person's: nobody else was sent this text, with this link in it."""
    mine = delivery.alias("mine")
    whose = select(mine.c.contact_id).where(mine.c.id == found.delivery_id).scalar_subquery()
    return (
        (delivery.c.contact_id == whose)
        & (delivery.c.provider_id == found.provider_id)
        & (delivery.c.id != found.delivery_id)
    )


def _name(row: Any) -> str:
    return printed_id(row.campaign, row.episode, row.season, row.local_date)


def _every(connection: Connection) -> Sequence[Any]:
    return connection.execute(_listed()).all()


class UncertainLedger:
    """Each method is one transaction."""

    def __init__(self, database: Database, keys: Keys, optouts: OptOutWriter) -> None:
        self.database = database
        self._keys = keys
        self._optouts = optouts

    async def uncertain(self) -> list[UncertainRow]:
        """All of them, oldest first."""
        rows = await self.database.read(_every)
        return [
            UncertainRow(
                delivery=row.id,
                occurrence=_name(row),
                channel=row.channel,
                audience=row.audience,
                since=row.at,
                reason=row.reason,
                to=self._open(row),
            )
            for row in rows
        ]

    #: Those of one occurrence.
    uncertain_of = reading(_uncertain_of)

    #: Let these wait again, while their time isn't over; they keep their Message-ID.
    resend = writing(_resend)

    #: Say what became of these; nothing is sent.
    close = writing(_close)

    async def texts_in_doubt(self, since: datetime, after: int, limit: int) -> list[TextInDoubt]:
        """Uncertain SMS tried since then, after this delivery's number, by number."""
        rows = await self.database.read(_texts_in_doubt, since, after, limit)
        return [self._text(row) for row in rows]

    async def settle(self, found: Event) -> bool:
        """The provider has it: it is sent, or it is known why it didn't arrive. False when that
        message is another delivery's."""
        return await self.database.write(_settle, self._optouts, found)

    def _open(self, row: Any) -> str:
        if row.sealed is None:
            return ""
        return self._keys.open("address", bytes(row.sealed), bytes(row.digest)).decode()

    def _text(self, row: Any) -> TextInDoubt:
        due = Due(
            delivery_id=row.id,
            contact_id=row.contact_id,
            address_id=row.address_id,
            content_id=row.content_id,
            attempts=row.attempts,
            to=self._open(row),
            short_token=row.token,
            language=row.language,
            fields={},
        )
        claim = trial_claim(
            message=_name(row),
            campaign=row.campaign,
            channel=row.channel,
            audience=row.audience,
            place=Place(zone=row.zone, territory=row.territory),
            now=row.at,
        )
        return TextInDoubt(due=due, claim=claim, since=row.at)
