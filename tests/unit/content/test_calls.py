"""Whom a reader may call: staff's line by place of work, patients' line, and nothing at all."""

from dataclasses import replace
from pathlib import Path

import pytest

from scheduler.content.composing.compose import EmailComposer, SmsComposer
from scheduler.content.composing.content import Content, freeze
from scheduler.content.rules.calls import unguarded
from scheduler.content.rules.passage import Passage
from scheduler.content.sms import SmsSuffix
from scheduler.domain.calendar.campaigns import AudienceField, People
from scheduler.domain.errors import ContentError
from scheduler.domain.organisation import NO_SUPPORT, Support
from tests.samples.content import (
    GROUNDS,
    HEAD,
    LINKS,
    MESSAGE,
    ORGANISATION,
    SENDER,
    STAFF,
    email_content,
    part,
    read,
    recipient,
    write,
)

SUPPORT = Support(
    default="poste 4242, jour et nuit",
    by_establishment=(("Site Nord", "poste 5252, de 8 h à 18 h"), ("Site d’Été", "poste 6262")),
)
BODY = "{% if assistance %}Appelez : {{ assistance }}.{% else %}Demandez.{% endif %}\n"
SUFFIX = SmsSuffix.of("CHESSAI", "https://sms.example.org")


@pytest.mark.parametrize(
    ("establishment", "line"),
    [
        ("", "poste 4242, jour et nuit"),
        ("Site Sud", "poste 4242, jour et nuit"),
        ("Site Nord", "poste 5252, de 8 h à 18 h"),
        (" site  NORD ", "poste 5252, de 8 h à 18 h"),
        ("site d'été", "poste 6262"),
    ],
)
def test_a_reader_is_told_the_line_of_where_they_work(establishment: str, line: str) -> None:
    assert SUPPORT.line(establishment) == line


def test_only_staff_are_told_the_line_of_staff() -> None:
    organisation = replace(ORGANISATION, support=SUPPORT)

    told = {people: organisation.support_for(people) for people in People}

    assert told == {
        People.STAFF: SUPPORT,
        People.PATIENTS: NO_SUPPORT,
        People.UNSAID: NO_SUPPORT,
    }


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("poste 4242, jour et nuit", "4242"),
        ("06 39 98 00 00, de 9 h à 17 h 30", "06 39 98 00 00"),
        ("4242", "4242"),
        ("poste 4242 le jour, 5252 la nuit", "«\u00a0poste 4242 le jour, 5252 la nuit\u00a0»"),
        ("l’astreinte, par le standard", "«\u00a0l’astreinte, par le standard\u00a0»"),
        ("", ""),
    ],
)
def test_a_reader_of_another_language_is_told_what_is_dialled(typed: str, told: str) -> None:
    organisation = replace(ORGANISATION, help=typed, support=Support(default=typed))

    for variant in ("en", "de"):
        assert organisation.help_for(variant) == told
        assert organisation.support_for(People.STAFF, variant).default == told
    for variant in ("fr", "fr-falc"):
        assert organisation.help_for(variant) == typed
        assert organisation.support_for(People.STAFF, variant).default == typed


def test_a_reader_of_english_is_told_the_line_typed_for_them() -> None:
    organisation = replace(
        ORGANISATION,
        support=SUPPORT,
        help="06 39 98 00 00, de 9 h à 17 h",
        support_en=Support(
            default="extension 4242, day and night",
            by_establishment=(("site nord", "extension 5252, 8 am to 6 pm"),),
        ),
        help_en="06 39 98 00 00, 9 am to 5 pm",
    )

    staff = organisation.support_for(People.STAFF, "en")

    assert organisation.help_for("en") == "06 39 98 00 00, 9 am to 5 pm"
    assert staff.line() == "extension 4242, day and night"
    assert staff.line("Site Nord") == "extension 5252, 8 am to 6 pm"
    assert staff.line("Site d’Été") == "6262"
    assert organisation.support_for(People.STAFF, "de").line() == "4242"
    assert organisation.support_for(People.PATIENTS, "en") == NO_SUPPORT
    assert {*organisation.staff_numbers} == {"4242", "5252", "6262"}


def test_each_reader_of_one_composed_text_is_told_their_own_line(tmp_path: Path) -> None:
    compose = _composer(email_content(tmp_path, BODY), SUPPORT)

    north = read(compose.fill(recipient(etablissement="Site Nord")))
    south = read(compose.fill(recipient(etablissement="Site Sud")))

    assert "Appelez : poste 5252, de 8 h à 18 h." in part(north, "plain")
    assert "Appelez : poste 5252, de 8 h à 18 h." in part(north, "html")
    assert "Appelez : poste 4242, jour et nuit." in part(south, "plain")


