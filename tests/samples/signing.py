"""Keys that sign, made anew for a run, and what DNS says of them."""

from base64 import b64encode
from collections.abc import Callable, Mapping
from functools import cache

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)

from scheduler.channels.smtp.dkim import SigningKey

DOMAIN = "example.org"


@cache
def rsa(bits: int = 2048) -> SigningKey:
    private = generate_private_key(65537, bits)
    pem = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    return SigningKey(kind="rsa", selector="r2026", domain=DOMAIN, pem=pem)


@cache
def ed25519() -> SigningKey:
    pem = (
        Ed25519PrivateKey.generate()
        .private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        .decode()
    )
    return SigningKey(kind="ed25519", selector="e2026", domain=DOMAIN, pem=pem)


def records() -> Mapping[str, str]:
    """The TXT records of both, by name; written here by hand, as an operator would."""
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    of_rsa = load_pem_private_key(rsa().pem.encode(), None).public_key()
    of_ed25519 = load_pem_private_key(ed25519().pem.encode(), None).public_key()
    der = of_rsa.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    raw = of_ed25519.public_bytes(Encoding.Raw, PublicFormat.Raw)
    return {
        f"r2026._domainkey.{DOMAIN}": f"v=DKIM1; k=rsa; p={b64encode(der).decode()}",
        f"e2026._domainkey.{DOMAIN}": f"v=DKIM1; k=ed25519; p={b64encode(raw).decode()}",
    }


def dns() -> Callable[..., bytes]:
    """For dkimpy."""
    known = records()

    def answer(name: bytes, timeout: int = 5) -> bytes:
        return known[name.decode().removesuffix(".")].encode()

    return answer
