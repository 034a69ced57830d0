"""Reads a text as its file has it, so that every fault is found at its own line.

Rendering drops the branches not taken and the lines of ``{% if %}``; here both branches are read
and every line keeps its number.
"""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from scheduler.content.composing import markdown
from scheduler.content.composing.components import MarkdownFault
from scheduler.content.composing.render import MARKDOWN
from scheduler.content.grammar import Scope, parse
from scheduler.content.library import MAX_PARAGRAPH

#: Stand in for a contact field, and for any other field (which may be an address).
_SLOT = "q0slot0q"
_FIELD = "https://champ.example"
_SLOT_MARK = re.compile(_SLOT)


@lru_cache(maxsize=1024)  # the footer and the snippets are in every message
def check(source: str, scope: Scope) -> None:
    """Raise ContentError at the first fault of a Markdown text, of fields first, then of marks."""
    parse(MARKDOWN, source, scope)
    line = 1
    for paragraph in source.split("\n\n"):
        if len(paragraph) > MAX_PARAGRAPH:
            what = f"un paragraphe a plus de {MAX_PARAGRAPH} caractères"
            raise scope.fault(what, "faites-en plusieurs", line)
        line += paragraph.count("\n") + 2
    try:
        markdown.parse(_with_stand_ins(source, scope.slots), _SLOT_MARK)
    except MarkdownFault as fault:
        raise scope.fault(fault.what, fault.remedy, fault.line) from None


def _with_stand_ins(source: str, slots: Iterable[str]) -> str:
    out: list[str] = []
    names: list[str] = []
    for _, kind, value in MARKDOWN.lex(source):
        if kind == "data":
            out.append(value)
            continue
        if kind == "name":
            names.append(value)
        elif kind == "variable_end":
            out.append(_stand_in(names, slots))
        elif kind in ("variable_begin", "block_begin"):
            names = []
        out.append("\n" * value.count("\n"))
    return "".join(out)


def _stand_in(names: Sequence[str], slots: Iterable[str]) -> str:
    return _SLOT if any(name in slots for name in names) else _FIELD
