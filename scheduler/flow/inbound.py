"""The inbound step: what a provider says later of a message becomes an event of its delivery."""

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from scheduler.domain.events import Event, EventKind
from scheduler.domain.masking import one_line
from scheduler.domain.ports import Callback
from scheduler.domain.tokens import Tokens
from scheduler.log import get_logger

log = get_logger(__name__)


class EventLedger(Protocol):
    async def note_event(self, found: Event) -> bool:
        """Append an event; False when it says nothing new, or no delivery is meant."""


async def note_callback(
    callback: Callback,
    words: Mapping[str, str],
    tokens: Tokens,
    ledger: EventLedger,
    now: datetime,
) -> None:
    """Write down a provider's callback: repeated, late or out of order, with the same end.

    ``words`` says what the provider's statuses mean, in ours. The delivery is the one our
    reference names; without a reference, the one that has the provider's id.
    """
    meaning = words.get(callback.status)
    token = tokens.open_delivery(callback.reference) if callback.reference else None
    if meaning is None or (callback.reference and token is None):
        log.warning("callback.unknown", status=one_line(callback.status))
        return
    event = Event(
        delivery=token.delivery if token else None,
        provider_id=callback.provider_id,
        kind=EventKind(meaning),
        code=one_line(callback.code),
        detail=one_line(callback.status),
        at=now,
    )
    if await ledger.note_event(event):
        log.info("event", kind=event.kind.value, delivery=event.delivery, code=event.code)
