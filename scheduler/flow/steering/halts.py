"""Letting a campaign go on where a provider refused its messages as a whole."""

from datetime import datetime
from typing import Protocol

from scheduler.domain.errors import NotFound


class HaltLedger(Protocol):
    """Each call is one transaction; lifting a halt stands in the audit log."""

    async def lift_halt(self, campaign: str, channel: str, by: str, now: datetime) -> bool:
        """Intents of the campaign are taken on the channel again; False when it doesn't halt."""

    async def halted(self) -> list[str]:
        """What halts, as ``campaign/channel``."""

    async def waiting_of(self, campaign: str, channel: str) -> int:
        """Messages of a campaign that wait on a channel."""


async def go_on(hand: HaltLedger, campaign: str, channel: str, by: str, now: datetime) -> int:
    """Lift a halt; how many messages wait and may leave again, within their hours and limits.

    Raises NotFound when there is none, with those there are.
    """
    if not await hand.lift_halt(campaign, channel, by, now):
        known = ", ".join(await hand.halted()) or "none"
        raise NotFound(f"{campaign} doesn't halt on {channel}; halted: {known}")
    return await hand.waiting_of(campaign, channel)
