"""DKIM (RFC 6376): the key that is published, and what a signed mail shows of its signature."""

import base64
import binascii
from collections.abc import Mapping

from scheduler.domain.doctor.lines import Check, Line, Speaker
from scheduler.domain.doctor.tags import NotTags, read_tags, without_blanks
from scheduler.domain.doctor.zone import Kind, Zone, published

#: What an RSA key has at least (domain rules; RFC 8301 asks for 1024).
SHORTEST_RSA = 2048
_ED25519_OCTETS = 32
_RELAYS = "publish the key that the relay signs with"


def dkim(zone: Zone, domain: str, selector: str, signs: str = "") -> Line:
    """The key at one selector. ``signs``: the record of the key that this program signs with;
    empty: the relay signs. Raises Wanted and Silent."""
    name = f"{selector}._domainkey.{domain}"
    say = Speaker(check=Check.DKIM, subject=name)
    advice = published(name, signs or "v=DKIM1; k=rsa; p=(the public key that the relay shows)")
    remedy = "publish the key that Réflexe signs with" if signs else _RELAYS
    records = zone.of(Kind.TXT, name)
    if not records:
        return say.wrong("no key", remedy, advice)
    if len(records) > 1:
        return say.wrong(f"{len(records)} keys at one selector", "keep one", advice)
    try:
        tags = read_tags(records[0])
    except NotTags as fault:
        return say.wrong(f"the record can't be read: {fault}", "publish it anew", advice)
    told = _fault(tags)
    if told:
        return say.wrong(told, remedy, advice)
    if signs and without_blanks(tags["p"]) != read_tags(signs)["p"]:
        return say.wrong("it isn't the key that Réflexe signs with", remedy, advice)
    return say.fine("a key that signatures can be checked by")


def selector_unknown(domain: str) -> Line:
    return Speaker(check=Check.DKIM, subject=domain).unknown(
        "under which selector the relay signs isn't known",
        "set channels.email.dkim_selector, or say --selector NAME",
    )


def _fault(tags: Mapping[str, str]) -> str:
    """Empty: none."""
    if tags.get("v", "DKIM1") != "DKIM1":
        return "the version isn't DKIM1"
    key = without_blanks(tags.get("p", ""))
    if not key:
        return "the key was withdrawn (p= is empty)"
    kind = tags.get("k", "rsa").lower()
    if kind not in ("rsa", "ed25519"):
        return f"receivers know no key of kind {kind!r}"
    if "sha256" not in tags.get("h", "sha256").lower():
        return "it doesn't allow sha256"
    if "y" in tags.get("t", "").lower().split(":"):
        return "it says that signatures are a test (t=y): receivers pass over them"
    try:
        octets = base64.b64decode(key, validate=True)
    except (binascii.Error, ValueError):
        return "the key isn't base64"
    return _too_weak(kind, octets)


def _too_weak(kind: str, octets: bytes) -> str:
    if kind == "ed25519":
        return "" if len(octets) == _ED25519_OCTETS else "it is no Ed25519 key"
    bits = rsa_bits(octets)
    if not bits:
        return "it is no RSA key"
    return (
        "" if bits >= SHORTEST_RSA else f"its RSA key has {bits} bits, of {SHORTEST_RSA} at least"
    )


def rsa_bits(octets: bytes) -> int:
    """Of a SubjectPublicKeyInfo or an RSAPublicKey (both are met); 0: it is neither."""
    try:
        tag, body = _item(octets)[:2]
        first, inner, rest = _item(body)
        if tag != 0x30:
            return 0
        if first == 0x30:  # an AlgorithmIdentifier: the key is in the bit string after it
            mark, bits, _ = _item(rest)
            return rsa_bits(bits[1:]) if mark == 0x03 else 0
        return int.from_bytes(inner, "big").bit_length() if first == 0x02 else 0
    except (IndexError, ValueError):
        return 0


def _item(octets: bytes) -> tuple[int, bytes, bytes]:
    """Tag, content and what follows (X.690, 8.1). Raises IndexError and ValueError."""
    tag, length, start = octets[0], octets[1], 2
    if length & 0x80:
        start = 2 + (length & 0x7F)
        length = int.from_bytes(octets[2:start], "big")
    if len(octets) < start + length:
        raise ValueError("cut short")
    return tag, octets[start : start + length], octets[start + length :]
