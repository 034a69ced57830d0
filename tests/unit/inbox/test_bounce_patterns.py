"""Whatever a message holds, each pattern that reads it takes the time of its text."""

import importlib
import re
import time
from collections.abc import Iterator

import pytest

from scheduler.inbox.reports import patterns as bounce_patterns

READERS = (
    "reports.auto_replies",
    "reports.mime",
    "reports.notices",
    "reports.reading",
    "reports.segments",
    "reports.status",
    "reports.text",
    "reports.words",
    "letters",
    "mailto_optouts",
)
#: Signs that patterns stumble over, and words that many of them begin with.
PIECES = ("[", "<", "«", "(", "a@", "|", ">", '"', "\\", "`", " ", "a", "user ")
LENGTH = 50_000
#: Seconds under which the clock says nothing.
NOTHING = 0.01
MOST = 2.5


def patterns() -> Iterator[tuple[str, re.Pattern[str] | re.Pattern[bytes]]]:
    yield from bounce_patterns.PATTERNS.items()
    for name in READERS:
        module = importlib.import_module(f"scheduler.inbox.{name}")
        for attribute, value in vars(module).items():
            if isinstance(value, re.Pattern):
                yield f"{name}.{attribute}", value


def seconds(pattern: re.Pattern[str] | re.Pattern[bytes], text: str) -> float:
    """The least of two."""
    subject = text.encode() if isinstance(pattern.pattern, bytes) else text

    def once() -> float:
        begun = time.process_time()
        for _ in pattern.finditer(subject):  # type: ignore[arg-type]  # of its own kind
            pass
        return time.process_time() - begun

    return min(once() for _ in range(2))


@pytest.mark.parametrize("name", [name for name, _ in patterns()])
def test_twice_the_text_takes_no_more_than_twice_the_time(name: str) -> None:
    pattern = dict(patterns())[name]
    for piece in PIECES:
        text = piece * (LENGTH // len(piece))
        whole = seconds(pattern, text)
        if whole > NOTHING:
            assert whole <= MOST * max(seconds(pattern, text[: LENGTH // 2]), NOTHING / 2), piece
