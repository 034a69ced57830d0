"""Whom the people of a slot give way to, where an address is in two audiences or has two contacts.

The audience that the configuration names first goes before, and in one audience whoever was known
earlier. A slot that is still to come counts only if it comes early enough: should its people get
nothing after all, those who gave way must have the time to get it themselves.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from scheduler.domain.calendar.campaigns import Audience
from scheduler.domain.calendar.conflicts import Planned
from scheduler.domain.channels import EMAIL
from scheduler.domain.planning import Awaited

#: What must be left of their own time to those who gave way.
SPARE = timedelta(hours=2)


def awaited(
    channel: str,
    audience: str,
    limit: datetime,
    to_come: Iterable[Planned],
    order: Sequence[Audience],
) -> tuple[Awaited, ...]:
    """The slots that go before those of an audience whose own limit is ``limit``.

    ``to_come``: the occurrence's slots that are still to be planned; ``order``: every audience, as
    the configuration names them.
    """
    coming = [
        one
        for one in to_come
        if one.channel == channel
        and one.slot.due_at is not None
        and one.slot.due_at <= limit - SPARE
    ]
    found = []
    for each in order:  # untaken: it never ends by itself, for the audience is one of them
        places = tuple(one.place for one in coming if one.audience == each.name)
        if places:
            found.append(Awaited(audience=each, places=places, earlier=each.name == audience))
        if each.name == audience:
            break
    return tuple(found)


def foreseen(
    one: Planned, slots: Iterable[Planned], order: Sequence[Audience]
) -> tuple[Awaited, ...]:
    """Whose people at an address go before ``one``'s, in an occurrence of which nothing is planned
    yet: of the slots that it will wait for, and of those that are planned before it and don't wait
    for it themselves.

    ``slots``: the occurrence's, with ``one``, that have a text.
    """
    dated = [other for other in slots if other.slot.due_at is not None]
    if one not in dated:
        return ()
    turns = sorted(dated, key=lambda other: (other.slot.due_at, turn(other, order)))
    here = turns.index(one)
    later = awaited(one.channel, one.audience, _limit(one), turns[here + 1 :], order)
    found = {(each.audience.name, each.earlier): [*each.places] for each in later}
    for other in turns[:here]:
        if other.channel != one.channel:
            continue
        waits = bool(awaited(other.channel, other.audience, _limit(other), [one], order))
        if not waits or other.audience == one.audience:
            found.setdefault((other.audience, waits), []).append(other.place)
    return tuple(
        Awaited(audience=each, places=tuple(found[each.name, earlier]), earlier=earlier)
        for each in order
        for earlier in (False, True)
        if (each.name, earlier) in found
    )


def _limit(one: Planned) -> datetime:
    """Of a slot that comes due."""
    limit = one.slot.not_after or one.slot.due_at
    assert limit is not None  # noqa: S101 - what never comes due isn't asked
    return limit


def turn(one: Planned, order: Sequence[Audience]) -> tuple[int, int]:
    """In which order slots that are due together are planned: who gives way comes after, and an SMS
    after the e-mail."""
    names = [each.name for each in order]
    return names.index(one.audience), int(one.channel != EMAIL.name)
