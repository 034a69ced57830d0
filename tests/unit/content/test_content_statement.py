"""The accessibility statement: what its files may say, and what stands in where there is none."""

from pathlib import Path

import pytest

from scheduler.content import statement
from scheduler.content.library import Library
from scheduler.content.rules.files import PatientLibrary
from scheduler.domain.showing.public_pages import Conformity
from tests.shipped import ROOT

GOOD = "---\nstate: partial\n---\n# Déclaration\n\n{{ organisation }}\n"


def write(root: Path, language: str, text: str) -> None:
    file = root / "_pages" / f"accessibilite.{language}.md"
    file.parent.mkdir(exist_ok=True)
    file.write_text(text, encoding="utf-8")


@pytest.mark.parametrize("language", statement.LANGUAGES)
def test_what_stands_in_is_what_is_shipped(language: str) -> None:
    name = f"accessibilite.{language}.md"

    assert (ROOT / "scheduler/content" / name).read_bytes() == (
        ROOT / "templates/_pages" / name
    ).read_bytes()


def test_older_templates_have_the_statement_that_claims_nothing(tmp_path: Path) -> None:
    for language in statement.LANGUAGES:
        found = statement.statement_in(tmp_path, language)

        assert (found.language, found.state) == (language, Conformity.NONE)
    assert list(statement.faults(Library(tmp_path))) == []


def test_an_edit_shows_at_once(tmp_path: Path) -> None:
    write(tmp_path, "fr", GOOD)
    assert statement.statement_in(tmp_path, "fr").state is Conformity.PARTIAL

    write(tmp_path, "fr", GOOD.replace("partial", "full"))

    assert statement.statement_in(tmp_path, "fr").state is Conformity.FULL


def test_a_value_is_shown_as_it_is(tmp_path: Path) -> None:
    write(tmp_path, "fr", GOOD)

    html = statement.as_html(
        statement.statement_in(tmp_path, "fr"), {"organisation": "**CH** <b>d’Essai</b>"}
    )

    assert "<p>**CH** &lt;b&gt;d’Essai&lt;/b&gt;</p>" in html


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("# Déclaration\n", 1, "l'état de conformité manque"),
        ("---\nstate: plein\n---\nTexte\n", 2, "« plein » n'est pas un état de conformité"),
        ("---\nétat: full\n---\nTexte\n", 2, "« état » n'est pas un champ"),
        ("---\nstate: full\n---\n\n", 4, "le texte est vide"),
        ("---\nstate: full\n---\nTexte\n\n{{ nom }}\n", 6, "« nom » n'est pas un champ"),
        ("---\nstate: full\n---\n[ici](http://a.example)\n", 4, "le lien vers"),
    ],
)
def test_a_fault_is_told_with_its_line_and_claims_nothing(
    tmp_path: Path, text: str, line: int, what: str
) -> None:
    write(tmp_path, "fr", text)

    [fault] = statement.faults(Library(tmp_path))

    assert (fault.where, fault.line) == (f"{tmp_path.name}/_pages/accessibilite.fr.md", line)
    assert fault.what.startswith(what)
    assert statement.statement_in(tmp_path, "fr").state is Conformity.NONE


def test_two_languages_claim_the_same(tmp_path: Path) -> None:
    write(tmp_path, "fr", GOOD)
    write(tmp_path, "en", GOOD.replace("partial", "full"))

    [fault] = statement.faults(Library(tmp_path))

    assert fault.where.endswith("accessibilite.en.md")
    assert fault.remedy == "écrivez state: partial, ou corrigez l'autre"
    assert statement.statement_in(tmp_path, "en").language == "fr"


def test_only_the_statement_is_read_among_the_pages(tmp_path: Path) -> None:
    write(tmp_path, "fr", GOOD)
    write(tmp_path, "de", GOOD)

    assert PatientLibrary(tmp_path).strays() == ["_pages/accessibilite.de.md"]
