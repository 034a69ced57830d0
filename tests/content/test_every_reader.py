"""Every e-mail shipped, for seventy readers whose names are hard to write, or who have none."""

import re
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from html import escape
from html.parser import HTMLParser

import pytest

from scheduler.bootstrap import links_of, organisation_of
from scheduler.content.composing.compose import EmailComposer
from scheduler.content.rules.links import Allowed, host_of
from tests.shipped import OPT_OUT, Shipped, configuration, reader, texts

PLAIN = "Camille"
#: What makes each hard: too long, another script, a mark of HTML, Markdown, Jinja, Python or SQL.
NAMES = [
    *("Jérôme", "François", "Noël", "Zoë", "Maëlys", "Ængel", "Çağla", "Łukasz", "Đorđe", "Þóra"),
    *("Marie-Bérengère-" * 7 + "Florence", "L" * 120, "Anne Marie Louise", "Jean-Loup", "D'Arcy"),
    *("L’Hermite", "O`Neil", 'Jo "Jojo"', "Ana‐María", "M. (Mme)", "Smith & fils", "Al<b>ain</b>"),
    *("<script>alert(1)</script>", "</td></table>", "&eacute;", "{{ prenom }}", "{% if x %}"),
    *("{# x #}", "%(prenom)s", "100 %", "%%", "%s", "**gras**", "_it_", "# Titre", "> cité"),
    *("![x](y)", "`code`", "::: aide", "1. un", "---", r"a\b", "$x$"),
    *("美玲", "さくら", "지우", "ليلى", "שרה", "Ольга"),
    *("देवी", "ธิดา", "e\u0301le\u0300ne", "Z̷o̷e̷", "👩‍⚕️ Léa", "🇫🇷", "=?utf-8?q?x?="),
    *("'; DROP TABLE x; --", "null", "None", ".", "a\u00a0b"),
]
#: Names that a mail program makes a link of, wherever they stand.
LINKING = ["[x](https://a.example)", "https://a.example", "x@a.example", "www.gains.example"]
#: Names that hold what no name holds: a line end, a control sign, a change of direction.
MENDED = {"Ca\r\nmille": "Ca mille", "Ca\x00mille": "Camille", "\u202eellimaC": "ellimaC"}
_MARKS = re.compile(r"\{[{%#]|[}%#]\}|%\(|\*\*|\]\(|\[\[|^:::|^#|\\$", re.MULTILINE)
#: What a field leaves that had no value.
_HOLE = re.compile(r"[:(,][ \u00a0]*[.,;)]|[ \u00a0\u202f],|: *\n- |  | $", re.MULTILINE)
_ADDRESS = re.compile(r"\S*(?:https?://|@)\S*|(?:[\w-]+\.)+[a-z]{2,}\S*")
_NUMBERING = re.compile(r"^\s*\d+\. ", re.MULTILINE)
#: Travels in the message.
DRAWING = "cid:dessin"
_FETCHES = re.compile(r"<(?:script|link|iframe|object|embed|form)\b|@import|url\(|srcset", re.I)


@dataclass(frozen=True, slots=True)
class Case:
    text: Shipped
    composer: EmailComposer


@pytest.fixture(scope="module")
def case(request: pytest.FixtureRequest) -> Case:
    """One text, composed once, with every placeholder filled."""
    return Case(request.param, request.param.email(request.param.examples()))


every_email = pytest.mark.parametrize(
    "case", texts("email"), ids=lambda text: text.name, indirect=True
)


with_blanks = pytest.mark.parametrize(
    "text",
    {text.source.path: text for text in texts("email") if text.folder.placeholders}.values(),
    ids=lambda text: text.name,
)


def test_the_hard_names_are_sixty_and_more_and_each_another() -> None:
    assert len({*NAMES, *LINKING, *MENDED}) >= 60
    assert max(map(len, NAMES)) >= 120


@every_email
def test_a_name_changes_nothing_but_itself_and_stands_as_it_is_written(case: Case) -> None:
    page, words = seen_by(case, PLAIN)
    names = {name: name for name in NAMES} | MENDED
    assert page.count(PLAIN) == words.count(PLAIN) == 1

    for name, shown in names.items():
        for_them, in_words = seen_by(case, name)

        assert for_them == page.replace(PLAIN, escape(shown))
        assert in_words == words.replace(PLAIN, shown)


@every_email
def test_without_a_name_or_with_a_link_for_one_the_greeting_closes_up(case: Case) -> None:
    page, words = seen_by(case, PLAIN)

    absent = ["", " ", *LINKING]
    for fields in ({}, *({"prenom": name} for name in absent)):
        assert case.composer.html(reader(fields)) == page.replace(f" {PLAIN}", "")
        assert case.composer.text(reader(fields)) == words.replace(f" {PLAIN}", "")


