"""Which of a process's work is told as spans, and by what name."""

from pathlib import Path

import pytest

from scheduler.domain.showing.counted import Counted
from scheduler.domain.showing.small_numbers import EXACT, ROUNDED
from scheduler.domain.showing.traced import (
    LARGEST_SHARE,
    MOST,
    OWN_WORK,
    Traced,
    Traces,
    Work,
    told_name,
)

STORE = Path(__file__).parents[3] / "scheduler" / "store"


def traces(share: float = 0.01, chance: float = 0.5) -> Traces:
    return Traces(share, lambda: chance, lambda: 5_000_000_000)


def transaction(name: str) -> Traced:
    return Traced(work=Work.LEDGER, name=name, word="write", ended=0, seconds=0.1)


@pytest.mark.parametrize("work", [Work.LOOK, Work.TURN])
def test_a_turn_that_took_over_a_second_is_always_told(work: Work) -> None:
    found = traces(share=0)

    found.took(work, 1.0)
    found.took(work, 1.5, word="email")

    (one,) = found.take()
    assert (one.work, one.word, one.began, one.ended) == (
        work,
        "email",
        3_500_000_000,
        5_000_000_000,
    )


def test_of_transactions_the_share_is_told_however_long_they_took() -> None:
    left_out, told = traces(0.01, chance=0.01), traces(0.01, chance=0.0099)
    for one in (left_out, told):
        one.took(Work.LEDGER, 9.0, name="claiming.claim")

    assert left_out.take() == []
    assert [one.name for one in told.take()] == ["claiming.claim"]


def test_never_so_many_are_told_that_their_number_could_be_worked_out() -> None:
    greedy = traces(share=1, chance=LARGEST_SHARE)

    greedy.took(Work.LEDGER, 0.1, name="claiming.claim")

    assert greedy.take() == []


def test_what_waits_for_a_receiver_has_an_end_and_the_newest_stay() -> None:
    full = traces(chance=0)
    for number in range(MOST + 3):
        full.took(Work.LEDGER, 0.1, name=str(number))

    waiting = full.take()

    assert (len(waiting), waiting[0].name, waiting[-1].name) == (MOST, "3", str(MOST + 2))
    assert full.take() == []


def test_where_nobody_asked_for_it_nothing_is_kept() -> None:
    counted = Counted()

    counted.trace(Work.TURN, 5.0, word="email")

    assert counted.traces is None


@pytest.mark.parametrize(
    ("name", "times", "told"),
    [
        ("claiming.claim", 10, "claiming.claim"),
        ("claiming.claim", 9, "ledger"),
        ("claiming.claim", 0, "ledger"),
        # What one person may have set off.
        ("writer.record", 5000, "ledger"),
        ("cards.find", 5000, "ledger"),
        ("a_new_home.work", 5000, "ledger"),
    ],
)
def test_a_transaction_is_named_where_it_is_the_daemons_own_and_no_small_figure(
    name: str, times: int, told: str
) -> None:
    assert told_name(transaction(name), {name: times}, ROUNDED) == told


def test_invented_people_have_nothing_to_hide() -> None:
    assert told_name(transaction("writer.record"), {}, EXACT) == "writer.record"


def test_a_look_and_a_turn_are_told_by_their_work_alone() -> None:
    one = Traced(work=Work.TURN, name="claiming.claim", word="email", ended=0, seconds=2.0)

    assert told_name(one, {"claiming.claim": 5000}, ROUNDED) == "turn"


def test_each_home_that_is_told_by_name_is_one_of_the_store() -> None:
    assert {one.stem for one in STORE.rglob("*.py")} >= OWN_WORK


def test_none_of_them_is_a_home_of_peoples_acts() -> None:
    rooms = ("answers", "optouts", "people", "reading")
    acts = {one.stem for room in rooms for one in (STORE / room).glob("*.py")}

    # The figures of monitoring are asked by the daemon alone.
    assert acts & OWN_WORK == {"gauges"}
