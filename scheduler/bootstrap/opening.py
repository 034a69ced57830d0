"""Configuration -> App: the ledger opened, made or brought up to date."""

from collections.abc import Callable
from datetime import UTC, datetime

from scheduler.bootstrap.app import App, Clock
from scheduler.bootstrap.pace import limit
from scheduler.bootstrap.providers import channel_kinds
from scheduler.bootstrap.writing.edits import with_edits
from scheduler.config.configuration import Configuration
from scheduler.config.settings import Settings
from scheduler.flow.agenda import Agenda
from scheduler.flow.newcomers import note
from scheduler.store.keys.sealing import make_keys as new_keys
from scheduler.store.keys.sealing import write_keys
from scheduler.store.ledger import Ledger
from scheduler.store.optouts.journal import OptOutJournal
from scheduler.store.setup import make_first_keys, migrate, open_ledger


def utc_now() -> datetime:
    return datetime.now(UTC)


async def open_app(
    configuration: Configuration, clock: Clock = utc_now, *, create: bool = True
) -> App:
    """Open the ledger; a SQLite one that is missing is made, unless ``create`` says no.

    Raises LedgerError and KeysError.
    """
    settings = configuration.settings
    opened = await open_ledger(settings.database.url, settings.keys.file, clock(), create=create)
    journal = OptOutJournal(
        configuration.optout_journal, opened.keys.check_value, configuration.second_mark
    )
    ledger = Ledger(opened.database, opened.keys, opened.made_at, journal)
    limit(ledger, settings)
    try:
        configuration = await with_edits(configuration, ledger.database)
        app = app_on(configuration, ledger, clock)
        await note(app.agenda, ledger)
    except BaseException:
        await ledger.close()
        raise
    return app


def app_on(configuration: Configuration, ledger: Ledger, clock: Clock) -> App:
    """The same on a ledger that is open already (a rehearsal's copy). Raises ConfigError for a
    channel that no file describes."""
    return App(
        configuration=configuration,
        agenda=Agenda(configuration),
        channels=channel_kinds(configuration.settings),
        ledger=ledger,
        clock=clock,
    )


async def migrate_ledger(
    settings: Settings, now: datetime, tell: Callable[[str], None], *, make_keys: bool
) -> str:
    """Make the ledger or bring it up to date; the version of its schema. What that decided about
    rows that were there is told line by line."""
    if make_keys and not settings.keys.file.exists():
        write_keys(new_keys(), settings.keys.file)
    version = migrate(settings.database.url, tell)
    # Whoever only reads makes no keys: a ledger that is there has to have them.
    await make_first_keys(settings.database.url, settings.keys.file, now)
    return version
