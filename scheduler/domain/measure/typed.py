"""Figures that somebody types: what no ledger of ours can count, with where it was read and when.

They are the outside's own counts (a network's reactions, a room's attendance), never a person. Two
readings of one source are two figures: the later one stands.
"""

import re
from collections.abc import Iterable
from datetime import date, datetime
from enum import StrEnum

from scheduler.domain.errors import FigureRefused
from scheduler.domain.instants import Dated
from scheduler.domain.masking import without_addresses
from scheduler.domain.values import frozen

#: What a source may be named in.
LONGEST_SOURCE = 120
MOST = 100_000_000
_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")
_SEASON = re.compile(r"[0-9]{4}(-[a-z0-9-]{1,20})?")
_FIRST_SEASON = 2000
_FIRST_DAY = date(2010, 1, 1)


class FigureKind(StrEnum):
    """What is counted; ``words.figures`` says it in French."""

    #: Reactions under the organisation's posts on LinkedIn.
    LINKEDIN_REACTIONS = "linkedin-reactions"
    #: Posts on LinkedIn that others shared.
    LINKEDIN_SHARES = "linkedin-shares"
    #: People who came to a webinar.
    WEBINAR_ATTENDANCE = "webinar-attendance"
    #: People who came to a workshop or to the password battle.
    WORKSHOP_ATTENDANCE = "workshop-attendance"
    #: Suspicious messages that people reported to the help desk.
    HELP_DESK_REPORTS = "help-desk-reports"
    #: Posters and leaflets that were put up or handed out.
    PRINTED = "printed"
    #: Whatever else; its source says what.
    OTHER = "other"


@frozen
class TypedFigure:
    """One figure, as it is typed."""

    campaign: str
    season: str
    kind: FigureKind
    amount: int
    #: Where it was read; it tells two figures of a kind apart.
    source: str
    #: When it was read.
    day: date


@frozen
class KeptFigure(Dated):
    """As the ledger keeps it."""

    number: int
    figure: TypedFigure
    #: Who typed it.
    by: str
    #: Aware, UTC.
    at: datetime


def checked(figure: TypedFigure, today: date) -> TypedFigure:
    """The same with its source on one line. Raises FigureRefused."""
    source = " ".join(figure.source.split())
    if not _NAME.fullmatch(figure.campaign):
        raise FigureRefused(f"{figure.campaign!r} is not a campaign's name", "campaign")
    if not _SEASON.fullmatch(figure.season):
        raise FigureRefused(
            f"{figure.season!r} is not a season: say a year, such as 2026", "season"
        )
    last = today.year + 1
    if not _FIRST_SEASON <= int(figure.season[:4]) <= last:
        said = f"{figure.season!r} is no season here: a year from {_FIRST_SEASON} to {last}"
        raise FigureRefused(said, "season")
    if not 0 <= figure.amount <= MOST:
        raise FigureRefused(f"a figure is from 0 to {MOST}", "amount")
    if not source:
        raise FigureRefused("the source is empty: say where the figure was read", "source")
    if not source.isprintable():
        raise FigureRefused("the source has a control sign: type it again", "source")
    if len(source) > LONGEST_SOURCE:
        said = f"say where the figure was read, in at most {LONGEST_SOURCE} signs"
        raise FigureRefused(said, "source")
    if without_addresses(source) != source:
        raise FigureRefused("a source has no address and no number of anybody", "source")
    if not _FIRST_DAY <= figure.day <= today:
        said = f"a figure is read on a day from {_FIRST_DAY} to today, never to come"
        raise FigureRefused(said, "day")
    return TypedFigure(
        campaign=figure.campaign,
        season=figure.season,
        kind=figure.kind,
        amount=figure.amount,
        source=source,
        day=figure.day,
    )


def standing(figures: Iterable[KeptFigure]) -> list[KeptFigure]:
    """The latest reading of each source, by kind and source."""
    latest: dict[tuple[str, str, FigureKind, str], KeptFigure] = {}
    for one in sorted(figures, key=lambda kept: (kept.figure.day, kept.number)):
        figure = one.figure
        latest[figure.campaign, figure.season, figure.kind, figure.source.casefold()] = one
    order = list(FigureKind)
    return sorted(
        latest.values(), key=lambda kept: (order.index(kept.figure.kind), kept.figure.source)
    )
