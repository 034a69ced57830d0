"""People from an LDAP directory or an Active Directory, by ldap3 2.9 (https://ldap3.readthedocs.io).

Asked page by page (RFC 2696), by TLS that is verified. Any answer but « success » at the end of
each page is none: a size limit, a server that goes away, a referral that would have to be followed.
"""

import ssl
import time
import uuid
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import field
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from scheduler.domain.errors import SourceAway
from scheduler.domain.people.sourced import Cause
from scheduler.domain.values import frozen
from scheduler.sources.listed.seam import Known, Table, written

_PART = "the directory gives no more than a part: raise its limit for this account"
_NO_SUCH = "the directory knows no such base, filter or attribute"
#: Result codes of a limit of size, of time, of its administrator (RFC 4511, 4.1.9).
_LIMITS = frozenset({3, 4, 11})
_PAGED = "1.2.840.113556.1.4.319"
#: Seconds for a connection; for one answer; for the whole.
CONNECT, ANSWER, WHOLE = 10, 60, 900
#: Attributes that aren't text: Active Directory's own id of an object is.
_AS_UUID = frozenset({"objectguid"})
#: What identifies somebody, or reaches them.
_NEEDED = ("key", "email", "phone")


@frozen
class Options:
    #: ldaps://host[:port], or ldap://host[:port] with StartTLS.
    url: str
    base: str
    filter: str = "(objectClass=person)"
    #: Attribute -> values one of which it must have; escaped here.
    where: Mapping[str, Sequence[str]] = field(default_factory=dict)
    #: Meaning -> attribute.
    attributes: Mapping[str, str] = field(default_factory=dict)
    bind_dn: str = ""
    password: str = field(default="", repr=False)
    start_tls: bool = True
    ca_file: Path | None = None
    page: int = 500


class Source:
    kind = "ldap"
    light = False

    def __init__(self, options: Options) -> None:
        self._options = options
        #: Each attribute once, in the order of the mapping.
        self._columns = list(dict.fromkeys(options.attributes.values()))
        self._name = f"{options.url}/{options.base}"
        self._several = self._empty = self._elsewhere = 0

    def fetch(self, known: Known, last: str) -> Table | None:
        self._several = self._empty = self._elsewhere = 0
        memory = written(self._rows(), self._columns, self._name)
        numbers = {name: str(at) for at, name in enumerate(self._columns, 1)}
        chosen = {meaning: numbers[name] for meaning, name in self._options.attributes.items()}
        return Table(
            memory=memory,
            name=self._name,
            header=tuple(self._columns),
            chosen=chosen,
            notes=tuple(self._notes()),
        )

    def taken(self, table: Table) -> str:
        return ""

    def _rows(self) -> Iterator[list[str]]:
        """Raises SourceAway, at the latest where the last row would be."""
        ldap3 = _library()
        try:
            with _connected(ldap3, self._options) as connection:
                for entry in _entries(ldap3, connection, self._options, self._columns):
                    if entry["type"] == "searchResRef":
                        self._elsewhere += 1
                    elif entry["type"] == "searchResEntry" and (row := self._row(entry)):
                        yield row
        except ldap3.core.exceptions.LDAPException as failed:
            raise _away(ldap3, failed) from failed
        except OSError as failed:
            raise SourceAway(Cause.UNREACHABLE, f"the connection broke ({failed})") from failed

    def _row(self, entry: Mapping[str, Any]) -> list[str] | None:
        """None for an entry that has neither key nor address: it is nobody to write to."""
        values = {
            name.lower().partition(";")[0]: one for name, one in entry["raw_attributes"].items()
        }
        found = {name: self._text(name, values.get(name.lower(), ())) for name in self._columns}
        attributes = self._options.attributes
        if not any(found[attributes[one]] for one in _NEEDED if one in attributes):
            self._empty += 1
            return None
        return [found[name] for name in self._columns]

    def _text(self, name: str, values: Sequence[bytes] | bytes) -> str:
        several = [values] if isinstance(values, bytes) else list(values)
        self._several += len(several) > 1
        if not several:
            return ""
        if name.lower() in _AS_UUID and len(several[0]) == 16:
            return str(uuid.UUID(bytes_le=several[0]))
        return several[0].decode("utf-8", errors="replace")

    def _notes(self) -> Iterator[str]:
        if self._several:
            yield f"{self._several} attributes have several values: the first is taken"
        if self._empty:
            yield f"{self._empty} entries have neither key nor address: left aside"
        if self._elsewhere:
            yield f"{self._elsewhere} parts of the directory are on other servers: not asked"


def query_of(options: Options) -> str:
    """The filter, with the values of ``where`` escaped (RFC 4515)."""
    from ldap3.utils.conv import escape_filter_chars

    own = options.filter.strip()
    parts = [own if own.startswith("(") else f"({own})"]
    for name, values in options.where.items():
        each = [f"({name}={escape_filter_chars(value)})" for value in values]
        parts.append(each[0] if len(each) == 1 else f"(|{''.join(each)})")
    return parts[0] if len(parts) == 1 else f"(&{''.join(parts)})"


