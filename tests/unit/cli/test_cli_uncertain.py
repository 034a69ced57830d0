"""uncertain, stop-all and resume-all, as an operator says them."""

import asyncio
import json
import shutil
from collections import deque
from pathlib import Path

import pytest

from scheduler.domain.errors import Uncertain
from tests.commands import reflexe
from tests.flow_world import EVENT, open_world, utc
from tests.samples.ledger import STAFF, person

#: An occurrence of long ago: today its time is over.
OCCURRENCE = "webinaire/invitation/2026-09-22"


async def make(folder: Path) -> Path:
    """Three were written to; of two of them nobody knows."""
    async with open_world(folder, EVENT) as world:
        await world.book.take_in(STAFF, *(person(number) for number in (1, 2, 3)))
        for number in (1, 2):
            world.email.refusals[f"p{number}@example.org"] = deque([Uncertain("lost")])
        await world.at(utc(22, 8, month=9))
        return world.config


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return asyncio.run(make(tmp_path_factory.mktemp("doubts")))


@pytest.fixture
def config(once: Path, tmp_path: Path) -> Path:
    """A copy of it for each test."""
    return shutil.copytree(once.parent, tmp_path / "copy") / once.name


def acts(config: Path) -> list[tuple[str, str, str]]:
    entries = reflexe(config, "audit", "list", "--json").json
    return [(one["actor"], one["act"], one["subject"]) for one in reversed(entries)]


def test_the_list_tells_each_with_its_recipient_masked(config: Path) -> None:
    answer = reflexe(config, "uncertain", "list")
    told = reflexe(config, "uncertain", "list", "--json").json

    assert answer.code == 0
    assert [(one["number"], one["occurrence"], one["channel"]) for one in told] == [
        (1, OCCURRENCE, "email"),
        (2, OCCURRENCE, "email"),
    ]
    assert told[0]["to"] == "p***@e***.org"
    assert "p1@example.org" not in answer.out + json.dumps(told)
    assert "2026-09-22 10:00" in answer.out


def test_what_is_closed_is_off_the_list_and_in_the_audit_log(config: Path) -> None:
    answer = reflexe(config, "uncertain", "close", "1", "--as", "sent", "--by", "Camille")

    assert (answer.code, answer.out) == (0, "1 sent.\n")
    assert [one["number"] for one in reflexe(config, "uncertain", "list", "--json").json] == [2]
    assert acts(config) == [("Camille", "close-uncertain", "delivery 1")]


def test_all_of_an_occurrence_can_be_closed_at_once(config: Path) -> None:
    words = ("uncertain", "close", "--all", OCCURRENCE, "--as", "failed", "--by", "Camille")
    answer = reflexe(config, *words)

    assert answer.out == "2 failed.\n"
    assert reflexe(config, "uncertain", "list", "--json").json == []


def test_what_comes_too_late_is_told_number_by_number(config: Path) -> None:
    answer = reflexe(config, "uncertain", "resend", "1", "7", "--by", "Camille")

    assert (answer.code, answer.out) == (1, "0 waiting again.\n")
    assert "1: the time in which it could be sent is over" in answer.err
    assert "7: it isn't uncertain (any more)" in answer.err
    assert acts(config) == []


@pytest.mark.parametrize(
    "words", [("resend",), ("resend", "1", "--all", OCCURRENCE), ("close", "1")]
)
def test_an_order_that_can_mean_two_things_is_refused(config: Path, words: tuple[str, ...]) -> None:
    assert reflexe(config, "uncertain", *words).code == 2


def test_an_unknown_occurrence_is_refused_by_name(config: Path) -> None:
    answer = reflexe(config, "uncertain", "resend", "--all", "webinaire/rien/2026-09-22")

    assert answer.code == 2
    assert OCCURRENCE in answer.err


def test_everything_is_stopped_and_goes_on_with_its_counts(config: Path) -> None:
    stopped = reflexe(config, "stop-all", "--by", "Camille")
    again = reflexe(config, "stop-all", "--by", "Sacha")
    status = reflexe(config, "status")
    resumed = reflexe(config, "resume-all", "--by", "Sacha")
    nothing = reflexe(config, "resume-all", "--by", "Sacha")

    assert stopped.out.startswith("Every channel is stopped: 0 sent, 0 waiting, 0 in flight.")
    assert again.out.startswith("Every channel was stopped already")
    assert status.code == 1
    assert "ALARM stopped-by-hand every channel: Camille" in status.out
    assert resumed.out.startswith("Every channel goes on")
    assert nothing.out.startswith("Nothing was stopped")
    assert acts(config) == [
        ("Camille", "stop-all", "every channel"),
        ("Sacha", "resume-all", "every channel"),
    ]


def test_the_list_ends_with_what_the_proof_found_of_each_cause(config: Path) -> None:
    answer = reflexe(config, "uncertain", "list")
    told = reflexe(config, "uncertain", "list", "--json").json

    assert "connection-lost (2): of 3 like it, the last proof found 0 arrived (0 %)." in answer.out
    assert [one["cause"] for one in told] == ["connection-lost", "connection-lost"]
