"""bounce: what came back by mail, explained beforehand, and decided where nothing proves it."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from scheduler.cli.context import actor, note_look, run
from scheduler.cli.family import Family
from scheduler.cli.language import say, tr
from scheduler.cli.output.moments import when
from scheduler.domain.answers.decisions import ReportDecision

if TYPE_CHECKING:
    from datetime import date

    from scheduler.domain.answers.bounces import BouncePolicy, OpenReport
    from scheduler.domain.answers.bursts import Reopened
    from scheduler.domain.names.tokens import Tokens

JSON = typer.Option(False, "--json", help="Print JSON.")
CLEAR = typer.Option(False, "--clear", help="Show addresses whole.")


def register(app: typer.Typer) -> None:
    bounce = Family(
        name="bounce", help="What came back by mail: bounces, complaints.", no_args_is_help=True
    )
    bounce.command("explain")(explain)
    bounce.command("list")(list_reports)
    bounce.command("close")(close)
    bounce.command("reopen")(reopen)
    app.add_typer(bounce)


def explain(
    context: typer.Context,
    files: list[Path] = typer.Argument(metavar="FILE…", help="Messages as they came (.eml)."),
    clear: bool = CLEAR,
    as_json: bool = JSON,
) -> None:
    """What these messages would do, and why. Nothing is changed."""
    from scheduler.cli.output.printing import print_json, print_table

    tokens, policy = _known_here(context)
    rows = [row for file in files for row in _explained(file, tokens, policy, clear)]
    if as_json:
        names = dict.fromkeys(row["file"] for row in rows)
        print_json([{"file": name, "recipients": _of(rows, name)} for name in names])
        return
    titles = ("File", "Recipient", "Kind", "Status", "Code", "Reason", "Ours", "Would")
    keys = ("file", "recipient", "kind", "status", "reply_code", "reason", "proven", "effect")
    print_table(titles, [[_shown(row[key]) for key in keys] for row in rows])


def list_reports(
    context: typer.Context,
    clear: bool = CLEAR,
    by: str = typer.Option("", "--by", help="Who looks, for the audit log."),
    as_json: bool = JSON,
) -> None:
    """Reports that nothing proves to be ours, oldest first: they changed nothing."""
    from scheduler.cli.output.printing import print_json, print_table
    from scheduler.domain.audit import AuditAct

    async def step() -> "list[OpenReport]":
        async with context.obj.opened() as app:
            found: list[OpenReport] = await app.bounces.open_reports()
            if found:
                detail = {"reports": len(found), "clear": int(clear)}
                await note_look(app, AuditAct.LIST_REPORTS, "open reports", by, detail)
            return found

    rows = [
        {
            "id": one.id,
            "at": one.at,
            "recipient": _masked(one.recipient, clear),
            "known": one.known,
            "kind": one.kind,
            "status": one.status,
            "reason": one.reason,
            "words": one.words,
        }
        for one in run(step())
    ]
    if as_json:
        print_json(rows)
        return
    titles = ("Id", "At", "Recipient", "Known", "Kind", "Status", "Reason", "Words")
    print_table(
        titles, [[_shown(value) for value in row.values()] for row in rows], last="Recipient"
    )


def close(
    context: typer.Context,
    number: int = typer.Argument(metavar="ID"),
    decision: ReportDecision = typer.Option(
        ..., "--as", help="bounced: the address gets no more e-mail. noted: nothing changes."
    ),
    by: str = typer.Option("", "--by", help="Who decides, for the audit log."),
) -> None:
    """Decide one."""

    async def step() -> bool:

        async with context.obj.opened() as app:
            closed: bool = await app.bounces.close_report(number, decision, actor(by), app.clock())
            return closed

    if not run(step()):
        say(f"report {number} is not there, or was decided already", err=True)
        raise typer.Exit(1)
    say(f"Report {number} is closed: {decision}.")


def reopen(
    context: typer.Context,
    who: str = typer.Argument("", metavar="[ADDRESS|NUMBER]"),
    domain: str = typer.Option("", "--domain", help="Every address of this domain, instead."),
    since: str = typer.Option(
        "", "--since", metavar="DATE", help="Of the domain: those closed since that day."
    ),
    reason: str = typer.Option(..., "--reason", help="Why, for the audit log."),
    by: str = typer.Option("", "--by", help="Who decides, for the audit log."),
) -> None:
    """Write again to what was closed because mail to it was refused."""
    if bool(who) == bool(domain):
        raise typer.BadParameter("give an address or number, or --domain, and not both")
    if bool(domain) != bool(since):
        raise typer.BadParameter("--domain and --since go together")
    if not reason.strip():
        raise typer.BadParameter("say why: an empty --reason explains nothing")
    name, done = run(_reopened(context, who, domain, _day(since), reason, actor(by)))
    if not done.addresses and not done.held:
        say(f"{name}: nothing is closed here by a refusal.", err=True)
        raise typer.Exit(1)
    say(f"{name}: {done.addresses} reopened; {done.released} waiting messages may leave.")


async def _reopened(
    context: typer.Context, who: str, domain: str, since: "date | None", reason: str, by: str
) -> "tuple[str, Reopened]":
    from zoneinfo import ZoneInfo

    from scheduler.flow.people.reopening import reopen_address, reopen_domain

    async with context.obj.opened() as app:
        now = app.clock()
        if since is None:
            address, done = await reopen_address(app.bounces, who, reason, by, now)
            return address.masked, done
        # Addresses that an older version took in learn their domain first.
        await app.regrouping.finish()
        zone = ZoneInfo(app.configuration.settings.time_zone)
        return await reopen_domain(app.bounces, domain, since, zone, reason, by, now)


def _day(typed: str) -> "date | None":
    from datetime import date

    try:
        return date.fromisoformat(typed) if typed else None
    except ValueError:
        raise typer.BadParameter(f"{typed} is no day: write 2026-10-04") from None


def _known_here(context: typer.Context) -> "tuple[Tokens | None, BouncePolicy]":
    """The installation's keys, where there are any, and what it does with bounces."""
    from scheduler import bootstrap
    from scheduler.domain.errors import KeysError

    settings = context.obj.load().settings
    policy = bootstrap.bounce_policy(settings)
    try:
        return bootstrap.tokens_of(settings), policy
    except KeysError as missing:
        say(f"reflexe: {missing}; whether a report is ours can't be said", err=True)
        return None, policy


