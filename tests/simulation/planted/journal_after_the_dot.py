"""The wire journal's record is written once the last octets have left."""

import asyncio
from collections.abc import Callable
from typing import Any

from scheduler.store.sending.wire_journal import WireJournal


def plant(put: Callable[[Any, str, Any], None]) -> None:
    note = WireJournal.handing_over

    def handing_over(journal: WireJournal, delivery: int) -> None:
        asyncio.get_running_loop().call_soon(note, journal, delivery)

    put(WireJournal, "handing_over", handing_over)
