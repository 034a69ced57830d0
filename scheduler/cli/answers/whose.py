"""whose: « Ours or not? », of a mail that somebody shows."""

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from scheduler.cli.context import run
from scheduler.cli.language import say, tr

if TYPE_CHECKING:
    from scheduler.domain.answers.whose import Answer

#: By the name of a verdict or a sign; their French is the desk's own.
VERDICTS = {
    "ours": "This message is ours.",
    "copied": "Beware: part of this message was copied from one of ours, and the rest wasn't. "
    "Treat it as a fake.",
    "trial": "This message is a trial or a rehearsal of our team.",
    "not-ours": "This message isn't ours.",
    "cant-tell": "Can't tell: this isn't a mail with its headers.",
}
SIGNS = {
    "sent": "its Message-ID is of a message that we sent",
    "forgotten": "its Message-ID was made by our keys, and the ledger keeps that message no more",
    "never-left": "its Message-ID is of a message that never left us",
    "no-number": "its Message-ID is none of ours",
    "trial-number": "its Message-ID was made by our keys, for a trial",
    "no-head": "it has no headers: ask for it forwarded as an attachment, saved as a file (.eml), "
    "or for its source (“Show original”, “View source”)",
    "sender": "it says that it comes from the address we write from",
    "other-sender": "it says that it comes from another address than ours",
    "other-reply": "an answer to it would go to another address than ours",
    "addressee": "it is addressed to whom we sent it",
    "other-addressee": "it is addressed to somebody else than whom we sent it to",
    "way-out": "its unsubscribe link was made by our keys",
    "other-way-out": "its unsubscribe link isn't ours for this message",
    "trial-way-out": "its unsubscribe link is a trial's",
    "link-elsewhere": "one of its links leads to a site that our messages never name",
    "attached": "it has an attachment, as our messages never have",
    "cut": "it is longer than what is looked at, as our messages never are",
    "inside": "it was attached to another mail: the answer says nothing of the one that bears it",
    "signed": "it bears a signature (DKIM) of our domain, which isn't verified here",
    "unsigned": "it bears no signature (DKIM) of our domain",
}


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
