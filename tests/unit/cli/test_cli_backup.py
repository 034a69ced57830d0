"""reflexe backup and restore, said as an operator says them."""

import os
import shutil
import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest

from scheduler.daemon.lock import DaemonLock
from scheduler.store.keys.sealing import make_keys, read_keys, write_keys
from scheduler.store.optouts.journal import OptOutJournal
from tests.commands import Answer, reflexe
from tests.new_ledger import with_ledger
from tests.unit.cli.test_cli_people import take_in
from tests.worlds import STAFF, write_config

LEFT = "+33639980001"


@pytest.fixture
def config(tmp_path: Path) -> Path:
    config = with_ledger(write_config(tmp_path))
    take_in(config, STAFF)
    return config


@pytest.fixture
def copy(config: Path, tmp_path: Path) -> Path:
    made = tmp_path / "copie.db"
    assert reflexe(config, "backup", str(made)).code == 0
    return made


def var(config: Path) -> Path:
    return config.parent / "var"


def restored(config: Path, copy: Path, *words: str) -> Answer:
    return reflexe(config, "restore", str(copy), "--yes", "--by", "Camille", *words)


def acts(config: Path) -> list[str]:
    return [one["act"] for one in reflexe(config, "audit", "list", "--json").json]


def opt_outs(config: Path) -> int:
    return len(reflexe(config, "optout", "list", "--json").json)


def test_a_backup_is_one_private_file_that_holds_everything(config: Path, tmp_path: Path) -> None:
    made = reflexe(config, "backup", str(tmp_path / "copie.db"), "--by", "Camille")

    assert made.code == 0, made.err
    assert "- 3 contacts, 0 opt-outs, 0 messages" in made.out
    assert f"the keys ({var(config)}/keys.json)" in made.out
    assert "own volume" in made.err
    assert (tmp_path / "copie.db").stat().st_mode & 0o777 == 0o600
    assert [one.name for one in tmp_path.glob("*copie*")] == ["copie.db"]
    assert acts(config)[0] == "back-up"
    with closing(sqlite3.connect(tmp_path / "copie.db")) as found:
        assert found.execute("SELECT count(*) FROM audit WHERE act = 'back-up'").fetchone() == (1,)


def test_a_folder_gets_a_file_named_by_the_instant(config: Path, tmp_path: Path) -> None:
    folder = tmp_path / "copies"
    folder.mkdir()

    assert reflexe(config, "backup", str(folder)).code == 0

    (made,) = folder.iterdir()
    assert made.name.startswith("reflexe-2")
    assert made.name.endswith("Z.db")


def test_nothing_is_overwritten(config: Path, copy: Path) -> None:
    before = copy.read_bytes()

    refused = reflexe(config, "backup", str(copy))

    assert refused.code == 2
    assert "is there already" in refused.err
    assert copy.read_bytes() == before


@pytest.mark.parametrize("octets", [b"", b"\0not a ledger" * 500])
def test_what_is_no_ledger_is_neither_copied_nor_put_in_place(
    config: Path, tmp_path: Path, octets: bytes
) -> None:
    for name in ("reflexe.db-wal", "reflexe.db-shm"):
        (var(config) / name).unlink(missing_ok=True)
    (var(config) / "reflexe.db").write_bytes(octets)
    (tmp_path / "foreign.db").write_bytes(octets)

    copied = reflexe(config, "backup", str(tmp_path / "copie.db"))
    put = restored(config, tmp_path / "foreign.db")

    assert (copied.code, "is no ledger" in copied.err) == (2, True)
    assert (put.code, put.err.startswith(f"reflexe: {tmp_path / 'foreign.db'}")) == (2, True)
    assert not list(tmp_path.glob("*copie*"))


def test_a_ledger_that_moved_names_the_one_to_back_up(config: Path, tmp_path: Path) -> None:
    assert reflexe(config, "move", "--to", "sqlite:///var/other.db").code == 0

    refused = reflexe(config, "backup", str(tmp_path / "copie.db"))

    assert (refused.code, "has moved to" in refused.err) == (2, True)
    assert not list(tmp_path.glob("*copie*"))


