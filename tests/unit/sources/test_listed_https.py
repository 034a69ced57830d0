"""A file at an HTTPS address: whole, by a trusted certificate, from where it was asked for."""

import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from scheduler.domain.errors import SourceAway
from scheduler.domain.people.sourced import Cause
from scheduler.sources.listed.https import Options, Source
from scheduler.sources.listed.seam import Known, Table
from tests.parts.certificates import Certificates

FILE = b"email;matricule\nelise@example.org;M1\n"


@dataclass
class Drop:
    """What the server says, and what it was asked."""

    url: str = ""
    status: int = 200
    headers: dict[str, str] = field(default_factory=lambda: {"ETag": '"v1"'})
    body: bytes = FILE
    #: Octets it announces; None: as many as there are; -1: none.
    announced: int | None = None
    asked: list[dict[str, str]] = field(default_factory=list)

    def answer(self, request: Any) -> None:
        self.asked.append(dict(request.headers))
        if request.headers.get("If-None-Match") == self.headers.get("ETag", "none"):
            request.send_response(304)
            request.end_headers()
            return
        request.send_response(self.status)
        for name, value in self.headers.items():
            request.send_header(name, value)
        if self.announced != -1:
            request.send_header("Content-Length", str(self.announced or len(self.body)))
        request.end_headers()
        request.wfile.write(self.body)


@contextmanager
def serving(drop: Drop, certificates: Certificates) -> Iterator[None]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            self.close_connection = True
            drop.answer(self)

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificates.certificate, certificates.key)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    server.handle_error = lambda request, address: None  # type: ignore[method-assign, assignment]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    drop.url = f"https://localhost:{server.server_port}/rh/personnel.csv?annee=2027"
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture
def drop(certificates: Certificates) -> Iterator[Drop]:
    found = Drop()
    with serving(found, certificates):
        yield found


@pytest.fixture
def options(drop: Drop, certificates: Certificates) -> Options:
    return Options(url=drop.url, ca_file=certificates.authority, seconds=5)


def fetched(options: Options, last: str = "") -> Table | None:
    return Source(options).fetch(Known(), last)


def refused(options: Options) -> SourceAway:
    with pytest.raises(SourceAway) as away:
        fetched(options)
    return away.value


def test_the_file_comes_whole_with_its_name_and_mark(drop: Drop, options: Options) -> None:
    table = fetched(replace(options, username="rh", password="s3cret"))

    assert table is not None
    assert table.memory.path.read_bytes() == FILE
    assert (table.name, table.mark) == ("personnel.csv", '"v1"')
    assert drop.asked[0]["Authorization"] == "Basic cmg6czNjcmV0"


def test_what_has_not_changed_is_not_sent_again(drop: Drop, options: Options) -> None:
    assert fetched(options, '"v1"') is None
    assert drop.asked[0]["If-None-Match"] == '"v1"'

    drop.headers["ETag"] = '"v2"'
    table = fetched(replace(options, token="abc"), '"v1"')
    assert table is not None
    assert table.mark == '"v2"'
    assert drop.asked[1]["Authorization"] == "Bearer abc"


@pytest.mark.parametrize(
    ("status", "cause"),
    [
        (301, Cause.BADLY_ASKED),
        (302, Cause.BADLY_ASKED),
        (307, Cause.BADLY_ASKED),
        (401, Cause.DENIED),
        (403, Cause.DENIED),
        (404, Cause.BADLY_ASKED),
        (500, Cause.UNREACHABLE),
        (206, Cause.UNREACHABLE),
    ],
)
def test_any_other_answer_is_none(drop: Drop, options: Options, status: int, cause: Cause) -> None:
    drop.status = status
    drop.headers["Location"] = drop.url.replace("personnel", "elsewhere")

    assert refused(replace(options, username="rh", password="s3cret")).cause == cause
    assert len(drop.asked) == 1


def test_half_an_answer_is_none(drop: Drop, options: Options) -> None:
    drop.announced = len(FILE) * 2
    assert refused(options).cause == Cause.UNREACHABLE

    drop.announced = -1
    assert "how long" in str(refused(options))


def test_too_much_is_none(drop: Drop, options: Options) -> None:
    assert refused(replace(options, largest=10)).cause == Cause.TOO_LARGE


def test_what_is_encoded_is_none(drop: Drop, options: Options) -> None:
    drop.headers["Content-Encoding"] = "gzip"

    assert refused(options).cause == Cause.UNREACHABLE


def test_a_certificate_that_nobody_trusts_gets_no_password(drop: Drop, options: Options) -> None:
    asked = replace(options, ca_file=None, username="rh", password="s3cret")

    away = refused(asked)

    assert away.cause == Cause.NOT_TRUSTED
    assert "s3cret" not in str(away)
    assert drop.asked == []


def test_nobody_there_is_told_as_that(options: Options) -> None:
    assert refused(replace(options, url="https://127.0.0.1:1/x")).cause == Cause.UNREACHABLE
