"""audit: who did what, and whether the log is as it was written."""

from typing import TYPE_CHECKING

import typer

from scheduler.cli.context import Context, run
from scheduler.cli.family import Family
from scheduler.cli.language import say
from scheduler.cli.output import words
from scheduler.cli.output.moments import when

if TYPE_CHECKING:
    from scheduler.domain.audit import AuditEntry, AuditVerdict

JSON = typer.Option(False, "--json", help="Print JSON.")


def register(app: typer.Typer) -> None:
    audit = Family(name="audit", help="Who did what, and the proof of it.", no_args_is_help=True)
    audit.command("list")(list_acts)
    audit.command("verify")(verify)
    app.add_typer(audit)


def list_acts(
    context: typer.Context,
    limit: int = typer.Option(100, "--limit", min=1, help="So many, the newest first."),
    as_json: bool = JSON,
) -> None:
    """The latest acts: who, what, to what. Never an address."""
    from scheduler.cli.output.printing import print_json, print_table

    entries, labels = run(_entries(context, limit))
    if as_json:
        print_json(
            [
                {
                    "number": one.number,
                    "at": one.at,
                    "actor": one.act.actor,
                    "act": one.act.act,
                    "subject": one.act.subject,
                    "detail": dict(one.act.detail),
                }
                for one in entries
            ]
        )
        return
    print_table(
        ("No.", "At", "Who", "Act", "On"),
        [
            (
                one.number,
                when(one.at, seconds=True),
                one.act.actor,
                words.act(one.act.act),
                words.act_subject(one.act.subject, labels),
            )
            for one in entries
        ],
    )


def verify(
    context: typer.Context,
    head: str = typer.Option("", "--head", help="A head kept elsewhere: it must be in the chain."),
    as_json: bool = JSON,
) -> None:
    """Work the whole chain out again; exit 1 when an entry isn't as it was written."""
    from scheduler.cli.output.printing import print_json

    verdict = run(_verdict(context, head.strip()))
    if as_json:
        print_json(
            {
                "entries": verdict.entries,
                "head": verdict.head,
                "broken_at": verdict.broken_at,
                "head_found": verdict.head_found,
            }
        )
    elif verdict.broken_at is not None:
        say(f"BROKEN at entry {verdict.broken_at}: it isn't as it was written.", err=True)
    elif not verdict.head_found:
        say(f"CUT: {head} is in the chain no more; entries are gone.", err=True)
    else:
        say(f"{verdict.entries} entries, all as written. Head, to keep elsewhere:")
        say(verdict.head or "(none yet)")
    if verdict.broken_at is not None or not verdict.head_found:
        raise typer.Exit(1)


async def _entries(context: typer.Context, limit: int) -> "tuple[list[AuditEntry], dict[str, str]]":
    """With what each audience is called."""
    obj: Context = context.obj
    async with obj.opened() as app:
        labels = {one.name: one.label for one in app.configuration.audiences}
        return await app.hand.audit_entries(limit), labels


async def _verdict(context: typer.Context, head: str) -> "AuditVerdict":
    obj: Context = context.obj
    async with obj.opened() as app:
        return await app.hand.verify_audit(head)
