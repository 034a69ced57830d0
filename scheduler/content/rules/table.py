"""Reads rules.toml: every rule of ``check``, why, whence, and how to meet it."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources

from scheduler.domain.checking.findings import Hold, Severity


@dataclass(frozen=True, kw_only=True, slots=True)
class Rule:
    """One row of the table. All but ``code`` is French, for writers."""

    code: str
    #: What it catches.
    what: str
    why: str
    source: str
    remedy: str
    severity: Severity
    hold: Hold


def as_markdown() -> str:
    """The table as docs/checks.md shows it."""
    rows = [
        "| Règle | | Ce qu'elle relève | Pourquoi | Source | Comment corriger |",
        "|---|---|---|---|---|---|",
    ]
    for rule in RULES.values():
        kind = "faute" if rule.severity is Severity.FAULT else "conseil"
        cells = (f"`{rule.code}`", kind, rule.what, rule.why, rule.source, rule.remedy)
        rows.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
    return "\n".join(rows) + "\n"


def _read() -> Mapping[str, Rule]:
    text = resources.files(__package__).joinpath("rules.toml").read_text(encoding="utf-8")
    rows = tomllib.loads(text)["rule"]
    return {row["code"]: _rule(**row) for row in rows}


def _rule(*, advice: bool = False, holds: bool = True, passable: bool = True, **row: str) -> Rule:
    kept = Hold.UNTIL_PASSED if passable else Hold.ALWAYS
    return Rule(
        severity=Severity.WARNING if advice else Severity.FAULT,
        hold=kept if holds and not advice else Hold.NO,
        **row,
    )


RULES = _read()
