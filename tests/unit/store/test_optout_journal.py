"""The journal of opt-outs: what a line survives, and what it never says."""

import os
import resource
from datetime import UTC, datetime
from pathlib import Path
from zlib import crc32

import pytest

from scheduler.domain.consent.optout_record import OptOutRecord
from scheduler.domain.errors import LedgerError
from scheduler.domain.message import AddressKind
from scheduler.store.optouts.journal import OptOutJournal, Reading

AT = datetime(2026, 10, 4, 8, tzinfo=UTC)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "elsewhere" / "optout.journal"


def record(number: int, **more: object) -> OptOutRecord:
    fields: dict[str, object] = {
        "kind": AddressKind.EMAIL,
        "digest": f"{number:064x}",
        "key_id": "a",
        "channel": "email",
        "scope": "topics",
        "reason": "opted-out",
        "route": "one-click",
        "at": AT,
    }
    return OptOutRecord(**(fields | more))  # type: ignore[arg-type]  # builder's own fields


def read(path: Path, identity: str = "a:check") -> Reading:
    reading = OptOutJournal(path, identity).read()
    assert reading is not None
    return reading


def test_what_was_appended_is_read_again(path: Path) -> None:
    journal = OptOutJournal(path, "a:check")
    journal.append([record(1), record(2, kind=AddressKind.PHONE, channel="sms")])
    journal.note_mark(7)
    journal.note_mark(6)
    journal.append([record(1).lifted_at(AT)])
    journal.close()
    journal.close()

    reading = read(path)

    assert reading.records == [
        record(1, lifted=True),
        record(2, kind=AddressKind.PHONE, channel="sms"),
    ]
    assert (reading.mark, reading.damaged) == (7, 0)
    assert path.stat().st_mode & 0o077 == 0


def test_nothing_is_made_before_the_first_line(path: Path) -> None:
    journal = OptOutJournal(path, "a:check")

    assert journal.read() is None
    journal.close()
    assert not path.parent.exists()


@pytest.mark.parametrize("kept", [1, 20, 60])
def test_a_torn_line_is_passed_over_and_the_next_one_counts(path: Path, kept: int) -> None:
    journal = OptOutJournal(path, "a:check")
    journal.append([record(1)])
    whole = path.stat().st_size
    journal.append([record(2)])
    journal.close()
    os.truncate(path, whole + kept)

    journal = OptOutJournal(path, "a:check")
    journal.append([record(3)])
    journal.close()

    reading = read(path)
    assert [one.digest[-1] for one in reading.records] == ["1", "3"]
    assert reading.damaged == 1


def test_a_changed_line_doesnt_count_and_hides_no_other(path: Path) -> None:
    journal = OptOutJournal(path, "a:check")
    journal.append([record(1), record(2), record(3)])
    journal.close()
    path.write_bytes(path.read_bytes().replace(b"000002", b"000009"))

    reading = read(path)

    assert [one.digest[-1] for one in reading.records] == ["1", "3"]
    assert reading.damaged == 1


def test_a_full_disk_is_told_and_later_lines_stand_alone(path: Path) -> None:
    journal = OptOutJournal(path, "a:check")
    journal.append([record(1)])
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (path.stat().st_size + 30, before[1]))
    try:
        with pytest.raises(OSError, match=r"No space|File too large"):
            journal.append([record(2)])
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)

    journal.append([record(3)])

    journal.close()
    assert [one.digest[-1] for one in read(path).records] == ["1", "3"]


def test_two_processes_may_append_to_one_file(path: Path) -> None:
    first, second = OptOutJournal(path, "a:check"), OptOutJournal(path, "a:check")
    for number in range(1, 9):
        (first if number % 2 else second).append([record(number)])

    assert len(read(path).records) == 8
    first.close()
    second.close()


def test_another_ledgers_journal_is_refused(path: Path) -> None:
    journal = OptOutJournal(path, "a:check")
    journal.append([record(1)])
    journal.close()

    with pytest.raises(LedgerError, match="another ledger"):
        read(path, "a:other")


def test_a_journal_of_another_version_is_refused(path: Path) -> None:
    journal = OptOutJournal(path, "a:check")
    journal.note_mark(1)
    journal.close()
    header, _, rest = path.read_bytes().partition(b"\n")
    later = header.partition(b" ")[2].replace(b"optouts-1", b"optouts-2")
    path.write_bytes(b"%08x %b\n%b" % (crc32(later), later, rest))

    with pytest.raises(LedgerError, match="another version"):
        read(path)


def test_a_journal_that_cant_be_read_says_so(path: Path) -> None:
    path.mkdir(parents=True)

    with pytest.raises(LedgerError, match="can't be read"):
        OptOutJournal(path, "a:check").read()
