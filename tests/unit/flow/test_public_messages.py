"""What was sent, for anybody to read: the web versions, and « Ce message vient-il de nous ? »."""

import json
import re
import shutil
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import pytest

from scheduler.bootstrap import App
from scheduler.content.composing.content import Content
from scheduler.domain.calendar.campaigns import People
from scheduler.domain.errors import ContentError
from scheduler.domain.ids import ContentId
from scheduler.domain.message import MessageClass, OnWeb
from scheduler.domain.organisation import LOGO_ID, File, Support
from scheduler.domain.showing.public_pages import Conformity
from scheduler.domain.showing.published import PublishedText, Showing, showing
from scheduler.flow.showing import public_pages, web_version
from scheduler.flow.showing.public_pages import WebVersions
from scheduler.flow.showing.web_version import Writer
from scheduler.store.reading.public import PublicLedger
from scheduler.web.public.languages import ALL
from scheduler.web.public.message_pages import surrounded
from tests.commands import reflexe
from tests.samples.content import MESSAGE, email_content
from tests.samples.desk import ANNOUNCED, announced_world, send_announcement, words
from tests.samples.public import Visitor, visiting
from tests.template_copies import TEMPLATES
from tests.worlds import make_world

ROOT = Path(__file__).parents[3]
#: Names, addresses, numbers and audiences of the world.
PERSONAL = ("Marie", "John", "Ana", "example.org/d/", "+33", "staff", "patients", "Personnel")


