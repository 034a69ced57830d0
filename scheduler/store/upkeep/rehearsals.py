"""The files of the last rehearsal, as something that holds people's data and must go in time."""

import shutil
from datetime import UTC, datetime
from pathlib import Path


class RehearsalFolder:
    def __init__(self, folder: Path, outbox: str) -> None:
        """``outbox`` is the name in it of what is written once, and not touched by looking."""
        self._folder = folder
        self._outbox = folder / outbox

    def made_at(self) -> datetime | None:
        """When its last message was written; None where there is no rehearsal."""
        for path in (self._outbox, self._folder):
            if path.exists():
                return datetime.fromtimestamp(path.stat().st_mtime, UTC)
        return None

    def remove(self) -> None:
        """May be said of one that is open: the desk shows none from then on."""
        shutil.rmtree(self._folder, ignore_errors=True)
