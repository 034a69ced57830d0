"""What every command needs: the configuration, an open ledger, and a way to run a step."""

import asyncio
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass
from getpass import getuser
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from scheduler.bootstrap import App
    from scheduler.config.loading import Configuration
    from scheduler.domain.planning import OccurrenceRow

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True, slots=True)
class Context:
    """Made from the options that come before the command's name."""

    config: str

    def load(self) -> "Configuration":
        """Also sets the logs up as it says. Raises ConfigError."""
        from scheduler.config.loading import load
        from scheduler.log import set_up_logs

        configuration = load(Path(self.config))
        set_up_logs(configuration.settings.log.format)
        return configuration

    @asynccontextmanager
    async def opened(self) -> "AsyncIterator[App]":
        """The app on its ledger, closed at the end. Raises ConfigError, LedgerError, KeysError."""
        from scheduler.bootstrap import open_app

        app = await open_app(self.load())
        try:
            yield app
        finally:
            await app.close()


async def find_occurrence(app: "App", printed: str) -> "OccurrenceRow":
    """By its printed id. Raises NotFound, with those of the same campaign."""
    from scheduler.domain.errors import NotFound

    row = await app.ledger.find_occurrence(printed)
    if row is None:
        known = [one.id for one in await app.ledger.occurrences()]
        near = ", ".join(one for one in known if printed.split("/")[0] in one) or "none"
        raise NotFound(f"there is no occurrence {printed!r}; there are: {near}")
    return row


def actor(by: str) -> str:
    """Who acts, as the audit log names them: as they say, else their account on this machine."""
    if by.strip():
        return " ".join(by.split())
    try:
        return getuser()
    except (OSError, KeyError):  # a container's user may have no name
        return "operator"


def run(step: Coroutine[Any, Any, T]) -> T:
    """The one place where a command enters the event loop."""
    return asyncio.run(step)
