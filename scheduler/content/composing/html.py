"""Our tokens as HTML that mail programs show alike, cleaned once more before it is used.

Boxes and buttons are tables, for some mail programs ignore padding on anything else. The class
names are the ones that ``templates/_layouts/email.html`` gives a look to.
"""

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from markupsafe import escape

if TYPE_CHECKING:
    from nh3 import Cleaner

_TABLE = 'cellpadding="0" cellspacing="0" border="0"'
_CELL_END = "</td></tr></tbody></table>\n"
_TAGS = {
    *("p", "h1", "h2", "strong", "em", "a", "ul", "ol", "li", "blockquote", "hr", "br", "span"),
    *("table", "tbody", "tr", "td"),
}
_ATTRIBUTES = {
    "a": {"href", "class"},
    "ol": {"start"},
    "p": {"class"},
    "span": {"class"},
    "td": {"class"},
    "table": {"class", "role", "width", "cellpadding", "cellspacing", "border"},
}
_SCHEMES = {"https", "mailto", "tel"}


@cache
def _cleaner() -> "Cleaner":
    """Loaded with the first text that is composed: a daemon composes none for weeks."""
    from nh3 import Cleaner

    return Cleaner(tags=_TAGS, attributes=_ATTRIBUTES, url_schemes=_SCHEMES, link_rel=None)


class HtmlRenderer(RendererHTML):
    """One method a token of ours; the library finds them by name."""

    def box_open(
        self, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType
    ) -> str:
        kind = tokens[index].info
        return (
            f'<table role="presentation" class="bloc {kind}" width="100%" {_TABLE}><tbody><tr>'
            f'<td class="bloc-cellule {kind}-cellule">\n'
        )

    def box_close(
        self, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType
    ) -> str:
        return _CELL_END

    def box_title_open(
        self, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType
    ) -> str:
        return f'<p class="bloc-titre {tokens[index].info}-titre">'

    def box_title_close(
        self, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType
    ) -> str:
        return "</p>\n"

    def button_open(
        self, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType
    ) -> str:
        return (
            f'<table role="presentation" class="bouton" {_TABLE}><tbody><tr>'
            '<td class="bouton-cellule">'
        )

    def button_close(
        self, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType
    ) -> str:
        shown = tokens[index].content
        return _CELL_END + (f'<p class="bouton-adresse">{escape(shown)}</p>\n' if shown else "")

    def address(
        self, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType
    ) -> str:
        return f' <span class="adresse">({escape(tokens[index].content)})</span>'


def clean(html: str) -> str:
    """``html`` with only the tags, attributes and link schemes that this engine makes."""
    return _cleaner().clean(html)
