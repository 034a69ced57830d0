"""The daemon, which dies by SIGKILL at a named step of the pipeline.

    python -m tests.proof.victim STEP NUMBER      (then as `reflexe run`)

The step is the NUMBERth time that this process comes by it. Nothing of it is in the program.
"""

import functools
import inspect
import os
import signal
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from scheduler.__main__ import main as reflexe
from scheduler.store.ledger import Ledger
from scheduler.store.wire_journal import WireJournal


@dataclass(frozen=True, slots=True)
class Step:
    owner: type
    method: str
    when: Literal["before", "after"]


#: In the order of a message's way. "after" a transaction is after its commit.
STEPS = {
    "planned": Step(Ledger, "plan", "after"),
    "claimed": Step(Ledger, "claim", "after"),
    "read": Step(Ledger, "due", "after"),
    "before the intent": Step(Ledger, "take_intents", "before"),
    "after the intent": Step(Ledger, "take_intents", "after"),
    "before the last bytes": Step(WireJournal, "handing_over", "before"),
    "as the last bytes leave": Step(WireJournal, "handing_over", "after"),
    "answered": Step(WireJournal, "answered", "before"),
    "answer noted": Step(WireJournal, "answered", "after"),
    "before the outcome": Step(Ledger, "record", "before"),
    "after the outcome": Step(Ledger, "record", "after"),
    "given back": Step(Ledger, "release", "after"),
}


def die_at(name: str, number: int) -> None:
    """Arrange it."""
    step = STEPS[name]
    original = getattr(step.owner, step.method)
    left = [number]

    def come_by() -> None:
        left[0] -= 1
        if left[0] == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    setattr(step.owner, step.method, _watched(original, step.when, come_by))


def _watched(original: Callable[..., Any], when: str, come_by: Callable[[], None]) -> Any:
    if not inspect.iscoroutinefunction(original):

        @functools.wraps(original)
        def plain(*arguments: Any) -> Any:
            if when == "before":
                come_by()
            found = original(*arguments)
            if when == "after":
                come_by()
            return found

        return plain

    @functools.wraps(original)
    async def wrapped(*arguments: Any, **named: Any) -> Any:
        if when == "before":
            come_by()
        found = await original(*arguments, **named)
        # A look that found nothing is no step of any message.
        looked_in_vain = original.__name__ not in ("record", "release") and not found
        if when == "after" and not looked_in_vain:
            come_by()
        return found

    return wrapped


if __name__ == "__main__":
    die_at(sys.argv[1], int(sys.argv[2]))
    sys.argv = ["reflexe", "run"]
    reflexe()
