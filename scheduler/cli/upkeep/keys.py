"""keys: the ring that seals personal data, another key in front of it, and the change to it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import typer

from scheduler.cli.context import Context, actor, run
from scheduler.cli.family import Family
from scheduler.cli.language import say

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scheduler.bootstrap import App

BY = typer.Option("", "--by", help="Who acts, for the audit log. Default: this account's name.")


def register(app: typer.Typer) -> None:
    keys = Family(name="keys", help="The keys of keys.file.", no_args_is_help=True)
    keys.command("list")(list_keys)
    keys.command("add")(add)
    keys.command("rotate")(rotate)
    app.add_typer(keys)


def list_keys(
    context: typer.Context, as_json: bool = typer.Option(False, "--json", help="Print JSON.")
) -> None:
    """Each key's id, newest first, and how many addresses are found by it. Never a secret."""
    from scheduler.cli.output.printing import print_json, print_table

    async def step() -> "list[tuple[str, int, int]]":
        from scheduler.bootstrap import rotation_of

        async with context.obj.opened() as app:
            return list(await rotation_of(app).keys_in_use())

    rows = run(step())
    if as_json:
        print_json([{"key": key, "living": living, "erased": gone} for key, living, gone in rows])
    else:
        print_table(("Key", "Living addresses", "Erased or former ones"), rows)


def add(context: typer.Context, by: str = BY) -> None:
    """Put a new key in front of keys.file; it seals from then on. The daemon must be stopped."""

    async def step() -> str:
        from scheduler.bootstrap import add_key

        async with _alone(context.obj) as app:
            return await add_key(app, actor(by), app.clock())

    key = run(step())
    say(
        f"Key {key} is in keys.file: back the file up now, apart from the ledger. Then run "
        "`reflexe keys rotate`. Keep every older key in the file."
    )


def rotate(
    context: typer.Context,
    dry_run: bool = typer.Option(False, "--dry-run", help="Say what is left; change nothing."),
    by: str = BY,
) -> None:
    """Seal everything with the newest key, and digest living addresses anew. The daemon must be
    stopped; cut short, say it again."""

    async def look() -> "Mapping[str, int]":
        from scheduler.bootstrap import rotation_of

        async with context.obj.opened() as app:
            return await rotation_of(app).left()

    async def step() -> "Mapping[str, int]":
        from scheduler.bootstrap import rotation_of

        async with _alone(context.obj) as app:
            return await rotation_of(app).run(actor(by), app.clock())

    counts = run(look() if dry_run else step())
    say("Not the newest key's yet:" if dry_run else "Brought to the newest key:")
    for table, count in counts.items():
        say(f"{count:>9} {table}")


@asynccontextmanager
async def _alone(context: Context) -> "AsyncIterator[App]":
    """While no daemon runs: it would hold the older ring. Raises LedgerError when one does."""
    from scheduler.daemon.lock import DaemonLock
    from scheduler.domain.errors import LedgerError

    async with context.opened() as app:
        lock = DaemonLock(app.configuration.beside_ledger(".lock"))
        lock.take()
        try:
            if not await app.ledger.database.hold(alone=True):
                raise LedgerError("a daemon works on this ledger: stop it first")
            yield app
        finally:
            lock.release()
