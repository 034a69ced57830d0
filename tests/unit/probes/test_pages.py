"""One request over HTTPS, to the address that DNS gives for a name."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from scheduler.probes.names import Dns
from scheduler.probes.pages import Pages
from tests.fakes.names import FakeNames
from tests.parts.certificates import END, issue
from tests.parts.processes import free_port
from tests.serving import serving


async def page(request: Request) -> Response:
    form = await request.body()
    return PlainTextResponse(f"{request.headers['host'].split(':')[0]} {form.decode()}")


async def elsewhere(_request: Request) -> Response:
    return RedirectResponse("https://autre.example/")


@dataclass(frozen=True, kw_only=True, slots=True)
class There:
    pages: Pages
    port: int


@pytest.fixture
def there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[There]:
    certificates = issue(tmp_path, "cyber.example.org")
    monkeypatch.setenv("SSL_CERT_FILE", str(certificates.authority))
    published = {
        ("A", "cyber.example.org"): ["127.0.0.2", "127.0.0.1"],
        ("A", "other.example.org"): ["127.0.0.1"],
    }
    methods = ["GET", "POST"]
    routes = [Route("/", page, methods=methods), Route("/go", elsewhere)]
    with (
        FakeNames(published).serving() as names,
        serving(Starlette(routes=routes), certificates) as address,
    ):
        port = int(address.rpartition(":")[2])
        yield There(pages=Pages(Dns([names.address], names.port), port), port=port)


async def test_a_page_is_asked_for_by_its_name_at_the_first_address_that_answers(
    there: There,
) -> None:
    seen = await there.pages.get("https://cyber.example.org")

    assert (seen.fault, seen.status, seen.text) == ("", 200, "cyber.example.org ")
    assert seen.ends == END
    assert seen.says is not None


async def test_a_form_is_posted_and_no_redirection_followed(there: There) -> None:
    posted = await there.pages.post(
        f"https://cyber.example.org:{there.port}/", "List-Unsubscribe=One-Click"
    )
    moved = await there.pages.get("https://cyber.example.org/go")

    assert posted.text.endswith("List-Unsubscribe=One-Click")
    assert moved.status == 307


async def test_a_certificate_for_another_name_is_refused(there: There) -> None:
    seen = await there.pages.get("https://other.example.org/")

    assert seen.is_untrusted
    assert "other.example.org" in seen.fault


async def test_a_name_that_leads_nowhere_and_a_closed_port_are_told_apart(there: There) -> None:
    nowhere = await there.pages.get("https://nobody.example.org/")
    closed = await there.pages.get(f"https://cyber.example.org:{free_port()}/")

    assert nowhere.is_nowhere
    assert (closed.is_nowhere, closed.fault) == (False, "Connection refused")


async def test_where_dns_is_silent_nobody_is_asked() -> None:
    with FakeNames({}).serving() as names:
        names.failing.add("cyber.example.org")
        seen = await Pages(Dns([names.address], names.port)).get("https://cyber.example.org/")

    assert seen.is_unasked
    assert seen.fault == (
        "DNS gives no answer for cyber.example.org: its servers answer with a failure"
    )


async def test_an_authority_that_is_not_known_is_refused(
    there: There, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")

    assert (await there.pages.get("https://cyber.example.org/")).is_untrusted
