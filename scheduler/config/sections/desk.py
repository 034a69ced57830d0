"""How people sign in on the desk without a password kept here."""

import ipaddress
from pathlib import Path
from typing import Annotated, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, SecretStr, StringConstraints, model_validator

from scheduler.config.checks import THIS_MACHINE
from scheduler.config.sections.section import Section
from scheduler.domain.roles import Role

#: A header as HTTP writes it: an underscore makes another one of it behind some servers.
HeaderName = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9-]{1,80}$")]
Group = Annotated[str, StringConstraints(min_length=1, max_length=300, strip_whitespace=True)]


def _peer(value: str) -> str:
    try:
        network = ipaddress.ip_network(value.strip(), strict=False)
    except ValueError as unreadable:
        raise ValueError("must be an address or a network, such as 10.0.0.5") from unreadable
    if not network.prefixlen:
        raise ValueError("names everybody, who could then write the header — name the proxy alone")
    return str(network)


def desk_url(value: str) -> str:
    parts = urlsplit(value)
    is_safe = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in THIS_MACHINE)
    if not is_safe or not parts.hostname or parts.path.strip("/") or parts.query or parts.fragment:
        raise ValueError(
            "must be an https address without a path, such as https://desk.example.org"
        )
    return value.rstrip("/")


def _issuer(value: str) -> str:
    parts = urlsplit(value)
    is_safe = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in THIS_MACHINE)
    if not is_safe or not parts.hostname or parts.query or parts.fragment:
        raise ValueError(
            "must be the provider's issuer, such as https://sso.example.org/realms/example"
        )
    return value


Issuer = Annotated[str, AfterValidator(_issuer)]
Peer = Annotated[str, AfterValidator(_peer)]
DeskUrl = Annotated[str, AfterValidator(desk_url)]


class SignInSettings(Section):
    header: HeaderName = Field(
        description="The header that bears the name of whoever is signed in there."
    )
    groups_header: HeaderName | None = Field(
        default=None, description="The header that bears their groups, with commas or semicolons."
    )
    peers: list[Peer] = Field(
        alias="from",
        min_length=1,
        description="Addresses and networks of the proxy; these headers from elsewhere are "
        "ignored, and logged.",
    )
    roles: dict[Group, list[Role]] = Field(
        min_length=1,
        description="Group -> its roles (read, write, approve, operate, privacy; [] signs in "
        "without a role); the group * is whoever the proxy names. Who is in none gets no page.",
    )
    sign_out: str | None = Field(
        default=None,
        description="Where the portal ends its session, told to whoever leaves the desk.",
    )

    @model_validator(mode="after")
    def _groups_come_from_somewhere(self) -> Self:
        if self.groups_header is None and set(self.roles) != {"*"}:
            raise ValueError("no groups without groups_header — give it, or roles for * alone")
        if self.sign_out is not None and urlsplit(self.sign_out).scheme != "https":
            raise ValueError("sign_out must begin with https://")
        return self


class OidcSettings(Section):
    issuer: Issuer = Field(description="The provider, as it calls itself in its tokens.")
    client_id: str = Field(min_length=1, description="Who the desk is there.")
    client_secret: SecretStr | None = Field(
        default=None, description="Its secret there; none for a public client."
    )
    roles: dict[Group, list[Role]] = Field(
        min_length=1,
        description="Group -> its roles, as under sign_in; the group * is whoever signs in there.",
    )
    groups_claim: str = Field(
        default="groups",
        min_length=1,
        description="The claim that lists the groups; a point goes into one: realm_access.roles.",
    )
    name_claim: str = Field(
        default="name", min_length=1, description="The claim that bears the name."
    )
    scope: str = Field(
        default="openid profile",
        pattern=r"^(?:.* )?openid(?: .*)?$",
        description="What is asked for; add what your provider gives groups for, and "
        "offline_access where it gives no refresh token without.",
    )
    ca_file: Path | None = Field(
        default=None, description="PEM file of a private certificate authority."
    )
