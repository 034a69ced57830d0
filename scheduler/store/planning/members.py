"""Who is in a slot, and why some of them get nothing: the SELECT that planning inserts from.

The statement is large, and the same for every place of an audience: it is built once for each
shape and run with each slot's values.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
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
    literal,
    literal_column,
    null,
    or_,
    select,
    true,
    tuple_,
)

from scheduler.domain.calendar.campaigns import Audience
from scheduler.domain.channels import EMAIL, to_addresses
from scheduler.domain.consent.optout import STRANGERS, Reason
from scheduler.domain.delivery import DeliveryState, LeftOut
from scheduler.domain.measure.caps import Coming
from scheduler.domain.message import AddressKind
from scheduler.domain.planning import Awaited, SlotPlan, Unserved
from scheduler.store.freezing import is_frozen
from scheduler.store.planning.invited import was_invited
from scheduler.store.rules import (
    NO_REFUSAL,
    address_on,
    bounced,
    closed,
    has_consent,
    has_received,
    in_audience,
    refused,
)
from scheduler.store.schema.list_tables import listed
from scheduler.store.schema.tables import address, consent, contact, content, delivery, slot
from scheduler.store.schema.types import UtcTime

# An alias copies every column of its table, so each is made once.
#: Another contact, who may have the same address.
OTHER = contact.alias("other")
_EMAIL, _ROW = delivery.alias("email"), delivery.alias("row")
_SERVED = delivery.alias("other_delivery")


@dataclass(frozen=True, kw_only=True, slots=True)
class Members:
    """An audience as the statement sees it."""

    source: str
    rule: tuple[tuple[str, tuple[str, ...]], ...]
    needs_consent: bool
    #: Only who is in the list that the parameter ``list`` names.
    listed: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Before:
    """Members of slots that are still to be planned, to whom others at their address give way."""

    name: str
    members: Members
    #: (zone, territory) of each slot.
    places: tuple[tuple[str, str], ...]
    earlier: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class ToCome:
    """A stronger message of the days after."""

    #: Empty: nobody of those who may get this one refuses it.
    topic: str
    before: tuple[Before, ...]
    #: So many, since the parameters room_0_0, room_0_1… (the first number is its own).
    room: tuple[int, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Shape:
    """What the statement depends on; the slot's own values are parameters.

    Parameters (``parameters_of``): occurrence, zone, territory, due_at, campaign, list, and
    content_0, content_1… for the texts.
    """

    channel: str
    address_kind: AddressKind
    topic: str
    audience: Members
    awaited: tuple[Before, ...]
    #: (language, easy-to-read) of each text's readers.
    readers: tuple[tuple[tuple[str, bool], ...], ...]
    #: Of each cap, its messages and how many of those to come count; the parameters cap_0, cap_1…
    #: are its instants.
    caps: tuple[tuple[int, int], ...]
    coming: tuple[ToCome, ...]
    email_first: bool
    no_window: bool
    real_world: bool
    forced: bool
    invited_only: bool
    #: What becomes of those who read none of the texts.
    unserved: Unserved


def shape_of(plan: SlotPlan) -> Shape:
    channel = plan.key.channel
    return Shape(
        channel=channel,
        address_kind=plan.address_kind,
        topic=plan.topic,
        audience=members(plan.audience, channel, owed=plan.owed, listed=plan.list is not None),
        awaited=tuple(
            before(one, channel, owed=plan.owed, listed=plan.list is not None)
            for one in plan.awaited
        ),
        readers=tuple(tuple(text.readers) for text in plan.contents),
        caps=tuple((limit.messages, limit.ahead) for limit in plan.caps),
        coming=tuple(_to_come(plan, one) for one in plan.coming),
        email_first=plan.email_first,
        no_window=plan.no_window,
        real_world=plan.real_world,
        forced=plan.forced,
        invited_only=plan.invited_only,
        unserved=plan.unserved,
    )


def parameters_of(plan: SlotPlan, contents: Sequence[int] = ()) -> dict[str, Any]:
    """The slot's own values for the statement of its shape; ``contents`` are its texts' rows."""
    values: dict[str, Any] = {
        "occurrence": plan.occurrence.occurrence_id,
        "zone": plan.key.place.zone,
        "territory": plan.key.place.territory,
        # Of a plan that nobody has begun: no slot, no delivery.
        "being_planned": 0,
        "made_before": 0,
    }
    if not plan.forced:
        values["due_at"] = plan.due_at
    if plan.invited_only:
        values["campaign"] = plan.occurrence.campaign
    if plan.list is not None:
        values["list"] = plan.list
    values |= _instants_of(plan)
    return values | {f"content_{number}": row for number, row in enumerate(contents)}


def members(audience: Audience, channel: str, *, owed: bool, listed: bool = False) -> Members:
    """What is owed by law needs nobody's consent; anything else, where that is the ground."""
    return Members(
        source=audience.source,
        rule=tuple((field, tuple(values)) for field, values in audience.rule.items()),
        needs_consent=not owed and audience.channels[channel].basis == "consent",
        listed=listed,
    )


