"""All commands together. Each parses, calls one step, prints.

Nothing heavy is imported before a command runs: ``reflexe --help`` answers at once.
Exit codes: 0 fine, 1 faults found, 2 wrong use or configuration.
"""

import sys

import typer

from scheduler import __version__
from scheduler.cli import (
    audit,
    bounce,
    daemon,
    health,
    keys,
    move,
    people,
    privacy,
    replies,
    sending,
    status,
    steering,
    uncertain,
    writing,
)
from scheduler.cli.context import Context
from scheduler.domain.errors import ReflexeError

app = typer.Typer(
    name="reflexe",
    help="Runs a cyber-awareness campaign: calendar, e-mail, SMS, every opt-out honoured.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
for family in (
    daemon,
    health,
    status,
    sending,
    steering,
    writing,
    people,
    privacy,
    keys,
    move,
    audit,
    replies,
    bounce,
    uncertain,
):
    family.register(app)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"reflexe {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    context: typer.Context,
    config: str = typer.Option(
        "config.yaml", "--config", envvar="REFLEXE_CONFIG", help="Path of config.yaml."
    ),
    version: bool = typer.Option(
        False, "--version", callback=_version, is_eager=True, help="Print the version and stop."
    ),
) -> None:
    context.obj = Context(config=config)


def main() -> None:
    """Run a command; an error of ours is a sentence on stderr, not a traceback."""
    try:
        app()
    except ReflexeError as error:
        typer.echo(f"reflexe: {error}", err=True)
        sys.exit(2)
    except KeyboardInterrupt:
        sys.exit(130)
