"""Reads rules.toml: every rule of ``check``, why, whence, and how to meet it."""

import tomllib
from collections.abc import Mapping
from importlib import resources

from scheduler.domain.checking.findings import Hold, Severity
from scheduler.domain.values import frozen


@frozen
class Words:
    """What a rule says, in one language."""

    what: str
    why: str
    source: str
    remedy: str


@frozen
class Rule:
    """One row of the table. All but ``code`` and ``english`` is French, for writers."""

    code: str
    #: What it catches.
    what: str
    why: str
    source: str
    remedy: str
    severity: Severity
    hold: Hold
    #: The same under ``--lang en``.
    english: Words


_HEADS = "| Règle | | Ce qu'elle relève | Pourquoi | Source | Comment corriger |"
_ENGLISH_HEADS = "| Rule | | What it catches | Why | Source | How to mend it |"


def as_markdown(*, english: bool = False) -> str:
    """The table as docs/checks.md shows it, or in English."""
    rows = [_ENGLISH_HEADS if english else _HEADS, "|---|---|---|---|---|---|"]
    kinds = ("fault", "advice") if english else ("faute", "conseil")
    for rule in RULES.values():
        kind = kinds[rule.severity is not Severity.FAULT]
        words = rule.english if english else rule
        cells = (f"`{rule.code}`", kind, words.what, words.why, words.source, words.remedy)
        rows.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
    return "\n".join(rows) + "\n"


def _read() -> Mapping[str, Rule]:
    text = resources.files(__package__).joinpath("rules.toml").read_text(encoding="utf-8")
    rows = tomllib.loads(text)["rule"]
    return {row["code"]: _rule(**row) for row in rows}


def _rule(*, advice: bool = False, holds: bool = True, passable: bool = True, **row: str) -> Rule:
    english = {key: row.pop(f"{key}_en") for key in ("what", "why", "source", "remedy")}
    kept = Hold.UNTIL_PASSED if passable else Hold.ALWAYS
    return Rule(
        severity=Severity.WARNING if advice else Severity.FAULT,
        hold=kept if holds and not advice else Hold.NO,
        english=Words(**english),
        **row,
    )


RULES = _read()
