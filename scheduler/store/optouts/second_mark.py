"""How far a ledger has come, once more, where neither it nor its journal lies: a whole folder that
is put back, with its journal in it, is noticed by this.

One line, written in place and not synced: a mark that is behind says nothing, and one that is torn
is none.
"""

import json
import os
from pathlib import Path
from zlib import crc32

#: Octets of the line, with room for any number.
_LENGTH = 160


class SecondMark:
    """One file of one ledger. Nothing is made before the first mark."""

    def __init__(self, path: Path, identity: str) -> None:
        self.path = path
        self._identity = identity
        self._file: int | None = None

    def note(self, mark: int) -> None:
        """Raises OSError."""
        if self._file is None:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._file = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600)
        body = json.dumps({"ledger": self._identity, "mark": mark}).encode("ascii")
        os.pwrite(self._file, (b"%08x %b" % (crc32(body), body)).ljust(_LENGTH - 1) + b"\n", 0)

    def read(self) -> int:
        """The last one of this ledger; 0 where there is none to be read."""
        try:
            checksum, _, body = self.path.read_bytes().strip().partition(b" ")
            if int(checksum, 16) != crc32(body):
                return 0
            fields = json.loads(body)
        except (OSError, ValueError):
            return 0
        return int(fields["mark"]) if fields["ledger"] == self._identity else 0

    def close(self) -> None:
        """May be called twice."""
        if self._file is not None:
            os.close(self._file)
            self._file = None
