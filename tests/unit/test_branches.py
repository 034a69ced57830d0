"""What the measure of branches counts: an arm, once it is taken by a test that counts."""

import sys
from types import ModuleType

import pytest

from tests.parts.branches import PROJECT, Arm, Branches, all_arms, judge

SOURCE = """
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import os

def f(n):
    if n > 5:
        return "large"
    elif n == 5:
        return "five"
    for one in range(n):
        if one == 3:
            break
    try:
        10 / n
    except ZeroDivisionError:
        return "none"
    except ValueError:  # untaken: no division raises it
        raise
    match n:
        case 1:
            return "one"
    return "more"
"""


def taken_by(*calls: int, count: bool = True) -> tuple[list[Arm], set[tuple[int, str]]]:
    branches = Branches()
    names = {"_branches_taken_": bytearray()}
    code = branches.compile("m", SOURCE, str(PROJECT / "m.py"))
    names["_branches_taken_"] = branches.bytes_of("m")
    exec(code, names)  # noqa: S102 - our own sample
    branches.counts(does=count)
    for call in calls:
        names["f"](call)  # type: ignore[operator]
    arms = branches._arms["m"]
    return arms, {(arms[one].line, arms[one].what) for one in branches.taken()["m"]}


def test_each_arm_counts_once_it_is_taken() -> None:
    arms, taken = taken_by(9)
    assert taken == {(8, "true")}
    assert len(arms) == 11

    assert taken_by(2)[1] == {
        *((8, "false"), (10, "false"), (12, "again"), (13, "false"), (12, "ended")),
    }
    assert taken_by(0)[1] == {(8, "false"), (10, "false"), (12, "ended"), (17, "raised")}
    assert (22, "matched") in taken_by(1)[1]
    # A loop that was left by a break has not ended.
    assert taken_by(4)[1] >= {(13, "true")}
    assert (12, "ended") not in taken_by(4)[1]


def test_what_a_test_of_another_room_takes_does_not_count() -> None:
    assert taken_by(9, 2, 0, count=False)[1] == set()


def test_an_arm_is_told_unless_its_reason_stands_beside_it() -> None:
    arms, _ = taken_by()
    everything = {"m": list(range(len(arms)))}
    lacking = {"m": [one for one in everything["m"] if arms[one].line != 19]}

    (whole,) = judge({"m": arms}, [everything])
    assert whole.startswith("100.00 % of 11 ")
    (rest,) = judge({"m": arms}, [lacking])
    assert rest.startswith("100.00 % of 10 ")
    assert rest.endswith("beside 1 others a reason stands")
    told: list[str] = []
    some = [which for which, arm in enumerate(arms) if arm.line == 8]
    with pytest.raises(AssertionError, match="say beside it why none of them can"):
        told.extend(judge({"m": arms}, [{"m": some[:1]}, {"m": some[1:]}]))
    assert "m.py:10: never true" in told
    assert len(told) == 8 + 1


def test_one_arm_that_has_neither_fails_the_run() -> None:
    arms, _ = taken_by()
    told: list[str] = []
    all_but_one = [which for which in range(len(arms)) if arms[which].line != 22]

    with pytest.raises(AssertionError, match="Give each a test"):
        told.extend(judge({"m": arms}, [{"m": all_but_one}]))

    assert told[0] == "m.py:22: never matched"


def test_what_another_rooms_test_asked_first_is_asked_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A function that remembers its answer runs once a process, whoever asks first."""
    branches = Branches()
    source = "from functools import cache\n@cache\ndef f(n):\n    if n:\n        return 1\n"
    module = ModuleType("remembering")
    code = branches.compile("remembering", source, str(PROJECT / "remembering.py"))
    vars(module)["_branches_taken_"] = branches.bytes_of("remembering")
    exec(code, vars(module))  # noqa: S102 - our own sample
    monkeypatch.setitem(sys.modules, "remembering", module)

    branches.counts(does=False)
    module.f(1)
    branches.counts(does=True)
    assert branches.taken()["remembering"] == []
    module.f(1)
    assert branches.taken()["remembering"] == [0]


def test_a_module_that_is_imported_again_keeps_what_was_taken() -> None:
    branches = Branches()
    names = {"_branches_taken_": bytearray()}
    code = branches.compile("m", SOURCE, str(PROJECT / "m.py"))
    names["_branches_taken_"] = branches.bytes_of("m")
    exec(code, names)  # noqa: S102 - our own sample
    names["f"](9)  # type: ignore[operator]

    branches.compile("m", SOURCE, str(PROJECT / "m.py"))

    assert len(branches.taken()["m"]) == 1


def test_a_reason_stands_alone_above_where_its_line_has_no_room() -> None:
    above = SOURCE.replace(
        "    if n > 5:\n", "    # untaken: as large as that is nothing\n    if n > 5:\n"
    )
    code = "x = 1  # untaken: of another line\nif x:\n    x = 2\n"

    branches = Branches()
    branches.compile("m", above, str(PROJECT / "m.py"))
    branches.compile("n", code, str(PROJECT / "n.py"))

    assert {one.line for one in branches._arms["m"] if one.has_reason} == {9, 20}
    assert [one.has_reason for one in branches._arms["n"]] == [False, False]


def test_every_module_of_both_rooms_is_asked() -> None:
    arms = all_arms()

    assert {"scheduler.flow.send", "scheduler.domain.retry"} <= set(arms)
    assert all((PROJECT / arm.file).exists() for of in arms.values() for arm in of)
