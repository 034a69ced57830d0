"""How often a form may be sent, by one client and by all: nobody is flooded by means of it."""

from collections import deque
from collections.abc import MutableMapping
from datetime import datetime, timedelta

#: What is counted.
WINDOW = timedelta(hours=1)
#: Requests of one client in it: a ward that shares an address still gets through.
EACH = 10
#: Requests of everybody in it.
ALL = 200


class Moderation:
    """Counts in memory alone: a client's address is in no log and no file, and gone in an hour."""

    def __init__(self, window: timedelta = WINDOW, each: int = EACH, every: int = ALL) -> None:
        self._window, self._most_each, self._most = window, each, every
        self._all: deque[tuple[datetime, str]] = deque()
        self._each: MutableMapping[str, int] = {}

    def admits(self, client: str, now: datetime) -> bool:
        """Whether one more may be taken now; counts it when it may."""
        while self._all and not timedelta() <= now - self._all[0][0] < self._window:
            _, gone = self._all.popleft()
            self._each[gone] -= 1
            if not self._each[gone]:
                del self._each[gone]
        if len(self._all) >= self._most or self._each.get(client, 0) >= self._most_each:
            return False
        self._all.append((now, client))
        self._each[client] = self._each.get(client, 0) + 1
        return True
