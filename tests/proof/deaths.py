"""Where the daemon dies: steps of a message's way through the pipeline.

Nothing of it is in the program: the process that is to die wraps the step before it starts.
"""

import functools
import inspect
import os
import signal
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from scheduler.store.ledger import Ledger
from scheduler.store.sending.wire_journal import WireJournal


@dataclass(frozen=True, slots=True)
class Step:
    owner: type
    method: str
    when: Literal["before", "after"]
    #: A process comes by it once a group of messages, or once a batch: not once a message.
    seldom: bool = True


#: In the order of a message's way. "after" a transaction is after its commit.
STEPS = {
    "planned": Step(Ledger, "plan", "after"),
    "claimed": Step(Ledger, "claim", "after"),
    "read": Step(Ledger, "due", "after"),
    "before the intent": Step(Ledger, "take_intents", "before"),
    "after the intent": Step(Ledger, "take_intents", "after"),
    "before the last bytes": Step(WireJournal, "handing_over", "before", seldom=False),
    "as the last bytes leave": Step(WireJournal, "handing_over", "after", seldom=False),
    "answered": Step(WireJournal, "answered", "before", seldom=False),
    "answer noted": Step(WireJournal, "answered", "after", seldom=False),
    "before the outcome": Step(Ledger, "record", "before"),
    "after the outcome": Step(Ledger, "record", "after"),
    "given back": Step(Ledger, "release", "after"),
}
#: A look that finds nothing is no step of any message; these answer nothing at all.
ANSWERS_NOTHING = ("record", "release")


def die_at(name: str, number: int) -> None:
    """By SIGKILL, the ``number``th time that this process comes by the step."""
    step = STEPS[name]
    original = getattr(step.owner, step.method)
    left = [number]

    def come_by() -> None:
        left[0] -= 1
        if left[0] == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    watch = _watch_async if inspect.iscoroutinefunction(original) else _watch
    setattr(step.owner, step.method, watch(original, step.when, come_by))


def _watch(original: Callable[..., Any], when: str, come_by: Callable[[], None]) -> Any:
    @functools.wraps(original)
    def watched(*arguments: Any, **named: Any) -> Any:
        if when == "before":
            come_by()
        found = original(*arguments, **named)
        if when == "after":
            come_by()
        return found

    return watched


def _watch_async(original: Callable[..., Any], when: str, come_by: Callable[[], None]) -> Any:
    @functools.wraps(original)
    async def watched(*arguments: Any, **named: Any) -> Any:
        if when == "before":
            come_by()
        found = await original(*arguments, **named)
        if when == "after" and (found or original.__name__ in ANSWERS_NOTHING):
            come_by()
        return found

    return watched
