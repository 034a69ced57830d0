"""Which column is taken for what: by its name, by its cells, by the operator's word."""

from collections.abc import Collection, Mapping, Sequence

from scheduler.domain.errors import ImportRefused
from scheduler.sources import deaths
from scheduler.sources.columns.found import ABSENT
from scheduler.sources.columns.header import Header
from scheduler.sources.values import PLACES_SHARE, contradicted
from scheduler.sources.vocabulary import meanings, plain, said_as, vocabulary

_TOO_FEW = f"under {PLACES_SHARE} in 100 cells of its first rows are each"
#: Where one cell isn't enough.
_MOST_NEEDED = {"zone": _TOO_FEW, "territory": _TOO_FEW}


def settled_by_hand(table: Header, chosen: Mapping[str, str]) -> dict[str, int]:
    """Meaning -> column, as the operator said: by its name or its number; ABSENT for none."""
    names = {plain(name): at for at, name in reversed(list(enumerate(table.header)))}
    known = {meaning for meaning, _ in vocabulary(table.audience).values()}
    settled = {}
    for said, column in chosen.items():
        meaning = "key" if plain(said) == plain(table.audience.key) else said
        meaning = f"field {said}" if f"field {said}" in known else meaning
        meaning = f"proof {said[8:].replace('_', ' ')}" if said.startswith("consent_") else meaning
        if meaning not in known:
            allowed = ", ".join(meanings(table.audience))
            raise table.refused(f"--columns {said}: no such meaning", f"use {allowed}")
        at = names.get(plain(column), ABSENT) if column and column[0] != "#" else ABSENT
        # A column may be called by a number; whoever means its place says #3.
        place = column.removeprefix("#")
        if at == ABSENT and place.isdecimal() and 0 < int(place) <= len(table.header):
            at = int(place) - 1
        if at == ABSENT and column:
            raise table.refused(
                f"--columns {said}={column}: no such column", "give its name, or its number"
            )
        settled[meaning] = at
    return settled


def settle(table: Header, settled: Mapping[str, int]) -> None:
    words = vocabulary(table.audience)
    candidates: dict[str, list[tuple[int, int]]] = {}
    for at, name in enumerate(table.header):
        meaning, rank = words.get(plain(name), ("", 0))
        if meaning and meaning not in settled and at not in settled.values():
            candidates.setdefault(meaning, []).append((rank, at))
    for meaning, ranked in candidates.items():
        fitting = [one for one in ranked if not _is_homonym(table, meaning, *one)]
        if meaning == "death":
            table.deaths = [at for _, at in fitting]
        elif fitting:
            table.found[meaning] = _one_of(table, meaning, sorted(fitting))
    if "death" not in settled:
        table.deaths += _deaths_unnamed(table, set(settled.values()))
    for meaning, at in settled.items():
        if meaning == "death" and at != ABSENT:
            table.deaths = [at]
        elif at != ABSENT:
            table.found[meaning] = at


def _deaths_unnamed(table: Header, settled: Collection[int]) -> list[int]:
    """Columns that no name gives a meaning, whose every cell says a life or a death."""
    taken = {*table.found.values(), *table.deaths, *settled, *table.told}
    return [
        at
        for at in range(len(table.header))
        if at not in taken and deaths.is_column(table.values(at), None)
    ]


def _is_homonym(table: Header, meaning: str, rank: int, at: int) -> bool:
    values = table.values(at)
    if not contradicted(meaning, rank, values, table.audience.territory, table.known_territory):
        return False
    said = said_as(meaning, table.audience)
    few = _MOST_NEEDED.get(meaning, "no cell of its first rows is")
    table.told.add(at)
    table.notes.append(
        f"{table.named(at)} is ignored: {few} one of {said} "
        f"(--columns {said}={table.header[at].strip()} takes it all the same)"
    )
    return True


def _one_of(table: Header, meaning: str, ranked: Sequence[tuple[int, int]]) -> int:
    best = [at for rank, at in ranked if rank == ranked[0][0]]
    filled = [at for at in best if table.values(at)] or best
    first = filled[0]
    if any(table.values(at) != table.values(first) or not table.values(at) for at in filled[1:]):
        raise _both(table, filled, said_as(meaning, table.audience))
    for _, at in ranked:
        if at != first:
            table.told.add(at)
            table.notes.append(
                f"{table.named(at)} is ignored: `{table.header[first].strip()}` is taken for "
                f"{said_as(meaning, table.audience)}"
            )
    return first


def _both(table: Header, filled: Sequence[int], said: str) -> ImportRefused:
    """Two columns say the same; those of one name are told by their numbers."""
    one, other = (table.header[at].strip() for at in filled[:2])
    if one == other:
        return table.refused(
            f"columns {filled[0] + 1} and {filled[1] + 1} are both `{one}`",
            f"rename or remove one, or say which by its number: --columns {said}={filled[0] + 1}",
        )
    return table.refused(
        f"columns `{one}` and `{other}` mean the same",
        f"rename or remove the one not to be used, or say which: --columns {said}=…",
    )
