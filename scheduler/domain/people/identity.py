"""Whether two entries under one key are one person, by their names and addresses.

A key names a person inside one source only, and sources give keys again. The same key with another
address is somebody who moved, as long as the name is the same; with another name too it may be
somebody else, and a person has to say. Names are compared as people write them: case, accents,
order, hyphens, an initial, a missing or added part and a slip of the keyboard are no other name.
"""

import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache

from scheduler.domain.calendar.campaigns import Audience, AudienceField

#: Fields that are part of a name where the audience's file doesn't say: by name or label, folded.
NAME_FIELDS = frozenset(
    {"nom", "prenom", "prenoms", "nomusage", "nomdusage", "nomnaissance", "nomdenaissance"}
    | {"nomdefamille", "nommarital", "nomcomplet", "nomprenom", "prenomnom", "nometprenom"}
    | {"name", "firstname", "lastname", "surname", "givenname", "familyname", "fullname"}
    | {"middlename", "birthname", "maidenname"}
)
#: What stands in a name's cell and is no part of it.
_NO_NAME = frozenset(
    {"mme", "mlle", "mr", "mrs", "ms", "dr", "pr", "nee", "epouse", "ep", "veuve", "vve"}
)
#: Parts that some files have and others leave out.
_PARTICLES = frozenset({"de", "du", "des", "la", "le", "les", "d", "l", "el", "al", "van", "von"})
#: Letters from which on one slip, and two, are a slip.
_ONE_SLIP, _TWO_SLIPS = 4, 8


def names_a_person(field: AudienceField) -> bool:
    """Whether a field holds a name, or part of one."""
    if field.person_name is not None:
        return field.person_name
    return not NAME_FIELDS.isdisjoint({_joined(field.name), _joined(field.label)})


def names_in(fields: Mapping[str, str], audience: Audience) -> list[str]:
    """The parts of somebody's name, as their fields hold them."""
    found = (fields.get(one.name, "") for one in audience.fields if names_a_person(one))
    return [name for name in found if name]


def is_another(
    known_names: Sequence[str],
    names: Sequence[str],
    known_addresses: Collection[object],
    addresses: Collection[object],
) -> bool:
    """Another name and another address. What one of the two lacks is no difference."""
    if not known_addresses or not addresses or not set(known_addresses).isdisjoint(addresses):
        return False
    return not is_same_name(known_names, names)


def is_same_name(one: Sequence[str], other: Sequence[str]) -> bool:
    """Every part of the shorter name is in the longer one."""
    fewer, more = sorted((_parts(one), _parts(other)), key=len)
    if not fewer:
        return True
    return _all_in(fewer, more) or _whole(one) == _whole(other)


def name_as_compared(names: Sequence[str]) -> tuple[str, ...]:
    """The parts of a name in one order, as they are compared: equal for one name, however typed."""
    return tuple(sorted(_parts(names)))


def _all_in(fewer: Sequence[str], more: Sequence[str]) -> bool:
    left = list(more)
    # The longest first: an initial takes what nothing else wants.
    for part in sorted(fewer, key=len, reverse=True):
        found = part if part in left else next((each for each in left if _is_like(part, each)), "")
        if not found:
            return False
        left.remove(found)
    return True


def _is_like(one: str, other: str) -> bool:
    shorter, longer = sorted((one, other), key=len)
    if len(shorter) == 1:
        return longer.startswith(shorter)
    if len(shorter) < _ONE_SLIP:
        return shorter == longer
    return _slips(shorter, longer) <= (2 if len(shorter) >= _TWO_SLIPS else 1)


def _slips(one: str, other: str) -> int:
    """Letters left out, added, changed or exchanged with the next: at least so many, or 3."""
    if abs(len(one) - len(other)) > 2:
        return 3
    before: list[int] = []
    row = list(range(len(other) + 1))
    for down, letter in enumerate(one, 1):
        before, above, row = row, before, [down]
        for across, their in enumerate(other, 1):
            least = min(before[across] + 1, row[-1] + 1, before[across - 1] + (letter != their))
            if down > 1 and across > 1 and letter == other[across - 2] and one[down - 2] == their:
                least = min(least, above[across - 2] + 1)
            row.append(least)
    return row[-1]


def _parts(names: Sequence[str]) -> list[str]:
    every = [part for name in names for part in _folded(name) if part not in _NO_NAME]
    return [part for part in every if part not in _PARTICLES] or every


def _whole(names: Sequence[str]) -> list[str]:
    """Each cell in one piece: Le Goff is Legoff."""
    return sorted(_joined(name) for name in names)


def _joined(name: str) -> str:
    return "".join(_folded(name))


@lru_cache(maxsize=4096)
def _folded(name: str) -> tuple[str, ...]:
    plain = unicodedata.normalize("NFKD", name.casefold())
    letters = "".join(one for one in plain if not unicodedata.combining(one))
    return tuple(re.findall(r"[^\W\d_]+", letters.replace("œ", "oe").replace("æ", "ae")))
