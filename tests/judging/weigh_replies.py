"""Learn what each sign of a reply is worth: ``python -m tests.judging.weigh_replies [SET…]``.

Writes ``scheduler/domain/hearing/weights.txt`` from the labelled texts in tests/samples. With sets
named, each is left out in turn and weighed by what the others teach: nothing is written, and the
shares say how well texts are weighed that weren't learned from (the signs were chosen with all of
them in sight).
"""

import json
import random
import sys
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from math import exp, sqrt
from pathlib import Path

from scheduler.domain.hearing import weighing
from scheduler.domain.hearing.deciding import ruled
from scheduler.domain.hearing.evidence import signs
from scheduler.domain.hearing.reading import read

TEXTS = Path(__file__).parents[1] / "samples" / "sms_replies"
TABLE = Path(weighing.__file__).with_name("weights.txt")
SETS = (
    *("learn", "seen", "own", "narrow", "judged", "indirect", "weighed", "everyday", "hardest"),
    *("other_kinds", "more_kinds", "sixth"),
)
ENDS = {"leave": 0, "not-leave": 1, "wrong-person": 2}
#: What the texts of ``narrow`` are, by its own names.
NARROW = {
    "stays": "not-leave",
    "own_affair": "not-leave",
    "leaves": "leave",
    "wrong_number": "wrong-person",
    "holder_died": "wrong-person",
}
#: A sign that one text alone shows teaches nothing.
LEAST = 2
ROUNDS, STEP, SHRINK = 8, 0.1, 3e-3
HEAD = """# What each sign of a reply is worth: points for leaving, for staying, for a number that
# is somebody else's, then the sign. Tenths; e to that power. Learned from the labelled texts by
# `python -m tests.judging.weigh_replies`, never edited by hand.

"""

Sample = tuple[Sequence[str], int]


def samples(name: str) -> list[Sample]:
    """The texts of a set, taken apart; ``either`` teaches nothing."""
    found = json.loads((TEXTS / f"{name}.json").read_text(encoding="utf-8"))
    if isinstance(found, dict):
        texts = [(text, NARROW[kind]) for kind, some in found.items() for text in some]
    else:
        texts = [(one["text"], one["label"]) for one in found]
    return [(_signs(text), ENDS[label]) for text, label in texts if label in ENDS]


def _signs(text: str) -> list[str]:
    said = read(text)
    return sorted(signs(said, ruled(said)))


def learn(texts: Sequence[Sample]) -> dict[str, weighing.Points]:
    """A logistic regression of three ends, by stochastic descent; the same for the same texts."""
    seen = Counter(sign for found, _ in texts for sign in found)
    kept = [([one for one in found if seen[one] >= LEAST], end) for found, end in texts]
    points = {sign: [0.0, 0.0, 0.0] for sign, count in seen.items() if count >= LEAST}
    pace = {sign: [1e-6, 1e-6, 1e-6] for sign in points}
    order = random.Random(0)  # noqa: S311
    for _ in range(ROUNDS):
        order.shuffle(kept)
        for found, end in kept:
            _step(points, pace, found, end)
    tenths = {sign: _tenths(of) for sign, of in points.items()}
    return {sign: of for sign, of in tenths.items() if any(of)}


def _step(
    points: Mapping[str, list[float]],
    pace: Mapping[str, list[float]],
    found: Sequence[str],
    end: int,
) -> None:
    sums = [sum(points[sign][which] for sign in found) for which in range(3)]
    raised = [exp(one - max(sums)) for one in sums]
    for which in range(3):
        off = raised[which] / sum(raised) - (which == end)
        for sign in found:
            slope = off + SHRINK * points[sign][which]
            pace[sign][which] += slope * slope
            points[sign][which] -= STEP * slope / sqrt(pace[sign][which])


def _tenths(of: Sequence[float]) -> weighing.Points:
    leaves, stays, stranger = (round(one * weighing.POINTS) for one in of)
    return leaves, stays, stranger


def write() -> None:
    weights = learn([one for name in SETS for one in samples(name)])
    lines = [f"{a} {b} {c} {sign}" for sign, (a, b, c) in sorted(weights.items())]
    TABLE.write_text(HEAD + "\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(lines)} signs")


def judge_without(left_out: str) -> None:
    """Of the leaving and the staying, who lies under each share of staying."""
    weights = learn([one for name in SETS if name != left_out for one in samples(name)])
    shares: Mapping[bool, list[float]] = {True: [], False: []}
    for found, end in samples(left_out):
        shares[end == ENDS["not-leave"]].append(weighing.odds_of(found, weights).stays)
    for most in (0.5, 0.7, 0.85, 0.9, 0.95):
        print(f"{left_out}, staying under {most}: ", end="")
        print(f"{_under(shares[False], most):.1f} % of who leave, ", end="")
        print(f"{_under(shares[True], most):.1f} % of who stay")


def _under(shares: Collection[float], most: float) -> float:
    return 100 * sum(one < most for one in shares) / len(shares)


if __name__ == "__main__":
    for set_name in sys.argv[1:]:
        judge_without(set_name)
    if len(sys.argv) == 1:
        write()
