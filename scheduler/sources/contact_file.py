"""Contacts from a file, as spreadsheets and business programs really write them.

A CSV in any usual encoding, or a workbook of Excel or LibreOffice; the content decides which, not
the name. Whatever can't be read for sure is left aside and told with its row: a name is intact or
it isn't imported. Of a file of which too much is garbled nothing is taken.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date
from itertools import islice
from pathlib import Path

from scheduler.domain.calendar.campaigns import Audience
from scheduler.domain.errors import ImportRefused
from scheduler.domain.people.contacts import BadRow
from scheduler.domain.values import frozen
from scheduler.sources import cells, signs
from scheduler.sources.columns.found import Columns, ShownColumn
from scheduler.sources.columns.matching import match_columns
from scheduler.sources.columns.told import every_column
from scheduler.sources.csv_bytes import Examined, examine
from scheduler.sources.csv_text import Layout, find_layout, records, with_header
from scheduler.sources.rows import Entry, RowReader
from scheduler.sources.tidying import GARBLED
from scheduler.sources.vocabulary import known_columns, vocabulary
from scheduler.sources.workbook import spooled

BATCH = 5000
#: Rows whose cells say what a column holds.
SAMPLED = 300
#: Rows with a garbled cell that are left aside one by one, whatever their share; and the share of
#: all rows, in hundredths, above which the file itself is at fault.
FEW_GARBLED = 10
GARBLED_SHARE = 1


class Reading:
    """A contact file that can be read; gives its rows in batches, each time from the start.

    A file whose rows break half-way (an unclosed quotation mark, a row without end, too many
    garbled ones) raises ImportRefused from the iteration.
    """

    def __init__(
        self,
        layout: Layout,
        digest: str,
        columns: Columns,
        reader: RowReader,
        batch: int = BATCH,
    ) -> None:
        #: SHA-256 of the file, in hexadecimal.
        self.digest = digest
        #: Which column is taken for what, with some of its cells: for the operator alone.
        self.columns = tuple(columns.shown)
        #: Ignored and missing columns, in words; nothing is ignored without a line here.
        self.header_notes = tuple(columns.notes)
        self._layout = layout
        self._reader = reader
        self._batch = batch

    def __iter__(self) -> Iterator[list[Entry]]:
        """Batches of about 5,000 rows, or as many as were asked for; a row's faults come just
        before it, in its batch."""
        batch: list[Entry] = []
        read, garbled = 0, [0]
        body = records(self._layout)
        for number, record in islice(body, self._layout.header_row, None):
            read += 1
            found = self._reader.read(number, record)
            if len(found) > 1 or (found and isinstance(found[0], BadRow)):
                _count_garbled(found, garbled)
            batch += found
            if len(batch) >= self._batch:
                yield batch
                batch = []
        self._refuse_garbled(read, len(garbled) - 1, garbled[-1])
        if batch:
            yield batch

    def _refuse_garbled(self, read: int, garbled: int, row: int) -> None:
        if garbled > FEW_GARBLED and garbled * 100 > read * GARBLED_SHARE:
            raise self._layout.refused(
                f"{garbled} rows of {read} have {signs.GARBLED}; this is the last",
                "export it again as CSV UTF-8",
                row,
            )


@frozen
class Table:
    """A contact file that was opened: where its table is, before its columns mean anything."""

    path: Path
    audience: Audience
    digest: str
    layout: Layout
    #: The first cells under the header.
    samples: Sequence[Sequence[str]]
    notes: Sequence[str]

    @property
    def header(self) -> list[str]:
        return [signs.visible(name)[0] for name in self.layout.header]

    def columns(self, shown: Sequence[ShownColumn] = ()) -> list[ShownColumn]:
        """Every column, whatever it is taken for: for the operator alone."""
        return every_column(self.header, self.samples, shown)

    def reading(
        self,
        *,
        known_territory: Callable[[str], bool],
        today: date | None = None,
        chosen: Mapping[str, str] | None = None,
        batch: int = BATCH,
    ) -> Reading:
        """Raises ImportRefused for columns that can't be told apart."""
        layout, notes = self.layout, list(self.notes)
        columns = match_columns(
            self.header,
            self.audience,
            where=layout.name or self.path.name,
            line=layout.header_row,
            samples=self.samples,
            chosen=chosen,
            known_territory=known_territory,
        )
        if layout.header_row > 1:
            row = layout.header_row
            notes.append(f"the header is row {row}: what stands before it is left aside")
        columns = replace(columns, notes=(*notes, *columns.notes))
        reader = RowReader(self.audience, columns, known_territory, today, layout.encoding)
        return Reading(layout, self.digest, columns, reader, batch)


def table(path: Path, audience: Audience, sheet: str = "") -> Table:
    """Goes through the whole file once (digest and encoding), then its first rows. Raises
    ImportRefused with a remedy."""
    examined = examine(path)
    layout, notes = _layout(path, examined, audience, sheet)
    return Table(
        path=path,
        audience=audience,
        digest=examined.digest,
        layout=layout,
        samples=samples_of(layout),
        notes=notes,
    )


def read(
    path: Path,
    audience: Audience,
    *,
    known_territory: Callable[[str], bool],
    today: date | None = None,
    chosen: Mapping[str, str] | None = None,
    sheet: str = "",
) -> Reading:
    """Get ready to read the contacts of an audience; raises ImportRefused with a remedy.

    Goes through the whole file (digest and encoding), then its first rows (header and columns), and
    holds no more than a batch of it. ``today``: see ``RowReader``; ``chosen``: meaning to column,
    as the operator settles it; ``sheet``: of a workbook, when several could be meant.
    """
    return table(path, audience, sheet).reading(
        known_territory=known_territory, today=today, chosen=chosen
    )


def _layout(
    path: Path, examined: Examined, audience: Audience, sheet: str
) -> tuple[Layout, list[str]]:
    notes = list(examined.notes)
    words = vocabulary(audience)

    def known(header: Sequence[str]) -> tuple[bool, int]:
        return known_columns([signs.visible(name)[0] for name in header], words)

    if not examined.is_workbook:
        if sheet:
            notes.append("--sheet is for workbooks: a CSV file has one table")
        return find_layout(Layout(path=path, encoding=examined.encoding), known), notes
    spool, more = spooled(path, sheet, known)
    return with_header(spool, known)[1], notes + more


def samples_of(layout: Layout) -> list[list[str]]:
    rows: list[list[str]] = []
    # A row that can't be read is told when its turn comes.
    with suppress(ImportRefused):
        for _, record in islice(records(layout), layout.header_row, layout.header_row + SAMPLED):
            rows.append([_sample(cell) for cell in record])
    return rows


def _sample(cell: str) -> str:
    text = signs.visible(cell.strip())[0]
    plain = cells.unguarded(text)
    return plain if plain != text else signs.unforced(text, typed=False)[0]


def _count_garbled(found: list[Entry], garbled: list[int]) -> None:
    """Note the row, once, if one of its cells is garbled."""
    for entry in found:
        if isinstance(entry, BadRow) and entry.reason in GARBLED and garbled[-1] != entry.number:
            garbled.append(entry.number)
