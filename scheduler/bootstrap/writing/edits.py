"""The configuration with the edits that stand over its files, as the ledger has them now."""

import asyncio
from dataclasses import replace

from scheduler.config.configuration import Configuration
from scheduler.config.laying import with_changes
from scheduler.content.standing import lay
from scheduler.domain.errors import LedgerError
from scheduler.store.database import Database
from scheduler.store.setup import open_to_read
from scheduler.store.writing.calendar_changes import ChangeLedger
from scheduler.store.writing.edits import EditLedger


async def with_edits(configuration: Configuration, database: Database) -> Configuration:
    """One that has them already keeps them: a rehearsal's copy of the people holds no edits.

    Raises LedgerError where they can't be laid over the files: nobody sends the older text instead.
    """
    if configuration.edited is not None or configuration.files_say is not None:
        return configuration
    return await with_newest_edits(configuration, database)


async def with_newest_edits(configuration: Configuration, database: Database) -> Configuration:
    """The same, whatever it had. Files that came and went since are seen as well."""
    return await _with_texts(await _with_changes(configuration, database), database)


async def is_behind(configuration: Configuration, database: Database) -> bool:
    """Whether a text was published, or the calendar changed, since it was laid."""
    published = await EditLedger(database).published()
    return (published, await ChangeLedger(database).number()) != (
        configuration.edits,
        configuration.changed,
    )


async def _with_changes(configuration: Configuration, database: Database) -> Configuration:
    number, standing = await ChangeLedger(database).standing()
    if not standing and configuration.files_say is None:
        return replace(configuration, changed=number)
    return with_changes(configuration, standing, number)


async def _with_texts(configuration: Configuration, database: Database) -> Configuration:
    ledger = EditLedger(database)
    if not await ledger.published():
        return replace(configuration, edited=None, edits=0)
    number, standing = await ledger.standing()
    texts = {one.path: one.content for one in standing if one.content is not None}
    if not texts or not configuration.files.is_dir():
        return replace(configuration, edited=None, edits=number)
    folder = configuration.laid_texts
    try:
        laid = await asyncio.to_thread(
            lay, configuration.files, texts, folder, configuration.edited
        )
    except OSError as unwritable:
        raise LedgerError(
            f"{len(texts)} texts edited on the desk stand over their files, and can't be laid in "
            f"{folder}: {unwritable.strerror} — make that folder writable"
        ) from unwritable
    return replace(configuration, edited=laid, edits=number)


async def edits_to_read(configuration: Configuration) -> tuple[Configuration, str]:
    """For what reads texts and needs no ledger: as it says where it can be asked, else the files
    alone, and why."""
    if configuration.ledger_is_missing:
        return configuration, ""
    try:
        database = await open_to_read(configuration.settings.database.url)
        try:
            return await with_edits(configuration, database), ""
        finally:
            await database.close()
    except LedgerError as away:
        return configuration, str(away)
