"""Opt-outs are asked for with the intent, and not again before a text begins."""

from collections.abc import Callable, Collection
from typing import Any

from scheduler.store.sending.send_ledger import SendLedger


def plant(put: Callable[[Any, str, Any], None]) -> None:
    async def still_may(
        _ledger: SendLedger, _claim: Any, deliveries: Collection[int], _now: Any
    ) -> set[int]:
        return set(deliveries)

    put(SendLedger, "still_may", still_may)
