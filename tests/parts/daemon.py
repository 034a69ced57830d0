"""`reflexe` as people start it: a process of its own, with its configuration and its clock."""

import os
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile

from . import forked
from .forked import Running
from .processes import free_port, stop, wait_until

NOTHING: Mapping[str, str] = {}

#: What is found in a text is found once for all tests, and for the next run of them, until the text
#: or the program changes.
FOUND = {"REFLEXE_CHECK__FOLDER": str(Path(__file__).parents[2] / ".found")}


@dataclass(frozen=True, kw_only=True, slots=True)
class Daemon:
    """A running daemon; ``stop`` may be called before its context ends."""

    process: Running
    desk_port: int
    public_port: int
    log_file: Path

    @property
    def desk(self) -> str:
        return f"http://127.0.0.1:{self.desk_port}"

    @property
    def public(self) -> str:
        return f"http://127.0.0.1:{self.public_port}"

    def log(self) -> str:
        return self.log_file.read_text()

    def stop(self) -> int:
        """End it by SIGTERM; its exit code, negative for a signal that it didn't handle."""
        return stop(self.process, seconds=35)


@contextmanager
def daemon(
    config: Path,
    log_file: Path,
    *arguments: str,
    environment: Mapping[str, str] = NOTHING,
    seconds: float = 120,
    anew: bool = False,
) -> Iterator[Daemon]:
    """Run the daemon on free ports until it is ready, and end it afterwards.

    ``environment`` is added to the test's own: settings, secrets, a clock's. ``anew``: it is
    started from nothing, where a test is about that, or about its memory.
    """
    running = _start(config, log_file, arguments, environment, anew=anew)
    try:
        wait_until(lambda: _ready(running), f"the daemon of {config} is ready", seconds=seconds)
        yield running
    finally:
        running.stop()


def command(
    config: Path, *arguments: str, environment: Mapping[str, str] = NOTHING
) -> subprocess.CompletedProcess[str]:
    """Run one command to its end, as an operator would beside the daemon."""
    # A daemon that is refused for another reason must not meet somebody's desk first.
    ports = _free_binds() if arguments[:1] == ("run",) else NOTHING
    whole = {**os.environ, "REFLEXE_CONFIG": str(config), **ports, **FOUND, **environment}
    with TemporaryFile() as out, TemporaryFile() as err:
        process = forked.start(arguments, whole, out, err)
        try:
            code = process.wait(300)
        except BaseException:
            process.kill()
            raise
        out.seek(0)
        err.seek(0)
        said = out.read().decode(), err.read().decode()
    return subprocess.CompletedProcess(["reflexe", *arguments], code, *said)


def status(url: str) -> int:
    """The status of a GET; 0 when nobody answers."""
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:  # noqa: S310 - the tests' own URLs
            return int(answer.status)
    except urllib.error.HTTPError as error:
        with error:
            return error.code
    except OSError:
        return 0


def _start(
    config: Path,
    log_file: Path,
    arguments: tuple[str, ...],
    environment: Mapping[str, str],
    *,
    anew: bool,
) -> Daemon:
    settings = {"REFLEXE_CONFIG": str(config), **_free_binds(), **FOUND, **environment}
    whole, words = {**os.environ, **settings}, ("run", *arguments)
    process: Running
    with log_file.open("ab") as log:
        if anew:
            process = subprocess.Popen(_reflexe(*words), env=whole, stdout=log, stderr=log)
        else:
            process = forked.start(words, whole, log, log)
    return Daemon(
        process=process,
        desk_port=_port(settings["REFLEXE_WEB__DESK_BIND"]),
        public_port=_port(settings["REFLEXE_WEB__PUBLIC_BIND"]),
        log_file=log_file,
    )


def _free_binds() -> dict[str, str]:
    """Whatever else runs on this machine, a desk on the shipped ports included."""
    return {f"REFLEXE_WEB__{name}_BIND": f"127.0.0.1:{free_port()}" for name in ("DESK", "PUBLIC")}


def _port(bind: str) -> int:
    return int(bind.rpartition(":")[2])


def _reflexe(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "scheduler", *arguments]


def _ready(running: Daemon) -> bool:
    if running.process.poll() is not None:
        raise RuntimeError(f"the daemon ended:\n{running.log()}")
    return status(f"{running.desk}/readyz") == 200
