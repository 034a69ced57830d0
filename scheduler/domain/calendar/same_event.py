"""The same event a second time: its people would be invited twice."""

from collections.abc import Collection, Iterable
from datetime import datetime

from scheduler.domain.calendar.campaigns import Campaign, CampaignKind
from scheduler.domain.calendar.changing import Cannot, ChangeRefused


def refuse_second(
    event: Campaign, starts: datetime, audiences: Collection[str], others: Iterable[Campaign]
) -> None:
    """``event``: it, or its kit. Raises ChangeRefused where another one that is on has its
    messages, its moment and some of its people; one that was called off stands in nobody's way."""
    messages = {one.message for one in event.episodes}
    for one in others:
        there = one.kind is CampaignKind.EVENT and one.enabled and not one.cancelled
        if one.name == event.name or not there or one.starts != starts:
            continue
        if set(audiences) & {*one.audiences} and messages & {each.message for each in one.episodes}:
            raise ChangeRefused(Cannot.EXISTS, "date")
