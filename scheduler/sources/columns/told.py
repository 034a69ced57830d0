"""What is told of a table's columns: those used, those ignored, what may have been meant."""

from collections.abc import Sequence

from scheduler.domain.consent.grounds import Basis
from scheduler.sources.columns.found import ShownColumn
from scheduler.sources.columns.header import MAX_COLUMNS, Header
from scheduler.sources.values import looks_like
from scheduler.sources.vocabulary import key_is_address, said_as

#: Cells shown of each column.
SHOWN = 3


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


def shown_of(table: Header) -> list[ShownColumn]:
    pairs = [*table.found.items(), *(("death", at) for at in table.deaths)]
    return [
        ShownColumn(
            meaning=said_as(meaning, table.audience),
            number=at + 1,
            name=table.header[at].strip(),
            samples=table.values(at)[:SHOWN],
        )
        for meaning, at in sorted(pairs, key=lambda pair: pair[1])
    ]


def notes_of(table: Header) -> list[str]:
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


def proposal(table: Header) -> str:
    """What the cells say where no name does."""
    for at in range(len(table.header)):
        if meaning := _holds(table, at):
            which = table.header[at].strip() or str(at + 1)
            return f"{table.named(at)} seems to hold them: say --columns {meaning}={which}"
    return ""


def _holds(table: Header, at: int) -> str:
    return looks_like(table.values(at), table.audience.territory)


def _why_ignored(table: Header, at: int) -> str:
    if "email" not in table.found and _holds(table, at) == "email":
        which = table.header[at].strip()
        return f"it seems to hold e-mail addresses: --columns email={which} takes it for that"
    return f"{table.audience.name} has no such field"
