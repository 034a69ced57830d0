"""Rules on how a text is built: headings, conditions, blanks. They read a file as it is written."""

import re
from collections.abc import Collection, Iterator

from jinja2 import nodes

from scheduler.content.composing.render import MARKDOWN
from scheduler.content.grammar import Scope, parse
from scheduler.content.rules.passage import Passage, with_examples
from scheduler.domain.checking.findings import Finding
from scheduler.domain.errors import ContentError

_HEADING = re.compile(r"^(?P<marks>#{1,6})(?P<gap>[ \t]*)(?P<title>.*)$", re.MULTILINE)
#: Text, then a tag at the end of its line, then a line that isn't a tag of its own.
_SWALLOWED = re.compile(r"^(?P<line>[^\n]*%\})\n(?P<next>[^\n]*)", re.MULTILINE)
_TAGS = re.compile(r"\{%.{0,400}?%\}|\{#.{0,400}?#\}")
_UNFILLED = re.compile(
    r"(?<![{%$])\{ *[a-zéèà_]{2,30} *\}(?!\})|\$\{[^}\n]*\}|<<[^<>\n]{1,40}>>"
    r"|%%?[a-zéèA-Z_]{3,20}%%?|(?<!\[)\[(?:[^\]\[\n|]{0,20}\b)?(?:pr[eé]nom|nom|date|lieu|heure"
    r"|lien|ville|service|signature|[àa] (?:compl[eé]ter|remplir|d[eé]finir|pr[eé]ciser)|todo|name"
    r"|tbd|xx+)\b[^\]\[\n|]{0,20}\]"
    r"(?![(\]])|\bX{3,}\b|\bxxx+\b|\b(?:TODO|TBD|FIXME|[Ll]orem [Ii]psum)\b|_{4,}|\.{5,}",
)


def headings(passage: Passage) -> Iterator[Finding]:
    """One great heading, first; nothing skipped; none empty."""
    seen = 0
    for found in _HEADING.finditer(passage.text):
        level = len(found["marks"])
        if not found["gap"] and found["title"]:
            if re.match(r"[^\W\d]", found["title"]):
                message = f"« {found[0][:30]} » n'est pas lu comme un titre"
                yield passage.finding(
                    "heading", found.start(), message, "mettez une espace après #"
                )
            continue
        if not found["title"].strip():
            yield passage.finding("heading", found.start(), "un titre est vide", "écrivez-le")
        elif level == 1 and seen:
            message = "il y a un autre grand titre" if seen == 1 else "le grand titre vient après"
            yield passage.finding("heading", found.start(), message)
        elif level == 2 and not seen:
            yield passage.finding(
                "heading", found.start(), "un sous-titre vient avant le grand titre"
            )
        seen = seen or level


def swallowed_breaks(passage: Passage) -> Iterator[Finding]:
    """Jinja takes out the line end after a tag: fine for a tag alone on its line only."""
    at = 0
    while found := _SWALLOWED.search(passage.text, at):
        at = found.end("line")
        if _TAGS.sub("", found["line"]).strip() and passage.text[at:].strip():
            message = "le retour à la ligne après « %} » disparaît, ce qui suit se colle"
            yield passage.finding("swallowed-break", found.start("line"), message)


def unfilled(passage: Passage) -> Iterator[Finding]:
    """Blanks of another program, or that somebody meant to fill by hand."""
    shown = with_examples(passage.text, {})
    for found in _UNFILLED.finditer(shown):
        yield passage.finding("unfilled", found.start(), f"« {found[0]} » n'est pas rempli")


def emptiness(passage: Passage) -> Iterator[Finding]:
    """Something was written, but nothing is left to read."""
    if passage.text.strip() and not re.search(r"\w|\{\{", _TAGS.sub("", passage.text)):
        yield passage.finding("empty", 0, "rien ne reste à lire")


def holes(passage: Passage, slots: Collection[str]) -> Iterator[Finding]:
    """A contact field printed bare, though a contact may lack it."""
    names = set(re.findall(r"[a-z_][a-z0-9_]*", passage.text))
    try:
        tree = parse(MARKDOWN, passage.text, Scope(where="", fields=names, slots=slots))
    except ContentError:
        return  # told by ``structure``
    for name in _bare(tree.body, set(slots)):
        at = len("\n".join(passage.text.split("\n")[: name.lineno - 1]))
        message = f"« {name.name} » peut manquer, et laisserait un trou"
        remedy = (
            f"écrivez {{% if {name.name} %}} {{{{ {name.name} }}}}{{% endif %}}, ou "
            f'{{{{ {name.name}|default("…", true) }}}}'
        )
        yield passage.finding("hole", at + (name.lineno > 1), message, remedy)


def bare_fields(text: str, slots: Collection[str]) -> list[tuple[str, int]]:
    """Those of ``slots`` that are printed outside a condition on them, and where."""
    names = {*re.findall(r"[a-z_][a-z0-9_]*", text)}
    try:
        tree = parse(MARKDOWN, text, Scope(where="", fields=names, slots=slots))
    except ContentError:
        return []  # told by ``structure``
    lines = text.split("\n")
    return [
        (name.name, sum(len(line) + 1 for line in lines[: name.lineno - 1]))
        for name in _bare(tree.body, {*slots})
    ]


def _bare(body: list[nodes.Node], unsure: set[str]) -> Iterator[nodes.Name]:
    for node in body:
        if isinstance(node, nodes.Output):
            printed = (each for each in node.nodes if isinstance(each, nodes.Name))
            yield from (name for name in printed if name.name in unsure)
        elif isinstance(node, nodes.If):
            asked = {name.name for name in node.test.find_all(nodes.Name)}
            if isinstance(node.test, nodes.Name):
                asked.add(node.test.name)
            yield from _bare(node.body, unsure - asked)
            yield from _bare([*node.elif_, *node.else_], unsure)
