"""Whoever once claimed a batch goes on taking its intents, though others have it by now."""

from collections.abc import Callable
from typing import Any

from scheduler.store.sending import intents


def plant(put: Callable[[Any, str, Any], None]) -> None:
    put(intents, "renew", lambda _connection, _claim, _now: True)
