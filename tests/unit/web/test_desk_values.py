"""Small things the desk says: moments, months, typography."""

from datetime import date, datetime

import pytest

from scheduler.domain.calendar.campaigns import Audience, Place
from scheduler.domain.calendar.windows import zone_named
from scheduler.domain.delivery import DeliveryState, OccurrenceState
from scheduler.domain.ids import SlotId
from scheduler.domain.showing.desk import OccurrenceView, SlotView, Tally
from scheduler.domain.showing.small_numbers import EXACT
from scheduler.web.desk import french, grouping, told_counts

STAFF = Audience(name="staff", label="Personnel", source="staff", key="id", channels={})
PATIENTS = Audience(name="patients", label="Usagers", source="patients", key="id", channels={})
PARIS = Place(zone="Europe/Paris", territory="FR")
REUNION = Place(zone="Indian/Reunion", territory="974")
BARTHELEMY = Place(zone="America/St_Barthelemy", territory="BL")


def slot(
    audience: Audience = STAFF,
    place: Place = PARIS,
    day: int = 11,
    reachable: int = 10,
    *tallies: Tally,
) -> SlotView:
    return SlotView(
        channel="sms",
        audience=audience,
        place=place,
        due=datetime(2027, 10, day, 10, tzinfo=zone_named(place.zone)),
        reason="jour férié" if day != 11 else "",
        reachable=reachable,
        planned=bool(tallies),
        tallies=tallies,
    )


def occurrence(*slots: SlotView, day: date = date(2027, 10, 10)) -> OccurrenceView:
    return OccurrenceView(
        id="c/e/2027-10-10",
        campaign="c",
        episode="e",
        date=day,
        message="m",
        title="Fermer sa porte",
        state=OccurrenceState.SCHEDULED,
        reason="",
        slots=slots,
    )


def test_the_same_local_hour_in_several_zones_is_one_moment() -> None:
    view = occurrence(slot(), slot(place=REUNION), slot(PATIENTS))

    (line,) = grouping.channel_lines(view, EXACT)

    (moment,) = line.moments
    assert moment.at == datetime(2027, 10, 11, 10)  # noqa: DTZ001 - a wall time
    assert moment.territories == ["974", "FR"]
    assert line.audiences == [("Personnel", 20), ("Usagers", 10)]


def test_a_territory_with_a_holiday_comes_after_what_most_people_have() -> None:
    view = occurrence(slot(place=BARTHELEMY, day=12, reachable=3), slot(), slot(place=REUNION))

    (line,) = grouping.channel_lines(view, EXACT)

    assert [(moment.territories, moment.reason) for moment in line.moments] == [
        (["974", "FR"], ""),
        (["BL"], "jour férié"),
    ]


def test_what_is_being_sent_counts_as_waiting_and_those_left_out_come_last() -> None:
    def tally(state: DeliveryState, rows: int, reason: str = "") -> Tally:
        return Tally(slot=SlotId(1), state=state, reason=reason, rows=rows)

    planned = slot(
        STAFF,
        PARIS,
        11,
        0,
        tally(DeliveryState.LEFT_OUT, 2, "opted-out"),
        tally(DeliveryState.SENDING, 3),
        tally(DeliveryState.WAITING, 4),
        tally(DeliveryState.SENT, 5),
    )

    assert told_counts.state_counts([planned, planned], EXACT) == [
        (DeliveryState.SENT, 10),
        (DeliveryState.WAITING, 14),
        (DeliveryState.LEFT_OUT, 4),
    ]
    assert [one[3:] for one in told_counts.reasons([planned, planned], EXACT)] == [("opted-out", 4)]
    assert planned.count() == 14


def test_the_year_has_its_thirteen_months_even_the_empty_ones() -> None:
    months = grouping.months([occurrence()], date(2026, 11, 22))

    assert [month.first for month in months][::12] == [date(2026, 11, 1), date(2027, 11, 1)]
    assert [len(month.occurrences) for month in months] == [0] * 11 + [1, 0]


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("SMS reporté : jamais", "SMS reporté\u00a0: jamais"),
        ("l'un ; l'autre ?", "l’un\u202f; l’autre\u202f?"),
        ("« prenon » n'est pas", "«\u00a0prenon\u00a0» n’est pas"),
        ("https://example.org/a:b", "https://example.org/a:b"),
    ],
)
def test_sentences_get_their_french_spaces(written: str, printed: str) -> None:
    assert french.typography(written) == printed


def test_dates_hours_and_numbers_are_french() -> None:
    moment = datetime(2027, 11, 1, 8, 30)  # noqa: DTZ001 - a wall time

    assert french.moment(moment, year=True) == "lundi 1er\u00a0novembre\u00a02027, 8\u00a0h\u00a030"
    assert french.clock(moment.replace(minute=0)) == "8\u00a0h"
    assert [french.short_month(date(2027, month, 1)) for month in (3, 7, 8, 9, 10)] == [
        "mars",
        "juil.",
        "août",
        "sept.",
        "oct.",
    ]
    assert french.number(1234567) == "1\u202f234\u202f567"
    assert french.plural(0, "personne", "personnes") == "0\u00a0personne"
    assert french.phone("+33639980001") == "+33\u00a06\u00a039\u00a098\u00a000\u00a001"
    assert french.phone("+262692000000") == "+262692000000"
