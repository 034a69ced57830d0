"""Conditions that several statements share: who is in an audience, what an opt-out covers.

A condition is a value that never changes, so it is built once for each subject it is asked about,
and so are the aliases in it: an alias copies every column of its table, and a condition made anew
for each group cost more than the database took to answer it.
"""

from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, or_

from scheduler.domain.channels import EMAIL
from scheduler.domain.consent.optout import (
    ALL_CHANNELS,
    ALL_TOPICS,
    EVERYTHING,
    STRANGERS,
    THEIR_OWN,
    Reason,
)
from scheduler.domain.delivery import DeliveryState
from scheduler.domain.names.typed_names import folded
from scheduler.store.folding import fold
from scheduler.store.schema.tables import consent, contact, delivery, suppression, way_back
from scheduler.store.statements.fixed_in import in_values, in_words

#: What is said of an address, and is nobody's refusal.
NO_REFUSAL = (Reason.BOUNCED, Reason.DOUBT, *STRANGERS)
#: How many conditions of a kind are kept: one for each channel, topic and pair of columns.
KEPT = 256

_THERE, _THEIRS = suppression.alias("there"), suppression.alias("theirs")
_CLOSING, _REFUSAL = suppression.alias("closing"), suppression.alias("refusal")
_PROOF, _WITHDRAWAL = consent.alias("proof"), consent.alias("withdrawal")
_LATER = consent.alias("later")
_EARLIER = delivery.alias("earlier")


def in_audience(person: Any, source: str, rule: Mapping[str, Sequence[str]]) -> ColumnElement[bool]:
    """``person`` (the contact table or an alias) is a living member: from this source, with one
    of the accepted values in every field of the rule."""
    conditions = [person.c.audience == source, person.c.active == 1]
    conditions += [
        _is_one_of(person.c.segment[field].as_string(), values) for field, values in rule.items()
    ]
    return and_(*conditions)


def _is_one_of(value: ColumnElement[Any], accepted: Sequence[str]) -> ColumnElement[bool]:
    """As people mean it: a file's « DIRECTION » is config's « Direction »."""
    plain = {folded(one) for one in accepted}
    exact = [one for one in accepted if not folded(one)]
    alike = fold(value).in_(sorted(plain - {""}))
    return or_(alike, value.in_(exact)) if exact else alike


def refused(
    contact_id: Any,
    address_id: Any,
    channel: str,
    topic: str,
    *,
    but: Collection[str] = (Reason.BOUNCED,),
) -> ColumnElement[bool]:
    """The person asked for no more, at whatever address, or somebody did at this one; and the
    person hasn't agreed since, at this very address. For any reason ``but`` these.

    A service message (no topic) is stopped only by a suppression of everything.
    """
    return _refused(contact_id, address_id, channel, topic, tuple(but))


@lru_cache(maxsize=KEPT)
def _refused(
    contact_id: Any, address_id: Any, channel: str, topic: str, but: tuple[str, ...]
) -> ColumnElement[bool]:
    return or_(
        *(
            exists()
            .where(
                subject,
                covers(rows, channel, topic),
                ~in_words(rows.c.reason, but),
                ~reopened(rows, contact_id, address_id, channel),
            )
            .correlate_except(rows)
            for rows, subject in (
                (_THERE, _THERE.c.address_id == address_id),
                (_THEIRS, _THEIRS.c.contact_id == contact_id),
            )
        )
    )


def closed(
    reasons: Collection[str], contact_id: Any, address_id: Any, channel: str, topic: str
) -> ColumnElement[bool]:
    """The address is closed, or held, for one of these reasons, which are nobody's own wish."""
    return _closed(tuple(reasons), contact_id, address_id, channel, topic)


