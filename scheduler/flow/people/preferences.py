"""The preference step: what the holder of a link receives, and how they change it.

Looking changes nothing. Each change is one transaction, may be repeated, and holds from the moment
it returns; a trial's link changes nothing at all.
"""

import re
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Protocol

from scheduler.domain.channels import EMAIL, SMS, known_kinds
from scheduler.domain.consent.preferences import (
    Asked,
    Choices,
    Holder,
    Standing,
    changed,
    stopped,
    undone,
)
from scheduler.domain.ids import AddressId, ContactId
from scheduler.domain.names.tokens import TEST_SHORT_TOKEN, Tokens
from scheduler.log import get_logger

log = get_logger(__name__)

_SHORT_TOKEN = re.compile(r"[0-9A-Za-z]{8}")


class PreferenceSource(Protocol):
    """What the step asks of the ledger. Each call is one transaction."""

    async def holder_by_email(self, address_id: AddressId, contact_id: ContactId) -> Holder | None:
        """Whom an e-mail's link stands for; None when the ledger has no such address,
        or has it no more."""

    async def holder_by_short_token(self, token: str) -> Holder | None:
        """Whom an SMS's link stands for; None for an unknown one, or a contact without number."""

    async def choices(self, holder: Holder) -> Choices: ...

    async def change(
        self, holder: Holder, decide: Callable[[Choices], Choices], now: datetime
    ) -> Choices:
        """What ``decide`` makes of the choices that hold; durable when it returns."""


async def holder_of(token: str, tokens: Tokens, source: PreferenceSource) -> Holder | None:
    """Whom an e-mail's token or a short link's stands for; None for one that isn't ours."""
    if _SHORT_TOKEN.fullmatch(token):
        if token.upper() == TEST_SHORT_TOKEN:
            return _trial(SMS.name)
        return await source.holder_by_short_token(token.upper())
    opened = tokens.open_optout(token)
    if opened is None:
        return None
    if opened.test:
        return _trial(EMAIL.name)
    return await source.holder_by_email(opened.address_id, opened.contact_id)


async def choices_of(holder: Holder, source: PreferenceSource) -> Choices:
    """What the page shows; for a trial, an example."""
    if holder.test:
        channels = {channel: Standing() for channel in holder.addresses}
        return Choices(channels=channels, language="fr", easy_to_read=False)
    return await source.choices(holder)


async def save(
    holder: Holder, source: PreferenceSource, asked: Asked, languages: Sequence[str], now: datetime
) -> None:
    """Change what the reader changed on the page; ``languages`` are those it offered."""
    await _change(holder, source, lambda choices: changed(choices, asked, languages), now)


async def stop_everything(holder: Holder, source: PreferenceSource, now: datetime) -> None:
    """« Tous vos messages », on every channel of the holder's."""
    await _change(holder, source, stopped, now)


async def come_back(holder: Holder, source: PreferenceSource, now: datetime) -> None:
    """Undo the opt-out that the link's own button makes; what was left by topic stays left."""
    await _change(holder, source, lambda choices: undone(choices, holder.channel), now)


async def _change(
    holder: Holder, source: PreferenceSource, decide: Callable[[Choices], Choices], now: datetime
) -> None:
    if holder.test:
        return
    await source.change(holder, decide, now)
    log.info("preferences.changed", channel=holder.channel)


def _trial(channel: str) -> Holder:
    """Nobody's: it shows every channel and has no row in the ledger."""
    addresses = {one.name: AddressId(0) for one in known_kinds()}
    return Holder(channel=channel, addresses=addresses, contact=ContactId(0), test=True)
