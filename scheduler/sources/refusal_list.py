"""A list of people who said no elsewhere, as an old tool gives it: a person a row, in whatever
columns it has."""

import csv
from collections.abc import Iterator
from pathlib import Path

from scheduler.domain.people.refusal_lists import Said
from scheduler.domain.values import frozen
from scheduler.sources import cells, signs
from scheduler.sources.csv_bytes import examine, refused

_SEPARATORS = ";,\t|"


@frozen
class RefusalList:
    #: SHA-256 of the file, in hexadecimal.
    digest: str
    rows: list[Said]


def read(path: Path) -> RefusalList:
    """Every row that isn't blank. Raises ImportRefused for what is no text."""
    examined = examine(path)
    if examined.is_workbook:
        raise refused(path, "a workbook", "save it as CSV UTF-8, a person a row")
    text = path.read_text(encoding=examined.encoding, errors="replace")
    return RefusalList(digest=examined.digest, rows=list(_rows(text.lstrip("\ufeff"))))


def _rows(text: str) -> Iterator[Said]:
    lines = text.replace("\0", "").splitlines()
    separator = max(_SEPARATORS, key=lambda one: sum(one in line for line in lines[:50]))
    for number, line in enumerate(lines, 1):
        # A forced text, ="…", is no quoted cell: its quotation marks are taken off below.
        read = next(csv.reader([line], delimiter=separator), [])
        found = tuple(cell for cell in map(_meant, read) if cell)
        if found:
            yield Said(row=number, cells=found)


def _meant(cell: str) -> str:
    seen = signs.visible(cell.strip())[0]
    text = cells.unguarded(seen)
    if text == seen:
        text = signs.unforced(seen, typed=True)[0]
    return text.strip('"<> ').strip()
