"""``https``: a file at an address."""

from pathlib import Path
from typing import Annotated, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, SecretStr, model_validator

from scheduler.config.sections.source_kinds.file import FileSettings
from scheduler.config.sections.source_kinds.values import with_port


def _https_url(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme != "https" or not parts.hostname or parts.username or parts.fragment:
        raise ValueError("must be an https address without a name in it")
    if not value.isascii() or not value.isprintable() or " " in value:
        raise ValueError("has signs that an address can't have: write them as %C3%A9")
    return with_port(value)


class HttpsSettings(FileSettings):
    url: Annotated[str, AfterValidator(_https_url)] = Field(
        description="Where the file is; a redirection isn't followed."
    )
    username: str = Field(default="", description="Name of an account (Basic); empty: none.")
    password: SecretStr | None = Field(default=None, description="Its password.")
    token: SecretStr | None = Field(default=None, description="In their place, a Bearer token.")
    ca_file: Path | None = Field(
        default=None, description="PEM file of a private certificate authority."
    )
    largest_mb: int = Field(
        default=50, ge=1, le=500, description="Megabytes above which it is refused."
    )
    timeout: int = Field(default=120, ge=5, le=3600, description="Seconds it may take in all.")

    @model_validator(mode="after")
    def _one_way_in(self) -> Self:
        if bool(self.username) != (self.password is not None):
            raise ValueError("username and password go together — give both, or neither")
        if self.username and self.token:
            raise ValueError("username and token exclude each other — give one of them")
        return self
