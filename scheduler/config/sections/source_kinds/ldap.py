"""``ldap``: an LDAP directory or an Active Directory."""

from pathlib import Path
from typing import Annotated, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, model_validator

from scheduler.config.checks import THIS_MACHINE
from scheduler.config.sections.section import Section
from scheduler.config.sections.source_kinds.values import one_or_more, with_port


def _ldap_url(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in ("ldap", "ldaps") or not parts.hostname or parts.path.strip("/"):
        raise ValueError("must be ldaps://host or ldap://host, with a port if wanted")
    if parts.username or parts.query:
        raise ValueError("takes no name and no query: give bind_dn, base and filter")
    return with_port(value.rstrip("/"))


class LdapSettings(Section):
    url: Annotated[str, AfterValidator(_ldap_url)] = Field(
        description="The directory: ldaps://host, or ldap://host (by StartTLS), with a port if it "
        "has one of its own."
    )
    start_tls: bool = Field(
        default=True,
        description="With ldap://, TLS before anything is asked; false for a server on the same "
        "machine alone.",
    )
    ca_file: Path | None = Field(
        default=None, description="PEM file of a private certificate authority."
    )
    bind_dn: str = Field(
        default="", description="The account that reads; empty: the directory is asked as nobody."
    )
    password: SecretStr | None = Field(default=None, description="Its password.")
    base: str = Field(min_length=1, description="Where people are looked for, and below.")
    filter: str = Field(
        default="(objectClass=person)", description="Which entries, as LDAP writes it (RFC 4515)."
    )
    where: dict[str, Annotated[list[str], BeforeValidator(one_or_more)]] = Field(
        default_factory=dict,
        description="Attribute and the values one of which it must have; whatever signs they hold, "
        "they are values.",
    )
    attributes: dict[str, str] = Field(
        min_length=1,
        description="Meaning and attribute: key, email, phone, language, zone, territory, the "
        "audience’s fields…",
    )
    page: int = Field(default=500, ge=1, le=5000, description="Entries asked for at once.")

    @model_validator(mode="after")
    def _by_tls(self) -> Self:
        parts = urlsplit(self.url)
        if parts.scheme == "ldap" and not self.start_tls and parts.hostname not in THIS_MACHINE:
            raise ValueError("names would cross the network in the clear — set start_tls to true")
        if bool(self.bind_dn) != (self.password is not None):
            raise ValueError("bind_dn and password go together — give both, or neither")
        if not {"email", "phone"} & set(self.attributes):
            raise ValueError("attributes name no address — give email or phone")
        return self
