"""The last rehearsal, kept open for the desk to show."""

from pathlib import Path

from scheduler.bootstrap import REHEARSED_OUTBOX, App, open_rehearsal
from scheduler.domain.errors import LedgerError


class LastRehearsal:
    """Notices when another rehearsal has taken the folder's place."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._identity: int | None = None
        #: None where nothing was rehearsed yet.
        self.app: App | None = None

    @property
    def outbox(self) -> Path:
        return self._folder / REHEARSED_OUTBOX

    async def look(self, app: App) -> None:
        """Open the rehearsal that is there now."""
        identity = self._folder.stat().st_ino if self._folder.exists() else None
        if identity == self._identity:
            return
        await self.close()
        self._identity = identity
        if identity is not None:
            try:
                self.app = await open_rehearsal(app, self._folder)
            except LedgerError:
                self.app = None

    async def close(self) -> None:
        if self.app is not None:
            await self.app.close()
            self.app = None
