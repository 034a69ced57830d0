"""Our tokens as plain text: the e-mail's text part says what its HTML part says.

Sixty columns, accents kept, links as "Texte : URL". A long address is never broken.
"""

import re
from collections.abc import Iterable, Sequence

from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode

from scheduler.content.composing.markdown import address_shown, words

WIDTH = 60
#: Stands for a space at which no line may break.
_GLUE = "\x1f"
_SPACES = re.compile(r"[ \t]+")


def to_text(tokens: Sequence[Token], language: str = "fr") -> str:
    """The text, without a line end at the end. ``language`` decides how a colon is spaced."""
    colon = f"{_GLUE}: " if language == "fr" else ": "
    lines = _Writer(colon).blocks(SyntaxTreeNode(tokens).children, WIDTH)
    return "\n".join(lines).replace(_GLUE, " ")


class _Writer:
    """Each method gives the lines of a node, no wider than ``width`` where words allow."""

    def __init__(self, colon: str) -> None:
        self._colon = colon

    def blocks(
        self, nodes: Iterable[SyntaxTreeNode], width: int, *, tight: bool = False
    ) -> list[str]:
        lines: list[str] = []
        for node in nodes:
            if lines and not tight:
                lines.append("")
            lines += self._block(node, width)
        return lines

    def _block(self, node: SyntaxTreeNode, width: int) -> list[str]:
        match node.type:
            case "heading":
                return self._heading(node, width)
            case "bullet_list":
                return self._list(node, width, ["- "] * len(node.children))
            case "ordered_list":
                first = int(node.attrs.get("start", 1))
                numbers = range(first, first + len(node.children))
                return self._list(node, width, [f"{number}. " for number in numbers])
            case "blockquote":
                return _prefixed(self.blocks(node.children, width - 2), "> ", "> ")
            case "hr":
                return ["-" * (width // 2)]
            case "box":
                return self.blocks(node.children, width)
            case _:
                return self._paragraph(node, width)

    def _heading(self, node: SyntaxTreeNode, width: int) -> list[str]:
        lines = self._paragraph(node, width)
        rule = "=" if node.tag == "h1" else "-"
        return [*lines, rule * max(map(len, lines), default=0)]

    def _list(self, node: SyntaxTreeNode, width: int, bullets: list[str]) -> list[str]:
        lines: list[str] = []
        for item, bullet in zip(node.children, bullets, strict=True):
            if lines and not _tight(item):
                lines.append("")
            lines += self._item(item, width, bullet)
        return lines

    def _item(self, node: SyntaxTreeNode, width: int, bullet: str) -> list[str]:
        lines = self.blocks(node.children, width - len(bullet), tight=_tight(node))
        return _prefixed(lines, bullet, " " * len(bullet))

    def _paragraph(self, node: SyntaxTreeNode, width: int) -> list[str]:
        text = "".join(
            self._inline(child.token.children or []) for child in node.children if child.token
        )
        return [line for part in text.split("\n") for line in _wrapped(part, width)]

    def _inline(self, children: Sequence[Token]) -> str:
        out: list[str] = []
        start = 0
        for child in children:
            if child.type == "link_open":
                start = len(out)
                target = str(child.attrs["href"])
            elif child.type == "link_close":
                out[start:] = [self._link("".join(out[start:]), target)]
            elif child.type == "hardbreak":
                out.append("\n")
            elif child.type != "address":
                out.append(words([child]))
        return "".join(out)

    def _link(self, text: str, target: str) -> str:
        if text in (target, address_shown(target)) and not target.startswith("https://"):
            return text
        if target.removeprefix("https://").rstrip("/") == text.removeprefix("https://").rstrip("/"):
            return target
        return f"{text}{self._colon}{_written(target)}"


def _tight(item: SyntaxTreeNode) -> bool:
    """A list item whose list has no blank lines between its items: its paragraphs are hidden."""
    return any(child.hidden for child in item.children)


def _written(target: str) -> str:
    """The address to type: whole for a page, without its scheme for a mailbox or a number."""
    return target if target.startswith("https://") else address_shown(target)


def _wrapped(text: str, width: int) -> list[str]:
    lines = [""]
    for word in _SPACES.split(text.strip(" ")):
        if lines[-1] and len(lines[-1]) + 1 + len(word) > width:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}" if lines[-1] else word
    return lines


def _prefixed(lines: list[str], first: str, others: str) -> list[str]:
    result = [first + lines[0]] if lines else [first]
    result += [others + line for line in lines[1:]]
    return [line.rstrip(" ") for line in result]
