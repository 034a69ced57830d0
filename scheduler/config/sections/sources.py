"""The keys below ``sources:``, as frozen values: whence an audience's people come by themselves.

They stand in config.yaml, and not beside the audience: addresses and accounts are the operator's,
and secrets come by the environment (``REFLEXE_SOURCES__STAFF__LDAP__PASSWORD_FILE``).
"""

import re
from base64 import b64decode
from collections.abc import Mapping
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Any, Literal, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, model_validator

from scheduler.config.sections.channels import THIS_MACHINE
from scheduler.config.sections.section import Name, Section
from scheduler.domain.consent.grounds import Basis

_UNITS = {"m": "minutes", "h": "hours", "d": "days"}
#: What a source may be, by the name of its section.
KINDS = ("ldap", "folder", "https", "sftp", "sql")
#: Seldom enough for a directory, soon enough for a file that somebody waits for.
_EVERY = {"folder": timedelta(minutes=1)}
_DAY = timedelta(days=1)
#: Kinds of a server's key, as OpenSSH calls them.
_HOST_KEYS = frozenset(
    {
        *("ssh-ed25519", "ssh-rsa"),
        *("ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp521"),
    }
)


def _ldap_url(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in ("ldap", "ldaps") or not parts.hostname or parts.path.strip("/"):
        raise ValueError("must be ldaps://host or ldap://host, with a port if wanted")
    if parts.username or parts.query:
        raise ValueError("takes no name and no query: give bind_dn, base and filter")
    return _with_port(value.rstrip("/"))


def _https_url(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme != "https" or not parts.hostname or parts.username or parts.fragment:
        raise ValueError("must be an https address without a name in it")
    if not value.isascii() or not value.isprintable() or " " in value:
        raise ValueError("has signs that an address can't have: write them as %C3%A9")
    return _with_port(value)


def _sftp_url(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme != "sftp" or not parts.hostname or parts.path.strip("/") or parts.query:
        raise ValueError("must be sftp://host, with a port if wanted; the folder is path")
    if parts.username:
        raise ValueError("takes no name: give username")
    return _with_port(value.rstrip("/"))


def _host_key(value: str) -> str:
    """Of what ssh-keyscan, known_hosts or a .pub file has on its line, the kind and the key."""
    for kind, key in pairwise(value.split()):
        if kind in _HOST_KEYS and re.fullmatch(r"[A-Za-z0-9+/]{16,}={0,2}", key):
            octets = b64decode(key + "=" * (-len(key) % 4))
            if octets.startswith(len(kind).to_bytes(4, "big") + kind.encode()):
                return f"{kind} {key}"
    raise ValueError("is no public key of a server — write it as ssh-keyscan shows it")


def _with_port(value: str) -> str:
    try:
        port = urlsplit(value).port
    except ValueError:
        port = 0
    if port == 0:
        raise ValueError("has no such port: give one from 1 to 65535")
    return value


def _interval(value: str) -> str:
    if not re.fullmatch(r"[1-9][0-9]{0,3}[mhd]", value):
        raise ValueError("is no interval — write 15m, 6h or 1d: minutes, hours or days")
    return value


def _database_url(value: str) -> str:
    if not re.match(r"\A[a-z0-9]+(\+[a-z0-9_]+)?://", value):
        raise ValueError(
            "is no address of a database — write it as postgresql+psycopg://user@host/name"
        )
    return value


def _listed(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


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
    where: dict[str, Annotated[list[str], BeforeValidator(_listed)]] = Field(
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


class FolderSettings(Section):
    path: Path = Field(description="The folder that is looked at.")
    files: str = Field(default="*", min_length=1, description="Which files in it (with * and ?).")
    quiet: int = Field(
        default=30,
        ge=0,
        le=86_400,
        description="Seconds without a change after which a file is taken to be whole; 0 where "
        "each is renamed in when it is.",
    )
    done: Path | None = Field(
        default=None,
        description="Folder that a file is moved to once it is taken in; absent: it stays, and "
        "isn't read again.",
    )
    columns: dict[str, str] = Field(
        default_factory=dict, description="Meaning and column, as `reflexe import --columns`."
    )
    sheet: str = Field(default="", description="Of a workbook, when several could be meant.")


class HttpsSettings(Section):
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
    columns: dict[str, str] = Field(
        default_factory=dict, description="Meaning and column, as `reflexe import --columns`."
    )
    sheet: str = Field(default="", description="Of a workbook, when several could be meant.")

    @model_validator(mode="after")
    def _one_way_in(self) -> Self:
        if bool(self.username) != (self.password is not None):
            raise ValueError("username and password go together — give both, or neither")
        if self.username and self.token:
            raise ValueError("username and token exclude each other — give one of them")
        return self


class SftpSettings(Section):
    url: Annotated[str, AfterValidator(_sftp_url)] = Field(
        description="The server: sftp://host, with a port if it isn't 22."
    )
    host_key: Annotated[
        list[Annotated[str, AfterValidator(_host_key)]], BeforeValidator(_listed)
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
    columns: dict[str, str] = Field(
        default_factory=dict, description="Meaning and column, as `reflexe import --columns`."
    )
    sheet: str = Field(default="", description="Of a workbook, when several could be meant.")

    @model_validator(mode="after")
    def _one_way_in(self) -> Self:
        if (self.password is None) == (self.private_key is None):
            raise ValueError("an account has one way in — give password or private_key")
        if self.passphrase and self.private_key is None:
            raise ValueError("passphrase opens a private_key — give it, or take passphrase away")
        if self.quiet >= self.timeout:
            raise ValueError("no file would ever be quiet in time — make timeout longer than quiet")
        return self


class SqlSettings(Section):
    url: Annotated[str, AfterValidator(_database_url)] = Field(
        description="The database as SQLAlchemy writes it: postgresql+psycopg://user@host/name.",
    )
    password: SecretStr | None = Field(default=None, description="The account's password.")
    query: str = Field(min_length=1, description="One SELECT; its columns are the table’s.")
    timeout: int = Field(default=300, ge=5, le=3600, description="Seconds it may take in all.")
    columns: dict[str, str] = Field(
        default_factory=dict, description="Meaning and column, as `reflexe import --columns`."
    )


class SourceSettings(Section):
    """One audience's source: exactly one kind."""

    origin: str = Field(min_length=1, description="Where the people come from, in words.")
    basis: Basis = Field(description="One of the bases that the audience names.")
    own_file: bool = Field(
        default=False,
        description="Our own service asked the people themselves (HR, admissions): GDPR "
        "article 13.",
    )
    mode: Literal["replace", "add"] = Field(
        default="replace",
        description="replace: those whom it doesn't name any more leave the audience; add: nobody "
        "leaves.",
    )
    every: Annotated[str, AfterValidator(_interval)] | None = Field(
        default=None,
        description="How often it is read: 15m, 6h, 1d; absent: a folder every minute, anything "
        "else once a day.",
    )
    ldap: LdapSettings | None = Field(
        default=None, description="An LDAP directory or an Active Directory."
    )
    folder: FolderSettings | None = Field(default=None, description="A folder on this machine.")
    https: HttpsSettings | None = Field(default=None, description="A file at an HTTPS address.")
    sftp: SftpSettings | None = Field(
        default=None, description="A folder on an SFTP server. Needs the extra sftp."
    )
    sql: SqlSettings | None = Field(default=None, description="A query of another database.")

    @model_validator(mode="after")
    def _one_kind(self) -> Self:
        if sum(getattr(self, one) is not None for one in KINDS) != 1:
            raise ValueError(f"a source is of one kind — give one of {', '.join(KINDS)}")
        return self

    @property
    def kind(self) -> str:
        """Which one."""
        return next(name for name in KINDS if getattr(self, name) is not None)

    @property
    def interval(self) -> timedelta:
        if self.every is None:
            return _EVERY.get(self.kind, _DAY)
        return timedelta(**{_UNITS[self.every[-1]]: int(self.every[:-1])})


def _by_audience(value: Any) -> Any:
    """An audience's name may have hyphens, a variable's may not: ``REFLEXE_SOURCES__MY_AUDIENCE``
    is ``my-audience``."""
    if not isinstance(value, Mapping):
        return value
    found: dict[Any, Any] = {}
    for name, one in value.items():
        known = name.replace("_", "-") if isinstance(name, str) else name
        before = found.get(known)
        if isinstance(before, Mapping) and isinstance(one, Mapping):
            one = _over(before, one)
        found[known] = one
    return found


def _over(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    merged = dict(below)
    for key, one in above.items():
        under = merged.get(key)
        both = isinstance(one, Mapping) and isinstance(under, Mapping)
        merged[key] = _over(under or {}, one) if both else one
    return merged


Sources = Annotated[dict[Name, SourceSettings], BeforeValidator(_by_audience)]


def absolute(sources: Mapping[str, SourceSettings], root: Path) -> dict[str, SourceSettings]:
    """Paths made absolute: relative ones start at config.yaml's folder."""
    return {name: _absolute(one, root) for name, one in sources.items()}


def _absolute(source: SourceSettings, root: Path) -> SourceSettings:
    changes: dict[str, Any] = {}
    for kind in KINDS:
        section = getattr(source, kind)
        if section is None:
            continue
        paths: dict[str, Any] = {
            name: root / path
            for name in ("ca_file", "path", "done")
            # (A folder on another machine is no path of this one, but text.)
            if isinstance(path := getattr(section, name, None), Path)
        }
        if kind == "sql" and section.url.startswith("sqlite:///"):
            paths["url"] = f"sqlite:///{root / section.url.removeprefix('sqlite:///')}"
        changes[kind] = section.model_copy(update=paths)
    return source.model_copy(update=changes)
