"""Answers and states of SMS from Twilio's own list, where it can't reach us by its webhooks.

https://www.twilio.com/docs/messaging/api/message-resource#read-multiple-message-resources

The list goes by days (UTC), so a look sees the same messages again: whoever takes them takes each
once.
"""

from collections.abc import AsyncIterator
from datetime import date
from typing import Protocol

from scheduler.domain.answers.replies import Reply
from scheduler.domain.errors import HandOverError, InboxAway
from scheduler.domain.provider import Callback


class Lister(Protocol):
    """What the provider gives of its list."""

    def listed(
        self, since: date, *, to: str = "", sender: str = ""
    ) -> AsyncIterator[Reply | Callback]:
        """Messages since a day: what came in, and where what left stands. Raises HandOverError."""


class TwilioMessages:
    """flow.polling.SmsList and flow.uncertain.SentList over Twilio's list."""

    def __init__(self, lister: Lister, sender: str) -> None:
        """``sender``: our short code; empty where a messaging service chooses it."""
        self._lister = lister
        self._sender = sender

    async def replies(self, since: date) -> AsyncIterator[Reply]:
        """What people wrote since a day. Raises InboxAway."""
        try:
            async for one in self._lister.listed(since, to=self._sender):
                if isinstance(one, Reply):
                    yield one
        except HandOverError as fault:
            raise InboxAway(str(fault)) from None

    async def states(self, since: date) -> AsyncIterator[Callback]:
        """Where the messages of that day and later stand. Raises InboxAway."""
        try:
            async for one in self._lister.listed(since, sender=self._sender):
                if isinstance(one, Callback):
                    yield one
        except HandOverError as fault:
            raise InboxAway(str(fault)) from None

    async def sent_to(self, number: str, since: date) -> AsyncIterator[Callback]:
        """What left for a number since a day, with its text. Raises InboxAway."""
        try:
            async for one in self._lister.listed(since, to=number):
                if isinstance(one, Callback):
                    yield one
        except HandOverError as fault:
            raise InboxAway(str(fault)) from None
