"""The intent is written, but nobody waits for it: the first octets leave before it is durable."""

import asyncio
from collections.abc import Callable, Collection
from typing import Any

from scheduler.store.sending.send_ledger import SendLedger

#: Seconds by which the commit comes late.
LATE = 0.05


def plant(put: Callable[[Any, str, Any], None]) -> None:
    take = SendLedger.take_intents

    async def take_intents(
        ledger: SendLedger, claim: Any, deliveries: Collection[int], *others: Any
    ) -> set[int]:
        async def later() -> None:
            await asyncio.sleep(LATE)
            await take(ledger, claim, deliveries, *others)

        asyncio.get_running_loop().create_task(later())
        return set(deliveries)

    put(SendLedger, "take_intents", take_intents)
