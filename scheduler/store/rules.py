"""Conditions that several statements share: who is in an audience, what an opt-out covers."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, or_

from scheduler.domain.delivery import DeliveryState
from scheduler.domain.optout import ALL_CHANNELS, ALL_TOPICS, EVERYTHING
from scheduler.domain.ports import EMAIL
from scheduler.store.tables import consent, contact, delivery


def in_audience(person: Any, source: str, rule: Mapping[str, Sequence[str]]) -> ColumnElement[bool]:
    """``person`` (the contact table or an alias) is a living member: from this source, with one
    of the accepted values in every field of the rule."""
    conditions = [person.c.audience == source, person.c.active == 1]
    conditions += [
        person.c.segment[field].as_string().in_(list(values)) for field, values in rule.items()
    ]
    return and_(*conditions)


def covers(rows: Any, address_id: Any, channel: str, topic: str) -> ColumnElement[bool]:
    """A suppression of this address that holds now, for this channel and topic.

    A service message (no topic) is stopped only by a suppression of everything.
    """
    scopes = [EVERYTHING, ALL_TOPICS, topic] if topic else [EVERYTHING]
    return and_(
        rows.c.address_id == address_id,
        rows.c.lifted_at.is_(None),
        rows.c.channel.in_([channel, ALL_CHANNELS]),
        rows.c.scope.in_(scopes),
    )


def address_on(channel: str) -> str:
    """The column of a contact's address for a channel: what isn't e-mail goes by telephone."""
    return contact.c.email_id.name if channel == EMAIL.name else contact.c.phone_id.name


def has_consent(person: Any, channel: str) -> ColumnElement[bool]:
    """A proof was given on this channel for the address that ``person`` (the contact table or an
    alias) has there today, and none withdrawn since."""
    address_id = person.c[address_on(channel)]
    later = consent.alias("later")
    newer = and_(later.c.at == consent.c.at, later.c.id > consent.c.id)
    withdrawn = (
        exists()
        .where(
            later.c.contact_id == consent.c.contact_id,
            later.c.channel == channel,
            later.c.act == "withdrawn",
            or_(later.c.address_id.is_(None), later.c.address_id == consent.c.address_id),
            or_(later.c.at > consent.c.at, newer),
        )
        .correlate(consent)
    )
    return exists().where(
        consent.c.contact_id == person.c.id,
        consent.c.channel == channel,
        consent.c.address_id == address_id,
        consent.c.act != "withdrawn",
        ~withdrawn,
    )


def has_received(contact_id: ColumnElement[Any]) -> ColumnElement[bool]:
    """A contact has got some message of ours, or may have: the notice of article 14 was in it."""
    earlier = delivery.alias("earlier")
    return exists().where(
        earlier.c.contact_id == contact_id,
        earlier.c.state.in_([DeliveryState.SENT, DeliveryState.UNCERTAIN]),
    )
