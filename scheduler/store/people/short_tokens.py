"""The tokens of the SMS opt-out links: random, stored, one a contact."""

import os
from collections.abc import Awaitable, Callable

from sqlalchemy.exc import IntegrityError

#: No letter or digit that is taken for another.
SHORT_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
SHORT_LENGTH = 8
#: Each octet's letter: as many octets stand for one letter as for any other.
_LETTERS = bytes(ord(SHORT_ALPHABET[octet % len(SHORT_ALPHABET)]) for octet in range(256))
#: How often tokens are made anew. Of 32^8 that there can be, two of a million people's are the
#: same one time in three; one of a group's and one of a million others', one time in a thousand.
TRIES = 5


def make_short_tokens(count: int) -> list[str]:
    """Each of 32^8 possibilities, from the system's random source, asked once."""
    letters = os.urandom(count * SHORT_LENGTH).translate(_LETTERS).decode()
    return [letters[at : at + SHORT_LENGTH] for at in range(0, len(letters), SHORT_LENGTH)]


async def again_with_others(write: Callable[[], Awaitable[None]]) -> None:
    """``write`` is a transaction that makes tokens; another one, with others, where one of them is
    somebody's already."""
    for tries in range(1, TRIES + 1):
        try:
            return await write()
        except IntegrityError as refused:
            # Neither a savepoint nor a look beforehand: each costs every group a tenth.
            if tries == TRIES or "token" not in str(refused.orig):
                raise
