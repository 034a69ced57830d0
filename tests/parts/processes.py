"""What every part that runs as a process needs: a port, a wait, an orderly end."""

import socket
import subprocess
import time
from collections.abc import Callable

from .forked import Running


def free_port() -> int:
    """A port of the loopback that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def listens(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(0.5)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def wait_until(condition: Callable[[], bool], what: str, seconds: float = 120) -> None:
    """Return as soon as ``condition`` holds; raises TimeoutError naming ``what`` when it doesn't.

    Real parts run in real time: this is the only place of the tests that sleeps.
    """
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            raise TimeoutError(f"{what}: still not so after {seconds} s")
        time.sleep(0.02)


def stop(process: Running, seconds: float = 10) -> int:
    """End a process by SIGTERM, and its exit code; SIGKILL after ``seconds``."""
    process.terminate()
    try:
        return process.wait(seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        return process.wait()
