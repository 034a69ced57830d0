"""On which dates each campaign's episodes fall, on the national calendar.

Everything here is in nominal local dates: neither channel, zone nor territory changes them, and an
occurrence's id and season come from them. ``slots`` says when an occurrence comes due in a place.
"""

import re
from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import lru_cache

from scheduler.domain.calendar import newcomers
from scheduler.domain.calendar.campaigns import Campaign, CampaignKind, Episode, Occurrence
from scheduler.domain.calendar.holidays import LEGAL, SUNDAY, HolidayCalendar
from scheduler.domain.calendar.windows import instant, zone_named

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_THURSDAY = 3
_INVITATION_DAYS = 21
#: An episode that recurs once in each quarter of the year.
_QUARTERLY = [0, 1, 2, 3]

_WEEKDAY = "|".join(_WEEKDAYS)
#: Kind -> what ``when`` may be, and how a message names the choices.
_FORMS = {
    CampaignKind.SERIES: (
        r"announcement|sunday-[1-4]|recap",
        "announcement, sunday-1 à sunday-4, recap",
    ),
    CampaignKind.REMINDER: (
        rf"first-(working-)?({_WEEKDAY})|day-([1-9]|[12]\d|3[01])|last-day|by-hand",
        "first-working-tuesday, first-tuesday (ou autre jour), day-1 à day-31, last-day, by-hand",
    ),
    CampaignKind.EVENT: (
        r"invitation|j-[1-9]\d?|thanks|by-hand",
        "invitation, j-1 à j-99, thanks, by-hand",
    ),
    CampaignKind.ON_DEMAND: (r"by-hand", "by-hand"),
    CampaignKind.ONBOARDING: (r"after-([1-9]|[1-4]\d)", "after-1 à after-49"),
}


def check_when(kind: CampaignKind, when: str) -> str | None:
    """Why ``when`` can't be an episode's rule in such a campaign, in words; None: it can."""
    pattern, choices = _FORMS[kind]
    if re.fullmatch(pattern, when):
        return None
    return f"« {when} » n'est pas une règle de date pour une campagne {kind} ; au choix : {choices}"


def occurrences(
    campaign: Campaign, start: date, end: date, holidays: HolidayCalendar = LEGAL
) -> list[Occurrence]:
    """What a campaign has between two nominal dates, both included, in their order.

    Pure: a date in the past, or a campaign that is not enabled, is the caller's matter. An event
    without a date and an on-demand campaign have none. Onboarding has one a week and step, whether
    anybody enters or not. Raises ValueError for a rule that ``check_when`` refuses.
    """
    if campaign.cancelled:
        return []
    found = [
        Occurrence(campaign=campaign.name, episode=episode.name, season=season, date=day)
        for episode in campaign.episodes
        for season, day in _dates(campaign, episode, start, end, holidays)
        if start <= day <= end
    ]
    if campaign.particulars:
        found = [*_by_particulars(campaign, found, start, end, holidays)]
    return sorted(found, key=lambda occurrence: occurrence.date)


def _by_particulars(
    campaign: Campaign,
    found: Sequence[Occurrence],
    start: date,
    end: date,
    holidays: HolidayCalendar,
) -> Iterator[Occurrence]:
    """What the rules give in a range, with each occurrence's own word: on its own day, or not."""
    for one in found:
        own = campaign.particulars.get((one.episode, one.season))
        if own is None or not (own.skip or own.on):
            yield one
    ruled = replace(campaign, particulars={})
    for (episode, season), own in campaign.particulars.items():
        if own.on is not None and not own.skip and start <= own.on <= end:
            nominal = find(ruled, episode, season, holidays)
            if nominal is not None:
                yield replace(nominal, date=own.on)


def season_of(campaign: Campaign, episode: Episode, day: date) -> str:
    """The season that runs on ``day``: an episode occurs once in it, whatever is edited.

    A series' is the year. A reminder's is the month ("2026-11"), or the quarter ("2026-q4") when
    its months are exactly four, one in each quarter. An event has one for ever, the empty string;
    so has an on-demand campaign, whose sender must give a key instead. Onboarding's is the ISO
    week of who enters on ``day``.
    """
    match campaign.kind:
        case CampaignKind.SERIES:
            return f"{day.year}"
        case CampaignKind.REMINDER if _quarters(episode) == _QUARTERLY:
            return f"{day.year}-q{(day.month - 1) // 3 + 1}"
        case CampaignKind.REMINDER:
            return f"{day.year}-{day.month:02}"
        case CampaignKind.ONBOARDING:
            return newcomers.week_of(day)
        case _:
            return ""


def find(
    campaign: Campaign, episode: str, season: str, holidays: HolidayCalendar = LEGAL
) -> Occurrence | None:
    """The one occurrence of an episode in a season; None when the season has none."""
    if campaign.kind is CampaignKind.EVENT:
        found = occurrences(campaign, date.min, date.max, holidays)
    elif re.match(r"[12]\d{3}", season):
        # A year more on each side: a series of January is announced in December.
        year = int(season[:4])
        found = occurrences(campaign, date(year - 1, 1, 1), date(year + 1, 12, 31), holidays)
    else:
        found = []
    return next((one for one in found if (one.episode, one.season) == (episode, season)), None)


