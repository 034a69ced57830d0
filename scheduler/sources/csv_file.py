"""Contacts from a CSV file, as spreadsheets and business programs really write them.

UTF-8, UTF-16 and Windows-1252; separated by ``;`` ``,`` a tab or ``|``; any line ending. Whatever
can't be read for sure is refused, with its row: a name is intact or it isn't imported.
"""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from scheduler.domain.campaigns import Audience
from scheduler.domain.contacts import BadRow, Row
from scheduler.sources.columns import known_columns, match_columns
from scheduler.sources.csv_bytes import examine
from scheduler.sources.csv_text import Layout, find_layout, records, refuse_garbled
from scheduler.sources.rows import RowReader

BATCH = 5000


class Reading:
    """A contact file that can be read; gives its rows in batches, each time from the start.

    A file whose rows break half-way (an unclosed quotation mark, a row without end) raises
    ImportRefused from the iteration: write the batches in one transaction.
    """

    def __init__(
        self, layout: Layout, digest: str, notes: Sequence[str], reader: RowReader
    ) -> None:
        #: SHA-256 of the file, in hexadecimal.
        self.digest = digest
        #: Ignored and missing columns, in words; nothing is ignored without a line here.
        self.header_notes = tuple(notes)
        self._layout = layout
        self._reader = reader

    def __iter__(self) -> Iterator[list[Row | BadRow]]:
        """Batches of about 5,000 rows; a row's faults come just before it, in its batch."""
        batch: list[Row | BadRow] = []
        body = records(self._layout)
        next(body)
        for number, record in body:
            batch += self._reader.read(number, record)
            if len(batch) >= BATCH:
                yield batch
                batch = []
        if batch:
            yield batch


def read(path: Path, audience: Audience, *, known_territory: Callable[[str], bool]) -> Reading:
    """Get ready to read the contacts of an audience; raises ImportRefused with a remedy.

    Goes through the whole file three times (digest and encoding, garbled characters, rows) and
    holds no more than a batch of it.
    """
    examined = examine(path)
    layout = find_layout(path, examined.encoding, lambda header: known_columns(header, audience))
    refuse_garbled(layout)
    columns = match_columns(layout.header, audience, where=path.name)
    reader = RowReader(audience, columns, known_territory)
    return Reading(layout, examined.digest, columns.notes, reader)
