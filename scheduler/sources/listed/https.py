"""People from a file at an HTTPS address, fetched by the standard library.

The certificate is verified, no redirection is followed (another host would get the password, and
its answer would be people), the size and the time are bounded, and an address that says « not
modified » to the last ETag gives nothing.
"""

import os
import ssl
import time
from base64 import b64encode
from collections.abc import Mapping
from contextlib import closing
from dataclasses import field
from http.client import HTTPException, HTTPResponse, HTTPSConnection
from pathlib import Path
from urllib.parse import urlsplit

from scheduler.domain.errors import SourceAway
from scheduler.domain.people.sourced import Cause
from scheduler.domain.values import frozen
from scheduler.sources.listed.seam import Known, Memory, Table

_CHUNK = 1 << 16
#: Octets of an ETag that are kept.
_LONGEST_MARK = 500


@frozen
class Options:
    url: str
    username: str = ""
    password: str = field(default="", repr=False)
    #: In place of both: « Bearer ».
    token: str = field(default="", repr=False)
    ca_file: Path | None = None
    #: Octets, and seconds for the whole.
    largest: int = 50_000_000
    seconds: int = 120
    columns: Mapping[str, str] = field(default_factory=dict)
    sheet: str = ""


class Source:
    kind = "https"
    light = False

    def __init__(self, options: Options) -> None:
        self._options = options
        address = urlsplit(options.url)
        self._host, self._port = address.hostname or "", address.port or 443
        self._path = address.path or "/"
        self._target = self._path + (f"?{address.query}" if address.query else "")

    def fetch(self, known: Known, last: str) -> Table | None:
        ends = time.monotonic() + self._options.seconds
        try:
            context = ssl.create_default_context(cafile=self._options.ca_file)
            connection = HTTPSConnection(
                self._host, self._port, timeout=min(30, self._options.seconds), context=context
            )
            with closing(connection):
                connection.request("GET", self._target, headers=self._headers(last))
                with connection.getresponse() as answer:
                    return self._read(answer, last, ends)
        except ssl.SSLCertVerificationError as failed:
            said = f"the certificate of {self._host} isn't trusted: see ca_file"
            raise SourceAway(Cause.NOT_TRUSTED, said) from failed
        except (OSError, HTTPException) as failed:
            said = f"{self._host} doesn't answer, or broke off ({type(failed).__name__})"
            raise SourceAway(Cause.UNREACHABLE, said) from failed

    def taken(self, table: Table) -> str:
        return ""

    def _headers(self, last: str) -> dict[str, str]:
        headers = {"Accept-Encoding": "identity", "User-Agent": "reflexe", "Connection": "close"}
        if self._options.token:
            headers["Authorization"] = f"Bearer {self._options.token}"
        elif self._options.username:
            pair = f"{self._options.username}:{self._options.password}".encode()
            headers["Authorization"] = f"Basic {b64encode(pair).decode('ascii')}"
        if last:
            headers["If-None-Match"] = last
        return headers

    def _read(self, answer: HTTPResponse, last: str, ends: float) -> Table | None:
        if answer.status == 304 and last:
            return None
        self._check(answer)
        memory = self._body(answer, ends)
        mark = answer.headers.get("ETag", "")
        return Table(
            memory=memory,
            name=self._path.rsplit("/", 1)[-1] or self._host,
            mark=mark if len(mark) <= _LONGEST_MARK and mark.isprintable() else "",
            chosen=self._options.columns,
            sheet=self._options.sheet,
        )

    def _check(self, answer: HTTPResponse) -> None:
        if answer.status in (401, 403, 407):
            raise SourceAway(Cause.DENIED, f"{self._host} answers {answer.status}: see its account")
        if 300 <= answer.status < 400:
            said = f"{self._host} answers {answer.status}, a redirection: give the last address"
            raise SourceAway(Cause.BADLY_ASKED, said)
        if 400 <= answer.status < 500:
            raise SourceAway(Cause.BADLY_ASKED, f"{self._host} answers {answer.status}")
        if answer.status != 200 or answer.headers.get("Content-Encoding", "identity") != "identity":
            raise SourceAway(Cause.UNREACHABLE, f"{self._host} answers {answer.status}, or encoded")

    def _body(self, answer: HTTPResponse, ends: float) -> Memory:
        """Whole: as long as it was announced to be. Raises SourceAway."""
        memory, size, announced = Memory(), 0, answer.length
        if announced is None and not answer.chunked:
            said = f"{self._host} doesn't say how long its answer is: half of it would look whole"
            raise SourceAway(Cause.UNREACHABLE, said)
        with os.fdopen(os.dup(memory.number), "wb") as copy:
            while chunk := answer.read1(_CHUNK):
                size += len(chunk)
                if size > self._options.largest:
                    said = f"the answer is larger than {self._options.largest // 1_000_000} MB"
                    raise SourceAway(Cause.TOO_LARGE, said)
                if time.monotonic() > ends:
                    said = f"the answer didn't come within {self._options.seconds} seconds"
                    raise SourceAway(Cause.UNREACHABLE, said)
                copy.write(chunk)
        if announced is not None and size != announced:
            raise SourceAway(Cause.UNREACHABLE, f"{self._host} broke off half-way")
        return memory
