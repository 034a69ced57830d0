"""Wrong passwords are slowed down: those of one client, and those for one name."""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta

#: Wrong ones in a while that are answered at once.
TRIES = 5
WINDOW = timedelta(minutes=10)
#: Each further one waits twice as long as the one before, up to the longest.
FIRST_SECONDS, LONGEST_SECONDS = 1.0, 16.0
#: Clients and names remembered at once.
MOST = 2000


class Slowing:
    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._wrong: dict[str, list[datetime]] = {}

    async def wrong(self, client: str, name: str) -> bool:
        """Count one, and wait as it deserves, whether there is such a name or not; True: it had to
        wait."""
        many = max(self._count(f"client {client}"), self._count(f"name {name}"))
        if many <= TRIES:
            return False
        await asyncio.sleep(min(FIRST_SECONDS * 2 ** (many - TRIES - 1), LONGEST_SECONDS))
        return True

    def _count(self, who: str) -> int:
        now = self._clock()
        recent = [at for at in self._wrong.pop(who, []) if at > now - WINDOW][-50:]
        self._wrong[who] = [*recent, now]
        while len(self._wrong) > MOST:
            del self._wrong[next(iter(self._wrong))]
        return len(self._wrong[who])
