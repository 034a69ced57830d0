"""What was found in a ledger that nobody has written to since, and is found again without asking.

An idle daemon looks at the same rows every second or two. SQLite tells by a number whether another
connection, of this process or any other, has committed since it was last asked: ten microseconds,
without a thread or a transaction. An answer is kept under the number that stood **before** it was
read, so that whatever is committed meanwhile makes it stale. PostgreSQL has no such number: there
everything is asked.
"""

import sqlite3
from collections.abc import Callable, Hashable
from contextlib import suppress
from pathlib import Path
from typing import Any

#: Answers kept at most: there are some ten questions, of a handful of lanes.
MOST = 200

#: A question: the function that answers it, and what it is asked of.
Question = tuple[Callable[..., Any], Hashable]


class Unchanged:
    """Of one database file; of none (``path`` None or in memory) it knows nothing."""

    def __init__(self, path: str | None) -> None:
        self._path = Path(path).absolute() if path and path != ":memory:" else None
        self._connection: sqlite3.Connection | None = None
        self._version: int | None = None
        self._found: dict[Question, Any] = {}

    def version(self) -> int | None:
        """Another number after each commit; None when that can't be told now."""
        if self._path is None:
            return None
        try:
            if self._connection is None:
                self._connection = self._connect(self._path)
            version: int = self._connection.execute("PRAGMA data_version").fetchall()[0][0]
        except sqlite3.Error:
            # Locked, or away: whoever asks the ledger itself hears of it.
            return None
        if version != self._version:
            self._version = version
            self._found.clear()
        return version

    def known(self, question: Question) -> tuple[bool, Any]:
        """Whether the answer is known, and the answer; asked just after ``version``."""
        return question in self._found, self._found.get(question)

    def keep(self, question: Question, answer: Any, version: int | None) -> None:
        """``version``: as it stood before the answer was read."""
        if version is not None and version == self._version and len(self._found) < MOST:
            self._found[question] = answer

    def close(self) -> None:
        if self._connection is not None:
            with suppress(sqlite3.Error):
                self._connection.close()
        self._connection = None
        self._version = None
        self._found.clear()

    @staticmethod
    def _connect(path: Path) -> sqlite3.Connection:
        # Nothing is made by it, and it waits for nobody: it is asked in the loop.
        return sqlite3.connect(
            f"{path.as_uri()}?mode=rw",
            uri=True,
            timeout=0,
            isolation_level=None,
            check_same_thread=False,
        )
