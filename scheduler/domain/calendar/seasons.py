"""Which occurrences make a season of a campaign, and which season is before it."""

import re
from collections.abc import Iterable

from scheduler.domain.calendar.campaigns import Campaign
from scheduler.domain.planning import OccurrenceRow

_YEAR = re.compile(r"[12]\d{3}")


def is_in(row: OccurrenceRow, campaign: str, season: str) -> bool:
    """A year holds its own season, its months and quarters, and an event that was dated in it."""
    if row.campaign != campaign:
        return False
    if row.season == season or row.season.startswith(f"{season}-"):
        return True
    return not row.season and str(row.date.year) == season


def seasons_of(rows: Iterable[OccurrenceRow], campaign: str) -> list[str]:
    """The years that the ledger has of a campaign, the latest first; keys that are none after."""
    names = {
        row.season[:4] if _YEAR.match(row.season) else row.season or str(row.date.year)
        for row in rows
        if row.campaign == campaign
    }
    return sorted(names, key=lambda name: (bool(_YEAR.fullmatch(name)), name), reverse=True)


def season_before(rows: Iterable[OccurrenceRow], campaign: str, season: str) -> str:
    """The latest season before that one; empty: there is none."""
    earlier = [name for name in seasons_of(rows, campaign) if name < season]
    return max(earlier, default="")


def next_season(season: str) -> str:
    """Of a year; empty for another key."""
    return str(int(season) + 1) if _YEAR.fullmatch(season) else ""


def sundays_of(campaign: Campaign) -> frozenset[str]:
    """The episodes whose reach is counted together: a series' Sundays, else all of them."""
    sundays = frozenset(one.name for one in campaign.episodes if one.when.startswith("sunday"))
    return sundays or frozenset(one.name for one in campaign.episodes)


def most_of(episodes: int) -> int:
    """Three of four; of another number, as many in proportion."""
    return -(-3 * episodes // 4)
