"""The fields of a writers' file as a form has them: message.yaml's own lines, an e-mail's subject
and preheader. A field that is changed is one line changed: comments, order and whatever a form
doesn't show stay as they are typed.
"""

import json
import re
from collections.abc import Collection, Mapping, Sequence
from enum import StrEnum

import yaml

from scheduler.config.quick_yaml import compose
from scheduler.content.library import HEAD_KEYS
from scheduler.content.message_yaml import KEYS, REQUIRED
from scheduler.domain.addressees import Addressees
from scheduler.domain.channels import known_kinds
from scheduler.domain.message import MessageClass, OnWeb
from scheduler.domain.values import frozen

_FENCE = "---"
_HEAD = "message.yaml"
#: Ends of lines to YAML, but to no editor.
_OTHER_ENDS = re.compile("[\x85\u2028\u2029]")
_BLANKS = re.compile("[ \t\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+")
#: Signs that YAML doesn't take.
_UNSEEN = re.compile("[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")


class FieldKind(StrEnum):
    """How a field is typed."""

    LINE = "line"
    DATE = "date"
    YES_NO = "yes-no"
    #: One of a few words.
    ONE = "one"
    #: Some of a few words.
    SOME = "some"


@frozen
class HeadField:
    key: str
    kind: FieldKind
    #: As it is typed; of several words with blanks between.
    value: str
    #: What an editor says of it.
    why: str
    #: Lines of the file, from 1; 0: it isn't there.
    first: int = 0
    last: int = 0
    choices: Sequence[str] = ()
    is_required: bool = False
    #: What stands behind a value of one line: a comment, mostly.
    tail: str = ""


_KINDS: Mapping[str, FieldKind] = {
    "title": FieldKind.LINE,
    "class": FieldKind.ONE,
    "credit": FieldKind.LINE,
    "owner": FieldKind.LINE,
    "reviewed_by": FieldKind.LINE,
    "review_by": FieldKind.DATE,
    "channels": FieldKind.SOME,
    "web": FieldKind.ONE,
    "recipients": FieldKind.ONE,
    "approval": FieldKind.YES_NO,
    "sourced": FieldKind.YES_NO,
}


def one_line(typed: str) -> str:
    """Without what ends a line, or can't be seen; a no-break space is French, and stays."""
    return _BLANKS.sub(" ", _UNSEEN.sub("", typed)).strip(" ")


def has_fields(path: str) -> bool:
    return path.endswith((f"/{_HEAD}", ".md")) and not path.startswith("_")


def fields_of(path: str, content: str) -> list[HeadField]:
    """Raises ValueError for a file whose lines can't be read: it is mended line by line."""
    entries, lines, shift = _entries(path, content)
    if path.endswith(".md"):
        return [
            _field(key, FieldKind.LINE, why, entries, lines, shift, required=True)
            for key, why in HEAD_KEYS.items()
        ]
    return [
        _field(key, kind, KEYS[key], entries, lines, shift, required=key in REQUIRED)
        for key, kind in _KINDS.items()
    ]


def with_fields(path: str, content: str, typed: Mapping[str, str]) -> str:
    """The same file with what was typed; what says the same stays to the letter. Raises
    ValueError as ``fields_of`` does."""
    lines = content.split("\n")
    added: list[str] = []
    # From the end, so that the lines before keep their numbers.
    for one in sorted(fields_of(path, content), key=lambda one: -one.first):
        value = one_line(typed.get(one.key, one.value))
        if value == one.value:
            continue
        told = f"{one.key}: {_written(one.kind, value)}"
        if one.first:
            lines[one.first - 1 : one.last] = [told + one.tail]
        else:
            added.insert(0, told)
    if added:
        place = 1 if path.endswith(".md") else _after_first(path, "\n".join(lines))
        lines[place:place] = added
    return "\n".join(lines)


def _entries(
    path: str, content: str
) -> tuple[dict[str, tuple[yaml.Node, yaml.Node]], list[str], int]:
    """Key -> its two nodes; the lines that they are in, and what is added to the number of one of
    these that is counted from 0."""
    if _OTHER_ENDS.search(content):
        raise ValueError("some of these lines end by signs that no editor shows")
    text, shift = content, 1
    if path.endswith(".md"):
        lines = content.split("\n")
        end = next((n for n, one in enumerate(lines[1:], 1) if one.rstrip() == _FENCE), 0)
        if lines[0].rstrip() != _FENCE or not end:
            raise ValueError("there are no first lines between ---")
        text, shift = "\n".join(lines[1:end]), 2
    try:
        node = compose(text)
    except (yaml.YAMLError, RecursionError) as broken:
        raise ValueError("these lines can't be read") from broken
    if node is None:
        return {}, [], shift
    if not isinstance(node, yaml.MappingNode) or node.flow_style:
        raise ValueError("these are no lines of « key: value »")
    return {str(key.value): (key, value) for key, value in node.value}, text.split("\n"), shift


def _field(
    key: str,
    kind: FieldKind,
    why: str,
    entries: Mapping[str, tuple[yaml.Node, yaml.Node]],
    lines: Sequence[str],
    shift: int,
    *,
    required: bool,
) -> HeadField:
    found = entries.get(key)
    return HeadField(
        key=key,
        kind=kind,
        value=_value(found[1]) if found else "",
        why=why,
        first=found[0].start_mark.line + shift if found else 0,
        last=_last_line(found[1]) + shift if found else 0,
        choices=_choices(key),
        is_required=required,
        tail=_tail(found[1], lines) if found else "",
    )


def _value(node: yaml.Node) -> str:
    if isinstance(node, yaml.ScalarNode):
        return "" if node.tag.endswith(":null") else one_line(str(node.value))
    if isinstance(node, yaml.SequenceNode):
        return " ".join(str(one.value) for one in node.value)
    raise ValueError("a field holds a mapping where it holds words")


def _last_line(node: yaml.Node) -> int:
    """A block's end is the beginning of the line after it."""
    end = node.end_mark
    return end.line - 1 if end.column == 0 and end.line > node.start_mark.line else end.line


def _tail(node: yaml.Node, lines: Sequence[str]) -> str:
    start, end = node.start_mark, node.end_mark
    return lines[end.line][end.column :].rstrip() if start.line == end.line else ""


def _choices(key: str) -> Sequence[str]:
    match key:
        case "class":
            return [*MessageClass]
        case "web":
            return [*OnWeb]
        case "recipients":
            return [*Addressees]
        case "channels":
            return [one.name for one in known_kinds()]
    return ()


def _written(kind: FieldKind, value: str) -> str:
    """In one line of YAML: words in quotes, whatever signs they have."""
    match kind:
        case FieldKind.YES_NO:
            return "true" if value == "true" else "false"
        case FieldKind.SOME:
            return f"[{', '.join(value.split())}]"
        case FieldKind.ONE if value:
            return value
    return json.dumps(value, ensure_ascii=False)


def _after_first(path: str, content: str) -> int:
    """Behind the title, or at the top of a file without."""
    title = next((one for one in fields_of(path, content) if one.key == "title"), None)
    return title.last if title else 0


def missing_siblings(names: Collection[str]) -> list[str]:
    """Texts that a message lacks in English and in easy French, where it has them in French: what
    their files would be called."""
    wanted = [
        name.replace(".fr.", f".{variant}.")
        for name in sorted(names)
        if ".fr." in name and name.endswith((".md", ".txt"))
        for variant in ("fr-falc", "en")
        if not (variant == "fr-falc" and name.endswith(".txt"))
    ]
    return [name for name in wanted if name not in names]
