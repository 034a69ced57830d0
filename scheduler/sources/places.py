"""Where a row's person lives, as far as it says: for holidays, hours, and dialling numbers."""

import re
from collections.abc import Callable
from functools import lru_cache

from scheduler.domain.calendar.campaigns import Audience, Place
from scheduler.domain.calendar.holidays import zone_of
from scheduler.sources import cells

_OVERSEAS = (*("971", "972", "973", "974", "975", "976"), *("NC", "PF", "WF"))
_BY_ZONE = {zone_of(territory): territory for territory in _OVERSEAS}
#: The first figures of a postcode, and the two communes that are collectivities by themselves.
_BY_POSTCODE = {
    "97133": "BL", "97150": "MF", "97500": "975", "986": "WF", "987": "PF", "988": "NC",
    "971": "971", "972": "972", "973": "973", "974": "974", "976": "976",
}  # fmt: skip
_POSTCODE = re.compile(r"9[78][0-9]{3}")


class PlaceRefused(Exception):
    """A zone or a territory that nobody knows: the row can't be sent to at a sure hour."""

    def __init__(self, meaning: str, reason: str) -> None:
        super().__init__(reason)
        self.meaning = meaning
        self.reason = reason


class Places:
    """Reads places for one audience; thousands of rows share a few."""

    def __init__(self, audience: Audience, known_territory: Callable[[str], bool]) -> None:
        self._audience = audience
        self._known = known_territory
        self.find = lru_cache(maxsize=1024)(self._find)
        self.dialled = lru_cache(maxsize=1024)(self._dialled)

    def _find(self, zone: str, territory: str) -> Place:
        """Raises PlaceRefused."""
        known = self._audience.territory
        if territory:
            names = cells.territory_names(territory)
            known = next((name for name in names if self._known(name)), "")
            if not known:
                raise PlaceRefused(
                    "territory",
                    "no known territory: write FR, a department, 971 to 976, BL, MF, NC, PF, WF",
                )
        if not zone:
            return Place(zone=zone_of(known) if territory else self._audience.zone, territory=known)
        try:
            return Place(zone=cells.zone(zone), territory=known)
        except ValueError as fault:
            raise PlaceRefused("zone", str(fault)) from None

    def _dialled(self, zone: str, territory: str, postcode: str) -> str:
        """The territory in which a national number is dialled: the row's own, else its zone's or
        its postcode's, else the audience's."""
        if territory:
            return self._find(zone, territory).territory
        if zone in _BY_ZONE:
            return _BY_ZONE[zone]
        code = postcode.replace(" ", "")
        if _POSTCODE.fullmatch(code):
            return _BY_POSTCODE.get(code) or _BY_POSTCODE.get(code[:3], self._audience.territory)
        return self._audience.territory
