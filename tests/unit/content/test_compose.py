from dataclasses import replace
from html import escape
from pathlib import Path

import pytest

from scheduler.content.composing.compose import SmsComposer
from scheduler.content.sms import Encoding, SmsSuffix, SmsText
from scheduler.domain.errors import ContentError
from tests.samples.content import (
    FOOTER,
    GREETING,
    LAYOUT,
    composer,
    email_content,
    outline,
    part,
    read,
    recipient,
)

BODY = GREETING + "\nService : {{ service }}, le {{ date }}. [Aide]({{ page_aide }})\n"
URL = "https://cyber.example.org/d/aB3-xyz_42"


@pytest.mark.parametrize(
    ("name", "service"), [("Zoé", "Urgences"), ("", "Bloc *B*"), ("<b>", ""), ("", "")]
)
def test_spliced_and_fully_rendered_messages_are_the_same(
    tmp_path: Path, name: str, service: str
) -> None:
    content = email_content(tmp_path, BODY)
    person = recipient(prenom=name, service=service)
    # The same text with values known from the start, which take the way of placeholders.
    known = BODY.replace("prenom", "nom").replace("{{ service }}", "{{ unite }}")
    values = {**content.values, "nom": name, "unite": service}

    spliced = composer(content)
    rendered = composer(replace(content, body=known, values=values))

    assert spliced.html(person) == rendered.html(person)
    assert spliced.text(person).split() == rendered.text(person).split()


def test_the_parts_alone_are_those_of_the_message(tmp_path: Path) -> None:
    compose = composer(email_content(tmp_path, BODY))
    person = recipient(prenom="Zoé & Léa", service="100 %")

    message = read(compose.fill(person))

    assert part(message, "html") == compose.html(person)
    assert part(message, "plain") == compose.text(person)
    assert compose.subject == "Fermer sa porte"


def test_text_and_html_say_the_same(tmp_path: Path) -> None:
    compose = composer(email_content(tmp_path, BODY))

    text, page = compose.text(recipient()), outline(compose.html(recipient()))

    assert text == (
        "Bonjour,\n\n"
        "Service : , le mardi 6/10. Aide :\nhttps://cyber.example.org/aide\n\n" + "-" * 60 + "\n"
        "Hôpital de l'Exemple · cyber@example.org\n\n"
        "Vous recevez ce message car vous travaillez chez nous. Se\n"
        "désinscrire : https://cyber.example.org/d/aB3-xyz_42\n\n"
        "Crédit : Agence Exemple\n"
    )
    assert page.links == [
        "https://cyber.example.org/aide",
        "https://cyber.example.org/d/aB3-xyz_42",
    ]
    for words in ("Aide (cyber.example.org)", "Se désinscrire", "Crédit : Agence Exemple"):
        assert words in page.words


def test_style_goes_into_the_elements_and_media_rules_stay(tmp_path: Path) -> None:
    html = composer(email_content(tmp_path)).html(recipient())

    assert '<p style="color: #111111;">' in html
    assert "@media (prefers-color-scheme: dark)" in html
    assert 'lang="fr"' in html


def test_a_branch_on_a_value_is_taken_for_each_recipient(tmp_path: Path) -> None:
    body = (
        "{% if service == 'Bloc' %}A{% elif service in ('Urgences', 'Samu') and prenom %}B"
        "{% else %}C{% endif %}{{ prenom|default('vous') }}\n"
    )
    compose = composer(email_content(tmp_path, body))
    people = [
        ("Bloc", "", "Avous"),
        ("Samu", "Zoé", "BZoé"),
        ("Samu", "", "Cvous"),
        ("", "Léa", "CLéa"),
    ]

    for _ in range(2):
        for service, name, expected in people:
            assert compose.text(recipient(service=service, prenom=name)).startswith(f"{expected}\n")


def test_many_branches_stay_bounded_and_right(tmp_path: Path) -> None:
    body = (
        "".join(f"{{% if service == '{n}' %}}no {n}{{% endif %}}\n\n" for n in range(260)) + "x\n"
    )
    compose = composer(email_content(tmp_path, body))

    for number in (*range(260), *range(5)):
        assert compose.text(recipient(service=str(number))).startswith(f"no {number}")


def test_every_placeholder_and_organisation_field_is_inert(tmp_path: Path) -> None:
    value = "[x](https://evil.example) <b>"
    content = replace(email_content(tmp_path, "Le {{ date }}\n"), subject="{{ date }}")
    compose = composer(replace(content, values={"date": value + "\r\nBcc: b@example.org"}))

    wire = read(compose.fill(recipient()))

    assert wire["Subject"] == f"{value} Bcc: b@example.org"
    assert wire["Bcc"] is None
    assert outline(part(wire, "html")).links == [URL]
    assert f"Le {value}" in part(wire, "plain")


