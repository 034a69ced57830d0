"""A room of the password battle: teams on their telephones, rounds that a host begins and ends.

It is told names, points and rounds, and never a password. Whoever keeps it keeps it in memory.
"""

import hmac
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from scheduler.domain.instants import Dated

#: Signs of a team's name, as it is shown.
LONGEST_NAME = 24
MOST_TEAMS = 40
#: As the battle's page gives them.
MOST_POINTS = 24
#: Of one room, dropped teams too: numbers stay short.
MOST_NUMBERS = 999
MOST_HOURS = 8


class Refused(StrEnum):
    """Why a team isn't in; the page says it in its own words."""

    #: Nothing that can be read.
    NAME = "name"
    #: As many as there may be.
    FULL = "full"
    #: The host takes nobody in any more.
    CLOSED = "closed"


@dataclass(kw_only=True, slots=True)
class Team:
    number: int
    name: str
    #: What its telephone proves itself by.
    key: str
    points: dict[int, int] = field(default_factory=dict)

    @property
    def total(self) -> int:
        return sum(self.points.values())


@dataclass(kw_only=True, slots=True)
class Room(Dated):
    """``version`` is another after each change; ``roster`` after a team came or went."""

    code: str
    rounds: int
    ends_at: datetime
    teams: dict[int, Team] = field(default_factory=dict)
    #: From 1; 0 before the first.
    round: int = 0
    #: Whether points of this round are taken.
    is_open: bool = False
    #: Whether teams are taken in.
    takes_teams: bool = True
    version: int = 0
    roster: int = 0
    given: int = 0

    def join(self, typed: str, key: str) -> Team | Refused:
        """A new team, under a name that no other has."""
        name = team_name(typed)
        if not name:
            return Refused.NAME
        if not self.takes_teams:
            return Refused.CLOSED
        if len(self.teams) >= MOST_TEAMS or self.given >= MOST_NUMBERS:
            return Refused.FULL
        self.given += 1
        team = Team(number=self.given, name=self._unlike(name), key=key)
        self.teams[team.number] = team
        self._changed(roster=True)
        return team

    def score(self, number: int, key: str, turn: int, points: int) -> bool:
        """Take a team's points of the round that is open; the last ones count."""
        team = self.teams.get(number)
        if team is None or not hmac.compare_digest(team.key.encode(), key.encode()):
            return False
        if not self.is_open or turn != self.round or not 0 <= points <= MOST_POINTS:
            return False
        if team.points.get(turn) != points:
            team.points[turn] = points
            self._changed()
        return True

    def begin(self) -> bool:
        """The next round; False where one is open, or none is left."""
        if self.is_open or self.round >= self.rounds:
            return False
        self.round += 1
        self.is_open = True
        self._changed()
        return True

    def end(self) -> bool:
        """No more points of this round."""
        if not self.is_open:
            return False
        self.is_open = False
        self._changed()
        return True

    def take_teams(self, wanted: bool) -> None:
        self.takes_teams = wanted
        self._changed()

    def drop(self, number: int) -> bool:
        """A team goes, its points with it; its telephone may choose another name."""
        if self.teams.pop(number, None) is None:
            return False
        self._changed(roster=True)
        return True

    def empty(self) -> None:
        """Every team goes."""
        self.teams.clear()
        self._changed(roster=True)

    @property
    def is_over(self) -> bool:
        return self.round >= self.rounds and not self.is_open

    def ranked(self) -> list[Team]:
        """The strongest first."""
        return sorted(self.teams.values(), key=lambda team: (-team.total, team.number))

    def state(self) -> Mapping[str, object]:
        """What everybody asks for every two seconds: numbers alone."""
        return {
            "version": self.version,
            "round": self.round,
            "open": self.is_open,
            "over": self.is_over,
            "joining": self.takes_teams,
            "roster": self.roster,
            "teams": [
                [team.number, team.total, team.points.get(self.round, -1)]
                for team in self.teams.values()
            ],
        }

    def names(self) -> Mapping[str, object]:
        """Who is called what; asked for when ``roster`` is another."""
        return {
            "roster": self.roster,
            "names": {str(team.number): team.name for team in self.teams.values()},
        }

    def _unlike(self, name: str) -> str:
        taken = {team.name.casefold() for team in self.teams.values()}
        tried, number = name, 1
        while tried.casefold() in taken:
            number += 1
            tail = f" {number}"
            tried = name[: LONGEST_NAME - len(tail)].rstrip() + tail
        return tried

    def _changed(self, *, roster: bool = False) -> None:
        self.version += 1
        self.roster += roster


def team_name(typed: str) -> str:
    """One line of signs that can be seen, of ``LONGEST_NAME`` at most; empty: there is none.

    Signs that turn or hide others (directions, joiners, heaps of accents) go.
    """
    seen = "".join(_shown(sign) for sign in unicodedata.normalize("NFC", typed[:200]))
    name = " ".join(seen.split())[:LONGEST_NAME].strip()
    return name if any(sign.isalnum() for sign in name) else ""


def _shown(sign: str) -> str:
    if sign.isprintable():
        return "" if unicodedata.category(sign) in ("Mn", "Me") else sign
    return " " if sign.isspace() else ""


def until(now: datetime, hours: int) -> datetime:
    """When a room that is opened for so long is forgotten."""
    return now + timedelta(hours=min(max(1, hours), MOST_HOURS))