def current(
    campaign: Campaign, episode: Episode, today: date, holidays: HolidayCalendar = LEGAL
) -> Occurrence | None:
    """The occurrence that sending by hand today brings forward (or finds already past).

    This season's, or else the next within a year: June's reminder, asked for in May.
    """
    season = season_of(campaign, episode, today)
    if occurrence := find(campaign, episode.name, season, holidays):
        return occurrence
    coming = occurrences(campaign, today, today + timedelta(days=366), holidays)
    return next((one for one in coming if one.episode == episode.name), None)


def is_past(campaign: Campaign, today: date) -> bool:
    """Whether an event's last day is before ``today``; only dated events are ever past."""
    last = campaign.ends or campaign.starts
    return last is not None and last.date() < today


def is_over(campaign: Campaign, now: datetime) -> bool:
    """Whether an event has ended, where it takes place; only dated events are ever over."""
    last = campaign.ends or campaign.starts
    local = now.astimezone(zone_named(campaign.zone)).replace(tzinfo=None)
    return last is not None and local > last


def event_start(campaign: Campaign) -> datetime | None:
    """The instant (UTC) an event starts; None when it is undated."""
    if campaign.starts is None:
        return None
    return instant(campaign.starts.date(), campaign.starts.time(), campaign.zone)


def _dates(
    campaign: Campaign, episode: Episode, start: date, end: date, holidays: HolidayCalendar
) -> Iterator[tuple[str, date]]:
    """Seasons and dates of one episode, those between ``start`` and ``end`` among them."""
    if fault := check_when(campaign.kind, episode.when):
        raise ValueError(fault)
    match campaign.kind:
        case CampaignKind.SERIES:
            for year in range(start.year - 1, end.year + 2):
                yield f"{year}", _series_date(campaign, episode.when, year, holidays)
        case CampaignKind.REMINDER if episode.when != "by-hand":
            for year in range(start.year, end.year + 1):
                for month in episode.months or range(1, 13):
                    day = _monthly_date(episode.when, year, month, holidays)
                    yield season_of(campaign, episode, day), day
        case CampaignKind.EVENT if campaign.starts and episode.when != "by-hand":
            yield "", _event_date(campaign, campaign.starts.date(), episode.when, holidays)
        case CampaignKind.ONBOARDING:
            yield from newcomers.steps(episode.when, start, end)


def _quarters(episode: Episode) -> list[int]:
    return sorted((month - 1) // 3 for month in episode.months)


def _series_date(campaign: Campaign, when: str, year: int, holidays: HolidayCalendar) -> date:
    """Announcement: the last working day before the first episode. Recap: see ``_recap``."""
    sundays = _weekdays(year, campaign.month, SUNDAY)
    episodes = sundays[-4:] if campaign.rule == "last-4" else sundays[:4]
    match when:
        case "announcement":
            return holidays.working_day_before(episodes[0])
        case "recap":
            return _recap(sundays, episodes, holidays)
        case _:
            return episodes[int(when[-1]) - 1]


def _recap(sundays: Sequence[date], episodes: Sequence[date], holidays: HolidayCalendar) -> date:
    """The Sunday left after the last episode, or the first working Thursday of the next month."""
    if sundays[-1] > episodes[-1]:
        return sundays[-1]
    next_month = episodes[-1] + timedelta(days=7)
    return _first_working(next_month.year, next_month.month, _THURSDAY, holidays)


def _monthly_date(when: str, year: int, month: int, holidays: HolidayCalendar) -> date:
    rule, _, argument = when.rpartition("-")
    last = monthrange(year, month)[1]
    match rule:
        case "day":
            return date(year, month, min(int(argument), last))
        case "last":
            return date(year, month, last)
        case "first":
            return _weekdays(year, month, _WEEKDAYS.index(argument))[0]
        case _:
            return _first_working(year, month, _WEEKDAYS.index(argument), holidays)


def _first_working(year: int, month: int, weekday: int, holidays: HolidayCalendar) -> date:
    """The month's first such weekday that is no national holiday."""
    return next(day for day in _weekdays(year, month, weekday) if holidays.name(day) is None)


@lru_cache(maxsize=512)
def _weekdays(year: int, month: int, weekday: int) -> Sequence[date]:
    days = (date(year, month, number) for number in range(1, monthrange(year, month)[1] + 1))
    return tuple(day for day in days if day.weekday() == weekday)


def _event_date(campaign: Campaign, first: date, when: str, holidays: HolidayCalendar) -> date:
    if when == "thanks":
        last = campaign.ends.date() if campaign.ends else first
        return holidays.working_day_after(last)
    return first - timedelta(days=_days_ahead(when))


def _days_ahead(when: str) -> int:
    return _INVITATION_DAYS if when == "invitation" else int(when.removeprefix("j-"))


def event_day(when: str, sent: date) -> date | None:
    """The first day of the event whose message by this rule left on that date; None where the
    rule doesn't say: by hand, and afterwards."""
    if when in ("by-hand", "thanks"):
        return None
    return sent + timedelta(days=_days_ahead(when))
