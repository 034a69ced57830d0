"""Where a commit gives no answer, its outcomes are taken for written."""

from collections.abc import Callable
from typing import Any

from scheduler.domain.intents import Told, Turned, Wanted
from scheduler.store.sending.send_ledger import SendLedger


def plant(put: Callable[[Any, str, Any], None]) -> None:
    write = SendLedger.turn

    async def turn(ledger: SendLedger, told: Told, wanted: Wanted | None, now: Any) -> Turned:
        try:
            return await write(ledger, told, wanted, now)
        except Exception:
            if not told.outcomes:
                raise
            return Turned()

    put(SendLedger, "turn", turn)
