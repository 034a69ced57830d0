"""The calendar as a table: when, what and how it stands first, the id to copy last."""

from collections.abc import Sequence

from scheduler.cli.output import words
from scheduler.cli.output.moments import day
from scheduler.cli.output.printing import print_table
from scheduler.domain.showing.small_numbers import Figures
from scheduler.flow.showing.year import Entry

_TITLES = ("Date", "Time", "Title", "State", "Audiences", "Channels", "People", "Occurrence")


def print_calendar(
    entries: Sequence[Entry], titles: Sequence[str], figures: Figures, *, wide: bool
) -> None:
    """``titles``: of each entry's message."""
    rows = [_row(one, title, figures) for one, title in zip(entries, titles, strict=True)]
    print_table(_TITLES, rows, last="Occurrence", wide=wide)


def _row(one: Entry, title: str, figures: Figures) -> tuple[object, ...]:
    return (
        day(one.date),
        f"{one.at:%H:%M}",
        title,
        words.state(one.standing),
        ", ".join(one.audiences),
        ", ".join(one.channels),
        words.figure(figures.of(one.people)),
        one.id,
    )
