"""twin: a message on a wall, on a screen, on the networks, on the intranet, or aloud."""

from datetime import date, time
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from scheduler.cli.context import run
from scheduler.cli.language import is_french, say, tr
from scheduler.cli.misuse import as_sentence
from scheduler.cli.writing.messages import MESSAGE
from scheduler.domain.errors import ContentError, NotFound, ReflexeError
from scheduler.domain.twins import LONGEST_POST, POST_AT, Twin

if TYPE_CHECKING:
    from scheduler.flow.writing.post_days import Nowhere
    from scheduler.flow.writing.twins import Asked, Made


class Paper(StrEnum):
    A4 = "a4"
    A3 = "a3"


AS = typer.Option(..., "--as", help="What to make of it.")
PAPER = typer.Option(Paper.A4, "--paper", help="Of a poster.")
OUT = typer.Option(
    None, "--out", help="Write a .html, .pdf, .txt or .png file instead, as the twin allows."
)
#: Twin -> the endings that its file may have.
_PAGE, _TEXT = (".html",), (".txt",)
_ENDINGS = {
    Twin.POSTER: (*_PAGE, ".pdf"),
    Twin.SCREEN: _PAGE,
    Twin.INTRANET: _PAGE,
    Twin.POST: (*_TEXT, ".png"),
    Twin.AUDIO: _TEXT,
}


def register(app: typer.Typer) -> None:
    app.command("twin")(twin)


def twin(
    context: typer.Context,
    message: str = MESSAGE,
    kind: Twin = AS,
    audience: str = typer.Option("", "--audience", help="For this audience."),
    language: str = typer.Option("", "--language", help="In it: fr, en, fr-falc…"),
    paper: Paper = PAPER,
    with_address: bool = typer.Option(
        False, "--with-address", help="Give the address of a text that isn't for everybody."
    ),
    out: Path | None = OUT,
) -> None:
    """Make a message's poster, screen, post, intranet piece or voice script; nothing is sent."""
    from scheduler.flow.writing.twins import Asked

    asked = Asked(
        message=message.strip("/"),
        kind=kind,
        audience=audience,
        language=language,
        paper=paper,
        with_address=with_address,
    )
    if out is not None and out.suffix not in _ENDINGS[kind]:
        endings = f" {tr('or')} ".join(_ENDINGS[kind])
        raise NotFound(f"--out takes a {endings} file for this twin")
    try:
        made, nowhere = run(_made(context, asked))
    except ContentError as error:
        typer.echo(as_sentence(error), err=True)
        raise typer.Exit(1) from error
    if out is None:
        typer.echo(made.text, nl=not made.text.endswith("\n"))
    else:
        _write(made, out)
    _tell(made, out)
    if nowhere is not None:
        _tell_nowhere(nowhere)


async def _made(context: typer.Context, asked: "Asked") -> "tuple[Made, Nowhere | None]":
    from scheduler.flow.writing.post_days import Nowhere, leads_nowhere, opens_on
    from scheduler.flow.writing.twins import make

    lacks_ledger = context.obj.load().ledger_is_missing
    async with context.obj.opened_to_look() as app:
        tokens = None if lacks_ledger else app.ledger.tokens
        now = app.clock()
        made = await make(app.agenda, tokens, asked, now)
        nowhere = None
        if made.address and (
            tokens is None
            or await leads_nowhere(made.address, app.public, lambda: app.writer, tokens, now)
        ):
            nowhere = Nowhere(until=opens_on(app.agenda, asked.message, now))
        return made, nowhere


def _write(made: "Made", out: Path) -> None:
    from scheduler.cli.writing.shared_file import write_shared

    try:
        write_shared(out, _octets(made, out.suffix))
    except OSError as unwritable:
        raise ReflexeError(f"{out} can't be written: {unwritable.strerror}") from unwritable
    say(f"{out}: templates/{made.source.path}, {made.audience.label}")


def _octets(made: "Made", ending: str) -> bytes:
    if ending == ".pdf":
        return _pdf(made.text)
    if ending == ".png":
        if made.post is None or not made.post.picture:
            raise NotFound("this message has no drawing to make a picture of")
        return made.post.picture
    return made.text.encode()


def _pdf(html: str) -> bytes:
    """Nothing is fetched: all that the page shows is in it."""
    try:
        from weasyprint import HTML
    except (ImportError, OSError) as missing:
        raise NotFound(
            "a .pdf wants the extra 'pdf' (pip install 'reflexe[pdf]') and Pango; "
            "or print the .html from a browser"
        ) from missing
    return bytes(HTML(string=html).write_pdf())


def _tell(made: "Made", out: Path | None) -> None:
    """What whoever uses it must know, beside the twin itself."""
    if not made.address and made.asked.kind is not Twin.AUDIO:
        say(
            "It gives no address of this message: its text isn't for everybody, or there is no "
            "ledger yet.",
            err=True,
        )
    if made.post is None:
        return
    post = made.post
    say(f"{post.length} characters of {LONGEST_POST}", err=True)
    if post.day is not None:
        say(f"Advised: {_day(post.day)}, {_hour(POST_AT)}; a person posts it.", err=True)
    if post.picture and (out is None or out.suffix != ".png"):
        say("Its picture, 1200 × 627: --out FILE.png", err=True)
    if post.alt:
        say(f"Alternative text: {post.alt}", err=True)


def _tell_nowhere(nowhere: "Nowhere") -> None:
    if nowhere.until is None:
        say("Its address leads nowhere until the message is sent.", err=True)
    else:
        say(f"Its address leads nowhere before {_day(nowhere.until)}, when it is sent.", err=True)


def _hour(at: time) -> str:
    from scheduler.domain.words.french import french_clock

    return french_clock(at) if is_french() else f"{at:%H:%M}"


def _day(day: date) -> str:
    from scheduler.domain.words.french import french_date

    return french_date(day) if is_french() else day.isoformat()
