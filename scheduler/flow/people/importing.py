"""Taking a contact file into the ledger: everything or nothing of its people, every bad row told.

The file is read to its end before the first row is written, so a file that is refused changes
nothing. Writing goes by groups, each its own transaction: sending goes on meanwhile, and an import
cut short is said again, with the same end. One import an audience at a time: a lease, which every
group renews in its own transaction.
"""

from collections.abc import Awaitable, Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain
from typing import Protocol

from scheduler.domain.audit import PROGRAM
from scheduler.domain.calendar.campaigns import Audience
from scheduler.domain.errors import ImportRefused
from scheduler.domain.people.contacts import BadRow, Noted, Row, Told
from scheduler.domain.people.file_notes import FileNotes
from scheduler.domain.people.imports import Departures, ImportStart, too_many_leave
from scheduler.domain.processes.leases import RENEW, Lease, import_of
from scheduler.flow.people.import_doubts import STRANGER, Doubts
from scheduler.flow.people.keyed import Keyed, as_compared, keyed

#: Rows of one transaction: a few tens of milliseconds.
GROUP = 1000
#: Bad rows that are told one by one; the rest are counted.
TOLD = 200


class ContactSource(Protocol):
    """A file that can be gone through several times."""

    digest: str

    def __iter__(self) -> Iterator[Sequence[Row | BadRow | Noted]]: ...


class ImportLedger(Protocol):
    """Each call is one transaction. Those that write for a lease raise UnderWay once another
    process has it, having written nothing."""

    async def take_lease(self, name: str, who: str, now: datetime) -> Lease:
        """Raises UnderWay while another has it."""

    async def renew_lease(self, lease: Lease, now: datetime) -> None: ...

    async def let_go(self, lease: Lease) -> None: ...

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

    async def count_active(self, audience: Audience) -> int: ...

    async def count_known(self, audience: Audience, keys: Sequence[str]) -> int: ...

    async def strangers(self, audience: Audience, rows: Sequence[Row]) -> set[int]: ...

    async def keeps_apart(self) -> bool: ...

    async def kept_apart(self, audience: Audience, keys: Collection[str]) -> set[str]: ...

    async def still_named(
        self,
        audience: Audience,
        keys: Collection[str],
        import_id: int,
        now: datetime,
        lease: Lease | None = None,
    ) -> None: ...

    async def count_lacking(
        self, audience: Audience, rows: Sequence[Row], channels: Collection[str]
    ) -> dict[str, int]: ...

    async def count_opted_out(self, rows: Sequence[Row]) -> int: ...

    async def count_refusing(self, audience: Audience, keys: Sequence[str]) -> int: ...


@dataclass(kw_only=True, slots=True)
class ImportReport:
    """What an import did, or would do."""

    rows: int = 0
    added: int = 0
    renewed: int = 0
    #: Rows that gave nobody, and cells left aside in rows that did.
    refused: int = 0
    left_aside: int = 0
    #: Rows whose key another row of the file has: the last one counts.
    repeated: int = 0
    #: Rows whose key is somebody else's, by name and address: left aside until a person says.
    strangers: int = 0
    #: Of those, the ones that a person has said.
    settled: int = 0
    #: Rows that no proof speaks for, at the address they have now, on a channel whose basis is
    #: consent: stored, and left out there.
    without_proof: dict[str, int] = field(default_factory=dict)
    #: Addresses and numbers whose opt-out holds, whatever the file says.
    opted_out: int = 0
    #: People whose own opt-out holds, whatever address the file gives them.
    refusing: int = 0
    ended: int = 0
    bad_rows: list[BadRow] = field(default_factory=list)
    #: What the reader changed, or left aside as nobody to write to.
    notes: FileNotes = field(default_factory=FileNotes)

    def counts(self) -> dict[str, int]:
        return {
            "rows": self.rows,
            "added": self.added,
            "renewed": self.renewed,
            "refused": self.refused,
            "left_aside": self.left_aside,
            "repeated": self.repeated,
            "strangers": self.strangers,
            "settled": self.settled,
            "opted_out": self.opted_out,
            "refusing": self.refusing,
            "ended": self.ended,
        }