@pytest.fixture(scope="module")
def announced(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    with announced_world(tmp_path_factory.mktemp("announced")) as app:
        yield app


@pytest.fixture
async def visitor(announced: App) -> AsyncIterator[Visitor]:
    async with visiting(announced) as opened:
        yield opened


class Line(NamedTuple):
    """An entry of the list of what was sent."""

    path: str
    language: str
    title: str


async def sent(visitor: Visitor, path: str = "/verifier") -> list[Line]:
    _, page = await visitor.get(path)
    found = re.findall(r'<a href="(m/\w+)" lang="(\w+)" hreflang="\w+">([^<]+)</a>', page)
    return [Line(f"/{href}", language, title) for href, language, title in found]


async def texts(visitor: Visitor) -> list[str]:
    """The path of every text of the list, the other languages' too."""
    _, page = await visitor.get("/verifier")
    return [f"/{href}" for href in re.findall(r'href="(m/\w+)"', page)]


async def email(visitor: Visitor) -> tuple[Line, str]:
    """An e-mail of the list, and its page."""
    for line in await sent(visitor):
        _, page = await visitor.get(line.path)
        if "<style>" in page:
            return line, page
    raise AssertionError("no e-mail was sent")


# Web versions


async def test_every_text_that_was_sent_can_be_read_by_anybody(visitor: Visitor) -> None:
    paths = await texts(visitor)

    assert len(paths) == len(set(paths)) >= 5
    for path in paths:
        status, page = await visitor.get(path)
        assert re.fullmatch("/m/[0-9a-f]{16}", path)
        assert status == 200
        for word in PERSONAL:
            assert word not in page


async def test_an_email_is_shown_as_it_was_sent_without_its_reader(visitor: Visitor) -> None:
    line, page = await email(visitor)

    assert '<html lang="fr"' in page
    assert f"<title>{line.title}</title>" in page
    assert "Bonjour," in page
    assert "Version en ligne d’un message envoyé le vendredi 2 octobre 2026" in words(page)
    assert "Vous lisez la version en ligne d’un message que nous avons envoyé." in page
    assert 'href="https://cyber.example.org/aide#arret"' in page
    assert "D’où vient votre adresse" not in page


async def test_its_text_may_be_passed_on_without_anybodys_link(visitor: Visitor) -> None:
    """Every text's, of e-mails and of SMS."""
    line, page = await email(visitor)
    assert f'href="{line.path.removeprefix("/m/")}/texte.txt"' in page

    for path in await texts(visitor):
        status, told = await visitor.get(f"{path}/texte.txt")
        assert status == 200
        assert told.rstrip().endswith(f"https://cyber.example.org{path}")
        assert "<" not in told
        for word in PERSONAL:
            assert word not in told
        assert not re.search(r"/d/|/p/|sms\.example\.org", told)
    _, told = await visitor.get(f"{line.path}/texte.txt")
    assert told.startswith(f"{line.title}\n\n")
    assert "Bonjour," in told
    assert (await visitor.get("/m/0123456789abcdef/texte.txt"))[0] == 404


async def test_its_parts_are_in_their_places(visitor: Visitor) -> None:
    _, page = await email(visitor)

    places = [page.index(part) for part in ("</head>", "<body", "<main>", "</main>", "</body>")]
    assert places == sorted(places)
    assert page.index(".web-strip") < page.index("</head>")


async def test_a_text_message_is_shown_as_text_without_anybodys_link(visitor: Visitor) -> None:
    _, page = await visitor.get("/verifier")
    path = re.search(r'SMS</span>\s*<a href="(m/\w+)"', page)
    assert path is not None

    _, shown = await visitor.get(f"/{path[1]}")

    assert "Cybermois" in shown
    assert 'class="bubble" lang="fr"' in shown
    assert "Stop :" not in shown
    assert "sms.example.org" not in shown.partition("</main>")[0]


async def test_an_english_text_speaks_english_around_it_too(visitor: Visitor) -> None:
    line = next(line for line in await sent(visitor, "/verifier?lang=en") if line.language == "en")

    _, page = await visitor.get(line.path)

    assert '<html lang="en"' in page
    assert "Web version of a message sent on Friday 2 October 2026" in words(page)
    assert 'href="../aide?lang=en"' in page


async def test_a_message_brings_its_styles_and_can_run_nothing(visitor: Visitor) -> None:
    for path in await texts(visitor):
        async with visitor.session.get(path) as answer:
            policy = answer.headers["Content-Security-Policy"]
            page = await answer.text()
            assert "default-src 'none'" in policy
            assert "script-src" not in policy
            assert ("'unsafe-inline'" in policy) == ("<style>" in page)
            assert "<script" not in page
            assert answer.headers["X-Robots-Tag"] == "noindex"
            assert answer.headers["Cache-Control"] == "public, max-age=300"
            assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize(
    "id_", ["0" * 16, "f" * 15, "f" * 17, "F" * 16, "x" * 16, "..%2f..", "%00", "é" * 16]
)
async def test_an_unknown_message_gets_the_neutral_page(visitor: Visitor, id_: str) -> None:
    status, page = await visitor.get(f"/m/{id_}")

    assert status == 404
    assert "Cette page n’existe pas" in page
    assert "There is no such page" in page


async def test_nothing_shows_before_its_sending_begins(announced: App) -> None:
    source, versions = announced.public, WebVersions()
    (first, *_) = await source.published_since(ANNOUNCED, ANNOUNCED)
    before = datetime(2026, 10, 2, 7, 59, tzinfo=UTC)

    assert await versions.find(first.web_id, source, lambda: announced.writer, before) is None
    assert await versions.find(first.web_id, source, lambda: announced.writer, ANNOUNCED)


async def test_what_was_sent_stays_whatever_becomes_of_the_writers_files(tmp_path: Path) -> None:
    app = await make_world(tmp_path)
    await send_announcement(app)
    shutil.rmtree(tmp_path / "templates")

    async with visiting(app) as visitor:
        lines = await sent(visitor)
        answers = [await visitor.get(line.path) for line in lines]

    await app.close()
    assert lines
    assert {status for status, _ in answers} == {200}


class Counted(PublicLedger):
    """Counts how often a text is read."""

    reads = 0

    async def content(self, content_id: ContentId) -> str:
        self.reads += 1
        return await super().content(content_id)


async def test_a_page_is_composed_once_and_few_are_kept(
    announced: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(public_pages, "KEPT_PAGES", 2)
    source, versions = Counted(announced.ledger.database), WebVersions()
    ids = [one.web_id for one in await source.published_since(ANNOUNCED, ANNOUNCED)][:3]

    async def read(web_id: str) -> None:
        assert await versions.find(web_id, source, lambda: announced.writer, ANNOUNCED)

    for web_id in (ids[0], ids[0], ids[1], ids[0], ids[2], ids[0]):
        await read(web_id)
    assert source.reads == 3

    await read(ids[1])
    assert source.reads == 4


class Broken(PublicLedger):
    """Keeps a text that a release before could show and this one can't."""

    async def content(self, content_id: ContentId) -> str:
        kept = json.loads(await super().content(content_id))
        return json.dumps({**kept, "body": "{{ rien }}"})


async def test_a_kept_text_that_cannot_be_shown_is_on_no_page(announced: App) -> None:
    source, versions = Broken(announced.ledger.database), WebVersions()
    (first, *_) = await source.published_since(ANNOUNCED, ANNOUNCED)

    shown = await versions.find(first.web_id, source, lambda: announced.writer, ANNOUNCED)
    week = await versions.week(source, lambda: announced.writer, ANNOUNCED)
    whole = await WebVersions().week(announced.public, lambda: announced.writer, ANNOUNCED)

    assert shown is None
    assert week == []
    assert whole


async def test_a_title_is_read_once_for_the_list_and_the_feed(announced: App) -> None:
    source, versions = Counted(announced.ledger.database), WebVersions()
    texts = len(await source.published_since(ANNOUNCED, ANNOUNCED))

    listed = await versions.sent(source, lambda: announced.writer, ANNOUNCED)
    assert source.reads <= texts
    source.reads = 0
    again = await versions.by_word(
        "rien", source, lambda: announced.writer, announced.ledger.tokens, ANNOUNCED
    )

    assert listed
    assert again is None
    assert source.reads == 0


async def test_the_logo_travels_in_the_page(announced: App) -> None:
    writer = announced.writer
    logo = File(content_type="image/png", name="logo.png", body=b"\x89PNG", content_id=LOGO_ID)
    with_logo = replace(writer.organisation, logo=logo)

    def compose() -> Writer:
        return Writer(
            organisation=with_logo, links=writer.links, sender=writer.sender, zone=writer.zone
        )

    source = announced.public
    found = await source.published_since(ANNOUNCED, ANNOUNCED)
    email = next(one for one in found if one.channel == "email")
    page = await WebVersions().find(email.web_id, source, compose, ANNOUNCED)

    assert page is not None
    assert "cid:" not in page.html
    assert 'src="data:image/png;base64,iVBORw=="' in page.html


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<head></head><body id=a><p></body>", "<head>H</head><body id=a>T<p>E</body>"),
        ("<HEAD></HEAD><BODY>x", "<HEAD></HEAD><BODY>TxE"),
        ("<p>bare", "T<p>bareE"),
    ],
)
def test_a_layout_of_any_kind_is_surrounded(html: str, expected: str) -> None:
    assert surrounded(html, head="H", top="T", end="E") == expected


