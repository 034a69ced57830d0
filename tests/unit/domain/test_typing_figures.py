"""What may be typed as a figure, and which of several readings stands."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from scheduler.domain.errors import FigureRefused
from scheduler.domain.measure.typed import FigureKind, KeptFigure, TypedFigure, checked, standing

TODAY = date(2026, 11, 2)
GOOD = TypedFigure(
    campaign="cybermois",
    season="2026",
    kind=FigureKind.WEBINAR_ATTENDANCE,
    amount=48,
    source="Feuille de présence du 8 octobre",
    day=date(2026, 10, 8),
)


def test_a_source_is_put_on_one_line() -> None:
    assert checked(replace(GOOD, source=" Feuille  de\n présence "), TODAY).source == (
        "Feuille de présence"
    )


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("campaign", replace(GOOD, campaign="")),
        ("campaign", replace(GOOD, campaign="../x")),
        ("season", replace(GOOD, season="octobre")),
        ("season", replace(GOOD, season="1999")),
        ("season", replace(GOOD, season="2028")),
        ("amount", replace(GOOD, amount=-1)),
        ("amount", replace(GOOD, amount=10**9)),
        ("source", replace(GOOD, source=" ")),
        ("source", replace(GOOD, source="feuille\u202e de présence")),
        ("source", replace(GOOD, source="x" * 121)),
        ("source", replace(GOOD, source="dit par ana@example.org")),
        ("source", replace(GOOD, source="dit au 06 39 98 00 01")),
        ("day", replace(GOOD, day=date(2026, 11, 3))),
        ("day", replace(GOOD, day=date(1926, 10, 8))),
    ],
)
def test_what_is_no_figure_is_refused_by_its_field(field: str, wrong: TypedFigure) -> None:
    with pytest.raises(FigureRefused) as refused:
        checked(wrong, TODAY)

    assert refused.value.field == field


def test_the_next_season_may_be_typed() -> None:
    assert checked(replace(GOOD, season="2027"), TODAY).season == "2027"


def test_the_latest_reading_of_each_source_stands() -> None:
    def kept(number: int, **changed: object) -> KeptFigure:
        at = datetime(2026, 11, 1, tzinfo=UTC)
        return KeptFigure(number=number, figure=replace(GOOD, **changed), by="Ana", at=at)  # type: ignore[arg-type]

    first, later = kept(1, day=date(2026, 10, 20)), kept(2, day=date(2026, 10, 9))
    other, spelled = kept(3, source="Salle B"), kept(4, source="salle b", day=date(2026, 10, 9))

    assert standing([first, later, other, spelled]) == [first, spelled]
