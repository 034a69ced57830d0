"""What a person may decide of the calendar: from what they typed to a change, or why not.

Pure: what is known of the ledger is given. What has left, or is leaving, is never changed.
"""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from scheduler.domain.calendar.campaigns import (
    Campaign,
    CampaignKind,
    Episode,
    Occurrence,
    hour_of,
)
from scheduler.domain.calendar.changes import Change, ChangeKind, Facet
from scheduler.domain.calendar.dates import is_over
from scheduler.domain.calendar.laying import dates_of, keys_of
from scheduler.domain.calendar.windows import instant
from scheduler.domain.errors import ReflexeError
from scheduler.domain.values import frozen

#: Signs of what is typed of an event.
LONGEST = 300
#: How far away an event may be.
FARTHEST = timedelta(days=3 * 366)


class Cannot(StrEnum):
    """Why something can't be decided so; ``words.changes`` says how to mend it, in French."""

    #: No kit of that name.
    KIT = "kit"
    #: No date, or none that can be read.
    DATE = "date"
    #: No hour, or none that can be read.
    HOUR = "hour"
    #: From 02:00 to 02:59 clocks skip or repeat.
    NIGHT = "night"
    #: It would be over, or due, already.
    PAST = "past"
    #: Later than anybody plans: a slip of the keyboard.
    FAR = "far"
    #: It ends before it starts.
    ENDS = "ends"
    #: The same messages go to the same people for the same hour already.
    EXISTS = "exists"
    #: Nobody is named.
    AUDIENCE = "audience"
    #: Longer than it may be.
    LONG = "long"
    #: No https address.
    LINK = "link"
    #: A blank that the kit's messages ask for.
    BLANK = "blank"
    #: It says what stands already.
    SAME = "same"
    #: It has left, or is leaving.
    LEFT = "left"
    #: Somebody has an event's date: taken away, it would be forgotten and not called off.
    HELD_DATE = "held-date"
    #: The same people may have had it under another name.
    TWICE = "twice"
    #: config.yaml, as it is, can't have it.
    UNFIT = "unfit"
    #: Outside the hours of one of its channels.
    OUTSIDE = "outside"
    #: Not before its day.
    LATER = "later"
    #: It only makes sense on its own day.
    PINNED = "pinned"
    #: The event is called off.
    CALLED_OFF = "called-off"
    #: The event has no date.
    UNDATED = "undated"
    #: Newcomers' steps have no day of their own.
    ONBOARDING = "onboarding"


class ChangeRefused(ReflexeError):
    """What can't be decided so; ``field`` is what of the form it is about."""

    def __init__(self, why: Cannot, field: str = "", told: str = "") -> None:
        super().__init__(f"{why}: {told or field}")
        self.why = why
        self.field = field
        #: What says it more exactly, in French; empty: nothing.
        self.told = told


@frozen
class EventTerms:
    """What somebody typed of an event."""

    #: On the wall where the event is, as ``Campaign`` has it.
    starts: datetime
    ends: datetime | None
    place: str
    #: ``lien``, ``lieu_complet``, ``description``…; an empty one says nothing.
    values: Mapping[str, str]


def created(
    kit: Campaign, terms: EventTerms, audiences: Collection[str], name: str, now: datetime
) -> Change:
    """A dated event of a kit's messages. Raises ChangeRefused."""
    if not audiences:
        raise ChangeRefused(Cannot.AUDIENCE, "audiences")
    _refuse_terms(terms, kit.zone, now)
    made = replace(_with(kit, terms), name=name, audiences=tuple(audiences))
    return Change(
        kind=ChangeKind.EVENT_CREATED, facet=Facet.EVENT, campaign=name, says=keys_of(made)
    )


def name_for(kit: str, starts: datetime, taken: Collection[str]) -> str:
    """A name that nothing ever had: what has run under one never runs again."""
    first = f"{kit}-{starts:%Y-%m-%d}"
    names = (first, *(f"{first}-{number}" for number in range(2, len(taken) + 3)))
    return next(one for one in names if one not in taken)


def moved(campaign: Campaign, terms: EventTerms, now: datetime, *, made_here: bool) -> Change:
    """An event at another date or place. Raises ChangeRefused."""
    _refuse_gone(campaign)
    _refuse_terms(terms, campaign.zone, now)
    there = _with(campaign, terms)
    if dates_of(there) == dates_of(campaign):
        raise ChangeRefused(Cannot.SAME, "date")
    if made_here:
        facet, says = Facet.EVENT, keys_of(there)
    else:
        facet, says = Facet.DATES, dates_of(there)
    return Change(kind=ChangeKind.EVENT_MOVED, facet=facet, campaign=campaign.name, says=says)


