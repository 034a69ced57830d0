"""What there is about one address for the answer to a complaint; after an erasure too, as long as
the deliveries still say whose they were."""

import json
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, or_, select

from scheduler.domain.audit import Act, AuditAct
from scheduler.domain.delivery import DeliveryState
from scheduler.domain.message import AddressKind
from scheduler.domain.names.occurrence_ids import printed_id
from scheduler.domain.people.person import Refusal
from scheduler.domain.showing.complaint import Complaint, Written, own, sort_out
from scheduler.store import audit
from scheduler.store.keys.sealing import Keys, short_digest
from scheduler.store.ledger import Ledger
from scheduler.store.optouts import refused_at
from scheduler.store.schema.tables import content, delivery, occurrence, slot


async def answer(
    ledger: Ledger, kind: AddressKind, identity: str, masked: str, by: str, now: datetime
) -> Complaint:
    """That ``by`` looked is written in the audit log, and is the last link that it names."""
    digests = ledger.keys.digests(kind, identity)
    asked = (ledger.keys, kind, identity, by, now)
    refusals, messages, head = await ledger.database.write(_read, *asked)
    mine = own(refusals)
    waiting = (DeliveryState.WAITING, DeliveryState.SENDING)
    return Complaint(
        address=masked,
        digest=digests[0].hex(),
        refusals=mine,
        messages=sort_out(mine, messages),
        waiting=sum(one.state in waiting for one in messages),
        journal=ledger.journalled({digest.hex() for digest in digests}),
        audit_head=head,
        now=now,
    )


def _read(
    connection: Connection, keys: Keys, kind: AddressKind, identity: str, by: str, now: datetime
) -> tuple[list[Refusal], list[Written], str]:
    refusals = refused_at.of_address(connection, keys, kind, identity)
    messages = _messages(connection, keys, kind, identity)
    name = f"address {short_digest(keys.digest(kind, identity))}"
    detail: dict[str, str | int] = {"refusals": len(refusals), "messages": len(messages)}
    act = Act(actor=by, act=AuditAct.ANSWER_COMPLAINT, subject=name, detail=detail)
    audit.append(connection, [act], now)
    return refusals, messages, audit.head(connection)


def _messages(
    connection: Connection, keys: Keys, kind: AddressKind, identity: str
) -> list[Written]:
    """Those to the address, and those of the one person who has it."""
    ids = refused_at.addresses_of(connection, keys, kind, identity)
    people = refused_at.persons_of(connection, keys, ids)
    statement = (
        select(delivery, slot.c.topic, content.c.source)
        .add_columns(
            *(occurrence.c[name] for name in ("campaign", "episode", "season", "local_date"))
        )
        .join(occurrence, occurrence.c.id == delivery.c.occurrence_id)
        .join(slot, slot.c.id == delivery.c.slot_id)
        .outerjoin(content, content.c.id == delivery.c.content_id)
        .where(or_(delivery.c.address_id.in_(ids), delivery.c.contact_id.in_(people)))
        .order_by(delivery.c.id)
    )
    return [_written(row) for row in connection.execute(statement)]


def _written(row: Any) -> Written:
    return Written(
        occurrence=printed_id(row.campaign, row.episode, row.season, row.local_date),
        title=json.loads(row.source)["title"] if row.source else "",
        channel=row.channel,
        topic=row.topic,
        state=DeliveryState(row.state),
        reason=row.reason,
        at=row.at,
    )
