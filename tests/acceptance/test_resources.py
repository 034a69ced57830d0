"""A disk that is full, and one that keeps nothing: what can't be written down doesn't leave."""

import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

from scheduler.domain.names.tokens import OptOutToken
from scheduler.store.keys.tokens import Tokens
from tests.fakes import FakeRelay
from tests.parts.daemon import Daemon, status
from tests.parts.hosting import hosted
from tests.parts.installation import Installation, by_relay, install, log_events, staff
from tests.parts.presence import lacking, need_programs, need_root
from tests.parts.processes import free_port, stop, wait_until

SATURDAY = datetime(2026, 10, 3, 8, tzinfo=UTC)
#: 10:00 in Paris.
SUNDAY = datetime(2026, 10, 4, 8, tzinfo=UTC)
PEOPLE = 300
FAILURES = {"daemon.send_failed", "daemon.look_failed", "daemon.poll_failed", "delivery.fault"}


@contextmanager
def installed(folder: Path, relay: FakeRelay) -> Iterator[Installation]:
    """An installation before this relay, its people imported on the Saturday."""
    with hosted(relay):
        home = install(
            folder,
            SATURDAY,
            **by_relay(relay.port),
            channels__email__smtp__connections=4,
        )
        home.import_people("staff", [staff(number, telephone="") for number in range(PEOPLE)])
        yield home


@contextmanager
def small_disk(folder: Path) -> Iterator[None]:
    """A file system of 24 MB there; root's."""
    folder.mkdir(parents=True)
    mount = ["mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", str(folder)]
    if subprocess.run(mount, capture_output=True, check=False).returncode != 0:
        lacking("needs the right to mount a file system")
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


def fill(folder: Path) -> Path:
    """Take the room that is left, to the last page; the file that has it."""
    hog = folder / "hog"
    with hog.open("wb", buffering=0) as file, suppress(OSError):
        while file.write(bytes(4096)):
            pass
    return hog


@contextmanager
def disk_that_keeps_nothing(running: Daemon) -> Iterator[None]:
    """Every fsync of the daemon fails, as on a disk that has gone."""
    fault = "inject=fsync,fdatasync:error=EIO"
    command = ["strace", "-f", "-e", "trace=fsync,fdatasync", "-e", fault]
    pid = str(running.process.pid)
    command += ["-o", "/dev/null", "-p", pid]
    with subprocess.Popen(command, stderr=subprocess.PIPE) as tracer:
        try:
            assert tracer.stderr is not None
            if b"attached" not in tracer.stderr.readline():
                lacking("needs the right to trace a process")
            yield
        finally:
            stop(tracer)


def failures(running: Daemon) -> int:
    return sum(one["event"] in FAILURES for one in log_events(running))


def everybody_once(home: Installation, relay: FakeRelay) -> None:
    assert len(relay.recipients) == len(set(relay.recipients)) == PEOPLE
    assert set(home.states().values()) == {"sent"}


def test_a_full_disk_loses_nobody_and_doubles_nobody(tmp_path: Path) -> None:
    need_root("mounting a file system")
    relay = FakeRelay(seconds_a_message=0.04)
    var = tmp_path / "home" / "var"
    with small_disk(var), installed(tmp_path / "home", relay) as home, home.daemon() as running:
        home.step_to(SUNDAY)
        wait_until(lambda: len(relay.accepted) >= 40, "40 accepted")
        hog = fill(var)
        wait_until(lambda: failures(running) > 0, "something can't be written")
        hog.unlink()
        home.look_at(running, SUNDAY + timedelta(hours=1))
        home.wait_settled()

        everybody_once(home, relay)
        assert running.stop() == 0


def test_while_the_disk_is_full_it_is_not_ready_and_hears_who_leaves(tmp_path: Path) -> None:
    need_root("mounting a file system")
    relay = FakeRelay()
    var = tmp_path / "home" / "var"
    with small_disk(var), installed(tmp_path / "home", relay) as home, ExitStack() as living:
        home.set(web__desk_bind=f"127.0.0.1:{free_port()}")
        running = living.enter_context(home.daemon())
        reserve = var / "reflexe.db.optouts.reserve"
        wait_until(lambda: reserve.exists() and reserve.stat().st_size >= 1 << 20, "room ahead")
        row = home.rows("select id, email_id from contact limit 1")[0]
        token = Tokens(home.keys()).optout(
            OptOutToken(address_id=row["email_id"], contact_id=row["id"])
        )
        hog = fill(var)
        wait_until(lambda: status(f"{running.public}/readyz") == 503, "it isn't ready")
        told = home.say("status")

        assert click(f"{running.public}/d/{token}") == 200
        assert (told.returncode, "NOT READY" in told.stdout) == (1, True)
        hog.unlink()
        wait_until(lambda: status(f"{running.public}/readyz") == 200, "it is ready again")
        heard = "select route from suppression"
        wait_until(lambda: [one["route"] for one in home.rows(heard)] == ["one-click"], "heard")
        home.step_to(SUNDAY)
        wait_until(lambda: len(relay.accepted) == PEOPLE - 1, "all others")


def click(url: str) -> int:
    """The status of a one-click opt-out."""
    try:
        with urlopen(url, data=b"List-Unsubscribe=One-Click", timeout=30) as answer:  # noqa: S310
            return int(answer.status)
    except HTTPError as error:
        with error:
            return error.code


def test_nothing_leaves_whose_intent_is_not_on_the_disk(tmp_path: Path) -> None:
    need_programs(strace="strace")
    relay = FakeRelay(seconds_a_message=0.04)
    with installed(tmp_path / "home", relay) as home, home.daemon() as running:
        home.step_to(SUNDAY)
        wait_until(lambda: len(relay.accepted) >= 40, "40 accepted")
        with disk_that_keeps_nothing(running):
            wait_until(lambda: failures(running) > 0, "an intent or an outcome is refused")
            begun = relay.verbs.count("mail")
            known = failures(running)
            wait_until(lambda: failures(running) > known + 2, "it is tried again")
            assert relay.verbs.count("mail") == begun < PEOPLE
        home.look_at(running, SUNDAY + timedelta(hours=1))
        home.wait_settled()

        everybody_once(home, relay)
