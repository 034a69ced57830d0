"""The quick reading of YAML reads, and refuses, what the library's slow one does."""

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.config.quick_yaml import compose, value_of

HEAD = """title: "Fermer sa porte\u202f? 100 % & plus *vite*\u202f!"
channels: [email, sms]
placeholders:
  jour: { label: "Le jour\u202f: en toutes lettres", example: "dimanche" }
notes:
  - un
  - 'deux'
  - "Qui\u202f? Lui\u202f!"
  - said: "Qui\u202f? \\"Lui\\".\\nOui\u202f!"
# fin
"""
PIECES = [
    *":-?[]{},#&*!|>'\"%@`~=\t \n\\",
    "- ",
    ": ",
    " #",
    "\ufeff",
    "\u2028",
    "\x85",
    "é",
    "---\n",
    "<<: ",
]


def slow(text: str) -> object:
    try:
        return yaml.safe_load(text), lines_of(yaml.compose(text, Loader=yaml.SafeLoader))
    except yaml.YAMLError as refused:
        return words_of(refused)


def quick(text: str) -> object:
    try:
        node = compose(text)
        return value_of(node), lines_of(node)
    except yaml.YAMLError as refused:
        return words_of(refused)


def words_of(refused: yaml.YAMLError) -> object:
    mark = getattr(refused, "problem_mark", None)
    return getattr(refused, "problem", str(refused)), mark.line if mark else None


def lines_of(node: yaml.Node | None) -> object:
    if isinstance(node, yaml.MappingNode):
        return [(lines_of(key), lines_of(value)) for key, value in node.value]
    if isinstance(node, yaml.SequenceNode):
        return [lines_of(one) for one in node.value]
    return None if node is None else (node.tag, node.value, node.start_mark.line)


@given(
    st.lists(
        st.tuples(st.integers(0, len(HEAD)), st.sampled_from(PIECES), st.integers(0, 3)),
        max_size=3,
    )
)
@settings(max_examples=150, deadline=None)
def test_what_is_typed_is_read_alike(edits: list[tuple[int, str, int]]) -> None:
    text = HEAD
    for at, piece, taken in edits:
        text = text[:at] + piece + text[at + taken :]

    assert repr(quick(text)) == repr(slow(text))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a:\t1",
        "[a?b]",
        "a: !b c",
        "a: b\ufeff",
        "{a: 1",
        '[e\n"b?"\n]',
        '[e\n - "b?"\n]',
        "a: |# b\n  c",
        "a: >2-# b\n  c",
        "a: 2026-10-01",
        "on: yes",
    ],
)
def test_where_the_two_libraries_differ_the_slow_one_speaks(text: str) -> None:
    assert repr(quick(text)) == repr(slow(text))


def test_a_plain_file_takes_the_quick_way(monkeypatch: pytest.MonkeyPatch) -> None:
    # As on a machine without the C part, the slow one would do; here nothing may ask it.
    monkeypatch.setattr(yaml, "SafeLoader", None)

    assert value_of(compose(HEAD))
