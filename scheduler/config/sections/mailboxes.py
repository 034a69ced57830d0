"""The keys of accounts whose messages are looked at: ``channels.email.mailbox``, ``reported``."""

from pathlib import Path
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, StringConstraints, model_validator

from scheduler.config.checks import THIS_MACHINE
from scheduler.config.sections.section import Section

#: As an IMAP command takes it without modified UTF-7.
FolderName = Annotated[str, StringConstraints(pattern=r"^[ -~]+$")]


class OAuth2Settings(Section):
    tenant: str = Field(
        default="",
        pattern=r"^[A-Za-z0-9.-]*$",
        description="The organisation's directory at Microsoft: its id or its domain.",
    )
    client_id: str = Field(description="The registered application's id.")
    client_secret: SecretStr = Field(description="The application's secret (its value).")
    token_url: str = Field(
        default="https://login.microsoftonline.com/{tenant}/oauth2/v2.0/token",
        description="Where tokens are given; {tenant} is replaced.",
    )
    scope: str = Field(
        default="https://outlook.office365.com/.default", description="What the token is for."
    )

    @model_validator(mode="after")
    def _secret_goes_to_somebody_by_tls(self) -> Self:
        if "{tenant}" in self.token_url and not self.tenant:
            raise ValueError("tenant is missing — give the directory's id or domain")
        url = urlsplit(self.token_url.replace("{tenant}", "tenant"))
        if not url.hostname or (url.scheme != "https" and url.hostname not in THIS_MACHINE):
            raise ValueError(
                "token_url would carry the secret in the clear — give a URL that begins with "
                "https://"
            )
        return self


class ImapSettings(Section):
    """An account whose messages are looked at."""

    host: str = Field(description="The IMAP server's host name, as its certificate says it.")
    port: int = Field(default=993, ge=1, le=65535, description="The IMAP server's port.")
    security: Literal["tls", "starttls", "none"] = Field(
        default="tls", description="none only for a server on the same machine."
    )
    username: str = Field(description="Name of the account.")
    password: SecretStr | None = Field(default=None, description="Password of the account.")
    oauth2: OAuth2Settings | None = Field(
        default=None, description="Tokens in place of a password, as Microsoft 365 asks for."
    )
    ca_file: Path | None = Field(
        default=None, description="PEM file of a private certificate authority."
    )

    @model_validator(mode="after")
    def _no_password_in_the_clear(self) -> Self:
        if self.security == "none" and self.host not in THIS_MACHINE:
            raise ValueError(
                "the password would cross the network in the clear — set security to starttls or "
                "tls"
            )
        return self

    @model_validator(mode="after")
    def _one_way_in(self) -> Self:
        if (self.password is None) == (self.oauth2 is None):
            raise ValueError("password and oauth2 exclude each other — give one of them")
        return self


class MailboxSettings(ImapSettings):
    folder: FolderName = Field(default="INBOX", description="The folder that is read.")
    processed: str = Field(
        default="",
        pattern=r"^[ -~]*$",
        description="Folder that treated messages are moved to; empty: they are marked as read.",
    )
    poll_every: int = Field(default=60, ge=5, description="Seconds between two looks.")


class ReportedSettings(ImapSettings):
    """Absent: nothing is looked at."""

    folder: FolderName = Field(
        description="The folder of copies, for nothing else; it is opened to be read alone."
    )
    poll_every: int = Field(default=3600, ge=60, description="Seconds between two looks.")
