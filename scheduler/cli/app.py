"""All commands together. Each parses, calls one step, prints.

Nothing heavy is imported before a command runs: ``reflexe --help`` answers at once. What a run
says is in one language, chosen before anything else.
Exit codes: 0 fine, 1 faults found, 2 wrong use or configuration.
"""

import os
import sys

import typer

from scheduler import __version__
from scheduler.cli.answers import bounce, figures, replies, uncertain, whose
from scheduler.cli.context import Context
from scheduler.cli.family import Family
from scheduler.cli.language import Language, colon, language_first, language_of, say, speak
from scheduler.cli.leaving import sending, steering
from scheduler.cli.misuse import tell, told_of
from scheduler.cli.people import contacts as people
from scheduler.cli.people import newcomers, privacy, sources
from scheduler.cli.upkeep import (
    accounts,
    audit,
    backup,
    daemon,
    doctor,
    health,
    installing,
    keys,
    move,
    status,
    upgrade_check,
)
from scheduler.cli.writing import battle, edits, passing, twins
from scheduler.cli.writing import messages as writing
from scheduler.domain.errors import ReflexeError

app = Family(
    name="reflexe",
    help="Runs a cyber-awareness campaign: calendar, e-mail, SMS, every opt-out honoured.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
for family in (
    daemon,
    installing,
    health,
    doctor,
    upgrade_check,
    status,
    sending,
    steering,
    writing,
    passing,
    edits,
    battle,
    twins,
    people,
    newcomers,
    sources,
    privacy,
    keys,
    move,
    backup,
    audit,
    replies,
    bounce,
    whose,
    uncertain,
    figures,
    accounts,
):
    family.register(app)


def _version(wanted: bool) -> None:
    if wanted:
        from scheduler.bootstrap import HEAD

        say(f"reflexe {__version__} (ledger's schema {HEAD})")
        raise typer.Exit


@app.callback()
def _options(
    context: typer.Context,
    config: str = typer.Option(
        "config.yaml", "--config", envvar="REFLEXE_CONFIG", help="Path of config.yaml."
    ),
    lang: Language | None = typer.Option(
        None,
        "--lang",
        help="The language of help, errors and tables. Absent: the locale's, and French for check.",
    ),
    version: bool = typer.Option(
        False, "--version", callback=_version, is_eager=True, help="Print the version and stop."
    ),
) -> None:
    del lang  # was heard before the commands were: their help is told in it
    context.obj = Context(config=config)


def main() -> None:
    """Run a command; an error of ours is a sentence on stderr, not a traceback."""
    words = language_first(sys.argv[1:])
    speak(language_of(words, os.environ))
    try:
        code = app(args=words, prog_name="reflexe", standalone_mode=False)
    except ReflexeError as error:
        typer.echo(f"reflexe{colon()} {told_of(error)}", err=True)
        sys.exit(2)
    except KeyboardInterrupt:
        sys.exit(130)
    except typer.Abort:
        say("Aborted!", err=True)
        sys.exit(1)
    except typer.TyperException as misuse:
        sys.exit(tell(misuse))
    if code:
        sys.exit(code)
