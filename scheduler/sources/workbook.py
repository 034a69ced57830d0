"""A workbook's table as a CSV that ``csv_text`` reads, made by another process with limits.

A workbook is a compressed archive of XML: a few kilobytes can be made to fill any memory, and the
library that reads it is native code. So a child reads it, held by the kernel to its memory, its
processor time and the size of what it writes; what it writes is kept in memory, never on a disk.
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from scheduler.domain.errors import ImportRefused
from scheduler.domain.values import frozen
from scheduler.sources.csv_bytes import refused
from scheduler.sources.csv_text import Layout

#: Bytes of a workbook; its cells are a tenth of that again when they are unpacked.
MAX_BYTES = 50_000_000
#: Seconds on the clock for one question. The child's processor time is far less.
PATIENCE = 120.0
_COMMAND = (sys.executable, "-I", "-X", "utf8", "-m", "scheduler.sources.workbook_child")
_AS_CSV = "open it in the spreadsheet and save it as « CSV UTF-8 »"


@frozen
class _Spool(Layout):
    """The table, held open: its path is that of an unnamed file in memory."""

    descriptor: "_Descriptor"


class _Descriptor:
    """An unnamed file in memory, which ends with its last reader."""

    def __init__(self) -> None:
        self.number = os.memfd_create("contacts")

    def __del__(self) -> None:
        os.close(self.number)


def spooled(
    path: Path, sheet: str, known_columns: Callable[[Sequence[str]], tuple[bool, int]]
) -> tuple[Layout, list[str]]:
    """The sheet with people in it, as a CSV, and what to say of the choice.

    Raises ImportRefused when no sheet, or more than one, may be meant and ``sheet`` names none.
    """
    if path.stat().st_size > MAX_BYTES:
        raise refused(path, f"a workbook larger than {MAX_BYTES // 1_000_000} MB", _AS_CSV)
    found = _ask(path, "")
    names = [one["name"] for one in found]
    notes = []
    if sheet:
        chosen = _named(path, sheet, names)
    else:
        chosen = _with_people(path, found, known_columns)
        if len(names) > 1:
            others = ", ".join(f"`{name}`" for name in names if name != chosen)
            notes.append(f"sheet `{chosen}` is read, and not {others}: --sheet names another")
    spool = _Descriptor()
    _ask(path, chosen, spool.number)
    where = Path(f"/proc/self/fd/{spool.number}")
    return _Spool(path=where, encoding="utf-8", name=path.name, descriptor=spool), notes


def _named(path: Path, sheet: str, names: Sequence[str]) -> str:
    for name in names:
        if name.casefold().strip() == sheet.casefold().strip():
            return name
    known = ", ".join(f"`{name}`" for name in names)
    raise refused(path, f"no sheet `{sheet}`", f"its sheets are {known}")


def _with_people(
    path: Path,
    found: Sequence[dict[str, Any]],
    known_columns: Callable[[Sequence[str]], tuple[bool, int]],
) -> str:
    """The only sheet with a column of addresses; the only one at all, whatever it holds."""
    filled = [one for one in found if one["rows"]]
    if not filled:
        raise refused(path, "a workbook without a filled cell", "export the contacts again")
    people = [one for one in filled if any(known_columns(row)[0] for row in one["rows"])]
    people = [one for one in people if one["visible"]] or people
    chosen: list[str] = [one["name"] for one in people or filled]
    if len(chosen) > 1:
        known = ", ".join(f"`{name}`" for name in chosen)
        raise refused(path, f"several sheets may be meant: {known}", "name one with --sheet")
    return chosen[0]


def _ask(path: Path, sheet: str, out: int | None = None) -> list[dict[str, Any]]:
    """The first rows of each sheet; or, with ``out``, one sheet's table written there."""
    try:
        with path.open("rb") as file:
            child = subprocess.run(  # noqa: S603 (our own module; the file is its standard input)
                [*_COMMAND, "" if out is None else str(out), sheet],
                stdin=file,
                capture_output=True,
                pass_fds=() if out is None else (out,),
                env={},
                timeout=PATIENCE,
                check=False,
            )
    except subprocess.TimeoutExpired:
        raise _too_much(path) from None
    try:
        answer = json.loads(child.stdout)
    except ValueError:
        # The kernel ended it.
        raise _too_much(path) from None
    if "what" in answer:
        raise refused(path, answer["what"], answer["remedy"])
    sheets: list[dict[str, Any]] = answer["sheets"]
    return sheets


def _too_much(path: Path) -> ImportRefused:
    return refused(path, "a workbook that takes too much memory or time to read", _AS_CSV)
