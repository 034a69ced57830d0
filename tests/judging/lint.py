"""How well ``check`` reads messages, on labelled samples: ``python -m tests.judging.lint FILE…``.

Each FILE is a JSON list of ``{"kind", "faulty", "channel", "audience", "variant"?, "subject",
"preheader", "body", "where"}``; ``where`` is what is wrong in a faulty one, word for word. A sample
that isn't faulty is a near miss of its kind, or a whole message of the kind ``clean``.

A FILE may also be ``{"kinds": {KIND: {"faulty": […], "near": […]}}, "clean": […]}``: each sample
a ``text`` and, where it is wrong, the ``line``; or its ``subject`` and ``body``, and what is
``wrong``, word for word. ``--odd`` and ``--even`` take every other one of each list, ``--totals``
prints no text; ``--today=2027-11-01`` is the day on which dates are over.
"""

import json
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path
from typing import Any

from scheduler.domain.checking.findings import Finding, Severity
from tests.checking_world import NOW, check
from tests.worlds import write_config

#: Rules that count letters and spaces: they are true of samples too, and tell nothing of a reading.
FORM = frozenset(
    (
        *("subject-length", "preheader-length", "preheader-repeats", "typography"),
        *("sms-length", "sms-alphabet", "sms-zone", "heading"),
    )
)
#: But where they are what a sample is about: a space that is missing is found by no other rule.
ABOUT_FORM = frozenset(("quotes",))
CLEAN = "clean"
SUBJECT = "Un mot de l’équipe numérique"
PREHEADER = "Quelques lignes à lire quand vous avez un instant"


@dataclass(frozen=True, kw_only=True, slots=True)
class Judged:
    """One sample, and what ``check`` says of its text but for its form."""

    kind: str
    faulty: bool
    text: str
    where: str
    #: The lines on which ``where`` stands.
    lines: frozenset[int]
    findings: Sequence[Finding]

    @property
    def found(self) -> bool:
        return any(one.line in self.lines for one in self.findings)

    @property
    def fault(self) -> bool:
        return any(one.severity is Severity.FAULT for one in self.findings)

    @property
    def right(self) -> bool:
        return self.found if self.faulty else not self.findings


@dataclass(frozen=True, kw_only=True, slots=True)
class Figures:
    """Of a kind, or of all."""

    faulty: int
    found: int
    others: int
    flagged: int
    #: Of those flagged, the ones of which ``check`` says that they must not leave.
    faults: int

    @classmethod
    def of(cls, judged: Sequence[Judged]) -> "Figures":
        wrong = [one for one in judged if one.faulty]
        well = [one for one in judged if not one.faulty]
        return cls(
            faulty=len(wrong),
            found=sum(one.found for one in wrong),
            others=len(well),
            flagged=sum(bool(one.findings) for one in well),
            faults=sum(one.fault for one in well),
        )

    def __str__(self) -> str:
        return (
            f"found {self.found:3} of {self.faulty:3}   flagged {self.flagged:3} of {self.others:3}"
            f" ({self.faults} as a fault)"
        )


def judge(samples: Sequence[Mapping[str, Any]], folder: Path, now: datetime = NOW) -> list[Judged]:
    """Lays the samples into an installation under ``folder`` and checks it."""
    folder.mkdir()
    config = write_config(folder)
    settings = config.read_text(encoding="utf-8")
    known = settings.replace("\nweb:", "\n  link_domains: [example.org]\nweb:")
    config.write_text(known, encoding="utf-8")
    names = [f"essai-{number:04}" for number in range(len(samples))]
    templates = config.parent / "templates"
    texts = [_write(templates / name, one) for name, one in zip(names, samples, strict=True)]
    kinds = {name: one["kind"] for name, one in zip(names, samples, strict=True)}
    said: dict[str, list[Finding]] = {name: [] for name in names}
    for one in check(config, names, now):
        number = one.file.split("/")[1]
        if not _is_form(one) or (kinds[number] in ABOUT_FORM and one.rule == "typography"):
            said[number].append(one)
    return [
        _judged(sample, text, said[name])
        for name, sample, text in zip(names, samples, texts, strict=True)
    ]


def by_kind(judged: Sequence[Judged]) -> dict[str, list[Judged]]:
    ordered = sorted(judged, key=lambda one: one.kind)
    return {kind: list(group) for kind, group in groupby(ordered, key=lambda one: one.kind)}


