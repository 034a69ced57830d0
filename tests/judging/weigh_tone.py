"""Learn what each sign of a sentence's tone is worth: ``python -m tests.judging.weigh_tone``.

Writes ``weights.txt`` of scheduler/content/rules from the labelled texts in tests/samples/lint and
from the texts that are shipped, which are all right. ``--leave-out`` writes nothing: each writer's
sets are left out in turn and judged by what the others teach, rule by rule; that is also how the
thresholds are set. ``--raise`` learns nothing: it lifts them above what a new shipped text weighs.
(The rules beside were written with all of these texts in sight.)
"""

import random
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from math import sqrt
from pathlib import Path
from typing import Any, NamedTuple

from scheduler.content.rules import voice, weighing
from scheduler.content.rules.passage import Passage, with_examples
from tests.judging.lint import CLEAN, read

TEXTS = Path(__file__).parents[1] / "samples" / "lint"
TEMPLATES = Path(__file__).parents[2] / "templates"
TABLE = Path(weighing.__file__).with_name("weights.txt")
#: Who wrote them -> files: what one writer wrote is left out together.
WRITERS = {
    "first": ("learn_a", "learn_b"),
    "second": ("learn_c", "learn_d"),
    "third": ("learn_e",),
    "fourth": ("learn_g",),
    "fifth": ("learn_i",),
    "sixth": ("learn_j",),
    "seventh": ("learn_k",),
    "eighth": ("learn_m", "learn_u"),
    "ninth": ("learn_n", "learn_v"),
    "tenth": ("learn_o", "learn_w"),
    "eleventh": ("learn_p", "learn_x"),
    "twelfth": ("learn_q",),
    "thirteenth": ("learn_r",),
    "fourteenth": ("learn_s",),
    "fifteenth": ("learn_t",),
    "our own": ("learn_f", "learn_h", "learn_l"),
}
YEAR = "shipped"
#: Rule -> what the sets call its kind.
KINDS: Mapping[str, Sequence[str]] = {
    "fear": ("fear",),
    "blame": ("blame",),
    "sanction": ("sanction",),
    "reward-in-text": ("reward",),
    "urgency-in-text": ("urgency",),
    "secret-in-text": ("ask-secret", "soft-request-for-a-secret", "soft-secret", "secret"),
    "impersonation": ("impersonation", "impersonation-of-police-or-tax"),
    "way-out": ("home-made-way-out", "way-out"),
    "credit": ("credit", "missing-credit"),
    "health-word": ("health-data-in-patient-sms", "health-data-sms", "health-data", "health-sms"),
    "day-in-text": ("day-in-words", "day"),
}
#: A sign that fewer sentences show teaches nothing; nor one of no faulty and few good ones.
LEAST, LEAST_GOOD = 2, 6
ROUNDS, STEP, SHRINK, FAULTY = 6, 0.05, 2e-4, 2.0
#: Of all whole messages that are right, so many may be told of one rule when their set is left out.
CLEAN_TOLD = 0
#: And so many near misses for each faulty text found.
NEAR_TOLD = 1 / 8
#: From how many units on a sentence agrees with a phrase that stands in it: with each writer left
#: out in turn, eight phrases of faulty texts of a hundred lie below.
LEAST_AGREEING: Mapping[str, float] = {
    "fear": -1.6,
    "blame": -2.0,
    "sanction": -1.5,
    "reward-in-text": -1.5,
    "urgency-in-text": -1.4,
    "secret-in-text": -1.7,
    "impersonation": -1.4,
    "way-out": -1.35,
    "credit": -1.8,
    "day-in-text": -1.3,
}
NEVER_LEAST = -99.0
#: What is worth less isn't kept, nor counted where a threshold is chosen.
FAINT = 0.06
#: Never told below: an eighth of a unit's margin tells nothing.
LOWEST = 0.25
HEAD = """# What each sign of a sentence's tone is worth, in hundredths, for each rule; the line
# of a rule says from how many on it is told, and from how many on a phrase of it is.
# Learned from the labelled texts by `python -m tests.judging.weigh_tone`, never edited by hand.

"""

