"""figures add, list and remove, said as an operator says them."""

from pathlib import Path

import pytest

from scheduler.cli.answers.figures import KINDS
from scheduler.domain.measure.typed import FigureKind
from tests.commands import reflexe
from tests.new_ledger import with_ledger
from tests.worlds import write_config


@pytest.fixture
def config(tmp_path: Path) -> Path:
    return with_ledger(write_config(tmp_path))


ADD = (
    *("figures", "add", "linkedin-reactions", "120", "--campaign", "cybermois"),
    *("--season", "2026", "--source", "Page LinkedIn", "--on", "2025-10-01", "--by", "Ana"),
)


def test_a_figure_is_typed_once_listed_and_removed(config: Path) -> None:
    assert reflexe(config, *ADD).out == "Kept.\n"
    assert reflexe(config, *ADD).out == "It is there already.\n"
    (kept,) = reflexe(config, "figures", "list", "--json").json
    assert {**kept, "typed_at": ""} == {
        "number": kept["number"],
        "campaign": "cybermois",
        "season": "2026",
        "kind": "linkedin-reactions",
        "figure": 120,
        "source": "Page LinkedIn",
        "read_on": "2025-10-01",
        "typed_by": "Ana",
        "typed_at": "",
    }
    assert "Page LinkedIn" in reflexe(config, "figures", "list").out
    assert reflexe(config, "figures", "list", "--campaign", "rappels", "--json").json == []
    assert reflexe(config, "figures", "remove", str(kept["number"])).code == 0
    assert reflexe(config, "figures", "remove", str(kept["number"])).code == 2
    acts = [one["act"] for one in reflexe(config, "audit", "list", "--json").json]
    assert acts[:2] == ["remove-figure", "add-figure"]


@pytest.mark.parametrize(
    ("at", "word", "told"),
    [
        (2, "likes", "there are: linkedin-reactions"),
        (5, "cybermoi", "there is no campaign cybermoi"),
        (7, "octobre", "is not a season"),
        (7, "1926", "a year from 2000 to"),
        (9, " ", "the source is empty"),
        (9, "Page\x1b[31m", "has a control sign"),
        (11, "hier", "is no day"),
        (11, "2126-10-01", "never to come"),
    ],
)
def test_what_is_mistyped_is_refused_in_words(config: Path, at: int, word: str, told: str) -> None:
    words = list(ADD)
    words[at] = word

    answer = reflexe(config, *words)

    assert (answer.code, told in " ".join(answer.err.split())) == (2, True), answer.err


def test_the_kinds_are_in_the_help_and_in_the_list(config: Path) -> None:
    told = " ".join(reflexe(config, "figures", "add", "--help").out.split())
    reflexe(config, *ADD)

    assert [one for one in FigureKind if one not in KINDS] == []
    assert "linkedin-shares" in told
    assert "linkedin-reactions" in reflexe(config, "--lang", "fr", "figures", "list").out
