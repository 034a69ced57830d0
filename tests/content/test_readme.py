"""The writers' guide names everything that a writer may type."""

from scheduler.content import fields, message_yaml, statement
from scheduler.content.composing.components import KINDS
from scheduler.content.grammar import FILTERS
from scheduler.content.library import Library
from scheduler.domain.message import MessageClass
from scheduler.domain.showing.public_pages import Conformity
from tests.shipped import ROOT, library

README = (ROOT / "templates" / "README.md").read_text(encoding="utf-8")


def test_every_key_of_a_message_is_explained() -> None:
    unexplained = {key for key in message_yaml.KEYS if f"| `{key}` |" not in README}

    assert unexplained == set()
    assert all(f"`{one}`" in README for one in MessageClass)
    assert all(f"`{key}" in README for key in message_yaml.PLACEHOLDER_KEYS)


def test_every_field_and_block_and_snippet_is_explained() -> None:
    named = {*fields.ORGANISATION, *fields.AUDIENCE, *fields.FOOTER}

    assert {name for name in named if not _mentions(name)} == set()
    assert {kind for kind in KINDS if f"| `{kind}` |" not in README} == set()
    assert {name for name in library().snippets() if f"| `{name}` |" not in README} == set()
    assert "default" in FILTERS
    assert '|default("' in README


def test_every_field_and_state_of_the_statement_is_explained() -> None:
    part = README.partition("## La déclaration d’accessibilité")[2]

    assert all(f"`{{{{ {name} }}}}`" in part for name in statement.FIELDS)
    assert all(f"`{one}`" in part for one in Conformity)


def test_what_the_guide_copies_exists() -> None:
    shipped = Library(ROOT / "templates")

    for message in ("rappels/02-mises-a-jour-et-sauvegardes", "evenements/webinaire/invitation"):
        assert message in README
        assert shipped.load(message)


def _mentions(field: str) -> bool:
    return f"`{field}`" in README or f"`{{{{ {field} }}}}`" in README
