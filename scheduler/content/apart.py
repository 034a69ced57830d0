"""Processes apart, in which writers' texts are tried: each is reaped when it ends."""

import os
import subprocess
import sys
from threading import Thread
from typing import IO


def command(module: str) -> tuple[str, ...]:
    """Our own module, without the environment and the folder that the program was started in."""
    return (sys.executable, "-I", "-X", "utf8", "-m", module)


def start(words: tuple[str, ...]) -> subprocess.Popen[bytes]:
    """It is given no environment. Raises OSError."""
    child = subprocess.Popen(  # noqa: S603 (our own module, no word of a writer's)
        words,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={},
        start_new_session=True,
    )
    # It ends by itself when nothing comes: nobody may be asking for anything just then.
    Thread(target=child.wait, name="reaper", daemon=True).start()
    return child


def pipes(child: subprocess.Popen[bytes]) -> tuple[IO[bytes], IO[bytes]]:
    if child.stdin is None or child.stdout is None:  # pragma: no cover (both were asked for)
        raise OSError(os.strerror(9))
    return child.stdin, child.stdout


def end(child: subprocess.Popen[bytes] | None) -> None:
    """Kill it, if it is there, and close its pipes."""
    if child is None:
        return
    child.kill()
    child.communicate()
