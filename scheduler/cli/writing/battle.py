"""battle: the password battle as one page, for a projector without a network."""

from pathlib import Path

import typer

from scheduler.cli.language import say


def register(app: typer.Typer) -> None:
    app.command()(battle)


def battle(
    context: typer.Context,
    out: Path = typer.Option(..., "--out", help="The page to write; it works without a network."),
) -> None:
    """Write the password battle as one page, with everything within, in French and English."""
    from scheduler.bootstrap import battles_of
    from scheduler.cli.writing.shared_file import write_shared
    from scheduler.domain.errors import ReflexeError
    from scheduler.flow.who_writes import host_of
    from scheduler.web.battle.page import alone

    configuration = context.obj.load()
    battles, values = battles_of(configuration)
    page = alone(battles, values, drawn=host_of(configuration.settings).is_ours)
    try:
        write_shared(out, page.encode())
    except OSError as unwritable:
        raise ReflexeError(f"{out} can't be written: {unwritable.strerror}") from unwritable
    say(f"The battle is written to {out}: open it in a browser; nothing that is typed leaves it.")
