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
    #: Of a turn: the part that must be in it, by its place among the arguments.
    part: int | None = None


#: The parts of a turn, which is one transaction: what came of some, who may leave next.
TOLD, WANTED = 1, 2
#: In the order of a message's way. "after" a transaction is after its commit.
STEPS = {
    "planned": Step(Ledger, "plan", "after"),
    "claimed": Step(Ledger, "claim", "after"),
    "read": Step(Ledger, "due", "after"),
    "before the intent": Step(Ledger, "turn", "before", part=WANTED),
    "after the intent": Step(Ledger, "turn", "after", part=WANTED),
    "before the last bytes": Step(WireJournal, "handing_over", "before", seldom=False),
    "as the last bytes leave": Step(WireJournal, "handing_over", "after", seldom=False),
    "answered": Step(WireJournal, "answered", "before", seldom=False),
    "answer noted": Step(WireJournal, "answered", "after", seldom=False),
    "before the outcome": Step(Ledger, "turn", "before", part=TOLD),
    "after the outcome": Step(Ledger, "turn", "after", part=TOLD),
    "given back": Step(Ledger, "release", "after"),
}
#: A look that finds nothing is no step of any message; these answer nothing at all.
ANSWERS_NOTHING = ("release",)


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
    if step.part is None:
        watched = watch(original, step.when, come_by)
    else:
        watched = _watch_turn(original, step, come_by)
    setattr(step.owner, step.method, watched)


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


def _watch_turn(original: Callable[..., Any], step: Step, come_by: Callable[[], None]) -> Any:
    """A turn that has the part. After one that let nobody leave there is nothing to lose."""

    @functools.wraps(original)
    async def watched(*arguments: Any) -> Any:
        part = arguments[step.part or TOLD]
        has_it = part.outcomes if step.part == TOLD else part is not None
        if step.when == "before" and has_it:
            come_by()
        turned = await original(*arguments)
        if step.when == "after" and has_it and (step.part == TOLD or turned.taken):
            come_by()
        return turned

    return watched
