"""No text, however long, holds the interpreter: every pattern costs in proportion to its text.

A pattern that looks again from each place costs four times as much for twice the text, and the one
process that renders, answers opt-outs and keeps the calendar stands still meanwhile.
"""

import ast
import importlib
import math
import pkgutil
import re
import time
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import scheduler
from scheduler.content.rules import lures

PACKAGE = Path(scheduler.__file__).parent
#: What hostile texts are made of: openings, and what patterns take runs of.
UNITS = ["[", "<", "«", "(", "a@", "|", ">", '"', "\\", "{", "-", "a", "1", " ", "\n", "a-", "a."]
UNITS += ["{%", "<a", "[a](", "\r\n", "=", "é", "`", "user "]
LONG = 50_000
#: Twice the text may cost so much more.
MOST = 2.5
#: Under this many seconds of CPU a clock says nothing, and nobody waits.
NOTHING = 0.02
#: What nobody may wait for, whatever the proportion.
TOO_LONG = 0.8
#: Signs of a first look, which most patterns need no other than: five times as many tell what part
#: of the time grows with the square.
FIRST = 1_000

AnyPattern = re.Pattern[Any]


def of_modules() -> Iterator[tuple[str, AnyPattern]]:
    """Every pattern that a module keeps, in its own names and inside its tables."""
    for found in pkgutil.walk_packages(scheduler.__path__, "scheduler."):
        if "migrations" in found.name or found.name.endswith("__main__"):
            continue
        for name, value in vars(importlib.import_module(found.name)).items():
            yield from inside(f"{found.name}.{name}", value)


def inside(name: str, value: object) -> Iterator[tuple[str, AnyPattern]]:
    if isinstance(value, re.Pattern):
        yield name, value
    elif isinstance(value, list | tuple | set | frozenset):
        for one in value:
            yield from inside(name, one)
    elif isinstance(value, Mapping):
        for key, one in value.items():
            yield from inside(name, key)
            yield from inside(name, one)
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from inside(f"{name}.{field.name}", getattr(value, field.name, None))


def written_in_place() -> Iterator[tuple[str, AnyPattern]]:
    """Every pattern that a call has as its first argument: ``re.sub(r"…", …)``."""
    for file in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and isinstance(node.func.value, ast.Name)
                and node.func.value.id == "re"
                and node.args
                and isinstance(node.args[0], ast.Constant)
                and isinstance(node.args[0].value, str | bytes)
                and node.func.attr != "escape"
            ):
                name = f"{file.relative_to(PACKAGE)}:{node.lineno}"
                # Its flags change what it means, not what it costs; some it can't do without.
                yield name, re.compile(node.args[0].value, flags_of(node))


def flags_of(call: ast.Call) -> int:
    names = {
        node.attr
        for node in ast.walk(call)
        if isinstance(node, ast.Attribute) and node.attr.isupper() and hasattr(re, node.attr)
    }
    flags = 0
    for name in names:
        flags |= int(getattr(re, name))
    return flags


def of_tables() -> Iterator[tuple[str, AnyPattern]]:
    """Every pattern of the tables of words, which are compiled at the first text."""
    words = lures._words()
    for rows in (words.text, words.headline, words.question):
        for row in rows:
            yield from inside(f"lures.{row.code}: {row.pattern.pattern[:40]}", row)


@cache
def every_pattern() -> dict[AnyPattern, str]:
    return {pattern: name for name, pattern in (*of_modules(), *of_tables(), *written_in_place())}


def cost(pattern: AnyPattern, unit: str, size: int) -> float:
    text = unit * (size // len(unit))
    subject: Any = text if isinstance(pattern.pattern, str) else text.encode()
    began = time.process_time()
    pattern.fullmatch(subject)
    for _ in pattern.finditer(subject):
        pass
    return time.process_time() - began


def is_plain(pattern: AnyPattern, unit: str) -> bool:
    """Two short looks tell that the whole costs nothing.

    A step of the interpreter's takes a tenth of a nanosecond at least, so that what is quadratic
    shows at so many signs: of ``a n + b n²`` both are found, and the whole is foretold.
    """
    once = min(cost(pattern, unit, FIRST), cost(pattern, unit, FIRST))
    five = cost(pattern, unit, 5 * FIRST)
    square = max(five - 5 * once, 0) / 20
    times = LONG / FIRST
    return times * (once - square) + times**2 * square <= NOTHING / 2


def quadratic(pattern: AnyPattern, unit: str) -> str:
    """Why a pattern is too dear on so many of these; nothing when it isn't."""
    if is_plain(pattern, unit):
        return ""
    # First a part of it: what is quadratic would take minutes at full length.
    for share in (20, 4):
        part = cost(pattern, unit, LONG // share)
        if part > TOO_LONG / share:
            return f"{unit!r}: over {TOO_LONG / share} s for {LONG // share} signs"
    if part * 4**3 <= NOTHING:
        # Were it cubic, the whole would still be nothing.
        return ""
    # The least of several looks at each: a busy machine makes any one of them longer.
    whole = half = math.inf
    for _ in range(6):
        whole = min(whole, cost(pattern, unit, LONG))
        if whole <= 2 * MOST * part:
            # Half the text costs twice the quarter at least: the half needs no look of its own.
            return ""
        half = min(half, cost(pattern, unit, LONG // 2))
        if whole <= max(NOTHING, MOST * half):
            return ""
        if whole > TOO_LONG:
            break
    return f"{unit!r}: {whole:.3f} s for {LONG} signs"


def test_there_are_patterns_to_look_at() -> None:
    assert len(every_pattern()) > 200


@pytest.mark.parametrize("part", range(8))
def test_every_pattern_costs_in_proportion_to_its_text(part: int) -> None:
    found = every_pattern()
    dear = {
        name: why
        for number, (pattern, name) in enumerate(sorted(found.items(), key=lambda one: one[1]))
        if number % 8 == part
        for unit in UNITS
        if (why := quadratic(pattern, unit))
    }

    assert dear == {}


@pytest.mark.parametrize("pattern", [r"\S+@\S+", r"[^>]*>", r"a*-*a*b"])
def test_a_quadratic_pattern_is_found(pattern: str) -> None:
    assert any(quadratic(re.compile(pattern), unit) for unit in UNITS)
