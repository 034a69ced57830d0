"""retention and register: what is forgotten in time, and the sheet that says what is done."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from scheduler.cli.context import actor, run
from scheduler.cli.family import Family
from scheduler.cli.language import say, tr

if TYPE_CHECKING:
    from scheduler.domain.people.retention import Kept

JSON = typer.Option(False, "--json", help="Print JSON.")
BY = typer.Option("", "--by", help="Who acts, for the audit log. Default: this account's name.")


def register(app: typer.Typer) -> None:
    retention = Family(name="retention", help="What is old is forgotten.", no_args_is_help=True)
    retention.command("run")(run_retention)
    app.add_typer(retention)
    app.command("register")(register_sheet)


def run_retention(
    context: typer.Context,
    dry_run: bool = typer.Option(False, "--dry-run", help="Say what it would forget; do nothing."),
    by: str = BY,
    as_json: bool = JSON,
) -> None:
    """Forget what is old now, as the daemon does once a day; say how many of what."""
    from scheduler.cli.output.printing import print_json

    async def step() -> "tuple[Mapping[Kept, int], bool]":
        from scheduler.bootstrap import retention_of

        async with context.obj.opened() as app:
            retention = retention_of(app)
            now = app.clock()
            if dry_run:
                return await retention.survey(now), True
            return await retention.run(now, actor(by)), retention.scrubbed

    counts, scrubbed = run(step())
    if as_json:
        told = {kept.value: count for kept, count in counts.items()}
        print_json({"dry_run": dry_run, "counts": told, "scrubbed": scrubbed})
        return
    _print_counts(counts, dry_run=dry_run, scrubbed=scrubbed)


def register_sheet(
    context: typer.Context,
    out: Path | None = typer.Option(None, "--out", help="A file to write it to instead."),
    law: bool = typer.Option(
        False, "--law", help="Print the table of rules that a key can weaken, and stop."
    ),
) -> None:
    """The sheet of the register of processing activities (GDPR article 30), in French, with how
    the settings stand before the law."""
    from datetime import UTC, datetime

    from scheduler.cli.people.private_file import write_private
    from scheduler.domain.law.register import as_markdown
    from scheduler.flow.people.register import sheet
    from scheduler.web.desk.french import typography

    if law:
        typer.echo(typography(as_markdown()), nl=False)
        return
    text = typography(sheet(context.obj.load(), datetime.now(UTC).date()))
    if out is None:
        typer.echo(text, nl=False)
        return
    write_private(out, text)
    say(f"Written to {out}.")


def _print_counts(counts: "Mapping[Kept, int]", *, dry_run: bool, scrubbed: bool) -> None:
    from scheduler.domain.people.retention import Kept

    say("Nothing was done. It would forget:" if dry_run else "Forgotten:")
    words = {
        Kept.CONTACTS: "contacts whose time is over, emptied",
        Kept.LEAVERS: "contacts that left their file, emptied",
        Kept.PROOFS: "proofs of consent replaced or withdrawn, deleted",
        Kept.DELIVERIES: "old deliveries, parted from their recipient",
        Kept.LISTS: "people of lists, taken off",
        Kept.REPLIES: "answers by SMS, their text erased",
        Kept.ENTRIES: "dates of entry, deleted",
        Kept.TRIALS: "trials, deleted",
        Kept.REQUESTS: "confirmed requests to subscribe, deleted",
        Kept.DRAFTS: "drafts of texts, deleted",
        Kept.COMMENTS: "comments on texts, deleted",
        Kept.TRIOS: "readings by three, deleted",
        Kept.ADDRESSES: "addresses and numbers that nobody has any more, erased",
        Kept.REHEARSALS: "rehearsal, deleted",
    }
    for kept in Kept:
        say(f"{counts.get(kept, 0):>9} {tr(words[kept])}")
    if not scrubbed:
        say(
            "Somebody was reading: the ledger's files are cleaned later (by the daemon, or when "
            "the command is said again)."
        )
