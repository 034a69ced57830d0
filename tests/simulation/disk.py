"""The files beside the ledger: each write and each sync of the two journals, and what a power cut
leaves of them.

What a process wrote survives its death. What wasn't synced may be lost with the power, from any
octet on.
"""

import errno
import os
from collections.abc import Callable
from pathlib import Path
from random import Random
from types import SimpleNamespace
from typing import Any

from tests.simulation.machine import Died
from tests.simulation.process import Fate, Process


class Files:
    """Every file that the processes of a world have open."""

    def __init__(self, chance: Random, fate: Fate, acting: Callable[[], Process | None]) -> None:
        self._chance = chance
        self._fate = fate
        self._acting = acting
        self._owners: dict[int, tuple[Process | None, Path]] = {}
        #: Octets of each file that are on the disk for good.
        self._synced: dict[Path, int] = {}

    def system(self) -> SimpleNamespace:
        """What stands for ``os`` in a journal's module."""
        mine = {
            "open": self._open,
            "write": self._write,
            "pwrite": self._pwrite,
            "ftruncate": self._truncate,
            "fdatasync": self._sync,
            "fsync": self._sync,
            "close": self._close,
        }
        return SimpleNamespace(**{**vars(os), **mine})

    def lose_power(self) -> None:
        for path, synced in self._synced.items():
            if path.exists() and path.stat().st_size > synced:
                os.truncate(path, self._chance.randint(synced, path.stat().st_size))

    def close_all(self) -> None:
        for file in list(self._owners):
            os.close(file)
        self._owners.clear()

    def _open(self, path: Any, flags: int, mode: int = 0o777) -> int:
        file = os.open(path, flags, mode)
        self._owners[file] = (self._acting(), Path(path))
        if flags & os.O_TRUNC:
            self._synced[Path(path)] = 0
        self._synced.setdefault(Path(path), 0)
        return file

    def _write(self, file: int, octets: bytes) -> int:
        process, path = self._living(file)
        # The wire journal's record, or the opt-out journal's line.
        place = "note" if path.suffix == ".wire" else "line"
        try:
            self._come_by(process, place)
        except TornWrite as torn:
            written = os.write(file, octets[: int(len(octets) * torn.share)])
            if torn.fatal:
                raise Died from None
            return written
        written = os.write(file, octets)
        self._come_by(process, "noted" if place == "note" else "lined")
        return written

    def _pwrite(self, file: int, octets: bytes, offset: int) -> int:
        self._living(file)
        return os.pwrite(file, octets, offset)

    def _truncate(self, file: int, length: int) -> None:
        _, path = self._living(file)
        os.ftruncate(file, length)
        self._synced[path] = min(self._synced[path], length)

    def _sync(self, file: int) -> None:
        if file not in self._owners:
            return  # a folder
        process, path = self._living(file)
        self._come_by(process, "sync")
        self._synced[path] = os.fstat(file).st_size
        self._come_by(process, "synced")

    def _close(self, file: int) -> None:
        self._owners.pop(file, None)
        os.close(file)

    def _living(self, file: int) -> tuple[Process | None, Path]:
        process, path = self._owners[file]
        if process is not None and process.dead:
            raise Died
        return process, path

    def _come_by(self, process: Process | None, place: str) -> None:
        if process is not None:
            self._fate.comes_by(process, place)


class TornWrite(Exception):
    """Of a write only a part gets onto the disk; the process may end by it."""

    def __init__(self, share: float, *, fatal: bool = False) -> None:
        super().__init__()
        self.share = share
        self.fatal = fatal


FULL = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