def test_without_a_line_the_other_words_are_said(tmp_path: Path) -> None:
    content = email_content(
        tmp_path, BODY + "\n{% if aide_patients %}Ou {{ aide_patients }}{% endif %}\n"
    )

    text = _composer(content).text(recipient(etablissement="Site Nord"))

    assert text.startswith("Demandez.\n")
    assert "Ou" not in text.partition("---")[0]


def test_a_line_is_shown_as_it_was_typed(tmp_path: Path) -> None:
    typed = "poste 4242 <jour & nuit>, *ou* assistance@example.org"
    compose = _composer(email_content(tmp_path, BODY), Support(default=typed))

    message = read(compose.fill(recipient()))

    assert typed in part(message, "plain").replace("\n", " ")
    assert "poste 4242 &lt;jour &amp; nuit&gt;, *ou* assistance@example.org" in part(
        message, "html"
    )


def test_a_shared_text_may_say_both(tmp_path: Path) -> None:
    shared = "{% if assistance %}A {{ assistance }}{% endif %} {{ aide_patients }}\n"
    content = email_content(tmp_path, '{{ snippet("signaler") }}\n', signaler=shared)
    organisation = replace(ORGANISATION, help="06 39 98 00 00")
    compose = EmailComposer(
        content,
        SENDER,
        organisation,
        LINKS,
        campaign="octobre",
        grounds=GROUNDS,
        support=SUPPORT,
    )

    assert "A poste 4242, jour et nuit 06 39 98 00 00" in compose.text(recipient())


def test_an_sms_says_them_in_its_own_alphabet(tmp_path: Path) -> None:
    content = _sms(
        tmp_path,
        "Piege ? {% if assistance %}{{ assistance }}{% else %}{{ aide_patients }}{% endif %}",
    )
    compose = SmsComposer(content, SUFFIX, support=SUPPORT, help="06 39 98 00 00")
    typed = Support(default="l’astreinte, jour\N{NO-BREAK SPACE}et nuit")

    assert compose.fill("A7K2Q9XB").body.startswith("Piege ? poste 4242, jour et nuit ")
    assert "poste 5252" in compose.fill("A7K2Q9XB", establishment="Site Nord").body
    assert "06 39 98" in SmsComposer(content, SUFFIX, help="06 39 98 00 00").fill("A7K2Q9XB").body
    there = SmsComposer(content, SUFFIX, support=typed).fill("A7K2Q9XB")
    assert "l'astreinte, jour et nuit" in there.body
    assert there.segments == 1


def test_a_text_of_before_keeps_its_own_placeholder(tmp_path: Path) -> None:
    message = MESSAGE.format(channels="email").replace("  date:", "  assistance:")
    content = email_content(tmp_path, "{{ assistance }}\n", message=message)

    assert _composer(content, SUPPORT).text(recipient()).startswith("mardi 6/10\n")
    kept = replace(content, values={}, field_names=("assistance",), body="{{ assistance }}\n")
    there = _composer(kept, SUPPORT).text(recipient(assistance="Léa"))
    assert there.startswith("Léa\n")


@pytest.mark.parametrize("name", ["assistance", "aide_patients"])
def test_a_contacts_field_of_that_name_is_refused(tmp_path: Path, name: str) -> None:
    library = write(
        tmp_path,
        {"porte/message.yaml": MESSAGE.format(channels="email"), "porte/email.fr.md": HEAD + "x\n"},
    )
    folder = library.load("porte")
    audience = replace(STAFF, fields=[AudienceField(name=name, label="")])

    with pytest.raises(ContentError, match=f"« {name} » désigne deux choses"):
        freeze(library, folder, folder.sources[0], audience, {})


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("Un\n\nAppelez {{ assistance }}.\n", [3]),
        ("Un\n\n{{ snippet('x') }}\n{{ aide_patients }}\n", [4]),
        ("{% if assistance %}{{ assistance }}{% endif %}\n", []),
        ("{{ assistance|default('l’accueil') }}\n", []),
        ("{% if aide_patients %}{{ assistance }}{% endif %}\n", [1]),
    ],
)
def test_a_line_said_without_a_condition_is_told(text: str, lines: list[int]) -> None:
    found = unguarded(Passage(file="email.fr.md", text=text))

    assert [one.line for one in found] == lines


def _composer(content: Content, support: Support = NO_SUPPORT) -> EmailComposer:
    return EmailComposer(
        content,
        SENDER,
        ORGANISATION,
        LINKS,
        campaign="octobre",
        grounds=GROUNDS,
        support=support,
    )


def _sms(root: Path, text: str) -> Content:
    library = write(
        root,
        {"porte/message.yaml": MESSAGE.format(channels="sms"), "porte/sms.fr.txt": text + "\n"},
    )
    folder = library.load("porte")
    return freeze(library, folder, folder.sources[0], STAFF, {})
