"""The half of the labelled messages that the rules of ``check`` were learned from: figures stay."""

from pathlib import Path

import pytest

from tests.judging.lint import CLEAN, Figures, Judged, by_kind, judge, read

SAMPLES = Path(__file__).parents[1] / "samples" / "lint"
LEARNED = (SAMPLES / "learn_a.json", SAMPLES / "learn_b.json")


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> list[Judged]:
    return judge(read(LEARNED), tmp_path_factory.mktemp("phrases") / "essais")


def test_every_faulty_sample_says_where_it_is_wrong(judged: list[Judged]) -> None:
    assert [one.where for one in judged if one.faulty and not one.lines] == []


def test_the_learned_half_is_read(judged: list[Judged]) -> None:
    kinds = {kind: Figures.of(ones) for kind, ones in by_kind(judged).items()}

    assert len(kinds) == 23
    assert {kind for kind, one in kinds.items() if one.found < one.faulty} == set()


def test_whole_messages_without_fault_are_left_in_peace(judged: list[Judged]) -> None:
    clean = Figures.of([one for one in judged if one.kind == CLEAN])

    assert clean.others == 75
    assert clean.flagged == 0


def test_near_misses_are_mostly_left_in_peace(judged: list[Judged]) -> None:
    near = Figures.of([one for one in judged if one.kind != CLEAN])

    assert near.others == 220
    assert near.flagged <= 11
