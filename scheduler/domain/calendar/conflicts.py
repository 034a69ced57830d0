"""Who gives way when two occurrences meet on one channel and local day for an audience.

The stronger rank keeps the day; the other moves to the next working day that is free, or is left
out. Each change carries its reason.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import groupby

from scheduler.domain.calendar import slots
from scheduler.domain.calendar.campaigns import (
    Audience,
    Campaign,
    CampaignKind,
    Episode,
    Occurrence,
    Place,
    Rank,
    SlotTime,
)
from scheduler.domain.calendar.dates import occurrences
from scheduler.domain.calendar.windows import LOOK_AHEAD, Hours
from scheduler.domain.channels import channel_label
from scheduler.domain.values import frozen
from scheduler.domain.words.french import french_date

#: The channels on which an episode has a text for an audience.
ChannelsOf = Callable[[Campaign, Episode, Audience], Iterable[str]]

#: What lies this far outside the asked dates still counts: a slot moves up to seven days for a
#: closed day and seven more for a conflict, and one that moved can stand in another's way.
MARGIN = timedelta(days=42)

_RANKS = {rank: strength for strength, rank in enumerate(Rank)}


@frozen
class Planned:
    """One slot of the calendar, with all it was made from."""

    occurrence: Occurrence
    campaign: Campaign
    episode: Episode
    channel: str
    #: The audience's name.
    audience: str
    place: Place
    slot: SlotTime

    @property
    def due_there(self) -> datetime | None:
        """When it comes due, in local time; None when it never does."""
        return slots.local_due(self.slot, self.place)


def plan(
    campaigns: Iterable[Campaign],
    start: date,
    end: date,
    *,
    audiences: Mapping[str, Audience],
    places: Mapping[str, Sequence[Place]],
    channels: ChannelsOf,
    hours: Hours,
    takes_day: Callable[[Planned], bool] = lambda one: True,
    is_there: Callable[[Campaign, Episode, Occurrence], bool] = lambda *one: True,
) -> list[Planned]:
    """Every slot, settled, of the occurrences whose nominal date is in the range (included).

    ``places`` are each audience's, by its name. The same occurrence gets the same slots whatever
    the range. Campaigns that are not enabled have none and take nobody's day; nor does a slot that
    ``takes_day`` says won't leave that day. What isn't ``is_there`` is left out. In the order of
    nominal date, campaign and episode.
    """
    wide = [
        Planned(
            occurrence=occurrence,
            campaign=campaign,
            episode=episode,
            channel=channel,
            audience=name,
            place=place,
            slot=slots.slot_time(
                occurrence, campaign, episode, channel, audiences[name], place, hours
            ),
        )
        for campaign, episode, occurrence in _occurrences(campaigns, start, end, hours)
        if is_there(campaign, episode, occurrence)
        for name in campaign.audiences
        for channel in channels(campaign, episode, audiences[name])
        for place in places[name]
    ]
    settled = settle((one for one in wide if takes_day(one)), hours)
    apart = [one for one in wide if not takes_day(one)]
    found = sorted([*settled, *apart], key=_order) if apart else settled
    return [one for one in found if start <= one.occurrence.date <= end]


def settle(planned: Iterable[Planned], hours: Hours) -> list[Planned]:
    """The same slots with no two on one channel, local day, audience and place.

    The stronger rank keeps the day; between equals, the earlier nominal date, then the name. The
    other moves to the first free working day within seven, or is left out. Settling again changes
    nothing. Slots that never come due are returned as they are.
    """
    lanes = groupby(sorted(planned, key=_lane), key=_lane)
    settled = [one for _, lane in lanes for one in _settle_lane(lane, hours)]
    return sorted(settled, key=_order)


def _occurrences(
    campaigns: Iterable[Campaign], start: date, end: date, hours: Hours
) -> Iterable[tuple[Campaign, Episode, Occurrence]]:
    for campaign in campaigns:
        if campaign.enabled:
            episodes = {episode.name: episode for episode in campaign.episodes}
            wide = occurrences(campaign, start - MARGIN, end + MARGIN, hours.holidays)
            yield from ((campaign, episodes[one.episode], one) for one in wide)


def _settle_lane(lane: Iterable[Planned], hours: Hours) -> list[Planned]:
    """Settle what one audience in one place gets on one channel.

    Those who keep their day are known first, so that nobody who moves takes a day from them. What
    goes to newcomers alone moves nobody else's, nor another week's.
    """
    every = sorted(lane, key=_strength)
    settled, taken = _settle_among((one for one in every if not _is_to_newcomers(one)), hours, {})
    weeks: dict[tuple[str, str], list[Planned]] = {}
    for one in every:
        if _is_to_newcomers(one):
            weeks.setdefault((one.campaign.name, one.occurrence.season), []).append(one)
    for mine in weeks.values():
        apart, own = _settle_among(mine, hours, taken)
        settled += [*apart, *(one for one in own.values() if _is_to_newcomers(one))]
    return [*settled, *taken.values()]


def _is_to_newcomers(one: Planned) -> bool:
    return one.campaign.kind is CampaignKind.ONBOARDING


def _settle_among(
    some: Iterable[Planned], hours: Hours, others: Mapping[date, Planned]
) -> tuple[list[Planned], dict[date, Planned]]:
    """Those without a day, and by day the rest and ``others``, who keep theirs."""
    settled: list[Planned] = []
    taken = dict(others)
    yielding: list[tuple[datetime, Planned]] = []
    for one in some:
        due = one.due_there
        if due is None:
            settled.append(one)
        elif due.date() in taken:
            yielding.append((due, one))
        else:
            taken[due.date()] = one
    for due, one in yielding:
        moved = _give_way(one, due, taken, hours)
        if moved.due_there is None:
            settled.append(moved)
        else:
            taken[moved.due_there.date()] = moved
    return settled, taken


def _give_way(one: Planned, due: datetime, taken: Mapping[date, Planned], hours: Hours) -> Planned:
    day = due.date()
    stronger = taken[day].occurrence
    why = f"laisse la place à {stronger.campaign}/{stronger.episode} le {french_date(day)}"
    if slots.is_pinned(one.campaign, one.episode):
        return _left_out(one, f"{why}, et la veille de l'événement ne se déplace pas")
    own = hours.for_audience(one.audience)
    for ahead in range(1, LOOK_AHEAD.days + 1):
        other = day + timedelta(days=ahead)
        free = other not in taken and hours.holidays.is_working_day(other, one.place.territory)
        slot = slots.slot_on(other, due.time(), one.channel, one.place, own) if free else None
        if slot is None:
            continue
        said = f"{why}, {channel_label(one.channel)} reporté au {french_date(other)}"
        moved = replace(slot, reason=slots.also(one.slot.reason, said))
        return replace(one, slot=slots.before_event(moved, one.campaign, one.episode))
    return _left_out(one, f"{why}, et aucun jour ouvré libre dans les sept qui suivent")


def _left_out(one: Planned, why: str) -> Planned:
    return replace(one, slot=slots.never(slots.also(one.slot.reason, why)))


def _lane(one: Planned) -> tuple[str, ...]:
    return one.audience, one.channel, one.place.zone, one.place.territory


def _strength(one: Planned) -> tuple[int, date, str, str]:
    return _RANKS[one.campaign.rank], *_order(one)[:3]


def _order(one: Planned) -> tuple[date, str, str, tuple[str, ...]]:
    occurrence = one.occurrence
    return occurrence.date, occurrence.campaign, occurrence.episode, _lane(one)
