from dataclasses import replace
from pathlib import Path

import pytest

from scheduler.content.composing.content import Content, freeze
from scheduler.domain.calendar.campaigns import Audience, AudienceField
from scheduler.domain.errors import ContentError
from tests.samples.content import HEAD, LAYOUT, MESSAGE, STAFF, email_content, write

SMS_MESSAGE = MESSAGE.format(channels="sms")


def sms_content(root: Path, text: str, audience: Audience = STAFF) -> Content:
    library = write(root, {"porte/message.yaml": SMS_MESSAGE, "porte/sms.fr.txt": text})
    folder = library.load("porte")
    return freeze(library, folder, folder.sources[0], audience, {})


def test_a_frozen_content_holds_all_that_composing_needs(tmp_path: Path) -> None:
    content = email_content(
        tmp_path, "Bonjour\n\n{{ snippet('aide') }}\n", aide="Appelez {{ contact }}.\n"
    )

    assert content.body == "Bonjour\n\nAppelez {{ contact }}.\n"
    assert content.layout == LAYOUT
    assert "page_desinscription" in content.footer
    assert content.values == {"date": "mardi 6/10"}
    assert content.field_names == ("prenom", "service")
    assert (content.audience, content.language, content.message) == ("staff", "fr", "porte")


def test_json_gives_the_same_content_back(tmp_path: Path) -> None:
    content = email_content(tmp_path)

    restored = Content.from_json(content.to_json())

    assert restored == content
    assert restored.fingerprint == content.fingerprint


def test_the_fingerprint_changes_with_any_word(tmp_path: Path) -> None:
    content = email_content(tmp_path)

    assert content.fingerprint != replace(content, credit="autre").fingerprint
    assert len(content.fingerprint) == 64


def test_an_sms_needs_no_layout(tmp_path: Path) -> None:
    content = sms_content(tmp_path, "Cybermois {{ date }}.\n")

    assert (content.body, content.layout, content.footer) == ("Cybermois {{ date }}.", "", "")
    assert content.field_names == ()


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("Bonjour {{ prenom }}", "« prenom » est un champ de contact"),
        ("Bonjour {{ dat }}", "vouliez-vous dire « date » ?"),
        ("Bonjour\nà vous", "une seule ligne"),
        ("\n", "le texte est vide"),
        ("{{ snippet('aide') }}", "un appel n'a pas sa place"),
    ],
)
def test_a_fault_of_an_sms_is_named(tmp_path: Path, text: str, what: str) -> None:
    with pytest.raises(ContentError, match=r"sms\.fr\.txt:1") as error:
        sms_content(tmp_path, text)

    assert what in str(error.value)


@pytest.mark.parametrize(
    ("body", "line", "what"),
    [
        ("a\n\n{{ prenon }}", 7, "vouliez-vous dire « prenom » ?"),
        ("a\n{% if prenom %}\nb\n", 7, "{% if … %} n'est pas fermé"),
        ("{% if prenom %}\n\n{% endif %}\n[x](http://example.org)", 8, "refusé"),
        ("{% if prenom %}\na\n{% else %}\n![x](a)\n{% endif %}", 8, "une image"),
        ("[x](https://example.org/{{ prenom }})", 5, "un champ de contact est dans un lien"),
        ("[{{ prenom }}](https://example.org)", 5, "un champ de contact est dans un lien"),
        ("[[{{ prenom }}|https://example.org]]", 5, "un champ de contact est dans un lien"),
        ("<https://example.org/{{ prenom }}>", 5, "un champ de contact est dans un lien"),
        ("a\n{{ snippet('aid') }}", 6, "vouliez-vous dire « aide » ?"),
        ("a\n{{ snippet('../pied') }}", 6, "aucun extrait"),
        ("{{ snippet(prenom) }}", 5, "un appel n'a pas sa place"),
        (" \n", 5, "le texte est vide"),
    ],
)
def test_a_fault_of_an_email_is_named_at_its_line(
    tmp_path: Path, body: str, line: int, what: str
) -> None:
    with pytest.raises(ContentError) as error:
        email_content(tmp_path, body, aide="Appelez-nous.")

    assert error.value.fault.where == f"{tmp_path.name}/porte/email.fr.md"
    assert error.value.fault.line == line
    assert what in str(error.value)


def test_a_fault_of_a_snippet_is_named_in_its_own_file(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match=r"_snippets/aide\.fr\.md:2: .*contacte"):
        email_content(tmp_path, "{{ snippet('aide') }}", aide="a\n{{ contacte }}")


