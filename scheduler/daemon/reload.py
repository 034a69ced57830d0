"""What people edit while the daemon runs: templates/, audiences/ and the calendar in config.yaml.

A faulty edit keeps the last good configuration and raises an alarm.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from scheduler import bootstrap
from scheduler.bootstrap import App, Ledger
from scheduler.config import last_good
from scheduler.config.configuration import Configuration
from scheduler.config.loading import load
from scheduler.config.tolerant import CALENDAR, load_tolerant
from scheduler.domain.alarms.kinds import AlarmKind
from scheduler.domain.errors import ConfigError
from scheduler.flow.law.noting import note_law
from scheduler.log import get_logger

log = get_logger(__name__)

#: Parts of the settings that are taken while running; the others need a restart.
LIVE_PARTS = (*CALENDAR, "decisions")

#: A file's path, time of change and size.
Mark = tuple[str, int, int]


class Watch:
    """Knows whether a watched file changed since it was last asked."""

    def __init__(self, config: Path) -> None:
        self._config = config
        self._marks = self._look()

    def changed(self) -> bool:
        marks = self._look()
        changed, self._marks = marks != self._marks, marks
        return changed

    def _look(self) -> frozenset[Mark]:
        return frozenset(_marks(self._config))


class Edits:
    """Takes up what people edit, in files and on the desk."""

    def __init__(self, config: Path, use: Callable[[Configuration], None]) -> None:
        """``use`` makes a configuration the running one."""
        self._config = config
        self._use = use
        self._watch = Watch(config)
        self._to_read = False

    async def look(self, app: App, now: datetime) -> None:
        """Whatever changed since the last look."""
        ledger, running = app.ledger, app.configuration
        # Until it is done: the ledger, or the disk that edits are laid on, may be away now.
        self._to_read = self._watch.changed() or self._to_read
        if not self._to_read:
            if await bootstrap.is_behind(running, ledger.database):
                self._use(await bootstrap.with_newest_edits(running, ledger.database))
                log.info("texts.read_again")
            return
        try:
            renewed, others = read_again(self._config, running)
        except ConfigError as faulty:
            if await ledger.raise_alarm(AlarmKind.CONFIG_FAULTY, "config.yaml", str(faulty), now):
                log.error("config.faulty", reason=str(faulty))
            # Files that came or went beside the fault, and what was decided here, are read all the
            # same.
            if running.edited or await bootstrap.is_behind(running, ledger.database):
                self._use(await bootstrap.with_newest_edits(running, ledger.database))
            self._to_read = False
            return
        renewed = await bootstrap.with_newest_edits(renewed, ledger.database)
        note_good(renewed, now)
        await tell_faults(ledger, renewed, now)
        if others:
            log.warning("config.needs_restart", remedy="restart to use the other changes")
        self._use(renewed)
        self._to_read = False
        await note_law(renewed, ledger, now)
        log.info("config.read_again")


async def tell_faults(ledger: Ledger, configuration: Configuration, now: datetime) -> None:
    """What was left aside sends nothing until it is mended."""
    faults = (*configuration.faults, *configuration.lost)
    if not faults:
        await ledger.clear_alarm(AlarmKind.CONFIG_FAULTY, "config.yaml", now)
        return
    told = "\n".join(str(fault) for fault in faults)
    await ledger.raise_alarm(AlarmKind.CONFIG_FAULTY, "config.yaml", told, now)


def _marks(config: Path) -> Iterator[Mark]:
    """Looked at every two seconds, so by what a folder's listing tells."""
    with suppress(OSError):
        found = config.stat()
        yield str(config), found.st_mtime_ns, found.st_size
    folders = [str(config.parent / name) for name in ("templates", "audiences")]
    while folders:
        # One that is gone since has no marks.
        with suppress(OSError), os.scandir(folders.pop()) as entries:
            for one in entries:
                if one.is_dir(follow_symlinks=False):
                    folders.append(one.path)
                with suppress(OSError):
                    found = one.stat()
                    yield one.path, found.st_mtime_ns, found.st_size


def read_again(config: Path, running: Configuration) -> tuple[Configuration, bool]:
    """The running configuration with its calendar renewed, and whether more changed than that: it
    needs a restart.

    Raises ConfigError when an edit is faulty. Where there is no good one to run on, what is faulty
    is left aside, as at the start.
    """
    fresh = load_tolerant(config) if running.faults else load(config)
    live = {part: getattr(fresh.settings, part) for part in LIVE_PARTS}
    settings = running.settings.model_copy(update=live)
    renewed = replace(
        running,
        settings=settings,
        audiences=fresh.audiences,
        campaigns=fresh.campaigns,
        files_say=None,
        changes=(),
        faults=fresh.faults,
        lost=fresh.lost,
    )
    return renewed, settings != fresh.settings


def note_good(running: Configuration, now: datetime) -> None:
    """For the commands that must work while config.yaml is faulty; as far as it can be written."""
    try:
        last_good.note(running, now)
    except OSError as fault:
        log.warning("config.not_noted", reason=fault.strerror)
