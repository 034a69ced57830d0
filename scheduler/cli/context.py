"""What every command needs: the configuration, an open ledger, and a way to run a step."""

import asyncio
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from scheduler.bootstrap import App
    from scheduler.config.loading import Configuration

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


def run(step: Coroutine[Any, Any, T]) -> T:
    """The one place where a command enters the event loop."""
    return asyncio.run(step)
