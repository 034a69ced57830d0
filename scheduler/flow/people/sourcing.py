"""An audience's people from its source: asked, weighed, taken in as any contact file is, and noted.

The source is asked to its end before the import begins, so one that dies half-way changes nothing.
What it gives then meets every guard of an import, and one more: under half of the people that it
gave the last time replaces nobody until a person says that it is right.
"""

from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from scheduler.domain.alarms.kinds import AlarmKind
from scheduler.domain.calendar.campaigns import Audience
from scheduler.domain.errors import (
    ImportRefused,
    ImportUnconfirmed,
    ReflexeError,
    SourceAway,
    TableRefused,
)
from scheduler.domain.people.contacts import BadRow, Noted, Row
from scheduler.domain.people.imports import ImportStart
from scheduler.domain.people.sourced import (
    FAILURES,
    Cause,
    Outcome,
    SourceEnd,
    SourceLook,
    is_as_confirmed,
    is_less_than_half,
)
from scheduler.domain.ports import Alarms
from scheduler.domain.values import frozen
from scheduler.domain.words import sourced as words
from scheduler.flow.people.import_report import ImportReport
from scheduler.flow.people.importing import ImportLedger, import_contacts
from scheduler.log import get_logger

log = get_logger(__name__)


class PeopleTable(Protocol):
    """What a source gave, whole: a file that can be gone through several times."""

    digest: str
    #: What the source calls this state of it; empty: it has no word for it.
    mark: str
    #: People with an address or a number, by the last time that it was gone through.
    people: int

    def __iter__(self) -> Iterator[Sequence[Row | BadRow | Noted]]: ...


class PeopleSource(Protocol):
    """Where an audience's people are listed."""

    kind: str
    #: Looking costs nothing and mostly finds nothing: only what it finds is noted.
    light: bool

    async def fetch(self, known: Mapping[str, datetime], last: str) -> PeopleTable | None:
        """Its people now; None: nothing new. ``known`` are marks of what was settled before, and
        since when, ``last`` that of the latest taken in. Raises SourceAway for anything but the
        whole, and TableRefused for a table that can't be read."""

    async def taken(self) -> str:
        """What ``fetch`` gave is in the ledger; what goes wrong is said in words."""


class LookLedger(Protocol):
    """The readings of sources. Each call is one transaction."""

    async def begin(self, audience: str, kind: str, by: str, now: datetime) -> int: ...

    async def end(self, number: int, found: SourceEnd, now: datetime) -> None: ...

    async def forget(self, number: int) -> None: ...

    async def latest_taken(self, audience: str, kind: str) -> SourceLook | None: ...

    async def latest_judged(self, audience: str, kind: str) -> SourceLook | None: ...

    async def marks(
        self, audience: str, kind: str, *, taken: bool = False
    ) -> Mapping[str, datetime]: ...

    async def failures(self, audience: str, kind: str) -> int: ...


@frozen
class Terms:
    """On what grounds a source's people are taken in, as its section of config.yaml says."""

    origin: str
    basis: str
    #: add | replace
    mode: str
    own_file: bool = False


@frozen
class Sourcing:
    """One audience's source, and where its people go."""

    audience: Audience
    source: PeopleSource
    terms: Terms
    contact_files: ImportLedger
    looks: LookLedger
    alarms: Alarms
    now: Callable[[], datetime]
    #: Raises ImportRefused where nothing may be taken in now.
    allowed: Callable[[], Awaitable[None]]

    async def read(self, *, by: str = "", confirmed: bool = False) -> SourceEnd | None:
        """Read it and take it in; None when there was nothing new. ``by`` is who asked for it.

        What is wrong with it is noted, told by an alarm and returned, never raised; but UnderWay
        while another import of the same people is under way, with nothing noted.
        """
        reading = _Reading(self, by, confirmed=confirmed)
        try:
            found = await reading.run()
        except ReflexeError as refused:
            end = _end_of(refused)
            if end is None:
                await reading.forget()
                raise
            found = end
        if found is None:
            await reading.forget()
            return None
        await self.looks.end(await reading.number(), found, self.now())
        await self._tell(found)
        return found

    async def _tell(self, found: SourceEnd) -> None:
        name, at = self.audience.name, self.now()
        log.info(
            "source.read",
            audience=name,
            kind=self.source.kind,
            outcome=found.outcome.value,
            people=found.people,
            added=found.added,
            ended=found.ended,
            cause=found.cause,
        )
        if found.outcome is Outcome.FAILED:
            if await self._has_failed(found):
                said = words.cause(found.cause)
                await self.alarms.raise_alarm(AlarmKind.SOURCE_FAILED, name, said, at)
            return
        await self.alarms.clear_alarm(AlarmKind.SOURCE_FAILED, name, at)
        if found.outcome is Outcome.REFUSED:
            said = words.cause(found.cause)
            await self.alarms.raise_alarm(AlarmKind.SOURCE_REFUSED, name, said, at)
        elif found.outcome is Outcome.TAKEN:
            await self.alarms.clear_alarm(AlarmKind.SOURCE_REFUSED, name, at)

    async def _has_failed(self, found: SourceEnd) -> bool:
        """A server that is away comes back, mostly; a wrong password doesn't mend itself."""
        failures = await self.looks.failures(self.audience.source, self.source.kind)
        return failures >= FAILURES or found.cause != Cause.UNREACHABLE


