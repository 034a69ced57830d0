"""How an import shows itself: its rows going by, then what became of them."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from scheduler.domain.contacts import BadRow, Row
    from scheduler.flow.importing import ContactSource, ImportReport

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


@contextmanager
def watched(source: "ContactSource") -> "Iterator[ContactSource]":
    """The same source, with a bar that says how many rows have been read."""
    from scheduler.cli.progress import progress_bar

    with progress_bar("Reading") as tell:
        yield _Watched(source, tell)


class _Watched:
    def __init__(self, source: "ContactSource", tell: Callable[[int, int], None]) -> None:
        self.digest = source.digest
        self._source = source
        self._tell = tell
        #: Known once the file has been gone through.
        self._rows = 0

    def __iter__(self) -> "Iterator[list[Row | BadRow]]":
        done = 0
        for batch in self._source:
            done += len(batch)
            self._rows = max(done, self._rows)
            self._tell(done, self._rows)
            yield batch


def print_report(
    report: "ImportReport", notes: Sequence[str], *, dry_run: bool, as_json: bool
) -> None:
    from scheduler.cli.output import print_json, print_table

    if as_json:
        print_json(_as_json(report, notes, dry_run=dry_run))
        return
    for note in notes:
        typer.echo(f"note: {note}")
    if report.bad_rows:
        told = ((row.number, row.column, row.reason, _fate(row)) for row in report.bad_rows)
        print_table(("Row", "Column", "Reason", "What became of it"), told)
    told_of = report.refused + report.left_aside + report.strangers
    if more := told_of - len(report.bad_rows):
        typer.echo(f"… and {more} more")
    if dry_run:
        typer.echo("Nothing was written. The import would give:")
    for name, count in report.counts().items():
        typer.echo(f"{count:>9} {_WORDS[name]}")
    for channel, count in report.without_proof.items():
        typer.echo(f"{count:>9} rows without proof of consent for {channel}: not written to there")


def _as_json(report: "ImportReport", notes: Sequence[str], *, dry_run: bool) -> dict[str, object]:
    return {
        **report.counts(),
        "without_proof": report.without_proof,
        "dry_run": dry_run,
        "notes": list(notes),
        "bad_rows": [
            {"row": row.number, "column": row.column, "reason": row.reason, "kept": row.kept}
            for row in report.bad_rows
        ],
    }


def _fate(row: "BadRow") -> str:
    return "cell left aside" if row.kept else "row refused"
