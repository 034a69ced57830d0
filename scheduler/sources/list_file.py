"""A file of keys or addresses, one a row: who a message goes to."""

from pathlib import Path

from scheduler.domain.addressees import Sought
from scheduler.domain.errors import ImportRefused

#: A list is keys, not people's files.
_LARGEST = 32 << 20
#: What parts a row's first cell from the rest, as spreadsheets write it.
_SEPARATORS = ";,\t"


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
    cells = ((row, _first_cell(line)) for row, line in enumerate(text.splitlines(), 1))
    return [Sought(row=row, text=cell) for row, cell in cells if cell]


def _first_cell(line: str) -> str:
    """Without the quotes around it."""
    cell = line.strip()
    if cell.startswith('"'):
        return cell[1:].partition('"')[0].strip()
    for separator in _SEPARATORS:
        cell = cell.partition(separator)[0]
    return cell.strip()
