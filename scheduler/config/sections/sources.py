"""The keys below ``sources:``, as frozen values: whence an audience's people come by themselves.

They stand in config.yaml, and not beside the audience: addresses and accounts are the operator's,
and secrets come by the environment (``REFLEXE_SOURCES__STAFF__LDAP__PASSWORD_FILE``).
"""

import re
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from scheduler.config.sections.section import Name, Section
from scheduler.config.sections.source_kinds.folder import FolderSettings
from scheduler.config.sections.source_kinds.https import HttpsSettings
from scheduler.config.sections.source_kinds.ldap import LdapSettings
from scheduler.config.sections.source_kinds.sftp import SftpSettings
from scheduler.config.sections.source_kinds.sql import SqlSettings
from scheduler.domain.consent.grounds import Basis

_UNITS = {"m": "minutes", "h": "hours", "d": "days"}
#: What a source may be, by the name of its section.
KINDS = ("ldap", "folder", "https", "sftp", "sql")
#: Seldom enough for a directory, soon enough for a file that somebody waits for.
_EVERY = {"folder": timedelta(minutes=1)}
_DAY = timedelta(days=1)


def _interval(value: str) -> str:
    if not re.fullmatch(r"[1-9][0-9]{0,3}[mhd]", value):
        raise ValueError("is no interval — write 15m, 6h or 1d: minutes, hours or days")
    return value


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