def _to_come(plan: SlotPlan, one: Coming) -> ToCome:
    channel, name = plan.key.channel, plan.key.audience
    return ToCome(
        # Who has refused this message's own topic is left out for that.
        topic="" if one.topic == plan.topic else one.topic,
        before=tuple(
            Before(
                name=each.name,
                members=members(each, channel, owed=False),
                places=(),
                earlier=each.name == name,
            )
            for each in one.before
        ),
        room=tuple(messages for _, messages in one.room),
    )


def _instants_of(plan: SlotPlan) -> dict[str, datetime]:
    """The parameters of its caps, and of those to come."""
    found = {f"cap_{number}": limit.since for number, limit in enumerate(plan.caps)}
    return found | {
        f"room_{number}_{which}": since
        for number, one in enumerate(plan.coming)
        for which, (since, _) in enumerate(one.room)
    }


def before(one: Awaited, channel: str, *, owed: bool, listed: bool = False) -> Before:
    return Before(
        name=one.audience.name,
        members=members(one.audience, channel, owed=owed, listed=listed),
        places=tuple((place.zone, place.territory) for place in one.places),
        earlier=one.earlier,
    )


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
        found = found.where(_has_text(shape, contact))
    if shape.forced:
        return found
    return found.where(_known_in_time(contact))


def _gives_way(shape: Shape) -> ColumnElement[bool]:
    """To an e-mail of the same occurrence that is about to leave."""
    if not shape.email_first:
        return false()
    email = _EMAIL
    leaves = exists().where(
        email.c.occurrence_id == bindparam("occurrence"),
        email.c.contact_id == contact.c.id,
        email.c.channel == EMAIL.name,
        email.c.state.in_([DeliveryState.WAITING, DeliveryState.SENDING]),
    )
    return and_(leaves, ~has_received(contact.c.id))


def own_address(channel: ColumnElement[str]) -> ColumnElement[int]:
    """The address of a contact's that a channel goes to."""
    letters = [one.name for one in to_addresses(AddressKind.EMAIL)]
    return case((channel.in_(letters), contact.c.email_id), else_=contact.c.phone_id)


def address_column(kind: AddressKind) -> Column[Any]:
    """Which of a contact's addresses a channel needs."""
    return contact.c.email_id if kind is AddressKind.EMAIL else contact.c.phone_id


def is_member(person: Any, members: Members) -> ColumnElement[bool]:
    living = in_audience(person, members.source, dict(members.rule))
    if not members.listed:
        return living
    mine = exists().where(
        listed.c.list_id == bindparam("list", type_=BigInteger), listed.c.contact_id == person.c.id
    )
    return and_(living, mine)


def latest_proof(channel: str) -> ColumnElement[Any]:
    """For the address that the contact has today."""
    return (
        select(func.max(consent.c.id))
        .where(consent.c.contact_id == contact.c.id, consent.c.channel == channel)
        .where(consent.c.address_id == contact.c[address_on(channel)])
        .where(consent.c.act != "withdrawn")
        .scalar_subquery()
    )


def _content_of(shape: Shape) -> ColumnElement[Any]:
    """The kept text for a contact's language and preference."""
    reader = tuple_(contact.c.language, contact.c.easy_to_read)
    choices = [
        (reader.in_(list(readers)), bindparam(f"content_{number}", type_=BigInteger))
        for number, readers in enumerate(shape.readers)
        if readers
    ]
    if not choices:
        return cast(null(), BigInteger)
    # A reader of a language that came in while this was being planned gets the French text.
    plain = next((n for n, who in enumerate(shape.readers) if ("fr", False) in who), 0)
    return case(*choices, else_=bindparam(f"content_{plain}", type_=BigInteger))


def _has_text(shape: Shape, person: Any) -> ColumnElement[bool]:
    """One of the texts is theirs."""
    everyone = [one for readers in shape.readers for one in readers]
    return tuple_(person.c.language, person.c.easy_to_read).in_(everyone)


def has_row(person: Any, channel: str, *, earlier: bool = False) -> ColumnElement[bool]:
    """In the occurrence, on the channel, whatever became of it; but for one that was taken out of
    a slot because its person had moved.

    ``earlier``: and but for those that the portions before have just made in the slot that is being
    planned: everybody is decided as if nobody had been yet.
    """
    row = _ROW
    before = [
        or_(row.c.slot_id != bindparam("being_planned"), row.c.id <= bindparam("made_before"))
    ]
    return exists().where(
        or_(row.c.state != DeliveryState.LEFT_OUT, row.c.reason != LeftOut.MOVED.value),
        *(before if earlier else ()),
        row.c.occurrence_id == bindparam("occurrence"),
        row.c.contact_id == person.c.id,
        row.c.channel == channel,
    )


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
    choices += [(one, LeftOut.CAP.value) for one in _capped(shape, contact)]
    if shape.no_window:
        choices.append((true(), LeftOut.NO_WINDOW.value))
    if shape.unserved is Unserved.END:
        choices.append((~_has_text(shape, contact), LeftOut.NO_TEXT.value))
    # Last: who gives way to somebody could have been written to.
    choices.append((_served_otherwise(shape, address_id), LeftOut.DUPLICATE.value))
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


