"""What people asked for, once more, outside the ledger: a backup that is put back forgets nothing.

An append-only text file of digests: no address is in it, and none can be read from it. Each line
has its checksum, so that a line torn by a full disk or a power cut is passed over and the others
count. An opt-out's line is on disk (fsync) before its answer; a ledger's high-water mark is written
without: only a mark that is ahead of its ledger says anything, and none can be by being lost.

Several processes may append to one file: each group of lines is one write.
"""

import errno
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from threading import Lock
from typing import Any
from zlib import crc32

from scheduler.domain.consent.optout_record import OptOutRecord, Person
from scheduler.domain.errors import LedgerError
from scheduler.domain.ids import ContactId
from scheduler.domain.message import AddressKind
from scheduler.domain.values import frozen
from scheduler.store.folders import sync_folder
from scheduler.store.optouts.reserve import Reserve
from scheduler.store.optouts.second_mark import SecondMark
from scheduler.store.schema.types import from_milliseconds, to_milliseconds

FORMAT = "reflexe-optouts-1"

#: By kind and digest, then by channel, scope, reason and person.
_Latest = dict[tuple[str, ...], dict[tuple[Any, ...], OptOutRecord]]


@frozen
class Reading:
    """What a journal holds."""

    #: The latest act about each subject, address by address.
    records: Sequence[OptOutRecord]
    #: The highest mark of the ledger that was noted.
    mark: int
    #: Lines passed over.
    damaged: int


class OptOutJournal:
    """One file of one ledger. Nothing is opened or made before the first line."""

    def __init__(self, path: Path, identity: str, second: Path | None = None) -> None:
        """``identity`` says whose digests these are: the check value of the ledger's keys.
        ``second``: where the mark is kept as well."""
        self.path = path
        self.second = SecondMark(second, identity) if second is not None else None
        #: For the hour when nothing grows any more: what it holds the journal will have.
        self.reserve = Reserve(path.with_name(f"{path.name}.reserve"))
        self._identity = identity
        self._file: int | None = None
        self._lock = Lock()
        #: The last write may have ended within a line.
        self._torn = False

    def append(self, records: Sequence[OptOutRecord]) -> None:
        """On disk when it returns. Raises OSError."""
        self._append([_fields(record) for record in records])

    def set_aside(self, records: Sequence[OptOutRecord]) -> None:
        """In the room that was written ahead, on disk when it returns. Raises OSError."""
        lines = b"".join(_line(_fields(record)) for record in records)
        self.reserve.append(lines, _line({"format": FORMAT, "ledger": self._identity}))

    def append_renewed(self, digests: Sequence[tuple[str, str, str]], key_id: str) -> None:
        """Another key's digest (kind, old, new) stands for the same address from now on. On disk
        when it returns. Raises OSError."""
        if digests:
            self._append(
                [
                    {"act": "renew", "kind": kind, "digest": old, "new": new, "key": key_id}
                    for kind, old, new in digests
                ]
            )

    def _append(self, acts: Sequence[Mapping[str, object]]) -> None:
        lines = b"".join(map(_line, acts))
        with self._lock:
            file = self._write(lines)
        # Not under the lock: a mark needn't wait for the disk.
        os.fdatasync(file)

    def note_mark(self, mark: int) -> None:
        """How far the ledger has come. Raises OSError."""
        with self._lock:
            if self.second is not None:
                # Keys may lie where nothing can be written: then the journal alone has it.
                with suppress(OSError):
                    self.second.note(mark)
            self._write(_line({"mark": mark}))

    def close(self) -> None:
        """May be called twice."""
        with self._lock:
            if self.second is not None:
                self.second.close()
            if self._file is not None:
                os.close(self._file)
                self._file = None

    def read(self) -> Reading | None:
        """None where there is no file. Raises LedgerError for another ledger's, or an unreadable
        one."""
        try:
            data = self.path.read_bytes()
        except FileNotFoundError:
            return None
        except OSError as unreadable:
            raise LedgerError(
                f"optout.journal {self.path} can't be read ({unreadable.strerror}): "
                "let this user read it"
            ) from unreadable
        return self.reading(data)

    def reading(self, data: bytes) -> Reading:
        """What lines of a journal say. Raises LedgerError for another ledger's."""
        latest: _Latest = {}
        mark = damaged = 0
        for line in filter(None, data.split(b"\n")):
            fields = _checked(line)
            if fields is None:
                damaged += 1
            elif "ledger" in fields:
                self._check_header(fields)
            elif "mark" in fields:
                mark = max(mark, fields["mark"])
            elif fields["act"] == "renew":
                _renew(latest, fields)
            else:
                _keep(latest, _record(fields))
        records = [record for acts in latest.values() for record in acts.values()]
        return Reading(records=records, mark=mark, damaged=damaged)

    def _check_header(self, header: Mapping[str, str]) -> None:
        if header.get("format") != FORMAT:
            raise LedgerError(
                f"optout.journal {self.path} was written by another version: start that one"
            )
        if header["ledger"] != self._identity:
            raise LedgerError(
                f"optout.journal {self.path} belongs to another ledger: move it away, or set "
                "optout.journal to this ledger's own"
            )

    def _write(self, lines: bytes) -> int:
        file = self._opened()
        data = (b"\n" if self._torn else b"") + lines
        self._torn = True
        written = os.write(file, data)
        if written < len(data):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        self._torn = False
        return file

    def _opened(self) -> int:
        if self._file is None:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._file = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
            self._begin(self._file)
        return self._file

    def _begin(self, file: int) -> None:
        """A header for a new file; after a torn line, a line of its own for the next."""
        size = os.fstat(file).st_size
        if size:
            self._torn = os.pread(file, 1, size - 1) != b"\n"
            return
        self._write(_line({"format": FORMAT, "ledger": self._identity}))
        os.fsync(file)
        sync_folder(self.path.parent)


