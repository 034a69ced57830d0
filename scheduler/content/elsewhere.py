"""An SMS's hour for whoever's clock shows another one: « 14h30 (Paris) ».

An e-mail has room to say whose hour it is; an SMS says so to the readers for whom it isn't theirs.
What that takes is kept among a content's values, under names that no writer can type, so that a
program of the release before reads such a content as any other.
"""

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

#: The placeholder that shows an event's hour.
HOUR = "heure"
_HOUR_ELSEWHERE = "@heure"
_STARTS = "@starts"
_ZONE = "@zone"
#: By which place an hour is told from the reader's own; in GSM-7, as an SMS must be.
_PLACES = {
    "Europe/Paris": "Paris",
    "Indian/Reunion": "Réunion",
    "Indian/Mayotte": "Mayotte",
    "America/Guadeloupe": "Guadeloupe",
    "America/Martinique": "Martinique",
    "America/St_Barthelemy": "St-Barth",
    "America/Marigot": "St-Martin",
    "America/Cayenne": "Cayenne",
    "America/Miquelon": "Miquelon",
    "Pacific/Noumea": "Nouméa",
    "Pacific/Tahiti": "Tahiti",
    "Pacific/Marquesas": "Marquises",
    "Pacific/Gambier": "Gambier",
    "Pacific/Wallis": "Wallis",
}


def with_elsewhere(values: Mapping[str, str], starts: datetime, zone: str) -> dict[str, str]:
    """``values`` of a text that shows the hour of an event, ready for readers of any zone.

    ``starts`` is the event's naive wall time in ``zone``.
    """
    return {
        **values,
        _HOUR_ELSEWHERE: hour_elsewhere(values[HOUR], zone),
        _STARTS: starts.isoformat(),
        _ZONE: zone,
    }


def hour_elsewhere(hour: str, zone: str) -> str:
    """``14h30 (Paris)``."""
    place = _PLACES.get(zone, zone.rpartition("/")[2].replace("_", " "))
    return f"{hour} ({place})"


def for_elsewhere(values: Mapping[str, str]) -> dict[str, str] | None:
    """What the text says to a reader of another zone; None where it says no hour."""
    hour = values.get(_HOUR_ELSEWHERE)
    return None if hour is None else {**values, HOUR: hour}


def is_elsewhere(values: Mapping[str, str], zone: str | None) -> bool:
    """Whether a reader's clock shows another hour when the event starts; also when nobody knows
    the reader's zone (None). False for a text without an hour."""
    if _STARTS not in values:
        return False
    if zone is None:
        return True
    at = datetime.fromisoformat(values[_STARTS]).replace(tzinfo=ZoneInfo(values[_ZONE]))
    return at.astimezone(ZoneInfo(zone)).utcoffset() != at.utcoffset()