def _capped(shape: Shape, person: Any) -> list[ColumnElement[bool]]:
    """Has got, or is about to get, as many messages on the channel as a cap lets through."""
    coming = [_comes_to(shape, number, one, person) for number, one in enumerate(shape.coming)]
    return [
        sum(coming[:ahead], _had(shape.channel, f"cap_{number}", person)) >= messages
        for number, (messages, ahead) in enumerate(shape.caps)
    ]


def _had(channel: str, since: str, person: Any) -> ColumnElement[int]:
    """How many a person got, or is getting, since the parameter's instant."""
    theirs = (
        select(func.count())
        .select_from(delivery.join(slot, slot.c.id == delivery.c.slot_id))
        .where(delivery.c.contact_id == person.c.id, delivery.c.channel == channel)
        .where(delivery.c.state.in_(_RECEIVED))
        .where(slot.c.due_at >= bindparam(since, type_=UtcTime))
        .where(delivery.c.occurrence_id != bindparam("occurrence"))
    )
    return theirs.correlate(person).scalar_subquery()


def _comes_to(shape: Shape, number: int, one: ToCome, person: Any) -> ColumnElement[int]:
    """1 for whoever will get it: 0 for who refused its topic, has had enough by then, or gives way
    to somebody at the address."""
    address_id = person.c[address_on(shape.channel)]
    keeps_out: list[ColumnElement[bool]] = [
        _had(shape.channel, f"room_{number}_{which}", person) >= messages
        for which, messages in enumerate(one.room)
    ]
    if one.topic:
        keeps_out.append(refused(person.c.id, address_id, shape.channel, one.topic))
    if one.before:
        other = contact.alias(f"before_{number}")
        goes = [_goes_before(other, each, person, shape.channel) for each in one.before]
        keeps_out.append(
            exists().where(other.c[address_on(shape.channel)] == address_id, or_(*goes))
        )
    return case((or_(*keeps_out), 0), else_=1) if keeps_out else literal(1)


def _goes_before(other: Any, one: Before, person: Any, channel: str) -> ColumnElement[bool]:
    conditions = [
        other.c.id < person.c.id if one.earlier else other.c.id != person.c.id,
        is_member(other, one.members),
        ~is_frozen(other),
    ]
    if one.members.needs_consent:
        conditions.append(has_consent(other, channel))
    return and_(*conditions)


_RECEIVED = (
    DeliveryState.WAITING,
    DeliveryState.SENDING,
    DeliveryState.SENT,
    DeliveryState.UNCERTAIN,
)


def _served_otherwise(shape: Shape, address_id: Column[Any]) -> ColumnElement[bool]:
    """The address has been served, or somebody who goes before gets it in this slot or a later."""
    other = OTHER
    here = [
        other.c.id < contact.c.id,
        is_member(other, shape.audience),
        other.c.zone == bindparam("zone"),
        other.c.territory == bindparam("territory"),
        ~is_frozen(other),
        # Who refuses, at whatever address, keeps it from nobody who has it too.
        ~refused(other.c.id, other.c[address_id.name], shape.channel, shape.topic),
        *(~one for one in _capped(shape, other)),
    ]
    if shape.audience.needs_consent:
        here.append(has_consent(other, shape.channel))
    if shape.invited_only:
        here.append(was_invited(other.c.id))
    if shape.unserved is not Unserved.NOBODY:
        here.append(_has_text(shape, other))
    if not shape.forced:
        here.append(_known_in_time(other))
    later = [comes_before(other, one, shape.channel) for one in shape.awaited]
    return or_(
        exists().where(
            other.c[address_id.name] == address_id,
            ~has_row(other, shape.channel, earlier=True),
            or_(and_(*here), *later),
        ),
        is_served(shape.channel, address_id),
    )


def is_served(channel: str, address_id: Any) -> ColumnElement[bool]:
    """A delivery of the occurrence goes, or went, to the address on the channel."""
    other = _SERVED
    return exists().where(
        other.c.occurrence_id == bindparam("occurrence"),
        other.c.channel == channel,
        other.c.address_id == address_id,
        other.c.state != literal_column(f"'{DeliveryState.LEFT_OUT.value}'"),
    )


def comes_before(other: Any, one: Before, channel: str) -> ColumnElement[bool]:
    """``other`` has a slot still to come, with a text for its audience, that goes before
    ``contact``'s."""
    text = exists().where(
        content.c.occurrence_id == bindparam("occurrence"),
        content.c.channel == channel,
        content.c.audience == one.name,
    )
    place = tuple_(other.c.zone, other.c.territory).in_(list(one.places))
    return and_(_goes_before(other, one, contact, channel), place, text)


def _known_in_time(person: Any) -> ColumnElement[bool]:
    """What fell due before a contact was imported doesn't concern them."""
    known: ColumnElement[bool] = person.c.imported_at <= bindparam("due_at", type_=UtcTime)
    return known
