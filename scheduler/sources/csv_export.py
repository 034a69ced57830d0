"""Contacts written to a CSV file that a spreadsheet can open, and ``contact_file`` read again."""

import csv
from collections.abc import Iterable
from typing import TextIO

from scheduler.domain.calendar.campaigns import Audience
from scheduler.domain.people.contacts import Proof, Row
from scheduler.sources.cells import guarded
from scheduler.sources.vocabulary import key_is_address


def export_rows(rows: Iterable[Row], audience: Audience, out: TextIO) -> int:
    """Write a header and one record a row; return how many.

    ``out`` is a text file opened with ``encoding="utf-8-sig", newline=""``: what French Excel
    opens right. No cell can run as a formula, and reading the file again gives the same rows.
    """
    # Every cell quoted: a program that takes another separator must not cut a cell in two.
    writer = csv.writer(out, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    channels = list(audience.channels)
    names = [field.name for field in audience.fields]
    keys = [] if key_is_address(audience) else [audience.key]
    writer.writerow([
        *keys,
        *("email", "phone", "language", "easy_to_read", "zone", "territory"),
        *names,
        *(f"consent_{each}_{part}" for each in channels for part in ("date", "how", "wording")),
    ])  # fmt: skip
    count = 0
    for row in rows:
        count += 1
        cells = (*([row.key] if keys else []), *_cells(row, names, channels))
        writer.writerow(guarded(cell) for cell in cells)
    return count


def _cells(row: Row, names: list[str], channels: list[str]) -> Iterable[str]:
    yield row.email.send_to if row.email else ""
    yield row.phone or ""
    yield row.language
    yield "oui" if row.easy_to_read else ""
    yield row.zone
    yield row.territory
    yield from (row.fields.get(name, "") for name in names)
    for channel in channels:
        yield from _proof_cells(row.proofs.get(channel))


def _proof_cells(proof: Proof | None) -> tuple[str, str, str]:
    return (proof.date.isoformat(), proof.how, proof.wording) if proof else ("", "", "")