# « Ce message vient-il de nous ? »


async def test_the_page_says_what_our_messages_can_be_told_by(visitor: Visitor) -> None:
    _, french = await visitor.get("/verifier")
    _, english = await visitor.get("/verifier?lang=en")

    for page in (french, english):
        for mark in (
            "Réflexes cyber",
            "cyber@example.org",
            "retour.example.org",
            "CHESSAI",
            "cyber.example.org",
            "sms.example.org",
            "ameli.fr",
            "https://cyber.example.org/verifier",
        ):
            assert f'<b class="exact">{mark}</b>' in page
    assert "mot de passe" in french
    assert ".ics" in french
    assert "password" in english


async def test_the_list_says_when_and_how_and_names_no_audience(visitor: Visitor) -> None:
    _, page = await visitor.get("/verifier")
    listed = words(page.partition('<ol class="sent">')[2].partition("</ol>")[0])

    assert "vendredi 2 octobre 2026 · Courriel" in listed
    assert "vendredi 2 octobre 2026 · SMS" in listed
    assert "anglais" in listed
    for word in ("personnel", "professionnel", "usager", "patient", "staff"):
        assert word not in page.lower()


async def test_the_list_is_in_the_readers_language_where_there_is_a_text(visitor: Visitor) -> None:
    french = await sent(visitor)
    english = await sent(visitor, "/verifier?lang=en")

    assert {line.language for line in french} == {"fr"}
    assert "en" in {line.language for line in english}
    assert len(french) == len(english)


