"""The report of a campaign's season, as values: a page for a director, then tables of its detail.

« Adressé » is what it counts: whether a message was read, nobody knows.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from scheduler.domain.showing.amounts import Amount
from scheduler.domain.values import frozen

#: What stands in a table.
Cell = str | Amount | date


@frozen
class Column:
    """``key`` is its name in files; ``title`` is French."""

    key: str
    title: str
    is_figure: bool = False


@frozen
class Table:
    key: str
    title: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]
    #: What a reader has to know to read it right, in French.
    note: str = ""
    #: Keys of the columns drawn as bars, beside those of the first column; empty: no drawing.
    bars: Sequence[str] = ()

    def as_json(self) -> dict[str, Any]:
        return {
            "table": self.key,
            "rows": [
                {column.key: _plain(cell) for column, cell in zip(self.columns, row, strict=True)}
                for row in self.rows
            ],
        }


@frozen
class Fact:
    """One figure of the first page, beside that of the season before."""

    key: str
    label: str
    amount: Amount
    before: Amount | None = None
    #: What it became since, in French; empty: nothing to compare.
    change: str = ""


@frozen
class SeasonReport:
    campaign: str
    season: str
    organisation: str
    #: The day it was made on.
    made_on: date
    #: The season it is compared with; empty: the ledger knows none.
    before: str
    facts: Sequence[Fact]
    #: (title, date) of what the next season has.
    coming: Sequence[tuple[str, date]]
    tables: Sequence[Table]
    #: For an auditor: dates, texts with their fingerprints, approvals; empty: not asked for.
    evidence: Sequence[Table] = ()
    #: Its figures are those of invented people, to the unit.
    exact: bool = False
    #: What people call the campaign; empty: its name alone is known.
    title: str = ""

    @property
    def heading(self) -> str:
        """``Bilan 2026 : Série « … »``."""
        return f"Bilan {self.season}\u00a0: {self.title or self.campaign}"

    def as_json(self) -> dict[str, Any]:
        found: dict[str, Any] = {
            "campaign": self.campaign,
            "season": self.season,
            "made_on": self.made_on.isoformat(),
            "compared_with": self.before or None,
            "exact": self.exact,
            "facts": {
                one.key: {
                    "value": one.amount.as_json,
                    "at_least": one.amount.at_least,
                    "before": one.before.as_json if one.before else None,
                }
                for one in self.facts
            },
            "next_dates": [{"title": title, "date": day.isoformat()} for title, day in self.coming],
            "tables": [one.as_json() for one in self.tables],
        }
        if self.evidence:
            found["evidence"] = [one.as_json() for one in self.evidence]
        return found


def _plain(cell: Cell) -> int | str:
    if isinstance(cell, Amount):
        return cell.as_json
    return cell.isoformat() if isinstance(cell, date) else cell