Weights = Mapping[str, float]


class Unit(NamedTuple):
    """A sentence of a labelled text."""

    writer: str
    #: Which text of its writer.
    text: int
    kind: str
    faulty: bool
    #: True where what is wrong stands in it.
    wrong: bool
    signs: Sequence[str]


def units() -> list[Unit]:
    found: list[Unit] = []
    for writer, names in WRITERS.items():
        samples = read([TEXTS / f"{name}.json" for name in names])
        for number, sample in enumerate(samples):
            found += _units(writer, number, sample)
    return [*found, *_shipped()]


def _units(writer: str, number: int, sample: Mapping[str, Any]) -> Iterator[Unit]:
    first = set(sample.get("line", ()))
    where = voice.plain(str(sample["where"]).split("\n")[0])
    for field in ("subject", "body"):
        text = str(sample.get(field) or "")
        passage = Passage(
            file="",
            text=text,
            language=str(sample.get("variant") or "fr")[:2],
            channel=sample["channel"],
            audience=sample["audience"],
        )
        for one in weighing.weighed(passage):
            lines = range(
                text.count("\n", 0, one.start) + 1,
                text.count("\n", 0, one.start + len(one.text)) + 2,
            )
            said = bool(where) and (where[:25] in one.text or one.text in where)
            lined = field == "body" and any(line in first for line in lines)
            yield Unit(
                writer=writer,
                text=number,
                kind=sample["kind"],
                faulty=sample["faulty"],
                wrong=bool(sample["faulty"]) and (said if where else lined),
                signs=sorted(one.signs),
            )


def _shipped() -> Iterator[Unit]:
    paths = sorted(
        path for path in TEMPLATES.rglob("*") if path.name.startswith(("email.", "sms."))
    )
    for number, path in enumerate(paths):
        channel, *rest = path.name.split(".")
        audience = "staff" if "staff" in rest else "patients"
        written = path.read_text(encoding="utf-8")
        letter = written.split("---\n", 2)[2] if written.startswith("---\n") else written
        text = with_examples(letter, {})
        passage = Passage(
            file="",
            text=text,
            language="en" if "en" in rest else "fr",
            channel=channel,
            audience=audience,
        )
        for one in weighing.weighed(passage):
            yield Unit(YEAR, number, CLEAN, False, False, sorted(one.signs))


def learn(shown: Sequence[Unit], rule: str) -> tuple[Weights, float]:
    """What each sign is worth for a rule, and where nothing is known: a margin is learned, in the
    same order for the same sentences, and the later rounds are averaged."""
    mine = KINDS[rule]
    wrong = [one for one in shown if one.wrong and one.kind in mine]
    good = [one for one in shown if not one.wrong]
    in_wrong = Counter(sign for one in wrong for sign in one.signs)
    in_good = Counter(sign for one in good for sign in one.signs)
    kept = sorted(
        sign
        for sign in {*in_wrong, *in_good}
        if in_wrong[sign] + in_good[sign] >= LEAST
        and (in_wrong[sign] or in_good[sign] >= LEAST_GOOD)
    )
    # By their numbers: a list is looked up faster than a table of words.
    number = {sign: at for at, sign in enumerate(kept)}
    worth, summed, pace = [0.0] * len(kept), [0.0] * len(kept), [1e-3] * len(kept)
    data = [
        ([number[sign] for sign in one.signs if sign in number], one.wrong)
        for one in (*wrong, *good)
    ]
    base, base_pace = -1.0, 1e-3
    order = random.Random(0)  # noqa: S311
    for turn in range(ROUNDS):
        order.shuffle(data)
        for signs, is_wrong in data:
            side = 1.0 if is_wrong else -1.0
            if side * (base + sum(map(worth.__getitem__, signs))) >= 1:
                continue
            push = FAULTY if is_wrong else 1.0
            base_pace += push * push
            base += STEP * side * push / sqrt(base_pace)
            for sign in signs:
                slope = SHRINK * worth[sign] - side * push
                pace[sign] += slope * slope
                worth[sign] -= STEP * slope / sqrt(pace[sign])
        if turn >= ROUNDS // 2:
            summed = [of + more for of, more in zip(summed, worth, strict=True)]
    half = ROUNDS - ROUNDS // 2
    averaged = {sign: of / half for sign, of in zip(kept, summed, strict=True)}
    return {sign: of for sign, of in averaged.items() if abs(of) >= FAINT}, base