class _Reading:
    """One reading on its way into the ledger."""

    def __init__(self, sourcing: Sourcing, by: str, *, confirmed: bool) -> None:
        self._sourcing = sourcing
        self._by = by
        self._confirmed = confirmed
        self._number: int | None = None
        self._before: SourceLook | None = None

    async def number(self) -> int:
        """In the ledger from now on: one that a crash cuts short isn't begun again at once."""
        if self._number is None:
            of = self._sourcing
            name, kind = of.audience.source, of.source.kind
            self._number = await of.looks.begin(name, kind, self._by, of.now())
        return self._number

    async def forget(self) -> None:
        if self._number is not None:
            await self._sourcing.looks.forget(self._number)

    async def run(self) -> SourceEnd | None:
        of = self._sourcing
        name, kind = of.audience.source, of.source.kind
        before = self._before = await of.looks.latest_taken(name, kind)
        judged = await of.looks.latest_judged(name, kind)
        # Whoever says that it is right means what was refused, too.
        known = await of.looks.marks(name, kind, taken=self._confirmed)
        if not of.source.light:
            await self.number()
        await of.allowed()
        table = await of.source.fetch(known, before.mark if before else "")
        if table is None:
            return None if of.source.light else SourceEnd(outcome=Outcome.UNCHANGED)
        await self.number()
        try:
            report = await self._take_in(table, judged)
        except ImportRefused as refused:
            return self._refused(refused, table)
        return SourceEnd(
            outcome=Outcome.TAKEN,
            people=table.people,
            added=report.added,
            ended=report.ended,
            mark=table.mark,
            detail=await of.source.taken(),
        )

    async def _take_in(self, table: PeopleTable, judged: SourceLook | None) -> ImportReport:
        """Raises ImportRefused, having written nothing."""
        try:
            return await self._import(table, self._by, confirmed=self._confirmed)
        except ImportUnconfirmed:
            # How many people it has is known by now: what a person said is good for about as many.
            if judged is None or not is_as_confirmed(table.people, judged):
                raise
        log.info("source.confirmed", audience=self._sourcing.audience.name)
        return await self._import(table, judged.confirmed_by, confirmed=True)

    async def _import(self, table: PeopleTable, by: str, *, confirmed: bool) -> ImportReport:
        of, terms = self._sourcing, self._sourcing.terms
        start = ImportStart(
            audience=of.audience,
            file_hash=table.digest,
            origin=terms.origin,
            basis=terms.basis,
            mode=terms.mode,
            own_file=terms.own_file,
            by=by,
        )

        def weigh(report: ImportReport) -> None:
            if not confirmed and self._is_too_little(table):
                said = self._less_than_half(table)
                raise ImportUnconfirmed(said, said)

        return await import_contacts(
            table,
            of.contact_files,
            start,
            of.now,
            by=by or f"source {of.source.kind}",
            confirmed=confirmed,
            weigh=weigh,
        )

    def _is_too_little(self, table: PeopleTable) -> bool:
        before = self._before.people if self._before else None
        return self._sourcing.terms.mode == "replace" and is_less_than_half(table.people, before)

    def _less_than_half(self, table: PeopleTable) -> str:
        before = self._before.people if self._before else None
        name = self._sourcing.audience.name
        return (
            f"less than half, nothing is replaced: {table.people} people with an address, and "
            f"{before} the last time; if that is right, say reflexe sources read {name} --yes"
        )

    def _refused(self, refused: ImportRefused, table: PeopleTable) -> SourceEnd:
        cause, detail = Cause.UNUSABLE, str(refused)
        if isinstance(refused, ImportUnconfirmed):
            cause = Cause.MANY_LEAVE
            if self._is_too_little(table):
                cause, detail = Cause.LESS_THAN_HALF, self._less_than_half(table)
        return SourceEnd(
            outcome=Outcome.REFUSED,
            people=table.people,
            mark=table.mark,
            cause=cause,
            detail=detail,
        )


def _end_of(refused: ReflexeError) -> SourceEnd | None:
    """None: somebody else's reading, or the ledger's own trouble."""
    match refused:
        case SourceAway():
            return SourceEnd(outcome=Outcome.FAILED, cause=refused.cause, detail=str(refused))
        case ImportRefused():
            mark = refused.mark if isinstance(refused, TableRefused) else ""
            return SourceEnd(
                outcome=Outcome.REFUSED, cause=Cause.UNUSABLE, mark=mark, detail=str(refused)
            )
    return None
