"""run, migrate: the daemon and its ledger."""

import typer

from scheduler.cli.context import Context, actor, run, run_long
from scheduler.cli.language import say


def register(app: typer.Typer) -> None:
    for command in (run_daemon, migrate):
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
    run_long(run_daemon_on(context.obj, samples=samples, accepted_by=accepted_by))


async def run_daemon_on(context: Context, *, samples: bool, accepted_by: str = "") -> None:
    """Until it is told to stop. Raises ConfigError, LedgerError and KeysError."""
    from pathlib import Path

    from scheduler.bootstrap import make_providers, need_parts, open_app
    from scheduler.daemon.life import Daemon
    from scheduler.log import get_logger

    configuration = context.load_to_run()
    for warning in configuration.warnings:
        get_logger("config").warning("config.warning", detail=warning)
    for fault in (*configuration.faults, *configuration.lost):
        get_logger("config").error("config.left_aside", reason=str(fault))
    # What a provider's options get wrong is said before anything is made or taken.
    make_providers(configuration.settings)
    need_parts(configuration.settings)
    app = await open_app(configuration)
    try:
        if samples:
            from scheduler.cli.output.progress import progress_bar
            from scheduler.daemon.samples import load_samples

            with progress_bar("Rehearsing") as progress:
                await load_samples(app, lambda line: say(line), progress)
        daemon = Daemon(app, Path(context.config).absolute(), accept_restored_by=accepted_by)
        await daemon.run(
            lambda address: say(f"Réflexe is running: {address}"),
            lambda line: say(line),
        )
    finally:
        await app.close()


def migrate(
    context: typer.Context,
    make_keys: bool = typer.Option(
        False, "--make-keys", help="Make keys.file if it is missing (a first PostgreSQL start)."
    ),
) -> None:
    """Make the ledger, or bring its schema up to date. May be said twice."""
    from scheduler.bootstrap import migrate_ledger, utc_now

    settings = context.obj.load_to_run().settings
    version = run(migrate_ledger(settings, utc_now(), typer.echo, make_keys=make_keys))
    say(f"The ledger's schema is {version}.")
