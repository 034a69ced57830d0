"""``sftp``: a folder on an SFTP server, and the key that the server must have."""

import re
from base64 import b64decode
from itertools import pairwise
from typing import Annotated, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, model_validator

from scheduler.config.sections.source_kinds.file import FileSettings
from scheduler.config.sections.source_kinds.values import one_or_more, with_port

#: Kinds of a server's key, as OpenSSH calls them.
_HOST_KEYS = frozenset(
    {
        *("ssh-ed25519", "ssh-rsa"),
        *("ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp521"),
    }
)


def _sftp_url(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme != "sftp" or not parts.hostname or parts.path.strip("/") or parts.query:
        raise ValueError("must be sftp://host, with a port if wanted; the folder is path")
    if parts.username:
        raise ValueError("takes no name: give username")
    return with_port(value.rstrip("/"))


def _host_key(value: str) -> str:
    """Of what ssh-keyscan, known_hosts or a .pub file has on its line, the kind and the key."""
    for kind, key in pairwise(value.split()):
        if kind in _HOST_KEYS and re.fullmatch(r"[A-Za-z0-9+/]{16,}={0,2}", key):
            octets = b64decode(key + "=" * (-len(key) % 4))
            if octets.startswith(len(kind).to_bytes(4, "big") + kind.encode()):
                return f"{kind} {key}"
    raise ValueError("is no public key of a server — write it as ssh-keyscan shows it")


class SftpSettings(FileSettings):
    url: Annotated[str, AfterValidator(_sftp_url)] = Field(
        description="The server: sftp://host, with a port if it isn't 22."
    )
    host_key: Annotated[
        list[Annotated[str, AfterValidator(_host_key)]], BeforeValidator(one_or_more)
    ] = Field(
        min_length=1,
        description="Its public key, one or several of which it must have: ssh-ed25519 AAAA…",
    )
    username: str = Field(min_length=1, description="The account that reads.")
    password: SecretStr | None = Field(default=None, description="Its password.")
    private_key: SecretStr | None = Field(
        default=None, description="In its place, the text of an OpenSSH private key."
    )
    passphrase: SecretStr | None = Field(default=None, description="What opens that key.")
    path: str = Field(
        default=".",
        min_length=1,
        description="The folder on the server; absent: where the account begins.",
    )
    files: str = Field(default="*", min_length=1, description="Which files in it (with * and ?).")
    quiet: int = Field(
        default=30,
        ge=0,
        le=3600,
        description="Seconds between two looks that find a file alike, before it is taken to be "
        "whole; 0 where each is renamed in when it is.",
    )
    largest_mb: int = Field(
        default=50, ge=1, le=500, description="Megabytes above which it is refused."
    )
    timeout: int = Field(default=300, ge=5, le=3600, description="Seconds it may take in all.")

    @model_validator(mode="after")
    def _one_way_in(self) -> Self:
        if (self.password is None) == (self.private_key is None):
            raise ValueError("an account has one way in — give password or private_key")
        if self.passphrase and self.private_key is None:
            raise ValueError("passphrase opens a private_key — give it, or take passphrase away")
        if self.quiet >= self.timeout:
            raise ValueError("no file would ever be quiet in time — make timeout longer than quiet")
        return self
