"""The pages by which people come in, in a real browser: readable by everyone."""

import asyncio
import base64
from collections.abc import Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

import pytest
from playwright.sync_api import Browser, Page, expect

from scheduler.bootstrap import App
from scheduler.domain.roles import ALL_ROLES
from scheduler.domain.second_code import code_at, step_of
from tests.fakes.oidc import CLIENT, SECRET, FakeOidc, providing
from tests.parts.browser import DESKTOP, overflows, page, page_faults
from tests.parts.processes import free_port
from tests.samples.desk import desk_of
from tests.serving import serving
from tests.worlds import Clock, make_world

T = TypeVar("T")

TOKEN = "un-jeton-d-essai-0123456789"
PASSWORD = "quatre mots sans lien"
SMALL_PHONE = (360, 740)
LOOKS = pytest.mark.parametrize(
    ("size", "dark"), [(DESKTOP, False), (SMALL_PHONE, True)], ids=["desktop", "phone"]
)


def ended(work: Coroutine[object, object, T]) -> T:
    """What it comes to; in a thread, because the browser keeps this one's event loop."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()


@pytest.fixture
def app(tmp_path: Path) -> Iterator[App]:
    opened = ended(make_world(tmp_path))
    yield opened
    ended(opened.close())


def looks_right(opened: Page) -> None:
    assert page_faults(opened) == []
    assert not overflows(opened)


@LOOKS
def test_the_first_account_is_made_and_its_password_chosen(
    browser: Browser, app: App, size: tuple[int, int], dark: bool
) -> None:
    desk = desk_of(app, token=TOKEN, real=frozenset({"email"}), local=None)
    with (
        serving(desk) as address,
        page(browser, f"{address}/?token={TOKEN}", size=size, dark=dark) as opened,
    ):
        looks_right(opened)
        opened.get_by_role("link", name="Créer le premier compte").click()
        looks_right(opened)
        opened.get_by_label("Prénom et nom").fill("...")
        opened.get_by_role("button", name="Créer le compte").click()
        expect(opened.get_by_role("alert")).to_contain_text("un nom en lettres")
        looks_right(opened)
        opened.get_by_label("Prénom et nom").fill("Camille Moreau")
        opened.get_by_role("button", name="Créer le compte").click()
        looks_right(opened)
        opened.get_by_role("link", name="C’est mon compte").click()
        opened.get_by_label("Mot de passe").fill(PASSWORD)
        opened.get_by_label("Le même, une seconde fois").fill(PASSWORD)
        opened.get_by_role("button", name="Choisir et entrer").click()
        expect(opened.get_by_role("link", name="Camille Moreau")).to_be_visible()
        looks_right(opened)
        opened.goto(f"{address}/accounts")
        opened.get_by_text("Changer ce que").first.click()
        looks_right(opened)
        opened.goto(f"{address}/people")
        opened.get_by_label("Adresse électronique").fill("marie@example.org")
        opened.get_by_role("button", name="Trouver").click()
        expect(opened.get_by_text("Données détenues sur vous")).to_be_visible()
        looks_right(opened)


@LOOKS
def test_a_second_code_and_an_agenda_are_asked_for(
    browser: Browser, app: App, size: tuple[int, int], dark: bool
) -> None:
    link = ended(app.accounts.add("Camille Moreau", ALL_ROLES, "Ana", app.clock()))
    with (
        serving(desk_of(app)) as address,
        page(browser, f"{address}/welcome/{link}", size=size, dark=dark) as opened,
    ):
        opened.get_by_label("Mot de passe").fill(PASSWORD)
        opened.get_by_label("Le même, une seconde fois").fill(PASSWORD)
        opened.get_by_role("button", name="Choisir et entrer").click()
        opened.get_by_role("link", name="Camille Moreau").click()
        looks_right(opened)
        opened.get_by_role("button", name="Obtenir une adresse").click()
        expect(opened.get_by_role("status")).to_contain_text("/agenda/")
        looks_right(opened)
        opened.get_by_role("button", name="Activer le second code").click()
        expect(opened.get_by_role("img", name="Code QR")).to_be_visible()
        looks_right(opened)
        secret = opened.locator("main code").first.inner_text().replace(" ", "")
        key = base64.b32decode(secret + "=" * (-len(secret) % 8))
        opened.get_by_label("Code à six chiffres").fill(code_at(key, step_of(app.clock())))
        opened.get_by_role("button", name="Vérifier et activer").click()
        expect(opened.get_by_text("Un second code est demandé")).to_be_visible()
        looks_right(opened)


@LOOKS
def test_whoever_has_no_account_reads_what_to_do(
    browser: Browser, app: App, size: tuple[int, int], dark: bool
) -> None:
    desk = desk_of(app, real=frozenset({"email"}), local=None)
    with serving(desk) as address, page(browser, address, size=size, dark=dark) as opened:
        expect(opened.get_by_text("reflexe accounts add")).to_be_visible()
        looks_right(opened)
        link = ended(app.accounts.add("Camille Moreau", ALL_ROLES, "Ana", app.clock()))
        opened.goto(f"{address}/welcome/{link}")
        looks_right(opened)


@LOOKS
def test_somebody_comes_in_by_the_provider_and_leaves(
    browser: Browser, tmp_path: Path, size: tuple[int, int], dark: bool
) -> None:
    clock, port = Clock(), free_port()
    oidc = FakeOidc(clock=lambda: clock.now.timestamp())
    with providing(oidc):
        # The provider is another site to the browser: what is strict doesn't come along.
        issuer = oidc.address.replace("127.0.0.1", "localhost")
        oidc.address = issuer
        keys = {
            "OIDC__ISSUER": issuer,
            "OIDC__CLIENT_ID": CLIENT,
            "OIDC__CLIENT_SECRET": SECRET,
            "OIDC__ROLES": "{comms: [read, write]}",
            "DESK_URL": f"http://127.0.0.1:{port}",
        }
        environment = {f"REFLEXE_WEB__{key}": value for key, value in keys.items()}
        app = ended(make_world(tmp_path, clock=clock, environment=environment))
        with (
            serving(desk_of(app), port=port) as address,
            page(browser, address, size=size, dark=dark) as opened,
        ):
            looks_right(opened)
            opened.get_by_role("link", name="Entrer avec le compte").click()
            expect(opened.get_by_role("link", name="Zoé Étienne")).to_be_visible()
            assert opened.url == f"{address}/"
            looks_right(opened)
            opened.get_by_role("button", name="Quitter").click()
            expect(opened.get_by_role("link", name="Entrer avec le compte")).to_be_visible()
            opened.get_by_text("Entrer avec un mot de passe").click()
            looks_right(opened)
        ended(app.close())
