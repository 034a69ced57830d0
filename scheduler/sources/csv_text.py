"""From a CSV file to its records, in bounded memory and without altering a character."""

import csv
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TextIO

from scheduler.domain.errors import ImportRefused
from scheduler.sources.csv_bytes import refused

#: Characters of one record, its line breaks included.
MAX_RECORD = 65_536
_DELIMITERS = ";,\t|"
_CHUNK = 1 << 20
_SEP_LINE = re.compile(r'"?sep=(.)"?\s*', re.IGNORECASE)

_CONTROLS = bytes(set(range(32)) - set(b"\t\r\n")) + b"\x7f"
#: U+FFFD, "Ã©" and "â€" written as such, C1 controls: accents lost before. In UTF-8.
_GARBLED = ("\ufffd".encode(), b"\xc3\x83\xc2", b"\xc3\xa2\xe2\x82\xac")
_C1_CONTROL = re.compile(rb"\xc2[\x80-\x9f]")
#: Inside a word these are the accents of a DOS, Macintosh or ISO-8859-15 file.
_NOT_WINDOWS = re.compile(
    r"[a-zà-ÿ][ŠŽŸ][a-zà-ÿ]"
    r"|[A-Za-zÀ-ÿ][‚ƒ„†‡ˆ‰‹•˜›¢¤¥¦¨¬¯±¸¹¼½¾¡×Þþ][a-zà-ÿ]"
    r"|[a-z][‚‡ˆ‰ŠŽ](?![a-zà-ÿ])"
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Layout:
    """How to read the file."""

    path: Path
    encoding: str
    delimiter: str
    #: It begins with Excel's ``sep=;``, which no spreadsheet shows as a row.
    sep_line: bool
    header: Sequence[str]


def find_layout(path: Path, encoding: str, known_columns: Callable[[Sequence[str]], int]) -> Layout:
    """The delimiter under which most columns have a known name."""
    with _open(path, encoding) as stream:
        first = stream.readline(MAX_RECORD)
    named = _SEP_LINE.fullmatch(first)
    candidates = named[1] if named else _DELIMITERS
    if candidates not in _DELIMITERS:
        raise refused(path, "`sep=` names no usable separator", "use sep=; or sep=,", 1)
    layouts = [
        Layout(path=path, encoding=encoding, delimiter=each, sep_line=bool(named), header=())
        for each in candidates
    ]
    best = max(layouts, key=lambda layout: _likelihood(layout, known_columns))
    return replace(best, header=tuple(_header(best)))


def records(layout: Layout) -> Iterator[tuple[int, list[str]]]:
    """Every record with its row number, the header first (row 1), blank rows too (empty list).

    Raises ImportRefused, at the row where it is met, for a record longer than MAX_RECORD and for
    quotation marks that can be read in two ways.
    """
    number = 0
    with _open(layout.path, layout.encoding) as stream:
        if layout.sep_line:
            stream.readline()
        lines = _Lines(stream)
        reader = csv.reader(lines, delimiter=layout.delimiter, strict=True, skipinitialspace=True)
        try:
            for record in reader:
                number += 1
                lines.taken = 0
                yield number, record
        except _RecordTooLong:
            raise refused(
                layout.path,
                f"a row of more than {MAX_RECORD} characters",
                "look for a quotation mark that is never closed",
                number + 1,
            ) from None
        except csv.Error:
            raise refused(
                layout.path,
                "a quotation mark out of place",
                "inside a quoted cell, write each quotation mark twice",
                number + 1,
            ) from None


def refuse_garbled(layout: Layout) -> None:
    """Raise ImportRefused, with the row, for the first one that holds no readable text."""
    with _open(layout.path, layout.encoding) as stream:
        clean = all(
            not _fault(chunk, layout.encoding) for chunk in iter(partial(_whole_lines, stream), "")
        )
    if clean:
        return
    for number, record in records(layout):
        # Joined by a space, so that two cells never make one word.
        if what := _fault(" ".join(record), layout.encoding):
            raise refused(layout.path, what, "export it again as CSV UTF-8", number)
    raise refused(layout.path, "bytes that are no text", "export it again as CSV UTF-8")


class _RecordTooLong(Exception):
    pass


class _Lines:
    """The lines of a file, counting the characters taken since ``taken`` was last put to 0."""

    def __init__(self, stream: TextIO) -> None:
        self._next = partial(stream.readline, MAX_RECORD + 1)
        self.taken = 0

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        line = self._next()
        if not line:
            raise StopIteration
        self.taken += len(line)
        if self.taken > MAX_RECORD:
            raise _RecordTooLong
        return line


def _open(path: Path, encoding: str) -> TextIO:
    # Bytes that the encoding doesn't know become U+FFFD, which refuse_garbled then finds.
    return path.open(encoding=encoding, errors="replace", newline="")


def _header(layout: Layout) -> list[str]:
    return next(records(layout), (1, []))[1]


def _likelihood(layout: Layout, known_columns: Callable[[Sequence[str]], int]) -> tuple[int, int]:
    try:
        header = _header(layout)
    except ImportRefused:
        # Quotation marks are only out of place under the wrong delimiter, as a rule.
        return -1, 0
    return known_columns(header), len(header)


def _whole_lines(stream: TextIO) -> str:
    """About a megabyte of text, up to the end of a line."""
    return stream.read(_CHUNK) + stream.readline(MAX_RECORD)


def _fault(text: str, encoding: str) -> str:
    """What shows that a text was not read, or not written, in the right encoding."""
    data = text.encode("utf-8", "surrogatepass")
    if len(data.translate(None, _CONTROLS)) != len(data):
        return "a control character (a file cut short, or not a CSV)"
    if any(signs in data for signs in _GARBLED) or _C1_CONTROL.search(data):
        return "characters that can't be read, or that were garbled before"
    if encoding == "cp1252" and _NOT_WINDOWS.search(text):
        return "neither UTF-8 nor Windows-1252: accents would be wrong"
    return ""
