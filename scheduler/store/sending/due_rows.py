"""The waiting deliveries of a batch, with what renders them, opened.

Asked for each group and read row by row: the statement is compiled once a process, takes the
driver's own values and gives the driver's own rows, which are told apart by their place. The layers
of the library took longer than the database.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Dialect, Integer, Select, bindparam, case, select

from scheduler.domain.delivery import DeliveryState
from scheduler.domain.sending import Claim, Due
from scheduler.store.keys.sealing import Keys, open_fields
from scheduler.store.rules import has_received
from scheduler.store.schema.states import stands_at
from scheduler.store.schema.tables import address, contact, delivery, import_
from scheduler.store.schema.types import to_milliseconds
from scheduler.store.statements.asking import Asking, asking
from scheduler.store.statements.compiled import once_a_kind


def due_rows(connection: Connection, claim: Claim, now: datetime, limit: int) -> Sequence[Any]:
    """As ``opened`` takes them; those that were tried least come first."""
    return _asked(connection.dialect)(
        connection, claim.slot_id, claim.number, to_milliseconds(now), limit
    )


def opened(keys: Keys, row: Any) -> Due:
    """A row of these with its sealed address and fields opened. Raises KeysError."""
    number, content, attempts, address_id, digest, sealed, person, *more = row
    source, source_key, sealed_fields, segment, token, language, origin, own = more
    fields = dict(segment if isinstance(segment, dict) else _segment(segment))
    if sealed_fields is not None:
        fields |= open_fields(keys, source, bytes(sealed_fields), bytes(source_key))
    fields.pop("", None)
    return Due(
        delivery_id=number,
        contact_id=person,
        address_id=address_id,
        content_id=content,
        attempts=attempts,
        # Empty: erased while it was being sent; the intent leaves it out.
        to=keys.open("address", bytes(sealed), bytes(digest)).decode() if sealed else "",
        short_token=token,
        language=language,
        fields=fields,
        origin=origin or "",
        own_file=bool(own),
    )


@lru_cache(maxsize=1024)  # people of one building share theirs
def _segment(written: str) -> Mapping[str, str]:
    found: Mapping[str, str] = json.loads(written)
    return found


@once_a_kind(2)
def _asked(dialect: Dialect) -> Asking:
    return asking(dialect, _statement(), ("of_slot", "of_batch", "now", "most"))


def _statement() -> Select[Any]:
    """Its parameters, and its columns, in the order in which they are told above."""
    return (
        select(
            delivery.c.id,
            delivery.c.content_id,
            delivery.c.attempts,
            delivery.c.address_id,
            address.c.digest,
            address.c.sealed,
            contact.c.id,
            contact.c.audience,
            contact.c.source_key,
            contact.c.sealed,
            contact.c.segment,
            contact.c.token,
            contact.c.language,
            case((has_received(contact.c.id), ""), else_=import_.c.origin),
            import_.c.own,
        )
        .select_from(delivery)
        .join(contact, contact.c.id == delivery.c.contact_id)
        .join(address, address.c.id == delivery.c.address_id)
        .outerjoin(import_, import_.c.id == contact.c.import_id)
        .where(delivery.c.slot_id == bindparam("of_slot"))
        .where(delivery.c.batch == bindparam("of_batch"))
        .where(stands_at(DeliveryState.WAITING), delivery.c.at <= bindparam("now"))
        # Never tried first: what is refused again and again must not hold the others up.
        .order_by(delivery.c.attempts, delivery.c.id)
        .limit(bindparam("most", type_=Integer))
    )