def weigh(one: Unit, learned: tuple[Weights, float]) -> float:
    weights, base = learned
    return base + sum(weights.get(sign, 0.0) for sign in one.signs)


class Left(NamedTuple):
    """How a rule reads the sets that it wasn't learned from, from a threshold on."""

    threshold: float
    found: int
    faulty: int
    near: int
    clean: int


def left_out(shown: Sequence[Unit], rule: str) -> Left:
    """By every writer's sets, left out in turn; with the lowest threshold that keeps to what good
    texts may be told."""
    best: dict[tuple[str, int], tuple[str, bool, float]] = {}
    for writer in WRITERS:
        learned = learn([one for one in shown if one.writer != writer], rule)
        for one in shown:
            mine = one.kind in KINDS[rule]
            if one.writer != writer or (one.faulty and not (mine and one.wrong)):
                continue
            kind = "faulty" if one.faulty else CLEAN if one.kind == CLEAN else "near"
            key = (writer, one.text)
            before = best.get(key, (kind, one.wrong, -9.0))
            best[key] = (kind, one.wrong, max(before[2], weigh(one, learned)))
    scores = {
        kind: sorted((of for name, _, of in best.values() if name == kind), reverse=True)
        for kind in ("faulty", "near", CLEAN)
    }
    for threshold in (LOWEST + step / 20 for step in range(100)):
        found, near, clean = (
            sum(of > threshold for of in scores[kind]) for kind in ("faulty", "near", CLEAN)
        )
        if clean <= CLEAN_TOLD and near <= NEAR_TOLD * found:
            break
    return Left(threshold, found, len(scores["faulty"]), near, clean)


def lines_of(shown: Sequence[Unit], rule: str) -> Iterator[str]:
    weights, base = learned = learn(shown, rule)
    left = left_out(shown, rule)
    # No sentence that is shipped is told.
    year = max(weigh(one, learned) for one in shown if one.writer == YEAR)
    told = round((max(left.threshold, year) - base) * weighing.POINTS) + 1
    agrees = round((LEAST_AGREEING.get(rule, NEVER_LEAST) - base) * weighing.POINTS)
    yield f"= {rule} {told} {agrees}"
    for sign, of in sorted(weights.items()):
        yield f"{round(of * weighing.POINTS)} {sign}"
    print(rule, left)


def raised() -> Iterator[str]:
    """The table as it stands, its thresholds above whatever the texts shipped by now weigh."""
    year = [*_shipped()]
    table = weighing.table()
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        if line.startswith("= "):
            rule = line.split()[1]
            threshold, agrees, weights = table[rule]
            most = max(weighing.points(one.signs, weights) for one in year)
            yield f"= {rule} {max(threshold, most)} {agrees}"
        else:
            yield line


def main(words: Sequence[str]) -> None:
    if "--raise" in words:
        TABLE.write_text("\n".join(raised()) + "\n", encoding="utf-8")
        return
    shown = units()
    if "--leave-out" in words:
        for rule in KINDS:
            print(rule, left_out(shown, rule))
        return
    lines = [line for rule in KINDS for line in lines_of(shown, rule)]
    TABLE.write_text(HEAD + "\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(lines)} lines")


if __name__ == "__main__":
    main(sys.argv[1:])
