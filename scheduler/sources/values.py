"""What a column's cells say of its meaning: a name alone may be a homonym."""

import re
from collections.abc import Callable, Sequence

from scheduler.domain.people.phones import is_number
from scheduler.sources import cells

#: Figures without a letter: a number of some kind, not an address.
_FIGURES = re.compile(r"[\d\s.()+/\-]+")
#: Hundredths of a column's cells that are zones or territories where it is one of them: a code of a
#: service may be a territory's by chance (BL), and a building's may be a zone's.
PLACES_SHARE = 80
#: What was meant for a zone, right or wrong: each that is wrong is told.
_LIKE_A_ZONE = re.compile(
    r"(?:\.\.|Africa|America|Antarctica|Arctic|Asia|Atlantic|Australia|Europe|Indian|Pacific)/",
    re.I,
)
#: The same of a territory, under our own name for it.
_LIKE_A_TERRITORY = re.compile(r"\d{1,3}|2[AB]|FR-\w+", re.I)


def contradicted(
    meaning: str,
    rank: int,
    values: Sequence[str],
    territory: str,
    known_territory: Callable[[str], bool],
) -> bool:
    """Whether none of a column's cells is what its name says. No cells: nothing is.

    Our own names (rank 0) are believed: then each cell that can't be read is told instead. But a
    zone or territory is one, under any name, only when most of its cells are.
    """
    if not values:
        return False
    if meaning == "email":
        return not any("@" in value for value in values) and all(map(_FIGURES.fullmatch, values))
    if meaning == "phone":
        return _no_phone(rank, values, territory)
    if meaning == "postcode":
        return not any(re.fullmatch(r"[0-9]{5}", value) for value in values)
    if meaning in ("birth", "entered"):
        # A place, not a day: figures that can't be read as a day are each told.
        return not any(map(str.isdecimal, "".join(values)))
    if meaning == "territory":
        places = sum(_is_place(rank, value, known_territory) for value in values)
        return places * 100 < len(values) * PLACES_SHARE
    if meaning == "zone":
        zones = sum(bool(_LIKE_A_ZONE.match(v)) or _reads(cells.zone, v) for v in values)
        return zones * 100 < len(values) * PLACES_SHARE
    # One word that means nothing is a mistake in a cell, not another column.
    if rank == 0 or meaning != "language" or len(set(values)) < 2:
        return False
    return not any(_reads(cells.language, value) for value in values)


def looks_like(values: Sequence[str], territory: str) -> str:
    """``email`` or ``phone`` when nearly every cell is one, whatever the column is called."""
    if len(values) == 0:
        return ""
    if sum("@" in value for value in values) * 10 >= len(values) * 9:
        return "email"
    if sum(is_number(value, territory) for value in values) * 10 >= len(values) * 9:
        return "phone"
    return ""


def _no_phone(rank: int, values: Sequence[str], territory: str) -> bool:
    if rank == 0:
        return all("@" in value for value in values)
    if rank == 3:
        return sum(is_number(value, territory) for value in values) * 2 < len(values)
    return not any(sum(map(str.isdecimal, value)) >= 6 and "@" not in value for value in values)


def _is_place(rank: int, value: str, known_territory: Callable[[str], bool]) -> bool:
    if rank == 0 and _LIKE_A_TERRITORY.fullmatch(value):
        return True
    return any(map(known_territory, cells.territory_names(value)))


def _reads(reader: Callable[[str], object], value: str) -> bool:
    try:
        reader(value)
    except ValueError:
        return False
    return True