def _judged(sample: Mapping[str, Any], text: str, findings: Sequence[Finding]) -> Judged:
    where = str(sample["where"]).split("\n")[0]
    numbered = enumerate(text.split("\n"), 1)
    known = {
        text.count("\n") - sample["body"].count("\n") - 1 + line for line in sample.get("line", ())
    }
    return Judged(
        kind=sample["kind"],
        faulty=sample["faulty"],
        text=text,
        where=where,
        lines=frozenset(known or (number for number, line in numbered if where and where in line)),
        findings=findings,
    )


def _write(folder: Path, sample: Mapping[str, Any]) -> str:
    """The text as its file holds it; quotation marks of a subject as YAML wants them."""
    folder.mkdir(parents=True)
    channel, variant = sample["channel"], sample.get("variant") or "fr"
    head = f"title: Essai\nclass: awareness\nchannels: [{channel}]\n"
    (folder / "message.yaml").write_text(head, encoding="utf-8")
    text = f"{sample['body']}\n"
    if channel == "email":
        subject, preheader = (_quoted(sample[key]) for key in ("subject", "preheader"))
        text = f"---\nsubject: {subject}\npreheader: {preheader}\n---\n{text}"
    ending = "md" if channel == "email" else "txt"
    name = f"{channel}.{sample['audience']}.{variant}.{ending}"
    (folder / name).write_text(text, encoding="utf-8")
    return text


def _is_form(one: Finding) -> bool:
    """A heading too deep is refused as the structure."""
    deep = one.rule == "structure" and "titre" in one.message
    return deep or one.rule in FORM or one.file.endswith("message.yaml")


def _quoted(value: str) -> str:
    doubled = value.replace("'", "''")
    return f"'{doubled}'" if '"' in value else f'"{value}"'


def read(paths: Sequence[Path], first: int = 0, step: int = 1) -> list[Mapping[str, Any]]:
    """Every ``step``-th sample of each list, from the one numbered ``first`` (0, 1)."""
    found: list[Mapping[str, Any]] = []
    for path in paths:
        written = json.loads(path.read_text(encoding="utf-8"))
        if isinstance(written, list):
            found += written[first::step]
            continue
        for kind, both in written["kinds"].items():
            for name, faulty in (("faulty", True), ("near", False)):
                found += [_lined(one, kind, faulty=faulty) for one in both[name][first::step]]
        found += [_lined(one, CLEAN, faulty=False) for one in written["clean"][first::step]]
    return found


def _lined(one: Mapping[str, Any], kind: str, *, faulty: bool) -> Mapping[str, Any]:
    """A sample that says its line, or its words, with a preheader of no matter."""
    easy = "-falc" if one.get("falc") else ""
    letter = one["channel"] == "email"
    written = one["body"] if "body" in one else one["text"]
    # An SMS is one line.
    body = written if letter else " ".join(written.split("\n"))
    line = [one["line"] if letter else 1] if faulty and "line" in one else []
    return {
        "kind": kind,
        "faulty": faulty,
        "channel": one["channel"],
        "audience": one["audience"],
        "variant": one["language"].lower() + easy,
        "subject": one.get("subject") or SUBJECT,
        "preheader": PREHEADER,
        "body": body,
        "where": one.get("wrong", "") if faulty else "",
        "line": line,
    }


def main(words: Sequence[str]) -> None:
    options = [word for word in words if word.startswith("--")]
    first, step = (int("--odd" in options), 2) if {"--odd", "--even"} & {*options} else (0, 1)
    told = [word.partition("=")[2] for word in options if word.startswith("--today=")]
    now = datetime.fromisoformat(told[0]).replace(tzinfo=UTC) if told else NOW
    paths = [Path(word) for word in words if word not in options]
    with tempfile.TemporaryDirectory() as folder:
        judged = judge(read(paths, first, step), Path(folder) / "essais", now)
    for kind, ones in by_kind(judged).items():
        print(f"{kind:18} {Figures.of(ones)}")
    whole = [one for one in judged if one.kind == CLEAN]
    others = [one for one in judged if one.kind != CLEAN]
    print(f"{'all but clean':18} {Figures.of(others)}")
    print(f"{'clean':18} {Figures.of(whole)}")
    for one in judged:
        if not one.right and "--totals" not in options:
            said = "; ".join(f"{each.line} {each.rule}: {each.message}" for each in one.findings)
            print(f"\n{one.kind}{' FAULTY' if one.faulty else ''}: {one.where!r}\n  [{said}]")
            print("  " + one.text.replace("\n", "\n  ").strip())


if __name__ == "__main__":
    main(sys.argv[1:])