def cancelled(campaign: Campaign, now: datetime) -> Change:
    """An event of which nothing more leaves by itself. Raises ChangeRefused."""
    _refuse_gone(campaign)
    if is_over(campaign, now):
        raise ChangeRefused(Cannot.PAST)
    return Change(
        kind=ChangeKind.EVENT_CANCELLED,
        facet=Facet.CANCELLED,
        campaign=campaign.name,
        says={"cancelled": True},
    )


def switched(campaign: Campaign, *, on: bool) -> Change:
    """A campaign on or off. Raises ChangeRefused."""
    if campaign.enabled == on:
        raise ChangeRefused(Cannot.SAME)
    kind = ChangeKind.ENABLED if on else ChangeKind.DISABLED
    return Change(kind=kind, facet=Facet.ENABLED, campaign=campaign.name, says={"enabled": on})


@frozen
class One:
    """An occurrence as it stands."""

    campaign: Campaign
    episode: Episode
    occurrence: Occurrence
    #: Something of it was planned, or it was decided about.
    has_left: bool

    def refuse(self) -> None:
        """Raises ChangeRefused for what can't be changed any more, or never."""
        if self.campaign.kind is CampaignKind.ONBOARDING:
            raise ChangeRefused(Cannot.ONBOARDING)
        if self.has_left:
            raise ChangeRefused(Cannot.LEFT)

    def change(self, kind: ChangeKind, facet: Facet, says: Mapping[str, object]) -> Change:
        one = self.occurrence
        return Change(
            kind=kind,
            facet=facet,
            campaign=one.campaign,
            episode=one.episode,
            season=one.season,
            says=dict(says),
        )


def at_hour(one: One, at: time, zone: str, now: datetime) -> Change:
    """Raises ChangeRefused."""
    one.refuse()
    _refuse_night(at, "hour")
    if at == hour_of(one.campaign, one.episode, one.occurrence.season):
        raise ChangeRefused(Cannot.SAME, "hour")
    if instant(one.occurrence.date, at, zone) <= now:
        raise ChangeRefused(Cannot.PAST, "hour")
    return one.change(ChangeKind.HOUR_CHANGED, Facet.HOUR, {"at": f"{at:%H:%M}"})


def skipped(one: One) -> Change:
    """Raises ChangeRefused."""
    one.refuse()
    return one.change(ChangeKind.SKIPPED, Facet.SKIP, {"skip": True})


def forward(one: One, on: date, zone: str, now: datetime) -> Change:
    """Raises ChangeRefused."""
    one.refuse()
    if one.campaign.kind is CampaignKind.EVENT and one.episode.when in ("j-1", "thanks"):
        raise ChangeRefused(Cannot.PINNED)
    if on >= one.occurrence.date:
        raise ChangeRefused(Cannot.LATER, "date")
    at = hour_of(one.campaign, one.episode, one.occurrence.season)
    if _is_past(on, at, zone, now):
        raise ChangeRefused(Cannot.PAST, "date")
    return one.change(ChangeKind.BROUGHT_FORWARD, Facet.DAY, {"on": on.isoformat()})


def _with(campaign: Campaign, terms: EventTerms) -> Campaign:
    kept = {name: one for name, one in campaign.values.items() if name not in terms.values}
    given = {name: one for name, one in terms.values.items() if one}
    return replace(
        campaign,
        starts=terms.starts,
        ends=terms.ends,
        place=terms.place,
        values={**kept, **given},
    )


def _refuse_gone(campaign: Campaign) -> None:
    if campaign.cancelled:
        raise ChangeRefused(Cannot.CALLED_OFF)
    if campaign.starts is None:
        raise ChangeRefused(Cannot.UNDATED)


def _refuse_terms(terms: EventTerms, zone: str, now: datetime) -> None:
    _refuse_night(terms.starts.time(), "hour")
    last = max(terms.starts, terms.ends or terms.starts)
    if last.date() > now.date() + FARTHEST:
        raise ChangeRefused(Cannot.FAR, "date")
    if _is_past(terms.starts.date(), terms.starts.time(), zone, now):
        raise ChangeRefused(Cannot.PAST, "date")
    if terms.ends is not None and terms.ends <= terms.starts:
        raise ChangeRefused(Cannot.ENDS, "end")
    for name, value in {"place": terms.place, **terms.values}.items():
        if len(value) > LONGEST:
            raise ChangeRefused(Cannot.LONG, name)
    link = terms.values.get("lien", "")
    if link and not link.startswith("https://"):
        raise ChangeRefused(Cannot.LINK, "lien")


def _is_past(day: date, at: time, zone: str, now: datetime) -> bool:
    """The first days that there are have no instant everywhere."""
    return day < now.date() - timedelta(days=2) or instant(day, at, zone) <= now


def _refuse_night(at: time, field: str) -> None:
    if at.hour == 2:
        raise ChangeRefused(Cannot.NIGHT, field)
