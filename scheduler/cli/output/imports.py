"""How an import shows itself: its rows going by, then what became of them."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from scheduler.cli.language import colon, counted, say, tr

if TYPE_CHECKING:
    from scheduler.domain.people.contacts import BadRow, Noted, Row
    from scheduler.domain.people.file_notes import FileNotes
    from scheduler.flow.people.import_report import ImportReport
    from scheduler.flow.people.import_survey import ContactSource
    from scheduler.sources.columns.found import ShownColumn

_WORDS = {
    "rows": "rows that can be used",
    "added": "people added",
    "renewed": "people renewed",
    "refused": "rows refused",
    "left_aside": "cells left aside",
    "repeated": "rows that repeat a key (the last one counts)",
    "strangers": "rows whose key is somebody else's, left aside",
    "settled": "keys settled by --same-person or --other-person",
    "opted_out": "addresses and numbers whose opt-out holds, whoever has them",
    "refusing": "people whose own opt-out holds, at whatever address",
    "ended": "people who left the audience",
}
#: What was changed in the file's cells, or left aside as nobody to write to; by its kind.
_TOLD = {
    "forced-text": 'cells taken out of a spreadsheet\'s ="…" or apostrophe',
    "invisible-sign": "cells without a sign that nobody sees",
    "blank-sign": "cells whose no-break spaces became spaces",
    "number-completed": "numbers completed by a 0, a + or their country's code",
    "day-count": "days given as a spreadsheet's count",
    "address-twice": "rows with an address or number that an earlier row has",
    "key-apart": "rows whose key differs from somebody else's by zeros, case or blanks alone: kept "
    "as two people",
    "namesake": "people with the name of somebody whose opt-out holds, under another key and "
    "address: if they are one person, say reflexe optout add",
    "header-again": "rows that are the header once more: left aside",
    "no-person": "rows that are nobody (a total, a caption): left aside",
    "deceased": "people who died: left aside, and no members any more",
    "too-young": "people younger than minimum_age: left aside, and no members any more",
}


def print_columns(columns: "Sequence[ShownColumn]", *, samples: bool) -> None:
    """Which column is taken for what; with ``samples``, some of its cells. To the terminal alone:
    they are the operator's own file, and go to no log."""
    from scheduler.cli.output.printing import print_table

    titles = ("Column", "In the file", "Taken for", *(("For example",) if samples else ()))
    rows = (
        (one.number, _inert(one.name), one.meaning)
        + ((_inert(" · ".join(one.samples)),) if samples else ())
        for one in columns
    )
    print_table(titles, rows)


def _inert(text: str) -> str:
    """A stranger's text as a terminal shows it, without obeying it."""
    return "".join(sign if sign.isprintable() else "·" for sign in text)


@contextmanager
def watched(source: "ContactSource") -> "Iterator[ContactSource]":
    """The same source, with a bar that says how many rows have been read."""
    from scheduler.cli.output.progress import progress_bar

    with progress_bar("Reading") as tell:
        yield _Watched(source, tell)


class _Watched:
    def __init__(self, source: "ContactSource", tell: Callable[[int, int], None]) -> None:
        self.digest = source.digest
        self._source = source
        self._tell = tell
        #: Known once the file has been gone through.
        self._rows = 0

    def __iter__(self) -> "Iterator[Sequence[Row | BadRow | Noted]]":
        done = 0
        for batch in self._source:
            done += len(batch)
            self._rows = max(done, self._rows)
            self._tell(done, self._rows)
            yield batch


def print_report(
    report: "ImportReport",
    notes: Sequence[str],
    columns: "Sequence[ShownColumn]",
    *,
    dry_run: bool,
    as_json: bool,
) -> None:
    from scheduler.cli.output.printing import print_json, print_table

    if as_json:
        print_json(_as_json(report, notes, columns, dry_run=dry_run))
        return
    for note in notes:
        say(f"note: {tr(note)}")
    if report.bad_rows:
        bad = ((row.number, row.column, why(row), fate(row)) for row in report.bad_rows)
        print_table(("Row", "Column", "Reason", "What became of it"), bad)
    if more := report.faults - len(report.bad_rows):
        say(f"… and {more} more")
    if dry_run:
        say("Nothing was written. The import would give:")
    for count, told in told_counts(report):
        say(f"{count:>9} {told}")


def told_counts(report: "ImportReport") -> Iterator[tuple[int, str]]:
    """What became of the file, a line each, in the run's language."""
    for name, count in report.counts().items():
        yield count, counted(count, _WORDS[name])
    for channel, count in report.without_proof.items():
        yield count, tr(f"rows without proof of consent for {channel}: not written to there")
    for what, count in report.notes.counts.items():
        named = ", ".join(map(str, report.notes.rows[what]))
        named += ", …" if count > len(report.notes.rows[what]) else ""
        rows = tr("rows" if count > 1 else "row")
        yield count, f"{counted(count, _TOLD[what])} ({rows} {named})"


def _told(notes: "FileNotes") -> dict[str, object]:
    return {
        what.value: {"count": count, "rows": notes.rows[what]}
        for what, count in notes.counts.items()
    }


def _as_json(
    report: "ImportReport",
    notes: Sequence[str],
    columns: "Sequence[ShownColumn]",
    *,
    dry_run: bool,
) -> dict[str, object]:
    return {
        **report.counts(),
        "without_proof": report.without_proof,
        "dry_run": dry_run,
        "notes": list(notes),
        "told": _told(report.notes),
        "columns": [
            {"column": one.number, "name": one.name, "meaning": one.meaning}
            | ({"samples": list(one.samples)} if dry_run else {})
            for one in columns
        ],
        "bad_rows": [
            {"row": row.number, "column": row.column, "reason": row.reason, "kept": row.kept}
            | ({"key": row.key} if row.key else {})
            for row in report.bad_rows
        ],
    }


def why(row: "BadRow") -> str:
    """What is wrong with it; of a row in doubt, the key that it asks about first."""
    reason = tr(row.reason)
    return f"{_inert(row.key)}{colon()} {reason}" if row.key else reason


def fate(row: "BadRow") -> str:
    """A row in doubt is counted apart from those that are refused, and called otherwise."""
    if row.kept:
        return tr("cell left aside")
    return tr("row left aside" if row.key else "row refused")
