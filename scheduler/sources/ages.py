"""Dates of birth and death: used to leave people aside, never stored."""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from scheduler.domain.contacts import Told
from scheduler.sources import cells

#: Nobody alive was born before.
_OLDEST = 1900


def left_aside(
    birth: str, deaths: Sequence[str], today: date | None, minimum_age: int
) -> Told | None:
    """Why nobody is to be written to. Raises ValueError for a day of birth that can't be read.

    Whatever a cell of deaths says, but that there is none, is believed: a message to somebody's
    family is worse than one that isn't sent.
    """
    if any(map(cells.has_day, deaths)):
        return Told.DECEASED
    if not minimum_age or today is None or not cells.has_day(birth):
        return None
    born = _born(birth, today)
    return Told.TOO_YOUNG if _age(born, today) < minimum_age else None


@lru_cache(maxsize=4096)
def _born(cell: str, today: date) -> date:
    born = cells.day(cell)
    if born.year < _OLDEST or born > today:
        raise ValueError("no plausible day of birth")
    return born


def _age(born: date, today: date) -> int:
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))
