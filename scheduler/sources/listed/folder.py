"""People from a file that is put in a folder: once whole and quiet, and once by its content.

The file is copied into memory before it is read, and left aside if it changed meanwhile. What was
taken in or refused once isn't looked at again, under any name; a newer file is the next one, also
where it says again what an older one said before another.
"""

import hashlib
import os
import stat
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import field
from fnmatch import fnmatch
from pathlib import Path

from scheduler.domain.errors import SourceAway
from scheduler.domain.people.sourced import Cause
from scheduler.domain.values import frozen
from scheduler.sources.listed.seam import MOST_BYTES, UNDER_WAY, Known, Memory, Table

_CHUNK = 1 << 20


@frozen
class Options:
    path: Path
    #: Which files, as a shell says it.
    files: str = "*"
    #: Seconds since anything of a file changed, its name too, before it is taken to be whole.
    quiet: int = 30
    #: Where a file goes once it is in the ledger; None: it stays.
    done: Path | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    sheet: str = ""


@frozen
class _Found:
    path: Path
    #: What tells whether it is the same, unchanged.
    state: tuple[int, int, int, int]
    changed: float
    #: When its content was, which no new name changes.
    written: float


class Source:
    kind = "folder"
    light = True

    def __init__(self, options: Options, clock: Callable[[], float] = time.time) -> None:
        self._options = options
        self._clock = clock
        #: Of files that were read: a large one isn't read every minute to be known.
        self._digests: dict[tuple[int, int, int, int], str] = {}

    def fetch(self, known: Known, last: str) -> Table | None:
        files = sorted(self._files(), key=lambda one: one.changed)
        newest = max((one.written for one in files), default=0.0)
        for found in files:
            # An older file that still lies there is no news, whatever its clock says.
            written = found.written if found.written == newest else 0.0

            def is_settled(digest: str, written: float = written) -> bool:
                return known(digest) and not known.comes_back(digest, written)

            if is_settled(self._digests.get(found.state, "")):
                continue
            if copy := self._copied(found):
                memory, digest = copy
                self._digests[found.state] = digest
                if is_settled(digest):
                    continue
                return Table(
                    memory=memory,
                    name=found.path.name,
                    mark=digest,
                    chosen=self._options.columns,
                    sheet=self._options.sheet,
                )
        return None

    def taken(self, table: Table) -> str:
        """The file with that content goes to ``done``; whoever took it away before is thanked."""
        if self._options.done is None:
            return ""
        path = self._options.path / table.name
        new = f"{table.mark[:12]}-{table.name}"
        try:
            # A newer file of that name came meanwhile: nobody has read it.
            if self._digests.get(_state(path.lstat())) != table.mark:
                return ""
            self._options.done.mkdir(exist_ok=True)
            path.rename(self._options.done / new)
        except FileNotFoundError:
            return ""
        except OSError as failed:
            return f"the file could not be moved to done ({failed.strerror}): it isn't read again"
        return ""

    def _files(self) -> Iterator[_Found]:
        """Raises SourceAway where the folder can't be read."""
        try:
            entries = list(os.scandir(self._options.path))
        except OSError as failed:
            said = f"the folder can't be read ({failed.strerror})"
            raise SourceAway(Cause.UNREACHABLE, said) from failed
        for entry in entries:
            if not fnmatch(entry.name, self._options.files):
                continue
            if any(fnmatch(entry.name, one) for one in UNDER_WAY):
                continue
            with suppress(FileNotFoundError):
                status = entry.stat(follow_symlinks=False)
                changed = max(status.st_mtime, status.st_ctime)
                if stat.S_ISREG(status.st_mode) and self._clock() - changed >= self._options.quiet:
                    yield _Found(
                        path=Path(entry.path),
                        state=_state(status),
                        changed=changed,
                        written=status.st_mtime,
                    )

    def _copied(self, found: _Found) -> tuple[Memory, str] | None:
        """In memory, with its SHA-256; None for one that isn't as it was. Raises SourceAway."""
        memory, digest, size = Memory(), hashlib.sha256(), 0
        try:
            # A link could lead anywhere; a pipe would never end.
            descriptor = os.open(found.path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        except FileNotFoundError:
            return None
        except OSError as failed:
            said = f"`{found.path.name}` can't be read ({failed.strerror})"
            raise SourceAway(Cause.UNREACHABLE, said) from failed
        with os.fdopen(descriptor, "rb") as file, os.fdopen(os.dup(memory.number), "wb") as copy:
            while chunk := file.read(_CHUNK):
                size += len(chunk)
                if size > MOST_BYTES:
                    said = f"`{found.path.name}` is larger than {MOST_BYTES // 1_000_000} MB"
                    raise SourceAway(Cause.TOO_LARGE, said)
                digest.update(chunk)
                copy.write(chunk)
            if _state(os.fstat(descriptor)) != found.state:
                return None
        return memory, digest.hexdigest()


def _state(status: os.stat_result) -> tuple[int, int, int, int]:
    return status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns
