"""Markdown as our writers use it, to tokens and to HTML.

Paragraphs, ``#`` and ``##`` headings, bold, italic, lists, quotes, rules, line breaks, links, and
the boxes and buttons of ``content.composing.components``. HTML in the source is shown, not used.
A link shows where it leads: when its text doesn't, its host is written behind it.
"""

import re
from collections.abc import Sequence
from urllib.parse import unquote, urlsplit

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from scheduler.content.composing.components import MarkdownFault, install
from scheduler.content.composing.html import HtmlRenderer, clean

_TARGET = re.compile(
    r"https://[^\s/?#@\\<>\"]+(?:[/?#][^\s\\<>\"]*)?"
    r"|mailto:[^\s?@<>\"]+@[^\s@<>\"]+"
    r"|tel:\+?[0-9().-]+"
)
_RULES = (
    *("heading", "list", "blockquote", "hr"),
    *("newline", "escape", "emphasis", "link", "autolink"),
)


class _Reader(MarkdownIt):
    def validateLink(self, url: str) -> bool:
        return bool(_TARGET.fullmatch(url))


def parse(source: str, slot: re.Pattern[str] | None = None) -> list[Token]:
    """The tokens of ``source``; ``slot`` matches the marks of contact fields.

    Raises MarkdownFault, with its line, for a picture, a refused or broken link, a contact field
    in a link, a heading below ``##``, or a box that is unknown or not closed.
    """
    return _READER.parse(source, {"slot": slot})


def to_html(tokens: Sequence[Token]) -> str:
    """Safe HTML: rendered from the tokens, then cleaned once more."""
    return clean(str(_READER.renderer.render(tokens, _READER.options, {})))


def address_shown(target: str) -> str:
    """What a reader is shown of a link's target: its host, its mailbox or its number."""
    if target.startswith("https://"):
        return urlsplit(target).netloc
    return unquote(target.partition(":")[2].partition("?")[0])


def words(children: Sequence[Token]) -> str:
    """The text of inline tokens, without their marks."""
    return "".join(" " if child.type.endswith("break") else child.content for child in children)


def _read_inline(state: StateCore) -> None:
    """The library's own step, with the line of a fault and the shown addresses added."""
    tokens = state.tokens
    for index, token in enumerate(tokens):
        line = token.map[0] + 1 if token.map else None
        if token.type == "heading_open" and token.tag not in ("h1", "h2"):
            raise MarkdownFault("un titre a plus de deux #", "gardez # et ##", line)
        if token.type != "inline" or token.children is None:
            continue
        try:
            state.md.inline.parse(token.content, state.md, state.env, token.children)
            token.children = _with_addresses(token.children, state.env["slot"])
        except MarkdownFault as fault:
            fault.line = fault.line or line
            raise
        if tokens[index - 1].type == "button_open":
            _make_button(token.children, tokens[index + 1])


def _with_addresses(children: list[Token], slot: re.Pattern[str] | None) -> list[Token]:
    result: list[Token] = []
    start = 0
    for child in children:
        result.append(child)
        if child.type == "link_open":
            start = len(result)
        elif child.type == "link_close":
            target, text = str(result[start - 1].attrs["href"]), words(result[start:])
            _check_link(target, text, slot)
            shown = address_shown(target)
            if shown.lower() not in text.lower():
                result.append(Token("address", "", 0, content=shown))
    return result


def _check_link(target: str, text: str, slot: re.Pattern[str] | None) -> None:
    if not target or not text.strip():
        raise MarkdownFault(
            "un lien n'a pas d'adresse ou pas de texte", "écrivez [texte](https://…)"
        )
    if slot and slot.search(target + text):
        raise MarkdownFault(
            "un champ de contact est dans un lien", "sortez-le du texte et de l'adresse du lien"
        )


def _make_button(children: list[Token], close: Token) -> None:
    """The link of a button bears its class; its address comes under the button, not inside."""
    if children[-1].type == "address":
        close.content = children.pop().content
    children[0].attrSet("class", "bouton-lien")


def _reader() -> MarkdownIt:
    reader = _Reader("zero", renderer_cls=HtmlRenderer).enable(list(_RULES))
    install(reader)
    reader.core.ruler.at("inline", _read_inline)
    return reader


_READER = _reader()