async def import_contacts(
    source: ContactSource,
    ledger: ImportLedger,
    start: ImportStart,
    now: Callable[[], datetime],
    *,
    by: str = PROGRAM,
    dry_run: bool = False,
    confirmed: bool = False,
) -> ImportReport:
    """Take a file in. Raises ImportRefused, having written nothing; and UnderWay when another
    import of the same people is under way (``by`` is what that one is told of this).

    ``replace`` ends the membership of those the file doesn't name, and any mode that of the dead
    and the too young. More than half of an audience, or a mass of deaths, is refused unless
    ``confirmed``.
    """
    doubts = Doubts(settled=as_compared(start.settled))
    if dry_run:
        file = await keyed(source, ledger, start.audience, _idle)
        return await _examine(file, ledger, start, doubts, _idle, confirmed=confirmed)
    lease = await ledger.take_lease(import_of(start.audience.source), by, now())
    try:
        holding = _Holding(ledger=ledger, lease=lease, now=now, renewed=lease.since)
        file = await keyed(source, ledger, start.audience, holding.on)
        report = await _examine(file, ledger, start, doubts, holding.on, confirmed=confirmed)
        await _write(file, ledger, start, now, lease, report, doubts)
    finally:
        await ledger.let_go(lease)
    return report


@dataclass(kw_only=True, slots=True)
class _Holding:
    """Renews a lease while the file is only read."""

    ledger: ImportLedger
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
) -> ImportReport:
    """What the file would do. Raises ImportRefused when it must not be taken in."""
    report = ImportReport()
    await _survey(source, ledger, start.audience, report, doubts, holding_on)
    if await source.part(ledger, start.audience, start.settled):
        report = ImportReport()
        doubts.begin_again()
        await _survey(source, ledger, start.audience, report, doubts, holding_on)
    if report.repeated or doubts.both_dead_and_alive:
        await _part_repeats(source, start.audience, report, doubts, holding_on)
    if not (report.rows or report.strangers or report.notes.ended):
        why = "".join(f"\n  row {one.number}: {one.reason}" for one in report.bad_rows[:20])
        raise ImportRefused(f"the file holds no usable row: nothing was changed{why}")
    await _check_departures(ledger, start.audience, report, confirmed=confirmed)
    if start.mode == "replace":
        await _check_absent(ledger, start.audience, report, doubts, confirmed=confirmed)
    return report


async def _write(
    source: ContactSource,
    ledger: ImportLedger,
    start: ImportStart,
    now: Callable[[], datetime],
    lease: Lease,
    report: ImportReport,
    doubts: Doubts,
) -> None:
    import_id = await ledger.begin_import(start, now(), lease)
    given_away = set(doubts.given_away)
    for group in _groups(source, doubts.aside):
        # Once each: the next row of that key is the new person's.
        theirs = given_away & {row.key for row in group}
        await ledger.take_in(start.audience, group, import_id, now(), lease, theirs)
        given_away -= theirs
    await ledger.still_named(start.audience, doubts.kept, import_id, now(), lease)
    # The dead and the too young may have been members by an earlier file.
    gone = await ledger.end_named(start.audience, report.notes.ended, now(), lease)
    complete = start.audience if start.mode == "replace" else None
    counts = report.counts() | report.notes.as_counts()
    report.ended = gone + await ledger.finish_import(
        import_id, counts, now(), lease, complete=complete
    )


async def _survey(
    source: ContactSource,
    ledger: ImportLedger,
    audience: Audience,
    report: ImportReport,
    doubts: Doubts,
    holding_on: Callable[[], Awaitable[None]],
) -> None:
    """The whole file, before anything is written."""
    needed = [name for name, terms in audience.channels.items() if terms.basis == "consent"]
    for batch in source:
        await holding_on()
        _note_bad([row for row in batch if isinstance(row, BadRow)], report)
        noted = [row for row in batch if isinstance(row, Noted)]
        report.notes.note(await _known_to_end(ledger, audience, noted, report, doubts))
        every = [row for row in batch if isinstance(row, Row)]
        good, left = doubts.part(every, await ledger.strangers(audience, every))
        _note_strangers(left, report)
        report.notes.look_for_twins(good)
        report.rows += len(good)
        new_keys = doubts.note(good)
        report.repeated += len(good) - len(new_keys)
        held = sorted(new_keys - doubts.given_away)
        known = await ledger.count_known(audience, held)
        report.renewed += known
        report.added += len(new_keys) - known
        report.opted_out += await ledger.count_opted_out(good)
        report.refusing += await ledger.count_refusing(audience, sorted(new_keys))
        if needed:
            await _count_lacking(ledger, audience, good, needed, report, doubts)
    report.settled = len(doubts.given_away) + doubts.merged


