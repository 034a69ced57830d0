"""What was wrong, in the run's language: a command said wrongly, or an error of the program."""

from typing import Any

import typer

from scheduler.cli.language import colon, is_french, say, tr
from scheduler.domain.errors import (
    ConfigError,
    ContentError,
    Fault,
    ImportRefused,
    NotFound,
    ReflexeError,
    TextsFaulty,
)


def tell(misuse: Any) -> int:
    """On stderr; returns the exit code. ``misuse`` is any of typer's own exceptions."""
    context = getattr(misuse, "ctx", None)
    told = misuse.format_message().replace("Value error, ", "")
    if type(misuse).__name__ == "NoArgsIsHelpError":
        typer.echo(told, err=True)
    else:
        if context is not None:
            typer.echo(context.get_usage(), err=True)
            way = f"{context.command_path} --help"
            say(f"Try {way!r} for help.", err=True)
            typer.echo(err=True)
        typer.echo(tr(f"Error: {told}"), err=True)
    return int(misuse.exit_code)


def told_of(error: ReflexeError) -> str:
    """Each fault of the configuration on a line; any other error as the sentence that it is."""
    if isinstance(error, ConfigError):
        return "\n".join(map(fault_text, error.faults))
    if isinstance(error, ContentError):
        return as_sentence(error)
    if isinstance(error, TextsFaulty):
        from scheduler.cli.output.findings import lines_of

        return "\n".join([tr(str(error)), *lines_of(error.findings)])
    if isinstance(error, ImportRefused):
        return of_a_file(str(error))
    return _writers(str(error)) if isinstance(error, NotFound) else tr(str(error))


def of_a_file(refusal: str) -> str:
    """A sentence of the program, or a fault of a file: where, what, and the remedy."""
    told = tr(refusal)
    place, parted, rest = refusal.partition(": ")
    what, dash, remedy = rest.partition(" — ")
    if told != refusal or not (parted and dash):
        return told
    return f"{place}{colon()} {tr(what)} — {tr(remedy)}"


def as_sentence(error: ContentError) -> str:
    """A writer's fault, on one line; what is to be filled in, on lines of its own. One inside a
    file of theirs is told whole as ``check`` tells it, and never half in each language."""
    from scheduler.cli.english import english

    fault = error.fault
    if not (is_french() or (english(fault.what) and english(fault.remedy))):
        place = f"{fault.where}, ligne {fault.line}" if fault.line else fault.where
        return f"{place} : {fault.what} — {fault.remedy}"
    line = tr("line") if fault.line else ""
    place = f"{fault.where}, {line} {fault.line}" if fault.line else fault.where
    return f"{place}{colon()} {_writers(fault.what)} — {_writers(fault.remedy)}"


def _writers(sentence: str) -> str:
    from scheduler.cli.english import writers

    told = writers(sentence, in_french=is_french())
    return tr(sentence) if told == sentence else told


def fault_text(fault: Fault) -> str:
    """With its place as editors and terminals understand it: ``file:line``."""
    place = f"{fault.where}:{fault.line}" if fault.line else fault.where
    key = f" {fault.key}:" if fault.key else ""
    return f"{place}:{key} {tr(fault.what)} — {tr(fault.remedy)}"
