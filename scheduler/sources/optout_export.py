"""Opt-outs written to a CSV file that a spreadsheet can open."""

import csv
from collections.abc import Iterable
from typing import TextIO

from scheduler.domain.people.person import OptOutRow
from scheduler.sources.cells import guarded

_COLUMNS = (
    *("kind", "address", "digest", "channel", "scope", "reason", "route", "at"),
    *("audience", "key"),
)


def export_opt_outs(rows: Iterable[OptOutRow], out: TextIO) -> int:
    """Write a header and one record an opt-out; return how many.

    ``out`` is opened as for ``csv_export``. An erased or unknown person's address is empty: the
    keyed digest stands for it. ``audience`` and ``key`` name the person, where it is known whose
    it is.
    """
    writer = csv.writer(out, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(_COLUMNS)
    count = 0
    for row in rows:
        count += 1
        cells = (
            *(row.kind.value, row.address, row.digest, row.channel),
            *(row.scope, row.reason, row.route, row.at.isoformat()),
            *(row.audience, row.key),
        )
        writer.writerow(guarded(cell) for cell in cells)
    return count
