"""Who got an occurrence's message, and whom it didn't reach, as CSV files for spreadsheets."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TextIO

from scheduler.domain.people.person import ContactCard
from scheduler.domain.showing.recipients import PersonsMessage, Unreached
from scheduler.sources.cells import guarded

_WHO = ("audience", "key", "email", "phone")


def export_people(rows: Sequence[PersonsMessage], words: Mapping[str, str], out: TextIO) -> int:
    """A record a person and channel; how many. ``words``: each state in French. ``out`` is opened
    as for ``csv_export``."""
    writer = _writer(out)
    writer.writerow(["contact", *_WHO, "channel", "to", "state", "reason", "at"])
    for one in rows:
        row = one.row
        cells = [str(row.contact), *_of(one.card), row.channel, one.to]
        cells += [words[row.state.value], row.reason, row.at.isoformat()]
        writer.writerow(guarded(cell) for cell in cells)
    return len(rows)


def export_unreached(
    rows: Iterable[Unreached], cards: Mapping[int, ContactCard], out: TextIO
) -> int:
    """A record a person, with every field their file gives of them, to write to them by; how
    many. Who was erased has none."""
    known = [(one, cards[one.contact]) for one in rows if one.contact in cards]
    names = list(dict.fromkeys(name for _, card in known for name in card.fields))
    writer = _writer(out)
    writer.writerow(["contact", *_WHO, *names, "why"])
    for one, card in known:
        fields = [card.fields.get(name, "") for name in names]
        cells = [str(one.contact), *_of(card), *fields, one.why]
        writer.writerow(guarded(cell) for cell in cells)
    return len(known)


def _of(card: ContactCard | None) -> list[str]:
    return [card.audience, card.key, card.email, card.phone] if card else [""] * len(_WHO)


def _writer(out: TextIO) -> Any:
    return csv.writer(out, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\r\n")
