from collections.abc import Mapping

import pytest

from scheduler.content.composing.render import (
    HTML,
    MARKDOWN,
    MAX_OUTPUT,
    PLAIN,
    Answers,
    Question,
    Slot,
    Text,
    safe,
)
from scheduler.content.grammar import MAX_SOURCE, Scope
from scheduler.domain.errors import ContentError

SCOPE = Scope(where="porte/email.fr.md", fields=("date", "lieu"), slots=("prenom",), first_line=5)


def render(source: str, values: Mapping[str, object] | None = None, prenom: str = "") -> str:
    slot = Slot("prenom", "q0mark0q", Answers({"prenom": prenom}))
    return Text(PLAIN, source, SCOPE).render({"prenom": slot} | dict(values or {}))


def fault_of(source: str) -> ContentError:
    with pytest.raises(ContentError) as fault:
        Text(PLAIN, source, SCOPE)
    return fault.value


@pytest.mark.parametrize(
    "source",
    [
        "{{ 'a' * 10**9 }}",
        "{{ 'a' * 1000000000 }}",
        "{{ 10 ** 10 ** 10 }}",
        "{{ 'x'|center(300000000) }}",
        "{{ '%0100000000d'|format(1) }}",
        "{{ '%0100000000d' % 1 }}",
        "{% for i in range(1000000000) %}x{% endfor %}",
        "{% for i in 'aaaa' %}{% for j in 'aaaa' %}x{% endfor %}{% endfor %}",
        "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
        "{% set x = 'a' %}{{ x }}",
        "{{ ''.__class__.__mro__ }}",
        "{{ ''['__class__'] }}",
        "{{ ''|attr('__class__') }}",
        "{{ 'a'.upper() }}",
        "{{ lipsum() }}",
        "{{ cycler.__init__.__globals__ }}",
        "{{ self }}",
        "{{ self.__dict__ }}",
        "{{ config }}",
        "{{ env }}",
        "{{ request }}",
        "{{ lieu.__class__ }}",
        "{{ lieu.a }}",
        "{{ lieu ~ lieu }}",
        "{{ {'a': 1} }}",
        "{{ lieu is defined }}",
        "{{ 'a'|default(**lieu) }}",
        "{{ 'a'|upper(1) }}",
        "{% filter upper %}x{% endfilter %}",
        "{% include '../../etc/passwd' %}",
        "{% include '/etc/passwd' %}",
        "{% include 'a\\0b' %}",
        "{% extends 'email.html' %}",
        "{% import 'x' as y %}",
        "{% from 'x' import y %}",
        "{% block a %}{% endblock %}",
        "{% autoescape false %}x{% endautoescape %}",
        "{% do lieu %}",
        "{{ prenom|upper }}",
        "{{ (prenom if lieu else date)|lower }}",
        "{{ 'a' if prenom > 'b' else 'c' }}",
        "{{ 'a' if prenom == prenom else 'c' }}",
        "{{ 'a' if 'b' in prenom else 'c' }}",
        "{{ not " * 5000 + "1 }}",
        "{{ " + "(" * 5000 + "1" + ")" * 5000 + " }}",
        "{% if lieu %}" * 200 + "{% endif %}" * 200,
        "{{ lieu",
        "{% if lieu %}",
        "{% endif %}",
        "{{ }}",
        "{{ 'a }}",
        "x" * (MAX_SOURCE + 1),
    ],
)
def test_what_writers_do_not_need_is_refused(source: str) -> None:
    assert fault_of(source).fault.what


def test_a_fault_says_where_and_how_to_mend() -> None:
    fault = fault_of("un\ndeux {{ dtae }}").fault

    assert (fault.where, fault.line) == ("porte/email.fr.md", 6)
    assert fault.what == "« dtae » n'est pas un champ de ce message"
    assert fault.remedy == "vouliez-vous dire « date » ?"


def test_a_name_like_no_other_is_answered_with_the_known_ones() -> None:
    assert fault_of("{{ zzzzzz }}").fault.remedy == "les noms connus ici : date, lieu, prenom"


def test_a_long_output_is_cut_off() -> None:
    text = Text(PLAIN, "{{ lieu }}" * 1000, SCOPE)

    with pytest.raises(ContentError, match="trop long"):
        text.render({"lieu": "x" * (MAX_OUTPUT // 500)})


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("{{ lieu }}", "Brest"),
        ("{{ lieu|upper }} {{ lieu|lower }} {{ ' a '|trim }}", "BREST brest a"),
        ("{% if lieu == 'Brest' %}oui{% elif date %}non{% endif %}", "oui"),
        ("{% if lieu in ('Brest', 'Lyon') and not date %}oui{% endif %}", "oui"),
        (
            "{{ date|default('bientôt') }} {{ date|default('plus tard', true) }}",
            "bientôt plus tard",
        ),
        ("{{ 'a' if date else 'b' }}{# caché #}", "b"),
        ("a\n{% if lieu %}\nb\n{% endif %}\nc", "a\nb\nc"),
        ("{{ '{{ 7*7 }}' }}", "{{ 7*7 }}"),
    ],
)
def test_what_writers_need_works(source: str, expected: str) -> None:
    assert render(source, {"lieu": "Brest", "date": ""}) == expected


def test_a_value_is_never_read_as_a_template() -> None:
    assert render("{{ lieu }}", {"lieu": "{{ 7*7 }}"}) == "{{ 7*7 }}"


def test_a_value_keeps_to_one_line() -> None:
    assert render("{{ lieu }}", {"lieu": "a\r\nb\0c\u202e\ud800\u2028d"}) == "a bc d"


@pytest.mark.parametrize(
    ("source", "prenom", "expected"),
    [
        ("{{ prenom }}", "Zoé", "q0mark0q"),
        ("{{ prenom|default('vous') }}", "", "vous"),
        ("{{ prenom|default('vous') }}", "Zoé", "q0mark0q"),
        ("{% if prenom == 'Zoé' %}oui{% else %}non{% endif %}", "Zoé", "oui"),
        ("{% if prenom != 'Zoé' %}oui{% else %}non{% endif %}", "Zoé", "non"),
        ("{% if prenom in ('Léa', 'Zoé') %}oui{% endif %}", "Zoé", "oui"),
    ],
)
def test_a_contact_field_prints_its_mark_and_is_tested_by_its_value(
    source: str, prenom: str, expected: str
) -> None:
    assert render(source, prenom=prenom) == expected


def test_the_questions_asked_are_noted_in_order() -> None:
    answers = Answers({"prenom": "Zoé"})
    slot = Slot("prenom", "q0mark0q", answers)

    Text(PLAIN, "{% if prenom and prenom == 'Léa' %}x{% endif %}", SCOPE).render({"prenom": slot})

    assert answers.given == [(Question("prenom"), True), (Question("prenom", "Léa"), False)]


def test_markdown_in_a_value_is_escaped_and_an_address_is_left_readable() -> None:
    text = Text(MARKDOWN, "{{ lieu }} {{ date }}", SCOPE)

    shown = text.render({"lieu": "[x](https://evil.example)", "date": "https://example.org/a-b"})

    assert shown == r"\[x\]\(https\:\/\/evil\.example\) https://example.org/a-b"


def test_the_layout_escapes_all_but_what_was_cleaned() -> None:
    text = Text(HTML, "{{ lieu }}{{ date }}", SCOPE)

    assert text.render({"lieu": "<b>", "date": safe("<i>")}) == "&lt;b&gt;<i>"
