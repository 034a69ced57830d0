"""French spaces in what message.yaml says to people, field by field, and in the quizzes."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

TEMPLATES = Path(__file__).parents[2] / "templates"
HEADS = sorted([*TEMPLATES.rglob("message.yaml"), *TEMPLATES.rglob("quiz.*.yaml")])
#: An ordinary space, or none, where French has one that doesn't break; not in an address, an hour
#: of a clock (« 08:30 ») or a field's own name.
_WRONG = re.compile(r" [:;!?»%€]|« |[^\W\d]:(?= )|[^\W\d](?:[;!?])(?=\s|$)|«(?=\w)|(?<=\w)»")


def said(found: Any, where: str = "") -> Iterator[tuple[str, str]]:
    """Each text of a file, with its key."""
    if isinstance(found, dict):
        for key, value in found.items():
            yield from said(value, f"{where}.{key}".strip("."))
    elif isinstance(found, list):
        for number, value in enumerate(found):
            yield from said(value, f"{where}[{number}]")
    elif isinstance(found, str):
        yield where, found


def is_english(where: str, file: Path) -> bool:
    return ".en." in file.name or bool(re.search(r"(?:^|[._])en(?:$|[._\[])", where))


@pytest.mark.parametrize("file", HEADS, ids=lambda file: file.relative_to(TEMPLATES).as_posix())
def test_no_sign_of_french_stands_behind_a_space_that_breaks(file: Path) -> None:
    found = list(said(yaml.safe_load(file.read_text(encoding="utf-8"))))

    assert found
    assert [
        (where, text)
        for where, text in found
        if not is_english(where, file) and "://" not in text and _WRONG.search(text)
    ] == []


def test_the_rule_sees_what_it_is_for() -> None:
    for wrong in ("CERT Santé : qui", "Qui ?", "« Bonjour\u00a0»", "Vraiment?", "ici: là", "50 %"):
        assert _WRONG.search(wrong), wrong
    for right in ("CERT Santé\u00a0: qui", "Qui\u202f?", "«\u00a0Bonjour\u00a0»", "à 08:30"):
        assert not _WRONG.search(right), right
