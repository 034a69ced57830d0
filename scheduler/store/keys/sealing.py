"""Keys, and what they do: seal personal values, digest addresses, make opaque tokens.

Everything derives (HKDF-SHA-256, RFC 5869) from the secrets in keys.file, newest first: sealing
has a key of its own for each audience, addresses share one digest key, so that an opt-out and a
duplicate are seen across audiences. A new secret put first seals, signs and digests from then on;
the older ones go on opening what they made, and whoever looks for a digest tries them all.
"""

import base64
import json
import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from hmac import new as hmac_new
from json.encoder import encode_basestring
from pathlib import Path
from string import ascii_letters, digits
from typing import TYPE_CHECKING

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from scheduler.domain.errors import KeysError

if TYPE_CHECKING:
    from hmac import HMAC

NONCE = 12
SECRET_BYTES = 32


@dataclass(frozen=True, kw_only=True, slots=True, repr=False)
class Secret:
    #: One printable character; it goes in front of everything the secret made.
    id: str
    value: bytes


class Keys:
    """The secrets of one ledger, newest first."""

    def __init__(self, ring: list[Secret]) -> None:
        if not ring:
            raise KeysError("keys.file holds no key: restore it from its backup")
        self.ring = ring
        self.current = ring[0]
        self.oldest = ring[-1]
        self._by_id = {secret.id: secret for secret in ring}
        self._derived = lru_cache(maxsize=256)(self._derive)
        #: Setting one up takes longer than sealing a person with it; any thread may use it.
        self._cipher = lru_cache(maxsize=256)(self._make_cipher)
        #: A contact file's rows are looked up several times each, some thousands at a time.
        self._digest = lru_cache(maxsize=16_384)(self._make_digest)
        self._begun = lru_cache(maxsize=256)(self._begin)

    def key(self, purpose: str, key_id: str) -> bytes:
        """32 bytes for one purpose. Raises KeysError for a key that is not in the file."""
        if key_id not in self._by_id:
            raise KeysError(f"keys.file has no key {key_id!r}: put the older key back, last")
        return self._derived(purpose, key_id)

    def _derive(self, purpose: str, key_id: str) -> bytes:
        hkdf = HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose.encode())
        return hkdf.derive(self._by_id[key_id].value)

    def _make_cipher(self, purpose: str, key_id: str) -> AESGCM:
        return AESGCM(self.key(f"seal:{purpose}", key_id))

    def digest(self, kind: str, value: str) -> bytes:
        """Keyed digest of an address, a number or a source key (HMAC-SHA-256), by the current
        key."""
        return self._digest(kind, value, self.current.id)

    def digests(self, kind: str, value: str) -> list[bytes]:
        """The same by every key, newest first: the ledger may know it by any."""
        return [self._digest(kind, value, secret.id) for secret in self.ring]

    def _make_digest(self, kind: str, value: str, key_id: str) -> bytes:
        digest = self._begun(key_id).copy()
        digest.update(f"{kind}\0{value}".encode())
        return digest.digest()

    def _begin(self, key_id: str) -> "HMAC":
        """Up to where the message comes in, which is the same for each of a million addresses."""
        return hmac_new(self.key("digest", key_id), digestmod="sha256")

    def domain(self, name: str) -> str:
        """Keyed digest of a mail domain, by the oldest key: it stays the same over rotations."""
        digest = self._digest("domain", name.lower().rstrip("."), self.oldest.id)
        return digest[:16].hex() if name else ""

    def seal(self, purpose: str, plain: bytes, bound_to: bytes) -> bytes:
        """AES-256-GCM; opens only with the same purpose and the same ``bound_to``."""
        nonce = os.urandom(NONCE)
        cipher = self._cipher(purpose, self.current.id)
        return self.current.id.encode() + nonce + cipher.encrypt(nonce, plain, bound_to)

    def open(self, purpose: str, sealed: bytes, bound_to: bytes) -> bytes:
        """Raises KeysError when it was not sealed with these keys, for this purpose and row."""
        key_id, nonce, body = sealed[:1].decode(), sealed[1 : 1 + NONCE], sealed[1 + NONCE :]
        try:
            return self._cipher(purpose, key_id).decrypt(nonce, body, bound_to)
        except InvalidTag as wrong:
            raise KeysError("a sealed value doesn't open with the keys of keys.file") from wrong

    @property
    def check_value(self) -> str:
        """What the ledger keeps to know its keys again: the oldest secret's own digest.

        The oldest, because rotation adds in front.
        """
        check = sha256(self.key("check", self.oldest.id)).hexdigest()
        return f"{self.oldest.id}:{check[:32]}"


