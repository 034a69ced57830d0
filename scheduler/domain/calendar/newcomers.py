"""A newcomer's first weeks: whose entry counts, which week is theirs, and on which days its steps
fall.

Whoever enters in one ISO week gets each step in one occurrence, counted from that week's end: so
nobody gets a step before its days after entry are over, and a Monday's newcomer gets it six days
later than a Sunday's.
"""

import hashlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, timedelta
from enum import StrEnum

from scheduler.domain.calendar.campaigns import Campaign, Episode, Occurrence
from scheduler.domain.values import frozen

#: Whoever entered before is no newcomer any more.
YOUNG = timedelta(days=30)
#: An entry dated further ahead is a mistake of the file.
AHEAD = timedelta(days=366)
#: Newcomers of one file, in hundredths of the audience, above which a person is asked.
AT_ONCE = 5
#: How long after the first weeks a series still tells what they would have told.
_SERIES = timedelta(days=31)
_WEEK = timedelta(days=7)


class Entry(StrEnum):
    """Where somebody stands whose file gives a young date of entry."""

    #: Nobody has looked at their file yet.
    NEW = "new"
    #: Too many came by one file: a person is asked.
    HELD = "held"
    #: Their file was right, or a person let them go: they enter on their day.
    ALLOWED = "allowed"
    #: A person said no.
    REFUSED = "refused"
    #: They have their week, and get its steps.
    ENTERED = "entered"


@frozen
class Newcomer:
    """Somebody who may enter."""

    contact: int
    #: The day that their file gives.
    entered: date
    #: Their own local day, now.
    today: date
    state: Entry
    #: Names of the audiences that they are in.
    audiences: frozenset[str]
    #: The file that brought them.
    file: int


@frozen
class Waiting:
    """Who may enter, by files that were taken in whole."""

    newcomers: Sequence[Newcomer]
    #: Of each audience whose newcomers nobody has looked at yet: its people, all told.
    people: Mapping[str, int]


@frozen
class Standing:
    """How many newcomers stand where."""

    #: A person is asked of them.
    held: int
    #: Which they are (``held_print``): whoever answers says it of those whom they were shown.
    shown: str
    #: Their day, or the next look, is to come.
    to_come: int
    #: They have their week. After two months they are no newcomers any more.
    entered: int
    #: A person said no.
    refused: int


@frozen
class Asked:
    """What a person is asked of an audience: too many came at once."""

    audience: str
    newcomers: int
    people: int


def held_print(contacts: Collection[int]) -> str:
    """What tells these contacts from any others; empty: there is nobody."""
    if not contacts:
        return ""
    named = ",".join(map(str, sorted(contacts)))
    return hashlib.sha256(named.encode()).hexdigest()[:12]


def may_count(entered: date, today: date) -> bool:
    """Whether a date of entry is worth keeping: young, or to come."""
    return entered - AHEAD <= today < entered + YOUNG


def too_many(newcomers: int, people: int) -> bool:
    return newcomers * 100 > people * AT_ONCE


def week_of(day: date) -> str:
    """As a season: ``2026-w46``."""
    year, week, _ = day.isocalendar()
    return f"{year}-w{week:02}"


def end_of(week: str) -> date:
    """Its Sunday. Raises ValueError for another season than ``week_of`` makes."""
    year, number = week.split("-w")
    return date.fromisocalendar(int(year), int(number), 7)


def step_date(when: str, week: str) -> date:
    return end_of(week) + timedelta(days=_days(when))


def steps(when: str, start: date, end: date) -> Iterator[tuple[str, date]]:
    """The weeks, and the days of this step, that lie in a range of dates (included)."""
    days = timedelta(days=_days(when))
    if start - date.min < days + _WEEK or date.max - end < _WEEK:
        return
    sunday = end_of(week_of(start - days))
    while sunday + days <= end:
        yield week_of(sunday), sunday + days
        sunday += _WEEK


def week_for(campaign: Campaign, entered: date, today: date) -> str:
    """The week of somebody who enters: that of their date, or this one where the first step of that
    one is today or was before, for they would miss it."""
    week = week_of(entered)
    first = min(step_date(one.when, week) for one in campaign.episodes)
    return week if first > today else week_of(today)


def is_due(one: Newcomer) -> bool:
    """Whether somebody whose file is right enters today: their day has come."""
    return one.state is not Entry.HELD and one.entered <= one.today


def ask_about(newcomers: Collection[Newcomer], people: Mapping[str, int]) -> dict[int, Asked]:
    """Of whom a person is asked, by contact: one file brings an audience too many at once."""
    fresh = [one for one in newcomers if one.state is Entry.NEW]
    found: dict[int, Asked] = {}
    for name, all_told in people.items():
        for file in {one.file for one in fresh}:
            mine = [one for one in fresh if one.file == file and name in one.audiences]
            if too_many(len(mine), all_told):
                asked = Asked(audience=name, newcomers=len(mine), people=all_told)
                found |= {one.contact: asked for one in mine}
    return found


def is_excepted(
    campaign: Campaign, episode: Episode, week: str, sundays: Sequence[Occurrence]
) -> bool:
    """Whether a series tells that week's newcomers the same: where one of its Sundays lies in their
    first weeks, they get its episodes from their entry on, and of ours the others alone.

    ``sundays``: the episodes, for the same people, of series that are to be sent.
    """
    monday = end_of(week) - timedelta(days=6)
    last = max(step_date(one.when, week) for one in campaign.episodes)
    if not any(monday <= one.date <= last for one in sundays):
        return False
    theirs = {
        f"{one.campaign}/{one.episode}" for one in sundays if monday <= one.date <= last + _SERIES
    }
    return not episode.same_as or episode.same_as in theirs


def _days(when: str) -> int:
    return int(when.removeprefix("after-"))
