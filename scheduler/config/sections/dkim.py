"""The keys below ``channels.email.dkim:``, and what a signing key must be."""

from typing import TYPE_CHECKING, Literal, Self

from pydantic import Field, SecretStr, model_validator

from scheduler.config.checks import DomainName
from scheduler.config.sections.section import Section
from scheduler.domain.doctor.dkim import SHORTEST_RSA

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

#: What DNS allows in ``SELECTOR._domainkey`` (RFC 6376, 3.1).
SELECTOR = r"^[A-Za-z0-9](?:[A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?$"

Kind = Literal["rsa", "ed25519"]


class SigningKeySettings(Section):
    selector: str = Field(
        pattern=SELECTOR, description="Its public half stands in DNS at SELECTOR._domainkey.DOMAIN."
    )
    key: SecretStr | None = Field(
        default=None, description="The private key, as PEM without a passphrase."
    )


def _signs(kind: Kind, one: SigningKeySettings) -> None:
    """Raises ValueError where it can't."""
    variable = f"REFLEXE_CHANNELS__EMAIL__DKIM__{kind.upper()}__KEY_FILE"
    if one.key is None:
        raise ValueError(f"{kind} has no key — name its PEM file by {variable}")
    try:
        private_key(kind, one.key.get_secret_value())
    except ValueError as fault:
        raise ValueError(f"{fault} — mend the file of {variable}") from None


class RsaKeySettings(SigningKeySettings):
    @model_validator(mode="after")
    def _key_signs(self) -> Self:
        _signs("rsa", self)
        return self


class Ed25519KeySettings(SigningKeySettings):
    @model_validator(mode="after")
    def _key_signs(self) -> Self:
        _signs("ed25519", self)
        return self


class DkimSettings(Section):
    domain: DomainName | None = Field(
        default=None,
        description="The domain that signs; absent: that of from. It is that one or above it.",
    )
    rsa: RsaKeySettings | None = Field(
        default=None, description="An RSA key of 2048 bits or more, which every receiver reads."
    )
    ed25519: Ed25519KeySettings | None = Field(
        default=None,
        description="An Ed25519 key (RFC 8463): five times quicker, and not read everywhere. "
        "Beside an RSA key mails bear both signatures.",
    )

    @model_validator(mode="after")
    def _a_key_is_given(self) -> Self:
        if self.rsa is None and self.ed25519 is None:
            raise ValueError("nothing would sign — give rsa, ed25519 or both; or take dkim: out")
        return self

    @property
    def each(self) -> dict[Kind, SigningKeySettings]:
        """Those that are given, by kind; RSA first, which everybody reads."""
        given: dict[Kind, SigningKeySettings | None] = {"rsa": self.rsa, "ed25519": self.ed25519}
        return {kind: one for kind, one in given.items() if one is not None}

    @property
    def published(self) -> dict[str, str]:
        """What DNS says of each, by selector."""
        return {
            one.selector: published_key(kind, one.key.get_secret_value())
            for kind, one in self.each.items()
            if one.key is not None
        }


def private_key(kind: Kind, pem: str) -> "RSAPrivateKey | Ed25519PrivateKey":
    """Raises ValueError, in words, for what can't sign."""
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    try:
        key = load_pem_private_key(pem.encode(), password=None)
    except TypeError:
        raise ValueError(f"{kind}: the key asks for a passphrase") from None
    except (ValueError, UnsupportedAlgorithm):
        raise ValueError(f"{kind}: the key isn't a private key as PEM") from None
    if kind == "ed25519":
        if isinstance(key, Ed25519PrivateKey):
            return key
        raise ValueError(f"{kind}: the key isn't an Ed25519 key")
    if not isinstance(key, RSAPrivateKey):
        raise ValueError(f"{kind}: the key isn't an RSA key")
    if key.key_size < SHORTEST_RSA:
        raise ValueError(f"{kind}: the key has {key.key_size} bits, of {SHORTEST_RSA} at least")
    return key


def published_key(kind: Kind, pem: str) -> str:
    """What DNS says of it: the whole value of its TXT record. Raises ValueError."""
    from base64 import b64encode

    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    public = private_key(kind, pem).public_key()
    octets = (
        public.public_bytes(Encoding.Raw, PublicFormat.Raw)
        if kind == "ed25519"
        else public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    )
    return f"v=DKIM1; k={kind}; p={b64encode(octets).decode()}"
