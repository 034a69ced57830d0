"""What a source of people is: something that is asked, and gives a table.

The table lies in memory before a row of it is used: a server that dies half-way has given nothing,
and the import goes through what is whole as often as it wants. Nothing is written on a disk.
"""

import csv
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from scheduler.domain.errors import SourceAway
from scheduler.domain.people.sourced import Cause
from scheduler.domain.values import frozen

#: Characters of one cell. The longest that is used has 500; what is longer is told by its reader.
LONGEST_CELL = 2000
#: People of one answer, and octets.
MOST_ROWS = 2_000_000
MOST_BYTES = 500_000_000
#: How programs call what they are still writing, and what spreadsheets put beside an open file.
UNDER_WAY = ("*.part", "*.partial", "*.tmp", "*.filepart", "*.crdownload", "~$*", ".*")


class Memory:
    """An unnamed file in memory, which ends with its last reader."""

    def __init__(self) -> None:
        self.number = os.memfd_create("people")

    def __del__(self) -> None:
        os.close(self.number)

    @property
    def path(self) -> Path:
        return Path(f"/proc/self/fd/{self.number}")


@frozen
class Table:
    """What a source gave: a CSV or a workbook, whole, in memory."""

    memory: Memory
    #: What messages call it; nobody's data, and no password.
    name: str
    #: What the source calls this state of it; empty: it has no word for it.
    mark: str = ""
    #: The columns, where the source made the table; empty: they are in the file, to be looked for.
    header: Sequence[str] = ()
    #: Meaning -> column, by its name or its number, as the operator set it.
    chosen: Mapping[str, str] = field(default_factory=dict)
    #: Of a workbook.
    sheet: str = ""
    #: What the operator should know of it, in words.
    notes: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Known:
    """The marks of tables that were taken in or refused before."""

    #: Mark -> when it was last, in seconds since 1970.
    settled: Mapping[str, float] = field(default_factory=dict)

    def __call__(self, mark: str) -> bool:
        return mark in self.settled

    def comes_back(self, mark: str, written: float) -> bool:
        """Whether what was ``written`` then says again what was said before another: neither the
        latest, nor what has lain there since."""
        at = self.settled.get(mark)
        return at is not None and at < max(self.settled.values()) and at < written


class Source(Protocol):
    """One audience's; holds nothing open between two calls, and is in one of them at a time."""

    #: As config.yaml names it.
    kind: str
    #: Looking costs nothing and mostly finds nothing: only what it finds is noted.
    light: bool

    def fetch(self, known: Known, last: str) -> Table | None:
        """Its people now; None: nothing that wasn't read before. Called in a thread of its own, and
        may wait as long as its own limits say.

        ``known`` says of a mark whether a table of that mark was taken in or refused before;
        ``last`` is the mark of the latest that was taken in. Raises SourceAway, with words that
        hold no secret and nobody's data, for anything but the whole table.
        """

    def taken(self, table: Table) -> str:
        """It is in the ledger. May be called twice; what goes wrong is said in words."""


def written(rows: Iterable[Sequence[str]], header: Sequence[str], name: str) -> Memory:
    """A table as a file that is read like anybody's. Raises SourceAway for too many rows."""
    memory = Memory()
    count = 0
    with os.fdopen(os.dup(memory.number), "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";", quoting=csv.QUOTE_ALL)
        writer.writerow(header)
        for row in rows:
            count += 1
            if count > MOST_ROWS or (count % 1000 == 0 and file.tell() > MOST_BYTES):
                raise SourceAway(Cause.TOO_LARGE, f"{name} gives more than {count - 1} rows")
            writer.writerow([_cell(cell) for cell in row])
    return memory


def _cell(text: str) -> str:
    # What holds a NUL is garbled, and told so by its reader.
    return text[:LONGEST_CELL].replace("\0", "\N{REPLACEMENT CHARACTER}")
