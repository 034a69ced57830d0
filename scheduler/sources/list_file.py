"""A file of keys or addresses, one a row: who a message goes to."""

import re
from pathlib import Path

from scheduler.domain.addressees import Sought
from scheduler.domain.errors import ImportRefused
from scheduler.sources import cells, signs

#: A list is keys, not people's files.
_LARGEST = 32 << 20
#: What parts a row's first cell from the rest, as spreadsheets write it.
_SEPARATORS = ";,\t"
_QUOTED = re.compile(r'"((?:[^"]|"")*)(?:"|$)')
_FORCED = re.compile(r'=\s*"(?:[^"]|"")*"')


def read(path: Path) -> list[Sought]:
    """Each row's first cell; blank rows are none. Raises ImportRefused."""
    try:
        octets = path.read_bytes()
    except OSError as unreadable:
        raise ImportRefused(f"{path} can't be read: {unreadable.strerror}") from unreadable
    if len(octets) > _LARGEST:
        raise ImportRefused(f"{path} is larger than {_LARGEST >> 20} MB: a list has a key a row")
    if b"\0" in octets:
        raise ImportRefused(f"{path} is no text file: save the list as CSV or text, in UTF-8")
    try:
        text = octets.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = octets.decode("cp1252", errors="replace")
    keys = ((row, _first_cell(line)) for row, line in enumerate(text.splitlines(), 1))
    return [Sought(row=row, text=key) for row, key in keys if key]


def _first_cell(line: str) -> str:
    """Without the quotes around it, nor what a spreadsheet wrapped it in: as an import reads it."""
    cell = line.strip()
    if quoted := _QUOTED.match(cell):
        return _meant(quoted[1].replace('""', '"'))
    # A forced text has quotation marks of its own: ="M;2"
    forced = _FORCED.match(cell)
    start = forced.end() if forced else 0
    ends = [at for one in _SEPARATORS if (at := cell.find(one, start)) >= 0]
    return _meant(cell[: min(ends, default=len(cell))])


def _meant(cell: str) -> str:
    seen = signs.visible(cell.strip())[0]
    text = cells.unguarded(seen)
    return text if text != seen else signs.unforced(seen, typed=True)[0]