def _explained(
    file: Path, tokens: "Tokens | None", policy: "BouncePolicy", clear: bool
) -> list[dict[str, Any]]:
    from scheduler.flow.answers.bounces import delivery_of, effect_of
    from scheduler.inbox.reports.reading import read_report

    report = read_report(_read(file))
    proven = None if tokens is None else delivery_of(report, tokens) is not None
    return [
        {
            "file": str(file),
            "recipient": _masked(one.recipient, clear),
            "kind": one.kind.value,
            "status": one.status,
            "reply_code": one.reply_code,
            "reason": one.reason,
            "proven": proven,
            "effect": effect_of(one, policy, proven=bool(proven)),
            "words": one.words,
        }
        for one in report.findings
    ]


def _read(file: Path) -> bytes:
    """As much of it as is ever looked at."""
    from scheduler.cli.answers.reading import unreadable
    from scheduler.domain.errors import NotFound
    from scheduler.inbox.reports.mime import LARGEST

    try:
        with file.open("rb") as opened:
            return opened.read(LARGEST)
    except OSError as fault:
        raise NotFound(unreadable(file, fault)) from None


def _of(rows: list[dict[str, Any]], name: str) -> list[dict[str, Any]]:
    return [
        {key: value for key, value in row.items() if key != "file"}
        for row in rows
        if row["file"] == name
    ]


def _masked(recipient: str, clear: bool) -> str:
    from scheduler.domain.people.addresses import mask_email

    return recipient if clear or not recipient else mask_email(recipient)


def _shown(value: object) -> str:
    """A cell."""
    if isinstance(value, datetime):
        return when(value)
    names = {True: "yes", False: "no", None: "?"}
    return tr(names[value]) if value is None or isinstance(value, bool) else str(value)
