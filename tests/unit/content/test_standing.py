"""Files below, edits above: one folder that is read as templates/ is."""

import os
from pathlib import Path

import pytest

from scheduler.content.library import Library
from scheduler.content.standing import file_text, lay, may_be_edited, texts_of

MESSAGE = "cybermois/annonce"
TEXT = f"{MESSAGE}/email.staff.fr.md"


def letter(body: str) -> str:
    return f"---\nsubject: Objet\npreheader: Avant\n---\n{body}\n"


@pytest.fixture
def base(tmp_path: Path) -> Path:
    templates = tmp_path / "templates"
    for path, text in {
        f"{MESSAGE}/message.yaml": "title: Annonce\n",
        TEXT: letter("Le fichier."),
        f"{MESSAGE}/quiz.staff.fr.yaml": "title: Quiz\n",
        f"{MESSAGE}/notes.txt": "à part",
        "_snippets/pied.fr.md": "Pied.\n",
        "_layouts/email.html": "<html>",
    }.items():
        (templates / path).parent.mkdir(parents=True, exist_ok=True)
        (templates / path).write_text(text, encoding="utf-8")
    return templates


def test_an_edit_stands_and_every_other_file_is_the_writers_own(base: Path, tmp_path: Path) -> None:
    laid = lay(base, {TEXT: letter("Publié.")}, tmp_path / "laid")

    library = Library(laid)
    assert laid.name == "templates"
    assert file_text(laid, TEXT) == letter("Publié.")
    assert file_text(base, TEXT) == letter("Le fichier.")
    assert library.snippet("pied", "fr")[0] == "Pied.\n"
    (base / "_snippets/pied.fr.md").write_text("Nouveau pied.\n", encoding="utf-8")
    assert library.snippet("pied", "fr")[0] == "Nouveau pied.\n"


def test_an_edit_below_a_linked_folder_leaves_what_it_leads_to_alone(
    base: Path, tmp_path: Path
) -> None:
    elsewhere = tmp_path / "ailleurs"
    (base / "cybermois").rename(elsewhere)
    (base / "cybermois").symlink_to(elsewhere)

    laid = lay(base, {TEXT: letter("Publié.")}, tmp_path / "laid")

    assert file_text(laid, TEXT) == letter("Publié.")
    assert file_text(base, TEXT) == letter("Le fichier.")
    assert file_text(laid, f"{MESSAGE}/message.yaml") == "title: Annonce\n"


def test_the_same_is_laid_once_and_something_else_beside_it(base: Path, tmp_path: Path) -> None:
    folder = tmp_path / "laid"
    first = lay(base, {TEXT: "a"}, folder)
    again = lay(base, {TEXT: "a"}, folder)
    other = lay(base, {TEXT: "b"}, folder, first)
    (base / "_snippets/neuf.fr.md").write_text("Neuf.\n", encoding="utf-8")
    wider = lay(base, {TEXT: "b"}, folder)

    assert first == again
    assert len({first, other, wider}) == 3
    assert (wider / "_snippets/neuf.fr.md").read_text(encoding="utf-8") == "Neuf.\n"
    assert [one.name for one in folder.iterdir() if one.name.startswith(".")] == []
    assert folder.stat().st_mode & 0o077 == 0


def test_what_nobody_used_for_days_goes_and_what_is_read_stays(base: Path, tmp_path: Path) -> None:
    folder = tmp_path / "laid"
    old, running = lay(base, {TEXT: "a"}, folder), lay(base, {TEXT: "b"}, folder)
    for one in (old, running):
        os.utime(one.parent, (0, 0))

    fresh = lay(base, {TEXT: "c"}, folder, running)

    assert [one.exists() for one in (old, running, fresh)] == [False, True, True]


def test_an_edit_whose_message_is_gone_is_read_by_nobody(base: Path, tmp_path: Path) -> None:
    laid = lay(base, {"parti/message.yaml": "title: Parti\n"}, tmp_path / "laid")

    assert not (laid / "parti").exists()


@pytest.mark.parametrize(
    "path",
    [
        TEXT,
        f"{MESSAGE}/message.yaml",
        f"{MESSAGE}/email.patients.en.md",
        f"{MESSAGE}/quiz.staff.fr.yaml",
        "_snippets/pied.fr.md",
        "_snippets/pied.en.md",
    ],
)
def test_texts_of_a_message_that_is_there_and_their_siblings_may_be_edited(
    base: Path, path: str
) -> None:
    assert may_be_edited(base, path)


@pytest.mark.parametrize(
    "path",
    [
        "",
        "/",
        "config.yaml",
        "../config.yaml",
        f"{MESSAGE}/../../../etc/passwd",
        f"{MESSAGE}/../annonce/email.staff.fr.md",
        f"./{TEXT}",
        f"/{TEXT}",
        f"{TEXT}/",
        f"{TEXT}\n",
        f"{TEXT}\x00",
        f"{MESSAGE}/.message.yaml",
        f"{MESSAGE}/notes.txt",
        f"{MESSAGE}/sms.staff.fr.txt",
        f"{MESSAGE}/quiz.patients.fr.yaml",
        f"{MESSAGE}/email.staff.fr.md.bak",
        f"{MESSAGE}/email.STAFF.fr.md",
        "cybermois/autre/email.staff.fr.md",
        "_layouts/email.html",
        "_snippets/inconnu.fr.md",
        "_snippets/../config.yaml",
        "_images/porte.png",
        "C:\\templates\\x",
        "..%2fconfig.yaml",
    ],
)
def test_no_other_file_may(base: Path, path: str) -> None:
    assert not may_be_edited(base, path)


def test_the_texts_of_a_message_are_listed_its_head_first(base: Path) -> None:
    assert texts_of(base, MESSAGE) == [
        f"{MESSAGE}/message.yaml",
        TEXT,
        f"{MESSAGE}/quiz.staff.fr.yaml",
    ]
