"""The other process, in which a file dropped on the desk is looked at or taken in.

    python -I -X utf8 -m scheduler.cli.people.dropped FOLDER CONFIG LOCK

It is ``reflexe import``, step for step, held by the kernel to its memory and its time, with words
for whoever sees a form in place of options. What it was asked and what it answers are files of the
drop (``sources.dropped``); it says nothing else.
"""

import asyncio
import os
import re
import resource
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from time import monotonic
from typing import Any

from scheduler.cli.context import Context, myself
from scheduler.cli.french.dropped import for_the_desk
from scheduler.cli.language import Language, colon, speak, tr
from scheduler.cli.misuse import of_a_file, told_of
from scheduler.cli.output.imports import fate, told_counts, why
from scheduler.cli.people.contacts import today_of, with_contacts
from scheduler.domain.calendar.holidays import known_territory
from scheduler.domain.errors import ImportRefused, ImportUnconfirmed, ReflexeError, UnderWay
from scheduler.domain.people.contacts import BadRow, Noted, Row
from scheduler.domain.people.imports import ImportStart, Settled
from scheduler.flow import renames
from scheduler.flow.people.import_report import ImportReport
from scheduler.flow.people.import_survey import ContactSource
from scheduler.flow.people.importing import import_contacts
from scheduler.sources import contact_file
from scheduler.sources.columns.found import ShownColumn
from scheduler.sources.contact_file import Reading, Table
from scheduler.sources.dropped import Drop, Drops, Order
from scheduler.sources.dropped_parts import let_go

#: Bytes of address space, and seconds of processor time: a file of a million people.
MEMORY = 3_000_000_000
CPU_SECONDS = 1200
#: Bad rows that are told one by one.
TOLD = 5000
#: Seconds between two words on how far it is.
_EVERY = 0.5


def main() -> None:
    os.umask(0o077)
    for what, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))
    folder, config, lock = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
    drop = Drops(folder.parent).get(folder.name)
    if drop is None:
        return
    speak(Language.FRENCH)
    order = drop.order()
    told = asyncio.run(carried_out(drop, order, Context(config=config)))
    if order.apply and not told.get("refused") and not told.get("waits"):
        drop.table.unlink(missing_ok=True)
    drop.tell("told", {"number": order.number, **told})
    let_go(lock)


async def carried_out(drop: Drop, order: Order, context: Context) -> dict[str, Any]:
    """What is to be told of it, whatever happens."""
    work = _Work(drop, order)
    try:
        async with context.opened(lacking=True) as app:
            return await work.done(app)
    except UnderWay as busy:
        return {"waits": tr(str(busy)), **work.columns()}
    except ImportUnconfirmed as doubtful:
        return {"refused": _sentence(doubtful.why), **work.columns()}
    except ImportRefused as refused:
        return {"refused": _sentence(str(refused)), **work.columns()}
    except ReflexeError as fault:
        return {"refused": told_of(fault)}
    except (MemoryError, RecursionError):
        return {"refused": tr("this file takes too much memory to read: split it")}


class _Work:
    def __init__(self, drop: Drop, order: Order) -> None:
        self._drop = drop
        self._order = order
        self._table: Table | None = None
        self._reading: Reading | None = None

    async def done(self, app: Any) -> dict[str, Any]:
        """Raises ImportRefused, and UnderWay."""
        order, configuration = self._order, app.configuration
        audience = configuration.audience(self._drop.audience)
        basis = order.basis or next(iter(audience.channels.values())).basis
        into = with_contacts(configuration, audience.name, order.origin or "?", basis)
        dry_run = not order.apply
        await renames.may_take_in(into, configuration.audiences, app.ledger, dry_run=dry_run)
        self._table = contact_file.table(self._drop.table, into, order.sheet)
        self._reading = self._table.reading(
            known_territory=known_territory, today=today_of(app), chosen=order.chosen
        )
        settled = Settled(same=frozenset(order.same), other=frozenset(order.other))
        start = ImportStart(
            audience=into,
            file_hash=self._reading.digest,
            origin=order.origin,
            basis=basis,
            mode=order.mode,
            own_file=order.own_file,
            settled=settled,
            by=order.by,
        )
        report, doubt = await self._imported(app, start, dry_run=dry_run)
        return {"sure": doubt, **_report(report, applied=order.apply), **self.columns()}

    async def _imported(
        self, app: Any, start: ImportStart, *, dry_run: bool
    ) -> tuple[ImportReport, str]:
        """And, of a look, what a person would have to say is right first."""

        async def run(*, confirmed: bool) -> ImportReport:
            rows = _Watched(self._reading, self._drop)  # type: ignore[arg-type]  # just read
            return await import_contacts(
                rows,
                app.contact_files,
                start,
                app.clock,
                by=myself(start.by),
                dry_run=dry_run,
                confirmed=confirmed,
                told=TOLD,
            )

        try:
            return await run(confirmed=self._order.sure), ""
        except ImportUnconfirmed as doubtful:
            if not dry_run:
                raise
            return await run(confirmed=True), _sentence(doubtful.why)

    def columns(self) -> dict[str, Any]:
        """Once it was applied, no cell of it is told any more."""
        if self._table is None or self._order.apply:
            return {}
        shown = self._reading.columns if self._reading else ()
        notes = self._reading.header_notes if self._reading else self._table.notes
        return {
            "columns": [_column(one) for one in self._table.columns(shown)],
            "notes": [for_the_desk(tr(one)) for one in notes],
        }


class _Watched:
    """The same rows, with a word on how far they are."""

    def __init__(self, source: ContactSource, drop: Drop) -> None:
        self.digest = source.digest
        self._source = source
        self._drop = drop
        self._told_at = 0.0
        self._passes = self._rows = 0

    def __iter__(self) -> Iterator[Sequence[Row | BadRow | Noted]]:
        done = 0
        self._passes += 1
        for batch in self._source:
            done += len(batch)
            self._rows = max(done, self._rows)
            if monotonic() - self._told_at > _EVERY:
                self._told_at = monotonic()
                of = self._rows if self._passes > 1 else 0
                self._drop.tell("progress", {"rows": done, "of": of, "pass": self._passes})
            yield batch


def _report(report: ImportReport, *, applied: bool) -> dict[str, Any]:
    """Once it was applied, no key is told any more: what became of a row is."""

    def reason(row: BadRow) -> str:
        return tr(row.reason) if applied else why(row)

    return {
        "figures": [[count, for_the_desk(words)] for count, words in told_counts(report)],
        "bad": [
            [row.number, row.column, for_the_desk(reason(row)), fate(row)]
            for row in report.bad_rows
        ],
        "more": report.faults - len(report.bad_rows),
    }


def _column(one: ShownColumn) -> Mapping[str, Any]:
    return {
        "number": one.number,
        "name": one.name,
        "meaning": one.meaning,
        "samples": list(one.samples),
    }


def _sentence(said: str) -> str:
    """The rows that a refusal names have a line each."""
    first, *rows = said.split("\n")
    return "\n".join([for_the_desk(of_a_file(first)), *map(_row, rows)])


def _row(line: str) -> str:
    found = re.fullmatch(r"row ([0-9]+): (.*)", line.strip())
    return f"{tr('row')} {found[1]}{colon()} {for_the_desk(tr(found[2]))}" if found else line


if __name__ == "__main__":
    main()
