"""Whether a DKIM signature holds (RFC 6376, section 6.1.3), by its published key."""

import base64
import binascii
import hashlib
import re
from collections.abc import Mapping

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_der_public_key

from scheduler.domain.doctor.tags import NotTags, read_tags, without_blanks

_FIELD = re.compile(rb"(?<![^\n])[^\r\n]*(?:\r\n[ \t][^\r\n]*)*\r\n")
_SIGNATURE = re.compile(rb"(\bb[ \t\r\n]*=)[^;]*")


def holds(raw: bytes, tags: Mapping[str, str], key: str) -> bool | None:
    """``tags`` as the mail's header has them, ``key`` as DNS does; None: it can't be tried."""
    raw = re.sub(rb"\r?\n", b"\r\n", raw)
    header, _, body = raw.partition(b"\r\n\r\n")
    fields = _FIELD.findall(header + b"\r\n")
    mine = next((one for one in fields if _is_that(one, tags)), None)
    if mine is None:
        return None
    how, _, of_body = tags.get("c", "simple/simple").partition("/")
    digest = hashlib.sha256(_body(body, of_body or "simple")).digest()
    try:
        if digest != base64.b64decode(without_blanks(tags["bh"])):
            return False
        signed = _signed(fields, mine, without_blanks(tags["h"]).split(":"), how)
        return _verified(signed, base64.b64decode(without_blanks(tags["b"])), read_tags(key))
    except (KeyError, ValueError, binascii.Error, NotTags):
        return None


def _is_that(field: bytes, tags: Mapping[str, str]) -> bool:
    name, _, value = field.partition(b":")
    if name.strip().lower() != b"dkim-signature":
        return False
    return without_blanks(tags.get("b", "")).encode() in b"".join(value.split())


def _signed(fields: list[bytes], mine: bytes, named: list[str], how: str) -> bytes:
    """The fields from the bottom up, each once, then the signature's own without its value."""
    left = [one for one in fields if one is not mine]
    taken = []
    for name in named:
        for place in range(len(left) - 1, -1, -1):
            if left[place].partition(b":")[0].strip().lower() == name.lower().encode():
                taken.append(_field(left.pop(place), how))
                break
    own = _field(_SIGNATURE.sub(rb"\1", mine, count=1), how).removesuffix(b"\r\n")
    return b"".join(taken) + own


def _field(field: bytes, how: str) -> bytes:
    if how != "relaxed":
        return field
    name, _, value = field.partition(b":")
    return name.strip().lower() + b":" + b" ".join(value.split()) + b"\r\n"


def _body(body: bytes, how: str) -> bytes:
    lines = body.split(b"\r\n")
    if how == "relaxed":
        lines = [re.sub(rb"[ \t]+", b" ", line).rstrip(b" ") for line in lines]
    while lines and not lines[-1]:
        lines.pop()
    if not lines:
        return b"" if how == "relaxed" else b"\r\n"
    return b"\r\n".join(lines) + b"\r\n"


def _verified(signed: bytes, signature: bytes, key: Mapping[str, str]) -> bool | None:
    octets = base64.b64decode(without_blanks(key.get("p", "")))
    try:
        if key.get("k", "rsa") == "ed25519":
            loaded = Ed25519PublicKey.from_public_bytes(octets)
            loaded.verify(signature, hashlib.sha256(signed).digest())
            return True
        public = load_der_public_key(octets)
        if not isinstance(public, RSAPublicKey):
            return None
        public.verify(signature, signed, PKCS1v15(), SHA256())
    except InvalidSignature:
        return False
    return True
