"""A config.yaml that is no YAML as a whole, read section by section.

What people edit each week stands in sections of its own: a slip in one says nothing of the others.
"""

import re
from collections import Counter
from collections.abc import Collection
from pathlib import Path
from typing import Any

from scheduler.config.yaml_lines import Document, KeyPath, parse_yaml, read_file, read_yaml
from scheduler.domain.errors import ConfigError, Fault
from scheduler.domain.values import frozen

_KEY = re.compile(rb"""\A["']?([A-Za-z_][A-Za-z0-9_-]*)["']?[ \t]*:(?:[ \t\r]|$)""")


@frozen
class Sections:
    """What can be read of a file."""

    document: Document
    #: Sections that can't.
    broken: Collection[str] = ()
    faults: tuple[Fault, ...] = ()


def read_sections(path: Path) -> Sections:
    """Raises ConfigError when the file can't be opened."""
    try:
        return Sections(document=read_yaml(path))
    except ConfigError as whole:
        return _apart(path, read_file(path), whole)


def _apart(path: Path, octets: bytes, whole: ConfigError) -> Sections:
    data: dict[str, Any] = {}
    lines: dict[KeyPath, int] = {}
    broken: dict[str, list[Fault]] = {}
    blocks = _blocks(octets)
    often = Counter(name for name, _, _ in blocks)
    for name, before, block in blocks:
        try:
            # Its lines keep their numbers.
            one = parse_yaml(path, b"\n" * before + block)
        except ConfigError as fault:
            broken.setdefault(name, []).extend(fault.faults)
            continue
        lines |= one.lines
        if often[name] > 1:
            broken.setdefault(name, []).extend(whole.faults)
        else:
            data |= one.data
    faults = [fault for found in broken.values() for fault in found]
    if not broken:
        # What is wrong lies between the sections.
        broken, faults = {"": []}, list(whole.faults)
    return Sections(
        document=Document(path=path, data=data, lines=lines),
        broken=frozenset(broken),
        faults=tuple(dict.fromkeys(faults)),
    )


def _blocks(octets: bytes) -> list[tuple[str, int, bytes]]:
    """Name, lines before it, and bytes of each section; what stands before the first is of none."""
    found: list[tuple[str, int, list[bytes]]] = []
    for number, line in enumerate(octets.removeprefix(b"\xef\xbb\xbf").split(b"\n")):
        if key := _KEY.match(line):
            found.append((key.group(1).decode("ascii"), number, []))
        elif not found and line.strip() and not line.startswith((b"#", b"---", b"%")):
            found.append(("", number, []))
        if found:
            found[-1][2].append(line)
    return [(name, before, b"\n".join(lines)) for name, before, lines in found]
