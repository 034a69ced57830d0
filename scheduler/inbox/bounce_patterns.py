"""The patterns of bounce_patterns.txt, by their headings."""

import re
from collections.abc import Mapping
from pathlib import Path

_FILE = Path(__file__).with_name("bounce_patterns.txt")


def _read(text: str) -> Mapping[str, re.Pattern[str]]:
    """Heading -> any of its lines; in the file's order."""
    lines: dict[str, list[str]] = {}
    heading = ""
    for line in text.splitlines():
        if line.startswith("== "):
            heading = line.removeprefix("== ")
            lines[heading] = []
        elif line and not line.startswith("#"):
            lines[heading].append(line)
    return {heading: re.compile("|".join(found)) for heading, found in lines.items()}


PATTERNS = _read(_FILE.read_text(encoding="utf-8"))


def under(prefix: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The headings that begin so, without that beginning."""
    return tuple(
        (heading.removeprefix(prefix), found)
        for heading, found in PATTERNS.items()
        if heading.startswith(prefix)
    )
