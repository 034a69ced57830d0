"""What was on the wire when the process died.

Intents are made durable in groups; without this file, a kill would make a whole group uncertain.
An append-only file a process: one record just before a delivery's last bytes are handed over, one
when its answer is read (with the next hand-over at the latest: it is one write for both).
``write()`` without fsync survives ``kill -9``, not a power cut: so the header names the machine's
boot, and after another boot the file is not trusted.
"""

import asyncio
import os
import struct
from contextlib import suppress
from enum import IntEnum
from errno import ENOSPC
from pathlib import Path

from scheduler.domain.delivery import DeliveryState

MAGIC = b"RFXWIRE2"
BOOT_ID = Path("/proc/sys/kernel/random/boot_id")
#: delivery, mark, padding: 16 bytes, so that a torn record can't be mistaken for another.
RECORD = struct.Struct(">QB7s")
PAD = b"reflexe"


class Mark(IntEnum):
    #: Its last bytes are about to leave.
    HANDED_OVER = 1
    #: Its answer was read: accepted.
    SENT = 2
    #: Its answer was read: refused for good.
    FAILED = 3
    #: Certainly not accepted.
    WAITING = 4


_KNOWN = frozenset(Mark)
_MARKS = {
    DeliveryState.SENT: Mark.SENT,
    DeliveryState.FAILED: Mark.FAILED,
    DeliveryState.WAITING: Mark.WAITING,
}


class WireJournal:
    """Open for as long as the process may send."""

    def __init__(self, path: Path, identity: str) -> None:
        """Starts a new file in place of an earlier one: read that first.

        ``identity`` is what the ledger says of it: another ledger, or an older copy of this one,
        says something else.
        """
        self._header = _header(identity)
        #: Answers of this turn of the loop, written together.
        self._answers: list[bytes] = []
        #: The loop will write them when its turn ends.
        self._is_due = False
        flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_APPEND
        self._file = os.open(path, flags, 0o600)
        self._append(self._header)

    def handing_over(self, delivery: int) -> None:
        """Raises OSError when it can't be noted: then its last bytes may not leave.

        What was answered before on its line is noted in the same write: of a line, one message at
        most has left without an answer that is known.
        """
        self._append(b"".join([*self._answers, RECORD.pack(delivery, Mark.HANDED_OVER, PAD)]))
        self._answers.clear()

    def answered(self, delivery: int, state: DeliveryState) -> None:
        """Noted when the loop's turn ends, with whatever else is answered in it; at once where no
        loop runs. An uncertain outcome leaves no record: the first one says it all.

        Raises OSError when it can't be noted at once.
        """
        mark = _MARKS.get(state)
        if mark is None:
            return
        self._answers.append(RECORD.pack(delivery, mark, PAD))
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            self._flush()
            return
        if not self._is_due:
            self._is_due = True
            loop.call_soon(self._flush_late)

    def _flush_late(self) -> None:
        self._is_due = False
        # A full disk: the ledger is next, and decides alone.
        with suppress(OSError):
            self._flush()

    def _flush(self) -> None:
        answers, self._answers = self._answers, []
        if answers:
            self._append(b"".join(answers))

    def _append(self, record: bytes) -> None:
        """All of it, or nothing: a disk with room for some octets writes those, and says so."""
        written = os.write(self._file, record)
        if written < len(record):
            # What is torn would shift every record after it.
            os.ftruncate(self._file, self.size - written)
            raise OSError(ENOSPC, os.strerror(ENOSPC))

    @property
    def size(self) -> int:
        """Bytes."""
        return os.fstat(self._file).st_size

    def start_over(self) -> None:
        """Empty it. Only when the ledger holds every outcome."""
        self._answers.clear()
        os.ftruncate(self._file, len(self._header))

    def close(self) -> None:
        self._flush_late()
        with suppress(OSError):
            os.close(self._file)


def read_journal(path: Path, identity: str) -> dict[int, Mark] | None:
    """The last mark of each delivery; None when the file is missing, damaged, or from another
    boot, or when this system doesn't tell its boots apart."""
    try:
        data = path.read_bytes()
    except OSError:
        return None
    header = _header(identity)
    if not BOOT_ID.exists() or not data.startswith(header):
        return None
    records = data[len(header) :]
    whole = len(records) - len(records) % RECORD.size
    marks: dict[int, Mark] = {}
    for delivery, mark, pad in RECORD.iter_unpack(records[:whole]):
        if pad != PAD or mark not in _KNOWN:
            return None
        marks[delivery] = Mark(mark)
    return marks


def settle(delivery: int, marks: dict[int, Mark] | None) -> DeliveryState:
    """The state of a delivery that was being sent when its process died."""
    if marks is None:
        return DeliveryState.UNCERTAIN
    mark = marks.get(delivery)
    if mark is None or mark is Mark.WAITING:
        return DeliveryState.WAITING
    if mark is Mark.HANDED_OVER:
        return DeliveryState.UNCERTAIN
    return DeliveryState.SENT if mark is Mark.SENT else DeliveryState.FAILED


def _header(identity: str) -> bytes:
    boot = BOOT_ID.read_bytes().strip() if BOOT_ID.exists() else b"unknown"
    return MAGIC + boot.ljust(40)[:40] + identity.encode().ljust(32)[:32]
