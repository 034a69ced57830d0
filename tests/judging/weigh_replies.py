"""Learn what each sign of a reply is worth: ``python -m tests.judging.weigh_replies [SET…]``.

Writes ``weights.txt`` and ``familiar.txt`` of scheduler/domain/hearing from the labelled texts in
tests/samples. With sets named, each is left out in turn and judged by what the others teach:
nothing is written, and the shares say how well texts are heard that weren't learned from (the rules
were written with all of them in sight).
"""

import json
import random
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from math import exp, sqrt
from pathlib import Path
from unittest.mock import patch

from scheduler.domain.hearing import familiar, weighing
from scheduler.domain.hearing.deciding import ruled
from scheduler.domain.hearing.evidence import signs
from scheduler.domain.hearing.familiar import LEAST, QUIET, Counts, pieces, times
from scheduler.domain.hearing.reading import read
from tests.judging.sms import Judgement, judge, tell

TEXTS = Path(__file__).parents[1] / "samples" / "sms_replies"
TABLE = Path(weighing.__file__).with_name("weights.txt")
FAMILIAR = TABLE.with_name("familiar.txt")
SETS = (
    *("learn", "seen", "own", "narrow", "judged", "indirect", "weighed", "everyday", "hardest"),
    *("other_kinds", "more_kinds", "sixth", "seventh"),
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
LEAST_SHOWN = 2
ROUNDS, STEP, SHRINK = 8, 0.1, 3e-3
HEAD = """# What each sign of a reply is worth: points for leaving, for staying, for a number that
# is somebody else's, then the sign. Tenths; e to that power. Learned from the labelled texts by
# `python -m tests.judging.weigh_replies`, never edited by hand.

"""

FAMILIAR_HEAD = """# How many labelled texts of who stays, and of who leaves, have a word, or two
# words that follow one another (``^`` and ``$``: beginning and end). Counted by
# `python -m tests.judging.weigh_replies`, never edited by hand.

"""

Sample = tuple[Sequence[str], int]


def samples(name: str) -> list[Sample]:
    """The texts of a set, taken apart; ``either`` teaches nothing."""
    return [(_signs(text), end) for text, end in labelled(name)]


def labelled(name: str) -> list[tuple[str, int]]:
    """The texts of a set with what became of each."""
    found = json.loads((TEXTS / f"{name}.json").read_text(encoding="utf-8"))
    if isinstance(found, dict):
        texts = [(text, NARROW[kind]) for kind, some in found.items() for text in some]
    else:
        texts = [(one["text"], one["label"]) for one in found]
    return [(text, ENDS[label]) for text, label in texts if label in ENDS]


def _signs(text: str) -> list[str]:
    said = read(text)
    return sorted(signs(said, ruled(said)))


def learn(texts: Sequence[Sample]) -> dict[str, weighing.Points]:
    """A logistic regression of three ends, by stochastic descent; the same for the same texts."""
    seen = Counter(sign for found, _ in texts for sign in found)
    kept = [([one for one in found if seen[one] >= LEAST_SHOWN], end) for found, end in texts]
    points = {sign: [0.0, 0.0, 0.0] for sign, count in seen.items() if count >= LEAST_SHOWN}
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


def count(texts: Sequence[tuple[str, int]]) -> dict[str, Counts]:
    """How many texts of who stays, and of who leaves, have each word or pair that tells."""
    stays: Counter[str] = Counter()
    leaves: Counter[str] = Counter()
    for text, end in texts:
        had = stays if end == ENDS["not-leave"] else leaves
        had.update(set(pieces(read(text).whole)))
    counts = {one: (stays[one], leaves[one]) for one in {*stays, *leaves}}
    return {one: of for one, of in counts.items() if _tells(one, of)}


def _tells(piece: str, of: Counts) -> bool:
    if " " in piece:
        return max(of) >= LEAST and max(times(*of), times(*reversed(of))) >= QUIET
    return of[0] > 0 or of[1] >= LEAST


def write() -> None:
    weights = learn([one for name in SETS for one in samples(name)])
    lines = [f"{a} {b} {c} {sign}" for sign, (a, b, c) in sorted(weights.items())]
    TABLE.write_text(HEAD + "\n".join(lines) + "\n", encoding="utf-8")
    counts = count([one for name in SETS for one in labelled(name)])
    said = [f"{a} {b} {piece}" for piece, (a, b) in sorted(counts.items())]
    FAMILIAR.write_text(FAMILIAR_HEAD + "\n".join(said) + "\n", encoding="utf-8")
    print(f"{len(lines)} signs, {len(said)} words and pairs")


def judge_without(left_out: str) -> Judgement:
    """How the texts of a set are heard by tables that were learned from the others alone."""
    others = [name for name in SETS if name != left_out]
    weights = learn([one for name in others for one in samples(name)])
    counts = count([one for name in others for one in labelled(name)])
    labels = {end: label for label, end in ENDS.items()}
    with (
        patch.object(weighing, "_weights", lambda: weights),
        patch.object(familiar, "_counts", lambda: counts),
    ):
        return judge([{"text": text, "label": labels[end]} for text, end in labelled(left_out)])


if __name__ == "__main__":
    for set_name in sys.argv[1:]:
        tell(judge_without(set_name), set_name)
    if len(sys.argv) == 1:
        write()