async def test_a_year_later_the_list_is_empty_and_says_so(visitor: Visitor) -> None:
    app = visitor.app
    versions, source = WebVersions(), app.public
    later = ANNOUNCED + public_pages.LISTED

    assert await versions.sent(source, lambda: app.writer, later)
    for now in (later + public_pages.LIST_AGE, ANNOUNCED - public_pages.LIST_AGE):
        assert await versions.sent(source, lambda: app.writer, now) == []


async def test_before_anything_was_sent_the_page_says_so(tmp_path: Path) -> None:
    app = await make_world(tmp_path)

    async with visiting(app) as visitor:
        status, page = await visitor.get("/verifier")

    await app.close()
    assert status == 200
    assert "Nous n’avons rien envoyé depuis un an." in page


# The accessibility statement, and the way from page to page


async def test_the_statement_says_its_state_and_where_to_complain(visitor: Visitor) -> None:
    _, french = await visitor.get("/accessibilite")
    _, english = await visitor.get("/accessibilite?lang=en")

    for page in (french, english):
        assert "Centre hospitalier d’Essai" in page
        assert "cyber@example.org" in page
        assert "RGAA 4.1" in page
        assert "https://formulaire.defenseurdesdroits.fr/" in page
    assert "non conforme" in french
    assert "not compliant" in english


@pytest.fixture
def statements(visitor: Visitor) -> Iterator[Path]:
    """Where the operator's statement is, without one; afterwards the shipped one is back."""
    folder = visitor.app.configuration.templates / "_pages"
    shutil.rmtree(folder)
    folder.mkdir()
    yield folder
    shutil.rmtree(folder)
    shutil.copytree(ROOT / "templates" / "_pages", folder)


def test_every_state_has_its_words_in_every_language() -> None:
    for texts in ALL:
        assert set(texts.accessibility_links) == set(Conformity)


async def test_the_operator_words_the_statement_and_every_footer_follows(
    visitor: Visitor, statements: Path
) -> None:
    statement = "---\nstate: {}\n---\n# Déclaration\n\n{{{{ organisation }}}} : audit du 3 mai.\n"
    (statements / "accessibilite.fr.md").write_text(statement.format("partial"), encoding="utf-8")

    _, french = await visitor.get("/accessibilite")
    _, english = await visitor.get("/accessibilite?lang=en")
    _, footer = await visitor.get("/aide?lang=en")

    # No English file claims the same: the French one is shown, rather than a contradiction.
    for page in (french, english):
        assert '<html lang="fr">' in page
        assert "Centre hospitalier d’Essai : audit du 3 mai." in page
        assert "Accessibilité\N{NO-BREAK SPACE}: partiellement conforme" in page
    assert "Accessibility: partially compliant" in footer

    (statements / "accessibilite.en.md").write_text(statement.format("partial"), encoding="utf-8")
    _, english = await visitor.get("/accessibilite?lang=en")
    assert '<html lang="en">' in english
    assert "Accessibility: partially compliant" in english


async def test_a_statement_at_fault_gives_way_to_the_one_that_claims_nothing(
    visitor: Visitor, statements: Path
) -> None:
    file = statements / "accessibilite.fr.md"

    for text in (
        "state: full",
        "---\nstate: plein\n---\nTexte\n",
        "---\nstate: full\n---\n{{ nom }}",
    ):
        file.write_text(text, encoding="utf-8")
        status, page = await visitor.get("/accessibilite")

        assert status == 200
        assert "Ce site est <strong>non conforme</strong>" in page
        assert "Accessibilité\N{NO-BREAK SPACE}: non conforme" in page


