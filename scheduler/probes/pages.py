"""One request over HTTPS, to the address that DNS gives: as a reader's browser would, with nothing
followed and nothing kept."""

import asyncio
import http.client
import socket
import ssl
from collections.abc import Sequence
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

from scheduler.domain.doctor.seen import WebSeen
from scheduler.domain.doctor.zone import Kind, Resolver

PATIENCE = 10.0
#: Octets of an answer that are read.
LONGEST = 64 << 10


class Pages:
    """domain.doctor.seen.Web. Trusts the system's authorities, and those of SSL_CERT_FILE."""

    def __init__(self, resolver: Resolver, port: int = 443) -> None:
        """``port``: of addresses that name none."""
        self._resolver = resolver
        self._port = port

    async def get(self, url: str) -> WebSeen:
        return await self._asked("GET", url, None)

    async def post(self, url: str, body: str) -> WebSeen:
        return await self._asked("POST", url, body)

    async def _asked(self, method: str, url: str, body: str | None) -> WebSeen:
        host = urlsplit(url).hostname or ""
        addresses: list[str] = []
        for kind in (Kind.A, Kind.AAAA):
            found = await self._resolver.look(kind, host)
            if found.silent:
                told = f"DNS gives no answer for {host}: {found.silent}"
                return WebSeen(fault=told, is_unasked=True)
            addresses += found.values
        if not addresses:
            return WebSeen(fault=f"{host} has no address", is_nowhere=True)
        return await asyncio.to_thread(_ask, method, url, body, addresses, self._port)


class _Connection(http.client.HTTPSConnection):
    """To an address that was looked up, under the name that it was looked up by."""

    def __init__(self, host: str, port: int, address: str) -> None:
        self._trust = ssl.create_default_context()
        super().__init__(host, port, timeout=PATIENCE, context=self._trust)
        self._address = address

    def connect(self) -> None:
        raw = socket.create_connection((self._address, self.port), PATIENCE)
        try:
            self.sock = self._trust.wrap_socket(raw, server_hostname=self.host)
        except BaseException:
            raw.close()
            raise


def _ask(method: str, url: str, body: str | None, addresses: Sequence[str], port: int) -> WebSeen:
    """The first address that can be reached is the one that answers."""
    seen = WebSeen(fault="no address")
    for address in addresses:
        seen = _ask_one(method, url, body, address, port)
        if not seen.fault or seen.is_untrusted:
            return seen
    return seen


def _ask_one(method: str, url: str, body: str | None, address: str, port: int) -> WebSeen:
    parts = urlsplit(url)
    connection = _Connection(parts.hostname or "", parts.port or port, address)
    headers = {"User-Agent": "reflexe-doctor", "Accept": "*/*"}
    if body is not None:
        headers["Content-Type"] = "application/x-www-form-urlencoded"
    try:
        connection.request(method, parts.path or "/", body, headers)
        certificate = connection.sock.getpeercert() or {}
        with connection.getresponse() as answer:
            text = answer.read(LONGEST).decode("utf-8", "replace")
            return WebSeen(
                status=answer.status,
                headers=dict(answer.getheaders()),
                text=text,
                ends=_end(str(certificate.get("notAfter", ""))),
                says=_date(answer.getheader("Date", "")),
            )
    except ssl.SSLCertVerificationError as refused:
        return WebSeen(fault=refused.verify_message, is_untrusted=True)
    except (OSError, http.client.HTTPException) as fault:
        return WebSeen(fault=_words(fault))
    finally:
        connection.close()


def _end(text: str) -> datetime | None:
    return datetime.fromtimestamp(ssl.cert_time_to_seconds(text), UTC) if text else None


def _date(text: str) -> datetime | None:
    try:
        read = parsedate_to_datetime(text)
    except ValueError:
        return None
    return read if read.tzinfo else read.replace(tzinfo=UTC)


def _words(fault: Exception) -> str:
    if isinstance(fault, TimeoutError):
        return "no answer in time"
    if isinstance(fault, OSError) and fault.strerror:
        return fault.strerror
    return type(fault).__name__
