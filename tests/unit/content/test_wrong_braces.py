"""What is wrong with braces is said in French, whatever the parser calls it."""

import pytest
from jinja2 import Environment, TemplateSyntaxError

from scheduler.content.wrong_braces import told

FAULTY = [
    ("{{ }}", "{{ }} est vide"),
    ("{{ a b }}", "« b » est de trop entre les accolades"),
    ("{{ a", "une accolade n'est pas fermée"),
    ("{{ a }, b", "il manque une accolade"),
    ("{% if a %}x", "un {% if … %} n'est pas fermé"),
    ("{% endif %}", "un « endif » n'a pas son {% if … %}"),
    ("{% if %}x{% endif %}", "un {% if … %} n'a pas de condition"),
    ("{% %}", "{% %} est vide"),
    ("{% foo %}", "« foo » n'existe pas entre {% et %}"),
    ("{# x", "un commentaire {# n'est pas fermé"),
    ("{{ a | }}", "« }} » n'a pas sa place entre les accolades"),
    ("{{ a. }}", "un point n'est suivi de rien"),
    ("{{ 'a }}", "« ' » n'a pas sa place entre les accolades"),
    ("{{ a! }}", "« ! » n'a pas sa place entre les accolades"),
    ("{% if a = b %}x{% endif %}", "« = » est de trop entre les accolades"),
    ("{{ a == }}", "« }} » n'a pas sa place entre les accolades"),
]


@pytest.mark.parametrize(("text", "what"), FAULTY)
def test_each_kind_has_its_french_and_its_remedy(text: str, what: str) -> None:
    with pytest.raises(TemplateSyntaxError) as error:
        Environment(autoescape=True).parse(text)

    found = told(error.value.message or "")

    assert found.what == what
    assert found.remedy


def test_what_nobody_foresaw_is_said_in_general_words() -> None:
    assert told("some new complaint").what == "les accolades ne se lisent pas"
