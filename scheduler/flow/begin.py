"""What is in hand and not begun: asked again just before the first octet of its text leaves.

An intent says that a message might leave when it was taken. Where answers are slow, or a permit or
a pace is waited for, that was long ago, and its reader may have refused since. So nothing begins on
an answer of the ledger older than a second: whoever comes to begin later asks again, for all that
is in hand with them. It is the ledger itself that is asked, so that every route, every command and
every replica is heard alike; and what this process has heard since is asked for at once.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Collection, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from scheduler.domain.errors import Withheld
from scheduler.domain.provider import AT_ONCE
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
_CLOCK = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)


class Asked(Protocol):
    """What is asked of the ledger."""

    @property
    def heard(self) -> int:
        """Grows with every opt-out that this process has recorded."""

    async def still_may(self, claim: Claim, deliveries: Collection[int], now: datetime) -> set[int]:
        """Those with an intent of this process that may still begin."""


@dataclass(kw_only=True, slots=True)
class _Leave:
    """What the ledger said of some of a batch; ``asked`` and ``heard``: before the question."""

    claim: Claim
    asked: float
    heard: int


@dataclass(kw_only=True, slots=True)
class InHand:
    """All that has an intent of one sender and isn't begun."""

    ledger: Asked
    clock: Callable[[], datetime]
    _leaves: dict[int, _Leave] = field(default_factory=dict)
    _asking: asyncio.Lock = field(default_factory=asyncio.Lock)

    def hold(self, claim: Claim, deliveries: Iterable[int], *, asked: float, heard: int) -> None:
        """These have just got their intent; ``asked`` and ``heard`` are of before it was taken."""
        leave = _Leave(claim=claim, asked=asked, heard=heard)
        self._leaves.update(dict.fromkeys(deliveries, leave))

    def let_go(self, delivery: int) -> None:
        """It doesn't begin any more, or has an outcome."""
        self._leaves.pop(delivery, None)

    def may(self, delivery: int) -> bool:
        """As far as is known; ``begin`` is what counts."""
        return delivery in self._leaves

    def begin(self, delivery: int) -> Awaitable[None]:
        """It begins now, unless it may not any more: raises Withheld, at once or when awaited. On
        an answer that is believed nobody waits."""
        leave = self._leaves.get(delivery)
        if leave is None:
            raise Withheld
        if self._is_believed(leave):
            del self._leaves[delivery]
            return AT_ONCE
        return self._begin_late(delivery)

    async def refresh(self) -> None:
        """Ask for what is in hand before anybody has to wait for it."""
        if not all(self._is_believed(one) for one in self._of_batches()):
            with suppress(Withheld):
                await self._ask(None)

    async def _begin_late(self, delivery: int) -> None:
        await self._ask(delivery)
        leave = self._leaves.pop(delivery, None)
        if leave is None or alive() - leave.asked > LATEST:
            raise Withheld

    async def _ask(self, delivery: int | None) -> None:
        async with self._asking:
            # Whoever had the lock before may have asked meanwhile.
            mine = self._of_batches() if delivery is None else [self._leaves.get(delivery)]
            if not all(one is None or self._is_believed(one) for one in mine):
                await self._ask_again()

    async def _ask_again(self) -> None:
        """One question a batch, for all that is in hand of it."""
        for claim, asked_for in self._by_claim():
            asked, heard = alive(), self.ledger.heard
            try:
                may = await self.ledger.still_may(claim, tuple(asked_for), self.clock())
            except Exception:
                # Nobody knows, so nothing begins; what has an intent waits again.
                log.exception("begin.unasked")
                raise Withheld from None
            leave = _Leave(claim=claim, asked=asked, heard=heard)
            for one in asked_for:
                # What has begun, or got a newer intent, meanwhile is left as it is.
                if self._leaves.get(one) is asked_for[one]:
                    if one in may:
                        self._leaves[one] = leave
                    else:
                        del self._leaves[one]

    def _by_claim(self) -> list[tuple[Claim, dict[int, _Leave]]]:
        batches: dict[tuple[int, int], tuple[Claim, dict[int, _Leave]]] = {}
        for delivery, leave in self._leaves.items():
            key = (leave.claim.slot_id, leave.claim.number)
            batches.setdefault(key, (leave.claim, {}))[1][delivery] = leave
        return list(batches.values())

    def _of_batches(self) -> list[_Leave]:
        return list({id(leave): leave for leave in self._leaves.values()}.values())

    def _is_believed(self, leave: _Leave) -> bool:
        age = alive() - leave.asked
        return age <= (BELIEVED if leave.heard == self.ledger.heard else EAGER)


def alive() -> float:
    """Seconds that go on while the process is frozen or the machine sleeps (Linux)."""
    return time.clock_gettime(_CLOCK)
