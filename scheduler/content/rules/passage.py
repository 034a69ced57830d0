"""The rules that ``check`` holds messages to, beside what the content engine refuses by itself.

``rules_table`` holds them all; the files ``rules_*.py`` look for what breaks them, each in a
``Passage``.
"""

import re
from collections.abc import Mapping

from scheduler.content.rules.table import RULES
from scheduler.domain.checking.findings import Finding
from scheduler.domain.values import frozen


@frozen
class Passage:
    """A piece of a writer's file, its fields filled with examples, every line in its place."""

    file: str
    text: str
    #: Line of the file at which ``text`` starts.
    first_line: int = 1
    #: ``fr``, ``en``.
    language: str = "fr"
    #: Who is to read it how.
    channel: str = "email"
    audience: str = ""

    def finding(self, code: str, offset: int, message: str, remedy: str = "") -> Finding:
        """``code`` is broken at ``offset`` of the text; without a remedy, the table's own."""
        line = self.first_line + self.text.count("\n", 0, offset)
        return finding(code, self.file, line, message, remedy)


_MARK = re.compile(r"\{#.{0,400}?#\}|\{%.{0,400}?%\}|\{\{(?P<field>.{0,400}?)\}\}", re.DOTALL)
_NAME = re.compile(r"\A\s*([a-z_][a-z0-9_]*)")


def finding(code: str, file: str, line: int | None, message: str, remedy: str = "") -> Finding:
    rule = RULES[code]
    return Finding(
        file=file,
        line=line,
        rule=code,
        severity=rule.severity,
        message=message,
        remedy=remedy or rule.remedy,
        hold=rule.hold,
    )


def with_examples(template: str, values: Mapping[str, str]) -> str:
    """``template`` with its fields filled and its conditions out, both branches kept.

    Lines keep their numbers. A field without a value is left out.
    """
    return _MARK.sub(lambda mark: _example(mark, values), template)


def with_marks(template: str) -> str:
    """``template`` with a letter in the place of each field: its own words and spaces alone."""
    return _MARK.sub(
        lambda mark: ("x" if mark["field"] else "") + "\n" * mark[0].count("\n"), template
    )


def _example(mark: re.Match[str], values: Mapping[str, str]) -> str:
    name = _NAME.match(mark["field"] or "")
    value = values.get(name[1], "") if name else ""
    return value + "\n" * mark[0].count("\n")
