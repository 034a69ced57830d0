"""whose: « Ours or not? », of a mail that somebody shows."""

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from scheduler.cli.answers.whose_words import SIGNS, VERDICTS
from scheduler.cli.context import run
from scheduler.cli.language import say, tr

if TYPE_CHECKING:
    from scheduler.domain.answers.whose import Answer


def register(app: typer.Typer) -> None:
    app.command()(whose)


def whose(
    context: typer.Context,
    file: Path = typer.Argument(
        help="The mail as it came (.eml), or one that has it attached; - is standard input."
    ),
    as_json: bool = typer.Option(False, "--json", help="Print JSON."),
) -> None:
    """Ours or not? A mail beside the ledger, and why. Exit 1 when it isn't ours."""

    async def step() -> "Answer":
        from scheduler.bootstrap import whose_mail

        raw = _read(file)
        async with context.obj.opened() as app:
            return await whose_mail(app, raw)

    answer = run(step())
    if as_json:
        _print(answer)
    else:
        say(VERDICTS[answer.verdict])
        if answer.sent is not None and answer.sent.left:
            say(f"It is {answer.sent.occurrence}, sent {answer.sent.at:%Y-%m-%d %H:%M} UTC.")
        for sign in answer.signs:
            say(f"- {tr(SIGNS[sign])}")
    if answer.verdict not in ("ours", "trial"):
        raise typer.Exit(1)


def _print(answer: "Answer") -> None:
    from scheduler.cli.output.printing import print_json

    sent = answer.sent
    print_json(
        {
            "verdict": answer.verdict,
            "signs": list(answer.signs),
            "occurrence": sent.occurrence if sent else None,
            "left": sent.left if sent else None,
            "at": sent.at if sent else None,
        }
    )


def _read(file: Path) -> bytes:
    """As much as is ever looked at. Raises NotFound."""
    from scheduler.cli.answers.reading import unreadable
    from scheduler.domain.errors import NotFound
    from scheduler.web.limits import LARGEST_UPLOAD

    try:
        if str(file) == "-":
            return typer.get_binary_stream("stdin").read(LARGEST_UPLOAD)
        with file.open("rb") as opened:
            return opened.read(LARGEST_UPLOAD)
    except OSError as fault:
        raise NotFound(unreadable(file, fault)) from fault
