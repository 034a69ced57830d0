"""A command that was said wrongly: how it is used, and what was wrong, in the run's language."""

from typing import Any

import typer

from scheduler.cli.language import say, tr


def tell(misuse: Any) -> int:
    """On stderr; returns the exit code. ``misuse`` is any of typer's own exceptions."""
    context = getattr(misuse, "ctx", None)
    told = misuse.format_message().replace("Value error, ", "")
    if type(misuse).__name__ == "NoArgsIsHelpError":
        typer.echo(told, err=True)
    else:
        if context is not None:
            typer.echo(context.get_usage(), err=True)
            say(f"Try '{context.command_path} --help' for help.", err=True)
            typer.echo(err=True)
        typer.echo(tr(f"Error: {told}"), err=True)
    return int(misuse.exit_code)
