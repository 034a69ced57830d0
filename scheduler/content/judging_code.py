"""Which program judges texts: a digest of its own files and of the libraries it reads texts by.

What it said stands for what it would say again only while it is the same.
"""

import hashlib
import sys
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

_PACKAGE = Path(__file__).parents[1]
#: Rooms of the program that have a word in it.
_ROOMS = ("config", "content", "domain", "flow")
#: What texts are read, filled and put together by.
LIBRARIES = (
    "css-inline",
    "icalendar",
    "Jinja2",
    "markdown-it-py",
    "MarkupSafe",
    "mdurl",
    "nh3",
    "python-dateutil",
    "PyYAML",
    "tzdata",
)


@cache
def digest() -> str:
    """As the files were when it was first asked for; empty where they can't be read."""
    seen = hashlib.sha256(sys.version.encode())
    for name in LIBRARIES:
        seen.update(f"{name} {_version(name)}\n".encode())
    try:
        for room in _ROOMS:
            for file in sorted((_PACKAGE / room).rglob("*")):
                if file.suffix != ".pyc" and file.is_file():
                    read = hashlib.sha256(file.read_bytes()).hexdigest()
                    seen.update(f"{file.relative_to(_PACKAGE)} {read}\n".encode())
    except OSError:
        return ""
    return seen.hexdigest()


def _version(library: str) -> str:
    try:
        return version(library)
    except PackageNotFoundError:
        return ""
