"""The words that a finding is about, as a digest: what a person lets pass, and no other words."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from scheduler.content.library import MAX_FILE
from scheduler.domain.checking.findings import Finding, Hold

#: Hexadecimal characters; people type them.
LENGTH = 12


def with_passages(
    findings: Iterable[Finding], root: Path, known: Mapping[str, Sequence[str]]
) -> list[Finding]:
    """``root`` is where templates/ lies; ``known``: lines of other files, by name. What holds
    nothing needs none."""

    @lru_cache
    def lines(file: str) -> Sequence[str]:
        if file in known:
            return known[file]
        try:
            with (root / file).open("rb") as source:
                return source.read(MAX_FILE + 1).decode("utf-8", "replace").splitlines()
        except OSError:
            return ()

    return [
        one
        if one.hold is Hold.NO
        else replace(one, passage=_digest(one, _paragraph(lines(one.file), one.line)))
        for one in findings
    ]


def _paragraph(lines: Sequence[str], line: int | None) -> Sequence[str]:
    """The lines around ``line`` up to the next empty ones; the whole file without a line."""
    if line is None or not 0 < line <= len(lines):
        return lines
    first = last = line - 1
    while first > 0 and lines[first - 1].strip():
        first -= 1
    while last + 1 < len(lines) and lines[last + 1].strip():
        last += 1
    return lines[first : last + 1]


def _digest(one: Finding, words: Sequence[str]) -> str:
    told = json.dumps([one.rule, one.file, one.message, [line.rstrip() for line in words]])
    return hashlib.sha256(told.encode()).hexdigest()[:LENGTH]
