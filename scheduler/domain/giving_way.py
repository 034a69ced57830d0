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
    for each in order:
        places = tuple(one.place for one in coming if one.audience == each.name)
        if places:
            found.append(Awaited(audience=each, places=places, earlier=each.name == audience))
        if each.name == audience:
            break
    return tuple(found)


def turn(one: Planned, order: Sequence[Audience]) -> tuple[int, int]:
    """In which order slots that are due together are planned: who gives way comes after, and an SMS
    after the e-mail."""
    names = [each.name for each in order]
    return names.index(one.audience), int(one.channel != EMAIL.name)
