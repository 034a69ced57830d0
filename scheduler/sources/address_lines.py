"""A text file with an address or a number a line, as people keep those who want no more."""

from pathlib import Path

from scheduler.sources import cells, signs
from scheduler.sources.csv_bytes import examine, refused


def address_lines(path: Path) -> list[str]:
    """Every line, in the encoding the file is in, without quotation marks, a separator at its end,
    or what a spreadsheet wrapped it in. Raises ImportRefused for what is no text."""
    examined = examine(path)
    if examined.is_workbook:
        raise refused(path, "a workbook", "save it as text, an address or number a line")
    text = path.read_text(encoding=examined.encoding, errors="replace")
    return [_meant(line) for line in text.splitlines()]


def _meant(line: str) -> str:
    seen = signs.visible(line.strip().rstrip(";,\t").strip())[0]
    text = cells.unguarded(seen)
    if text == seen:
        text = signs.unforced(seen, typed=True)[0]
    return text.strip('"').strip()
