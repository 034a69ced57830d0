"""The desk's sentences: none takes another's name."""

import ast
from collections import Counter
from pathlib import Path

import pytest

import scheduler

ROOT = Path(scheduler.__file__).parent


def given_twice(source: str) -> list[str]:
    """Names that a module gives at its top more than once: the last one would stand for both."""
    names = Counter(
        target.id
        for line in ast.parse(source).body
        if isinstance(line, ast.Assign)
        for target in line.targets
        if isinstance(target, ast.Name)
    )
    return [name for name, times in names.items() if times > 1]


@pytest.mark.parametrize("file", sorted(ROOT.rglob("texts.py")), ids=str)
def test_no_sentence_takes_the_name_of_another(file: Path) -> None:
    assert given_twice(file.read_text(encoding="utf-8")) == []


def test_a_name_given_twice_is_found() -> None:
    assert given_twice('GO_ON = "Laisser repartir"\nGO_ON = "Continuer"\n') == ["GO_ON"]
