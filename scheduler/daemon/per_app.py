"""What is made of an app once, and again only when the configuration was read again."""

from collections.abc import Callable
from typing import Generic, TypeVar

from scheduler.bootstrap import App

T = TypeVar("T")


class PerApp(Generic[T]):
    """Asked at each look or request; what it gives is of the app as it is now."""

    def __init__(self, current: Callable[[], App], make: Callable[[App], T]) -> None:
        self._current = current
        self._make = make
        self._last: tuple[App, T] | None = None

    def __call__(self) -> T:
        app = self._current()
        if self._last is None or self._last[0] is not app:
            self._last = app, self._make(app)
        return self._last[1]