@lru_cache(maxsize=KEPT)
def _closed(
    reasons: tuple[str, ...], contact_id: Any, address_id: Any, channel: str, topic: str
) -> ColumnElement[bool]:
    rows = _CLOSING
    return (
        exists()
        .where(
            rows.c.address_id == address_id,
            covers(rows, channel, topic),
            in_words(rows.c.reason, reasons),
            ~reopened(rows, contact_id, address_id, channel),
        )
        .correlate_except(rows)
    )


@lru_cache(maxsize=KEPT)
def bounced(address_id: Any, channel: str, topic: str) -> ColumnElement[bool]:
    """The address itself was refused; whose it is doesn't matter."""
    rows = _REFUSAL
    return exists().where(
        rows.c.address_id == address_id,
        covers(rows, channel, topic),
        rows.c.reason == Reason.BOUNCED.value,
    )


def covers(rows: Any, channel: str, topic: str) -> ColumnElement[bool]:
    """A suppression that holds now, for this channel and topic."""
    scopes = [EVERYTHING, ALL_TOPICS, topic] if topic else [EVERYTHING]
    return and_(
        rows.c.lifted_at.is_(None),
        in_values(rows.c.channel, [channel, ALL_CHANNELS]),
        in_values(rows.c.scope, scopes),
    )


def address_on(channel: str) -> str:
    """The column of a contact's address for a channel: what isn't e-mail goes by telephone."""
    return contact.c.email_id.name if channel == EMAIL.name else contact.c.phone_id.name


@lru_cache(maxsize=KEPT)
def reopened(
    rows: Any, contact_id: Any, address_id: Any, channel: str | None = None
) -> ColumnElement[bool]:
    """After that suppression this person gave a proof of their own for this very address, or came
    back there: it holds for everybody else, and for them no more. Without ``channel``, on any that
    the suppression is about."""
    # Whose it is stands two statements further out, where SQLAlchemy doesn't look by itself.
    proof, withdrawal = _PROOF, _WITHDRAWAL
    withdrawn = (
        exists()
        .where(
            withdrawal.c.contact_id == proof.c.contact_id,
            withdrawal.c.channel == proof.c.channel,
            withdrawal.c.act == "withdrawn",
            or_(withdrawal.c.address_id.is_(None), withdrawal.c.address_id == proof.c.address_id),
            withdrawal.c.at >= proof.c.at,
        )
        .correlate_except(withdrawal)
    )
    agreed = (
        exists()
        .where(
            proof.c.contact_id == contact_id,
            proof.c.address_id == address_id,
            proof.c.channel == channel if channel else _about(rows, proof),
            proof.c.act != "withdrawn",
            proof.c.at > rows.c.at,
            ~withdrawn,
        )
        .correlate_except(proof)
    )
    # What an erasure closed opens by a proof alone.
    came_back = (
        exists()
        .where(
            way_back.c.contact_id == contact_id,
            way_back.c.address_id == address_id,
            way_back.c.channel == rows.c.channel,
            way_back.c.at > rows.c.at,
            in_words(rows.c.reason, sorted(THEIR_OWN)),
        )
        .correlate_except(way_back)
    )
    return or_(agreed, came_back)


def _about(rows: Any, proof: Any) -> ColumnElement[bool]:
    return or_(rows.c.channel == ALL_CHANNELS, rows.c.channel == proof.c.channel)


@lru_cache(maxsize=KEPT)
def has_consent(person: Any, channel: str) -> ColumnElement[bool]:
    """A proof was given on this channel for the address that ``person`` (the contact table or an
    alias) has there today, and none withdrawn since."""
    address_id = person.c[address_on(channel)]
    later = _LATER
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


@lru_cache(maxsize=KEPT)
def has_received(contact_id: ColumnElement[Any]) -> ColumnElement[bool]:
    """A contact has got some message of ours, or may have: the notice of article 14 was in it."""
    return exists().where(
        _EARLIER.c.contact_id == contact_id,
        in_words(_EARLIER.c.state, [DeliveryState.SENT, DeliveryState.UNCERTAIN]),
    )
