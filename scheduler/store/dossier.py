"""Everything the ledger holds on one person (GDPR article 15), and nothing on anybody else."""

from typing import Any

from sqlalchemy import Connection, select

from scheduler.domain.person import ContactCard
from scheduler.store.tables import (
    consent,
    contact,
    delivery,
    event,
    import_,
    occurrence,
    suppression,
)


def dossier(connection: Connection, card: ContactCard) -> dict[str, Any]:
    """JSON-ready; instants in ISO 8601, UTC."""
    return {
        "audience": card.audience,
        "key": card.key,
        "email": card.email,
        "phone": card.phone,
        "language": card.language,
        "easy_to_read": card.easy_to_read,
        "zone": card.zone,
        "territory": card.territory,
        "active": card.active,
        "fields": dict(card.fields),
        "source": _rows(connection, _source(card)),
        "consents": _rows(connection, _consents(card)),
        "opt_outs": _rows(connection, _opt_outs(card)),
        "messages": _rows(connection, _messages(card)),
    }


def _source(card: ContactCard) -> Any:
    return (
        select(import_.c.origin, import_.c.basis, import_.c.file_hash, contact.c.imported_at)
        .select_from(contact.join(import_, import_.c.id == contact.c.import_id))
        .where(contact.c.id == card.contact)
    )


def _consents(card: ContactCard) -> Any:
    columns = (consent.c.channel, consent.c.act, consent.c.wording, consent.c.how, consent.c.at)
    return select(*columns).where(consent.c.contact_id == card.contact).order_by(consent.c.id)


def _opt_outs(card: ContactCard) -> Any:
    ids = [one for one in (card.email_id, card.phone_id) if one is not None]
    return (
        select(
            suppression.c.channel,
            suppression.c.scope,
            suppression.c.reason,
            suppression.c.route,
            suppression.c.at,
            suppression.c.lifted_at,
        )
        .where(suppression.c.address_id.in_(ids))
        .order_by(suppression.c.id)
    )


def _messages(card: ContactCard) -> Any:
    return (
        select(
            occurrence.c.campaign,
            occurrence.c.episode,
            occurrence.c.local_date,
            delivery.c.channel,
            delivery.c.state,
            delivery.c.reason,
            delivery.c.basis,
            delivery.c.at,
            event.c.kind.label("event"),
            event.c.at.label("event_at"),
        )
        .select_from(
            delivery.join(occurrence, occurrence.c.id == delivery.c.occurrence_id).outerjoin(
                event, event.c.delivery_id == delivery.c.id
            )
        )
        .where(delivery.c.contact_id == card.contact)
        .order_by(delivery.c.id, event.c.id)
    )


def _rows(connection: Connection, statement: Any) -> list[dict[str, Any]]:
    rows = (connection.execute(statement)).mappings()
    return [{name: _plain(value) for name, value in row.items()} for row in rows]


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value
