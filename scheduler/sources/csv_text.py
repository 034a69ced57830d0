"""From a CSV file to its records, in bounded memory and without altering a character."""

import csv
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TextIO

from scheduler.domain.errors import ImportRefused
from scheduler.domain.values import frozen
from scheduler.sources.csv_bytes import refused

#: Characters of one record, its line breaks included.
MAX_RECORD = 65_536
_DELIMITERS = ";,\t|"
#: Of a record: whether a name in it is one of addresses, and how many names are known.
KnownColumns = Callable[[Sequence[str]], tuple[bool, int]]
_SEP_LINE = re.compile(r'"?sep=(.)"?\s*', re.IGNORECASE)

#: Rows among which the header is looked for: titles and blank rows may stand before it.
_SEARCHED = 40


@frozen
class Layout:
    """How to read the file."""

    path: Path
    encoding: str
    delimiter: str = ";"
    #: It begins with Excel's ``sep=;``, which no spreadsheet shows as a row.
    sep_line: bool = False
    header: Sequence[str] = ()
    #: The header's row number.
    header_row: int = 1
    #: What messages call the file, where it isn't its path's name.
    name: str = ""

    def refused(self, what: str, remedy: str, row: int | None = None) -> ImportRefused:
        return refused(Path(self.name) if self.name else self.path, what, remedy, row)


def find_layout(layout: Layout, known_columns: KnownColumns) -> Layout:
    """The delimiter and the row under which most columns have a known name."""
    with _open(layout.path, layout.encoding) as stream:
        first = stream.readline(MAX_RECORD)
    named = _SEP_LINE.fullmatch(first)
    candidates = named[1] if named else _DELIMITERS
    if candidates not in _DELIMITERS:
        raise layout.refused("`sep=` names no usable separator", "use sep=; or sep=,", 1)
    layouts = [
        with_header(replace(layout, delimiter=each, sep_line=bool(named)), known_columns)
        for each in candidates
    ]
    return max(layouts, key=_likelihood)[1]


def with_header(
    layout: Layout, known_columns: KnownColumns
) -> tuple[tuple[bool, int, int, int], Layout]:
    """The row most like a header among the first ones, and how likely it is one.

    The first row of two cells or more when no name is known in any.
    """
    best = ((False, 0, -1, 0), layout)
    unknown = None
    try:
        for number, record in islice(records(layout), _SEARCHED):
            addresses, known = known_columns(record)
            found = replace(layout, header=tuple(record), header_row=number)
            if known:
                best = max(best, ((addresses, known, -number, len(record)), found), key=_likelihood)
            elif unknown is None and sum(map(bool, map(str.strip, record))) > 1:
                unknown = ((False, 0, -number, len(record)), found)
            if number == 1 and best[1] is layout:
                best = ((False, 0, -1, len(record)), found)
    except ImportRefused:
        # Quotation marks are only out of place under the wrong delimiter, as a rule.
        if not best[0][1]:
            return (False, -1, 0, 0), best[1]
    return best if best[0][1] or unknown is None else unknown


def records(layout: Layout) -> Iterator[tuple[int, list[str]]]:
    """Every record with its row number, counted from 1, blank rows too (empty list).

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
            raise layout.refused(
                f"a row of more than {MAX_RECORD} characters",
                "look for a quotation mark that is never closed",
                number + 1,
            ) from None
        except csv.Error:
            raise layout.refused(
                "a quotation mark out of place",
                "inside a quoted cell, write each quotation mark twice",
                number + 1,
            ) from None


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
    # Bytes that the encoding doesn't know become U+FFFD: the cell they stand in is left aside.
    return path.open(encoding=encoding, errors="replace", newline="")


def _likelihood(one: tuple[tuple[bool, int, int, int], Layout]) -> tuple[bool, int, int, int]:
    return one[0]
