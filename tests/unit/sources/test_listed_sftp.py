"""A folder on a real SFTP server: its newest file, whole, from the server that is meant."""

import asyncio
import os
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import asyncssh
import pytest

from scheduler.domain.errors import SourceAway
from scheduler.domain.people.sourced import Cause
from scheduler.sources.listed.seam import Known, Table
from scheduler.sources.listed.sftp import Options, Source
from tests.parts.sftp_server import PASSWORD, USER, Drop, Session, sftp_drop

FILE = "email;matricule;prenom\nelise@example.org;M1;Élise\n"
LARGE = "email\n" + "".join(f"p{n}@example.org\n" for n in range(200_000))
LONG_AGO = 1_700_000_000.0


@pytest.fixture
def drop(tmp_path: Path) -> Iterator[Drop]:
    with sftp_drop(tmp_path) as found:
        yield found


@pytest.fixture
def options(drop: Drop) -> Options:
    return Options(
        host="127.0.0.1",
        port=drop.port,
        host_keys=[drop.public],
        username=USER,
        password=PASSWORD,
        quiet=0,
        seconds=20,
    )


def fetched(options: Options, *known: str) -> Table | None:
    return Source(options).fetch(Known(dict.fromkeys(known, 1.0)), "")


def refused(options: Options) -> SourceAway:
    with pytest.raises(SourceAway) as away:
        fetched(options)
    return away.value


def test_the_newest_file_comes_whole_and_once(drop: Drop, options: Options) -> None:
    drop.put("a.csv", "email\nold@example.org\n", LONG_AGO)
    drop.put("b.csv", FILE, LONG_AGO + 60)

    table = fetched(options)

    assert table is not None
    assert (table.memory.path.read_text(encoding="utf-8"), table.name) == (FILE, "b.csv")
    assert fetched(options, table.mark) is None
    drop.put("b.csv", FILE.replace("M1", "M2"), LONG_AGO + 120)
    again = fetched(options, table.mark)
    assert again is not None
    assert b"M2" in again.memory.path.read_bytes()
    assert drop.changed == []


def test_a_large_file_comes_whole(drop: Drop, options: Options) -> None:
    drop.put("p.csv", LARGE)

    table = fetched(options)

    assert table is not None
    assert table.memory.path.read_text(encoding="utf-8") == LARGE


def test_what_is_under_way_hidden_a_link_or_not_asked_for_is_none(
    drop: Drop, options: Options
) -> None:
    for name in ("p.csv.part", "p.csv.filepart", ".p.csv", "~$p.xlsx", "note.txt"):
        drop.put(name, FILE)
    (drop.folder / "folder.csv").mkdir()
    (drop.folder / "link.csv").symlink_to("note.txt")
    (drop.folder / os.fsdecode(b"\xff.csv")).write_text(FILE)

    assert fetched(replace(options, files="*.csv")) is None


def test_a_file_that_grows_is_waited_for(drop: Drop, options: Options) -> None:
    """Each look finds another length, until its sender has ended."""
    file = drop.put("p.csv", "email\n")
    lines = [f"p{n}@example.org\n" for n in range(8)]

    def send() -> None:
        for line in lines:
            time.sleep(0.1)
            with file.open("a", encoding="utf-8") as target:
                target.write(line)

    sender = threading.Thread(target=send)
    sender.start()
    table = fetched(replace(options, quiet=0.4))
    sender.join()

    assert table is not None
    assert table.memory.path.read_text(encoding="utf-8") == "email\n" + "".join(lines)


def test_a_file_that_is_never_quiet_is_none(drop: Drop, options: Options) -> None:
    file = drop.put("p.csv", FILE)

    def grow(session: Session, offset: int) -> None:
        with file.open("a", encoding="utf-8") as target:
            target.write("x@example.org\n")

    drop.on_read = grow
    away = refused(replace(options, quiet=0.2, seconds=2))

    assert (away.cause, str(away)) == (Cause.UNREACHABLE, "no whole file came within 2 seconds")


def test_a_file_that_another_takes_the_place_of_is_read_anew(drop: Drop, options: Options) -> None:
    drop.put("p.csv", LARGE, LONG_AGO)
    done: list[int] = []

    def swap(session: Session, offset: int) -> None:
        if not done:
            done.append(offset)
            (drop.folder / "p.csv").unlink()
            drop.put("q.csv", FILE, LONG_AGO + 60)

    drop.on_read = swap
    table = fetched(replace(options, quiet=0.1))

    assert table is not None
    assert table.name in ("p.csv", "q.csv")
    assert table.memory.path.read_text(encoding="utf-8") in (LARGE, FILE)


def test_a_server_that_dies_half_way_gave_nothing(drop: Drop, options: Options) -> None:
    drop.put("p.csv", LARGE)
    drop.on_read = lambda session, offset: session.cut() if offset > 1_000_000 else None

    away = refused(options)

    assert away.cause == Cause.UNREACHABLE
    assert "broke off" in str(away)
    assert drop.reads > 10


