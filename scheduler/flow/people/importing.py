"""Taking a contact file into the ledger: everything or nothing of its people, every bad row told.

The file is read to its end before the first row is written, so a file that is refused changes
nothing. Writing goes by groups, each its own transaction: sending goes on meanwhile, and an import
cut short is said again, with the same end. One import an audience at a time: a lease, which every
group renews in its own transaction.
"""

from collections.abc import Awaitable, Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from typing import Protocol

from scheduler.domain.audit import PROGRAM
from scheduler.domain.calendar.campaigns import Audience
from scheduler.domain.errors import ImportRefused
from scheduler.domain.people.contacts import Row
from scheduler.domain.people.imports import ImportStart
from scheduler.domain.processes.leases import RENEW, Lease, import_of
from scheduler.flow.people.few_collections import few_collections
from scheduler.flow.people.import_departures import MemberLedger, check_absent, check_departures
from scheduler.flow.people.import_doubts import Doubts
from scheduler.flow.people.import_report import TOLD, ImportReport
from scheduler.flow.people.import_survey import ContactSource, SurveyLedger, part_repeats, survey
from scheduler.flow.people.keyed import Keyed, KeyLedger, as_compared, keyed

#: Rows of one transaction: about a tenth of a second, for which an opt-out waits at most.
GROUP = 2000


class LeaseLedger(Protocol):
    """One import at a time for the people of one source. Each call is one transaction."""

    async def take_lease(self, name: str, who: str, now: datetime) -> Lease:
        """Raises UnderWay while another has it."""

    async def renew_lease(self, lease: Lease, now: datetime) -> None: ...

    async def let_go(self, lease: Lease) -> None: ...


class WrittenLedger(Protocol):
    """Each call is one transaction. Those that write for a lease raise UnderWay once another
    process has it, having written nothing."""

    async def begin_import(
        self, start: ImportStart, now: datetime, lease: Lease | None = None
    ) -> int: ...

    async def take_in(
        self,
        audience: Audience,
        rows: Sequence[Row],
        import_id: int,
        now: datetime,
        lease: Lease | None = None,
        given_away: Collection[str] = (),
    ) -> None: ...

    async def finish_import(
        self,
        import_id: int,
        counts: Mapping[str, int],
        now: datetime,
        lease: Lease | None = None,
        *,
        complete: Audience | None = None,
    ) -> int:
        """Its last word. Of a ``complete`` file of an audience, those whom neither it nor a later
        one named leave; how many."""

    async def end_named(
        self,
        audience: Audience,
        keys: Sequence[str],
        now: datetime,
        lease: Lease | None = None,
    ) -> int: ...

    async def still_named(
        self,
        audience: Audience,
        keys: Collection[str],
        import_id: int,
        now: datetime,
        lease: Lease | None = None,
    ) -> None: ...


class ImportLedger(LeaseLedger, WrittenLedger, SurveyLedger, MemberLedger, KeyLedger, Protocol):
    """What the steps of an import ask between them."""


async def import_contacts(
    source: ContactSource,
    ledger: ImportLedger,
    start: ImportStart,
    now: Callable[[], datetime],
    *,
    by: str = PROGRAM,
    dry_run: bool = False,
    confirmed: bool = False,
    told: int = TOLD,
    weigh: Callable[[ImportReport], None] = lambda report: None,
) -> ImportReport:
    """Take a file in. Raises ImportRefused, having written nothing; and UnderWay when another
    import of the same people is under way (``by`` is what that one is told of this). ``weigh`` is
    asked before anything is written, and may raise ImportRefused too.

    ``replace`` ends the membership of those the file doesn't name, and any mode that of the dead
    and the too young. More than half of an audience, or a mass of deaths, is refused unless
    ``confirmed``. Of its bad rows ``told`` are named, the rest are counted.
    """
    with few_collections():
        if dry_run:
            doubts = Doubts(settled=as_compared(start.settled))
            file = await keyed(source, ledger, start.audience, _idle)
            report = await _examine(
                file, ledger, start, doubts, _idle, confirmed=confirmed, told=told
            )
            weigh(report)
            return report
        return await _import(
            source, ledger, start, now, by=by, confirmed=confirmed, told=told, weigh=weigh
        )