async def _known_to_end(
    ledger: ImportLedger,
    audience: Audience,
    noted: Sequence[Noted],
    report: ImportReport,
    doubts: Doubts,
) -> list[Noted]:
    """Without the dead and the too young whose key is somebody else's: nobody's membership ends by
    a key that was given again."""
    people = [one.person for one in noted if one.person]
    if not people:
        return list(noted)
    taken, left = doubts.part(people, await ledger.strangers(audience, people))
    doubts.note_ended(taken)
    _note_strangers(left, report)
    return [one for one in noted if one.number not in doubts.aside]


async def _count_lacking(
    ledger: ImportLedger,
    audience: Audience,
    rows: Sequence[Row],
    channels: Collection[str],
    report: ImportReport,
    doubts: Doubts,
) -> None:
    """No proof passes to somebody who was given another's key: theirs are in their row."""
    known = [row for row in rows if row.key not in doubts.given_away]
    lacking = await ledger.count_lacking(audience, known, channels)
    for channel in channels:
        new = [row for row in rows if row.key in doubts.given_away and channel not in row.proofs]
        total = report.without_proof.get(channel, 0) + lacking[channel] + len(new)
        report.without_proof[channel] = total


async def _part_repeats(
    source: ContactSource,
    audience: Audience,
    report: ImportReport,
    doubts: Doubts,
    holding_on: Callable[[], Awaitable[None]],
) -> None:
    """Of a key that two people of the file have, the one who came first keeps it; and a death
    is only that of whoever has the key."""
    for batch in source:
        await holding_on()
        ended = [row.person for row in batch if isinstance(row, Noted) and row.person]
        doubts.stand_ended(ended)
        rows = [row for row in batch if isinstance(row, Row)]
        left = doubts.part_repeats(rows, audience)
        _note_strangers(left, report)
        report.rows -= len(left)
        report.repeated -= len(left)
    report.notes.keep_members(doubts.part_ended(audience))


def _note_strangers(rows: Sequence[Row], report: ImportReport) -> None:
    report.strangers += len(rows)
    _tell(
        (BadRow(number=row.number, column="", reason=STRANGER, kept=False) for row in rows),
        report,
    )


def _tell(rows: Iterable[BadRow], report: ImportReport) -> None:
    for row in rows:
        if len(report.bad_rows) < TOLD:
            report.bad_rows.append(row)


def _note_bad(rows: Iterable[BadRow], report: ImportReport) -> None:
    for row in rows:
        if row.kept:
            report.left_aside += 1
        else:
            report.refused += 1
        _tell([row], report)


async def _check_departures(
    ledger: ImportLedger, audience: Audience, report: ImportReport, *, confirmed: bool
) -> None:
    aside = report.notes.ended
    if confirmed or not aside:
        return
    leaving = Departures(
        people=report.rows + len(aside),
        dead=report.notes.counts.get(Told.DECEASED, 0),
        aside=len(aside),
        aside_members=await ledger.count_known(audience, sorted(set(aside))),
        members=await ledger.count_active(audience),
    )
    if why := too_many_leave(leaving):
        raise ImportRefused(
            f"{why}: if the file is right, say it again with --yes; if a column is taken for what "
            "it isn't, say --columns death= or --columns birth="
        )


async def _check_absent(
    ledger: ImportLedger,
    audience: Audience,
    report: ImportReport,
    doubts: Doubts,
    *,
    confirmed: bool,
) -> None:
    if report.refused and not confirmed:
        raise ImportRefused(
            f"{report.refused} rows can't be read, and may be people who would leave the audience: "
            "mend them, or say it again with --yes"
        )
    active = await ledger.count_active(audience)
    kept = await ledger.count_known(audience, sorted(doubts.kept))
    report.ended = active - report.renewed - kept
    if report.ended * 2 > active and not confirmed:
        raise ImportRefused(
            f"this would end the membership of {report.ended} of {active} people: "
            "if the file is right, say it again with --yes"
        )


def _groups(source: ContactSource, aside: Collection[int]) -> Iterator[list[Row]]:
    """Good rows by group but for those left aside, the last of a repeated key winning within a
    group."""
    every = (row for row in chain.from_iterable(source) if isinstance(row, Row))
    rows = (row for row in every if row.number not in aside)
    group: dict[str, Row] = {}
    for row in rows:
        group[row.key] = row
        if len(group) >= GROUP:
            yield list(group.values())
            group = {}
    if group:
        yield list(group.values())
