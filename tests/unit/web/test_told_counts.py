"""What the desk counts beside a report: a reader of both subtracts, and finds nobody."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from scheduler.cli.output.forecast import forecast_text
from scheduler.domain.calendar.campaigns import Audience, People, Place
from scheduler.domain.delivery import DeliveryState, OccurrenceState
from scheduler.domain.ids import ContentId, SlotId
from scheduler.domain.measure.prices import Prices
from scheduler.domain.showing.desk import OccurrenceView, SlotView, Tally
from scheduler.domain.showing.report import ReceivedText
from scheduler.domain.showing.small_numbers import EXACT, ROUNDED, Figures, Shown, Veil
from scheduler.flow.showing.figures import sent_of_texts
from scheduler.flow.steering.forecast import Forecast, SlotForecast
from scheduler.web.desk.forecast_view import leaving
from scheduler.web.desk.grouping import channel_lines, people_of, rows
from scheduler.web.desk.told_counts import reasons, state_counts
from tests.samples.ledger import STAFF as SAMPLE

STAFF = replace(SAMPLE, people=People.STAFF)
SERVICE = replace(STAFF, name="urgences", label="Urgences", source=STAFF.name)
AUDIENCES = {one.name: one for one in (STAFF, SERVICE)}
DUE = datetime(2027, 10, 3, 8, tzinfo=UTC)
SENT, LEFT_OUT = DeliveryState.SENT, DeliveryState.LEFT_OUT


def slot(
    sent: int,
    *,
    left_out: int = 0,
    audience: Audience = STAFF,
    channel: str = "email",
    territory: str = "FR",
) -> SlotView:
    counts = [(SENT, "", sent), (LEFT_OUT, "opted-out", left_out)]
    return SlotView(
        channel=channel,
        audience=audience,
        place=Place(zone="Europe/Paris", territory=territory),
        due=DUE,
        reason="",
        planned=True,
        tallies=[
            Tally(slot=SlotId(1), state=state, reason=reason, rows=some)
            for state, reason, some in counts
            if some
        ],
    )


def by_territory(sent: Iterable[int], left_out: Iterable[int]) -> list[SlotView]:
    codes = ("FR", "971", "972", "974", "PM")
    return [
        slot(one, left_out=other, territory=code)
        for code, one, other in zip(codes, sent, left_out, strict=True)
    ]


def seen(slots: Sequence[SlotView]) -> object:
    return (
        state_counts(slots, ROUNDED),
        reasons(slots, ROUNDED),
        [people_of(row, ROUNDED) for row in rows(slots)],
    )


@pytest.mark.parametrize("alone", [(1, 1, 1, 1), (9, 9, 9, 9), (1, 2, 9, 3)])
def test_the_desk_tells_of_territories_together_no_more_than_a_report_of_each(
    alone: tuple[int, ...],
) -> None:
    """The true sum, 5 004, beside « 5 000 » and four « moins de 10 » said that each was one."""
    assert seen(by_territory((5000, *alone), (20, *alone))) == seen(
        by_territory((5004, 4, 4, 4, 4), (24, 5, 5, 5, 5))
    )


def test_invented_people_are_counted_as_they_are() -> None:
    slots = by_territory((5000, 1, 1, 1, 1), (20, 0, 0, 0, 0))

    assert dict(state_counts(slots, EXACT)) == {SENT: 5004, LEFT_OUT: 20}
    assert [people_of(row, EXACT) for row in rows(slots)] == [5024]


def test_beside_a_service_the_rest_of_the_staff_is_not_told_by_sms() -> None:
    """What all got, less what the others got, is what the service got."""
    slots = [slot(50, channel="sms"), slot(20, channel="sms", audience=SERVICE)]

    assert [people_of(row, ROUNDED) for row in rows(slots)] == [Veil.HIDDEN, Veil.HIDDEN]
    assert all(row.kept_back for row in rows(slots))
    assert state_counts(slots, ROUNDED) == [(SENT, 70)]
    assert not any(row.kept_back for row in rows([slot(50, channel="sms")]))


def test_sms_to_a_service_alone_are_told_of_nobody() -> None:
    alone = [slot(30, left_out=20, channel="sms", audience=SERVICE)]

    assert state_counts(alone, ROUNDED) == [(SENT, Veil.HIDDEN), (LEFT_OUT, Veil.HIDDEN)]
    assert reasons(alone, ROUNDED) == []


def test_sms_to_a_service_alone_in_a_territory_are_told_of_nobody_there() -> None:
    apart = [
        slot(50, channel="sms"),
        slot(30, left_out=20, channel="sms", audience=SERVICE, territory="971"),
    ]

    assert state_counts(apart, ROUNDED) == [(SENT, 50), (LEFT_OUT, Veil.HIDDEN)]
    assert reasons(apart, ROUNDED) == []


def test_who_got_which_text_of_a_service_is_not_told_by_sms() -> None:
    def text(number: int, audience: str, channel: str, sent: int) -> ReceivedText:
        return ReceivedText(
            content_id=ContentId(number),
            channel=channel,
            audience=audience,
            variant="fr",
            revision=0,
            fingerprint="",
            sent=sent,
        )

    texts = [
        text(1, "urgences", "sms", 12),
        text(2, "urgences", "email", 12),
        text(3, STAFF.name, "sms", 50),
        text(4, STAFF.name, "sms", 3),
    ]

    assert sent_of_texts(texts, AUDIENCES, ROUNDED) == {
        1: Veil.HIDDEN,
        2: 10,
        3: Veil.HIDDEN,
        4: Veil.FEW,
    }


def coming(audience: Audience, people: int, territory: str = "FR") -> SlotForecast:
    return SlotForecast(
        channel="sms",
        audience=audience.name,
        place=Place(zone="Europe/Paris", territory=territory),
        due_at=DUE,
        reason="",
        to_send=people,
        left_out={},
        segments=1,
    )


def test_a_forecast_counts_a_services_sms_with_all_the_staff() -> None:
    def told(*slots: SlotForecast, figures: Figures = ROUNDED) -> list[tuple[str, Shown | None]]:
        found = leaving(Forecast(slots=slots, untold=None), AUDIENCES, figures, DUE)
        return [(one.audience, one.to_send) for one in found.groups]

    assert told(coming(STAFF, 50), coming(SERVICE, 20)) == [(STAFF.label, 70)]
    assert told(coming(SERVICE, 20)) == [(STAFF.label, Veil.HIDDEN)]
    assert told(coming(SERVICE, 21), figures=EXACT) == [(STAFF.label, 21)]


def test_why_some_of_a_service_are_left_out_is_told_by_exact_figures() -> None:
    one = replace(coming(SERVICE, 21), left_out={"opted-out": 3})

    (group,) = leaving(Forecast(slots=[one], untold=None), AUDIENCES, EXACT, DUE).groups

    assert [count for _, count in group.left_out] == [3]


def test_of_a_services_sms_exact_figures_hide_nothing() -> None:
    alone = [slot(31, left_out=2, channel="sms", audience=SERVICE)]
    beside = [slot(50, channel="sms"), *alone]

    assert [people_of(row, EXACT) for row in rows(beside)] == [50, 33]
    assert reasons(alone, EXACT) == [("sms", SERVICE.label, LEFT_OUT, "opted-out", 2)]
    assert _people_by_sms(alone, EXACT) == ([(SERVICE.label, 33)], 33)
    assert _people_by_sms(alone, ROUNDED) == ([], 0)
    text = ReceivedText(
        content_id=ContentId(1),
        channel="sms",
        audience=SERVICE.name,
        variant="fr",
        revision=0,
        fingerprint="",
        sent=12,
    )
    assert sent_of_texts([text], AUDIENCES, EXACT) == {1: 12}


def _people_by_sms(
    slots: Sequence[SlotView], figures: Figures
) -> tuple[Sequence[tuple[str, Shown]], Shown]:
    view = OccurrenceView(
        id="essai",
        campaign="essai",
        episode="essai",
        date=DUE.date(),
        message="essai",
        title="Essai",
        state=OccurrenceState.RUNNING,
        reason="",
        slots=slots,
    )
    (line,) = channel_lines(view, figures)
    return line.audiences, line.people


@pytest.mark.parametrize(
    ("slots", "desk", "command"),
    [
        # Together, and never the service's in the place of the sum.
        ([coming(STAFF, 50), coming(SERVICE, 20)], [("France", 70)], "at once: FR (70)"),
        (
            [coming(STAFF, 50), coming(SERVICE, 20, "971")],
            [("France", None), ("Guadeloupe", None)],
            "at once: FR, 971",
        ),
    ],
)
def test_a_forecast_tells_of_no_place_where_a_service_is_alone(
    slots: Sequence[SlotForecast], desk: Sequence[tuple[str, Shown | None]], command: str
) -> None:
    found = Forecast(slots=slots, untold=None)

    (moment,) = leaving(found, AUDIENCES, ROUNDED, DUE).moments
    said = forecast_text(found, [], Prices(), DUE, ROUNDED, AUDIENCES)

    assert list(moment.places) == list(desk)
    assert command in said
