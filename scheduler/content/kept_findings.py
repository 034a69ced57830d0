"""What was found in texts, kept on disk by what it depends on, so that it is found once.

A file an answer, named by the digest of all that the answer depends on: nothing here ever grows
old, and two processes at once write the same words. Whoever can write here can silence ``check``,
so only a folder and files of our own are believed, that nobody else may write. Whatever is
damaged, foreign or too large is as good as absent, and so is a folder that can't be used at all.
"""

import hashlib
import json
import os
import stat
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from threading import get_ident
from typing import Any

from scheduler.domain.checking.findings import Finding, Hold, Severity
from scheduler.log import get_logger

log = get_logger(__name__)

#: Bytes of one answer; a text at fault everywhere has a tenth of it.
LARGEST = 256_000
#: Answers kept, and their bytes; a year of messages has some two hundred.
MOST, MOST_BYTES = 4_000, 64_000_000
#: The folder is looked through once in so many answers.
_TIDIED_EVERY = 200
#: Seconds after which an answer that is asked for counts as used anew.
_USED_AGAIN = 86_400
#: Seconds after which a file that nobody ended writing is taken away.
_LEFT_BEHIND = 3_600
_OTHERS_WRITE = stat.S_IWGRP | stat.S_IWOTH
_TEMPORARY = ".new"


@dataclass(kw_only=True, slots=True)
class KeptFindings:
    """Of one folder. May be used by several threads and processes at once; raises nothing."""

    folder: Path
    _written: int = 0

    def get(self, mark: str) -> Sequence[Finding] | None:
        """What was found; None when it isn't known, or can't be believed."""
        try:
            with self._opened() as folder:
                return _answer(_read(folder, mark), mark)
        except (OSError, ValueError):
            return None

    def put(self, mark: str, findings: Sequence[Finding]) -> None:
        octets = _octets(mark, findings)
        if len(octets) > LARGEST:
            return
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            with self._opened() as folder:
                _write(folder, mark, octets)
                if self._written % _TIDIED_EVERY == 0:
                    _tidy(folder)
                self._written += 1
        except OSError as unusable:
            log.debug("findings.not_kept", folder=str(self.folder), reason=str(unusable.strerror))

    @contextmanager
    def _opened(self) -> Iterator[int]:
        """Raises OSError where it isn't a folder of our own that nobody else may write."""
        folder = os.open(self.folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
        try:
            _refuse_others(os.fstat(folder))
            yield folder
        finally:
            os.close(folder)


def _refuse_others(found: os.stat_result) -> None:
    if found.st_uid != os.geteuid() or found.st_mode & _OTHERS_WRITE:
        raise PermissionError(1, "it isn't ours alone to write")


def _read(folder: int, mark: str) -> bytes:
    # A pipe under this name would have us wait for ever.
    handle = os.open(
        mark, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC, dir_fd=folder
    )
    try:
        found = os.fstat(handle)
        _refuse_others(found)
        if not stat.S_ISREG(found.st_mode) or found.st_size > LARGEST:
            raise ValueError
        octets = os.read(handle, LARGEST)
        if time.time() - found.st_mtime > _USED_AGAIN:
            os.utime(handle)
        return octets
    finally:
        os.close(handle)


def _write(folder: int, mark: str, octets: bytes) -> None:
    """Whole or not at all, as far as readers can tell; what a power cut tears has another digest,
    so nothing is waited for."""
    new = f"{mark}.{os.getpid()}.{get_ident()}{_TEMPORARY}"
    how = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
    handle = os.open(new, how, 0o600, dir_fd=folder)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(octets)
        os.rename(new, mark, src_dir_fd=folder, dst_dir_fd=folder)
    except BaseException:
        with suppress(OSError):
            os.unlink(new, dir_fd=folder)
        raise


def _tidy(folder: int) -> None:
    """Take away what was used the longest ago, beyond what is kept, and what was left half done."""
    now = time.time()
    found: list[tuple[float, int, str]] = []
    with os.scandir(folder) as entries:
        for entry in entries:
            with suppress(FileNotFoundError):
                seen = entry.stat(follow_symlinks=False)
                if not entry.name.endswith(_TEMPORARY):
                    found.append((seen.st_mtime, seen.st_size, entry.name))
                elif now - seen.st_mtime > _LEFT_BEHIND:
                    os.unlink(entry.name, dir_fd=folder)
    size = 0
    for count, (_, octets, name) in enumerate(sorted(found, reverse=True), 1):
        size += octets
        if count > MOST or size > MOST_BYTES:
            with suppress(OSError):
                os.unlink(name, dir_fd=folder)


def _octets(mark: str, findings: Sequence[Finding]) -> bytes:
    said = [asdict(one) for one in findings]
    kept = {"mark": mark, "findings": said, "digest": _digest(mark, said)}
    return json.dumps(kept).encode()


def _answer(octets: bytes, mark: str) -> Sequence[Finding]:
    """Raises ValueError for what isn't the answer to ``mark``, whole."""
    try:
        kept = json.loads(octets)
        said = kept["findings"]
        if kept["mark"] != mark or kept["digest"] != _digest(mark, said):
            raise ValueError
        return [_finding(one) for one in said]
    except (KeyError, TypeError, AttributeError, RecursionError) as foreign:
        raise ValueError from foreign


def _digest(mark: str, said: object) -> str:
    return hashlib.sha256(json.dumps([mark, said], sort_keys=True).encode()).hexdigest()


_WORDS = frozenset(one.name for one in fields(Finding)) - {"line"}


def _finding(said: dict[str, Any]) -> Finding:
    if any(not isinstance(said[name], str) for name in _WORDS):
        raise ValueError
    if said["line"] is not None and type(said["line"]) is not int:
        raise ValueError
    return told(said)


def told(said: dict[str, Any]) -> Finding:
    """A finding from what ``asdict`` made of it."""
    return Finding(**{**said, "severity": Severity(said["severity"]), "hold": Hold(said["hold"])})
