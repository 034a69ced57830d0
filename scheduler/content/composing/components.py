"""What our Markdown has beside the usual marks: boxes, buttons, and refusals in French.

A box stands alone on its lines; its title is optional; boxes don't hold boxes:

    ::: encadre Le geste de la semaine
    Verrouillez votre écran dès que vous vous levez.
    :::

The kinds are ``encadre`` (the one action), ``points`` (key points, usually a list), ``aide``
(whom to call) and ``citation``. A button stands alone on its line:

    [[Voir la page d'aide|https://example.org/aide]]

Links are https, mailto or tel; pictures are refused, for a message carries nothing remote.
"""

import re

from markdown_it import MarkdownIt
from markdown_it.ruler import RuleOptionsType
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline

KINDS = ("encadre", "points", "aide", "citation")
_OPENING = re.compile(r":::\s*([a-z]+)[ \t]*(.*)")
_BUTTON = re.compile(r"\[\[\s*([^\[\]|]+?)\s*\|\s*(\S+?)\s*\]\]\s*")
_LINK = re.compile(r"\[[^\[\]]*\]\(([^)\n]*)")
#: A value's own signs, as they are put into a text.
_ESCAPE = re.compile(r"\\(?=[^\w\s])")
_ANGLE = re.compile(r"<([A-Za-z][A-Za-z0-9+.-]{0,31}:[^<>\n]*)>")
_BROKEN_BUTTON = re.compile(r"\[\[[^\[\]\n]*\|")
_LINK_REMEDY = "écrivez [texte](https://…), sans espace dans l'adresse"


class MarkdownFault(Exception):
    """What is wrong and how to mend it, in French; ``line`` counts from the text's first line."""

    def __init__(self, what: str, remedy: str, line: int | None = None) -> None:
        super().__init__(what)
        self.what = what
        self.remedy = remedy
        self.line = line


def install(md: MarkdownIt) -> None:
    """Add boxes and buttons to ``md``, and refuse what would be half a link or a picture."""
    may_end: RuleOptionsType = {"alt": ["paragraph", "blockquote", "list"]}
    md.block.ruler.before("paragraph", "box", _box, may_end)
    md.block.ruler.before("paragraph", "button", _button, may_end)
    md.inline.ruler.before("link", "picture", _refuse_picture)
    md.inline.ruler.push("refused_link", _refuse_broken_link)


def _line(state: StateBlock, number: int) -> str:
    return state.src[state.bMarks[number] + state.tShift[number] : state.eMarks[number]].strip()


def _box(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    text = _line(state, start)
    if not text.startswith(":::"):
        return False
    if silent:
        return True
    opening = _OPENING.fullmatch(text)
    if not opening or opening[1] not in KINDS:
        raise MarkdownFault(
            f"« {text} » n'ouvre aucun encadré", f"écrivez ::: {', ::: '.join(KINDS)}", start + 1
        )
    last = next((n for n in range(start + 1, end) if _line(state, n) == ":::"), None)
    if last is None:
        raise MarkdownFault(
            f"l'encadré « {opening[1]} » n'est pas fermé",
            "ajoutez une ligne ::: après lui",
            start + 1,
        )
    _push_box(state, start, last, opening[1], opening[2])
    return True


def _push_box(state: StateBlock, start: int, last: int, kind: str, title: str) -> None:
    token = state.push("box_open", "", 1)
    token.info, token.map = kind, [start, last]
    if title:
        _push_line(state, "box_title", kind, title, start)
    parent, state.parentType = state.parentType, "container"
    state.md.block.tokenize(state, start + 1, last)
    state.parentType = parent
    state.push("box_close", "", -1)
    state.line = last + 1


def _push_line(state: StateBlock, name: str, info: str, text: str, line: int) -> None:
    state.push(f"{name}_open", "", 1).info = info
    inline = state.push("inline", "", 0)
    inline.content, inline.map, inline.children = text, [line, line + 1], []
    state.push(f"{name}_close", "", -1).info = info


def _button(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    button = _BUTTON.fullmatch(_line(state, start))
    if not button:
        return False
    if not silent:
        # One link, read by the link rule like any other; the pair around it makes the button.
        _push_line(state, "button", "", f"[{button[1]}]({button[2]})", start)
        state.line = start + 1
    return True


def _refuse_picture(state: StateInline, silent: bool) -> bool:
    if state.src.startswith("![", state.pos):
        raise MarkdownFault(
            "une image est demandée", "un message ne porte pas d'image : dites-le avec des mots"
        )
    return False


def _refuse_broken_link(state: StateInline, silent: bool) -> bool:
    """Comes after the rules for links: whatever still looks like one here, they didn't take."""
    if _BROKEN_BUTTON.match(state.src, state.pos):
        raise MarkdownFault(
            "un bouton est mal écrit", "écrivez [[Texte|https://…]] seul sur sa ligne"
        )
    broken = _LINK.match(state.src, state.pos) or _ANGLE.match(state.src, state.pos)
    if broken:
        raise MarkdownFault(
            f"le lien vers « {_ESCAPE.sub('', broken[1])} » est refusé",
            f"seules les adresses https:, mailto: et tel: sont permises ; {_LINK_REMEDY}",
        )
    return False
