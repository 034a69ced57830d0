"""A look ahead at a sending, as its page shows it."""

from datetime import UTC, datetime

from scheduler.domain.calendar.campaigns import Audience, ChannelTerms, Place
from scheduler.domain.showing.small_numbers import Figures
from scheduler.flow.steering.forecast import Forecast, SlotForecast
from scheduler.web.desk.forecast_view import groups

STAFF = Audience(
    name="staff",
    label="Personnel",
    source="staff",
    key="id",
    channels={"email": ChannelTerms(basis="public-task")},
)
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

    (group,) = groups(found, {"staff": STAFF}, Figures(exact=True), NOW)

    assert [where for _, where in group.moments] == [
        [("Polynésie française", 23)],
        [("Polynésie française", 10)],
    ]
    assert {when.partition(",")[0] for when, _ in group.moments} == {"jeudi 11\u00a0mars"}
