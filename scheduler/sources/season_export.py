"""A season's report as a CSV file for spreadsheets: a record a figure."""

import csv
from collections.abc import Iterator
from datetime import date
from typing import TextIO

from scheduler.domain.showing.amounts import Amount
from scheduler.domain.showing.season_report import SeasonReport
from scheduler.sources.cells import guarded

_TITLES = ("table", "row", "of", "figure", "value", "at_least", "unit")


def export_season(report: SeasonReport, out: TextIO) -> int:
    """How many. ``out`` is opened as for ``csv_export``. What is no figure stands in ``of``."""
    writer = csv.writer(out, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(_TITLES)
    count = 0
    for record in _records(report):
        writer.writerow(guarded(cell) for cell in record)
        count += 1
    return count


def _records(report: SeasonReport) -> Iterator[list[str]]:
    for fact in report.facts:
        yield ["facts", fact.label, report.season, fact.key, *_of(fact.amount)]
        if fact.before is not None:
            yield ["facts", fact.label, report.before, fact.key, *_of(fact.before)]
    for title, day in report.coming:
        yield ["next_dates", title, "", "date", day.isoformat(), "", ""]
    for table in (*report.tables, *report.evidence):
        for row in table.rows:
            cells = list(zip(table.columns, row, strict=True))
            words = [_word(value) for _, value in cells if not isinstance(value, Amount)]
            name, about = words[0], " / ".join(word for word in words[1:] if word)
            figures = [one for one in cells if isinstance(one[1], Amount)]
            for column, value in figures:
                if isinstance(value, Amount):
                    yield [table.key, name, about, column.key, *_of(value)]
            if not figures:
                yield [table.key, name, about, "", "", "", ""]


def _of(amount: Amount) -> list[str]:
    return [str(amount.as_json), "yes" if amount.at_least else "no", amount.unit.value]


def _word(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)
