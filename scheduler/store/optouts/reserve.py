"""Room on the disk that is written ahead: opt-outs that come while it is full have a place.

A megabyte of zeros beside the journal, some thousand opt-outs. Nothing grows when lines are written
over them, so a full disk takes them. Several processes may share it.
"""

import errno
import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from scheduler.store.folders import sync_folder

SIZE = 1 << 20


class Reserve:
    """One file; what is in it ends at its first zero."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def prepare(self) -> None:
        """Written ahead, on disk when it returns; may be said again. Raises OSError."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self._locked(os.O_RDWR | os.O_CREAT) as file:
            size = os.fstat(file).st_size
            if size >= SIZE:
                return
            while size < SIZE:
                size += os.pwrite(file, bytes(SIZE - size), size)
            os.fsync(file)
        sync_folder(self.path.parent)

    def append(self, lines: bytes, header: bytes = b"") -> None:
        """On disk when it returns; ``header`` goes before the first. Raises OSError, when there is
        no room left or none was written ahead, with nothing changed."""
        with self._locked(os.O_RDWR) as file:
            held = _held(file)
            octets = lines if held else header + lines
            # What a clearing cut short has left is not read for a part of it.
            octets += b"\0"
            if len(held) + len(octets) > os.fstat(file).st_size:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            os.pwrite(file, octets, len(held))
            os.fdatasync(file)

    def read(self) -> bytes:
        """What it holds; nothing where there is none."""
        try:
            with self.path.open("rb") as file:
                return _until_zero(file.read(SIZE)) if file.peek(1)[:1].strip(b"\0") else b""
        except FileNotFoundError:
            return b""

    def clear(self, taken: bytes) -> None:
        """Room again for all that was taken elsewhere; nothing while it holds more than that."""
        with self._locked(os.O_RDWR) as file:
            if _held(file) == taken:
                os.pwrite(file, bytes(len(taken)), 0)
                os.fdatasync(file)

    @contextmanager
    def _locked(self, flags: int) -> Iterator[int]:
        file = os.open(self.path, flags, 0o600)
        try:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield file
        finally:
            os.close(file)


def _held(file: int) -> bytes:
    return _until_zero(os.pread(file, SIZE, 0))


def _until_zero(octets: bytes) -> bytes:
    return octets.partition(b"\0")[0]
