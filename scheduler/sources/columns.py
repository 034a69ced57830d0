"""Which column of a contact table means what, for one audience.

A name proposes, the cells under it decide, and ``chosen`` (the operator’s word) settles. What was
found is shown before anything is written, and nothing is ignored without a line.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from scheduler.domain.calendar.campaigns import Audience, AudienceField
from scheduler.domain.consent.grounds import Basis
from scheduler.domain.errors import Fault, ImportRefused
from scheduler.domain.values import frozen
from scheduler.sources import deaths
from scheduler.sources.values import PLACES_SHARE, contradicted, looks_like
from scheduler.sources.vocabulary import PROOF_PARTS, key_is_address, plain, vocabulary

MAX_COLUMNS = 200
#: Where a column is looked for when the table has none: the empty cell put after the last one.
ABSENT = -1
_TOO_FEW = f"under {PLACES_SHARE} in 100 cells of its first rows are each"
#: Where one cell isn't enough.
_MOST_NEEDED = {"zone": _TOO_FEW, "territory": _TOO_FEW}
#: Cells shown of each column.
SHOWN = 3


@frozen
class ProofColumns:
    channel: str
    date: int
    how: int
    wording: int


@frozen
class ShownColumn:
    """A column that is used, as it is shown to the operator alone: never in a log."""

    meaning: str
    #: Counted from 1.
    number: int
    name: str
    samples: Sequence[str]


@frozen
class Columns:
    """Where to find each thing in a record: an index, or ABSENT."""

    #: As the table writes them; ABSENT is the empty name.
    names: Sequence[str]
    key: int
    email: int
    phone: int
    language: int
    easy_to_read: int
    zone: int
    territory: int
    #: Used, never stored.
    postcode: int
    birth: int
    #: Of staff: kept apart from the fields, while it is young.
    entered: int
    deaths: Sequence[int]
    fields: Sequence[tuple[AudienceField, int]]
    proofs: Sequence[ProofColumns]
    shown: Sequence[ShownColumn]
    #: What the reader should know: ignored columns, missing ones. In words.
    notes: Sequence[str]

    @property
    def width(self) -> int:
        return len(self.names) - 1


@dataclass(kw_only=True, slots=True)
class _Table:
    """A header, the first cells under it, and what is found out about them."""

    header: Sequence[str]
    samples: Sequence[Sequence[str]]
    audience: Audience
    where: str
    line: int
    known_territory: Callable[[str], bool]
    found: dict[str, int] = field(default_factory=dict)
    deaths: list[int] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    #: Columns of which a note was made.
    told: set[int] = field(default_factory=set)

    def values(self, at: int) -> list[str]:
        return [row[at] for row in self.samples if at < len(row) and row[at]]

    def named(self, at: int) -> str:
        return f"column {at + 1} (`{self.header[at].strip()}`)"

    def refused(self, what: str, remedy: str) -> ImportRefused:
        return ImportRefused(str(Fault(where=self.where, what=what, remedy=remedy, line=self.line)))


def match_columns(
    header: Sequence[str],
    audience: Audience,
    *,
    where: str,
    line: int = 1,
    samples: Sequence[Sequence[str]] = (),
    chosen: Mapping[str, str] | None = None,
    known_territory: Callable[[str], bool] = lambda _: True,
) -> Columns:
    """Read a header, whatever its case, accents and spaces.

    Raises ImportRefused for two columns with one meaning, and for a table without a column of
    addresses. ``where`` names the table in the message, ``line`` the header's row.
    """
    table = _Table(
        header=header,
        samples=samples,
        audience=audience,
        where=where,
        line=line,
        known_territory=known_territory,
    )
    if len(header) > MAX_COLUMNS:
        raise table.refused(f"more than {MAX_COLUMNS} columns", "keep the ones that are needed")
    _settle(table, _settled_by_hand(table, chosen or {}))
    if not {"email", "phone"} & table.found.keys():
        raise table.refused(
            "no column of e-mail addresses or telephone numbers",
            _proposal(table) or f"name them in the first row: {audience.key}, email, phone…",
        )
    found = table.found

    def at(meaning: str) -> int:
        return found.get(meaning, ABSENT)

    return Columns(
        names=(*header, ""),
        key=at("key"),
        email=at("email"),
        phone=at("phone"),
        language=at("language"),
        easy_to_read=at("easy_to_read"),
        zone=at("zone"),
        territory=at("territory"),
        postcode=at("postcode"),
        birth=at("birth"),
        entered=_entered(found, audience),
        deaths=tuple(table.deaths),
        fields=[(f, at(f"field {f.name}")) for f in audience.fields if f"field {f.name}" in found],
        proofs=_proofs(found, audience),
        shown=_shown(table),
        notes=_notes(table),
    )


def meanings(audience: Audience) -> list[str]:
    """What a column may be taken for, as an operator says it."""
    return sorted({_said(meaning, audience) for meaning, _ in vocabulary(audience).values()})


def every_column(
    header: Sequence[str], samples: Sequence[Sequence[str]], shown: Sequence[ShownColumn]
) -> list[ShownColumn]:
    """All that there are, with some of their cells; those that aren't among ``shown`` mean
    nothing."""
    used = {one.number: one.meaning for one in shown}
    return [
        ShownColumn(
            meaning=used.get(at + 1, ""),
            number=at + 1,
            name=name.strip(),
            samples=[row[at] for row in samples if at < len(row) and row[at]][:SHOWN],
        )
        for at, name in enumerate(header[:MAX_COLUMNS])
    ]


def _settled_by_hand(table: _Table, chosen: Mapping[str, str]) -> dict[str, int]:
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


def _settle(table: _Table, settled: Mapping[str, int]) -> None:
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


def _deaths_unnamed(table: _Table, settled: Collection[int]) -> list[int]:
    """Columns that no name gives a meaning, whose every cell says a life or a death."""
    taken = {*table.found.values(), *table.deaths, *settled, *table.told}
    return [
        at
        for at in range(len(table.header))
        if at not in taken and deaths.is_column(table.values(at), None)
    ]


def _is_homonym(table: _Table, meaning: str, rank: int, at: int) -> bool:
    values = table.values(at)
    if not contradicted(meaning, rank, values, table.audience.territory, table.known_territory):
        return False
    said = _said(meaning, table.audience)
    few = _MOST_NEEDED.get(meaning, "no cell of its first rows is")
    table.told.add(at)
    table.notes.append(
        f"{table.named(at)} is ignored: {few} one of {said} "
        f"(--columns {said}={table.header[at].strip()} takes it all the same)"
    )
    return True


def _one_of(table: _Table, meaning: str, ranked: Sequence[tuple[int, int]]) -> int:
    best = [at for rank, at in ranked if rank == ranked[0][0]]
    filled = [at for at in best if table.values(at)] or best
    first = filled[0]
    if any(table.values(at) != table.values(first) or not table.values(at) for at in filled[1:]):
        raise _both(table, filled, _said(meaning, table.audience))
    for _, at in ranked:
        if at != first:
            table.told.add(at)
            table.notes.append(
                f"{table.named(at)} is ignored: `{table.header[first].strip()}` is taken for "
                f"{_said(meaning, table.audience)}"
            )
    return first


def _both(table: _Table, filled: Sequence[int], said: str) -> ImportRefused:
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


def _proposal(table: _Table) -> str:
    """What the cells say where no name does."""
    for at in range(len(table.header)):
        if meaning := _holds(table, at):
            which = table.header[at].strip() or str(at + 1)
            return f"{table.named(at)} seems to hold them: say --columns {meaning}={which}"
    return ""


def _holds(table: _Table, at: int) -> str:
    return looks_like(table.values(at), table.audience.territory)


def _why_ignored(table: _Table, at: int) -> str:
    if "email" not in table.found and _holds(table, at) == "email":
        which = table.header[at].strip()
        return f"it seems to hold e-mail addresses: --columns email={which} takes it for that"
    return f"{table.audience.name} has no such field"


def _entered(found: Mapping[str, int], audience: Audience) -> int:
    """The column of that meaning, or the field that an audience has for it."""
    names = vocabulary(replace(audience, fields=()))
    theirs = [
        f"field {one.name}"
        for one in audience.fields
        for name in (one.name, one.label)
        if one.type == "date" and names.get(plain(name), ("", 0))[0] == "entered"
    ]
    return next((found[one] for one in ("entered", *theirs) if one in found), ABSENT)


def _proofs(found: Mapping[str, int], audience: Audience) -> list[ProofColumns]:
    """The proof of each channel; columns without a channel's name serve all that need consent."""
    proofs = []
    for channel, terms in audience.channels.items():
        shared = terms.basis == Basis.CONSENT
        date, how, wording = (
            found.get(f"proof {channel} {part}", found.get(f"proof {part}", ABSENT))
            if shared
            else found.get(f"proof {channel} {part}", ABSENT)
            for part in PROOF_PARTS
        )
        if date != ABSENT:
            proofs.append(ProofColumns(channel=channel, date=date, how=how, wording=wording))
    return proofs


