"""The tour that README offers, taken: every command of it, and every line that it shows.

The year is README's own: the clock stands in the autumn before, wherever the calendar on the wall
has got to.
"""

import re
import shlex
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.parts.daemon import Daemon
from tests.parts.installation import PROJECT, Installation, install

README = (PROJECT / "README.md").read_text(encoding="utf-8")
TOUR = README.partition("## Five minutes\n")[2].partition("\n## ")[0]
YEAR = int(re.findall(r"Rehearsing (\d{4})-10-01", TOUR)[0])
#: Stands for whatever is left out.
LEFT_OUT = "…"
#: What README asks to write, in the file that the preview names.
EDIT = ("poste verrouillé", "poste prêt")
EDITED = "templates/cybermois/1-fermer-sa-porte/sms.staff.fr.txt"
#: What only a reader's own shell does.
ENTERING = ". .venv/bin/activate"


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """A command that README shows, and what it shows of its answer."""

    command: str
    shown: Sequence[str]


def steps() -> list[Step]:
    blocks = re.findall(r"^```\n(.*?)^```$", TOUR, re.DOTALL | re.MULTILINE)
    found = []
    for block in blocks:
        command, *others = re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]
        for each in (command, *others):
            first, *shown = each.rstrip().splitlines()
            found.append(Step(command=first, shown=shown))
    return found


STEPS = steps()


def missing(shown: Sequence[str], answer: str) -> list[str]:
    """Lines of README that the real answer hasn't, in their order; spaces count as one."""
    lines = iter([" ".join(line.split()) for line in answer.splitlines()])
    lost = []
    for line in (" ".join(one.split()) for one in shown):
        if line in ("", LEFT_OUT):
            continue
        pattern = ".*".join(re.escape(part) for part in line.split(LEFT_OUT))
        if not any(re.fullmatch(pattern, one) for one in lines):
            lost.append(line)
    return lost


@dataclass(frozen=True, slots=True)
class Tour:
    home: Installation
    running: Daemon


@pytest.fixture(scope="module")
def tour(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tour]:
    folder = tmp_path_factory.mktemp("tour") / "home"
    made = install(folder, datetime(YEAR - 1, 11, 15, 12, tzinfo=UTC))
    home = replace(made, environment={**made.environment, "COLUMNS": "80"}, anew=True)
    # It rehearses first, on a machine that may have much else to do.
    with home.daemon("--samples", seconds=480) as running:
        yield Tour(home, running)


def test_the_tour_shows_commands_and_answers() -> None:
    assert len([one for one in STEPS if one.shown]) >= 6
    assert {one.command.split()[0] for one in STEPS} == {"make", ".", "reflexe"}
    assert EDIT[1] in TOUR


def test_make_run_starts_it_and_says_what_readme_says(tour: Tour) -> None:
    step = next(one for one in STEPS if one.command == "make run")
    recipe = (PROJECT / "Makefile").read_text(encoding="utf-8").partition("\nrun:")[2]

    answer = tour.running.log().replace(tour.running.desk, "http://127.0.0.1:8080")

    assert recipe.splitlines()[1].endswith("/reflexe run --samples")
    assert missing(step.shown, answer) == []


def test_each_command_of_the_tour_answers_what_readme_says(tour: Tour) -> None:
    file = Path(tour.home.folder, EDITED)
    original = file.read_text(encoding="utf-8")
    checks = 0
    for step in STEPS:
        if step.command in ("make run", ENTERING):
            continue
        program, *words = shlex.split(step.command)
        if words == ["check"]:
            checks += 1
            edited = original.replace(*EDIT) if checks == 1 else original
            file.write_text(edited, encoding="utf-8")
        answer = tour.home.say(*words)

        assert program == "reflexe"
        assert answer.returncode == (words == ["check"] and checks == 1), answer.stderr
        assert missing(step.shown, answer.stdout) == [], answer.stdout
    assert checks == 2


def test_the_figures_of_the_rehearsal_agree_with_the_words_about_them() -> None:
    planned, sent = re.findall(r"In all: (\d+) planned, (\d+) sent", TOUR)[0]

    assert f"the {int(planned) - int(sent)} who get nothing" in " ".join(TOUR.split())


def test_a_line_that_is_not_so_is_noticed() -> None:
    assert missing(["a  b", "…", "d …f"], "a b\nc\nd e f") == []
    assert missing(["b", "a"], "a\nb") == ["a"]
    assert missing(["a c"], "a b") == ["a c"]
