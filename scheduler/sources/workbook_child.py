"""The other process, in which a workbook is read.

    python -I -m scheduler.sources.workbook_child OUT SHEET < workbook

Without OUT it answers the first rows of each sheet; with OUT, the number of an open file, it writes
the sheet there as a CSV in UTF-8. One JSON object goes to standard output; if none does, the kernel
ended the process. It is given no environment, and no other file.
"""

import contextlib
import csv
import io
import json
import os
import resource
import sys
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from python_calamine import (
    CalamineError,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

#: Seconds of processor time; a sheet of a hundred thousand people takes two.
CPU_SECONDS = 60
#: Bytes of address space: a sheet of a million rows and eight columns.
MEMORY = 1_500_000_000
#: Bytes of the table that is written.
MOST = 500_000_000
#: Bytes that the archive may unpack to, parts in it, and how often it may be smaller than they are.
UNPACKED = 600_000_000
PARTS = 2_000
SHEETS = 50
COLUMNS = 200
#: Below, every whole number is itself.
EXACT = 2.0**53
#: First rows of each sheet.
HEAD = 40
#: Characters of a cell that are looked at for a header.
_SHORT = 200
_AS_CSV = "open it in the spreadsheet and save it as « CSV UTF-8 »"


class Refused(Exception):
    def __init__(self, what: str, remedy: str = _AS_CSV) -> None:
        super().__init__(what)
        self.answer = {"what": what, "remedy": remedy}


def main() -> None:
    for what, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, MOST),
    ):
        resource.setrlimit(what, (most, most))
    out, sheet = sys.argv[1:]
    try:
        answer: dict[str, Any] = {"sheets": _answer(out, sheet)}
    except Refused as refused:
        answer = refused.answer
    except PasswordError:
        answer = Refused("a workbook with a password", "save it without one").answer
    except (MemoryError, RecursionError, OSError):
        answer = Refused("a workbook that takes too much memory or room to read").answer
    except (CalamineError, zipfile.BadZipFile, ValueError, KeyError, EOFError):
        answer = Refused("not a workbook that can be read, or a damaged one").answer
    with contextlib.suppress(BrokenPipeError):
        sys.stdout.write(json.dumps(answer))
        sys.stdout.flush()
    # The native library's destructors have nothing to say.
    os._exit(0)


def _answer(out: str, name: str) -> list[dict[str, Any]]:
    data = sys.stdin.buffer.read()
    _refuse_bomb(data)
    workbook = CalamineWorkbook.from_object(io.BytesIO(data))
    if not out:
        return _heads(workbook)
    if name not in workbook.sheet_names:
        raise Refused(f"no sheet `{name}`", "give its name as the workbook shows it")
    with open(int(out), "w", encoding="utf-8", newline="", closefd=False) as file:
        writer = csv.writer(file, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\n")
        writer.writerows(map(_texts, _rows(workbook, name)))
    return []


def _refuse_bomb(data: bytes) -> None:
    """Look at an archive's parts before any is unpacked; an old workbook is none."""
    if not data.startswith(b"PK"):
        return
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = archive.infolist()
        if len(parts) > PARTS or sum(part.file_size for part in parts) > UNPACKED:
            raise Refused("an archive that unpacks to far more than a table of people")
        names = {part.filename for part in parts}
        if any(name.startswith(("/", "\\")) or ".." in name.split("/") for name in names):
            raise Refused("an archive with names of files outside it: not a workbook")
        if not names & {"[Content_Types].xml", "content.xml"}:
            raise Refused("an archive that is no workbook", "unpack it first")
        if any(part.flag_bits & 1 for part in parts):
            raise Refused("a workbook with a password", "save it without one")
        _unpack(archive, parts)


def _unpack(archive: zipfile.ZipFile, parts: list[zipfile.ZipInfo]) -> None:
    """Each part is as large as it says, or the archive is damaged (BadZipFile)."""
    for part in parts:
        with archive.open(part) as stream:
            first = stream.read(4096)
            if b"<!DOCTYPE" in first or b"<!ENTITY" in first:
                raise Refused("a workbook with definitions that no spreadsheet writes")
            while stream.read(1 << 20):
                pass


def _heads(workbook: CalamineWorkbook) -> list[dict[str, Any]]:
    sheets = [one for one in workbook.sheets_metadata if one.typ == SheetTypeEnum.WorkSheet]
    if len(sheets) > SHEETS:
        raise Refused(f"a workbook of more than {SHEETS} sheets", "save the one with the people")
    return [
        {
            "name": one.name,
            "visible": one.visible == SheetVisibleEnum.Visible,
            "rows": [
                [text[:_SHORT] for text in _texts(row)]
                for row, _ in zip(_rows(workbook, one.name, peek=True), range(HEAD), strict=False)
            ],
        }
        for one in sheets
    ]


def _rows(workbook: CalamineWorkbook, name: str, *, peek: bool = False) -> Iterator[list[Any]]:
    """From the sheet's first row, so that rows count as the spreadsheet shows them."""
    sheet = workbook.get_sheet_by_name(name)
    if sheet.width > COLUMNS and not peek:
        raise Refused(f"more than {COLUMNS} columns", "keep the ones that are needed")
    return iter(sheet.iter_rows())


def _texts(row: list[Any]) -> list[str]:
    return [cell if type(cell) is str else _text(cell) for cell in row]


def _text(cell: Any) -> str:
    """A number without the .0 that spreadsheets keep, a day as 2026-10-04."""
    if isinstance(cell, bool):
        return "oui" if cell else "non"
    if isinstance(cell, float):
        return _number(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ")
    if isinstance(cell, (date, time)):
        return cell.isoformat()
    if isinstance(cell, timedelta):
        return str(cell)
    return str(cell)


def _number(cell: float) -> str:
    """Without the .0. Of more than 15 figures Excel keeps the first 15: one that may have lost some
    is written as Excel shows it, 1.23456789012345E+15, which a key can't be."""
    if not cell.is_integer():
        return repr(cell)
    if abs(cell) < 1e15 or (abs(cell) < EXACT and int(cell) % 10):
        return str(int(cell))
    return f"{cell:.14E}"


if __name__ == "__main__":
    main()
