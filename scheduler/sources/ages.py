"""Dates of birth: used to leave the young aside, never stored."""

from datetime import date
from functools import lru_cache

from scheduler.sources import cells

#: Nobody alive was born before.
_OLDEST = 1900


def is_too_young(birth: str, today: date | None, minimum_age: int) -> bool:
    """Raises ValueError for a day of birth that can't be read."""
    if not minimum_age or today is None or not cells.has_day(birth):
        return False
    return _age(_born(birth, today), today) < minimum_age


@lru_cache(maxsize=4096)
def _born(cell: str, today: date) -> date:
    born = cells.day(cell)
    if born.year < _OLDEST or born > today:
        raise ValueError("no plausible day of birth")
    return born


def _age(born: date, today: date) -> int:
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))
