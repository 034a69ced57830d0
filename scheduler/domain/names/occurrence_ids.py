"""The printed id of an occurrence: campaign/episode/date, and ``+key`` where a person gave one.

Two sendings by hand may have one date; their keys, which are their seasons, tell them apart. The
calendar's seasons say nothing that the date doesn't, and aren't printed.
"""

import re
from collections.abc import Sequence
from datetime import date
from typing import Protocol, TypeVar

from scheduler.domain.names.typed_names import folded

#: Neither a slash nor what an address of the desk gives a meaning of its own.
_UNPRINTED = re.compile(r"[^\w.-]+")
_YEAR = re.compile(r"\d{4}")


class Dated(Protocol):
    @property
    def campaign(self) -> str: ...
    @property
    def episode(self) -> str: ...
    @property
    def season(self) -> str: ...
    @property
    def date(self) -> date: ...


One = TypeVar("One", bound=Dated)


def printed_id(campaign: str, episode: str, season: str, day: date | str) -> str:
    plain = f"{campaign}/{episode}/{day}"
    return plain if _is_of_calendar(season, f"{day}") else f"{plain}+{_key(season)}"


def id_with_key(one: Dated) -> str:
    """Its id with the season, which may be said of any."""
    return f"{one.campaign}/{one.episode}/{one.date}+{_key(one.season)}"


def plain_id(printed: str) -> str:
    """Without its key."""
    return printed.partition("+")[0]


def named(printed: str, among: Sequence[One]) -> list[One]:
    """Those that ``printed`` may mean, however a person types it: the one whose id it is; else
    those whose id it is without the key. More than one: they are to be told apart."""
    typed = folded(printed)
    ids = [(one, printed_id(one.campaign, one.episode, one.season, one.date)) for one in among]
    exact = [one for one, its in ids if printed == its] or [
        one for one, its in ids if typed in (folded(its), folded(id_with_key(one)))
    ]
    return exact or [one for one, its in ids if typed == folded(plain_id(its))]


def _key(season: str) -> str:
    return _UNPRINTED.sub("-", season)


def _is_of_calendar(season: str, day: str) -> bool:
    """A year's (a recap may come in the next one), this month's, this quarter's, or the only one's;
    as ``calendar.season_of`` makes them."""
    quarter = f"{day[:4]}-q{(int(day[5:7]) - 1) // 3 + 1}"
    if season in ("", day[:7], quarter):
        return True
    return bool(_YEAR.fullmatch(season)) and abs(int(season) - int(day[:4])) <= 1
