"""demo, init: an installation of one's own, from the program alone."""

from pathlib import Path

import typer

from scheduler.cli.context import Context, run_long
from scheduler.cli.language import say

#: Where `demo` lives unless told otherwise.
DEMO = Path("reflexe-demo")


def register(app: typer.Typer) -> None:
    app.command("demo")(demo)
    app.command("init")(init)


def demo(
    folder: Path = typer.Argument(DEMO, help="Where it lies; made if it isn't there."),
) -> None:
    """Start the daemon on the shipped year and invented people, in a folder of its own. Nobody is
    reached. Said again, it goes on in the same folder."""
    from scheduler.cli.upkeep.daemon import run_daemon_on
    from scheduler.config.shipped import CONFIG, lay_out

    if not (folder / CONFIG).is_file():
        lay_out(folder, samples=True)
        say(f"The demonstration is in {folder}; delete the folder and nothing is left of it.")
    run_long(run_daemon_on(Context(config=str(folder / CONFIG)), samples=True))


def init(
    folder: Path = typer.Argument(..., help="A folder that isn't there yet, or is empty."),
) -> None:
    """Lay out an installation for a real site: configuration, the year's texts, audiences, and how
    to run it as a service."""
    from scheduler.config.shipped import CONFIG, lay_out

    for one in lay_out(folder):
        typer.echo(str(one))
    say("Next:")
    say(
        f"1. {folder / CONFIG}: the organisation, its addresses and its relay (docs/going-live.md)."
    )
    say(f"2. reflexe --config {folder / CONFIG} check")
    say(f"3. reflexe --config {folder / CONFIG} run, or compose.yaml, or reflexe.service")
