"""What a message's twins say, whatever their form: its title, three points, the one action.

The points are those of its ``twin:`` block, or whole items of its first list: all four of one that
is numbered up to four, for its title counts them. No item is cut: the
first words of a « vrai ou faux » are what nobody should believe.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice, pairwise

from markdown_it.token import Token

from scheduler.content import fields
from scheduler.content.composing import markdown
from scheduler.content.composing.components import MarkdownFault
from scheduler.content.composing.content import Content
from scheduler.content.composing.drafting import values_of
from scheduler.content.composing.render import MARKDOWN, PLAIN, Text
from scheduler.content.folder import TwinText
from scheduler.content.grammar import Scope
from scheduler.content.wording import one_line
from scheduler.domain.host import Host
from scheduler.domain.organisation import Links, Organisation
from scheduler.domain.twins import MOST_POINTS, POINTS
from scheduler.domain.values import frozen

#: What the words of a ``twin:`` block may name.
FIELDS = (fields.HOST, "organisation")


@frozen
class Told:
    title: str
    points: tuple[str, ...]
    #: The one action: what its box is called, and what it says; empty: there is none.
    gesture_title: str = ""
    gesture: str = ""
    #: The first line of a post; empty: its points begin it.
    line: str = ""
    #: A host was named whom the credit names.
    host_shown: bool = False


def read(
    content: Content, organisation: Organisation, links: Links, *, support: str = ""
) -> Sequence[Token]:
    """A text as nobody's: no name in it, and for the staff the line that they may call.

    Raises ContentError when it can't be read.
    """
    values = values_of(content, organisation, links)
    blanks = {name: "" for name in content.field_names if name not in values}
    filled = {**blanks, fields.SUPPORT: support, **values}
    scope = Scope(where=content.where, fields=(*filled,))
    body = Text(MARKDOWN, content.body, scope).render(filled)
    try:
        return markdown.parse(body)
    except MarkdownFault as fault:
        raise scope.fault(fault.what, fault.remedy) from None


def of_text(title: str, tokens: Sequence[Token]) -> Told:
    """What the text says by itself."""
    name, gesture = next(_boxes(tokens, "encadre"), ("", ""))
    return Told(title=title, points=_points(tokens), gesture_title=name, gesture=gesture)


def title_of(tokens: Sequence[Token], otherwise: str) -> str:
    """Of the text itself: its first heading."""
    return next(_after(tokens, "heading_open", "h1"), otherwise)


def in_block(told: Told, block: TwinText, host: Host, organisation: str, where: str) -> Told:
    """The same with what the writers chose. Raises ContentError for a field that isn't one."""

    def filled(words: str) -> str:
        values = {fields.HOST: host.name, "organisation": organisation}
        scope = Scope(where=where, fields=FIELDS, first_line=block.line)
        return one_line(Text(PLAIN, words, scope).render(values)).strip()

    typed = " ".join((*block.points, block.post))
    return replace(
        told,
        points=tuple(filled(point) for point in block.points) or told.points,
        line=filled(block.post),
        host_shown=fields.HOST in typed,
    )


def _points(tokens: Sequence[Token]) -> tuple[str, ...]:
    """Of the list of points, of any list, else the headings, else the first paragraphs."""
    found = list(_items(tokens))
    if len(found) != MOST_POINTS or not _is_numbered(tokens):
        found = found[:POINTS]
    if not found:
        found = list(islice(_after(tokens, "heading_open", "h2"), POINTS))
    if not found:
        found = list(islice(_after(tokens, "paragraph_open"), 1, 1 + POINTS))
    return tuple(found)


def _is_numbered(tokens: Sequence[Token]) -> bool:
    """Whether the first list is."""
    lists = (one.type for one in tokens if one.type.endswith("_list_open"))
    return next(lists, "") == "ordered_list_open"


def _items(tokens: Sequence[Token]) -> Iterator[str]:
    """The items of the first list, each whole."""
    depth, words = 0, list[str]()
    for token in tokens:
        if token.type in ("ordered_list_open", "bullet_list_open"):
            depth += 1
        elif token.type in ("ordered_list_close", "bullet_list_close"):
            depth -= 1
            if not depth:
                return
        elif token.type == "list_item_close" and depth == 1:
            yield " ".join(words)
            words = []
        elif token.type == "inline" and depth:
            words.append(markdown.words(token.children or ()))


def _after(tokens: Sequence[Token], opening: str, tag: str = "") -> Iterator[str]:
    for before, token in pairwise(tokens):
        if before.type == opening and tag in ("", before.tag) and token.type == "inline":
            yield markdown.words(token.children or ())


def _boxes(tokens: Sequence[Token], kind: str) -> Iterator[tuple[str, str]]:
    """Title and words of each box of a kind."""
    inside, title, words = False, "", list[str]()
    previous = ""
    for token in tokens:
        if token.type == "box_open" and token.info == kind:
            inside, title, words = True, "", []
        elif token.type == "box_close" and inside:
            inside = False
            yield title, " ".join(words)
        elif token.type == "inline" and inside:
            if previous == "box_title_open":
                title = markdown.words(token.children or ())
            else:
                words.append(markdown.words(token.children or ()))
        previous = token.type
