"""An audience under another name is never imported without the opt-outs of its people."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from scheduler.domain.names.renames import lost_audiences, why_lost
from tests.commands import Answer, reflexe
from tests.flow_world import SERIES, STAFF_FILE, open_world, utc, write_installation
from tests.samples.ledger import PATIENTS, STAFF, person

PERSONNEL = replace(STAFF, name="personnel", source="personnel")


@pytest.mark.parametrize(
    ("audiences", "people", "known", "lost"),
    [
        ([PERSONNEL, PATIENTS], {"staff": 3}, {"staff", "patients"}, {"personnel": "staff"}),
        ([PERSONNEL, PATIENTS], {"staff": 3}, {"staff"},
         {"personnel": "staff", "patients": "staff"}),
        # People who came by themselves don't settle whose people the others are.
        ([PERSONNEL], {"staff": 3, "personnel": 1}, {"staff"}, {"personnel": "staff"}),
        ([replace(PERSONNEL, is_new=True)], {"staff": 3}, {"staff"}, {}),
        ([replace(PERSONNEL, source="staff", was=("staff",))], {"staff": 3}, {"staff"}, {}),
        ([STAFF, PATIENTS], {"staff": 3}, {"staff"}, {}),
        ([PERSONNEL], {"staff": 0}, {"staff"}, {}),
    ],
)  # fmt: skip
def test_only_what_is_new_may_be_what_is_gone(
    audiences: list[object], people: dict[str, int], known: set[str], lost: dict[str, str]
) -> None:
    assert lost_audiences(audiences, people, known) == lost  # type: ignore[arg-type]


def test_where_several_may_be_meant_each_is_named() -> None:
    said = why_lost("personnel", "staff", ["personnel", "patients"])

    assert "patients, personnel" in said
    assert "« was: staff »" in said
    assert "« was: [] »" in said


CSV = "matricule,email,prenom,service\nK1,{one},Anne,Cadres\nK2,p2@example.org,Léa,Cadres\n"


@pytest.fixture
def config(tmp_path: Path) -> Path:
    return write_installation(tmp_path, SERIES)


def take_in(config: Path, audience: str, one: str, *more: str) -> Answer:
    file = config.parent / "people.csv"
    file.write_text(CSV.format(one=one), encoding="utf-8")
    words = ("--origin", "essai", "--basis", "legitimate-interest", *more)
    return reflexe(config, "import", audience, str(file), *words, "--json")


def renamed(config: Path, word: str = "") -> None:
    folder = config.parent / "audiences"
    (folder / "staff.yaml").unlink(missing_ok=True)
    (folder / "personnel.yaml").write_text(word + STAFF_FILE.strip() + "\n", encoding="utf-8")
    text = config.read_text(encoding="utf-8")
    config.write_text(text.replace("audiences: [staff,", "audiences: [personnel,"), "utf-8")


def test_a_renamed_audience_takes_no_file_in_until_it_is_said_what_it_was(config: Path) -> None:
    assert take_in(config, "staff", "anne@old.example").code == 0
    assert reflexe(config, "optout", "add", "anne@old.example").code == 0
    renamed(config)

    for dry_run in (["--dry-run"], [], []):
        refused = take_in(config, "personnel", "anne@new.example", *dry_run)
        assert refused.code == 2
        assert "« was: staff »" in refused.err
    told = reflexe(config, "check", "--json").json
    (one,) = [found for found in told if found["rule"] == "renamed"]
    assert "« personnel »" in one["message"]

    renamed(config, "was: staff\n")
    taken = take_in(config, "personnel", "anne@new.example")
    assert (taken.code, taken.json["renewed"], taken.json["refusing"]) == (0, 2, 1)
    assert "renamed" not in {one["rule"] for one in reflexe(config, "check", "--json").json}


def test_one_that_is_said_to_be_new_is_taken_in(config: Path) -> None:
    assert take_in(config, "staff", "anne@old.example").code == 0
    renamed(config, "was: []\n")

    taken = take_in(config, "personnel", "anne@new.example")

    assert (taken.code, json.loads(taken.out)["added"]) == (0, 2)


async def test_the_daemon_keeps_it_in_doubt_whatever_it_looks(tmp_path: Path) -> None:
    async with open_world(tmp_path) as world:
        await world.book.take_in(STAFF, person(1))
        await world.at(utc(1, 8))
        renamed(world.config)
        world.read_again()

        for hour in (9, 10):
            await world.at(utc(1, hour))
            assert await world.alarms() == ["renamed personnel"]
        # Somebody who came by themselves settles nothing.
        by_itself: int = None  # type: ignore[assignment]
        await world.book.contact_files.take_in(PERSONNEL, [person(7)], by_itself, utc(1, 10))
        await world.look(utc(2, 8))
        assert await world.alarms() == ["renamed personnel"]
