"""optout import: a list of those who said no to somebody before us."""

from pathlib import Path
from typing import TYPE_CHECKING, Literal

import typer

from scheduler.cli.context import note_look, run
from scheduler.cli.language import counted, say
from scheduler.cli.leaving.asked_channel import asked_channel

if TYPE_CHECKING:
    from scheduler.domain.people.refusal_lists import RefusalReport

_WORDS = {
    "rows": "rows",
    "known": "of people in the ledger",
    "unknown": "of nobody in the ledger: barred by their address, whenever a file names it",
    "new": "that close something",
    "already": "that say what held already",
    "unusable": "without an address or number, or a key that anybody has: nothing came of them",
}


def import_list(
    context: typer.Context,
    file: Path = typer.Argument(help="A text or CSV file, a person a row."),
    channel: str = typer.Option(
        "", "--channel", help="Absent: the channel of each address, and all of a key's."
    ),
    reason: Literal["opted-out", "complained"] = typer.Option(
        "opted-out", "--reason", help="What they told the old tool."
    ),
    origin: str = typer.Option("", "--origin", help="Where the list comes from, in words."),
    dry_run: bool = typer.Option(False, "--dry-run", help="Say what it would do; no more."),
    by: str = typer.Option("", "--by", help="Who acts, for the audit log."),
    as_json: bool = typer.Option(False, "--json", help="Print JSON."),
) -> None:
    """Take over who said no elsewhere: addresses, numbers or keys, an old tool's list. Exit 1 when
    a row could not be used."""

    async def step() -> "RefusalReport":
        from scheduler.domain.audit import AuditAct
        from scheduler.domain.consent.optout import Reason
        from scheduler.flow.people.refusing import take_refusals
        from scheduler.sources.refusal_list import read

        found = read(file)
        ledger = context.obj
        opened = (
            ledger.opened_to_look(said=True) if dry_run else ledger.opened(create=True, anyhow=True)
        )
        async with opened as app:
            wanted = asked_channel(channel)
            detail: dict[str, str | int] = {"file": found.digest, "rows": len(found.rows)}
            detail |= {"reason": reason} | ({"channel": wanted} if wanted else {})
            if not dry_run:
                # Before and after: a list cut short has left a trace too.
                name = f"a list from {origin}" if origin.strip() else "a list"
                await note_look(app, AuditAct.IMPORT_OPT_OUTS, name, by, detail)
            report = await take_refusals(
                found.rows,
                app.people,
                app.clock,
                channel=wanted or None,
                reason=Reason(reason),
                dry_run=dry_run,
            )
            if not dry_run:
                done = detail | report.counts()
                await note_look(app, AuditAct.IMPORT_OPT_OUTS, name, by, done)
        return report

    report = run(step())
    _print(report, dry_run=dry_run, as_json=as_json)
    if report.unusable:
        raise typer.Exit(1)


def _print(report: "RefusalReport", *, dry_run: bool, as_json: bool) -> None:
    from scheduler.cli.output.printing import print_json
    from scheduler.domain.people.refusal_lists import NAMED

    if as_json:
        rows = {"unknown_rows": report.unknown, "unusable_rows": report.unusable}
        print_json({**report.counts(), **rows, "dry_run": dry_run})
        return
    if report.header:
        say("note: the first row is the columns' names")
    if dry_run:
        say("Nothing was written. The list would give:")
    for name, count in report.counts().items():
        say(f"{count:>9} {counted(count, _WORDS[name])}")
    for name, numbers in (("unknown", report.unknown), ("unusable", report.unusable)):
        if numbers:
            more = ", …" if len(numbers) > NAMED else ""
            say(f"{name}: rows {', '.join(map(str, numbers[:NAMED]))}{more}")