def test_a_snippet_holds_no_snippet(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match=r"aide\.fr\.md:1: un appel"):
        email_content(tmp_path, "{{ snippet('aide') }}", aide="{{ snippet('aide') }}")


@pytest.mark.parametrize(
    ("head", "line"),
    [
        ("subject: 'Oui {{ prenom }}'\npreheader: Trois gestes.", 2),
        ("subject: Oui\npreheader: 'Oui {{ prenom }}'", 3),
    ],
)
def test_a_contact_field_never_enters_subject_or_preheader(
    tmp_path: Path, head: str, line: int
) -> None:
    with pytest.raises(ContentError, match="« prenom » est un champ de contact") as error:
        email_content(tmp_path, head=f"---\n{head}\n---\n")

    assert error.value.fault.line == line


def test_a_field_of_contacts_is_not_for_the_footer(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match=r"pied\.fr\.md:1: « prenom » est un champ de contact"):
        email_content(tmp_path, pied="{{ prenom }} {{ page_desinscription }}")


@pytest.mark.parametrize(
    ("values", "what"),
    [
        ({"dat": "x"}, "vouliez-vous dire « date » ?"),
        ({"date": "mercredi 14/10/26"}, "fait 17 caractères"),
    ],
)
def test_a_value_that_fits_no_placeholder_is_named(
    tmp_path: Path, values: dict[str, str], what: str
) -> None:
    with pytest.raises(ContentError, match=what):
        email_content(tmp_path, values=values)


def test_a_required_placeholder_must_be_filled(tmp_path: Path) -> None:
    message = MESSAGE.format(channels="email").replace("default: mardi 6/10, ", "")

    with pytest.raises(ContentError, match=r"« date » \(Date\) n'est pas rempli"):
        email_content(tmp_path, message=message, values={"date": " \n"})


def test_an_optional_placeholder_may_stay_empty(tmp_path: Path) -> None:
    message = MESSAGE.format(channels="email").replace("default: mardi 6/10", "required: false")

    assert email_content(tmp_path, message=message).values == {"date": ""}


@pytest.mark.parametrize("name", ["prenom", "organisation", "audience", "snippet"])
def test_a_placeholder_takes_no_name_that_means_something_else(tmp_path: Path, name: str) -> None:
    message = MESSAGE.format(channels="email").replace("date:", f"{name}:", 1)

    with pytest.raises(ContentError, match=f"« {name} » désigne deux choses"):
        email_content(tmp_path, message=message)


def test_a_contact_field_takes_no_name_of_the_program(tmp_path: Path) -> None:
    audience = replace(STAFF, fields=[AudienceField(name="contact", label="Contact")])

    with pytest.raises(ContentError, match="« contact » désigne deux choses"):
        sms_content(tmp_path, "Bonjour", audience)


@pytest.mark.parametrize(
    "line",
    [
        "<script>x</script>",
        "<SCRIPT src=x>",
        '<link rel="stylesheet" href="https://example.org/a.css">',
        '<img src="https://example.org/a.png">',
        "<img src=//example.org/a.png>",
        '<td background="https://example.org/a.png">',
        "<style>p { background: url(https://example.org/a.png) }</style>",
        "<style>@import 'https://example.org/a.css';</style>",
        '<iframe src="x"></iframe>',
        '<p onclick="x">',
        '<meta http-equiv="refresh" content="0">',
        "{{ organisation.__class__ }}",
        "{{ prenom }}",
    ],
)
def test_a_layout_loads_and_runs_nothing(tmp_path: Path, line: str) -> None:
    library = write(tmp_path, {"porte/message.yaml": MESSAGE.format(channels="email")})
    write(tmp_path, {"porte/email.fr.md": HEAD + "a", "_layouts/email.html": f"{LAYOUT}{line}\n"})
    folder = library.load("porte")

    with pytest.raises(ContentError, match=r"email\.html:7"):
        freeze(library, folder, folder.sources[0], STAFF, {})


def test_a_paragraph_without_end_is_refused_before_it_is_read(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="paragraphe") as refused:
        email_content(tmp_path, "Un.\n\n" + "[" * 40_000)

    assert refused.value.fault.line == 7


def test_a_text_calls_few_shared_texts(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="textes communs"):
        email_content(tmp_path, '{{ snippet("aide") }}\n\n' * 21, aide="Une aide.")