def test_a_server_that_answers_no_more_is_left_in_time(drop: Drop, options: Options) -> None:
    drop.put("p.csv", LARGE)
    drop.on_read = lambda session, offset: asyncio.sleep(600)
    began = time.monotonic()

    away = refused(replace(options, seconds=2))

    assert (away.cause, "within 2 seconds" in str(away)) == (Cause.UNREACHABLE, True)
    assert time.monotonic() - began < 15


def test_too_much_is_none(drop: Drop, options: Options) -> None:
    drop.put("p.csv", LARGE)

    away = refused(replace(options, largest=1_000_000))

    assert (away.cause, str(away)) == (Cause.TOO_LARGE, "`p.csv` is larger than 1 MB")
    # It says so itself: nothing of it was asked for.
    assert drop.reads == 0


def test_a_server_with_another_key_is_told_nothing(drop: Drop, options: Options) -> None:
    drop.put("p.csv", FILE)
    other = asyncssh.generate_private_key("ssh-ed25519").export_public_key("openssh").decode()

    away = refused(replace(options, host_keys=[other]))

    assert away.cause == Cause.NOT_TRUSTED
    assert str(away) == (
        f"127.0.0.1 isn't who host_key says: its key is {drop.host_key.get_fingerprint()}"
    )
    assert drop.told == []


def test_a_server_without_a_key_of_that_kind_is_told_nothing(drop: Drop, options: Options) -> None:
    other = asyncssh.generate_private_key("ecdsa-sha2-nistp256").export_public_key().decode()

    away = refused(replace(options, host_keys=[other]))

    assert (away.cause, drop.told) == (Cause.NOT_TRUSTED, [])
    assert drop.host_key.get_fingerprint() in str(away)


def test_one_of_several_keys_is_enough(drop: Drop, options: Options) -> None:
    drop.put("p.csv", FILE)
    next_one = asyncssh.generate_private_key("ssh-ed25519").export_public_key().decode()

    assert fetched(replace(options, host_keys=[next_one, drop.public])) is not None


def test_a_private_key_signs_in_in_place_of_a_password(drop: Drop, options: Options) -> None:
    drop.put("p.csv", FILE)
    own = asyncssh.generate_private_key("ssh-ed25519")
    drop.own_key = own.convert_to_public()
    locked = own.export_private_key("openssh", passphrase="sésame").decode()
    by_key = replace(options, password="", private_key=locked.strip(), passphrase="sésame")

    assert fetched(by_key) is not None
    assert drop.told == []
    for wrong in ({"passphrase": "x"}, {"passphrase": ""}, {"private_key": "x"}):
        away = refused(replace(by_key, **wrong))  # type: ignore[arg-type]
        assert (away.cause, "passphrase" in str(away)) == (Cause.BADLY_ASKED, True)
    stranger = asyncssh.generate_private_key("ssh-ed25519").export_private_key().decode()
    assert refused(replace(by_key, private_key=stranger)).cause == Cause.DENIED


def test_a_wrong_password_is_told_as_that(drop: Drop, options: Options) -> None:
    away = refused(replace(options, password="s3cret"))

    assert (away.cause, "s3cret" in str(away)) == (Cause.DENIED, False)


def test_this_machines_own_keys_and_configuration_are_not_used(
    drop: Drop, options: Options, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "home"
    (home / ".ssh").mkdir(parents=True)
    own = asyncssh.generate_private_key("ssh-ed25519")
    own.write_private_key(home / ".ssh" / "id_ed25519")
    (home / ".ssh" / "config").write_text("Host *\n  Port 1\n  User chef\n")
    (home / ".ssh" / "known_hosts").write_text("")
    drop.own_key = own.convert_to_public()
    monkeypatch.setenv("HOME", str(home))

    assert refused(replace(options, password="wrong")).cause == Cause.DENIED
    assert drop.told == [(USER, "wrong")]


def test_a_folder_that_is_not_there_is_told(drop: Drop, options: Options) -> None:
    away = refused(replace(options, path="/nowhere"))

    assert (away.cause, "see path" in str(away)) == (Cause.BADLY_ASKED, True)


def test_a_folder_below_is_read_where_it_is(drop: Drop, options: Options) -> None:
    (drop.folder / "depot").mkdir()
    drop.put("depot/p.csv", FILE)

    for path in ("depot", "/depot", "/depot/"):
        table = fetched(replace(options, path=path))
        assert table is not None
        assert table.name == "p.csv"


def test_nobody_there_is_told_as_that(options: Options) -> None:
    assert refused(replace(options, port=1)).cause == Cause.UNREACHABLE


def test_without_the_extra_it_is_named(options: Options, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "asyncssh", None)

    away = refused(options)

    assert (away.cause, "pip install 'reflexe[sftp]'" in str(away)) == (Cause.BADLY_ASKED, True)
