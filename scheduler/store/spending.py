"""What each kind of transaction has taken since the start: how many there were, and how long.

Counted from the threads that the transactions run in. A name is the statement's home and its
function (``claiming.claim``): who reads a figure finds the lines that made it.
"""

import threading
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from time import perf_counter
from typing import Any, Literal

from scheduler.domain.showing.counted import Counted, Span
from scheduler.domain.showing.gauges import Spent
from scheduler.domain.showing.small_numbers import is_step
from scheduler.domain.showing.traced import Work

Kind = Literal["read", "write"]


class Spending:
    def __init__(self, counted: Counted) -> None:
        self._counted = counted
        self._lock = threading.Lock()
        self._counts: dict[str, int] = defaultdict(int)
        self._seconds: dict[str, float] = defaultdict(float)
        self._told: dict[str, float] = defaultdict(float)

    @contextmanager
    def of(self, work: Callable[..., Any], kind: Kind) -> Iterator[None]:
        """One transaction, begun and ended within: one that fails has taken its time too."""
        name, began = name_of(work), perf_counter()
        try:
            yield
        finally:
            took = perf_counter() - began
            with self._lock:
                self._counts[name] += 1
                self._seconds[name] += took
                if is_step(self._counts[name]):
                    self._told[name] = self._seconds[name]
            self._counted.took(Span.LEDGER, kind, took)
            self._counted.trace(Work.LEDGER, took, name=name, word=kind)

    def so_far(self) -> Mapping[str, Spent]:
        with self._lock:
            return {
                name: Spent(times=count, seconds=self._seconds[name], told_seconds=self._told[name])
                for name, count in sorted(self._counts.items())
            }


def name_of(work: Callable[..., Any]) -> str:
    """``claiming.claim``: module and function, without what makes a name private."""
    module = work.__module__.rpartition(".")[-1]
    return f"{module}.{work.__name__.lstrip('_')}"
