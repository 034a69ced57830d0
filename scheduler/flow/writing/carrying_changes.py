"""Changes of the calendar between a ledger and a folder: out for git, and into a ledger that has
none.

The folder holds ``config.yaml`` with the changes laid in, and ``calendar.json``: each of them, what
config.yaml said before, who decided it and when.
"""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from scheduler.config.configuration import Configuration
from scheduler.config.patching import CantPatch, with_campaign, with_keys
from scheduler.domain.calendar.campaigns import Campaign
from scheduler.domain.calendar.changes import (
    FACETS,
    Change,
    ChangeKind,
    Decision,
    Facet,
    Laid,
    Says,
    Stand,
)
from scheduler.domain.calendar.laying import dates_of, keys_of
from scheduler.domain.errors import EditRefused
from scheduler.domain.values import frozen

LIST = "calendar.json"
#: Bytes of the list; a year's changes have a tenth.
_MOST = 4_000_000


@frozen
class CarriedChange:
    """A change as a folder has it."""

    change: Change
    #: What config.yaml said when it was decided.
    base: Says | None
    asked_by: str


def laid_in(configuration: Configuration, text: str) -> str:
    """The words of config.yaml with the changes that stand over it. Raises EditRefused."""
    now = {one.name: one for one in configuration.campaigns}
    before = {one.name: one for one in configuration.written}
    try:
        for name, campaign in now.items():
            there = before.get(name)
            if there is None:
                text = with_campaign(text, name, {**keys_of(campaign), **_more(campaign, None)})
            elif there != campaign:
                text = with_keys(text, name, _changed(there, campaign))
    except CantPatch as cant:
        raise EditRefused(
            f"{configuration.file} can't be changed by lines ({cant}): type the changes of "
            "calendar.json into it"
        ) from cant
    return text


def write_list(changes: Sequence[Laid], folder: Path) -> None:
    """Raises OSError."""
    told = [_told(one.decision) for one in changes]
    text = json.dumps(told, ensure_ascii=False, indent=1)
    (folder / LIST).write_text(text + "\n", encoding="utf-8")


def read_list(folder: Path) -> list[CarriedChange] | None:
    """None: the folder has none. Raises EditRefused for what is no list of changes."""
    listed = folder / LIST
    if not listed.is_file():
        return None
    try:
        with listed.open("rb") as file:
            rows = json.loads(file.read(_MOST))
        found = [_carried(row) for row in rows]
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise EditRefused(f"{listed} is no list of changes: export them anew") from None
    if len({one.change.subject for one in found}) < len(found):
        raise EditRefused(f"{listed} is no list of changes: export them anew")
    return found


def is_of_use(one: Laid) -> bool:
    """It does something: what is gone or unfit is left in the ledger."""
    return one.stand not in (Stand.GONE, Stand.UNFIT)


def _changed(there: Campaign, campaign: Campaign) -> dict[str, Any]:
    """The keys of config.yaml that differ."""
    old, new = dates_of(there), dates_of(campaign)
    keys = {name: new[name] or _NOTHING[name] for name in new if new[name] != old[name]}
    if keys_of(there) != keys_of(campaign):
        whole, before = keys_of(campaign), keys_of(there)
        keys |= {
            name: one for name, one in whole.items() if name not in new and one != before.get(name)
        }
    return keys | _more(campaign, there)


#: How config.yaml says that there is none.
_NOTHING: Mapping[str, Any] = {"starts": None, "ends": None, "place": "", "values": {}}


def _more(campaign: Campaign, there: Campaign | None) -> dict[str, Any]:
    keys: dict[str, Any] = {}
    if campaign.enabled != (there.enabled if there else True):
        keys["enabled"] = campaign.enabled
    if campaign.cancelled != (there.cancelled if there else False):
        keys["cancelled"] = campaign.cancelled
    if campaign.particulars != (there.particulars if there else {}):
        keys["occurrences"] = [
            _particular(episode, season, campaign) for episode, season in campaign.particulars
        ]
    return keys


def _particular(episode: str, season: str, campaign: Campaign) -> dict[str, Any]:
    own = campaign.particulars[episode, season]
    keys: dict[str, Any] = {"episode": episode}
    if season:
        keys["season"] = season
    if own.at:
        keys["at"] = f"{own.at:%H:%M}"
    if own.on:
        keys["on"] = own.on.isoformat()
    if own.skip:
        keys["skip"] = True
    return keys


def _told(decision: Decision) -> dict[str, Any]:
    change = decision.change
    return {
        "kind": change.kind,
        "facet": change.facet,
        "campaign": change.campaign,
        "episode": change.episode,
        "season": change.season,
        "says": change.says,
        "base": decision.base,
        "asked_by": decision.asked_by,
        "decided_by": decision.decided_by,
        "at": decision.at.isoformat(),
    }


def _carried(row: Any) -> CarriedChange:
    words = [row[name] for name in ("campaign", "episode", "season", "decided_by")]
    says, base = row["says"], row["base"]
    if not all(isinstance(one, str) for one in words) or not isinstance(says, dict):
        raise TypeError
    if not words[0] or not words[3] or not isinstance(base, dict | None):
        raise TypeError
    change = Change(
        kind=ChangeKind(row["kind"]),
        facet=Facet(row["facet"]),
        campaign=words[0],
        episode=words[1],
        season=words[2],
        says=says,
    )
    if change.facet not in FACETS[change.kind]:
        raise TypeError
    return CarriedChange(change=change, base=base, asked_by=words[3])
