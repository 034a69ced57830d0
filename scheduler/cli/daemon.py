"""run, health, migrate, status: the daemon and its ledger."""

from typing import Any

import typer

from scheduler.cli.context import Context, actor, run


def register(app: typer.Typer) -> None:
    for command in (run_daemon, health, migrate, status):
        name = "run" if command is run_daemon else command.__name__
        app.command(name)(command)


def run_daemon(
    context: typer.Context,
    samples: bool = typer.Option(
        False, "--samples", help="First load the sample audiences and rehearse over them, once."
    ),
    accept_restored: bool = typer.Option(
        False, "--accept-restored", help="The ledger is a backup, somebody has looked: let it send."
    ),
    by: str = typer.Option("", "--by", help="Who has looked; absent: this account's name."),
) -> None:
    """Start the daemon: it sends what is due until it is told to stop."""
    accepted_by = actor(by) if accept_restored else ""
    run(_run(context.obj, samples=samples, accepted_by=accepted_by))


async def _run(context: Context, *, samples: bool, accepted_by: str) -> None:
    from pathlib import Path

    from scheduler.bootstrap import open_app
    from scheduler.daemon.life import Daemon
    from scheduler.log import get_logger

    configuration = context.load()
    for warning in configuration.warnings:
        get_logger("config").warning("config.warning", detail=warning)
    app = await open_app(configuration)
    try:
        if samples:
            from scheduler.cli.progress import progress_bar
            from scheduler.daemon.samples import load_samples

            with progress_bar("Rehearsing") as progress:
                await load_samples(app, lambda line: typer.echo(line), progress)
        daemon = Daemon(app, Path(context.config).absolute(), accept_restored_by=accepted_by)
        await daemon.run(lambda address: typer.echo(f"Réflexe is running: {address}"))
    finally:
        await app.close()


def health(context: typer.Context) -> None:
    """Ask the running daemon whether it is well; exit 1 when it isn't."""
    from urllib.error import URLError
    from urllib.request import ProxyHandler, build_opener

    host, _, port = context.obj.load().settings.web.desk_bind.rpartition(":")
    here = "127.0.0.1" if host in ("0.0.0.0", "*") else host  # noqa: S104 - compared, not bound
    here = "[::1]" if host in ("[::]", "::") else here
    opener = build_opener(ProxyHandler({}))
    try:
        with opener.open(f"http://{here}:{port}/healthz", timeout=4) as answer:
            typer.echo(answer.read().decode().strip())
    except (URLError, OSError) as silent:
        typer.echo(f"not well: {silent}", err=True)
        raise typer.Exit(1) from silent


def migrate(
    context: typer.Context,
    make_keys: bool = typer.Option(
        False, "--make-keys", help="Make keys.file if it is missing (a first PostgreSQL start)."
    ),
) -> None:
    """Make the ledger, or bring its schema up to date. May be said twice."""
    from scheduler.bootstrap import migrate_ledger

    settings = context.obj.load().settings
    version = migrate_ledger(settings, make_keys=make_keys)
    typer.echo(f"The ledger's schema is {version}.")


def status(
    context: typer.Context,
    as_json: bool = typer.Option(False, "--json", help="Print JSON."),
) -> None:
    """What runs, what waits, what needs a person; exit 1 when something does."""
    from scheduler.cli.output import print_json

    report = run(_status(context.obj))
    if as_json:
        print_json(report)
    else:
        _print_status(report)
    if report["alarms"]:
        raise typer.Exit(1)


def _print_status(report: Any) -> None:
    from scheduler.cli.output import print_table

    print_table(
        ("Occurrence", "State", "Reason"),
        [(one["occurrence"], one["state"], one["reason"]) for one in report["occurrences"]],
    )
    for state, count in report["deliveries"].items():
        typer.echo(f"{state}: {count}")
    for alarm in report["alarms"]:
        typer.echo(f"ALARM {alarm['kind']} {alarm['subject']}: {alarm['detail']}")
    for lane in report["resting"]:
        how = "one message is tried" if lane["half_open"] else f"until {lane['until']}"
        typer.echo(f"RESTS {lane['lane']} ({lane['failures']} in a row, {how}): {lane['reason']}")
    for one in report["replicas"]:
        how = "silent since" if one["silent"] else "seen"
        typer.echo(f"replica {one['host']}: {how} {one['seen_at']}")


async def _status(context: Context) -> Any:
    from collections import Counter

    from scheduler.domain.delivery import OccurrenceState
    from scheduler.domain.sending import Lane

    async with context.opened() as app:
        rows = await app.ledger.occurrences()
        states: Counter[str] = Counter()
        for count in await app.ledger.counts():
            states[count.state.value] += count.rows
        alarms = await app.ledger.open_alarms()
        rests = await app.ledger.rests()
        replicas = await app.ledger.replicas(app.clock())
    waiting = [row for row in rows if row.state is OccurrenceState.SCHEDULED]
    others = [row for row in rows if row.state is not OccurrenceState.SCHEDULED]
    return {
        "occurrences": [
            {"occurrence": row.id, "state": row.state.value, "reason": row.reason}
            for row in [*others[-10:], *waiting[:5]]
        ],
        "deliveries": dict(states),
        "alarms": [
            {
                "kind": one.kind,
                "subject": one.subject,
                "detail": one.detail,
                "raised_at": one.raised_at.isoformat(),
            }
            for one in alarms
        ],
        "resting": [
            {
                "lane": Lane(channel=one.channel, destination=one.destination).name,
                "until": one.until.isoformat(),
                "half_open": one.half_open,
                "failures": one.failures,
                "reason": one.reason,
            }
            for one in rests
        ],
        "replicas": [
            {"host": one.host, "seen_at": one.seen_at.isoformat(), "silent": one.silent}
            for one in replicas
        ],
    }
