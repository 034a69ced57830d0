"""Moving the ledger to another database: the keys and the opt-out journal stay files."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from pydantic import ValidationError

from scheduler.config.absolute_paths import absolute_url
from scheduler.config.configuration import Configuration
from scheduler.config.settings import DatabaseSettings
from scheduler.domain.errors import ConfigError, Fault
from scheduler.domain.values import frozen
from scheduler.store.upkeep.move import move


@frozen
class MovedLedger:
    """What has been done, and the files that must follow."""

    place: str
    rows: int
    keys_file: Path
    #: The opt-out journal, and where the program looks for it once ``database.url`` is the new one.
    journal: Path
    journal_there: Path


def move_ledger(
    configuration: Configuration,
    to: str,
    by: str,
    now: datetime,
    progress: Callable[[int, int], None],
) -> MovedLedger:
    """Raises ConfigError for a URL of no database, and LedgerError; see ``store.upkeep.move``."""
    target = absolute_url(_checked(to), configuration.root)
    moved = move(configuration.settings.database.url, target, by, now, progress)
    return MovedLedger(
        place=moved.place,
        rows=moved.rows,
        keys_file=configuration.settings.keys.file,
        journal=configuration.optout_journal,
        journal_there=_with_ledger(configuration, target).optout_journal,
    )


def _checked(url: str) -> str:
    try:
        return DatabaseSettings(url=url).url
    except ValidationError as invalid:
        message = invalid.errors()[0]["msg"].removeprefix("Value error, ")
        what, _, remedy = message.partition(" — ")
        raise ConfigError([Fault(where="--to", what=what, remedy=remedy)]) from invalid


def _with_ledger(configuration: Configuration, url: str) -> Configuration:
    settings = configuration.settings
    database = settings.database.model_copy(update={"url": url})
    return replace(configuration, settings=settings.model_copy(update={"database": database}))
