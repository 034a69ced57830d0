"""Files of personal data: whole or not at all, and read by their owner only."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from scheduler.domain.errors import ReflexeError


@contextmanager
def private_csv(path: Path) -> Iterator[TextIO]:
    """A CSV file as French spreadsheets open it right, mode 0600. Raises ReflexeError."""
    with _private(path, encoding="utf-8-sig") as file:
        yield file


def write_private(path: Path, text: str) -> None:
    """A text file in UTF-8, mode 0600. Raises ReflexeError."""
    with _private(path, encoding="utf-8") as file:
        file.write(text)


@contextmanager
def _private(path: Path, *, encoding: str) -> Iterator[TextIO]:
    draft = path.with_name(f"{path.name}.part")
    try:
        number = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(number, "w", encoding=encoding, newline="") as file:
            yield file
        draft.replace(path)
    except OSError as unwritable:
        raise ReflexeError(f"{path} can't be written: {unwritable.strerror}") from unwritable
    finally:
        draft.unlink(missing_ok=True)