def _library() -> Any:
    """Half a second, and only where a directory is asked."""
    import ldap3

    return ldap3


@contextmanager
def _connected(ldap3: Any, options: Options) -> Iterator[Any]:
    """A session that ends with its block; the password is sent by TLS alone."""
    address = urlsplit(options.url)
    secure = address.scheme == "ldaps"
    connection = ldap3.Connection(
        ldap3.Server(
            address.hostname,
            port=address.port or (636 if secure else 389),
            use_ssl=secure,
            tls=_trusting(ldap3, options.ca_file),
            get_info=ldap3.NONE,
            connect_timeout=CONNECT,
        ),
        user=options.bind_dn or None,
        password=options.password or None,
        authentication=ldap3.SIMPLE if options.bind_dn else ldap3.ANONYMOUS,
        read_only=True,
        raise_exceptions=True,
        auto_referrals=False,
        receive_timeout=ANSWER,
    )
    try:
        connection.open()
        if not secure and options.start_tls:
            connection.start_tls()
        connection.bind()
        yield connection
    finally:
        _close(connection)


def _close(connection: Any) -> None:
    # It may be gone already, or never have been there.
    with suppress(Exception):
        connection.unbind()
    # What failed while it was opened, ldap3 leaves open.
    if connection.socket is not None:
        connection.socket.close()


def _trusting(ldap3: Any, ca_file: Path | None) -> Any:
    """Verified by Python's own ssl: ldap3's check of the host's name is from before it had one."""

    class Verified(ldap3.Tls):  # type: ignore[misc]  # it ships no types
        def wrap_socket(self, connection: Any, do_handshake: bool = False) -> None:
            context = ssl.create_default_context(cafile=ca_file)
            connection.socket = context.wrap_socket(
                connection.socket, server_hostname=connection.server.host
            )

    return Verified(validate=ssl.CERT_REQUIRED)


def _entries(
    ldap3: Any, connection: Any, options: Options, columns: Sequence[str]
) -> Iterator[Mapping[str, Any]]:
    ends = time.monotonic() + WHOLE
    ask = partial(
        connection.search,
        options.base,
        query_of(options),
        search_scope=ldap3.SUBTREE,
        dereference_aliases=ldap3.DEREF_NEVER,
        attributes=list(columns),
        paged_size=options.page,
    )
    cookie = None
    while True:
        ask(paged_cookie=cookie)
        # ldap3 raises nothing at a size or time limit, nor at a referral of the whole search.
        if code := connection.result["result"]:
            raise _limited(code, connection.result["description"])
        yield from connection.response or ()
        controls = connection.result.get("controls") or {}
        cookie = controls.get(_PAGED, {}).get("value", {}).get("cookie")
        if not cookie:
            return
        if time.monotonic() > ends:
            raise SourceAway(Cause.UNREACHABLE, f"it wasn't read to its end in {WHOLE} seconds")


def _limited(code: int, description: str) -> SourceAway:
    if code in _LIMITS:
        return SourceAway(Cause.CUT_SHORT, f"{_PART} ({description})")
    return SourceAway(Cause.BADLY_ASKED, f"{_NO_SUCH} ({description})")


def _away(ldap3: Any, failed: Exception) -> SourceAway:
    """What it means for whoever runs this; a server's own words may name people."""
    errors = ldap3.core.exceptions
    kind = type(failed).__name__
    for cause, classes, said in (
        (
            Cause.CUT_SHORT,
            (errors.LDAPAdminLimitExceededResult,),
            _PART,
        ),
        (
            Cause.DENIED,
            (
                errors.LDAPInvalidCredentialsResult,
                errors.LDAPInsufficientAccessRightsResult,
                errors.LDAPInappropriateAuthenticationResult,
                errors.LDAPStrongerAuthRequiredResult,
                errors.LDAPConfidentialityRequiredResult,
            ),
            "the directory refuses bind_dn or its password",
        ),
        (
            Cause.BADLY_ASKED,
            (
                errors.LDAPNoSuchObjectResult,
                errors.LDAPInvalidDNSyntaxResult,
                errors.LDAPInvalidDnError,
                errors.LDAPInvalidFilterError,
                errors.LDAPAttributeError,
                errors.LDAPObjectClassError,
            ),
            _NO_SUCH,
        ),
    ):
        if isinstance(failed, classes):
            return SourceAway(cause, f"{said} ({kind})")
    if "certificate" in str(failed).lower():
        return SourceAway(Cause.NOT_TRUSTED, f"its certificate isn't trusted: see ca_file ({kind})")
    return SourceAway(Cause.UNREACHABLE, f"the directory doesn't answer, or broke off ({kind})")
