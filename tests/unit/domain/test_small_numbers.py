"""Nobody is found out by a figure: the rule, and the commands and pages that follow it."""

import itertools
import json
import random
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from scheduler.domain.calendar.campaigns import People
from scheduler.domain.delivery import DeliveryState
from scheduler.domain.showing.report import Count
from scheduler.domain.showing.small_numbers import (
    EXACT,
    ROUNDED,
    Shown,
    Veil,
    gauge,
    rounded,
    text,
    veiled,
)
from scheduler.flow.showing.figures import as_figures, whole_source
from tests.commands import reflexe
from tests.samples.ledger import STAFF

ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize(
    ("count", "shown"),
    [(0, 0), (1, Veil.FEW), (9, Veil.FEW), (10, 10), (14, 10), (15, 15), (1234, 1230)],
)
def test_below_ten_a_group_is_not_told_and_above_it_goes_by_fives(count: int, shown: Shown) -> None:
    assert rounded(count) == shown


def test_invented_people_have_exact_figures() -> None:
    whole = EXACT.whole({"sent": 12, "left": 1})

    assert (whole.total, dict(whole.parts)) == (13, {"sent": 12, "left": 1})
    assert EXACT.split({"sent": 12, "left": 1}) == {"sent": 12, "left": 1}


def test_a_lone_small_part_takes_the_whole_or_a_second_part_with_it() -> None:
    whole = ROUNDED.whole({"sent": 40, "no-address": 12, "opted-out": 5})

    assert whole.total is Veil.HIDDEN
    assert dict(whole.parts) == {"sent": 40, "no-address": 10, "opted-out": Veil.FEW}
    assert ROUNDED.split({"sent": 40, "no-address": 12, "opted-out": 5}) == {
        "sent": 40,
        "no-address": Veil.HIDDEN,
        "opted-out": Veil.FEW,
    }


def test_small_parts_that_are_ten_together_hide_each_other() -> None:
    whole = ROUNDED.whole({"sent": 40, "bounced": 7, "opted-out": 5})

    assert whole.total is Veil.HIDDEN
    assert Veil.HIDDEN not in whole.parts.values()


def test_a_total_is_the_sum_of_what_is_shown() -> None:
    assert ROUNDED.whole({"a": 14, "b": 14, "c": 0}).total == 20
    assert ROUNDED.whole({"a": 4, "b": 0}).total is Veil.FEW
    assert ROUNDED.whole({"a": 4, "b": 5}).total is Veil.FEW
    assert ROUNDED.whole({"a": 4, "b": 6}).total is Veil.HIDDEN
    assert ROUNDED.whole(dict.fromkeys("abcdefghi", 1)).total is Veil.HIDDEN
    assert ROUNDED.whole({}).total == 0


def test_many_small_parts_hide_another_whatever_they_come_to() -> None:
    """Nine that are hidden because they are below ten together are one each."""
    five = dict.fromkeys("abcde", 9)

    assert ROUNDED.split({"sent": 40, **five})["sent"] is Veil.HIDDEN


def values(shown: Shown) -> Iterator[int]:
    """What a reader may think that a figure is."""
    if shown is Veil.FEW:
        return iter(range(1, 10))
    if shown is Veil.HIDDEN:
        return iter(range(200))
    return iter(range(shown, shown + 5)) if shown else iter((0,))


def test_no_total_gives_a_small_part_away() -> None:
    """A reader who knows the rule, and subtracts, is left with several figures."""
    chance = random.Random(7)  # noqa: S311 - no secret
    for _ in range(300):
        parts = {"sent": chance.randint(10, 60), "left": chance.randint(0, 30)}
        parts["failed"] = chance.randint(0, 12)
        for total, shown in (
            (ROUNDED.whole(parts).total, ROUNDED.whole(parts).parts),
            (ROUNDED.of(sum(parts.values())), ROUNDED.split(parts)),
        ):
            wholes = set(values(total))
            for small in (name for name, count in parts.items() if 0 < count < 10):
                others = [list(values(one)) for name, one in shown.items() if name != small]
                thought = {
                    figure
                    for figure in values(shown[small])
                    if any(sum(rest) + figure in wholes for rest in itertools.product(*others))
                }
                assert len(thought) >= 3, parts