def test_a_backup_beside_a_writer_is_of_one_instant(config: Path, tmp_path: Path) -> None:
    """Two rows of one transaction are both in it, or neither."""
    ledger = var(config) / "reflexe.db"
    over = threading.Event()

    def write() -> None:
        with closing(sqlite3.connect(ledger, isolation_level=None)) as other:
            other.execute("PRAGMA busy_timeout=10000")
            number = 0
            while not over.is_set():
                number += 1
                other.execute("BEGIN IMMEDIATE")
                for name in ("this", "that"):
                    other.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (name, str(number)))
                other.execute("COMMIT")

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for number in range(5):
            assert reflexe(config, "backup", str(tmp_path / f"{number}.db")).code == 0
    finally:
        over.set()
        writer.join()
    for number in range(5):
        with closing(sqlite3.connect(tmp_path / f"{number}.db")) as found:
            notes = dict(found.execute("SELECT name, value FROM meta"))
        assert notes.get("this") == notes.get("that")


def test_an_older_schema_is_backed_up_before_it_is_migrated(config: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(var(config) / "reflexe.db")) as ledger:
        ledger.execute("UPDATE alembic_version SET version_num = '0001'")
        ledger.commit()

    made = reflexe(config, "backup", str(tmp_path / "avant.db"))

    assert made.code == 0, made.err
    assert "- schema 0001" in made.out


def test_opt_outs_since_the_backup_hold_after_a_restore(config: Path, copy: Path) -> None:
    assert reflexe(config, "optout", "add", LEFT).code == 0
    assert opt_outs(config) == 1

    put = restored(config, copy)

    assert put.code == 0, put.err
    assert "- 3 contacts, 0 opt-outs" in put.out
    assert (var(config) / "reflexe.db").stat().st_mode & 0o777 == 0o600
    assert opt_outs(config) == 0, "the daemon's start gives it back"
    assert acts(config)[0] == "restore"
    assert reflexe(config, "audit", "verify").code == 0
    rehearsed = reflexe(config, "restore", str(copy), "--check")
    assert "would give back 1 opt-outs" in rehearsed.out


def test_the_ledger_in_place_is_set_aside_whole(config: Path, copy: Path) -> None:
    assert reflexe(config, "optout", "add", LEFT).code == 0
    (var(config) / "reflexe.db.wire").write_bytes(b"x")

    put = restored(config, copy)

    (aside,) = var(config).glob("reflexe.db.replaced-*Z")
    assert str(aside) in put.out
    assert aside.with_name(f"{aside.name}.wire").exists()
    assert not (var(config) / "reflexe.db.wire").exists()
    with closing(sqlite3.connect(aside)) as old:
        assert old.execute("SELECT count(*) FROM suppression").fetchone() == (1,)
    assert not list(var(config).glob(".restore-*"))


def test_what_only_the_log_had_goes_aside_with_its_ledger(config: Path, copy: Path) -> None:
    """A daemon that was killed leaves its last commits in the log."""
    ledger = var(config) / "reflexe.db"
    with closing(sqlite3.connect(ledger)) as killed:
        killed.execute("PRAGMA journal_mode=WAL")
        killed.execute("INSERT INTO meta VALUES ('last', 'word')")
        killed.commit()
        files = {end: ledger.with_name(ledger.name + end).read_bytes() for end in ("", "-wal")}
    for end, octets in files.items():
        ledger.with_name(ledger.name + end).write_bytes(octets)

    assert restored(config, copy).code == 0

    (aside,) = var(config).glob("reflexe.db.replaced-*Z")
    assert not aside.with_name(f"{aside.name}-wal").exists()
    with closing(sqlite3.connect(aside)) as old:
        assert old.execute("SELECT value FROM meta WHERE name = 'last'").fetchone() == ("word",)


def test_what_left_since_is_noticed_and_no_mark_is_moved(config: Path, copy: Path) -> None:
    keys = read_keys(var(config) / "keys.json")
    second = var(config) / "keys.json.mark"
    journal = OptOutJournal(var(config) / "reflexe.db.optouts", keys.check_value, second)
    journal.note_mark(7)
    journal.close()
    marks = second.read_bytes(), journal.path.read_bytes()

    rehearsed = reflexe(config, "restore", str(copy), "--check")
    put = restored(config, copy)

    assert rehearsed.code == put.code == 0
    assert "before somebody has looked: the journal has seen mark 7" in rehearsed.out
    assert (second.read_bytes(), journal.path.read_bytes()) == marks


