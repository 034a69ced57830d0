"""Commands and daemons that are forked from one process which has imported the program already.

``start`` is ``Popen`` of ``python -m scheduler``, at a tenth of the price; ``tests.parts.forking``
is the other end. What is about starting itself, about memory or about what a start needs is
started anew, with ``Popen``.
"""

import atexit
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO, Protocol

#: What a process reads when it starts, and no more: each setting of these has a parent of its own.
#: Where the clock's file is, libfaketime asks at each question.
AT_START = ("LC_", "LANG", "LD_", "PYTHON", "FAKETIME", "NO_FAKE", "MALLOC_")
ASKED_LATER = frozenset({"FAKETIME_TIMESTAMP_FILE"})

PROJECT = Path(__file__).parents[2]


class Running(Protocol):
    """What tests ask of a process: the part of ``Popen`` that both kinds have."""

    @property
    def pid(self) -> int: ...
    def poll(self) -> int | None: ...
    def wait(self, timeout: float | None = None) -> int: ...
    def send_signal(self, sig: int) -> None: ...
    def terminate(self) -> None: ...
    def kill(self) -> None: ...


class Forked:
    """A process that ``start`` has started."""

    def __init__(self, told: socket.socket) -> None:
        self._told = told
        self._ended: int | None = None
        self.pid = int(told.recv(64))

    def poll(self) -> int | None:
        """Its exit code; None while it runs."""
        try:
            return self.wait(0)
        except subprocess.TimeoutExpired:
            return None

    def wait(self, timeout: float | None = None) -> int:
        """As Popen's: raises TimeoutExpired."""
        if self._ended is None:
            self._told.settimeout(timeout)
            try:
                code = self._told.recv(64)
            except (TimeoutError, BlockingIOError) as running:
                raise subprocess.TimeoutExpired("reflexe", timeout or 0) from running
            if not code:
                raise RuntimeError("the process that forks is gone")
            self._told.close()
            self._ended = int(code)
        return self._ended

    def send_signal(self, sig: int) -> None:
        if self.poll() is None:
            try:
                os.kill(self.pid, sig)
            except ProcessLookupError:
                self.wait(10)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)


class _Parent:
    """The process that forks, for one setting of what a process reads when it starts."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.parts.forking", str(theirs.fileno())],
            cwd=PROJECT,
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            pass_fds=[theirs.fileno()],
        )
        theirs.close()
        if self._control.recv(64) != b"ready":
            raise RuntimeError("the process that forks could not import the program")

    def fork(
        self, words: Sequence[str], environment: Mapping[str, str], out: int, err: int
    ) -> Forked:
        mine, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        asked = {"words": words, "environment": dict(environment), "folder": str(Path.cwd())}
        with theirs:
            request = [json.dumps(asked).encode()]
            socket.send_fds(self._control, request, [out, err, theirs.fileno()])
        return Forked(mine)

    def close(self) -> None:
        self._control.close()
        self._process.wait(10)


_PARENTS: dict[frozenset[tuple[str, str]], _Parent] = {}


def start(
    words: Sequence[str], environment: Mapping[str, str], out: IO[bytes], err: IO[bytes]
) -> Running:
    """``python -m scheduler WORDS``, in the tests' folder and with this whole environment."""
    if not hasattr(os, "pidfd_open"):  # elsewhere than on Linux
        command = [sys.executable, "-m", "scheduler", *words]
        return subprocess.Popen(command, env=dict(environment), stdout=out, stderr=err)
    read = frozenset(
        (name, value)
        for name, value in environment.items()
        if name.startswith(AT_START) and name not in ASKED_LATER
    )
    if read not in _PARENTS:
        _PARENTS[read] = parent = _Parent(environment)
        atexit.register(parent.close)
    return _PARENTS[read].fork(words, environment, out.fileno(), err.fileno())
