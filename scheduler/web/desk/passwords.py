"""Passwords, as argon2id keeps them: tried in threads, a few at once, as long for any name."""

import asyncio
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argon2 import PasswordHasher

#: At once; each takes 64 MiB.
AT_ONCE = 2


class Passwords:
    def __init__(self) -> None:
        self._turns = asyncio.Semaphore(AT_ONCE)

    async def hashed(self, password: str) -> str:
        async with self._turns:
            return await asyncio.to_thread(_hasher().hash, password)

    async def fits(self, hashed: str, password: str) -> bool:
        """``hashed`` is empty where there is no account: it takes as long, and fits nothing."""
        async with self._turns:
            found = await asyncio.to_thread(_verify, hashed or _nobodys(), password)
        return found and bool(hashed)


@lru_cache(maxsize=1)
def _hasher() -> "PasswordHasher":
    from argon2 import PasswordHasher

    return PasswordHasher()


@lru_cache(maxsize=1)
def _nobodys() -> str:
    """Nobody has it: it is made of what nobody knows."""
    from secrets import token_urlsafe

    return _hasher().hash(token_urlsafe(32))


def _verify(hashed: str, password: str) -> bool:
    from argon2.exceptions import InvalidHashError, VerificationError

    try:
        return _hasher().verify(hashed, password)
    except (VerificationError, InvalidHashError):
        return False
