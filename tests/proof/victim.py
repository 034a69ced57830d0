"""One daemon after another, each a process of its own that meets with the misfortune it is told.

    python -m tests.proof.victim

Reads orders on its standard input, a line each (JSON), and says on its standard output when a
process has begun (``pid 123``), when its misfortune has struck (``struck``) and how it has ended
(``ended -9``). Each daemon is forked off when the program has been imported, which alone takes
two seconds: a fork of a process that has opened nothing is a fresh process.
"""

import json
import os
import sys
import traceback
from collections.abc import Callable

import scheduler.bootstrap
import scheduler.cli.upkeep.daemon
import scheduler.daemon.life  # noqa: F401 - imported before the fork, as the two above
from scheduler.__main__ import main as reflexe
from tests.proof.breakage import break_promise
from tests.proof.deaths import STEPS, die_at
from tests.proof.faults import fail_at


def main() -> None:
    for line in sys.stdin:
        order = json.loads(line)
        child = os.fork()
        if child == 0:
            _live(order)
        _say(f"pid {child}")
        _, status = os.waitpid(child, 0)
        _say(f"ended {os.waitstatus_to_exitcode(status)}")


def _live(order: dict[str, str]) -> None:
    """As `reflexe run`, to the end of the process."""
    voice = os.dup(1)
    os.dup2(2, 1)
    _arrange(order, lambda: _say("struck", voice))
    sys.argv = ["reflexe", "run"]
    try:
        reflexe()
    finally:
        # What was forked off never goes on where its parent was: nor does it read its orders.
        _end(sys.exception())


def _end(how: BaseException | None) -> None:
    code = how.code if isinstance(how, SystemExit) else (0 if how is None else 1)
    if how is not None and not isinstance(how, SystemExit):
        traceback.print_exception(how)
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code if isinstance(code, int) else int(code is not None))


def _arrange(order: dict[str, str], struck: Callable[[], None]) -> None:
    if order["broken"]:
        break_promise(order["broken"])
    if order["misfortune"] in STEPS:
        die_at(order["misfortune"], int(order["number"]))
    elif order["misfortune"]:
        fail_at(order["misfortune"], int(order["number"]), struck)


def _say(words: str, voice: int = 1) -> None:
    os.write(voice, f"{words}\n".encode())


if __name__ == "__main__":
    main()
