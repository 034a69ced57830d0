"""A clock that jumps where a test says: libfaketime under a real process.

Between two steps time runs at its own pace. Scaled time (a day a second) was tried and fails:
every time-out of every library fires. The monotonic clock stays real for the same reason.
"""

from datetime import UTC, datetime
from pathlib import Path

from .presence import lacking

#: The build of libfaketime for programs with threads.
LIBRARY = "*/faketime/libfaketimeMT.so.1"


class SteppedClock:
    """The wall clock of every process started with ``environment()``, children included."""

    def __init__(self, folder: Path, start: datetime) -> None:
        """``start`` is the first instant shown (aware); ``folder`` keeps the clock's file."""
        library = next(Path("/usr/lib").glob(LIBRARY), None)
        if library is None:
            lacking("needs Debian's libfaketime")
        self._library = library
        self._file = folder / "clock"
        self.step_to(start)

    def environment(self) -> dict[str, str]:
        """What to add to a process's environment so that it lives by this clock."""
        return {
            "LD_PRELOAD": str(self._library),
            "FAKETIME_TIMESTAMP_FILE": str(self._file),
            # Read the file at every question, for it is rewritten under a running process.
            "FAKETIME_NO_CACHE": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
            # Else waits of threads end at once, and Python's spin on its global lock.
            "FAKETIME_FORCE_MONOTONIC_FIX": "0",
            # Else every step would shift the age of every file the process looks at.
            "NO_FAKE_STAT": "1",
        }

    def step_to(self, instant: datetime) -> None:
        """Make it ``instant`` (aware) now, at once and for every process on this clock."""
        self._offset = (instant - datetime.now(UTC)).total_seconds()
        draft = self._file.with_suffix(".new")
        draft.write_text(f"{self._offset:+.3f}\n")
        draft.replace(self._file)

    def now(self) -> datetime:
        """The instant that processes on this clock see (UTC)."""
        return datetime.fromtimestamp(datetime.now(UTC).timestamp() + self._offset, UTC)
