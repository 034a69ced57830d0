"""When a channel may be used: hours of the day, Sundays and holidays, in the recipient's place.

Days and hours are local wall time; instants are aware UTC datetimes.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from scheduler.domain.campaigns import Place
from scheduler.domain.french import french_time
from scheduler.domain.holidays import SATURDAY, SUNDAY, HolidayCalendar

#: How far forward an allowed day is looked for.
LOOK_AHEAD = timedelta(days=7)


@dataclass(frozen=True, kw_only=True, slots=True)
class Window:
    """Part of a local day: from ``opens`` (included) to ``closes`` (excluded)."""

    opens: time
    closes: time

    def __post_init__(self) -> None:
        if self.opens >= self.closes:
            raise ValueError(f"une plage doit s'ouvrir avant de se fermer : {self}")

    def __contains__(self, at: time) -> bool:
        return self.opens <= at < self.closes

    def __str__(self) -> str:
        return f"{french_time(self.opens)}–{french_time(self.closes)}"

    def within(self, ceiling: "Window") -> "Window":
        """What is left of it there. Raises ValueError when nothing is."""
        return Window(opens=max(self.opens, ceiling.opens), closes=min(self.closes, ceiling.closes))


@dataclass(frozen=True, kw_only=True, slots=True)
class ChannelHours:
    """One channel's windows over the week; None: closed that day."""

    weekdays: Window | None
    saturday: Window | None = None
    sunday: Window | None = None
    #: Whether public holidays have the window of their weekday; otherwise they are closed.
    holidays: bool = False
    #: Public holidays have the window of a Sunday.
    holidays_as_sundays: bool = False
    #: After its due instant a slot may still start for this long; None: until that day's close.
    catch_up: timedelta | None = None
    #: After its due instant deliveries may leave (or be retried) for this long; None: until the
    #: close of the next allowed day, so that the rest of a run is deferred, not dropped.
    life: timedelta | None = None

    def on(self, weekday: int) -> Window | None:
        """The window of a weekday (0 is Monday) that is no holiday."""
        return {SATURDAY: self.saturday, SUNDAY: self.sunday}.get(weekday, self.weekdays)


_DAYTIME = Window(opens=time(7), closes=time(21))
_SATURDAY_SMS = Window(opens=time(10), closes=time(18))
#: The operators' charter of 2026: no promotional SMS leaves outside it, whatever a key says.
SMS_CEILING = Window(opens=time(8), closes=time(21, 30))

EMAIL_HOURS = ChannelHours(
    weekdays=_DAYTIME,
    saturday=_DAYTIME,
    sunday=_DAYTIME,
    holidays=True,
    catch_up=timedelta(hours=24),
    life=timedelta(hours=48),
)
#: The strictest of the French sources (law, operators' charter, Twilio's rules).
SMS_HOURS = ChannelHours(
    weekdays=Window(opens=time(8), closes=time(20)),
    saturday=_SATURDAY_SMS,
)
#: A Sunday that somebody decided to tolerate.
SMS_SUNDAY = Window(opens=time(10), closes=time(18))
#: ``traffic: service``, when the operator agreed in writing: Sundays have Saturday's hours.
SMS_SERVICE_HOURS = ChannelHours(
    weekdays=SMS_HOURS.weekdays,
    saturday=_SATURDAY_SMS,
    sunday=_SATURDAY_SMS,
    holidays=True,
)


def _default_channels() -> Mapping[str, ChannelHours]:
    return {"email": EMAIL_HOURS, "sms": SMS_HOURS}


@dataclass(frozen=True, kw_only=True, slots=True)
class Hours:
    """Every channel's hours, and the holidays they respect."""

    channels: Mapping[str, ChannelHours] = field(default_factory=_default_channels)
    #: For a channel not named above: as strict as SMS.
    others: ChannelHours = SMS_HOURS
    holidays: HolidayCalendar = field(default_factory=HolidayCalendar)
    #: Audience -> channel -> hours of its own.
    audiences: Mapping[str, Mapping[str, ChannelHours]] = field(default_factory=dict)

    def for_audience(self, name: str) -> "Hours":
        """As they are for one audience."""
        own = self.audiences.get(name)
        return replace(self, channels={**self.channels, **own}) if own else self

    def of(self, channel: str) -> ChannelHours:
        return self.channels.get(channel, self.others)

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
