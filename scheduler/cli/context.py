"""What every command needs: the configuration, an open ledger, and a way to run a step."""

from collections.abc import AsyncIterator, Coroutine, Mapping
from contextlib import asynccontextmanager
from getpass import getuser
from os import getpid
from pathlib import Path
from socket import gethostname
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, TypeVar

import typer

from scheduler.cli.language import ask, colon, say
from scheduler.cli.misuse import fault_text, told_of
from scheduler.cli.output.moments import clock_of, when
from scheduler.domain.values import frozen

if TYPE_CHECKING:
    from scheduler.bootstrap import App
    from scheduler.config.configuration import Configuration
    from scheduler.domain.audit import AuditAct
    from scheduler.domain.planning import OccurrenceRow

T = TypeVar("T")


@frozen
class Context:
    """Made from the options that come before the command's name."""

    config: str

    def load(self, *, lacking: bool = False) -> "Configuration":
        """Also sets the logs up as it says. Raises ConfigError.

        ``lacking``: a message that isn't there refuses nothing, for it is told otherwise.
        """
        from scheduler.config.loading import load
        from scheduler.domain.errors import ConfigError
        from scheduler.log import set_up_logs

        configuration = load(Path(self.config))
        if configuration.lost and not lacking:
            raise ConfigError([*configuration.lost])
        _know_channels(configuration)
        set_up_logs(configuration.settings.log.format)
        clock_of(configuration.settings.time_zone)
        return configuration

    def load_to_read(self) -> "Configuration":
        """For what reads texts, with a ledger or without: the edits that stand over the files are
        read where the ledger can be asked, and where it can't that is said."""
        from scheduler.bootstrap import edits_to_read

        configuration, why = run(edits_to_read(self.load(lacking=True)))
        if why:
            say(f"reflexe: what was edited on the desk isn't read: {why}", err=True)
        return configuration

    def load_to_run(self) -> "Configuration":
        """For the daemon: a fault of the calendar leaves aside what it concerns."""
        from scheduler.config.tolerant import load_tolerant
        from scheduler.log import set_up_logs

        configuration = load_tolerant(Path(self.config))
        _know_channels(configuration)
        set_up_logs(configuration.settings.log.format)
        return configuration

    def load_anyhow(self) -> "Configuration":
        """For what must work while config.yaml is faulty: without what of its calendar is, or as a
        daemon noted it last, and said. Raises ConfigError when nothing was noted."""
        from scheduler.config.last_good import read
        from scheduler.config.tolerant import load_tolerant
        from scheduler.domain.errors import ConfigError
        from scheduler.log import set_up_logs

        path = Path(self.config)
        try:
            configuration = load_tolerant(path, bending=True)
            for fault in (*configuration.faults, *configuration.lost):
                say(f"reflexe: left aside, and sends nothing: {fault_text(fault)}", err=True)
        except ConfigError as faulty:
            good = read(path)
            if good is None:
                raise
            typer.echo(f"reflexe{colon()} {told_of(faulty)}", err=True)
            clock_of(good.configuration.settings.time_zone)
            say(
                f"reflexe: this command goes by the configuration of {when(good.noted_at)}"
                f", the last good one that a daemon noted ({good.file})",
                err=True,
            )
            configuration = good.configuration
            if good.other_ledger:
                asked = f"database.url is {good.other_ledger} now, and was "
                asked += f"{configuration.settings.database.url}: act on the one that it was?"
                ask(asked, err=True)
        set_up_logs(configuration.settings.log.format)
        clock_of(configuration.settings.time_zone)
        return configuration

    @asynccontextmanager
    async def opened(
        self, *, create: bool = False, anyhow: bool = False, lacking: bool = False
    ) -> "AsyncIterator[App]":
        """The app on its ledger, closed at the end. Raises ConfigError, LedgerError, KeysError.

        A ledger that isn't there is refused, for a path may be mistyped. ``create``: it is made,
        and said; for what may be the first thing done to one. ``anyhow``: a faulty configuration
        keeps nobody from it; ``lacking``: as ``load`` has it.
        """
        from scheduler.bootstrap import open_app

        configuration = self.load_anyhow() if anyhow else self.load(lacking=lacking)
        if create and configuration.ledger_is_missing:
            url = configuration.settings.database.url
            say(f"A new, empty ledger is made: {url}", err=True)
        app = await open_app(configuration, create=create)
        try:
            yield app
        finally:
            await app.close()

    @asynccontextmanager
    async def opened_to_look(self, *, said: bool = False) -> "AsyncIterator[App]":
        """The same for what needs no ledger: where none is there, an empty one is put aside for as
        long as it takes, and nothing is left of it. ``said``: for whom that makes a difference."""
        from scheduler.bootstrap import open_app

        configuration = self.load()
        with TemporaryDirectory() as aside:
            if configuration.ledger_is_missing:
                if said:
                    url = configuration.settings.database.url
                    say(f"There is no ledger at {url}: everybody is new to it", err=True)
                configuration = configuration.with_ledger_in(Path(aside))
            app = await open_app(configuration)
            try:
                yield app
            finally:
                await app.close()


async def find_occurrence(app: "App", printed: str) -> "OccurrenceRow":
    """By its printed id. Raises NotFound, with those of the same campaign."""
    from scheduler.domain.errors import NotFound
    from scheduler.domain.names.occurrence_ids import id_with_key, named

    row = await app.ledger.find_occurrence(printed)
    if row is None:
        rows = await app.ledger.occurrences()
        if several := [id_with_key(one) for one in named(printed, rows)]:
            raise NotFound(f"{printed!r} may be any of these, say which: {', '.join(several)}")
        known = [one.id for one in rows]
        near = ", ".join(one for one in known if printed.split("/")[0] in one) or "none"
        if printed in {one.name for one in app.configuration.campaigns}:
            raise NotFound(
                f"{printed} is a campaign: name one of its occurrences; there are: {near}"
            )
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


def myself(by: str = "") -> str:
    """Who acts, and which process: what another one that must wait is told."""
    return f"{actor(by)} on {gethostname()}, process {getpid()}"


async def note_look(
    app: "App", act: "AuditAct", subject: str, by: str, detail: Mapping[str, str | int]
) -> None:
    """That people's data was looked at, or acted on, in the audit log."""
    from scheduler.domain.audit import Act

    entry = Act(actor=actor(by), act=act, subject=subject, detail=detail)
    await app.people.note_export(entry, app.clock())


def run(step: Coroutine[Any, Any, T]) -> T:
    """The one place where a command enters the event loop."""
    import asyncio

    return asyncio.run(step)


def run_long(step: Coroutine[Any, Any, T]) -> T:
    """The same of the daemon, which stays in it: on the quicker loop, where the machine has it."""
    import asyncio

    try:
        from uvloop import new_event_loop
    except ImportError:
        return asyncio.run(step)
    with asyncio.Runner(loop_factory=new_event_loop) as runner:
        return runner.run(step)


def _know_channels(configuration: "Configuration") -> None:
    """Those that files added have names, endings and hours of their own. Raises ConfigError."""
    if configuration.settings.channels.others:
        from scheduler.bootstrap.providers import channel_kinds

        channel_kinds(configuration.settings)
