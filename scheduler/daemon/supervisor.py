"""Telling systemd how the daemon is: ready, alive, stopping.

The protocol is that of sd_notify(3) and sd_watchdog_enabled(3): a datagram a word, to the socket
that the environment names. Without one (a container, a shell) nothing is told.
"""

import asyncio
import socket
from collections.abc import Mapping
from contextlib import suppress
from os import getpid


class Supervisor:
    def __init__(self, environment: Mapping[str, str]) -> None:
        self._address = environment.get("NOTIFY_SOCKET", "")
        self._patience = _patience(environment)

    def ready(self) -> None:
        self._tell("READY=1")

    def stopping(self) -> None:
        self._tell("STOPPING=1")

    async def keep_telling(self, stop: asyncio.Event) -> None:
        """That the loop turns, twice in the time after which it is thought stuck; until ``stop``,
        and not at all where nobody waits for it."""
        while self._patience and not stop.is_set():
            self._tell("WATCHDOG=1")
            with suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), self._patience / 2)

    def _tell(self, word: str) -> None:
        if not self._address:
            return
        # A name that begins with @ is an abstract one.
        name = f"\0{self._address[1:]}" if self._address.startswith("@") else self._address
        with (
            suppress(OSError),
            socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as there,
        ):
            # One who no longer reads holds nobody up.
            there.setblocking(False)
            there.sendto(word.encode(), name)


def _patience(environment: Mapping[str, str]) -> float:
    """Seconds after which systemd ends a silent process; 0 where it waits for none, or for another
    process than this."""
    asked = environment.get("WATCHDOG_USEC", "")
    mine = environment.get("WATCHDOG_PID", str(getpid())) == str(getpid())
    return int(asked) / 1e6 if asked.isdecimal() and mine else 0.0
