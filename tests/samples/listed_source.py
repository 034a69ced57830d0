"""A source that lists an audience's people, as a test sets it, and what reads it into a ledger."""

import asyncio
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from scheduler.domain.calendar.holidays import known_territory
from scheduler.domain.errors import ImportRefused, TableRefused
from scheduler.domain.people.sourced import SourceEnd
from scheduler.flow.people.sourcing import Sourcing, Terms
from scheduler.sources.listed.reading import TableReading, read_table
from scheduler.sources.listed.seam import Table, written
from scheduler.store.reading.gauges import GaugeLedger
from scheduler.store.source_looks import SourceLedger
from tests.samples.ledger import MADE, STAFF, Book

HEADER = ("matricule", "email", "prenom")
CHOSEN = {"key": "1", "email": "2", "prenom": "3"}


@dataclass
class Directory:
    """What a source gives, as a test sets it: people by number, or an error."""

    people: Sequence[int] = range(1, 11)
    away: Exception | None = None
    mark: str = ""
    kind: str = "ldap"
    light: bool = False
    #: Its column of addresses is empty.
    without_addresses: bool = False
    asked: list[tuple[set[str], str]] = field(default_factory=list)
    settled: int = 0
    while_asked: Callable[[], None] = lambda: None

    async def fetch(self, known: Collection[str], last: str) -> TableReading | None:
        self.asked.append((set(known), last))
        await asyncio.sleep(0)
        self.while_asked()
        if self.away:
            raise self.away
        if self.mark and (self.mark in known or self.mark == last):
            return None
        rows = [
            [f"M{one}", "" if self.without_addresses else f"p{one}@example.org", "Élise"]
            for one in self.people
        ]
        table = Table(
            memory=written(rows, HEADER, "annuaire"),
            name="annuaire",
            mark=self.mark,
            header=HEADER,
            chosen=CHOSEN,
        )
        try:
            return read_table(table, STAFF, known_territory=known_territory, today=date(2026, 9, 1))
        except ImportRefused as refused:
            raise TableRefused(str(refused), self.mark) from refused

    async def taken(self) -> str:
        self.settled += 1
        return ""


@dataclass
class Clock:
    now: datetime = MADE

    def __call__(self) -> datetime:
        return self.now


class Listed:
    """A ledger, a source, and what is asked of both."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.source = Directory()
        self.clock = Clock()
        self.looks = SourceLedger(book.ledger.database)
        self.mode = "replace"

    async def read(self, *, by: str = "", confirmed: bool = False) -> SourceEnd | None:
        self.clock.now += timedelta(days=1)
        terms = Terms(
            origin="Annuaire, DSI", basis="legitimate-interest", mode=self.mode, own_file=False
        )

        async def allowed() -> None:
            pass

        step = Sourcing(
            audience=STAFF,
            source=self.source,
            terms=terms,
            contact_files=self.book.contact_files,
            looks=self.looks,
            alarms=self.book.ledger,
            now=self.clock,
            allowed=allowed,
        )
        return await step.read(by=by, confirmed=confirmed)

    async def outcome(self, **options: object) -> tuple[str, str]:
        found = await self.read(**options)  # type: ignore[arg-type]
        return (found.outcome.value, found.cause) if found else ("", "")

    async def members(self) -> int:
        return await self.book.contact_files.count_active(STAFF)

    async def alarms(self) -> dict[str, str]:
        found = await GaugeLedger(self.book.ledger.database).open_alarms()
        return {one.kind: one.detail for one in found}

    async def history(self) -> list[str]:
        return [one.outcome for one in await self.looks.history("staff", 50)]
