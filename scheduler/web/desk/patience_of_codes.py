"""How many wrong codes an account takes before it takes none for a while: who tries them has its
password already, and a code has a million values."""

from collections.abc import Callable
from datetime import datetime

from scheduler.domain.second_code import TRIES, TRIES_WITHIN


class CodeTries:
    """Counted before a code is looked at, so that many at once are no more."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._tries: dict[int, list[datetime]] = {}

    def may(self, account: int) -> bool:
        """Count one; False: it isn't even looked at."""
        now = self._clock()
        recent = [at for at in self._tries.get(account, []) if abs(now - at) < TRIES_WITHIN]
        if len(recent) >= TRIES:
            return False
        self._tries[account] = [*recent, now]
        return True

    def right(self, account: int) -> None:
        self._tries.pop(account, None)
