"""The audiences' sources, as config.yaml says them: each is asked in a thread of its own."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from zoneinfo import ZoneInfo

from scheduler.bootstrap.app import App
from scheduler.bootstrap.listed_kinds import made
from scheduler.bootstrap.own_thread import in_own_thread
from scheduler.config.sections.sources import SourceSettings
from scheduler.domain.calendar.campaigns import Audience
from scheduler.domain.calendar.holidays import known_territory
from scheduler.domain.errors import (
    ImportRefused,
    NotFound,
    ReflexeError,
    SourceAway,
    TableRefused,
)
from scheduler.domain.people.sourced import Cause
from scheduler.flow import renames
from scheduler.flow.people.sourcing import Sourcing, Terms
from scheduler.log import get_logger
from scheduler.sources.listed import seam
from scheduler.sources.listed.reading import TableReading, read_table

log = get_logger(__name__)


class ListedSource:
    """A source whose answer is read as a contact file of one audience."""

    def __init__(self, source: seam.Source, audience: Audience, today: Callable[[], date]) -> None:
        self.kind = source.kind
        self.light = source.light
        self._source = source
        self._audience = audience
        self._today = today
        self._table: seam.Table | None = None

    async def fetch(self, known: Mapping[str, datetime], last: str) -> TableReading | None:
        """See ``flow.people.sourcing.PeopleSource``."""
        return await in_own_thread(lambda: self._fetched(known, last))

    async def taken(self) -> str:
        table = self._table
        return await in_own_thread(lambda: self._source.taken(table)) if table else ""

    def _fetched(self, known: Mapping[str, datetime], last: str) -> TableReading | None:
        table = self._table = self._asked(known, last)
        if table is None:
            return None
        try:
            return read_table(
                table, self._audience, known_territory=known_territory, today=self._today()
            )
        except ImportRefused as refused:
            raise TableRefused(str(refused), table.mark) from refused

    def _asked(self, known: Mapping[str, datetime], last: str) -> seam.Table | None:
        """Whatever breaks in a driver or a library is a reading that failed, and called out as one
        in the end."""
        try:
            settled = {mark: at.timestamp() for mark, at in known.items()}
            return self._source.fetch(seam.Known(settled), last)
        except ReflexeError:
            raise
        except Exception as broke:
            log.exception("source.broke", audience=self._audience.name)
            said = f"reading it broke ({type(broke).__name__}): the log has more"
            raise SourceAway(Cause.UNREACHABLE, said) from broke


def every_source(app: App) -> Iterator[tuple[Audience, SourceSettings]]:
    """The audiences that have one, in config's order."""
    sources = app.configuration.settings.sources
    for audience in app.configuration.audiences:
        if audience.name in sources:
            yield audience, sources[audience.name]


def source_of(app: App, name: str) -> tuple[Audience, SourceSettings]:
    """Raises NotFound."""
    audience = app.configuration.audience(name)
    found = app.configuration.settings.sources.get(audience.name)
    if found is None:
        known = ", ".join(app.configuration.settings.sources) or "none"
        raise NotFound(f"config.yaml names no source of {audience.name}; it names: {known}")
    return audience, found


def listed_source(app: App, audience: Audience, settings: SourceSettings) -> ListedSource:
    def today() -> date:
        zone = ZoneInfo(app.configuration.settings.time_zone)
        return app.clock().astimezone(zone).date()

    return ListedSource(made(settings), audience, today)


def make_sourcing(
    app: App, audience: Audience, settings: SourceSettings, source: ListedSource
) -> Sourcing:
    return Sourcing(
        audience=audience,
        source=source,
        terms=Terms(
            origin=settings.origin,
            basis=settings.basis.value,
            mode=settings.mode,
            own_file=settings.own_file,
        ),
        contact_files=app.contact_files,
        looks=app.sources,
        alarms=app.ledger,
        now=app.clock,
        allowed=lambda: renames.may_take_in(
            audience, app.configuration.audiences, app.ledger, dry_run=False
        ),
    )