async def test_every_page_leads_to_the_others_in_its_language(visitor: Visitor) -> None:
    paths = [
        "/",
        "/aide",
        "/verifier",
        "/accessibilite",
        "/nowhere",
        await visitor.email_link("A1"),
    ]
    paths += [await visitor.short_link("A1"), *await texts(visitor)]

    for path in paths:
        _, page = await visitor.get(path)
        root = "../" * (path.count("/") - 1)
        for name in ("verifier", "aide", "accessibilite"):
            assert re.search(rf'href="{re.escape(root)}{name}(\?lang=en)?"', page), (path, name)


async def test_the_open_pages_exist_in_every_language(visitor: Visitor) -> None:
    for path in ("/aide", "/verifier", "/accessibilite"):
        for language in ALL:
            status, page = await visitor.get(f"{path}?lang={language.language}")
            assert status == 200
            assert f'<html lang="{language.language}">' in page


# Who may read what


@pytest.mark.parametrize(
    ("web", "message_class", "people", "shown"),
    [
        (OnWeb.UNSAID, MessageClass.AWARENESS, People.PATIENTS, Showing.TEXT),
        (OnWeb.UNSAID, MessageClass.AWARENESS, People.STAFF, Showing.SUBJECT),
        (OnWeb.UNSAID, MessageClass.AWARENESS, People.UNSAID, Showing.SUBJECT),
        (OnWeb.UNSAID, MessageClass.SERVICE, People.PATIENTS, Showing.SUBJECT),
        (OnWeb.LISTED, MessageClass.SERVICE, People.STAFF, Showing.TEXT),
        (OnWeb.UNLISTED, MessageClass.AWARENESS, People.PATIENTS, Showing.ABSENT),
        (OnWeb.NONE, MessageClass.AWARENESS, People.PATIENTS, Showing.ABSENT),
    ],
)
def test_patients_texts_are_for_everybody_and_others_by_their_subject(
    web: OnWeb, message_class: MessageClass, people: People, shown: Showing
) -> None:
    assert showing(web, message_class, people) is shown


async def published(app: App, audience: str) -> PublishedText:
    found = await app.public.published_since(ANNOUNCED - timedelta(days=2), app.clock())
    return next(
        one
        for one in found
        if (one.audience, one.channel, one.variant) == (audience, "email", "fr")
    )


async def test_the_staffs_texts_are_listed_without_a_link_and_keep_their_address(
    visitor: Visitor,
) -> None:
    staff = await published(visitor.app, "staff")
    _, page = await visitor.get("/verifier")

    assert f"m/{staff.web_id}" not in page
    shown = words(page)
    assert "2 octobre 2026 · Courriel Réflexes cyber <cyber@example.org>" in shown
    assert "2 octobre 2026 · SMS CHESSAI" in shown
    status, text = await visitor.get(f"/m/{staff.web_id}")
    assert status == 200
    assert "Bonjour" in text


@pytest.mark.parametrize(
    ("web", "listed", "status"),
    [("listed", True, 200), ("unlisted", False, 200), ("none", False, 404)],
)
async def test_its_writers_may_say_otherwise(
    tmp_path: Path, web: str, listed: bool, status: int
) -> None:
    app = await make_world(tmp_path)
    card = app.configuration.templates / "cybermois" / "annonce" / "message.yaml"
    card.write_text(f"{card.read_text(encoding='utf-8')}web: {web}\n", encoding="utf-8")
    await send_announcement(app)
    staff = await published(app, "staff")

    async with visiting(app) as visitor:
        _, page = await visitor.get("/verifier")
        found, _ = await visitor.get(f"/m/{staff.web_id}")
    await app.close()

    assert (f"m/{staff.web_id}" in page, found) == (listed, status)
    assert "Réflexes cyber <cyber@example.org>" not in words(page)


