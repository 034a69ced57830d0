"""YAML by the safe loader, remembering on which line each key stands."""

from dataclasses import field
from pathlib import Path
from typing import Any

import yaml

from scheduler.config.quick_yaml import compose, value_of
from scheduler.domain.errors import ConfigError, Fault
from scheduler.domain.values import frozen

#: The path of a key from the top of the document: ("web", "public_url").
KeyPath = tuple[str, ...]


@frozen
class Document:
    path: Path
    data: dict[str, Any]
    lines: dict[KeyPath, int] = field(default_factory=dict)

    def line(self, key: KeyPath) -> int | None:
        """The line of a key, or of the nearest one above it."""
        while key:
            if key in self.lines:
                return self.lines[key]
            key = key[:-1]
        return None


def read_yaml(path: Path) -> Document:
    """Read a mapping. Raises ConfigError when it can't be read, with the line if there is one."""
    return parse_yaml(path, read_file(path))


def read_file(path: Path) -> bytes:
    """Raises ConfigError when it can't be read."""
    try:
        return path.read_bytes()
    except OSError as unreadable:
        raise _refused(
            path, f"can't be read ({unreadable.strerror})", "give the right path with --config"
        ) from unreadable


def parse_yaml(path: Path, octets: bytes) -> Document:
    """The same of what a file holds, or a part of it."""
    try:
        text = octets.decode("utf-8-sig")
        node = compose(text)
        data = value_of(node)
    except UnicodeDecodeError as not_text:
        raise _refused(path, "is not UTF-8 text", "save it again as UTF-8") from not_text
    except yaml.MarkedYAMLError as broken:
        mark = broken.problem_mark
        what = f"is not valid YAML ({broken.problem})"
        remedy = "mind the indentation, the colons and the quotes on this line"
        raise _refused(path, what, remedy, mark.line + 1 if mark else None) from broken
    except yaml.YAMLError as broken:
        raise _refused(path, f"is not valid YAML ({broken})", "remove what it names") from broken
    if not isinstance(data, dict):
        raise _refused(path, "holds no keys", "start from the config.yaml that was shipped")
    lines: dict[KeyPath, int] = {}
    _note_lines(node, (), lines, path)
    return Document(path=path, data=data, lines=lines)


def _refused(path: Path, what: str, remedy: str, line: int | None = None) -> ConfigError:
    return ConfigError([Fault(where=str(path), what=what, remedy=remedy, line=line)])


def _note_lines(node: object, above: KeyPath, lines: dict[KeyPath, int], path: Path) -> None:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            here = (*above, str(key.value))
            if here in lines:
                what = f"the key {key.value!r} stands twice"
                raise _refused(path, what, "keep one of them", key.start_mark.line + 1)
            lines[here] = key.start_mark.line + 1
            _note_lines(value, here, lines, path)
    elif isinstance(node, yaml.SequenceNode):
        for index, value in enumerate(node.value):
            here = (*above, str(index))
            lines[here] = value.start_mark.line + 1
            _note_lines(value, here, lines, path)
