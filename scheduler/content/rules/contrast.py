"""Is every text of the layout readable?

A page is composed as a real one, its style already in its elements, in daylight and in dark
mode; each text is then compared with the nearest background behind it. A pair of colours that one
rule of the style sheet names together is compared too, used in the page or not.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from html.parser import HTMLParser

from scheduler.content.rules import colours as rules_colours
from scheduler.content.rules.colours import BLACK, LEAST, WHITE, Colour
from scheduler.content.rules.passage import finding
from scheduler.domain.checking.findings import Finding
from scheduler.domain.values import frozen

_DARK = re.compile(r"@media[^{@]*prefers-color-scheme\s*:\s*dark[^{@]*\{")
_MEDIA = re.compile(r"@media[^{@]*\{")
_RULE = re.compile(r"(?<![^{}])(?P<selector>[^{}]*)\{(?P<declarations>[^{}]*)\}")
_INLINE = re.compile(r"style\s*=\s*\"(?P<declarations>[^\"]*)\"")
_HIDDEN = re.compile(r"display\s*:\s*none")
_VOID = frozenset({"br", "hr", "img", "meta", "link", "input", "col", "wbr"})


@frozen
class _Element:
    tag: str
    text: Colour
    background: Colour
    hidden: bool
    #: The class names, and the tag, of the element that chose the text's colour.
    chosen_by: tuple[str, ...]


def contrast(layout: str, file: str, page: Callable[[str], str]) -> Iterator[Finding]:
    """Each pair of colours under 4.5:1. ``page`` composes an e-mail with a layout given to it."""
    seen: set[tuple[Colour, Colour]] = set()
    modes = [(layout, "")]
    if dark := _as_if_dark(layout):
        modes.append((dark, " en mode sombre"))
    for source, mode in modes:
        for element in _texts(page(source)):
            pair = (element.text, element.background)
            if rules_colours.ratio(*pair) < LEAST and pair not in seen:
                seen.add(pair)
                yield _finding(file, _line(layout, element, dark=bool(mode)), pair, mode)
    for offset, pair in _declared_pairs(layout):
        if rules_colours.ratio(*pair) < LEAST and pair not in seen:
            seen.add(pair)
            yield _finding(file, layout.count("\n", 0, offset) + 1, pair, "")


def _finding(file: str, line: int | None, pair: tuple[Colour, Colour], mode: str) -> Finding:
    text, background = (rules_colours.written(each) for each in pair)
    measured = f"{rules_colours.ratio(*pair):.1f}".replace(".", ",")
    message = f"du texte {text} sur un fond {background}{mode} : contraste de {measured} pour 1"
    remedy = "il faut au moins 4,5 pour 1 : foncez l'un ou éclaircissez l'autre"
    return finding("contrast", file, line, message, remedy)


class _Reader(HTMLParser):
    """Notes the colours behind and of every visible text."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[_Element] = []
        self._open = [_Element(tag="", text=BLACK, background=WHITE, hidden=False, chosen_by=())]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        style = given.get("style", "")
        colours = rules_colours.read(style)
        element = replace(self._open[-1], tag=tag)
        if tag in ("head", "style", "title") or _HIDDEN.search(style):
            element = replace(element, hidden=True)
        background = colours.background or rules_colours.colour(given.get("bgcolor", ""))
        if background:
            element = replace(element, background=background)
        if colours.text:
            chosen_by = (*given.get("class", "").split(), tag)
            element = replace(element, text=colours.text, chosen_by=chosen_by)
        if tag not in _VOID:
            self._open.append(element)

    def handle_endtag(self, tag: str) -> None:
        if any(element.tag == tag for element in self._open):
            while self._open.pop().tag != tag:
                pass

    def handle_data(self, data: str) -> None:
        if data.strip() and not self._open[-1].hidden:
            self.found.append(self._open[-1])


def _texts(page: str) -> list[_Element]:
    reader = _Reader()
    reader.feed(page)
    return list(dict.fromkeys(reader.found))


def _as_if_dark(layout: str) -> str:
    """The layout with its rules for dark mode among the plain ones; empty when it has none."""
    block = _DARK.search(layout)
    if not block:
        return ""
    end = _end_of(layout, block.end())
    return layout[: block.start()] + layout[block.end() : end] + layout[end + 1 :]


def _end_of(style: str, start: int) -> int:
    """The offset of the brace that closes the block whose content starts at ``start``."""
    depth = 1
    for offset in range(start, len(style)):
        depth += {"{": 1, "}": -1}.get(style[offset], 0)
        if not depth:
            return offset
    return len(style)


def _line(layout: str, element: _Element, *, dark: bool) -> int | None:
    """The line that declares the text's colour: the one whose selector fits best."""
    media = [(block.start(), _end_of(layout, block.end())) for block in _MEDIA.finditer(layout)]
    wanted = _DARK.search(layout) if dark else None
    best, chosen = -1, None
    for offset, colour in rules_colours.text_colours(layout):
        inside = next((start for start, end in media if start <= offset <= end), None)
        if colour != element.text or inside != (wanted.start() if wanted else None):
            continue
        line = layout.count("\n", 0, offset) + 1
        words = re.findall(r"[\w-]+", layout.split("\n")[line - 1])
        fit = sum(name in words for name in element.chosen_by)
        if fit > best:
            best, chosen = fit, line
    return chosen if chosen or not dark else _line(layout, element, dark=False)


def _declared_pairs(layout: str) -> Iterator[tuple[int, tuple[Colour, Colour]]]:
    for pattern in (_RULE, _INLINE):
        for found in pattern.finditer(layout):
            declarations = found["declarations"]
            colours = rules_colours.read(declarations)
            if colours.text and colours.background and not _HIDDEN.search(declarations):
                at = found.start("declarations")
                yield at, (colours.text, colours.background)
