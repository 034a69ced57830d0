"""What ``check`` found, for people, programs, code scanners and workflows, in the run's language.

French tells each finding by its own sentence; English a fault inside a file by its sentence in the
table of ``scheduler.cli.english``, the others by their rule's, and the words that they quote.
"""

import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from urllib.parse import quote

from scheduler.cli.english import english
from scheduler.cli.language import is_french, tr
from scheduler.cli.output.formats import Format
from scheduler.content.rules.table import RULES, Rule
from scheduler.domain.checking.findings import Finding, Severity

_SARIF = "https://json.schemastore.org/sarif-2.1.0.json"
#: Where files of a code scanner's results start from.
_BASE = "%SRCROOT%"
#: What a French finding quotes of the text.
_QUOTED = re.compile(r"«[ \u00a0\u202f]?([^«»]{1,200}?)[ \u00a0\u202f]?»")


def shown(findings: Sequence[Finding], wanted: Format, root: Path) -> str:
    """``findings`` in one format, with a line end. ``root`` is config.yaml's folder."""
    match wanted:
        case Format.TEXT:
            return _text(findings)
        case Format.JSON:
            return _json([_as_json(one) for one in findings])
        case Format.SARIF:
            return _json(_sarif(findings, root))
        case Format.GITHUB:
            return "".join(f"{_annotation(one, root)}\n" for one in findings)


def _text(findings: Sequence[Finding]) -> str:
    faults = sum(one.severity is Severity.FAULT for one in findings)
    lines = [f"{tr('FAULT' if _is_fault(one) else 'advice')} {_told(one)}" for one in findings]
    if findings:
        broken = [RULES[one.rule] for one in findings]
        spoken = [rule if is_french() else rule.english for rule in broken]
        reasons = dict.fromkeys(f"- {one.why} ({one.source})" for one in spoken)
        lines += ["", tr("Why:"), *reasons, ""]
    return "\n".join([*lines, _summary(faults, len(findings) - faults)]) + "\n"


def lines_of(findings: Sequence[Finding]) -> list[str]:
    """Each with its place, what is wrong, and how it is mended."""
    return [_told(one) for one in findings]


def _summary(faults: int, remarks: int) -> str:
    if not faults and not remarks:
        return tr("Nothing to report.")
    if not is_french():
        return f"{faults or 'No'} fault{'' if faults == 1 else 's'}, {remarks} advice."
    told = "Aucune faute" if not faults else f"{faults} faute{'s' if faults > 1 else ''}"
    return f"{told}, {remarks} conseil{'s' if remarks > 1 else ''}."


def _told(one: Finding) -> str:
    if is_french():
        return str(one)
    place = f"{one.file}, line {one.line}" if one.line else one.file
    return f"{place}: {_words(one)}"


def _words(one: Finding) -> str:
    return f"{_message(one)} — {_remedy(one)}"


def _message(one: Finding) -> str:
    if is_french():
        return one.message
    if exactly := english(one.message):
        return exactly
    quoted = ", ".join(f"“{words}”" for words in _QUOTED.findall(one.message))
    what = RULES[one.rule].english.what
    return f"{quoted}: {what}" if quoted else what


def _remedy(one: Finding) -> str:
    if is_french():
        return one.remedy
    return english(one.remedy) or RULES[one.rule].english.remedy


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def _as_json(one: Finding) -> Mapping[str, object]:
    return {
        "file": one.file,
        "line": one.line,
        "rule": one.rule,
        "severity": one.severity.value,
        "message": _message(one),
        "remedy": _remedy(one),
    }


def _sarif(findings: Sequence[Finding], root: Path) -> Mapping[str, object]:
    driver = {
        "name": "reflexe",
        "rules": [_sarif_rule(rule) for rule in RULES.values()],
    }
    run = {
        "tool": {"driver": driver},
        "language": "fr" if is_french() else "en",
        "columnKind": "unicodeCodePoints",
        "results": [_sarif_result(one, root) for one in findings],
    }
    return {"$schema": _SARIF, "version": "2.1.0", "runs": [run]}


def _sarif_rule(rule: Rule) -> Mapping[str, object]:
    words = rule if is_french() else rule.english
    return {
        "id": rule.code,
        "shortDescription": {"text": words.what},
        "fullDescription": {"text": f"{words.why} ({words.source})"},
        "help": {"text": words.remedy},
        "defaultConfiguration": {"level": _level(rule.severity)},
    }


def _sarif_result(one: Finding, root: Path) -> Mapping[str, object]:
    artifact = {"uri": quote(_path(one, root)), "uriBaseId": _BASE}
    region = {"startLine": one.line or 1}
    return {
        "ruleId": one.rule,
        "ruleIndex": list(RULES).index(one.rule),
        "level": _level(one.severity),
        "message": {"text": _words(one)},
        "locations": [{"physicalLocation": {"artifactLocation": artifact, "region": region}}],
    }


def _annotation(one: Finding, root: Path) -> str:
    place = f"file={_property(_path(one, root))},line={one.line or 1}"
    title = f"title={_property(one.rule)}"
    return f"::{_level(one.severity)} {place},{title}::{_data(_words(one))}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _path(one: Finding, root: Path) -> str:
    """From the folder where the command runs, as scanners and workflows want it, if it is below."""
    path = root / one.file
    here = Path.cwd()
    return path.relative_to(here).as_posix() if path.is_relative_to(here) else one.file


def _level(severity: Severity) -> str:
    return "error" if severity is Severity.FAULT else "warning"


def _is_fault(one: Finding) -> bool:
    return one.severity is Severity.FAULT
