"""move: the ledger to another database."""

from typing import TYPE_CHECKING

import typer

from scheduler.cli.context import Context, actor
from scheduler.cli.language import say

if TYPE_CHECKING:
    from scheduler.bootstrap import MovedLedger


def register(app: typer.Typer) -> None:
    app.command("move")(move)


def move(
    context: typer.Context,
    to: str = typer.Option(..., "--to", help="The other database's URL, as database.url says it."),
    by: str = typer.Option(
        "", "--by", help="Who acts, for the audit log. Default: this account's name."
    ),
) -> None:
    """Move the ledger to another, empty database. The daemon must be stopped; cut short, say it
    again."""
    moved = _move(context.obj, to, actor(by))
    say(f"{moved.rows} rows are in {moved.place}, each compared with its original.")
    say("This ledger serves no longer. Before you start the daemon:")
    say(f"- database.url is {moved.place} from now on")
    if moved.journal_there != moved.journal:
        say(f"- move {moved.journal} to {moved.journal_there}, or name it in optout.journal")
    say(f"- every machine needs the same keys.file {moved.keys_file}, and a journal each")


def _move(context: Context, to: str, by: str) -> "MovedLedger":
    from scheduler.bootstrap import move_ledger, utc_now
    from scheduler.cli.output.progress import progress_bar
    from scheduler.daemon.lock import DaemonLock
    from scheduler.domain.errors import LedgerError

    configuration = context.load()
    if configuration.ledger_is_missing:
        # Before a lock file is made beside it.
        raise LedgerError(
            f"there is no ledger at {configuration.settings.database.url}: nothing to move"
        )
    configuration.var.mkdir(parents=True, exist_ok=True)
    lock = DaemonLock(configuration.beside_ledger(".lock"))
    lock.take()
    try:
        with progress_bar("Moving") as progress:
            return move_ledger(configuration, to, by, utc_now(), progress)
    finally:
        lock.release()
