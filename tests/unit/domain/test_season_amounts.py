"""Sums, shares and comparisons of a report tell no more than the figures they are made of."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.domain.showing.amounts import Amount, Unit, added, change, share
from scheduler.domain.showing.small_numbers import LEAST, ROUNDED, STEP, Shown, Veil

FEW, HIDDEN = Veil.FEW, Veil.HIDDEN


@pytest.mark.parametrize(
    ("figures", "told"),
    [
        ([], "0"),
        ([0, 0], "0"),
        ([40], "40"),
        ([40, 10], "au moins 50"),
        ([40, FEW], "au moins 40"),
        ([FEW], "moins de 10"),
        ([FEW, FEW], "non montré"),
        ([HIDDEN], "non montré"),
    ],
)
def test_a_sum_is_of_what_is_shown_or_hidden(figures: list[Shown], told: str) -> None:
    assert added(figures, exact=False).in_french() == told


@pytest.mark.parametrize(
    ("part", "rest", "told"),
    [
        (190, FEW, "au moins 95 %"),
        (40, FEW, "au moins 80 %"),
        (100, 100, "au moins 45 %"),
        (50, 0, "au moins 100 %"),
        (FEW, 50, "non montré"),
        (50, HIDDEN, "non montré"),
        (0, 50, "0 %"),
    ],
)
def test_a_share_is_the_least_that_the_figures_allow(part: Shown, rest: Shown, told: str) -> None:
    assert share(part, rest, exact=False).in_french() == told


@pytest.mark.parametrize(
    ("now", "before", "told"),
    [
        (Amount(shown=110), Amount(shown=100), "+ 10 %"),
        (Amount(shown=50), Amount(shown=100), "− 50 %"),
        (Amount(shown=50), Amount(shown=50), "autant"),
        (Amount(shown=50), Amount(shown=0), "+ 50"),
        (Amount(shown=85, unit=Unit.PERCENT), Amount(shown=90, unit=Unit.PERCENT), "− 5 points"),
        (Amount(shown=FEW), Amount(shown=50), ""),
        (Amount(shown=50), None, ""),
        (Amount(shown=9_0000, unit=Unit.EURO), Amount(shown=0, unit=Unit.EURO), ""),
    ],
)
def test_a_change_is_told_where_both_figures_are(
    now: Amount, before: Amount | None, told: str
) -> None:
    assert change(now, before) == told


def test_sums_of_money_have_cents_and_a_comma() -> None:
    assert Amount(shown=687_100, unit=Unit.EURO).in_french() == "68,71 €"
    assert Amount(shown=687_100, unit=Unit.EURO).as_json == "68.71"
    # A page and a file say the same, to the nearest cent; of what may be more, no more than it is.
    for least, in_french, in_file in ((False, "9,82 €", "9.82"), (True, "au moins 9,81 €", "9.81")):
        amount = Amount(shown=98_154, unit=Unit.EURO, at_least=least)
        assert (amount.in_french(), amount.as_json) == (in_french, in_file)


def test_a_file_has_the_figure_or_why_there_is_none() -> None:
    assert Amount(shown=40).as_json == 40
    assert Amount(shown=HIDDEN).as_json == HIDDEN.value


@pytest.mark.parametrize(("part", "rest", "told"), [(1, 2, "33 %"), (0, 0, "0 %"), (3, 0, "100 %")])
def test_the_share_of_invented_people_is_to_the_unit(part: int, rest: int, told: str) -> None:
    assert share(part, rest, exact=True).in_french() == told


def behind(shown: Shown) -> range:
    """What may lie behind a figure."""
    if shown is Veil.HIDDEN:
        return range(10_000)
    if shown is Veil.FEW:
        return range(1, LEAST)
    return range(shown, shown + (STEP if shown else 1))


PARTS = st.lists(st.integers(0, 60), min_size=2, max_size=5)


@given(parts=PARTS, data=st.data())
def test_two_reports_a_day_apart_tell_no_single_person(
    parts: list[int], data: st.DataObject
) -> None:
    """One person goes from a part to another between the two. Whoever has both reports, and takes
    each figure and each total of the one from the other's, finds that nobody or up to nine people
    may have moved, and never that it was one."""
    begun = [number for number, count in enumerate(parts) if count]
    if not begun:
        return
    left = data.draw(st.sampled_from(begun))
    to = data.draw(st.sampled_from([one for one in range(len(parts)) if one != left]))
    later = list(parts)
    later[left] -= 1
    later[to] += 1

    reports = [ROUNDED.whole(dict(enumerate(some))) for some in (parts, later)]

    for number in range(len(parts)):
        cells = [possible(report.parts, report.total, number) for report in reports]
        moved = {abs(one - other) for one in cells[0] for other in cells[1]}
        assert moved - {1}, (parts, later, number)
        assert len(cells[0]) > 1 or cells[0] == {0}, (parts, number)


def possible(parts: "dict[int, Shown] | object", total: Shown, number: int) -> set[int]:
    """What one part may be, by its own figure and by what the others leave of the total."""
    assert isinstance(parts, dict)
    others = [behind(one) for name, one in parts.items() if name != number]
    least = sum(one.start for one in others)
    most = sum(one.stop - 1 for one in others)
    wholes = behind(total)
    return {
        one
        for one in behind(parts[number])
        if wholes.start <= one + most and one + least <= wholes.stop - 1
    }
