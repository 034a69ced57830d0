import subprocess
import sys
from datetime import date

import pytest
from holidays import country_holidays

from scheduler.domain.calendar.french_days import french_days
from scheduler.domain.calendar.holidays import LEGAL, HolidayCalendar, known_territory, zone_of

NATIONAL_DAYS_OF_2027 = {
    date(2027, 1, 1): "Jour de l'an",
    date(2027, 3, 29): "Lundi de Pâques",
    date(2027, 5, 1): "Fête du Travail",
    date(2027, 5, 6): "Ascension",
    date(2027, 5, 8): "Fête de la Victoire",
    date(2027, 5, 17): "Lundi de Pentecôte",
    date(2027, 7, 14): "Fête nationale",
    date(2027, 8, 15): "Assomption",
    date(2027, 11, 1): "Toussaint",
    date(2027, 11, 11): "Armistice",
    date(2027, 12, 25): "Noël",
}
GOOD_FRIDAY = date(2027, 3, 26)


def days_of_2027(territory: str) -> dict[date, str]:
    every_day = (date.fromordinal(date(2027, 1, 1).toordinal() + n) for n in range(365))
    return {day: name for day in every_day if (name := LEGAL.name(day, territory))}


def test_the_nation_has_eleven_holidays() -> None:
    assert days_of_2027("FR") == NATIONAL_DAYS_OF_2027


@pytest.mark.parametrize(
    ("territory", "own"),
    [
        ("57", [GOOD_FRIDAY, date(2027, 12, 26)]),
        ("67", [GOOD_FRIDAY, date(2027, 12, 26)]),
        ("68", [GOOD_FRIDAY, date(2027, 12, 26)]),
        ("75", []),
        ("2A", []),
        ("971", [date(2027, 5, 27)]),
        ("972", [date(2027, 5, 22)]),
        ("973", [date(2027, 6, 10)]),
        ("974", [date(2027, 12, 20)]),
        ("975", []),
        ("976", [date(2027, 4, 27)]),
        ("BL", [date(2027, 10, 9)]),
        ("MF", [date(2027, 5, 28)]),
        ("NC", [date(2027, 9, 24)]),
        ("PF", [date(2027, 3, 5), GOOD_FRIDAY, date(2027, 11, 20)]),
        ("WF", [date(2027, 4, 28), date(2027, 6, 29), date(2027, 7, 29)]),
    ],
)
def test_a_territory_has_its_own_days_beside_the_national_ones(
    territory: str, own: list[date]
) -> None:
    assert sorted(days_of_2027(territory)) == sorted([*NATIONAL_DAYS_OF_2027, *own])


def test_all_saints_of_2026_is_a_sunday_and_a_holiday() -> None:
    assert date(2026, 11, 1).weekday() == 6
    assert LEGAL.name(date(2026, 11, 1)) == "Toussaint"


def test_an_organisation_adds_a_day_to_one_territory() -> None:
    calendar = HolidayCalendar(added={"971": {GOOD_FRIDAY: "Vendredi saint"}})

    assert calendar.name(GOOD_FRIDAY, "971") == "Vendredi saint"
    assert calendar.name(GOOD_FRIDAY, "972") is None


def test_an_organisation_takes_a_day_away_from_one_territory() -> None:
    calendar = HolidayCalendar(removed={"67": [GOOD_FRIDAY]})

    assert calendar.name(GOOD_FRIDAY, "67") is None
    assert calendar.name(GOOD_FRIDAY, "68") == "Vendredi saint"


def test_a_national_change_holds_everywhere_unless_a_territory_says_otherwise() -> None:
    whit_monday = date(2027, 5, 17)
    calendar = HolidayCalendar(
        added={"974": {whit_monday: "Lundi de Pentecôte"}}, removed={"FR": [whit_monday]}
    )

    assert calendar.name(whit_monday) is None
    assert calendar.name(whit_monday, "57") is None
    assert calendar.name(whit_monday, "974") == "Lundi de Pentecôte"


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2027, 10, 29), True),
        (date(2027, 10, 30), False),
        (date(2027, 10, 31), False),
        (date(2027, 11, 1), False),
        (date(2027, 11, 2), True),
    ],
)
def test_working_days_are_monday_to_friday_without_holidays(day: date, works: bool) -> None:
    assert LEGAL.is_working_day(day) is works


def test_working_days_before_and_after_jump_weekends_and_holidays() -> None:
    assert LEGAL.working_day_before(date(2027, 11, 2)) == date(2027, 10, 29)
    assert LEGAL.working_day_after(date(2027, 10, 29)) == date(2027, 11, 2)


@pytest.mark.parametrize("code", ["FR", "01", "2A", "2B", "57", "95", "971", "975", "BL", "WF"])
def test_known_territories(code: str) -> None:
    assert known_territory(code)


@pytest.mark.parametrize("code", ["", "1", "20", "96", "00", "fr", "977", "GP", "2C"])
def test_unknown_territories(code: str) -> None:
    assert not known_territory(code)


def test_an_unknown_territory_has_the_national_days() -> None:
    assert days_of_2027("??") == NATIONAL_DAYS_OF_2027


@pytest.mark.parametrize(
    ("territory", "zone"),
    [
        ("FR", "Europe/Paris"),
        ("67", "Europe/Paris"),
        ("974", "Indian/Reunion"),
        ("975", "America/Miquelon"),
        ("BL", "America/St_Barthelemy"),
        ("PF", "Pacific/Tahiti"),
    ],
)
def test_a_territory_hints_at_a_zone(territory: str, zone: str) -> None:
    assert zone_of(territory) == zone


@pytest.mark.parametrize("subdivision", [None, "57", "6AE", "971", "MF", "NC", "PF", "WF"])
def test_the_days_are_those_that_the_library_gives_for_the_country(subdivision: str | None) -> None:
    for year in (2024, 2027, 2031):
        asked = country_holidays("FR", subdiv=subdivision, years=year, language="fr")
        assert dict(french_days(subdivision, year)) == dict(asked)


def test_no_other_country_is_loaded() -> None:
    code = (
        "import sys; from datetime import date\n"
        "from scheduler.domain.calendar.holidays import LEGAL\n"
        "assert LEGAL.name(date(2027, 7, 14)) == 'Fête nationale'\n"
        "assert 'holidays' in sys.modules\n"
        "assert not [one for one in sys.modules if one.startswith('holidays.countries')]\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
