"""How previews show themselves: on the terminal, or in a file that another program opens."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from scheduler.cli.language import is_french, say, tr
from scheduler.cli.output import words
from scheduler.domain.errors import NotFound, ReflexeError
from scheduler.domain.measure.prices import Prices, euros

if TYPE_CHECKING:
    from scheduler.domain.showing.desk import EmailView, SmsView
    from scheduler.flow.writing.choosing import Chosen


def show(chosen: "Sequence[Chosen]", prices: Prices) -> None:
    """Each message as text, under a line that says which it is."""
    from scheduler.domain.showing.desk import EmailView

    for one in chosen:
        name = words.channel_heading(one.channel)
        file = f"templates/{one.preview.source}"
        say(f"── {name} · {one.audience.label} · {one.preview.variant} · {file}\n")
        view = one.preview.view
        if isinstance(view, EmailView):
            say(f"Subject: {view.subject}\n\n{view.text}")
        else:
            say(f"{view.body}\n\n{_cost(view, one.reader.phone, prices)}\n")


def write(chosen: "Sequence[Chosen]", out: Path) -> None:
    """The first message that such a file can hold. Raises ReflexeError when none can."""
    for one in chosen:
        content = _content(one, out.suffix)
        if content is not None:
            try:
                out.write_bytes(content)
            except OSError as unwritable:
                raise ReflexeError(f"{out} can't be written: {unwritable.strerror}") from unwritable
            say(f"{out}: templates/{one.preview.source}, {one.audience.label}")
            return
    raise NotFound("--out takes a .eml or .html file for an e-mail, a .txt file for any message")


def _content(one: "Chosen", ending: str) -> bytes | None:
    from scheduler.domain.showing.desk import EmailView

    view = one.preview.view
    if isinstance(view, EmailView):
        return _email(one.preview.body, view, ending)
    return one.preview.body if ending == ".txt" else None


def _email(body: bytes, view: "EmailView", ending: str) -> bytes | None:
    forms = {".eml": body, ".html": view.html.encode(), ".txt": view.text.encode()}
    return forms.get(ending)


def _cost(view: "SmsView", number: str, prices: Prices) -> str:
    price = f"{euros(prices.cost(number, view.segments)):.4f}"
    price = price.replace(".", ",") if is_french() else price
    counted = tr(f"{view.units} characters ({view.encoding}), {view.segments} SMS, {price} €")
    if view.costly:
        counted += tr(f"; signs outside the alphabet: {' '.join(view.costly)}")
    return counted
