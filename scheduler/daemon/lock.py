"""One daemon a volume, by a lock on a file beside it that the system lets go of at any death; and
one a ledger on SQLite, any number on PostgreSQL."""

import fcntl
import os
from pathlib import Path

from scheduler.bootstrap import Ledger
from scheduler.domain.errors import LedgerError


class DaemonLock:
    """Held from ``take`` until ``release`` or the end of the process."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: int | None = None

    def take(self) -> None:
        """Raises LedgerError when another daemon has it, or the folder can't be written."""
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            file = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as refused:
            raise LedgerError(
                f"{self._path.parent} can't be written ({refused.strerror}): it keeps what this "
                f"process must find again after a crash — give it to user {os.getuid()}"
            ) from refused
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as held:
            holder = os.read(file, 32).decode(errors="replace").strip() or "unknown"
            os.close(file)
            raise LedgerError(
                f"another daemon (process {holder}) works on this ledger: stop it first, or give "
                "this one its own database.url"
            ) from held
        os.ftruncate(file, 0)
        os.write(file, f"{os.getpid()}\n".encode())
        self._file = file

    def release(self) -> None:
        if self._file is not None:
            os.close(self._file)
            self._file = None


async def take_ledger(lock: DaemonLock, ledger: Ledger) -> None:
    """Raises LedgerError where another has it."""
    lock.take()
    if not await ledger.database.hold():
        raise LedgerError(
            "the ledger is being moved, or a daemon of an earlier version works on it: let it "
            "end, or stop it first"
        )
