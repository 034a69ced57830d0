"""Who is in a slot, and why some of them get nothing: the SELECT that planning inserts from."""

from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    ColumnElement,
    Select,
    and_,
    bindparam,
    case,
    cast,
    exists,
    false,
    func,
    null,
    or_,
    select,
    true,
)

from scheduler.domain.channels import EMAIL, to_addresses
from scheduler.domain.consent.optout import STRANGERS, Reason
from scheduler.domain.delivery import DeliveryState, LeftOut
from scheduler.domain.message import AddressKind
from scheduler.domain.planning import Unserved
from scheduler.store.freezing import is_frozen
from scheduler.store.planning.capped import capped
from scheduler.store.planning.invited import was_invited
from scheduler.store.planning.served import served_otherwise
from scheduler.store.planning.shape import Shape
from scheduler.store.planning.standing import has_row, has_text, is_member, known_in_time, reads
from scheduler.store.rules import (
    NO_REFUSAL,
    address_on,
    bounced,
    closed,
    has_consent,
    has_received,
    refused,
)
from scheduler.store.schema.tables import address, consent, contact, delivery
from scheduler.store.statements.fixed_in import in_words

# An alias copies every column of its table, so it is made once.
_EMAIL = delivery.alias("email")


def members_of(shape: Shape) -> Select[Any]:
    """contact_id, address_id, destination, content_id, consent_id, reason (NULL: to be sent)
    and gives_way (to the e-mail) for every member who has no row in the occurrence on this channel
    yet."""
    address_id = address_column(shape.address_kind)
    proof = (
        latest_proof(shape.channel) if shape.audience.needs_consent else cast(null(), BigInteger)
    )
    found = (
        select(
            contact.c.id.label("contact_id"),
            address_id.label("address_id"),
            func.coalesce(address.c.destination, "").label("destination"),
            _content_of(shape).label("content_id"),
            proof.label("consent_id"),
            _reason(shape, address_id).label("reason"),
            _gives_way(shape).label("gives_way"),
        )
        .select_from(contact.outerjoin(address, address.c.id == address_id))
        .where(is_member(contact, shape.audience))
        .where(contact.c.zone == bindparam("zone"))
        .where(contact.c.territory == bindparam("territory"))
        .where(~has_row(contact, shape.channel))
    )
    if shape.unserved is Unserved.WAIT:
        found = found.where(has_text(shape, contact))
    if shape.forced:
        return found
    return found.where(known_in_time(contact))


def _content_of(shape: Shape) -> ColumnElement[Any]:
    """The kept text for a contact's language and preference."""
    choices = [
        (reads(contact, readers), bindparam(f"content_{number}", type_=BigInteger))
        for number, readers in enumerate(shape.readers)
        if readers
    ]
    if not choices:
        return cast(null(), BigInteger)
    # A reader of a language that came in while this was being planned gets the French text.
    plain = next((n for n, who in enumerate(shape.readers) if ("fr", False) in who), 0)
    return case(*choices, else_=bindparam(f"content_{plain}", type_=BigInteger))


def _reason(shape: Shape, address_id: Column[Any]) -> ColumnElement[Any]:
    """The first reason to leave a member out, or NULL."""
    unusable: list[ColumnElement[bool]] = [address.c.id.is_(None), address.c.sealed.is_(None)]
    if shape.real_world:
        unusable.append(address.c.fictional == 1)
    about = (shape.channel, shape.topic)
    choices: list[tuple[ColumnElement[bool], str]] = []
    if shape.invited_only:
        # Before any other: those that another reason keeps out are then who holds the date.
        choices.append((~was_invited(contact.c.id), LeftOut.NOT_INVITED.value))
    choices += reasons_at(address_id, or_(*unusable), *about)
    if shape.audience.needs_consent:
        choices.append((~has_consent(contact, shape.channel), LeftOut.NO_CONSENT.value))
    choices += [(one, LeftOut.CAP.value) for one in capped(shape, contact)]
    if shape.no_window:
        choices.append((true(), LeftOut.NO_WINDOW.value))
    if shape.unserved is Unserved.END:
        choices.append((~has_text(shape, contact), LeftOut.NO_TEXT.value))
    # Last: who gives way to somebody could have been written to.
    choices.append((served_otherwise(shape, address_id), LeftOut.DUPLICATE.value))
    return case(*choices, else_=None)


def reasons_at(
    address_id: Any, unusable: ColumnElement[bool], channel: str, topic: str
) -> list[tuple[ColumnElement[bool], str]]:
    """Why a contact isn't written to at an address of theirs, whatever the audience's basis."""
    whose = (contact.c.id, address_id, channel, topic)
    return [
        (is_frozen(), LeftOut.FROZEN.value),
        # First of all: of somebody erased who is imported again there is no address.
        (refused(*whose, but=NO_REFUSAL), LeftOut.OPTED_OUT.value),
        (closed(STRANGERS, *whose), LeftOut.NOT_THEIRS.value),
        (unusable, LeftOut.NO_ADDRESS.value),
        (bounced(address_id, channel, topic), LeftOut.BOUNCED.value),
        (closed([Reason.DOUBT], *whose), LeftOut.IN_DOUBT.value),
    ]


def _gives_way(shape: Shape) -> ColumnElement[bool]:
    """To an e-mail of the same occurrence that is about to leave."""
    if not shape.email_first:
        return false()
    email = _EMAIL
    leaves = exists().where(
        email.c.occurrence_id == bindparam("occurrence"),
        email.c.contact_id == contact.c.id,
        email.c.channel == EMAIL.name,
        in_words(email.c.state, [DeliveryState.WAITING, DeliveryState.SENDING]),
    )
    return and_(leaves, ~has_received(contact.c.id))


def latest_proof(channel: str) -> ColumnElement[Any]:
    """For the address that the contact has today."""
    return (
        select(func.max(consent.c.id))
        .where(consent.c.contact_id == contact.c.id, consent.c.channel == channel)
        .where(consent.c.address_id == contact.c[address_on(channel)])
        .where(consent.c.act != "withdrawn")
        .scalar_subquery()
    )


def own_address(channel: ColumnElement[str]) -> ColumnElement[int]:
    """The address of a contact's that a channel goes to."""
    letters = [one.name for one in to_addresses(AddressKind.EMAIL)]
    return case((channel.in_(letters), contact.c.email_id), else_=contact.c.phone_id)


def address_column(kind: AddressKind) -> Column[Any]:
    """Which of a contact's addresses a channel needs."""
    return contact.c.email_id if kind is AddressKind.EMAIL else contact.c.phone_id
