"""Configuration -> App, and the steps that work on it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from scheduler.bootstrap.pace import destinations_of, limit
from scheduler.bootstrap.providers import channel_kinds
from scheduler.config.loading import Configuration
from scheduler.config.settings import Settings
from scheduler.flow.agenda import Agenda
from scheduler.store.answers.bounce_ledger import BounceLedger
from scheduler.store.answers.replies import ReplyLedger
from scheduler.store.ledger import Ledger
from scheduler.store.optouts.journal import OptOutJournal
from scheduler.store.people.people_ledger import PeopleLedger
from scheduler.store.reading.desk_ledger import DeskLedger
from scheduler.store.sealing import make_keys as new_keys
from scheduler.store.sealing import write_keys
from scheduler.store.setup import make_first_keys, migrate, open_ledger
from scheduler.store.steering.hand_ledger import HandLedger

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, kw_only=True, slots=True)
class App:
    """Everything a command or the daemon works with. Close it when done."""

    configuration: Configuration
    agenda: Agenda
    ledger: Ledger
    people: PeopleLedger
    replies: ReplyLedger
    bounces: BounceLedger
    clock: Clock

    async def close(self) -> None:
        await self.ledger.close()


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
    return app_on(configuration, ledger, clock)


def app_on(configuration: Configuration, ledger: Ledger, clock: Clock) -> App:
    """The same on a ledger that is open already (a rehearsal's copy). Raises ConfigError for a
    channel that no file describes."""
    channel_kinds(configuration.settings)
    return App(
        configuration=configuration,
        agenda=Agenda(configuration),
        ledger=ledger,
        people=PeopleLedger(
            ledger.database,
            ledger.keys,
            ledger.optouts,
            destinations_of(configuration.settings),
            keep_source_key=configuration.settings.optout.keep_source_key,
        ),
        replies=ReplyLedger(ledger.database, ledger.keys, ledger.optouts),
        bounces=BounceLedger(ledger.database, ledger.keys, ledger.optouts),
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


def desk_source(app: App) -> DeskLedger:
    """What the desk reads of an app's ledger."""
    return DeskLedger(app.ledger.database, app.ledger.keys)


def hand_of(app: App) -> HandLedger:
    """What the commands that steer a sending do to an app's ledger."""
    return HandLedger(app.ledger.database, app.ledger.keys)
