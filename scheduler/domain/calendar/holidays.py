"""Public holidays of France and its overseas territories, and the working days between them.

The dates come from the ``holidays`` library: it computes, reads no file but its own translations
and asks nothing of the network, which is why the domain may use it. It is imported at the first
question because it costs about 0.1 s (``french_days``).
"""

from collections.abc import Collection, Mapping
from dataclasses import field
from datetime import date, timedelta
from functools import lru_cache

from scheduler.domain.calendar.french_days import french_days
from scheduler.domain.values import frozen

#: The code for "the national days alone".
NATIONAL = "FR"

SATURDAY = 5
SUNDAY = 6

_DEPARTMENTS = frozenset(f"{number:02}" for number in range(1, 96) if number != 20) | {"2A", "2B"}

#: Codes of the territories that keep another time than Paris.
_OVERSEAS_ZONES: Mapping[str, str] = {
    "971": "America/Guadeloupe",
    "972": "America/Martinique",
    "973": "America/Cayenne",
    "974": "Indian/Reunion",
    "975": "America/Miquelon",
    "976": "Indian/Mayotte",
    "BL": "America/St_Barthelemy",
    "MF": "America/Marigot",
    "NC": "Pacific/Noumea",
    "PF": "Pacific/Tahiti",
    "WF": "Pacific/Wallis",
}

#: Our code -> the library's, where a territory has days of its own.
_SUBDIVISIONS: Mapping[str, str] = {
    "57": "57",
    "67": "6AE",
    "68": "6AE",
    "971": "971",
    "972": "972",
    "973": "973",
    "974": "974",
    "976": "976",
    "BL": "BL",
    "MF": "MF",
    "NC": "NC",
    "PF": "PF",
    "WF": "WF",
}

#: Days the library counts that are local custom, not public holidays of the Labour Code
#: (L3422-2 knows only the abolition of slavery there). An organisation that keeps them adds them.
_CUSTOMARY: Mapping[str, Collection[str]] = {
    "971": ("Vendredi saint", "Mi-Carême", "Fête de Victor Schoelcher"),
    "972": ("Fête de Victor Schoelcher",),
    "MF": ("Fête de Victor Schoelcher",),
}


def known_territory(code: str) -> bool:
    """Whether ``code`` is FR, a department (01…95, 2A, 2B) or an overseas territory we know."""
    return code == NATIONAL or code in _DEPARTMENTS or code in _OVERSEAS_ZONES


def overseas_zones() -> tuple[str, ...]:
    """The zones of the territories that keep another time than Paris."""
    return tuple(_OVERSEAS_ZONES.values())


def zone_of(territory: str) -> str:
    """The IANA zone of most people there: a hint for a contact without one, not a truth.

    French Polynesia has two more (Pacific/Marquesas, Pacific/Gambier).
    """
    return _OVERSEAS_ZONES.get(territory, "Europe/Paris")


@frozen
class HolidayCalendar:
    """The legal holidays, with what the organisation adds and takes away.

    Changes are by territory code; those under FR hold everywhere. A territory without days of its
    own, or unknown, has the national ones.
    """

    #: Territory -> date -> the day's name in French.
    added: Mapping[str, Mapping[date, str]] = field(default_factory=dict)
    #: Territory -> dates that are no holiday there.
    removed: Mapping[str, Collection[date]] = field(default_factory=dict)

    def name(self, day: date, territory: str = NATIONAL) -> str | None:
        """The holiday's French name, or None on any other day."""
        for code in (territory, NATIONAL):
            if name := self.added.get(code, {}).get(day):
                return name
            if day in self.removed.get(code, ()):
                return None
        return _legal_days(_SUBDIVISIONS.get(territory), day.year).get(day)

    def is_working_day(self, day: date, territory: str = NATIONAL) -> bool:
        """Monday to Friday, and no holiday."""
        return day.weekday() < SATURDAY and self.name(day, territory) is None

    def working_day_before(self, day: date) -> date:
        """The last national working day before ``day``."""
        return self._working_day(day, timedelta(days=-1))

    def working_day_after(self, day: date) -> date:
        """The first national working day after ``day``."""
        return self._working_day(day, timedelta(days=1))

    def _working_day(self, day: date, step: timedelta) -> date:
        day += step
        while not self.is_working_day(day):
            day += step
        return day


#: The law alone, nothing added or removed.
LEGAL = HolidayCalendar()


@lru_cache(maxsize=256)
def _legal_days(subdivision: str | None, year: int) -> Mapping[date, str]:
    customary = _CUSTOMARY.get(subdivision or NATIONAL, ())
    days = french_days(subdivision, year)
    return {day: name for day, name in days.items() if name not in customary}