def _keep(latest: _Latest, record: OptOutRecord) -> None:
    address = (record.kind, record.digest)
    latest.setdefault(address, {})[record.subject[2:]] = record


def _renew(latest: _Latest, fields: Mapping[str, str]) -> None:
    """What an address's older digest was about is its newer one's."""
    for record in latest.pop((fields["kind"], fields["digest"]), {}).values():
        renewed = replace(record, digest=fields["new"], key_id=fields["key"])
        known = latest.get((renewed.kind, renewed.digest), {}).get(renewed.subject[2:])
        if known is None or known.at <= renewed.at:
            _keep(latest, renewed)


def batches(records: Sequence[OptOutRecord], size: int) -> Iterator[Sequence[OptOutRecord]]:
    for start in range(0, len(records), size):
        yield records[start : start + size]


def _line(fields: Mapping[str, object]) -> bytes:
    body = json.dumps(fields, separators=(",", ":")).encode("ascii")
    return b"%08x %b\n" % (crc32(body), body)


def _checked(line: bytes) -> dict[str, Any] | None:
    checksum, _, body = line.partition(b" ")
    try:
        return json.loads(body) if int(checksum, 16) == crc32(body) else None
    except ValueError:
        return None


def _fields(record: OptOutRecord) -> dict[str, object]:
    person = record.person
    # Fields of their own: a version that doesn't know them reads the opt-out all the same.
    forgotten = {"source": record.source, "source_key": record.source_key}
    return {
        "act": "back" if record.back else "lift" if record.lifted else "opt-out",
        "kind": record.kind.value,
        "digest": record.digest,
        "key": record.key_id,
        "person": None if person is None else [person.contact, person.check],
        "channel": record.channel,
        "scope": record.scope,
        "reason": record.reason,
        "route": record.route,
        "at": to_milliseconds(record.at),
        **(forgotten if record.source_key else {}),
    }


def _record(fields: Mapping[str, Any]) -> OptOutRecord:
    named = fields.get("person")
    return OptOutRecord(
        kind=AddressKind(str(fields["kind"])),
        digest=str(fields["digest"]),
        key_id=str(fields["key"]),
        channel=str(fields["channel"]),
        scope=str(fields["scope"]),
        reason=str(fields["reason"]),
        route=str(fields["route"]),
        at=from_milliseconds(int(fields["at"])),
        lifted=fields["act"] == "lift",
        person=Person(contact=ContactId(int(named[0])), check=str(named[1])) if named else None,
        nameless="person" not in fields,
        back=fields["act"] == "back",
        source=str(fields.get("source", "")),
        source_key=str(fields.get("source_key", "")),
    )
