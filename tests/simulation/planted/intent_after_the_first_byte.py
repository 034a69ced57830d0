"""The intent is written, but nobody waits for it: the first octets leave before it is durable."""

import asyncio
from collections.abc import Callable
from typing import Any

from scheduler.domain.intents import Told, Turned, Wanted
from scheduler.store.sending.send_ledger import SendLedger

#: Seconds by which the commit comes late.
LATE = 0.05


def plant(put: Callable[[Any, str, Any], None]) -> None:
    take = SendLedger.turn

    async def turn(ledger: SendLedger, told: Told, wanted: Wanted | None, now: Any) -> Turned:
        if wanted is None:
            return await take(ledger, told, wanted, now)

        async def later() -> None:
            await asyncio.sleep(LATE)
            await take(ledger, told, wanted, now)

        asyncio.get_running_loop().create_task(later())
        taken = frozenset(int(one.delivery) for one in wanted.candidates)
        return Turned(taken=taken, asked=len(taken))

    put(SendLedger, "turn", turn)