def test_a_rehearsal_changes_nothing(config: Path, copy: Path) -> None:
    before = {one.name: one.stat().st_mtime_ns for one in var(config).iterdir()}

    rehearsed = reflexe(config, "restore", str(copy), "--check")

    assert rehearsed.code == 0, rehearsed.err
    assert "it may send at once" in rehearsed.out
    assert {one.name: one.stat().st_mtime_ns for one in var(config).iterdir()} == before


def test_elsewhere_a_restore_needs_the_keys_of_the_backup(copy: Path, tmp_path: Path) -> None:
    (tmp_path / "ailleurs").mkdir()
    elsewhere = write_config(tmp_path / "ailleurs")
    original = tmp_path / "var" / "keys.json"

    missing = restored(elsewhere, copy)
    write_keys(make_keys(), var(elsewhere) / "keys.json")
    foreign = restored(elsewhere, copy)
    shutil.copy(original, var(elsewhere) / "keys.json")
    right = restored(elsewhere, copy)

    assert (missing.code, "is missing" in missing.err) == (2, True)
    assert (foreign.code, "another ledger" in foreign.err) == (2, True)
    assert right.code == 0, right.err
    assert len(reflexe(elsewhere, "contacts", "list", "--json").json) == 3


@pytest.mark.parametrize("cut", [100, 5_000, -1])
def test_a_damaged_backup_is_refused_and_the_ledger_stays(
    config: Path, copy: Path, cut: int
) -> None:
    os.truncate(copy, cut if cut > 0 else copy.stat().st_size - 4_096)

    refused = restored(config, copy)

    assert refused.code == 2
    assert "damaged" in refused.err
    assert len(reflexe(config, "contacts", "list", "--json").json) == 3
    assert not list(var(config).glob("*replaced*"))


def test_beside_a_daemon_nothing_is_restored(config: Path, copy: Path) -> None:
    daemon = DaemonLock(var(config) / "reflexe.db.lock")
    daemon.take()

    refused = restored(config, copy)

    daemon.release()
    assert (refused.code, "stop it first" in refused.err) == (2, True)


def test_said_again_after_it_was_killed_between_two_names(config: Path, copy: Path) -> None:
    """The old ledger has given its place up, and the new one isn't there yet."""
    ledger = var(config) / "reflexe.db"
    ledger.rename(ledger.with_name("reflexe.db.replaced-20261004T080000Z"))
    ledger.with_name("reflexe.db-wal").write_bytes(b"of the old one")

    put = restored(config, copy)

    assert put.code == 0, put.err
    assert len(reflexe(config, "contacts", "list", "--json").json) == 3


def test_no_is_no(config: Path, copy: Path) -> None:
    refused = reflexe(config, "restore", str(copy), typed="n\n")

    assert refused.code == 1
    assert not list(var(config).glob("*replaced*"))


def test_a_servers_ledger_names_the_servers_tools(
    config: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REFLEXE_DATABASE__URL", "postgresql+psycopg://r:secret@db.example.org/r")

    refused = reflexe(config, "backup", str(tmp_path / "x.db"))

    assert refused.code == 2
    assert "pg_dump --format=custom --file FILE 'postgresql://r@db.example.org/r'" in refused.err


@pytest.mark.parametrize("check", [(), ("--check",)])
def test_what_is_no_backup_is_told_by_its_own_name(
    config: Path, tmp_path: Path, check: tuple[str, ...]
) -> None:
    garbage, empty, other = tmp_path / "bruit.db", tmp_path / "vide.db", tmp_path / "autre.db"
    garbage.write_bytes(bytes(range(256)) * 40)
    empty.touch()
    with closing(sqlite3.connect(other)) as made:
        made.execute("CREATE TABLE t (a)")
        made.commit()

    for file in (garbage, empty, other):
        refused = restored(config, file, *check)
        told = f"reflexe: {file} isn't a backup made by `reflexe backup`\n"
        assert (refused.code, refused.err) == (2, told)
    assert f"{tmp_path} is a folder" in restored(config, tmp_path, *check).err
    assert len(reflexe(config, "contacts", "list", "--json").json) == 3


def test_a_damaged_backup_is_told_by_its_own_name(config: Path, copy: Path) -> None:
    octets = bytearray(copy.read_bytes())
    octets[8_192:40_960] = b"\xff" * 32_768
    copy.write_bytes(octets)

    refused = restored(config, copy, "--check")

    assert refused.err.startswith(f"reflexe: {copy} is damaged: take another backup")
    assert len(refused.err.splitlines()) == 1