def test_a_text_may_not_lead_to_a_page_that_is_not_there(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "audiences", tmp_path / "audiences")
    shutil.copytree(ROOT / "templates", tmp_path / "templates")
    shutil.copy(ROOT / "config.yaml", tmp_path)
    folder = tmp_path / "templates" / "cybermois" / "annonce"
    card, text = folder / "message.yaml", folder / "email.staff.fr.md"
    card.write_text(f"{card.read_text(encoding='utf-8')}web: none\n", encoding="utf-8")
    link = f"\n\n[Version en ligne](https://cyber.example.org/m/{'a' * 16})\n"
    text.write_text(text.read_text(encoding="utf-8") + link, encoding="utf-8")

    told = reflexe(tmp_path / "config.yaml", "check", "cybermois/annonce", "--json").json

    (one,) = [each for each in told if each["rule"] == "web"]
    assert one["file"].endswith("email.staff.fr.md")
    line = text.read_text(encoding="utf-8").splitlines()[one["line"] - 1]
    assert "/m/" in line


def test_a_card_that_says_something_else_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="listed, unlisted ou none"):
        email_content(tmp_path, message=MESSAGE.format(channels="email") + "web: caché\n")


def test_a_text_kept_before_keeps_its_fingerprint(tmp_path: Path) -> None:
    content = email_content(tmp_path)
    kept = json.loads(content.to_json())

    assert not {"web", "reads_as"} & set(kept)
    assert Content.from_json(content.to_json()) == content


@pytest.mark.parametrize("people", ["staff", "patients"])
async def test_a_web_version_never_tells_whom_staff_may_call(tmp_path: Path, people: str) -> None:
    body = (
        "{% if assistance %}Personnel {{ assistance }}{% endif %}\n\nUsagers {{ aide_patients }}\n"
    )
    app = await make_world(tmp_path)
    writer = replace(
        app.writer,
        organisation=replace(
            app.writer.organisation,
            support=Support(default="poste 4242"),
            help="06 39 98 00 00",
        ),
    )
    content = replace(email_content(tmp_path / "texte", body), audience=people)
    await app.close()

    page = web_version.page_of(content, ANNOUNCED, writer)

    assert "Usagers 06 39 98 00 00" in page
    assert "4242" not in page


async def test_help_and_verification_pages_say_whom_anybody_may_call(tmp_path: Path) -> None:
    set_ = {
        "REFLEXE_ORGANISATION__SUPPORT__DEFAULT": "poste 4242",
        "REFLEXE_ORGANISATION__HELP": "06 39 98 00 00, de 9 h à 17 h",
        "REFLEXE_ORGANISATION__EN__HELP": "06 39 98 00 00, 9 am to 5 pm",
    }
    app = await make_world(tmp_path, environment=set_)
    async with visiting(app) as visitor:
        pages = [
            (await visitor.get(path))[1]
            for path in ("/aide", "/aide?lang=en", "/verifier", "/verifier?lang=en")
        ]
    await app.close()

    french, english = pages[::2], pages[1::2]
    assert all("<strong>06 39 98 00 00, de 9 h à 17 h</strong>" in page for page in french)
    assert all("<strong>06 39 98 00 00, 9 am to 5 pm</strong>" in page for page in english)
    assert "Pour parler à quelqu’un de chez nous" in pages[0]
    assert "To talk to one of us:" in pages[1]
    assert all("4242" not in page for page in pages)


async def test_a_web_version_shows_its_drawing_from_our_own_address(announced: App) -> None:
    async with visiting(announced) as visitor:
        _, listed = await visitor.get("/verifier")
        found = re.search(r'href="(m/[0-9a-f]+)"', listed)
        assert found is not None
        address = f"/{found[1]}"
        async with visitor.session.get(address) as answer:
            page, policy = await answer.text(), answer.headers["Content-Security-Policy"]
        shown = re.search(r'<img src="([^"]+)" alt="([^"]+)"', page)
        assert shown is not None
        async with visitor.session.get(f"/m/{shown[1]}") as answer:
            kind, picture = answer.content_type, await answer.read()
        unknown, _ = await visitor.get(f"/m/{'0' * 32}/dessin.png")

    assert shown[1] == f"{address.removeprefix('/m/')}/dessin.png"
    assert "Un calendrier à quatre portes" in shown[2] or "A calendar" in shown[2]
    assert "img-src 'self' data:" in policy
    assert (kind, picture) == ("image/png", (TEMPLATES / "_images/quatre-portes.png").read_bytes())
    assert unknown == 404
