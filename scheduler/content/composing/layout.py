"""The HTML page around a body: one Jinja template, its style moved into the elements.

A message loads nothing: no script, style sheet, frame or picture from elsewhere. That is checked
on the layout's text, and the inliner is told never to fetch.
"""

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from scheduler.content import fields
from scheduler.content.composing.render import HTML, Text
from scheduler.content.grammar import Scope, parse
from scheduler.domain.errors import ContentError

if TYPE_CHECKING:
    from css_inline import CSSInliner

PATH = "_layouts/email.html"
_REFUSED = re.compile(
    r"<\s*(?:script|link|base|iframe|object|embed|form|meta\s[^<>]*http-equiv=[\"']?refresh)\b"
    r"|\son[a-z]+\s*=|@import|url\(|(?:src|srcset|background)\s*=\s*+(?![\"']?cid:)",
    re.IGNORECASE,
)


@cache
def _inliner() -> "CSSInliner":
    """Loaded with the first page that is laid out: a daemon lays out none for weeks."""
    from css_inline import CSSInliner

    return CSSInliner(keep_at_rules=True, load_remote_stylesheets=False)


@lru_cache(maxsize=4)  # one layout serves every e-mail
def check(source: str, where: str) -> str:
    """``source`` when it can be used. Raises ContentError with the line otherwise."""
    scope = _scope(where)
    parse(HTML, source, scope)
    if refused := _REFUSED.search(source):
        raise scope.fault(
            f"« {refused[0].strip()} » ferait charger ou exécuter quelque chose",
            "un courriel ne charge rien : retirez-le",
            source.count("\n", 0, refused.start()) + 1,
        )
    return source


def lay_out(source: str, where: str, values: Mapping[str, object]) -> str:
    """The whole page, in CRLF-free HTML. Raises ContentError when it can't be made."""
    from css_inline import InlineError

    page = Text(HTML, source, _scope(where)).render(values)
    try:
        return _inliner().inline(page).replace("\r\n", "\n")
    except InlineError as error:
        raise ContentError(
            where=where,
            what=f"le style de la page ne se lit pas ({error})",
            remedy="corrigez <style>",
        ) from None


def _scope(where: str) -> Scope:
    return Scope(where=where, fields=fields.LAYOUT, attributes=fields.LAYOUT_ATTRIBUTES)
