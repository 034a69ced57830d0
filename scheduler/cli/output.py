"""How commands print: JSON for machines, tables for people."""

import json
import sys
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import typer

#: Columns when the output is piped: nothing is cut.
PIPED_WIDTH = 250


def print_json(value: Any) -> None:
    """One JSON document on stdout; dates in ISO 8601, sums as decimal strings."""
    typer.echo(as_json_text(value))


def as_json_text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2, default=_plain)


def print_table(titles: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """A table as wide as its terminal, or plain columns when piped."""
    from rich.box import SIMPLE
    from rich.console import Console
    from rich.table import Table

    console = Console() if sys.stdout.isatty() else Console(width=PIPED_WIDTH)
    table = Table(*titles, box=SIMPLE, pad_edge=False)
    for row in rows:
        table.add_row(*(str(cell) for cell in row))
    console.print(table)


def _plain(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value:.4f}"
    raise TypeError(f"{type(value).__name__} can't be written as JSON")
