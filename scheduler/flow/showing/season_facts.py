"""What the ledger knows of a campaign's season, made safe to show where it is first counted."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Protocol
from zoneinfo import ZoneInfo

from scheduler.domain.calendar.approval import Approval
from scheduler.domain.calendar.campaigns import Audience, Campaign, People
from scheduler.domain.calendar.seasons import is_in, most_of, sundays_of
from scheduler.domain.checking.passing import Pass
from scheduler.domain.ids import OccurrenceId
from scheduler.domain.measure.typed import KeptFigure, standing
from scheduler.domain.planning import OccurrenceRow
from scheduler.domain.quizzes.counted import Chosen, Pressed
from scheduler.domain.showing.objections_counted import Objected
from scheduler.domain.showing.report import Count, Covered, ReceivedText
from scheduler.domain.showing.small_numbers import Figures, Shown
from scheduler.domain.values import frozen
from scheduler.flow.agenda import Agenda
from scheduler.flow.showing.figures import ShownLine, lines_of, shown_lines, whole_source

#: Weeks after the last message in which an opt-out still answers it.
_AFTER = timedelta(weeks=3)
_WEEK = timedelta(weeks=1)


class Reach(StrEnum):
    """How often somebody was addressed in a season's episodes."""

    NONE = "none"
    SOME = "some"
    #: Three of four, or as many of another number.
    MOST = "most"


class SeasonSource(Protocol):
    """What a report asks of the ledger; it writes nothing."""

    async def occurrences(self) -> list[OccurrenceRow]: ...

    async def counts(self, rows: Collection[OccurrenceId]) -> list[Count]: ...

    async def coverage(self, rows: Collection[OccurrenceId]) -> list[Covered]: ...

    async def objected(self, since: datetime) -> list[Objected]: ...

    async def answers(self) -> Mapping[Chosen, int]: ...

    async def reactions(self) -> Mapping[Pressed, int]: ...

    async def reported(self) -> Mapping[date, int]: ...

    async def typed(self, campaign: str) -> list[KeptFigure]: ...

    async def received(self, row: OccurrenceId) -> list[ReceivedText]: ...

    async def approvals(self, message: str) -> list[Approval]: ...

    async def passes(self, message: str) -> list[Pass]: ...


@frozen
class SeasonFacts:
    season: str
    rows: Sequence[OccurrenceRow]
    lines: Sequence[ShownLine]
    #: By the name of the audience whose file it is; empty: nobody was planned, or their rows are
    #: nobody's any more.
    covered: Mapping[str, Mapping[Reach, Shown]]
    #: Monday -> people who asked for no more after a message of it, in weeks that are over.
    weeks: Mapping[date, Shown]
    typed: Sequence[KeptFigure]
    #: Monday -> messages that staff reported, in weeks that are over.
    reported: Mapping[date, Shown]

    @property
    def is_forgotten(self) -> bool:
        """Retention has emptied it: who was reached by how many isn't known any more."""
        return bool(self.lines) and not self.covered


async def facts_of(
    source: SeasonSource,
    agenda: Agenda,
    campaign: Campaign,
    season: str,
    figures: Figures,
    now: datetime,
    zone: ZoneInfo,
) -> SeasonFacts:
    found = [one for one in await source.occurrences() if is_in(one, campaign.name, season)]
    rows = sorted(found, key=lambda one: (one.date, one.episode))
    counts = await source.counts([one.occurrence_id for one in rows]) if rows else []
    lines = lines_of(whole_source(counts, agenda.audiences))
    sundays = sundays_of(campaign)
    episodes = [one.occurrence_id for one in rows if one.episode in sundays]
    typed = [one for one in await source.typed(campaign.name) if one.figure.season == season]
    return SeasonFacts(
        season=season,
        rows=rows,
        lines=shown_lines(lines, figures),
        covered=_reach(await source.coverage(episodes), len(episodes), figures) if episodes else {},
        weeks=await _weeks(source, rows, figures, now, zone),
        typed=standing(typed),
        reported=_reported(await source.reported(), rows, figures, now, zone),
    )


def _reach(
    found: Iterable[Covered], episodes: int, figures: Figures
) -> Mapping[str, Mapping[Reach, Shown]]:
    counted: dict[str, Counter[Reach]] = {}
    for one in found:
        often = Reach.NONE if not one.times else Reach.SOME
        if one.times and one.times >= most_of(episodes):
            often = Reach.MOST
        counted.setdefault(one.source, Counter())[often] += one.people
    return {
        name: figures.whole({often: parts[often] for often in Reach}).parts
        for name, parts in counted.items()
    }


async def _weeks(
    source: SeasonSource,
    rows: Sequence[OccurrenceRow],
    figures: Figures,
    now: datetime,
    zone: ZoneInfo,
) -> Mapping[date, Shown]:
    """A week that isn't over would say day by day who left."""
    today = now.astimezone(zone).date()
    begun = [one.date for one in rows if one.date <= today]
    if not begun:
        return {}
    monday = min(begun) - timedelta(days=min(begun).weekday())
    end = min(max(begun) + _AFTER, today - timedelta(days=6))
    ours = {(one.campaign, one.episode, one.season) for one in rows}
    found = await source.objected(datetime.combine(monday, time(), zone))
    people: dict[date, set[int]] = {}
    while monday <= end:
        people[monday] = set()
        monday += _WEEK
    for one in found:
        day = one.at.astimezone(zone).date()
        week = people.get(day - timedelta(days=day.weekday()))
        if week is not None and one.after is not None and one.after[:3] in ours:
            week.add(one.address)
    return figures.split({week: len(addresses) for week, addresses in people.items()})


def _reported(
    weeks: Mapping[date, int],
    rows: Sequence[OccurrenceRow],
    figures: Figures,
    now: datetime,
    zone: ZoneInfo,
) -> Mapping[date, Shown]:
    """From the season's first week to three weeks after its last message; from 10 on, by 5."""
    today = now.astimezone(zone).date()
    begun = [one.date for one in rows if one.date <= today]
    if not begun:
        return {}
    start, end = min(begun) - timedelta(days=min(begun).weekday()), max(begun) + _AFTER
    over = today - timedelta(days=6)
    return {
        monday: figures.of(count)
        for monday, count in sorted(weeks.items())
        if start <= monday <= min(end, over - timedelta(days=1))
    }


def people_of(name: str, audiences: Mapping[str, Audience]) -> People:
    """Of the file of that name, or of one that had it before."""
    for one in audiences.values():
        if one.is_source and name in (one.name, one.source, *one.was):
            return one.people
    return People.UNSAID
