"""The wire journal: what is known of deliveries that were under way when the process died."""

import os
import resource
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from scheduler.domain.delivery import DeliveryState
from scheduler.store.sending import wire_journal
from scheduler.store.sending.wire_journal import Mark, WireJournal, read_journal, settle

SENT, WAITING = DeliveryState.SENT, DeliveryState.WAITING


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "wire.journal"


def test_what_was_noted_is_read_again(path: Path) -> None:
    journal = WireJournal(path, "w")
    for delivery in (1, 2, 3, 4, 2**40):
        journal.handing_over(delivery)
    journal.answered(1, SENT)
    journal.answered(2, DeliveryState.FAILED)
    journal.answered(3, DeliveryState.UNCERTAIN)
    journal.answered(5, WAITING)
    journal.close()
    journal.close()

    marks = read_journal(path, "w")

    assert marks == {
        1: Mark.SENT,
        2: Mark.FAILED,
        3: Mark.HANDED_OVER,
        4: Mark.HANDED_OVER,
        2**40: Mark.HANDED_OVER,
        5: Mark.WAITING,
    }
    assert path.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("marks", "state"),
    [
        ({}, WAITING),
        ({1: Mark.HANDED_OVER}, DeliveryState.UNCERTAIN),
        ({1: Mark.SENT}, SENT),
        ({1: Mark.FAILED}, DeliveryState.FAILED),
        ({1: Mark.WAITING}, WAITING),
        ({2: Mark.SENT}, WAITING),
        (None, DeliveryState.UNCERTAIN),
    ],
)
def test_no_record_waits_a_first_alone_is_uncertain_and_both_are_its_outcome(
    marks: dict[int, Mark] | None, state: DeliveryState
) -> None:
    assert settle(1, marks) is state


def test_a_record_torn_by_the_end_is_left_aside(path: Path) -> None:
    journal = WireJournal(path, "w")
    journal.handing_over(1)
    journal.handing_over(2)
    journal.close()
    os.truncate(path, path.stat().st_size - 5)

    assert read_journal(path, "w") == {1: Mark.HANDED_OVER}


def test_a_disk_with_room_for_half_a_record_keeps_none_of_it_and_says_so(path: Path) -> None:
    journal = WireJournal(path, "w")
    journal.handing_over(1)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    room = journal.size + wire_journal.RECORD.size // 2

    resource.setrlimit(resource.RLIMIT_FSIZE, (room, hard))
    try:
        with pytest.raises(OSError, match="No space left"):
            journal.handing_over(2)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    journal.handing_over(3)

    assert read_journal(path, "w") == {1: Mark.HANDED_OVER, 3: Mark.HANDED_OVER}


@pytest.mark.parametrize("byte", [8, 9])
def test_a_damaged_record_makes_nothing_of_it_trusted(path: Path, byte: int) -> None:
    journal = WireJournal(path, "w")
    journal.handing_over(1)
    journal.close()
    data = bytearray(path.read_bytes())
    data[len(data) - wire_journal.RECORD.size + byte] = 99
    path.write_bytes(data)

    assert read_journal(path, "w") is None


def test_after_another_boot_or_from_another_machine_it_is_not_trusted(
    path: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    journal = WireJournal(path, "w")
    journal.answered(1, SENT)
    journal.close()
    other_boot = tmp_path / "boot_id"
    other_boot.write_text("00000000-0000-4000-8000-000000000000\n", encoding="utf-8")
    monkeypatch.setattr(wire_journal, "BOOT_ID", other_boot)

    assert read_journal(path, "w") is None
    assert read_journal(tmp_path / "none", "w") is None


def test_a_journal_of_another_ledger_or_an_older_copy_is_not_trusted(path: Path) -> None:
    journal = WireJournal(path, "w")
    journal.handing_over(1)
    journal.close()

    assert read_journal(path, "w") == {1: Mark.HANDED_OVER}
    assert read_journal(path, "x") is None
    assert read_journal(path, "") is None


def test_where_boots_can_not_be_told_apart_it_is_not_trusted(
    path: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(wire_journal, "BOOT_ID", tmp_path / "none")
    journal = WireJournal(path, "w")
    journal.answered(1, SENT)
    journal.close()

    assert read_journal(path, "w") is None


def test_a_new_process_starts_a_new_file(path: Path) -> None:
    first = WireJournal(path, "w")
    first.handing_over(1)
    first.close()

    second = WireJournal(path, "w")
    second.handing_over(2)
    second.start_over()
    second.handing_over(3)
    second.close()

    assert read_journal(path, "w") == {3: Mark.HANDED_OVER}


def test_what_was_noted_survives_a_kill(path: Path) -> None:
    program = """
import os, signal, sys
from pathlib import Path
from scheduler.domain.delivery import DeliveryState
from scheduler.store.sending.wire_journal import WireJournal
journal = WireJournal(Path(sys.argv[1]), "w")
journal.handing_over(1)
journal.answered(1, DeliveryState.SENT)
journal.handing_over(2)
os.kill(os.getpid(), signal.SIGKILL)
"""
    ended = subprocess.run([sys.executable, "-c", program, str(path)], check=False)

    assert ended.returncode == -signal.SIGKILL
    assert read_journal(path, "w") == {1: Mark.SENT, 2: Mark.HANDED_OVER}
