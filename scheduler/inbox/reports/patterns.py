"""The patterns of the text files beside it, by their headings."""

import re
from collections.abc import Mapping
from pathlib import Path

_HERE = Path(__file__).parent
#: In this order their headings are looked for; what a later one adds is of the same meaning.
_FILES = (
    "bounce_patterns.txt",
    "bounce_reasons.txt",
    "bounce_addresses.txt",
    "bounce_tongues.txt",
    "bounce_answers.txt",
)


def _read(texts: list[str]) -> Mapping[str, list[str]]:
    """Heading -> its lines; in the order of the first file that has it."""
    lines: dict[str, list[str]] = {}
    heading = ""
    for line in "\n".join(texts).splitlines():
        if line.startswith("== "):
            heading = line.removeprefix("== ")
            lines.setdefault(heading, [])
        elif line and not line.startswith("#"):
            lines[heading].append(line)
    return lines


LINES = _read([(_HERE / name).read_text(encoding="utf-8") for name in _FILES])
#: Heading -> any of its lines.
PATTERNS = {heading: re.compile("|".join(found)) for heading, found in LINES.items()}


def under(prefix: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The headings that begin so, without that beginning."""
    return tuple(
        (heading.removeprefix(prefix), found)
        for heading, found in PATTERNS.items()
        if heading.startswith(prefix)
    )
