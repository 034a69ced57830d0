"""What is wrong with braces, in the writers' words: each kind of what Jinja says in English."""

import re
from typing import NamedTuple


class Told(NamedTuple):
    what: str
    remedy: str


_CLOSE = "fermez chaque « {{ » par « }} », et chaque {% if … %} par {% endif %}"
_UNCLOSED = "fermez-le, ou retirez-le"
#: The first that fits counts. ``{0}`` is what the English quotes.
_KINDS: tuple[tuple[str, str, str], ...] = (
    (r"Missing end of comment", "un commentaire {# n'est pas fermé", "fermez-le par #}"),
    (r"Missing end of raw", "{% raw %} n'est pas permis dans un message", "retirez-le"),
    (
        r"innermost block that needs to be closed is '(if)'",
        "un {% if … %} n'est pas fermé",
        "ajoutez {% endif %} là où il s'arrête",
    ),
    (r"innermost block that needs to be closed is '(\w+)'", "« {0} » n'est pas fermé", _UNCLOSED),
    (
        r"unknown tag '(endif|else|elif)'",
        "un « {0} » n'a pas son {% if … %}",
        "retirez-le, ou écrivez {% if … %} avant lui",
    ),
    (
        r"unknown tag '([^']*)'",
        "« {0} » n'existe pas entre {% et %}",
        "gardez if, elif, else et endif",
    ),
    (r"tag name expected", "{% %} est vide", "retirez-le, ou écrivez {% if … %}"),
    (
        r"Expected an expression, got '(?:end of print statement|variable_end)'",
        "{{ }} est vide",
        "écrivez-y le nom d'un champ, ou retirez-le",
    ),
    (
        r"Expected an expression, got '(?:end of statement block|block_end)'",
        "un {% if … %} n'a pas de condition",
        "écrivez {% if champ %}",
    ),
    (r"unexpected end of template|got 'end of template'", "une accolade n'est pas fermée", _CLOSE),
    (
        r"expected token 'end of (?:print statement|statement block)', got '([^']*)'",
        "« {0} » est de trop entre les accolades",
        "gardez un seul nom de champ, sans espace ni accent",
    ),
    (r"expected name or number", "un point n'est suivi de rien", "employez les champs sans point"),
    (
        r"unexpected '\}'",
        "il manque une accolade",
        "mettez-en deux de chaque côté, comme {{ prenom }}",
    ),
    (r"unexpected char ['\"](.)['\"]", "« {0} » n'a pas sa place entre les accolades", _CLOSE),
    (r"unexpected '([^']*)'", "« {0} » n'a pas sa place entre les accolades", _CLOSE),
    (r"got '([^']*)'", "« {0} » n'a pas sa place entre les accolades", _CLOSE),
)


def told(english: str) -> Told:
    """In French; general words for what isn't known here."""
    for pattern, what, remedy in _KINDS:
        if found := re.search(pattern, english):
            quoted = _IN_FRENCH.get(found[1], found[1]) if found.groups() else ""
            return Told(what.replace("{0}", quoted), remedy)
    return Told("les accolades ne se lisent pas", _CLOSE)


#: What the parser calls the pieces that it reads.
_IN_FRENCH = {
    "end of print statement": "}}",
    "end of statement block": "%}",
    "begin of print statement": "{{",
    "begin of statement block": "{%",
    "name": "un nom",
    "string": "un texte entre guillemets",
    "integer": "un nombre",
    "float": "un nombre",
}
