"""Copies of the ledger, and putting one back: keys and opt-out journal stay where they are."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from scheduler.config.configuration import Configuration
from scheduler.domain.consent.optout_record import Replayed
from scheduler.domain.values import frozen
from scheduler.store.optouts.journal import OptOutJournal
from scheduler.store.optouts.replaying import replay
from scheduler.store.setup import migrate, open_ledger
from scheduler.store.upkeep.backup import Copied, back_up, sqlite_file
from scheduler.store.upkeep.restore import fetched, put_in_place


@frozen
class BackedUp:
    """A copy that was made, and what isn't in it."""

    file: Path
    octets: int
    holds: Copied
    keys_file: Path
    journal: Path
    #: A disk that is lost takes both.
    on_one_volume: bool


@frozen
class Rehearsed:
    """What a copy would be once it was put back; nothing was changed."""

    holds: Copied
    #: What the journal would give back to it, and why nothing would leave before a person looks.
    replayed: Replayed


async def back_up_ledger(
    configuration: Configuration, file: Path, by: str, now: datetime
) -> BackedUp:
    """Copy the ledger, beside whoever writes to it; a folder gets a file named by the instant.
    Raises LedgerError; see ``store.upkeep.backup``."""
    url = configuration.settings.database.url
    ledger = sqlite_file(url)
    if file.is_dir():
        file /= f"{ledger.stem}-{now:%Y%m%dT%H%M%SZ}{ledger.suffix}"
    holds = await back_up(url, file, by, now)
    return BackedUp(
        file=file,
        octets=file.stat().st_size,
        holds=holds,
        keys_file=configuration.settings.keys.file,
        journal=configuration.optout_journal,
        on_one_volume=file.stat().st_dev == ledger.stat().st_dev,
    )


async def rehearse_restore(configuration: Configuration, copy: Path, now: datetime) -> Rehearsed:
    """Put a copy, and one of the journal, aside; bring it up to date and start on it as the daemon
    would. Raises LedgerError and KeysError for what would refuse then."""
    keys_file = configuration.settings.keys.file
    with _folder(configuration) as folder:
        file = folder / "ledger.db"
        holds = fetched(copy, file, keys_file)
        url = f"sqlite:///{file}"
        migrate(url)
        opened = await open_ledger(url, keys_file, now)
        try:
            journal = _journal_copy(configuration, folder, opened.keys.check_value)
            replayed = await replay(opened.database, journal, now)
            journal.close()
        finally:
            await opened.database.close()
    return Rehearsed(holds=holds, replayed=replayed)


async def restore_ledger(
    configuration: Configuration, copy: Path, by: str, now: datetime
) -> tuple[Copied, Path | None]:
    """Put a copy in the ledger's place; what it holds, and where the one that was there lies now.

    The daemon must be stopped: the caller has its lock. Raises LedgerError and KeysError, the
    ledger being as it was."""
    ledger = sqlite_file(configuration.settings.database.url)
    with _folder(configuration) as folder:
        file = folder / ledger.name
        holds = fetched(copy, file, configuration.settings.keys.file)
        aside = await put_in_place(file, ledger, copy=copy.name, by=by, now=now)
    return holds, aside


@contextmanager
def _folder(configuration: Configuration) -> Iterator[Path]:
    """On the ledger's volume, its owner's alone, and gone afterwards."""
    configuration.var.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix=".restore-", dir=configuration.var) as folder:
        yield Path(folder)


def _journal_copy(configuration: Configuration, folder: Path, identity: str) -> OptOutJournal:
    path = configuration.optout_journal
    if path.exists():
        shutil.copyfile(path, folder / path.name)
    # A replay asks the second mark, and writes nothing to it.
    return OptOutJournal(folder / path.name, identity, configuration.second_mark)
