import os
from pathlib import Path

import pytest

from scheduler.content.folder import Source
from scheduler.content.library import Library
from scheduler.content.rules.files import PatientLibrary
from scheduler.domain.errors import ContentError, NotFound
from scheduler.domain.message import MessageClass
from tests.samples.content import HEAD, MESSAGE, write

EMAIL = HEAD + "Bonjour\n"


def files(*names: str, channels: str = "email") -> dict[str, str]:
    texts = {f"a/porte/{name}": EMAIL if name.endswith(".md") else "Bonjour" for name in names}
    return {"a/porte/message.yaml": MESSAGE.format(channels=channels)} | texts


def fault_of(
    root: Path, text: str, path: str = "a/porte/message.yaml"
) -> tuple[str, int | None, str]:
    """Of message.yaml, which holds the whole folder, or of one text, which holds itself alone."""
    library = write(root, files("email.fr.md") | {path: text})
    try:
        fault = next(one.fault for one in library.load("a/porte").sources if one.fault)
    except ContentError as error:
        fault = error.fault
    return fault.where, fault.line, str(fault)


def test_a_message_is_read_from_its_folder(tmp_path: Path) -> None:
    library = write(tmp_path, files("email.staff.fr.md", "sms.fr-falc.txt", channels="email, sms"))

    message = library.load("a/porte")

    assert library.messages() == ["a/porte"]
    assert (message.title, message.message_class) == ("Fermer sa porte", MessageClass.AWARENESS)
    assert (message.credit, message.reviewed_by) == ("Agence Exemple", "")
    assert message.channels == ("email", "sms")
    placeholder = message.placeholders["date"]
    assert (placeholder.default, placeholder.required, placeholder.max_length) == (
        "mardi 6/10",
        False,
        14,
    )
    email, sms = message.sources
    assert (email.audience, email.variant, email.subject) == ("staff", "fr", "Fermer sa porte")
    assert (email.body, email.body_line, email.path) == (
        "Bonjour\n",
        5,
        "a/porte/email.staff.fr.md",
    )
    assert (sms.channel, sms.audience, sms.variant, sms.body) == ("sms", None, "fr-falc", "Bonjour")


def test_files_for_people_are_left_alone(tmp_path: Path) -> None:
    extra = {"a/porte/README.md": "x", "a/porte/.notes": "x", "a/porte/images/a.png": "x"}

    message = write(tmp_path, files("email.fr.md") | extra).load("a/porte")

    assert [source.path for source in message.sources] == ["a/porte/email.fr.md"]


@pytest.mark.parametrize(
    ("audience", "language", "easy", "expected"),
    [
        ("staff", "fr", False, "email.staff.fr.md"),
        ("staff", "fr", True, "email.staff.fr.md"),
        ("staff", "en", False, "email.staff.fr.md"),
        ("patients", "fr", False, "email.fr.md"),
        ("patients", "fr", True, "email.fr-falc.md"),
        ("patients", "en", False, "email.en.md"),
        ("patients", "en", True, "email.en.md"),
        ("patients", "de", True, "email.fr-falc.md"),
        ("patients", "de", False, "email.fr.md"),
    ],
)
def test_the_most_exact_text_wins(
    tmp_path: Path, audience: str, language: str, easy: bool, expected: str
) -> None:
    names = ("email.staff.fr.md", "email.fr.md", "email.fr-falc.md", "email.en.md")
    message = write(tmp_path, files(*names)).load("a/porte")

    picked = message.pick("email", audience, language, easy)

    assert isinstance(picked, Source)
    assert picked.path == f"a/porte/{expected}"


def test_a_channel_without_a_text_picks_none(tmp_path: Path) -> None:
    message = write(tmp_path, files("email.en.md")).load("a/porte")

    assert message.pick("sms", "staff", "en", False) is None
    assert message.pick("email", "staff", "de", False) is None


@pytest.mark.parametrize(
    "path",
    [
        *("", "..", "../a", "/etc", "a/../a/porte", "a//porte", "a/porte/", "a\\porte"),
        *("a/porte\0", "a/porte\n", "{}", "_snippets", "a/absent", "A/porte"),
    ],
)
def test_a_path_that_leads_to_no_message_is_not_found(tmp_path: Path, path: str) -> None:
    library = write(tmp_path, files("email.fr.md"))

    with pytest.raises(NotFound, match="aucun message"):
        library.load(path)


