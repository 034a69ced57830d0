"""The desk's sentences: none takes another's name, in whichever of its rooms it stands."""

import ast
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from scheduler.web.desk import texts

ROOMS = sorted(Path(texts.__file__).parent.glob("*.py"))


def given_twice(sources: Iterable[str]) -> list[str]:
    """Names given more than once: whichever comes last would stand for both."""
    names = Counter(
        target.id
        for source in sources
        for line in ast.parse(source).body
        if isinstance(line, ast.Assign)
        for target in line.targets
        if isinstance(target, ast.Name)
    )
    return [name for name, times in names.items() if times > 1]


def test_no_sentence_takes_the_name_of_another() -> None:
    assert len(ROOMS) > 2
    assert given_twice(file.read_text(encoding="utf-8") for file in ROOMS) == []


def test_a_name_given_twice_is_found_in_one_room_and_in_two() -> None:
    assert given_twice(['A = "Laisser repartir"\nA = "Continuer"\n']) == ["A"]
    assert given_twice(['A = "Laisser repartir"\n', 'A = "Continuer"\n']) == ["A"]
