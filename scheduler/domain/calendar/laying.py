"""Changes laid over what config.yaml says: one calendar, which is read as config.yaml's is.

Pure, and it never fails: what can't be laid as things are does nothing, and is told.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any, TypeVar

from scheduler.domain.calendar.campaigns import (
    Audience,
    Campaign,
    CampaignKind,
    Episode,
    Occurrence,
    Particular,
    hour_of,
)
from scheduler.domain.calendar.changes import (
    Change,
    Decision,
    Facet,
    Laid,
    Says,
    Stand,
)
from scheduler.domain.calendar.dates import find, occurrences
from scheduler.domain.calendar.holidays import HolidayCalendar

_At = TypeVar("_At", time, datetime)

#: Makes a campaign of the keys that an event made here says. Raises ValueError with the reason.
Maker = Callable[[str, Says], Campaign]

#: In which order facets are laid: what an event is before what happens to it.
_ORDER = tuple(Facet)
#: How long after its nominal day something of it may still leave: a slot on the next open day, an
#: event's thanks.
_AFTER = timedelta(days=7)


def lay(
    campaigns: Sequence[Campaign],
    standing: Sequence[Decision],
    audiences: Sequence[Audience],
    holidays: HolidayCalendar,
    make: Maker,
) -> tuple[tuple[Campaign, ...], tuple[Laid, ...]]:
    """The campaigns as they hold now, and how each decision stands to config.yaml's word."""
    now = {one.name: one for one in campaigns}
    found: dict[int, Laid] = {}
    for decision in sorted(standing, key=lambda one: (_ORDER.index(one.change.facet), one.number)):
        change = decision.change
        try:
            campaign, file = _one(now, change, audiences, holidays, make)
            until = _until(campaign, change, holidays)
            if campaign.kind is CampaignKind.EVENT:
                # Every day that follows from its own is a day.
                occurrences(campaign, date.min, date.max, holidays)
        except _Gone as gone:
            found[decision.number] = _without_effect(decision, Stand.GONE, gone)
            continue
        except (ValueError, KeyError, TypeError, OverflowError) as unfit:
            found[decision.number] = _without_effect(decision, Stand.UNFIT, unfit)
            continue
        now[campaign.name] = campaign
        stand = _stand(decision, file)
        found[decision.number] = Laid(decision=decision, stand=stand, file=file, until=until)
    return tuple(now.values()), tuple(found[one.number] for one in standing)


def _without_effect(decision: Decision, stand: Stand, why: Exception) -> Laid:
    """It is over with the last day that it says itself."""
    says = decision.change.says or {}
    told = str(says.get("ends") or says.get("starts") or says.get("on") or "")
    try:
        until = datetime.fromisoformat(told).date() + _AFTER if told else None
    except (ValueError, OverflowError):
        until = None
    return Laid(decision=decision, stand=stand, file=None, why=str(why), until=until)


def _until(campaign: Campaign, change: Change, holidays: HolidayCalendar) -> date | None:
    """The last day of what a change is about, as it holds with it."""
    if change.facet is Facet.ENABLED:
        return None
    if campaign.kind is CampaignKind.EVENT:
        last = campaign.ends or campaign.starts
        return last.date() + _AFTER if last else None
    there = _unskipped(campaign, _episode(campaign, change.episode), change.season, holidays)
    return there.date + _AFTER if there else None


def said_of(
    campaigns: Sequence[Campaign], change: Change, holidays: HolidayCalendar
) -> Says | None:
    """What campaigns say of what a change is about; None: nothing."""
    try:
        campaign = _named(campaigns, change.campaign)
        return _said(campaign, change, holidays)
    except _Gone:
        return None


def keys_of(campaign: Campaign) -> dict[str, Any]:
    """An event's campaign as config.yaml would have it, without what others of its facets say."""
    keys: dict[str, Any] = {
        "kind": campaign.kind.value,
        "topic": campaign.topic,
        "rank": campaign.rank.value,
        "audiences": [*campaign.audiences],
        "channels": [*campaign.channels],
        "at": _hour(campaign.at),
        "zone": campaign.zone,
        **dates_of(campaign),
        "episodes": {one.name: _episode_keys(one) for one in campaign.episodes},
    }
    return {name: one for name, one in keys.items() if one not in ("", {})}


def dates_of(campaign: Campaign) -> dict[str, Any]:
    """When and where an event is."""
    return {
        "starts": _moment(campaign.starts),
        "ends": _moment(campaign.ends),
        "place": campaign.place,
        "values": dict(campaign.values),
    }


class _Gone(Exception):
    """What a change is about isn't there."""