@pytest.mark.parametrize("name", ["../pied", "/pied", "pied.fr", "", "{}", "pied\0", "absent"])
def test_a_name_of_no_snippet_is_not_found(tmp_path: Path, name: str) -> None:
    with pytest.raises(NotFound, match="aucun extrait"):
        write(tmp_path, {}).snippet(name, "fr")


def test_an_easy_snippet_falls_back_to_the_plain_one(tmp_path: Path) -> None:
    library = write(tmp_path, {"_snippets/a.fr.md": "plain", "_snippets/b.fr-falc.md": "easy"})

    assert library.snippet("a", "fr-falc") == ("plain", "_snippets/a.fr.md")
    assert library.snippet("b", "fr-falc") == ("easy", "_snippets/b.fr-falc.md")
    assert library.snippets() == ["a", "b", "pied"]


GOOD = MESSAGE.format(channels="email")


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        (GOOD.replace("title:", "titel:"), 1, "vouliez-vous dire « title » ?"),
        (GOOD.replace("awareness", "publicite"), 2, "n'est pas une classe"),
        (GOOD.replace("class: awareness\n", ""), 1, "« class » manque"),
        (GOOD.replace("[email]", "email"), 4, "attend une liste"),
        (GOOD.replace("label", "libelle"), 6, "n'est pas un champ"),
        (GOOD.replace("14", "long"), 6, "attend un nombre"),
        (GOOD.replace("max_length: 14", "required: peut-être"), 6, "true ou false"),
        (GOOD.replace("  date:", "  Date-1:"), 6, "ne peut pas nommer un champ"),
        (GOOD + "title: encore\n", 7, "deux fois"),
        (GOOD.replace("Fermer", "[a]: Fermer"), 1, "ne se lisent pas"),
        (GOOD.replace("title: ", 'title: "'), 1, "un guillemet s'ouvre ici"),
        # One that is closed a line below is whole: what is wrong stands under it.
        ('title: "Fermer\n  sa porte"\nowner: a: b\n', 3, "ne se lisent pas"),
        (GOOD.replace("[email]", "[email"), 4, "un crochet ou une accolade s'ouvre ici"),
        ("- a\n- b\n", 1, "clé: valeur"),
        ("", 1, "« title » manque"),
        ("[" * 5000, 1, "crochets imbriqués"),
        ("a: &a [x]\nb: &b [*a, *a]\nc: [*b, *b]\n", 1, "n'est pas un champ"),
        ("title: !!python/object/apply:os.system [ls]\n", 1, "attend un texte"),
    ],
)
def test_a_fault_of_message_yaml_is_named(tmp_path: Path, text: str, line: int, what: str) -> None:
    where, at, message = fault_of(tmp_path, text)

    assert (where, at) == (f"{tmp_path.name}/a/porte/message.yaml", line)
    assert what in message


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        (EMAIL.replace("subject", "subjet"), 2, "vouliez-vous dire « subject » ?"),
        (EMAIL.replace("preheader: Trois gestes simples.\n", ""), 2, "« preheader » manque"),
        (EMAIL.replace("Fermer sa porte", "Porte : clé"), 2, "entre guillemets"),
        ("Bonjour\n", 1, "l'objet et le pré-en-tête manquent"),
        ("---\nsubject: a\n", 1, "l'en-tête n'est pas fermé"),
        ("subject: a\n", 1, "l'objet et le pré-en-tête manquent"),
        (EMAIL + "a\n\x07", 7, "caractère de contrôle"),
    ],
)
def test_a_fault_of_an_email_is_named(tmp_path: Path, text: str, line: int, what: str) -> None:
    where, at, message = fault_of(tmp_path, text, "a/porte/email.fr.md")

    assert (where, at) == (f"{tmp_path.name}/a/porte/email.fr.md", line)
    assert what in message


@pytest.mark.parametrize(
    ("channels", "what"), [("email, sms", "n'a pas de texte"), ("sms", "n'est pas dans channels")]
)
def test_channels_without_a_text_are_told_and_hold_no_other(
    tmp_path: Path, channels: str, what: str
) -> None:
    write(tmp_path, files("email.fr.md", channels=channels))

    faults = PatientLibrary(tmp_path).examine("a/porte").faults

    assert [(one.line, what in one.what) for one in faults] == [(4, True)]
    assert Library(tmp_path).load("a/porte").path == "a/porte"