def _shown(table: _Table) -> list[ShownColumn]:
    pairs = [*table.found.items(), *(("death", at) for at in table.deaths)]
    return [
        ShownColumn(
            meaning=_said(meaning, table.audience),
            number=at + 1,
            name=table.header[at].strip(),
            samples=table.values(at)[:SHOWN],
        )
        for meaning, at in sorted(pairs, key=lambda pair: pair[1])
    ]


def _said(meaning: str, audience: Audience) -> str:
    """A meaning as an operator types it."""
    if meaning == "key":
        return audience.key
    if meaning.startswith("proof "):
        return "_".join(("consent", *meaning.split()[1:]))
    return meaning.removeprefix("field ")


def _notes(table: _Table) -> list[str]:
    found, audience = table.found, table.audience
    used = set(found.values()) | set(table.deaths) | table.told
    notes = table.notes + [
        f"{table.named(at)} is ignored: {_why_ignored(table, at)}"
        if name.strip()
        else f"column {at + 1} has no name: it is ignored"
        for at, name in enumerate(table.header)
        if at not in used
    ]
    if "key" not in found and not key_is_address(audience):
        notes.append(
            f"no column `{audience.key}`: people are told apart by address, so a person whose "
            "address changes becomes another"
        )
    notes += [
        f"no proof of consent for {channel}: nobody new in it can be written to there"
        for channel, terms in audience.channels.items()
        if terms.basis == Basis.CONSENT
        and not {f"proof {channel} date", "proof date"} & found.keys()
    ]
    return notes