def _one(
    now: Mapping[str, Campaign],
    change: Change,
    audiences: Sequence[Audience],
    holidays: HolidayCalendar,
    make: Maker,
) -> tuple[Campaign, Says | None]:
    """The campaign with a change laid over it, and what was said without."""
    says = change.says or {}
    if change.facet is Facet.EVENT:
        there = now.get(change.campaign)
        made = make(change.campaign, _with_names(says, audiences))
        if there is None:
            return made, None
        # What else config.yaml says of it (on, called off, single occurrences) is its own word.
        kept = replace(
            made,
            enabled=there.enabled,
            cancelled=there.cancelled,
            was=there.was,
            particulars=there.particulars,
        )
        return kept, keys_of(there)
    campaign = _named(now.values(), change.campaign)
    file = _said(campaign, change, holidays)
    match change.facet:
        case Facet.DATES:
            return _moved(campaign, says), file
        case Facet.CANCELLED:
            return replace(campaign, cancelled=bool(says["cancelled"])), file
        case Facet.ENABLED:
            return replace(campaign, enabled=bool(says["enabled"])), file
    episode = _episode(campaign, change.episode)
    key = (episode.name, change.season)
    own = campaign.particulars.get(key, Particular())
    match change.facet:
        case Facet.HOUR:
            own = replace(own, at=_wall(time.fromisoformat(says["at"])))
        case Facet.SKIP:
            own = replace(own, skip=bool(says["skip"]))
        case _:
            own = replace(own, on=date.fromisoformat(says["on"]))
    return replace(campaign, particulars={**campaign.particulars, key: own}), file


def _said(campaign: Campaign, change: Change, holidays: HolidayCalendar) -> Says:
    match change.facet:
        case Facet.EVENT:
            return keys_of(campaign)
        case Facet.DATES:
            return dates_of(campaign)
        case Facet.CANCELLED:
            return {"cancelled": campaign.cancelled}
        case Facet.ENABLED:
            return {"enabled": campaign.enabled}
    episode = _episode(campaign, change.episode)
    own = campaign.particulars.get((episode.name, change.season), Particular())
    match change.facet:
        case Facet.HOUR:
            return {"at": _hour(hour_of(campaign, episode, change.season))}
        case Facet.SKIP:
            return {"skip": own.skip}
    there = _unskipped(campaign, episode, change.season, holidays)
    if there is None:
        raise _Gone(f"{campaign.name}/{episode.name} has no date in {change.season or 'all time'}")
    return {"on": there.date.isoformat()}


def _unskipped(
    campaign: Campaign, episode: Episode, season: str, holidays: HolidayCalendar
) -> Occurrence | None:
    """One occurrence, on the day that it has or would have."""
    key = (episode.name, season)
    own = campaign.particulars.get(key, Particular())
    unskipped = {**campaign.particulars, key: replace(own, skip=False)}
    whole = replace(campaign, particulars=unskipped, cancelled=False)
    return find(whole, episode.name, season, holidays)


def _moved(campaign: Campaign, says: Says) -> Campaign:
    ends, values = says.get("ends"), dict(says.get("values", campaign.values))
    if not all(isinstance(one, str) for one in values.values()):
        raise TypeError("values are words")
    return replace(
        campaign,
        starts=_wall(datetime.fromisoformat(says["starts"])),
        ends=_wall(datetime.fromisoformat(ends)) if ends else None,
        place=str(says.get("place", campaign.place)),
        values=values,
    )


def _wall(at: _At) -> _At:
    """As clocks show it there, each in its own zone. Raises ValueError."""
    if at.tzinfo is not None:
        raise ValueError(f"{at} says a zone: it is the time that clocks show")
    return at


def _stand(decision: Decision, file: Says | None) -> Stand:
    says = decision.change.says
    facet = decision.change.facet
    if facet is Facet.EVENT and file is None:
        return Stand.OVER if decision.base is None else Stand.BEHIND
    if _plain(file) == _plain(says):
        return Stand.IN_FILE
    return Stand.OVER if _plain(file) == _plain(decision.base) else Stand.BEHIND


def _plain(says: Says | None) -> Says | None:
    """Without what says nothing."""
    if says is None:
        return None
    return {name: one for name, one in says.items() if one not in ("", {}, None)}


def _named(campaigns: Iterable[Campaign], name: str) -> Campaign:
    """By its name, or by one that it had."""
    known = [*campaigns]
    exact = next((one for one in known if one.name == name), None)
    found = exact or next((one for one in known if name in (one.was or ())), None)
    if found is None:
        raise _Gone(f"there is no campaign {name!r} any more")
    return found


def _episode(campaign: Campaign, name: str) -> Episode:
    exact = next((one for one in campaign.episodes if one.name == name), None)
    found = exact or next((one for one in campaign.episodes if name in (one.was or ())), None)
    if found is None:
        raise _Gone(f"campaign {campaign.name} has no episode {name!r} any more")
    return found


def _with_names(says: Says, audiences: Sequence[Audience]) -> Says:
    """With the audiences as they are called now."""
    now = {former: one.name for one in audiences for former in one.was}
    now |= {one.name: one.name for one in audiences}
    return {**says, "audiences": [now.get(name, name) for name in says.get("audiences", ())]}


def _episode_keys(episode: Episode) -> dict[str, Any]:
    keys: dict[str, Any] = {"message": episode.message, "when": episode.when}
    if episode.at:
        keys["at"] = _hour(episode.at)
    if episode.values:
        keys["values"] = dict(episode.values)
    return keys


def _hour(at: time) -> str:
    return f"{at:%H:%M}"


def _moment(at: datetime | None) -> str:
    return f"{at:%Y-%m-%dT%H:%M}" if at else ""
