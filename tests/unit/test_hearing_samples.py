"""The labelled replies that the rules were learned from: the figures stay."""

import json
import re
import time
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from types import ModuleType

import pytest

from scheduler.domain import hearing
from scheduler.domain.hearing.deciding import hear
from tests.judging.sms import judge

HERE = Path(__file__).parent
#: The first was learned from at once, the second after it was judged blind.
HALVES = ("sms_replies_learn.json", "sms_replies_seen.json")
MODULES = tuple(
    import_module(f"{hearing.__name__}.{one.name}") for one in iter_modules(hearing.__path__)
)


@pytest.mark.parametrize("half", HALVES)
def test_what_was_learned_is_heard(half: str) -> None:
    found = judge(json.loads((HERE / half).read_text(encoding="utf-8")))

    assert found.leaving + found.staying > 400
    assert found.heard >= 99
    assert found.heard_or_held == 100
    assert found.false == 0
    assert found.doubted_share <= 14


def test_what_might_be_leaving_is_held_at_least_in_texts_of_our_own() -> None:
    found = judge(json.loads((HERE / "sms_replies_own.json").read_text(encoding="utf-8")))

    assert found.heard >= 85
    assert found.heard_or_held == 100
    assert found.false_share < 1
    assert found.doubted_share <= 28


def patterns(module: ModuleType) -> Iterator[re.Pattern[str]]:
    for value in vars(module).values():
        found = value if isinstance(value, tuple) else (value,)
        yield from (one for one in found if isinstance(one, re.Pattern))


UNITS = ["[", "<", "« ", "(", "a@", "|", ">", '"', "`", "a", " stop", " pas", " de", "s."]


@pytest.mark.parametrize("unit", UNITS)
def test_a_pattern_costs_no_more_than_its_text_is_long(unit: str) -> None:
    def cost(size: int) -> float:
        text = (unit * size)[:size]
        before = time.process_time()
        for module in MODULES:
            for pattern in patterns(module):
                pattern.search(text)
        return time.process_time() - before

    assert min(cost(20_000) for _ in range(3)) < 2.5 * max(cost(10_000) for _ in range(3)) + 0.05


@pytest.mark.parametrize("unit", UNITS)
def test_a_text_without_end_is_read_in_part(unit: str) -> None:
    before = time.process_time()
    hear(unit * 50_000)
    assert time.process_time() - before < 0.2
