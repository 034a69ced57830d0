"""The labelled messages that the rules of ``check`` were learned from: their figures stay."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.checking_world import NOW
from tests.judging.lint import CLEAN, Figures, Judged, by_kind, judge, read

SAMPLES = Path(__file__).parents[1] / "samples" / "lint"
#: Each part of what was learned from, and the day on which its dates are over.
PARTS = {
    "first": (("learn_a.json", "learn_b.json"), NOW),
    "second": (("learn_c.json", "learn_d.json"), NOW),
    "third": (("learn_e.json",), datetime(2027, 11, 1, tzinfo=UTC)),
    "ours": (("learn_f.json",), datetime(2027, 11, 1, tzinfo=UTC)),
    "fourth": (("learn_g.json",), datetime(2027, 11, 1, tzinfo=UTC)),
    "ours since": (("learn_h.json",), datetime(2027, 11, 1, tzinfo=UTC)),
    "seventh": (("learn_k.json",), NOW),
    "ours, told of others": (("learn_l.json",), NOW),
    "ninth": (tuple(f"learn_{one}.json" for one in "mnopuvwx"), NOW),
    "tenth, the half learned from": (tuple(f"learn_{one}.json" for one in "qrst"), NOW),
    "tenth, the half kept": (
        tuple(f"learn_{one}.json" for one in ("y", "z", "aa", "ab")),
        NOW,
    ),
    "eleventh, the half learned from": (
        tuple(f"learn_{one}.json" for one in ("ac", "ad", "ae", "af")),
        NOW,
    ),
    "eleventh, the half kept": (
        tuple(f"learn_{one}.json" for one in ("ag", "ah", "ai", "aj")),
        NOW,
    ),
}
#: Kinds of each, and whole messages without fault.
KINDS = {
    "first": 22,
    "second": 22,
    "third": 21,
    "ours": 21,
    "fourth": 21,
    "ours since": 11,
    "seventh": 18,
    "ours, told of others": 7,
    "ninth": 18,
    "tenth, the half learned from": 18,
    "tenth, the half kept": 18,
    "eleventh, the half learned from": 18,
    "eleventh, the half kept": 18,
}
WHOLE = {
    "first": 75,
    "second": 75,
    "third": 150,
    "ours": 0,
    "fourth": 150,
    "ours since": 0,
    "seventh": 100,
    "ours, told of others": 0,
    "ninth": 152,
    "tenth, the half learned from": 76,
    "tenth, the half kept": 76,
    "eleventh, the half learned from": 76,
    "eleventh, the half kept": 76,
}
#: Of each: faulty ones not found, near misses and whole messages flagged, at most.
MOST = {
    # Two SMS that end with « répondez STOP » leave with the suffix in its place.
    "first": (2, 11, 1),
    "second": (1, 11, 0),
    "third": (10, 8, 3),
    "ours": (2, 3, 0),
    "fourth": (19, 19, 1),
    "ours since": (0, 4, 0),
    "seventh": (5, 20, 5),
    "ours, told of others": (0, 0, 0),
    "ninth": (2, 16, 1),
    "tenth, the half learned from": (0, 2, 1),
    "tenth, the half kept": (7, 7, 1),
    "eleventh, the half learned from": (1, 1, 1),
    "eleventh, the half kept": (10, 10, 0),
}


@pytest.fixture(scope="module", params=PARTS)
def judged(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[str, list[Judged]]:
    names, now = PARTS[request.param]
    samples = read([SAMPLES / name for name in names])
    return request.param, judge(samples, tmp_path_factory.mktemp("phrases") / "essais", now)


def test_every_faulty_sample_says_where_it_is_wrong(judged: tuple[str, list[Judged]]) -> None:
    assert [one.text for one in judged[1] if one.faulty and not one.lines] == []


def test_what_was_learned_from_is_read(judged: tuple[str, list[Judged]]) -> None:
    part, samples = judged
    kinds = by_kind([one for one in samples if one.kind != CLEAN])
    of_all = Figures.of([one for ones in kinds.values() for one in ones])

    assert len(kinds) == KINDS[part]
    assert of_all.faulty - of_all.found <= MOST[part][0]
    assert of_all.flagged <= MOST[part][1]


def test_whole_messages_without_fault_are_left_in_peace(judged: tuple[str, list[Judged]]) -> None:
    part, samples = judged
    clean = Figures.of([one for one in samples if one.kind == CLEAN])

    assert clean.others == WHOLE[part]
    assert clean.flagged <= MOST[part][2]
