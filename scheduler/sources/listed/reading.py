"""A table that a source gave, read as any contact file is."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date

from scheduler.domain.calendar.campaigns import Audience
from scheduler.domain.errors import ImportRefused
from scheduler.domain.people.contacts import Row
from scheduler.sources import contact_file
from scheduler.sources.contact_file import Reading
from scheduler.sources.csv_bytes import examine
from scheduler.sources.csv_text import Layout
from scheduler.sources.listed.seam import Table
from scheduler.sources.rows import Entry

#: Rows at a time: a daemon sends meanwhile, and is kept from it for some milliseconds.
BATCH = 500


class TableReading:
    """Gone through as often as is wanted, each time from the start; it holds the table."""

    def __init__(self, reading: Reading, table: Table) -> None:
        self.digest = reading.digest
        self.columns = reading.columns
        self.header_notes = (*table.notes, *reading.header_notes)
        self.mark = table.mark
        self._table = table
        #: People with an address or a number, by the last time that it was gone through.
        self.people = 0
        self._reading = reading

    def __iter__(self) -> Iterator[list[Entry]]:
        self.people = 0
        with _named(self._table):
            for batch in self._reading:
                self.people += sum(1 for one in batch if isinstance(one, Row) and _reached(one))
                yield batch


def read_table(
    table: Table,
    audience: Audience,
    *,
    known_territory: Callable[[str], bool],
    today: date,
) -> TableReading:
    """Goes through the whole of it once. Raises ImportRefused."""
    with _named(table):
        reading = _opened(table, audience).reading(
            known_territory=known_territory,
            today=today,
            chosen=_for(audience, table.chosen),
            batch=BATCH,
        )
    return TableReading(reading, table)


def _opened(table: Table, audience: Audience) -> contact_file.Table:
    """A table of ours has its header on the first row, whatever its columns are called."""
    path = table.memory.path
    if not table.header:
        found = contact_file.table(path, audience, table.sheet)
        return replace(found, layout=replace(found.layout, name=table.name))
    layout = Layout(path=path, encoding="utf-8", header=tuple(table.header), name=table.name)
    return contact_file.Table(
        path=path,
        audience=audience,
        digest=examine(path).digest,
        layout=layout,
        samples=contact_file.samples_of(layout),
        notes=(),
    )


def _for(audience: Audience, chosen: Mapping[str, str]) -> dict[str, str]:
    """Where an audience tells its people by their address, that is their key."""
    by_address = audience.key in ("email", "phone")
    return {name: column for name, column in chosen.items() if not (by_address and name == "key")}


def _reached(row: Row) -> bool:
    return row.email is not None or row.phone is not None


class _named:
    """What is refused is told by the table's name: its path is a number."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: object, refused: BaseException | None, where: object) -> None:
        number = self._table.memory.path.name
        if isinstance(refused, ImportRefused) and str(refused).startswith(f"{number}:"):
            said = self._table.name + str(refused).removeprefix(number)
            raise ImportRefused(said) from refused
