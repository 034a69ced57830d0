"""AES-SIV (RFC 5297) of many row numbers at once, octet for octet what the library makes of each.

A call of the library for each of a message's three tokens takes longer than composing it. What is
sealed here is one block long or shorter, and for such the construction is two encryptions of a
block: the tag is that of the number and of what the key and the purpose come to, which never
changes, and the number is hidden by the tag encrypted. So a group's tokens are two passes over as
many blocks. The first of each key is compared with the library's own.
"""

import struct
from collections.abc import Sequence

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.aead import AESSIV
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import ECB
from cryptography.hazmat.primitives.cmac import CMAC

BLOCK = 16
#: Two bits of the counter are zero where it begins (RFC 5297 section 2.5).
_COUNTER = (1 << 128) - 1 ^ (1 << 63 | 1 << 31)
#: What follows a number of eight octets in its block: a one, then zeros.
_PADDING = 1 << 63
_LETTERS = b"abcdefghijklmnopqrstuvwxyz234567".ljust(256, b"?")


class BulkSealer:
    """Of one purpose and key: the halves are the tag's and the cover's."""

    def __init__(self, key: bytes, purpose: bytes) -> None:
        half = len(key) // 2
        self._tag, self._cover = AES(key[:half]), AES(key[half:])
        known = _mac(self._tag, bytes(BLOCK))
        known = _doubled(known) ^ _mac(self._tag, purpose)
        last = _doubled(int.from_bytes(_encrypted(self._tag, bytes(BLOCK))))
        #: Told to the tag with a whole block, and with half of one.
        self._whole, self._half = known ^ last, _doubled(known) ^ last
        for numbers in ((1,), (1, 2)):
            plain = struct.pack(f">{len(numbers)}Q", *numbers)
            if self.seal([numbers]) != [AESSIV(key).encrypt(plain, [purpose])]:
                raise ValueError("tokens made at once differ from those made one by one")

    def seal(self, rows: Sequence[tuple[int, ...]]) -> list[bytes]:
        """Of each row, one number or two."""
        if not rows:
            return []
        size = 8 * len(rows[0])
        told = self._whole if size == BLOCK else self._half
        numbers = rows if size == BLOCK else [(*row, _PADDING) for row in rows]
        plain = struct.pack(f">{2 * len(rows)}Q", *[one for row in numbers for one in row])
        tags = _encrypted(self._tag, _each(plain, told, len(rows), "^"))
        cover = _encrypted(self._cover, _each(tags, _COUNTER, len(rows), "&"))
        hidden = (int.from_bytes(plain) ^ int.from_bytes(cover)).to_bytes(len(plain))
        return [
            tags[at : at + BLOCK] + hidden[at : at + size] for at in range(0, len(plain), BLOCK)
        ]


def base32(octets: bytes) -> bytes:
    """In small letters, five octets in eight of them: as many as there are at once."""
    count = len(octets) // 5
    spread = bytearray(8 * count)
    for place in range(5):
        spread[3 + place :: 8] = octets[place::5]
    bits = int.from_bytes(spread)
    for width in (20, 10, 5):
        # Lanes of twice as many bits become two, each in half of the room.
        low = _lanes((1 << width) - 1, width, count)
        room = {20: 12, 10: 6, 5: 3}[width]
        bits = bits & low | (bits & low << width) << room
    return bits.to_bytes(len(spread)).translate(_LETTERS)


def _lanes(mask: int, width: int, count: int) -> int:
    """The mask in each of the lanes that 64 bits have by then, for so many times 64 bits."""
    size = {20: 8, 10: 4, 5: 2}[width]
    return int.from_bytes(mask.to_bytes(size) * (8 // size * count))


def _each(octets: bytes, block: int, count: int, how: str) -> bytes:
    """Every block of these with this one."""
    many = int.from_bytes(block.to_bytes(BLOCK) * count)
    mine = int.from_bytes(octets)
    return (mine ^ many if how == "^" else mine & many).to_bytes(len(octets))


def _doubled(block: int) -> int:
    """In the field of RFC 5297 section 2.3."""
    return (block << 1) & (1 << 128) - 1 ^ (0x87 if block >> 127 else 0)


def _mac(key: AES, text: bytes) -> int:
    mac = CMAC(key)
    mac.update(text)
    return int.from_bytes(mac.finalize())


def _encrypted(key: AES, blocks: bytes) -> bytes:
    # Each block by itself is what the construction asks for, and no two tags are alike.
    return Cipher(key, ECB()).encryptor().update(blocks)  # noqa: S305
