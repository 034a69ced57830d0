"""A digest of all that an answer about a text depends on.

Its own files and those that all messages share, what of the configuration texts are judged on, the
day where it counts, and the program that judges.
"""

import hashlib
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from scheduler.config.configuration import Configuration
from scheduler.content import judging_code
from scheduler.content.library import MAX_FILE
from scheduler.domain.calendar.campaigns import is_over
from scheduler.domain.values import frozen
from scheduler.flow.writing.ground import Ground, Grounds

#: Folders of what every message is made with.
_SHARED = ("_snippets", "_layouts", "_images")

#: Campaign and episode.
Use = tuple[str, str]
#: Of what all messages share.
NO_USE = ("", "")


@frozen
class Mark:
    #: The same for the same texts and values, wherever and whenever.
    digest: str
    #: Which files they were, and when each was last changed: what is read between two equal marks
    #: is what they stand for.
    stood: Sequence[tuple[int, ...]]


@frozen
class Files:
    """Some files, read once."""

    digest: bytes
    stood: Sequence[tuple[int, ...]]


def day_for(configuration: Configuration, message: str, now: datetime, use: Use | None) -> date:
    """The day on which a message is judged, the organisation's.

    What leaves is judged on no day: dates in a text are advice, which holds nobody. But what was
    read somewhere may be told until a day, and is judged on the next once that is over.
    """
    zone = ZoneInfo(configuration.settings.time_zone)
    today = now.astimezone(zone).date() if now.tzinfo else now.date()
    if use is None:
        return today
    over = [
        episode.reference.valid_until
        for campaign in configuration.campaigns
        for episode in campaign.episodes
        if (campaign.name, episode.name) == use and episode.message == message
        if episode.reference is not None and is_over(episode.reference, today)
    ]
    return max(over) + timedelta(days=1) if over else date.min


def shared_files(templates: Path) -> Files:
    return _read(templates, _SHARED)


@dataclass(kw_only=True, slots=True)
class Marks:
    """Keeps what it worked out of the last configuration. May be used by several threads."""

    _last: "_Seen | None" = None

    def ground(self, configuration: Configuration, message: str) -> Ground:
        return self._ground(configuration, message)[0]

    def of(
        self,
        configuration: Configuration,
        message: str,
        day: date | None,
        use: Use | None,
        shared: Files | None = None,
    ) -> Mark:
        """``day``: what whoever judges is told of time (``day_for``). ``shared``: of this very
        moment, where several messages are looked at."""
        _, ground = self._ground(configuration, message)
        shared = shared or shared_files(configuration.templates)
        asked = repr((judging_code.digest(), message, day and day.isoformat(), use))
        seen = hashlib.sha256(asked.encode())
        seen.update(ground)
        seen.update(shared.digest)
        stood = [*shared.stood]
        if message:
            own = _read(configuration.templates, (message,))
            seen.update(own.digest)
            stood += own.stood
        return Mark(digest=seen.hexdigest(), stood=stood)

    def _ground(self, configuration: Configuration, message: str) -> tuple[Ground, bytes]:
        last = self._last
        if last is None or last.configuration is not configuration:
            last = _Seen(configuration=configuration, grounds=Grounds.of(configuration))
            if last.grounds.document is not None:
                # A config.yaml that can't be read is looked for again.
                self._last = last
        if (found := last.by_message.get(message)) is None:
            ground = last.grounds.of_message(message)
            last.by_message[message] = found = (ground, ground.digest())
        return found


@frozen
class _Seen:
    configuration: Configuration
    grounds: Grounds
    by_message: dict[str, tuple[Ground, bytes]] = field(default_factory=dict)


def _read(templates: Path, folders: Sequence[str]) -> Files:
    seen, stood = hashlib.sha256(), []
    for file in sorted(_names(templates, folders)):
        read, stat = _bytes(templates / file)
        seen.update(repr((file, len(read))).encode("utf-8", "surrogatepass"))
        seen.update(read)
        stood.append(stat)
    return Files(digest=seen.digest(), stood=stood)


def _names(templates: Path, folders: Sequence[str]) -> Iterator[str]:
    for folder in folders:
        try:
            found = [file for file in (templates / folder).iterdir() if file.is_file()]
        except OSError:
            continue
        yield from (file.relative_to(templates).as_posix() for file in found)


def _bytes(path: Path) -> tuple[bytes, tuple[int, ...]]:
    """As much of a file as the library reads; one that can't be read is like no file that can."""
    try:
        with path.open("rb") as file:
            stat = os.fstat(file.fileno())
            stood = (stat.st_ino, stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns)
            return file.read(MAX_FILE + 1), stood
    except OSError as unreadable:
        return f"\0{unreadable.errno}".encode(), ()
