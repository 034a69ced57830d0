"""How commands print: JSON for machines, tables for people."""

import json
import os
import sys
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from shutil import get_terminal_size
from textwrap import wrap
from typing import Any

import typer

from scheduler.cli.language import tr

#: Columns when the output is piped: nothing is cut.
PIPED_WIDTH = 250
_GAP = "  "
#: No column is made narrower.
_NARROWEST = 6
#: Those of French typography, which obey nobody: ``isprintable`` has them with control signs.
_SPACES = "\u00a0\u202f"


def print_json(value: Any) -> None:
    """One JSON document on stdout; dates in ISO 8601, sums as decimal strings."""
    typer.echo(as_json_text(value))


def as_json_text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2, default=_plain)


def print_table(
    titles: Sequence[str],
    rows: Iterable[Sequence[object]],
    *,
    last: str = "",
    wide: bool = False,
) -> None:
    """A table as wide as its terminal; piped, or ``wide``, a line a row.

    ``last`` names the column of an id: it is never cut nor wrapped, so that it can be copied. It
    comes last, or on a line of its own below its row where there is no room for it.
    """
    at = titles.index(last) if last else len(titles)
    cells = [tuple(_inert(str(cell)) for cell in row) for row in rows]
    plain = [_others(row, at) for row in ([tr(one) for one in titles], *cells)]
    ids = [row[at] if last else "" for row in ([tr(one) for one in titles], *cells)]
    widths = _widths(plain)
    own = max(map(len, ids))
    room = sys.maxsize if wide else _room()
    beside = sum(widths) + len(_GAP) * len(widths) + own <= room
    if not beside or not last:
        widths = _fitted(widths, room)
    for number, (row, name) in enumerate(zip(plain, ids, strict=True)):
        lines = _lines(row, widths)
        if last and beside:
            lines[0] = f"{lines[0]:<{sum(widths) + len(_GAP) * (len(widths) - 1)}}{_GAP}{name}"
        elif name:
            lines.append(f"{_GAP}{name}")
        for line in lines:
            typer.echo(f" {line}".rstrip())
        if not number:
            typer.echo(f" {'─' * (len(lines[0]) if beside else max(map(len, lines)))}")


def _room() -> int:
    """Columns of the terminal, or of COLUMNS; less the margin."""
    told = sys.stdout.isatty() or os.environ.get("COLUMNS", "").isdigit()
    return (get_terminal_size().columns if told else PIPED_WIDTH) - 1


def _others(row: Sequence[str], at: int) -> list[str]:
    return [cell for place, cell in enumerate(row) if place != at]


def _widths(rows: Sequence[Sequence[str]]) -> list[int]:
    return [max(map(len, column)) for column in zip(*rows, strict=True)]


def _fitted(widths: Sequence[int], room: int) -> list[int]:
    """The same, the widest made narrower until they fit."""
    fitted = list(widths)
    while sum(fitted) + len(_GAP) * (len(fitted) - 1) > room and max(fitted) > _NARROWEST:
        fitted[fitted.index(max(fitted))] -= 1
    return fitted


def _lines(row: Sequence[str], widths: Sequence[int]) -> list[str]:
    """One row, whose cells may take several lines."""
    wrapped = [wrap(cell, width) or [""] for cell, width in zip(row, widths, strict=True)]
    return [
        _GAP.join(
            f"{part[line] if line < len(part) else '':<{width}}"
            for part, width in zip(wrapped, widths, strict=True)
        ).rstrip()
        for line in range(max(map(len, wrapped)))
    ]


def _inert(text: str) -> str:
    """Anybody's words as a terminal shows them, without obeying them."""
    return "".join(sign if sign.isprintable() or sign in _SPACES else "·" for sign in text)


def _plain(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value:.4f}"
    raise TypeError(f"{type(value).__name__} can't be written as JSON")
