"""Opaque tokens for links and headers: deterministic, bound to their purpose, unforgeable.

AES-SIV (RFC 5297) over the row's numbers: nothing can be read from a token, none can be made
without the keys, and one made for a purpose opens for no other. They never expire.
"""

import base64
import binascii
import hashlib
import hmac
import struct
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESSIV

from scheduler.domain.errors import KeysError
from scheduler.domain.ids import AddressId, ContactId, DeliveryId
from scheduler.domain.names.tokens import (
    DeliveryToken,
    FormToken,
    MessageTokens,
    OptOutToken,
    typable,
)
from scheduler.store.keys.bulk_tokens import BulkSealer, base32
from scheduler.store.keys.sealing import Keys

OPTOUT = "optout"
TEST = "test"
DELIVERY = "delivery"
BOUNCE = "bounce"
SUBSCRIPTION = "subscription"
FORM = "form"
DOCTOR = "doctor"
TWIN = "twin"
#: Longest text worth decoding: real tokens are shorter.
LONGEST = 64
#: A key's name, AES-SIV's tag and a number, in base32: whole letters, none to spare.
BOUNCE_LENGTH = 40


class Tokens:
    """Makes and opens the tokens of one ledger."""

    def __init__(self, keys: Keys) -> None:
        self._keys = keys
        self._cipher = lru_cache(maxsize=32)(self._make_cipher)
        self._bulk = lru_cache(maxsize=32)(self._make_bulk)

    def of_messages(
        self, rows: Sequence[tuple[DeliveryId, AddressId, ContactId]], *, test: bool
    ) -> list[MessageTokens]:
        key_id = self._keys.current.id
        numbers = [(delivery,) for delivery, _address, _contact in rows]
        whose = [(address, contact) for _delivery, address, contact in rows]
        optouts = self._bulk(TEST if test else OPTOUT, key_id).seal(whose)
        bounces = self._bulk(BOUNCE, key_id).seal(numbers)
        deliveries = self._bulk(DELIVERY, key_id).seal(numbers)
        return [
            MessageTokens(key_id + optout, bounce, key_id + delivery)
            for optout, bounce, delivery in zip(
                _all_letters(optouts),
                _all_base32(key_id.encode(), bounces),
                _all_letters(deliveries),
                strict=True,
            )
        ]

    def optout(self, token: OptOutToken) -> str:
        """For List-Unsubscribe and the page behind it."""
        purpose = TEST if token.test else OPTOUT
        return self._seal(purpose, struct.pack(">QQ", token.address_id, token.contact_id))

    def open_optout(self, text: str) -> OptOutToken | None:
        """None for anything that isn't one of ours; takes as long either way."""
        for purpose in (OPTOUT, TEST):
            plain = self._open(purpose, text)
            if plain is not None and len(plain) == 16:
                address, contact = struct.unpack(">QQ", plain)
                return OptOutToken(address_id=address, contact_id=contact, test=purpose == TEST)
        return None

    def subscription(self, request: int) -> str:
        """For the link that confirms a subscription; how long it holds is the ledger's to say."""
        return self._seal(SUBSCRIPTION, struct.pack(">Q", request))

    def open_subscription(self, text: str) -> int | None:
        plain = self._open(SUBSCRIPTION, text)
        return struct.unpack(">Q", plain)[0] if plain is not None and len(plain) == 8 else None

    def form(self, token: FormToken) -> str:
        """For a form that anybody may send, so that it is sent from our page; whose it is, it
        doesn't know."""
        made = int(token.made_at.timestamp())
        return self._seal(FORM, struct.pack(">Q8s8s", made, _digest(token.page), token.nonce))

    def open_form(self, text: str, page: str) -> FormToken | None:
        """None for anything that wasn't made for this page; how old it may be is the page's to
        say."""
        plain = self._open(FORM, text)
        if plain is None or len(plain) != 24:
            return None
        made, digest, nonce = struct.unpack(">Q8s8s", plain)
        if digest != _digest(page):
            return None
        return FormToken(page=page, made_at=datetime.fromtimestamp(made, UTC), nonce=nonce)

    def twin(self, message: str, audience: str, variant: str) -> list[str]:
        """The word in a poster's address, by each key, newest first: the same before and after
        its text is sent, and short enough to be typed from a wall."""
        named = "\0".join((message, audience, variant)).encode()
        keys = (self._keys.key(f"token:{TWIN}", secret.id) for secret in self._keys.ring)
        return [typable(hmac.digest(key, named, "sha256")) for key in keys]

    def delivery(self, delivery: int) -> str:
        """For the Message-ID, the status callback and the outbox file: stable over attempts."""
        return self._seal(DELIVERY, struct.pack(">Q", delivery))

    def open_delivery(self, text: str) -> DeliveryToken | None:
        plain = self._open(DELIVERY, text)
        if plain is None or len(plain) != 8:
            return None
        return DeliveryToken(delivery_id=struct.unpack(">Q", plain)[0])

    def bounce(self, delivery: int) -> str:
        """For the envelope sender (``b+…@``): mail servers may change the case of its letters."""
        key_id = self._keys.current.id
        sealed = self._cipher(BOUNCE, key_id).encrypt(struct.pack(">Q", delivery), [b"bounce"])
        return base64.b32encode(key_id.encode() + sealed).decode().lower()

    def open_bounce(self, text: str) -> DeliveryToken | None:
        if len(text) != BOUNCE_LENGTH or not text.isascii():
            return None
        try:
            octets = base64.b32decode(text.upper())
            plain = self._cipher(BOUNCE, octets[:1].decode()).decrypt(octets[1:], [b"bounce"])
        except (binascii.Error, InvalidTag, KeysError, ValueError):
            return None
        return DeliveryToken(delivery_id=struct.unpack(">Q", plain)[0])

    def doctor(self, nonce: bytes) -> str:
        """For a click that stands for nobody (`reflexe doctor`)."""
        return self._seal(DOCTOR, nonce)

    def answered(self, text: str) -> str | None:
        """What only who has the keys can answer to a doctor's token; None: it is none of ours."""
        if self._open(DOCTOR, text) is None:
            return None
        key = self._keys.key("doctor:answer", text[0])
        return hmac.new(key, text.encode(), "sha256").hexdigest()[:32]

    def _seal(self, purpose: str, plain: bytes) -> str:
        key_id = self._keys.current.id
        sealed = self._cipher(purpose, key_id).encrypt(plain, [purpose.encode()])
        return key_id + _letters(sealed)

    def _open(self, purpose: str, text: str) -> bytes | None:
        if not 8 < len(text) <= LONGEST or not text.isascii():
            return None
        key_id, body = text[0], text[1:]
        try:
            sealed = base64.b64decode(body + "=" * (-len(body) % 4), altchars=b"-_", validate=True)
            plain = self._cipher(purpose, key_id).decrypt(sealed, [purpose.encode()])
        except (binascii.Error, InvalidTag, KeysError, ValueError):
            return None
        # The last letter has bits that decoding ignores: only the one we write is ours.
        return plain if _letters(sealed) == body else None

    def _make_cipher(self, purpose: str, key_id: str) -> AESSIV:
        return AESSIV(self._key(purpose, key_id))

    def _make_bulk(self, purpose: str, key_id: str) -> BulkSealer:
        return BulkSealer(self._key(purpose, key_id), purpose.encode())

    def _key(self, purpose: str, key_id: str) -> bytes:
        # AES-SIV wants two keys: 64 bytes for AES-256.
        first = self._keys.key(f"token:{purpose}:mac", key_id)
        return first + self._keys.key(f"token:{purpose}:ctr", key_id)


def _digest(page: str) -> bytes:
    return hashlib.sha256(page.encode()).digest()[:8]


def _letters(sealed: bytes) -> str:
    return base64.urlsafe_b64encode(sealed).rstrip(b"=").decode()


def _all_letters(sealed: Sequence[bytes]) -> list[str]:
    """What ``_letters`` makes of each, all of them as long."""
    if not sealed:
        return []
    length = (8 * len(sealed[0]) + 5) // 6
    # Whole groups of three octets, so that each begins where it would by itself.
    ends = bytes(-len(sealed[0]) % 3)
    text = base64.urlsafe_b64encode(b"".join([one + ends for one in sealed])).decode()
    each = len(text) // len(sealed)
    return [text[at : at + length] for at in range(0, len(text), each)]


def _all_base32(key_id: bytes, sealed: Sequence[bytes]) -> list[str]:
    text = base32(b"".join([key_id + one for one in sealed])).decode()
    return [text[at : at + BOUNCE_LENGTH] for at in range(0, len(text), BOUNCE_LENGTH)]
