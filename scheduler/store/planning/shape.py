"""What planning's statement depends on, and the values that each slot gives it.

The statement is large, and the same for every place of an audience: it is built once for each
shape and run with each slot's values.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from scheduler.domain.calendar.campaigns import Audience
from scheduler.domain.measure.caps import Coming
from scheduler.domain.message import AddressKind
from scheduler.domain.planning import Awaited, SlotPlan, Unserved
from scheduler.domain.values import frozen


@frozen
class Members:
    """An audience as the statement sees it."""

    source: str
    rule: tuple[tuple[str, tuple[str, ...]], ...]
    needs_consent: bool
    #: Only who is in the list that the parameter ``list`` names.
    listed: bool = False


@frozen
class Before:
    """Members of slots that are still to be planned, to whom others at their address give way."""

    name: str
    members: Members
    earlier: bool


@frozen
class ToCome:
    """A stronger message of the days after."""

    #: Empty: nobody of those who may get this one refuses it.
    topic: str
    before: tuple[Before, ...]
    #: So many, since the parameters room_0_0, room_0_1… (the first number is its own).
    room: tuple[int, ...]


@frozen
class Shape:
    """What the statement depends on; the slot's own values are parameters.

    Parameters (``parameters_of``): occurrence, zone, territory, due_at, campaign, list, and
    content_0, content_1… for the texts, places_0… for those who are awaited.
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
    #: Counted, not planned.
    foreseen: bool


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
        foreseen=plan.foreseen,
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
    values |= _instants_of(plan) | places_of(plan.awaited)
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
        earlier=one.earlier,
    )


def places_of(awaited: Sequence[Awaited]) -> dict[str, Any]:
    """The parameters places_0, places_1…: (zone, territory) of each slot that is still to be
    planned. There are fewer from one slot to the next, and the statement stays the same."""
    return {
        f"places_{number}": [(place.zone, place.territory) for place in one.places]
        for number, one in enumerate(awaited)
    }
