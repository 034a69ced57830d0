"""What a column's cells say of its meaning: a name alone may be a homonym."""

import re
from collections.abc import Callable, Sequence

from scheduler.domain.phones import is_number
from scheduler.sources import cells

#: Figures without a letter: a number of some kind, not an address.
_FIGURES = re.compile(r"[\d\s.()+/\-]+")


def contradicted(
    meaning: str,
    rank: int,
    values: Sequence[str],
    territory: str,
    known_territory: Callable[[str], bool],
) -> bool:
    """Whether none of a column's cells is what its name says. No cells: nothing is.

    Our own names (rank 0) are believed: then each cell that can't be read is told instead.
    """
    if not values:
        return False
    if meaning == "email":
        return not any("@" in value for value in values) and all(map(_FIGURES.fullmatch, values))
    if meaning == "phone":
        return _no_phone(rank, values, territory)
    if meaning == "postcode":
        return not any(re.fullmatch(r"[0-9]{5}", value) for value in values)
    if meaning == "birth":
        # A place, not a day: figures that can't be read as a day are each told.
        return not any(map(str.isdecimal, "".join(values)))
    if rank == 0:
        return False
    if meaning == "territory":
        return not any(map(known_territory, (n for v in values for n in cells.territory_names(v))))
    readers: dict[str, Callable[[str], object]] = {"zone": cells.zone, "language": cells.language}
    # One word that means nothing is a mistake in a cell, not another column.
    if meaning not in readers or len(set(values)) < 2:
        return False
    return not any(_reads(readers[meaning], value) for value in values)


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


def _reads(reader: Callable[[str], object], value: str) -> bool:
    try:
        reader(value)
    except ValueError:
        return False
    return True
