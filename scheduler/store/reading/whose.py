"""One message by its number, for whoever holds a mail and asks whose it is."""

from collections.abc import Sequence

from sqlalchemy import Connection, select

from scheduler.domain.answers.whose import SentMail
from scheduler.domain.delivery import DeliveryState
from scheduler.domain.message import AddressKind
from scheduler.domain.names.occurrence_ids import printed_id
from scheduler.store.keys.sealing import Keys
from scheduler.store.schema.tables import address, delivery, occurrence

_LEFT = frozenset({DeliveryState.SENT, DeliveryState.UNCERTAIN, DeliveryState.SENDING})


def sent_mail(
    connection: Connection, keys: Keys, delivery_id: int, identities: Sequence[str]
) -> SentMail | None:
    """Whether it went to one of these; None where the ledger has no such message."""
    asked = (
        select(
            delivery.c.state,
            delivery.c.at,
            delivery.c.address_id,
            occurrence.c.campaign,
            occurrence.c.episode,
            occurrence.c.season,
            occurrence.c.local_date,
            address.c.digest,
        )
        .join(occurrence, occurrence.c.id == delivery.c.occurrence_id)
        .outerjoin(address, address.c.id == delivery.c.address_id)
        .where(delivery.c.id == delivery_id)
    )
    row = connection.execute(asked).first()
    if row is None:
        return None
    theirs = None
    if row.digest is not None:
        known = {one for each in identities for one in keys.digests(AddressKind.EMAIL, each)}
        theirs = bytes(row.digest) in known
    return SentMail(
        occurrence=printed_id(row.campaign, row.episode, row.season, row.local_date),
        campaign=row.campaign,
        episode=row.episode,
        left=row.state in _LEFT,
        at=row.at,
        address_id=row.address_id,
        theirs=theirs,
    )
