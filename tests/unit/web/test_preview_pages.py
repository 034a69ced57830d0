"""The pieces of the live preview: looks, numbered lines, costs, notes, changes of files."""

import os
import re
from pathlib import Path

import pytest

from scheduler.bootstrap import App
from scheduler.content.rules.client_support import notes_for
from scheduler.content.rules.client_support_data import NOTES
from scheduler.content.sms import SmsSuffix
from scheduler.domain.checking.findings import Finding, Severity
from scheduler.flow.writing.preview import read_sms
from scheduler.web.desk.live import fingerprint
from scheduler.web.desk.looks import show
from scheduler.web.desk.numbered import elsewhere, numbered_files
from scheduler.web.desk.sample_people import full_name, sample_people
from scheduler.web.desk.sms_facts import sms_facts
from tests.template_copies import TEMPLATES
from tests.worlds import make_world

MESSAGE = "cybermois/annonce"
DARK = "@media screen and (prefers-color-scheme: dark) { p { color: #fff } }"


def finding(file: str, line: int | None = None, severity: Severity = Severity.FAULT) -> Finding:
    return Finding(
        file=file, line=line, rule="structure", severity=severity, message="m", remedy="r"
    )


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A folder with one message, one snippet and a layout."""
    folder = tmp_path / "templates"
    for name, text in {
        f"{MESSAGE}/message.yaml": "title: Annonce\n",
        f"{MESSAGE}/sms.fr.txt": "Un\r\ndeux\x07\n",
        "_snippets/pied.fr.md": "Pied\n",
        "_layouts/email.html": "<p></p>\n",
        "_images/masque.png": "dessin",
        "cybermois/bilan/sms.fr.txt": "Bilan\n",
    }.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8", newline="")
    return tmp_path


@pytest.mark.parametrize(
    "changed",
    [f"{MESSAGE}/sms.fr.txt", "_snippets/pied.fr.md", "_layouts/email.html", "_images/masque.png"],
)
def test_a_change_of_any_file_of_a_message_is_seen(root: Path, changed: str) -> None:
    before = fingerprint(root / "templates", MESSAGE)

    os.utime(root / "templates" / changed, (1, 1))

    assert fingerprint(root / "templates", MESSAGE) != before


def test_another_message_and_an_editors_hidden_copy_change_nothing(root: Path) -> None:
    templates = root / "templates"
    before, all_before = fingerprint(templates, MESSAGE), fingerprint(templates)

    (templates / MESSAGE / ".sms.fr.txt.swp").write_text("x", encoding="utf-8")
    (templates / MESSAGE / "sms.fr.txt~").write_text("x", encoding="utf-8")
    os.utime(templates / "cybermois/bilan/sms.fr.txt", (1, 1))

    assert fingerprint(templates, MESSAGE) == before
    assert fingerprint(templates) != all_before


@pytest.mark.parametrize("path", ["..", "../audiences", "/etc", "a/../../.."])
def test_nothing_outside_the_templates_is_looked_at(root: Path, path: str) -> None:
    with pytest.raises(ValueError, match=re.escape(path)):
        fingerprint(root / "templates", path)


def test_each_finding_stands_at_its_line_and_the_texts_shown_come_first(root: Path) -> None:
    shown, snippet = f"templates/{MESSAGE}/sms.fr.txt", "templates/_snippets/pied.fr.md"
    found = [
        finding(shown, 2),
        finding(shown),
        finding(snippet, 1),
        finding("templates/../audiences/x", 1),
    ]

    files = numbered_files(root, MESSAGE, found, [shown])

    assert [one.file for one in files] == [
        shown,
        f"templates/{MESSAGE}/message.yaml",
        snippet,
    ]
    first = files[0]
    assert [(line.number, line.text, line.findings) for line in first.lines] == [
        (1, "Un", []),
        (2, "deux\ufffd", [found[0]]),
    ]
    assert first.findings == [found[1]]
    assert [one.is_open for one in files] == [True, False, True]
    assert elsewhere(files, found) == [found[3]]


def test_a_finding_beyond_the_last_line_is_not_lost(root: Path) -> None:
    file = f"templates/{MESSAGE}/message.yaml"

    (one, _) = numbered_files(root, MESSAGE, [finding(file, 99, Severity.WARNING)], [file])

    assert len(one.all_findings) == 1


def test_a_dark_screen_is_shown_on_any_screen_and_so_is_a_light_one() -> None:
    page = f'<meta name="color-scheme" content="light dark"><style>{DARK}</style>'

    dark, light = show(page, "dark"), show(page, "light")

    assert "@media screen and (min-width: 0) {" in dark
    assert 'content="dark"' in dark
    assert "@media screen and (max-width: 0) {" in light
    assert 'content="light"' in light


def test_without_images_their_words_stand_in_their_place() -> None:
    page = '<img src="cid:a" alt="Un &lt;cadenas&gt;"><img alt=\'\' src="cid:b"><img src="cid:c">'

    shown = show(page, "no-images")

    assert "<img" not in shown
    assert shown.count("<span") == 1
    assert ">Un &lt;cadenas&gt;</span>" in shown


def test_the_suffix_is_told_apart_and_each_costly_sign_has_its_spelling() -> None:
    view = read_sms("Forêt\u00a0😀 [5 €] Stop : sms.example.org/ESSAI000".encode())

    facts = sms_facts(view, SmsSuffix.of("CHESSAI", "https://sms.example.org"))

    assert (facts.body, facts.suffix) == (
        "Forêt\u00a0😀 [5 €]",
        " Stop : sms.example.org/ESSAI000",
    )
    assert list(facts.costly) == [("ê", "e"), ("\u00a0", " "), ("😀", "")]
    assert list(facts.double) == []


def test_the_signs_that_count_twice_are_named_where_they_do() -> None:
    facts = sms_facts(
        read_sms("[5 €] [6 €]".encode()), SmsSuffix.of("CHESSAI", "https://sms.example.org")
    )

    assert (list(facts.double), facts.suffix) == (["[", "€", "]"], "")


def test_a_note_is_told_only_for_what_the_html_uses() -> None:
    assert notes_for("<p>Bonjour</p>") == []
    (note,) = notes_for('<td style="border-radius: 4px">x</td>')

    assert note.feature == "border-radius"
    assert note.address == "https://www.caniemail.com/features/css-border-radius/"


def test_every_note_is_whole() -> None:
    for note in NOTES:
        assert note.without
        assert note.seen.endswith(".")
        assert "’" not in note.seen, "typography comes later"
    assert len({note.page for note in NOTES}) == len(NOTES)


async def test_the_layout_as_it_leaves_uses_what_the_notes_are_about(tmp_path: Path) -> None:
    layout = (TEMPLATES / "_layouts/email.html").read_text(encoding="utf-8")

    found = {note.feature for note in notes_for(layout)}

    assert {"<style>", "@media (max-width)", "@media (prefers-color-scheme)"} <= found


async def test_sample_people_are_read_from_their_file_by_name(tmp_path: Path) -> None:
    app: App = await make_world(tmp_path)
    staff = app.configuration.audience("staff")
    folder = tmp_path / "audiences/samples"
    nobody = sample_people(app.configuration, staff)
    folder.mkdir()
    (folder / "staff.csv").write_text(
        "matricule;prenom;email;telephone\nA9;Zoé;zoe@example.org;\nA8;;;+33 6 39 98 00 01\n",
        encoding="utf-8",
    )

    found = sample_people(app.configuration, staff)
    (folder / "staff.csv").write_bytes(b"\x00\x01")
    unreadable = sample_people(app.configuration, staff)
    await app.close()

    assert (nobody, unreadable) == ([], [])
    assert [full_name(one) for one in found] == ["A8", "Zoé"]
    assert found[0].phone == "+33639980001"
    assert found[1].email == "zoe@example.org"
