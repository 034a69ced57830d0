"""The fields of message.yaml and of an e-mail's head, read and written a line at a time."""

from pathlib import Path

import pytest

from scheduler.content.head_fields import fields_of, has_fields, missing_siblings, with_fields

HEAD = "essai/message.yaml"
MAIL = "essai/email.fr.md"
YAML = """# En tête
title: "Essai"   # le titre
class: awareness
credit: l'un # à qui
channels: [email,
  sms]
slogan:
  text: "En octobre"
approval: false
"""
LETTER = '---\nsubject: "Un objet"\npreheader: >-\n  Une phrase\n  en deux\n---\nCorps.\n'
TEMPLATES = Path(__file__).parents[3] / "templates"


def values(path: str, content: str) -> dict[str, str]:
    return {one.key: one.value for one in fields_of(path, content)}


def test_a_field_is_read_with_its_lines() -> None:
    found = {one.key: one for one in fields_of(HEAD, YAML)}

    assert (found["title"].value, found["title"].first, found["title"].last) == ("Essai", 2, 2)
    assert (found["channels"].value, found["channels"].first) == ("email sms", 5)
    assert found["channels"].last == 6
    assert (found["web"].value, found["web"].first) == ("", 0)
    assert values(MAIL, LETTER) == {"subject": "Un objet", "preheader": "Une phrase en deux"}


def test_what_isnt_changed_stays_to_the_letter() -> None:
    assert with_fields(HEAD, YAML, values(HEAD, YAML)) == YAML
    assert with_fields(MAIL, LETTER, {}) == LETTER


def test_no_break_spaces_are_typed_and_stay() -> None:
    """Of every French subject that is gone over; nothing else that can't be seen does."""
    typed = "Qui frappe\u202f?\t« Ouvrez\u00a0»\n\x7f\u2028\x85 "
    mail = with_fields(MAIL, LETTER, {"subject": typed})

    assert values(MAIL, mail)["subject"] == "Qui frappe\u202f? « Ouvrez\u00a0»"
    assert (
        values(HEAD, with_fields(HEAD, YAML, {"title": typed}))["title"]
        == values(MAIL, mail)["subject"]
    )


@pytest.mark.parametrize("sign", ["\x85", "\u2028", "\u2029"])
def test_a_line_that_ends_unseen_is_mended_line_by_line(sign: str) -> None:
    """To YAML it is a line more: another line than the field's would be changed."""
    with pytest.raises(ValueError, match="end by signs"):
        fields_of(HEAD, YAML.replace("Essai", f"Es{sign}sai"))


def test_a_changed_field_is_one_line_changed_and_its_comment_stays() -> None:
    typed = values(HEAD, YAML) | {
        "title": 'Un « titre » : "deux" #3',
        "credit": "Moi",
        "channels": "sms",
        "approval": "true",
        "owner": "Ana",
    }
    changed = with_fields(HEAD, YAML, typed)

    assert changed.split("\n") == [
        "# En tête",
        'title: "Un « titre » : \\"deux\\" #3"   # le titre',
        'owner: "Ana"',
        "class: awareness",
        'credit: "Moi" # à qui',
        "channels: [sms]",
        "slogan:",
        '  text: "En octobre"',
        "approval: true",
        "",
    ]
    assert values(HEAD, changed) == typed


@pytest.mark.parametrize(
    "typed", ["{{ 7 * 7 }}", "a\n---\nb", "*x", "- x", "yes: no", "\\", "'", "<b>", "é " * 90]
)
def test_whatever_is_typed_is_words(typed: str) -> None:
    changed = with_fields(MAIL, LETTER, {"subject": typed})

    assert values(MAIL, changed)["subject"] == " ".join(typed.split())
    assert changed.endswith("---\nCorps.\n")
    assert values(MAIL, with_fields(MAIL, LETTER, {"preheader": typed}))["subject"] == "Un objet"


@pytest.mark.parametrize(
    ("path", "content"),
    [(MAIL, "Sans tête.\n"), (HEAD, "- a\n"), (HEAD, "a: [\n"), (HEAD, "title: {a: b}\n")],
)
def test_what_cant_be_read_is_for_no_form(path: str, content: str) -> None:
    with pytest.raises(ValueError, match=r"lines|words"):
        fields_of(path, content)


def test_every_shipped_head_is_read_and_stays_as_it_is() -> None:
    files = [*TEMPLATES.rglob("message.yaml"), *TEMPLATES.rglob("email*.md")]
    assert len(files) > 80
    for file in files:
        path, content = file.relative_to(TEMPLATES).as_posix(), file.read_text(encoding="utf-8")
        assert with_fields(path, content, values(path, content)) == content, path


def test_an_empty_file_gets_its_first_field() -> None:
    assert with_fields(HEAD, "", {"title": "Essai"}) == 'title: "Essai"\n'


def test_which_files_have_fields_and_which_siblings_lack() -> None:
    assert [has_fields(one) for one in (HEAD, MAIL, "essai/sms.fr.txt", "_snippets/a.fr.md")] == [
        *(True, True),
        *(False, False),
    ]
    assert missing_siblings(["email.fr.md", "email.en.md", "sms.staff.fr.txt", HEAD]) == [
        "email.fr-falc.md",
        "sms.staff.en.txt",
    ]
