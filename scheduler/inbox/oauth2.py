"""Tokens for a mailbox that takes no password (OAuth 2.0 client credentials, RFC 6749 section 4.4).

Microsoft 365: https://learn.microsoft.com/en-us/exchange/client-developer/legacy-protocols/
how-to-authenticate-an-imap-pop-smtp-application-by-using-oauth
"""

import asyncio
import json
from dataclasses import field
from typing import Any

from scheduler.domain.errors import InboxAway
from scheduler.domain.masking import one_line
from scheduler.domain.values import frozen

#: Seconds before its end from which on a token isn't used any more: a look takes its time.
MARGIN = 300.0
#: Seconds that a token lasts whose server doesn't say how long (RFC 6749 section 5.1 asks it to).
UNSAID = 600.0
#: Seconds for the server's answer, and octets of it that are read.
TIMEOUT = 30.0
LARGEST_ANSWER = 64 << 10


@frozen
class Client:
    """Who asks, and where."""

    #: https, or on this machine.
    token_url: str
    client_id: str
    client_secret: str = field(repr=False)
    scope: str


class AccessTokens:
    """Gives the same token until shortly before it ends. Used by one task at a time."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._token = ""
        #: By the loop's clock.
        self._until = 0.0

    async def current(self) -> str:
        """Raises InboxAway, in words without a secret."""
        now = asyncio.get_running_loop().time()
        if now >= self._until:
            self._token, lasts = _read(await self._asked())
            self._until = now + lasts - MARGIN
        return self._token

    def forget(self) -> None:
        """It was refused: the next one is asked for anew."""
        self._until = 0.0

    async def _asked(self) -> tuple[int, bytes]:
        form = {
            "grant_type": "client_credentials",
            "client_id": self._client.client_id,
            "client_secret": self._client.client_secret,
            "scope": self._client.scope,
        }
        import aiohttp  # late: of all mailboxes only those that take no password want it

        timeout = aiohttp.ClientTimeout(total=TIMEOUT)
        try:
            async with (
                aiohttp.ClientSession(timeout=timeout, trust_env=True) as session,
                # The secret goes where it was said to go, and nowhere else.
                session.post(self._client.token_url, data=form, allow_redirects=False) as answer,
            ):
                return answer.status, await answer.content.read(LARGEST_ANSWER)
        except (aiohttp.ClientError, TimeoutError, OSError, ValueError) as fault:
            raise InboxAway(f"no answer of the token server: {type(fault).__name__}") from None


def _read(answer: tuple[int, bytes]) -> tuple[str, float]:
    """The token and for how many seconds it lasts."""
    status, body = answer
    said = _object(body)
    token = said.get("access_token")
    if status != 200 or not isinstance(token, str) or not token.isascii() or not token:
        words = f"{said.get('error', '')} {said.get('error_description', '')}".strip()
        raise InboxAway(f"the token server gave no token: {status} {one_line(words)}".strip())
    return token, _seconds(said.get("expires_in"))


def _object(body: bytes) -> dict[str, Any]:
    try:
        said = json.loads(body)
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}


def _seconds(said: object) -> float:
    """A number, which some servers write as text."""
    try:
        return float(said) if isinstance(said, int | float | str) else UNSAID
    except ValueError:
        return UNSAID