async def _import(
    source: ContactSource,
    ledger: ImportLedger,
    start: ImportStart,
    now: Callable[[], datetime],
    *,
    by: str,
    confirmed: bool,
    told: int,
    weigh: Callable[[ImportReport], None],
) -> ImportReport:
    doubts = Doubts(settled=as_compared(start.settled))
    lease = await ledger.take_lease(import_of(start.audience.source), by, now())
    try:
        holding = _Holding(ledger=ledger, lease=lease, now=now, renewed=lease.since)
        file = await keyed(source, ledger, start.audience, holding.on)
        report = await _examine(
            file, ledger, start, doubts, holding.on, confirmed=confirmed, told=told
        )
        weigh(report)
        await _write(file, ledger, start, now, lease, report, doubts)
    finally:
        await ledger.let_go(lease)
    return report


@dataclass(kw_only=True, slots=True)
class _Holding:
    """Renews a lease while the file is only read."""

    ledger: LeaseLedger
    lease: Lease
    now: Callable[[], datetime]
    renewed: datetime

    async def on(self) -> None:
        at = self.now()
        if abs(at - self.renewed) >= RENEW:
            await self.ledger.renew_lease(self.lease, at)
            self.renewed = at


async def _idle() -> None:
    """A dry run holds nothing."""


async def _examine(
    source: Keyed,
    ledger: ImportLedger,
    start: ImportStart,
    doubts: Doubts,
    holding_on: Callable[[], Awaitable[None]],
    *,
    confirmed: bool,
    told: int,
) -> ImportReport:
    """What the file would do. Raises ImportRefused when it must not be taken in."""
    report = ImportReport(told=told)
    await survey(source, ledger, start.audience, report, doubts, holding_on)
    if await source.part(ledger, start.audience, start.settled):
        report = ImportReport(told=told)
        doubts.begin_again()
        await survey(source, ledger, start.audience, report, doubts, holding_on)
    if report.repeated or doubts.both_dead_and_alive:
        await part_repeats(source, start.audience, report, doubts, holding_on)
    if not (report.rows or report.strangers or report.notes.ended):
        why = "".join(f"\n  row {one.number}: {one.reason}" for one in report.bad_rows[:20])
        raise ImportRefused(f"the file holds no usable row: nothing was changed{why}")
    await check_departures(ledger, start.audience, report, confirmed=confirmed)
    if start.mode == "replace":
        await check_absent(ledger, start.audience, report, doubts, confirmed=confirmed)
    return report


async def _write(
    source: ContactSource,
    ledger: WrittenLedger,
    start: ImportStart,
    now: Callable[[], datetime],
    lease: Lease,
    report: ImportReport,
    doubts: Doubts,
) -> None:
    import_id = await ledger.begin_import(start, now(), lease)
    given_away = set(doubts.given_away)
    named: set[str] = set()
    for group in _groups(source, doubts.aside):
        # Once each: the next row of that key is the new person's.
        theirs = given_away.intersection(row.key for row in group) if given_away else set()
        await ledger.take_in(start.audience, group, import_id, now(), lease, theirs)
        given_away -= theirs
        if doubts.doubtful:
            named |= doubts.doubtful.intersection(row.key for row in group)
    kept = doubts.doubtful - named
    await ledger.still_named(start.audience, kept, import_id, now(), lease)
    # The dead and the too young may have been members by an earlier file.
    gone = await ledger.end_named(start.audience, report.notes.ended, now(), lease)
    complete = start.audience if start.mode == "replace" else None
    counts = report.counts() | report.notes.as_counts()
    report.ended = gone + await ledger.finish_import(
        import_id, counts, now(), lease, complete=complete
    )


def _groups(source: ContactSource, aside: Collection[int]) -> Iterator[list[Row]]:
    """Good rows by group but for those left aside, the last of a repeated key winning within a
    group."""
    group: dict[str, Row] = {}
    for row in chain.from_iterable(source):
        if isinstance(row, Row) and row.number not in aside:
            group[row.key] = row
            if len(group) >= GROUP:
                yield list(group.values())
                group = {}
    if group:
        yield list(group.values())
