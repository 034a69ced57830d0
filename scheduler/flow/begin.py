"""What is in hand and not begun: asked again just before the first octet of its text leaves.

An intent says that a message might leave when it was taken. Where answers are slow, or a permit or
a pace is waited for, that was long ago, and its reader may have refused since. So nothing begins on
an answer of the ledger older than a second: whoever comes to begin later asks again, for all that
is in hand with them. It is the ledger itself that is asked, so that every route, every command and
every replica is heard alike; and what this process has heard since is asked for at once.
"""

import asyncio
import time
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from scheduler.domain.errors import Withheld
from scheduler.domain.sending import Claim
from scheduler.log import get_logger

log = get_logger(__name__)

#: Seconds for which an answer of the ledger is believed; a group as it should be ends before.
BELIEVED = 0.7
#: Seconds after the question at which nothing begins any more, however late the answer came: what
#: is left of the second is for the machine.
LATEST = 0.9
#: Seconds between two questions, however many opt-outs this process hears.
EAGER = 0.05


class Asked(Protocol):
    """What is asked of the ledger."""

    @property
    def heard(self) -> int:
        """Grows with every opt-out that this process has recorded."""

    async def still_may(self, claim: Claim, deliveries: Collection[int], now: datetime) -> set[int]:
        """Those with an intent of this process that may still begin."""


@dataclass(kw_only=True, slots=True)
class InHand:
    """One group's. ``asked`` and ``heard`` are of before its intents were taken."""

    ledger: Asked
    claim: Claim
    clock: Callable[[], datetime]
    asked: float
    heard: int
    _may: set[int] = field(default_factory=set)
    _asking: asyncio.Lock = field(default_factory=asyncio.Lock)

    def hold(self, deliveries: Iterable[int]) -> None:
        """These have just got their intent."""
        self._may = set(deliveries)

    async def ask(self, delivery: int) -> None:
        """Returns while it may leave. Raises Withheld."""
        if not self._is_believed:
            async with self._asking:
                # Whoever had the lock before may have asked meanwhile.
                if not self._is_believed:
                    await self._ask_again()
        if delivery not in self._may or alive() - self.asked > LATEST:
            raise Withheld

    async def begin(self, delivery: int) -> None:
        """The same, and it begins now."""
        await self.ask(delivery)
        self._may.discard(delivery)

    @property
    def _is_believed(self) -> bool:
        age = alive() - self.asked
        return age <= (BELIEVED if self.heard == self.ledger.heard else EAGER)

    async def _ask_again(self) -> None:
        asked, heard = alive(), self.ledger.heard
        try:
            self._may = await self.ledger.still_may(self.claim, tuple(self._may), self.clock())
        except Exception:
            # Nobody knows, so nothing begins; what has an intent waits again.
            log.exception("begin.unasked")
            raise Withheld from None
        self.asked, self.heard = asked, heard


def alive() -> float:
    """Seconds that go on while the process is frozen or the machine sleeps (Linux)."""
    return time.clock_gettime(getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC))
