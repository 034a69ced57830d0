"""Faults of ``was``: a former name that is somebody's still, or that two lay claim to."""

from collections.abc import Iterator, Mapping, Sequence

from scheduler.config.faults import at
from scheduler.config.yaml_lines import Document
from scheduler.domain.calendar.campaigns import Audience, Campaign
from scheduler.domain.errors import Fault

#: Name -> its former ones; None where nothing is said.
Former = Mapping[str, Sequence[str] | None]


def check(
    campaigns: Sequence[Campaign], audiences: Sequence[Audience], document: Document
) -> list[Fault]:
    found = [
        at(document, ("campaigns", name, "was"), what, remedy)
        for name, what, remedy in _faults({one.name: one.was for one in campaigns})
    ]
    for campaign in campaigns:
        of_episodes = {one.name: one.was for one in campaign.episodes}
        found += [
            at(document, ("campaigns", campaign.name, "episodes", name, "was"), what, remedy)
            for name, what, remedy in _faults(of_episodes)
        ]
    of_audiences = {one.name: one.was for one in audiences}
    found += [
        at(document, ("audiences",), f"{name}: was {what}", remedy)
        for name, what, remedy in _faults(of_audiences, may_swap=False)
    ]
    return found


def _faults(former: Former, *, may_swap: bool = True) -> Iterator[tuple[str, str, str]]:
    """Name, what is wrong, remedy. A name that is in use may be claimed only where its present
    owner says what he was called himself: then the two have swapped."""
    claimed: dict[str, str] = {}
    for name, names in former.items():
        for was in names or ():
            if was == name:
                yield name, f"names {was!r}, which is its name", "name what it was called before"
            elif was in former and not (may_swap and former[was]):
                yield (
                    name,
                    f"names {was!r}, which still exists",
                    f"take {was!r} out, or say with `was` what {was!r} was called itself",
                )
            elif was in claimed:
                yield (
                    name,
                    f"names {was!r}, which {claimed[was]!r} says it was",
                    "leave it with one of the two",
                )
            claimed.setdefault(was, name)
