"""Whether work grows with its input, not with the square of it: a ratio of two CPU times."""

from collections.abc import Callable
from time import thread_time

#: Below this many CPU seconds a ratio says nothing.
NOISE = 0.05


def grows_linearly(work: Callable[[int], object], size: int) -> bool:
    """Twice the input costs at most three times as much (a square would cost four times)."""
    once = min(_cost(work, size) for _ in range(3))
    twice = min(_cost(work, 2 * size) for _ in range(3))
    return twice < 3 * once + NOISE


def _cost(work: Callable[[int], object], size: int) -> float:
    began = thread_time()
    work(size)
    return thread_time() - began