def seal_fields(keys: Keys, audience: str, fields: Mapping[str, str], source_key: bytes) -> bytes:
    """Every non-segment field of a contact, as one sealed blob."""
    quoted = encode_basestring
    # As json.dumps would write it, which takes longer to begin than to write so little.
    inside = ",".join([f"{quoted(name)}:{quoted(value)}" for name, value in fields.items()])
    return keys.seal(audience, f"{{{inside}}}".encode(), source_key)


def open_fields(keys: Keys, audience: str, sealed: bytes, source_key: bytes) -> dict[str, str]:
    """What ``seal_fields`` sealed. Raises KeysError."""
    # From text: of octets, it would first be found out how they are encoded.
    fields: dict[str, str] = json.loads(keys.open(audience, sealed, source_key).decode())
    return fields


def make_keys() -> Keys:
    """A fresh ring of one key."""
    return Keys([Secret(id="a", value=secrets.token_bytes(SECRET_BYTES))])


def with_new_key(keys: Keys) -> Keys:
    """The same ring with a fresh secret in front. Raises KeysError when every id is taken."""
    taken = {secret.id for secret in keys.ring}
    free = next((one for one in ascii_letters + digits if one not in taken), None)
    if free is None:
        raise KeysError("keys.file has no room for another key")
    return Keys([Secret(id=free, value=secrets.token_bytes(SECRET_BYTES)), *keys.ring])


def replace_keys(keys: Keys, path: Path) -> None:
    """Put another ring in the place of a file: whole, or not at all. Raises OSError."""
    draft = path.with_name(f"{path.name}.new")
    draft.unlink(missing_ok=True)
    write_keys(keys, draft)
    draft.replace(path)
    folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def write_keys(keys: Keys, path: Path) -> None:
    """Write a new file, mode 0600. Raises FileExistsError rather than replace one."""
    ring = [
        {"id": secret.id, "secret": base64.b64encode(secret.value).decode()} for secret in keys.ring
    ]
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump({"keys": ring}, file, indent=2)
        file.write("\n")
        file.flush()
        os.fsync(file.fileno())


def read_keys(path: Path) -> Keys:
    """Raises KeysError, in words, when the file can't be used."""
    try:
        ring = json.loads(path.read_text(encoding="utf-8"))["keys"]
        secrets_read = [_secret(entry["id"], entry["secret"]) for entry in ring]
        if len({secret.id for secret in secrets_read}) < len(ring):
            raise ValueError("two keys have one id")
        return Keys(secrets_read)
    except OSError as unreadable:
        raise KeysError(
            f"keys.file {path} can't be read ({unreadable.strerror}): restore it from its backup"
        ) from unreadable
    except (ValueError, KeyError, TypeError) as broken:
        raise KeysError(
            f"keys.file {path} is damaged (each key has its own id, a letter or digit, and a "
            f"secret of {SECRET_BYTES} bytes or more in base64): restore it from its backup"
        ) from broken


def _secret(key_id: str, secret: str) -> Secret:
    value = base64.b64decode(secret, validate=True)
    if not re.fullmatch("[A-Za-z0-9]", key_id) or len(value) < SECRET_BYTES:
        raise ValueError("no usable key")
    return Secret(id=key_id, value=value)


def short_digest(digest: bytes) -> str:
    """How the audit log names an address: enough to find it by, nothing to read from it."""
    return digest.hex()[:16]
