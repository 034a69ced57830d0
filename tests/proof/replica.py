"""The daemon under proof: a process, the folder it writes in, and whoever starts it again."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from threading import Thread

from scheduler.store.sending.wire_journal import MAGIC
from tests.parts.installation import Installation
from tests.parts.processes import free_port, wait_until

#: Another machine's, or this one's before the power came back.
OTHER_BOOT = b"00000000-0000-0000-0000-000000000000"


class Replica:
    """One place in which a daemon lives, dies and lives again, on ports of its own."""

    def __init__(self, home: Installation, var: Path, broken: str = "") -> None:
        """``var`` is where its wire journal lies; ``broken`` names a promise to break."""
        self._var = var
        self._broken = broken
        environment = {
            **os.environ,
            "REFLEXE_CONFIG": str(home.config),
            "REFLEXE_WEB__DESK_BIND": f"127.0.0.1:{free_port()}",
            "REFLEXE_WEB__PUBLIC_BIND": f"127.0.0.1:{free_port()}",
            **home.environment,
            **home.clock.environment(),
        }
        self._starter = _starter(home.log_file, environment)
        self._pid = 0
        #: The misfortune that it was told of has come.
        self.struck = False
        #: Negative for a signal; None while it lives.
        self.ended: int | None = 0
        Thread(target=self._listen, daemon=True).start()

    @property
    def name(self) -> str:
        """Among the ledger's replicas; empty before its first life."""
        return "".join(file.read_text() for file in self._var.glob("*.replica"))

    def start(self, misfortune: str = "", number: int = 1) -> None:
        """A new life, at once; the one before must have ended."""
        self._pid, self.struck, self.ended = 0, False, None
        order = {"misfortune": misfortune, "number": str(number), "broken": self._broken}
        assert self._starter.stdin is not None
        self._starter.stdin.write(f"{json.dumps(order)}\n".encode())
        self._starter.stdin.flush()
        wait_until(lambda: bool(self._pid), "it is started")

    def signal(self, number: signal.Signals) -> None:
        """To the process, if it still lives; it may have ended before we hear so."""
        if self.ended is None:
            with suppress(ProcessLookupError):
                os.kill(self._pid, number)

    def kill(self) -> None:
        self.signal(signal.SIGKILL)
        self.wait()

    def stop(self) -> None:
        """As an operator does. Raises SystemExit when it doesn't end well."""
        self.signal(signal.SIGTERM)
        self.wait()
        if self.ended != 0:
            raise SystemExit(f"the daemon, told to stop, ended with {self.ended}")

    def wait(self) -> None:
        wait_until(lambda: self.ended is not None, "it ends")

    def lose_power(self) -> None:
        """Make its journal another boot's: the machine went off, and isn't trusted."""
        for journal in self._var.glob("*.wire"):
            written = journal.read_bytes()
            rest = written[len(MAGIC) + len(OTHER_BOOT) :]
            journal.write_bytes(MAGIC + OTHER_BOOT + rest)

    def close(self) -> None:
        """No more lives; the one there is ends."""
        self.kill()
        assert self._starter.stdin is not None
        self._starter.stdin.close()
        self._starter.wait(60)

    def _listen(self) -> None:
        assert self._starter.stdout is not None
        for line in self._starter.stdout:
            word, _, number = line.decode().strip().partition(" ")
            if word == "pid":
                self._pid = int(number)
            elif word == "struck":
                self.struck = True
            elif word == "ended":
                self.ended = int(number)


def _starter(log_file: Path, environment: Mapping[str, str]) -> subprocess.Popen[bytes]:
    with log_file.open("ab") as log:
        return subprocess.Popen(
            [sys.executable, "-m", "tests.proof.victim"],
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
        )
