"""When a channel may be used: hours of the day, Sundays and holidays, in the recipient's place.

Days and hours are local wall time; instants are aware UTC datetimes.
"""

from collections.abc import Mapping
from dataclasses import field, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from scheduler.domain.calendar.campaigns import Place
from scheduler.domain.calendar.channel_hours import ChannelHours, Window
from scheduler.domain.calendar.holidays import HolidayCalendar
from scheduler.domain.channels import kind_of
from scheduler.domain.values import frozen
from scheduler.domain.words.french import french_time

#: How far forward an allowed day is looked for.
LOOK_AHEAD = timedelta(days=7)


@frozen
class Hours:
    """Every channel's hours, and the holidays they respect."""

    #: As settings have them; a channel not named has its medium's own.
    channels: Mapping[str, ChannelHours] = field(default_factory=dict)
    holidays: HolidayCalendar = field(default_factory=HolidayCalendar)
    #: Audience -> channel -> hours of its own.
    audiences: Mapping[str, Mapping[str, ChannelHours]] = field(default_factory=dict)

    def for_audience(self, name: str) -> "Hours":
        """As they are for one audience."""
        own = self.audiences.get(name)
        return replace(self, channels={**self.channels, **own}) if own else self

    def of(self, channel: str) -> ChannelHours:
        return self.channels.get(channel) or kind_of(channel).hours

    def on(self, channel: str, day: date, territory: str) -> Window | None:
        """The local window of one day in one territory; None: closed."""
        hours = self.of(channel)
        if self.holidays.name(day, territory) is not None:
            if hours.holidays_as_sundays:
                return hours.sunday
            if not hours.holidays:
                return None
        return hours.on(day.weekday())


@lru_cache(maxsize=128)
def zone_named(name: str) -> ZoneInfo:
    """The IANA zone, read once: zoneinfo itself remembers only the last eight.

    Raises ZoneInfoNotFoundError.
    """
    return ZoneInfo(name)


def instant(day: date, at: time, zone: str) -> datetime:
    """The UTC instant of a local wall time.

    A time that comes twice (clocks going back) is its first occurrence; one that never comes
    (clocks going forward) is shifted forward by the gap.
    """
    # PEP 495: with fold=0 zoneinfo uses the offset from before the change, which is both rules.
    return datetime.combine(day, at.replace(fold=0), zone_named(zone)).astimezone(UTC)


def window(channel: str, day: date, place: Place, hours: Hours) -> tuple[datetime, datetime] | None:
    """Opening and closing instants (UTC) of a local day; None: nothing may leave that day."""
    found = hours.on(channel, day, place.territory)
    if found is None:
        return None
    return instant(day, found.opens, place.zone), instant(day, found.closes, place.zone)


def is_open(channel: str, now: datetime, place: Place, hours: Hours) -> bool:
    """Whether a message may leave at ``now`` (UTC)."""
    found = window(channel, _local_day(now, place), place, hours)
    return found is not None and found[0] <= now < found[1]


def next_opening(channel: str, now: datetime, place: Place, hours: Hours) -> datetime | None:
    """The first instant from ``now`` on (``now`` itself if open) when a message may leave.

    UTC. None when there is none in the seven days that follow.
    """
    today = _local_day(now, place)
    for ahead in range(LOOK_AHEAD.days + 1):
        found = window(channel, today + timedelta(days=ahead), place, hours)
        if found is not None and now < found[1]:
            return max(now, found[0])
    return None


def _local_day(now: datetime, place: Place) -> date:
    return now.astimezone(zone_named(place.zone)).date()


def check_wall_time(at: time) -> str | None:
    """Why a wall time can't be planned, in words for the operator; None: it can."""
    if at.hour != 2:
        return None
    return (
        f"{french_time(at)} n'existe pas, ou existe deux fois, les jours de changement d'heure ; "
        "choisissez une heure avant 02h00 ou à partir de 03h00"
    )


def closing(channel: str, now: datetime, place: Place, hours: Hours) -> datetime | None:
    """When (UTC) the window that is open at ``now`` closes; None when none is open."""
    found = window(channel, _local_day(now, place), place, hours)
    return found[1] if found is not None and found[0] <= now < found[1] else None


def start_by(
    channel: str, due_at: datetime, place: Place, hours: Hours, not_after: datetime
) -> datetime:
    """Until when (UTC) a slot that came due may still start, for whoever of it has to."""
    catch_up = hours.of(channel).catch_up
    limit = due_at + catch_up if catch_up else closing(channel, due_at, place, hours)
    return min(limit or not_after, not_after)