@pytest.mark.parametrize("name", ["email.md", "email.fr.txt", "sms.fr.md", "Email.fr.md"])
def test_a_name_that_is_almost_a_texts_is_a_fault_and_holds_nothing(
    tmp_path: Path, name: str
) -> None:
    library = write(tmp_path, files("email.fr.md", name))

    assert [one.path for one in library.load("a/porte").sources] == ["a/porte/email.fr.md"]
    faults = PatientLibrary(tmp_path).examine("a/porte").faults
    assert [one.where.rpartition("/")[2] for one in faults] == [name]
    assert "ne dit pas à quoi il sert" in faults[0].what


#: What editors, systems, office suites and people leave beside a text.
STRAYS = [
    *("Thumbs.db", "desktop.ini", ".DS_Store", "._email.fr.md", "~$email.fr.docx"),
    *("email.fr.md~", "#email.fr.md#", ".#email.fr.md", ".email.fr.md.swp", "email.fr.md.bak"),
    *("email.fr.md.orig", "email.fr.md.rej", "email.fr.md.tmp", "email.fr.old.md"),
    *("Copie de email.fr.md", "email.fr - Copie.md", "email.fr (1).md", "email.fr copie.md"),
    *("email.fr-copie.md", "email.fr.docx", "email.fr.html", ".~lock.email.fr.docx#", "notes"),
    *("message.yaml~", "message (1).yaml", "brouillon.md", "email.fr.md.sync-conflict-2026.md"),
]


@pytest.mark.parametrize("name", STRAYS)
def test_what_is_no_text_is_left_alone_and_told(tmp_path: Path, name: str) -> None:
    library = write(tmp_path, files("email.fr.md", "sms.fr.txt", channels="email, sms"))
    (tmp_path / "a/porte" / name).write_bytes(b"\xff\x00")

    folder = library.load("a/porte")

    assert [one.fault for one in folder.sources] == [None, None]
    assert library.messages() == ["a/porte"]
    assert PatientLibrary(tmp_path).examine("a/porte").faults == []
    assert PatientLibrary(tmp_path).strays() == [f"a/porte/{name}"]


def test_strays_are_found_wherever_they_lie(tmp_path: Path) -> None:
    lying = [
        *("Thumbs.db", "_snippets/pied.fr.md~", "_snippets/Copie de pied.fr.md", "a/notes.txt"),
        *("_layouts/email.html.bak", "a/porte/images/logo.png", "a/porte - Copie/message.yaml"),
        *("brouillons/email.fr.md", ".git/config", "README.md", "a/.gitkeep"),
    ]
    write(tmp_path, files("email.fr.md") | dict.fromkeys(lying, "x"))
    (tmp_path / os.fsdecode(b"a/porte/caf\xe9\n.md")).write_text("x")

    assert PatientLibrary(tmp_path).strays() == [
        "Thumbs.db",
        "_layouts/email.html.bak",
        "_snippets/Copie de pied.fr.md",
        "_snippets/pied.fr.md~",
        "a/notes.txt",
        "a/porte - Copie/",
        "a/porte/caf\ufffd\ufffd.md",
        "a/porte/images/",
        "brouillons/",
    ]
    assert Library(tmp_path).snippets() == ["pied"]
    assert Library(tmp_path).messages() == ["a/porte"]
    assert [one.path for one in PatientLibrary(tmp_path).shared_texts()] == ["_snippets/pied.fr.md"]


def test_another_encoding_is_named_with_its_line(tmp_path: Path) -> None:
    library = write(tmp_path, files("email.fr.md"))
    (tmp_path / "a/porte/email.fr.md").write_bytes((EMAIL + "été").encode("cp1252"))

    fault = library.load("a/porte").sources[0].fault

    assert fault is not None
    assert (fault.line, "UTF-8" in fault.what) == (6, True)


def test_a_byte_order_mark_and_dos_line_ends_are_fine(tmp_path: Path) -> None:
    library = write(tmp_path, files("email.fr.md"))
    (tmp_path / "a/porte/email.fr.md").write_bytes(EMAIL.replace("\n", "\r\n").encode("utf-8-sig"))

    assert library.load("a/porte").sources[0].body == "Bonjour\n"


def test_a_missing_layout_is_a_fault(tmp_path: Path) -> None:
    library = write(tmp_path, {})
    (tmp_path / "_layouts/email.html").unlink()

    with pytest.raises(ContentError, match="ce fichier manque"):
        library.layout()
