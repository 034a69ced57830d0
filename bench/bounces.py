"""How well bounces are read, on a folder of labelled ones: `python -m bench.bounces FOLDER`.

The folder holds messages and an `expected.json`: file name -> a list, one a recipient in the
report's order, each with `hardbounce` (whether the address is dead) and `reason`. What stands
before the number in a file's name is its maker.

Two figures: of all of it, as the reader is; and with one maker left out at a time. The points
(`bounce_weights.txt`) are set by what codes and words mean, so there is nothing in them to be
fitted again. The patterns were learnt: for each maker, every line that no other maker's messages
bear is taken away before its own are read.
"""

import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from scheduler.domain.answers.bounces import BounceKind
from scheduler.inbox.reports import patterns as bounce_patterns
from scheduler.inbox.reports import words as bounces_words
from scheduler.inbox.reports.mime import field as field_of
from scheduler.inbox.reports.mime import header_and_parts
from scheduler.inbox.reports.reading import read_report
from scheduler.inbox.reports.words import plain

#: Of robots and filters: they decide no address.
_NOT_OF_BOUNCES = ("answer: ", "challenge: ")
_NUMBER = re.compile(r"-\d+\.eml$")


@dataclass(kw_only=True, slots=True)
class Score:
    dead: int = 0
    found: int = 0
    others: int = 0
    called_dead: int = 0
    #: What was read wrong, for whoever looks.
    wrong: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        return (
            f"{self.found} of {self.dead} dead addresses found "
            f"({self.found / max(self.dead, 1):.1%}), {self.called_dead} of {self.others} others "
            f"called dead ({self.called_dead / max(self.others, 1):.1%})"
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class Sample:
    name: str
    raw: bytes
    #: A recipient each: dead or not, and the label's reason.
    expected: Sequence[tuple[bool, str]]

    @property
    def maker(self) -> str:
        return _NUMBER.sub("", self.name)


def samples_in(folder: Path) -> list[Sample]:
    labels = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    return [
        Sample(
            name=name,
            raw=(folder / name).read_bytes(),
            expected=[(bool(one["hardbounce"]), str(one["reason"])) for one in of],
        )
        for name, of in labels.items()
    ]


def score(samples: Sequence[Sample], into: Score) -> Score:
    for sample in samples:
        found = read_report(sample.raw).findings
        for number, (is_dead, reason) in enumerate(sample.expected):
            kind = found[number].kind if number < len(found) else BounceKind.NOT_A_REPORT
            called = kind is BounceKind.HARD
            into.dead += is_dead
            into.found += is_dead and called
            into.others += not is_dead
            into.called_dead += called and not is_dead
            if called != is_dead:
                into.wrong.append(f"{sample.name} {number + 1}: {reason}, read as {kind}")
    return into


def makers_by_line(samples: Sequence[Sample]) -> Mapping[tuple[str, str], set[str]]:
    """A heading and one of its lines -> the makers whose messages bear it."""
    texts: dict[str, set[str]] = defaultdict(set)
    for sample in samples:
        header, parts = header_and_parts(sample.raw)
        told = [field_of(header, "From"), field_of(header, "Subject")]
        told += [piece for part in parts for piece in _windows(part.text)]
        texts[sample.maker] |= {plain(one) for one in told}
    found: dict[tuple[str, str], set[str]] = {}
    for heading, lines in bounce_patterns.LINES.items():
        for line in lines if not heading.startswith(_NOT_OF_BOUNCES) else ():
            pattern = re.compile(line)
            found[heading, line] = {
                maker for maker, of in texts.items() if any(map(pattern.search, of))
            }
    return found


def _windows(text: str) -> Iterator[str]:
    """Pieces that are not longer than what is looked at, overlapping."""
    for start in range(0, min(len(text), 64_000), 2000):
        yield text[start : start + 4000]


@contextmanager
def without(maker: str, borne: Mapping[tuple[str, str], set[str]]) -> Iterator[None]:
    """The reader as it would be had nobody seen a message of this maker's."""
    kept: dict[str, list[str]] = defaultdict(list)
    for heading, lines in bounce_patterns.LINES.items():
        kept[heading] = [line for line in lines if borne.get((heading, line)) != {maker}]
    before = dict(bounce_patterns.PATTERNS)
    try:
        _use({one: re.compile("|".join(lines) or r"(?!)") for one, lines in kept.items()})
        yield
    finally:
        _use(before)


def _use(patterns: Mapping[str, re.Pattern[str]]) -> None:
    bounce_patterns.PATTERNS.update(patterns)
    bounces_words.read_headings()


def main(folder: Path) -> None:
    samples = samples_in(folder)
    print(f"{len(samples)} messages, as the reader is: {score(samples, Score())}")
    borne = makers_by_line(samples)
    left_out = Score()
    for maker in sorted({one.maker for one in samples}):
        with without(maker, borne):
            score([one for one in samples if one.maker == maker], left_out)
    alone = sum(len(of) == 1 for of in borne.values())
    print(f"each maker left out in turn ({alone} lines are one maker's alone): {left_out}")
    print(*left_out.wrong, sep="\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
