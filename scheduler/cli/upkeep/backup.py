"""backup, restore: a copy of the ledger, and putting one back."""

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from scheduler.cli.context import Context, actor, run
from scheduler.cli.language import ask, say
from scheduler.cli.output.moments import when

if TYPE_CHECKING:
    from scheduler.bootstrap import Copied

BY = typer.Option("", "--by", help="Who acts, for the audit log. Default: this account's name.")


def register(app: typer.Typer) -> None:
    app.command("backup")(backup)
    app.command("restore")(restore)


def backup(
    context: typer.Context,
    file: Path = typer.Argument(..., help="A new file, or a folder for one named by the instant."),
    by: str = BY,
) -> None:
    """Copy the ledger, whole and as of one instant, while the daemon sends. The keys aren't in
    it."""
    from scheduler.bootstrap import back_up_ledger, utc_now

    made = run(back_up_ledger(context.obj.load_anyhow(), file, actor(by), utc_now()))
    say(f"{made.file} ({-(-made.octets // 1_000_000)} MB) was read back whole:")
    _tell(made.holds)
    say("Not in it, and needed with it:")
    say(f"- the keys ({made.keys_file}): keep a copy of them apart, where this one isn't")
    say(f"- the opt-out journal ({made.journal}): it stays where it is, and is never restored")
    if made.on_one_volume:
        say("It lies on the ledger's own volume: bring it to another.", err=True)


def restore(
    context: typer.Context,
    file: Path = typer.Argument(..., help="What `reflexe backup` made."),
    check: bool = typer.Option(False, "--check", help="Rehearse it; change nothing."),
    yes: bool = typer.Option(False, "--yes", help="Don't ask."),
    by: str = BY,
) -> None:
    """Put a copy in the ledger's place. The daemon must be stopped. The ledger that is there is
    kept under another name; nothing leaves before somebody has looked."""
    if check:
        _rehearse(context.obj, file)
        return
    holds, aside = _put_back(context.obj, file, actor(by), sure=yes)
    say(f"{file} is the ledger now:")
    _tell(holds)
    if aside is not None:
        say(f"The one that was there is {aside}: destroy it when you need it no more.")
    say("Next: `reflexe migrate`, then the steps of docs/running.md, Restoring. Start last.")


def _rehearse(context: Context, file: Path) -> None:
    from scheduler.bootstrap import rehearse_restore, utc_now

    found = run(rehearse_restore(context.load_anyhow(), file, utc_now()))
    say(f"{file} is sound, and the keys in place open it:")
    _tell(found.holds)
    given = found.replayed
    say(f"The opt-out journal would give back {given.added} opt-outs, and lift {given.lifted}.")
    if given.damaged:
        say(f"{given.damaged} lines of the journal are damaged, and passed over.")
    if given.doubt:
        say(f"Nothing would leave before somebody has looked: {given.doubt}.")
    else:
        say("Nothing was about to leave since it was made: it may send at once.")


def _put_back(context: Context, file: Path, by: str, *, sure: bool) -> "tuple[Copied, Path | None]":
    from scheduler.bootstrap import restore_ledger, utc_now
    from scheduler.daemon.lock import DaemonLock

    configuration = context.load_anyhow()
    lock = DaemonLock(configuration.beside_ledger(".lock"))
    lock.take()
    try:
        if not (sure or configuration.ledger_is_missing):
            ask("There is a ledger in place: it will be set aside, and served no longer. Go on?")
        return run(restore_ledger(configuration, file, by, utc_now()))
    finally:
        lock.release()


def _tell(holds: "Copied") -> None:
    if holds.at is not None:
        say(f"- made on {when(holds.at)}")
    say(f"- {holds.contacts} contacts, {holds.opt_outs} opt-outs, {holds.deliveries} messages")
    say(f"- schema {holds.schema}, mark {holds.mark}")
