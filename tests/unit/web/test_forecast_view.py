"""A look ahead at a sending, as its page shows it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from scheduler.domain.calendar.campaigns import Audience, People, Place
from scheduler.domain.showing.small_numbers import EXACT, ROUNDED, Figures, Shown
from scheduler.flow.steering.forecast import Forecast, SlotForecast
from scheduler.web.desk.forecast_view import LeavingView, leaving
from tests.samples import ledger

STAFF = replace(ledger.STAFF, people=People.STAFF)
PATIENTS = replace(STAFF, name="patients", label="Usagers", source="patients")
NOW = datetime(2027, 3, 1, 8, tzinfo=UTC)


def slot(zone: str, hour: int, people: int) -> SlotForecast:
    return SlotForecast(
        channel="email",
        audience="staff",
        place=Place(zone=zone, territory="PF"),
        due_at=datetime(2027, 3, 11, hour, 30 if zone.endswith("Marquesas") else 0, tzinfo=UTC),
        reason="",
        to_send=people,
        left_out={},
        segments=0,
    )


def test_a_territory_of_several_zones_is_named_once_for_one_local_hour() -> None:
    ten = [slot("Pacific/Tahiti", 20, 12), slot("Pacific/Marquesas", 19, 11)]
    found = Forecast(slots=[*ten, slot("Pacific/Gambier", 20, 10)], untold=None)

    shown = leaving(found, {"staff": STAFF}, Figures(exact=True), NOW)

    assert [one.places for one in shown.moments] == [
        [("Polynésie française", 23)],
        [("Polynésie française", 10)],
    ]
    assert {one.when.partition(",")[0] for one in shown.moments} == {"jeudi 11\u00a0mars"}


def both(*of_patients: SlotForecast, figures: Figures = EXACT) -> LeavingView:
    """Staff who get it at 10:00 in Tahiti, and some patients."""
    found = Forecast(slots=[slot("Pacific/Tahiti", 20, 12), *of_patients], untold=None)
    return leaving(found, {"staff": STAFF, "patients": PATIENTS}, figures, NOW)


def of_patients(hour: int, people: int, channel: str = "email") -> SlotForecast:
    one = slot("Pacific/Tahiti", hour, people)
    return replace(one, audience="patients", channel=channel)


def test_two_audiences_at_one_hour_are_one_line_and_at_two_each_is_named() -> None:
    (together,) = both(of_patients(20, 30)).moments
    apart = both(of_patients(21, 30)).moments
    by_sms = both(of_patients(20, 30, "sms")).moments

    assert (together.audiences, together.places) == ((), [("Polynésie française", 42)])
    assert [one.audiences for one in apart] == [["Personnel"], ["Usagers"]]
    assert [(one.channel, one.audiences) for one in by_sms] == [("email", ()), ("sms", ())]


SERVICE = replace(STAFF, name="urgences", label="Urgences", rule={"service": ("Urgences",)})


def by_sms(audience: Audience, people: int, hour: int = 20) -> SlotForecast:
    one = slot("Pacific/Tahiti", hour, people)
    return replace(one, audience=audience.name, channel="sms")


def test_a_services_sms_are_in_no_territory_where_they_would_be_what_is_left() -> None:
    audiences = {"staff": STAFF, "urgences": SERVICE}

    def places(
        *slots: SlotForecast, figures: Figures = ROUNDED
    ) -> list[Sequence[tuple[str, Shown | None]]]:
        shown = leaving(Forecast(slots=slots, untold=None), audiences, figures, NOW)
        return [one.places for one in shown.moments]

    assert places(by_sms(STAFF, 12), by_sms(SERVICE, 30)) == [[("Polynésie française", 40)]]
    untold = [("Polynésie française", None)]
    assert places(by_sms(STAFF, 12), by_sms(SERVICE, 30, 21)) == [untold, untold]
    assert places(by_sms(SERVICE, 30)) == [untold]
    exact = places(by_sms(STAFF, 12), by_sms(SERVICE, 31, 21), figures=EXACT)
    assert exact == [[("Polynésie française", 12)], [("Polynésie française", 31)]]


def test_of_a_territory_that_few_live_in_nothing_is_left_to_subtract() -> None:
    few = replace(of_patients(20, 3), place=Place(zone="Europe/Paris", territory="FR"))
    (one,) = both(
        replace(few, due_at=slot("Pacific/Tahiti", 20, 1).due_at), figures=ROUNDED
    ).moments[:1]

    assert 3 not in dict(one.places).values()