@every_email
def test_no_mark_is_left_and_no_line_is_empty_twice(case: Case) -> None:
    _, words = seen_by(case, PLAIN)

    assert not _MARKS.search(words)
    assert "None" not in words
    assert "\n\n\n" not in words
    assert not _HOLE.search(in_paragraphs(words))


@every_email
def test_the_page_and_the_text_say_the_same(case: Case) -> None:
    page, words = seen_by(case, PLAIN)

    assert said(seen(page).words) == said(_NUMBERING.sub("", words))


@every_email
def test_the_page_is_small_fetches_nothing_and_leads_to_known_sites_only(case: Case) -> None:
    settings = configuration().settings
    allowed = Allowed.of(organisation_of(settings), links_of(settings))
    page, _ = seen_by(case, max(NAMES, key=len))

    found = seen(page)

    assert len(page.encode()) < 100_000
    assert not _FETCHES.search(page)
    assert not re.search(r"\son\w+=", page)
    assert {*found.sources} <= {DRAWING}
    assert all(link.startswith("https://") for link in found.links)
    assert {host_of(link) for link in found.links if not allowed.takes(host_of(link))} == set()
    assert OPT_OUT in found.links


@every_email
def test_the_page_says_its_language_and_has_one_title(case: Case) -> None:
    page, _ = seen_by(case, PLAIN)

    assert f'<html lang="{case.text.language}"' in page
    assert set(seen(page).languages) == {case.text.language}
    assert page.count("<h1") == 1


@every_email
def test_what_crosses_the_wire_reads_back_as_the_same(case: Case) -> None:
    for name in ("", PLAIN, "<b>{{ % }}</b> ليلى 👩‍⚕️"):
        fields = {"prenom": name}

        wire = case.composer.fill(reader(fields))

        message = message_from_bytes(wire, _class=EmailMessage, policy=policy.default)
        assert part(message, "html") == case.composer.html(reader(fields))
        assert part(message, "plain") == case.composer.text(reader(fields))
        assert message["Content-Language"] in (None, case.text.language)
        assert max(map(len, wire.split(b"\r\n"))) <= 998
        assert wire.isascii()


@with_blanks
def test_what_may_stay_unfilled_leaves_no_hole(text: Shipped) -> None:
    words = text.email(text.needed()).text(reader({}))

    assert not _HOLE.search(in_paragraphs(words))
    assert not _MARKS.search(words)


@with_blanks
def test_what_the_organisation_types_is_text_too(text: Shipped) -> None:
    hard = "<b>1er</b> {{ x }} % [a](https://a.example) **b** l’été"
    typed = {
        name: hard
        for name, one in text.folder.placeholders.items()
        if not one.max_length and name != "lien"
    }
    composer = text.email(text.examples() | typed)

    page, words = composer.html(reader({})), composer.text(reader({}))

    assert "<b>1er" not in page
    assert "a.example" not in "".join(seen(page).links)
    for name in typed:
        if "{{ " + name + " }}" in text.source.body:
            assert escape(hard, quote=False) in page
            assert re.sub(r"\s+", " ", hard) in re.sub(r"\s+", " ", words)


def seen_by(case: Case, name: str) -> tuple[str, str]:
    """The page and the text of a reader of this first name."""
    them = reader({"prenom": name})
    return case.composer.html(them), case.composer.text(them)


def part(message: EmailMessage, kind: str) -> str:
    body = message.get_body((kind,))
    assert body is not None
    return str(body.get_content()).replace("\r\n", "\n")


def in_paragraphs(words: str) -> str:
    """A text with its lines joined again that were broken at sixty columns."""
    return re.sub(r"(?<!\n)\n[ ]*(?!\n|- |\d+\. |[-=])", " ", words.strip())


def said(text: str) -> list[str]:
    """The words, without the addresses: a page hides some behind words, a text shows all."""
    return re.findall(r"\w+", _ADDRESS.sub(" ", text))


@dataclass
class Seen(HTMLParser):
    """What a page shows below its header, and what it refers to."""

    words: str = ""
    links: list[str] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)
    languages: list[str] = field(default_factory=list)
    _open: list[tuple[str, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag not in ("meta", "br", "img", "hr"):
            self._open.append((tag, given.get("class", "")))
        if given.get("src") == DRAWING:
            # Who doesn't see it is told.
            self.words += given["alt"]
        self.links += [given["href"]] if "href" in given else []
        self.sources += [given[name] for name in ("src", "background") if name in given]
        self.languages += [given["lang"]] if "lang" in given else []

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        classes = {name for _, names in self._open for name in names.split()}
        if classes & {"corps", "pied"} and not classes & {"adresse", "bouton-adresse"}:
            self.words += data


def seen(page: str) -> Seen:
    found = Seen()
    found.feed(page)
    return found