def test_a_placeholder_may_be_a_link_target_when_it_is_an_address(tmp_path: Path) -> None:
    content = email_content(tmp_path, "[Y aller]({{ date }})\n")

    page = composer(replace(content, values={"date": "https://example.org/a_b?c=*"}))

    assert outline(page.html(recipient())).links[0] == "https://example.org/a_b?c=*"
    with pytest.raises(ContentError, match="refusé"):
        composer(replace(content, values={"date": "javascript:alert(1)"}))


def test_a_message_is_never_composed_without_a_way_out(tmp_path: Path) -> None:
    content = email_content(tmp_path)

    with pytest.raises(ContentError, match="le lien de désinscription manque"):
        composer(replace(content, footer="Au revoir\n"))
    with pytest.raises(ContentError, match="le lien de désinscription manque"):
        composer(replace(content, layout=LAYOUT.replace("{{ footer }}", "")))


def test_a_layout_that_loses_or_doubles_the_body_is_refused(tmp_path: Path) -> None:
    content = email_content(tmp_path, "Bonjour {{ prenom }}\n")

    for body in ("", "{{ body }}{{ body }}"):
        with pytest.raises(ContentError, match="perdu ou répété"):
            composer(replace(content, layout=LAYOUT.replace("{{ body }}", body)))


@pytest.mark.parametrize("subject", ["{{ date }}", "{% if date == 'x' %}a{% endif %}"])
def test_an_empty_subject_is_refused(tmp_path: Path, subject: str) -> None:
    content = replace(email_content(tmp_path), subject=subject, values={"date": " "})

    with pytest.raises(ContentError, match="est vide"):
        composer(content)


def test_the_same_content_composes_again_from_its_json(tmp_path: Path) -> None:
    content = email_content(tmp_path, BODY)

    again = composer(type(content).from_json(content.to_json()))

    assert again.fill(recipient(prenom="Zoé")) == composer(content).fill(recipient(prenom="Zoé"))


def test_the_easy_to_read_logo_needs_its_readers(tmp_path: Path) -> None:
    layout = LAYOUT.replace("{{ body }}", "{{ body }}{% if easy_to_read_logo %}LOGO{% endif %}")
    content = replace(email_content(tmp_path), layout=layout, variant="fr-falc")

    assert "LOGO" not in composer(content).html(recipient())
    assert "LOGO" in composer(replace(content, reviewed_by="Nous aussi")).html(recipient())


def test_the_footer_is_escaped_as_the_body_is(tmp_path: Path) -> None:
    content = replace(email_content(tmp_path), credit="<b>*x*</b>", footer=FOOTER)

    compose = composer(content)

    assert escape("<b>*x*</b>") in compose.html(recipient())
    assert "Crédit : <b>*x*</b>" in compose.text(recipient())


def test_an_sms_is_its_text_and_the_way_to_stop_it(tmp_path: Path) -> None:
    content = replace(email_content(tmp_path), channel="sms", body="Cybermois le {{ date }}.")

    compose = SmsComposer(content, SmsSuffix.of("MonHopital", "https://sms.example.org"))

    assert compose.fill("A7K2Q9XB") == SmsText(
        body="Cybermois le mardi 6/10. Stop : sms.example.org/A7K2Q9XB",
        encoding=Encoding.GSM_7,
        segments=1,
    )


def test_an_sms_is_counted_with_its_suffix_and_values(tmp_path: Path) -> None:
    content = replace(email_content(tmp_path), channel="sms", body="x" * 128 + "{{ date }}")
    suffix = SmsSuffix.of("MonHopital", "https://sms.example.org")

    counts = [
        SmsComposer(replace(content, values={"date": date}), suffix).fill("A7K2Q9XB")
        for date in ("", "a", "4 août")
    ]

    assert [(sms.encoding, sms.segments) for sms in counts] == [
        ("GSM-7", 1),
        ("GSM-7", 2),
        ("UCS-2", 3),
    ]


@pytest.mark.parametrize("name", ["www.gains-exemple.fr", "Gains.com", "06 39 98 12 34"])
def test_a_name_that_would_become_a_link_reaches_no_mail(tmp_path: Path, name: str) -> None:
    compose = composer(email_content(tmp_path, BODY))

    assert name not in part(read(compose.fill(recipient(prenom=name))), "plain")
    assert compose.html(recipient(prenom=name)) == compose.html(recipient(prenom=""))