def test_what_follows_from_a_count_follows_how_it_is_shown() -> None:
    assert veiled(37, 37, ROUNDED) == 35
    assert veiled(74, 37, ROUNDED) == 70
    assert veiled(4, 4, ROUNDED) is Veil.HIDDEN
    assert veiled(37, 37, EXACT) == 37


def test_each_place_has_its_words() -> None:
    assert [text(one) for one in (12, Veil.FEW, Veil.HIDDEN)] == ["12", "moins de 10", "non montré"]
    assert [gauge(one) for one in (0, 12, Veil.FEW)] == [0, 12, 5]
    assert json.dumps([12, Veil.FEW]) == '[12, "<10"]'


def count(audience: str, state: DeliveryState, reason: str, rows: int, channel: str) -> Count:
    return Count(
        occurrence="c/e/2026-10-04",
        audience=audience,
        channel=channel,
        territory="FR",
        state=state,
        reason=reason,
        rows=rows,
        segments=rows,
        cost=rows * 798,
    )


def test_who_of_a_service_agreed_to_sms_is_told_of_the_whole_staff() -> None:
    staff = replace(STAFF, people=People.STAFF)
    service = replace(staff, name="urgences", source=staff.name)
    counts = [
        count("urgences", DeliveryState.LEFT_OUT, "no-consent", 12, "sms"),
        count("urgences", DeliveryState.SENT, "", 20, "email"),
        count(staff.name, DeliveryState.LEFT_OUT, "no-consent", 30, "sms"),
        count(staff.name, DeliveryState.SENT, "", 50, "sms"),
    ]

    told = as_figures(whole_source(counts, {staff.name: staff, "urgences": service}), ROUNDED)

    by_sms = [one for one in told if one["channel"] == "sms"]
    assert [one["audience"] for one in by_sms] == [staff.name]
    assert by_sms[0]["left_out_by_reason"] == {"no-consent": 40}
    assert [one["audience"] for one in told if one["channel"] == "email"] == ["urgences"]


def hospital(folder: Path, origin: str) -> Path:
    """43 of the staff, of whom 40 agreed to SMS; nobody is a sample."""
    shutil.copy(ROOT / "config.yaml", folder)
    shutil.copytree(ROOT / "audiences", folder / "audiences")
    (folder / "templates").symlink_to(ROOT / "templates")
    rows = ["matricule,email,phone,consent_sms_date,consent_sms_how,consent_sms_wording"]
    for number in range(43):
        proof = "2026-01-05,papier,J’accepte les SMS" if number < 40 else ",,"
        rows.append(f"M{number},a{number}@example.org,+336399800{number:02},{proof}")
    (folder / "staff.csv").write_text("\n".join(rows), encoding="utf-8")
    config = folder / "config.yaml"
    words = ("import", "staff", str(folder / "staff.csv"), "--origin", origin)
    answer = reflexe(config, *words, "--basis", "legitimate-interest")
    assert answer.code == 0, answer.out + answer.err
    return config


def test_a_rehearsal_over_a_hospitals_people_gives_nobody_away(tmp_path: Path) -> None:
    config = hospital(tmp_path, "RH, 1er septembre")
    days = ("--from", "2027-10-01", "--to", "2027-10-01")

    figures = reflexe(config, "rehearse", *days, "--json").json["figures"]
    told = reflexe(config, "rehearse", *days, "--all", "--lang", "fr").out
    people = {one["people"] for one in reflexe(config, "calendar", "--json").json}

    (by_sms,) = [one for one in figures if one["channel"] == "sms"]
    assert (by_sms["planned"], by_sms["sent"], by_sms["left_out"]) == ("hidden", 40, "<10")
    assert by_sms["left_out_by_reason"] == {"no-consent": "<10"}
    assert by_sms["segments"] == 40
    assert "moins de 10 sans accord" in " ".join(told.split())
    assert "En tout, au moins" in told
    assert people == {40}


def test_a_rehearsal_over_the_samples_is_exact(tmp_path: Path) -> None:
    config = hospital(tmp_path, "sample audience shipped with the program")
    days = ("--from", "2027-10-01", "--to", "2027-10-01")

    figures = reflexe(config, "rehearse", *days, "--json").json["figures"]

    (by_sms,) = [one for one in figures if one["channel"] == "sms"]
    assert (by_sms["planned"], by_sms["sent"], by_sms["left_out"]) == (43, 40, 3)
