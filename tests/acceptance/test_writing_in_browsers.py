"""Writing in a real browser: what is typed is kept and told of, with and without a script."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, expect

from scheduler.bootstrap import App
from scheduler.content.standing import file_text
from scheduler.domain.audit import AuditAct
from scheduler.domain.roles import ALL_ROLES, Person
from scheduler.domain.writing.edits import Publication, fingerprint
from scheduler.domain.writing.trio import Mark
from tests.acceptance.test_desk_pages import SMALL_PHONE, ended
from tests.parts.browser import DESKTOP, overflows, page, page_faults
from tests.samples.desk import desk_of, keep_october
from tests.serving import serving
from tests.worlds import make_world

TEXT = "cybermois/annonce/email.staff.fr.md"
SMS = "cybermois/annonce/sms.staff.fr.txt"
BEHIND = "cybermois/bilan/email.staff.fr.md"
MARIE = Person(name="Marie Exemple", roles=ALL_ROLES)
ANA = Person(name="Ana Bret", roles=ALL_ROLES)
PATIENCE = 30_000


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    opened = ended(make_world(tmp_path_factory.mktemp("writing")))
    keep_october(opened)
    ended(_written(opened))
    yield opened
    ended(opened.close())


async def _written(app: App) -> None:
    """A text that was published twice, whose file changed under it; and one that is proposed."""
    files, now = app.configuration.files, app.clock()
    text = file_text(files, BEHIND) or ""
    for over, word in enumerate(("Salutations", "Bonsoir")):
        asked = Publication(
            path=BEHIND,
            content=text.replace("Bonjour", word, 1),
            base=text,
            over=over,
            written_by="Marie Exemple",
            published_by="Ana Bret",
        )
        await app.edits.publish(asked, AuditAct.PUBLISH_TEXT, now)
    (files / BEHIND).write_text(text + "\nUne ligne de plus.\n", encoding="utf-8")
    path = "cybermois/1-fermer-sa-porte/email.staff.fr.md"
    content = (file_text(files, path) or "").replace("Bonjour", "<b>Salutations</b>", 1)
    draft = await app.drafts.save(path, "Ana Bret", content, over=0, seen="", version=0, now=now)
    await app.drafts.propose(draft, "Ana Bret", "À relire.", now)
    for said in ("Un mot de trop.", "Très clair."):
        await app.comments.add(path, fingerprint(content), "Luc", said, now)
    for readers in (3, 1):
        ends = now + timedelta(days=7)
        made = await app.trios.make(BEHIND, "a" * 64, ["Un", "Deux"], "Ana Bret", ends, now)
        assert isinstance(made, str)
        for number in range(readers):
            await app.trios.end(made, f"sheet-{number}", [Mark(clear=True, smile=True)], now)
    await app.drafts.save(SMS, "Ana Bret", "Trop court.", over=0, seen="", version=0, now=now)


@pytest.fixture(scope="module")
def address(app: App) -> Iterator[str]:
    with serving(desk_of(app, local=MARIE)) as served:
        yield served


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize(
    "path",
    [
        "/writing",
        f"/write/{TEXT}",
        f"/write/{SMS}",
        f"/write/{BEHIND}",
        f"/history/{BEHIND}",
        "/proposals/1",
        f"/beside/{BEHIND}?number=2",
        f"/trios/{BEHIND}",
        f"/fields/{BEHIND}",
        "/fields/cybermois/annonce/message.yaml",
    ],
)
def test_everyone_can_read_the_page(browser: Browser, address: str, path: str, dark: bool) -> None:
    size = SMALL_PHONE if dark else DESKTOP
    with page(browser, address + path, size=size, dark=dark) as opened:
        assert page_faults(opened) == []
        assert not overflows(opened)


def test_what_is_typed_is_kept_and_told_of_without_a_press(
    browser: Browser, address: str, app: App
) -> None:
    with page(browser, f"{address}/write/{TEXT}", size=SMALL_PHONE) as opened:
        field = opened.locator("#text")
        field.fill(field.input_value().replace("Bonjour", "{{ inconnu }}", 1))
        expect(opened.locator("#saved")).to_contain_text("Brouillon enregistré", timeout=PATIENCE)
        panel = opened.locator("#panel")
        expect(panel.locator(".finding-fault").first).to_be_visible(timeout=PATIENCE)
        opened.get_by_role("button", name="Gras").click()
        expect(field).to_have_value(re.compile(r"\*\*texte\*\*"))
        opened.get_by_role("button", name="Publier").click()
        expect(opened.get_by_role("alert")).to_contain_text("a une faute", timeout=PATIENCE)
        good = field.input_value().replace("{{ inconnu }}", "Salutations")
        field.fill(good.replace("**texte**", ""))
        expect(panel).to_contain_text("prêt", timeout=PATIENCE)
        opened.locator("#panel iframe").first.scroll_into_view_if_needed()
        frame = opened.frame_locator("#panel iframe").first
        expect(frame.get_by_text("Salutations").first).to_be_visible(timeout=PATIENCE)
        opened.get_by_role("button", name="Publier").click()
        expect(opened.get_by_text("C’est publié")).to_be_visible(timeout=PATIENCE)

    (kept,) = ended(app.edits.history(TEXT))
    assert "Salutations" in (kept.content or "")


def test_the_second_browser_on_a_text_is_told_and_loses_nothing(
    browser: Browser, address: str, app: App
) -> None:
    path = "cybermois/2-ne-pas-donner-ses-cles/email.staff.fr.md"
    with (
        serving(desk_of(app, local=ANA)) as other,
        page(browser, f"{address}/write/{path}", script=False) as marie,
        page(browser, f"{other}/write/{path}", script=False) as ana,
    ):
        text = marie.locator("#text").input_value()
        for opened, word in ((marie, "Salutations"), (ana, "Bonsoir")):
            opened.locator("#text").fill(text.replace("Bonjour", word, 1))
        marie.get_by_role("button", name="Publier").click()
        expect(marie.get_by_text("C’est publié")).to_be_visible(timeout=PATIENCE)
        ana.get_by_role("button", name="Publier").click()

        expect(ana.get_by_role("alert")).to_contain_text("Quelqu’un a publié", timeout=PATIENCE)
        assert "Bonsoir" in ana.locator("#text").input_value()
        assert "Salutations" in ana.locator(".diff del").first.inner_text()


def test_an_sms_is_counted_while_it_is_typed(browser: Browser, address: str) -> None:
    with page(browser, f"{address}/write/{SMS}") as opened:
        opened.locator("#text").fill("a" * 100)
        one = opened.locator("#count").inner_text()
        opened.locator("#text").fill("a" * 200)
        two = opened.locator("#count").inner_text()
        opened.locator("#text").fill("Un signe qui coûte cher ’")
        costly = opened.locator("#count").inner_text()

    assert "1 partie de SMS" in one
    assert "2 parties de SMS" in two
    assert "environ" in costly
