"""What a person may decide of the calendar, and what is refused at which field."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from functools import partial

import pytest

from scheduler.domain.calendar.campaigns import Campaign, CampaignKind, Episode, Particular
from scheduler.domain.calendar.changes import Change, ChangeKind, Facet
from scheduler.domain.calendar.changing import (
    FARTHEST,
    LONGEST,
    Cannot,
    ChangeRefused,
    EventTerms,
    One,
    at_hour,
    cancelled,
    created,
    forward,
    moved,
    name_for,
    skipped,
    switched,
)
from scheduler.domain.calendar.dates import occurrences
from scheduler.domain.calendar.holidays import LEGAL
from scheduler.domain.calendar.same_event import refuse_second
from tests.samples.changes import WEBINAR

PARIS = "Europe/Paris"
#: Tuesday, ten in Paris.
NOW = datetime(2026, 9, 1, 8, tzinfo=UTC)
EVENT = replace(
    WEBINAR,
    values={"lien": "https://www.example.org/a", "contact": "poste 12"},
    episodes=(
        Episode(name="invitation", message="w/invitation", when="invitation"),
        Episode(name="j-1", message="w/j-1", when="j-1"),
    ),
)
KIT = replace(EVENT, name="kit", starts=None, place="", values={"contact": "poste 12"})


def at(typed: str) -> datetime:
    return datetime.fromisoformat(typed)


def terms(
    starts: str = "2026-11-24T10:00", ends: str = "", place: str = "", **values: str
) -> EventTerms:
    return EventTerms(
        starts=at(starts), ends=at(ends) if ends else None, place=place, values=values
    )


def refused(asked: Callable[[], object]) -> tuple[Cannot, str]:
    with pytest.raises(ChangeRefused) as found:
        asked()
    return found.value.why, found.value.field


def test_a_new_event_keeps_what_its_kit_says_and_takes_what_was_typed() -> None:
    found = created(
        KIT, terms(place="salle B", lien="https://www.example.org/b", description=""),
        ["staff", "patients"], "webinaire-2026-11-24", NOW,
    )  # fmt: skip

    assert found.kind is ChangeKind.EVENT_CREATED
    assert found.subject == "webinaire-2026-11-24/event"
    assert found.says is not None
    assert found.says["starts"] == "2026-11-24T10:00"
    assert found.says["audiences"] == ["staff", "patients"]
    assert found.says["place"] == "salle B"
    # A field that was left empty says nothing; one that the form doesn't have stays the kit's.
    assert found.says["values"] == {"contact": "poste 12", "lien": "https://www.example.org/b"}


def test_a_new_event_is_for_somebody() -> None:
    assert refused(lambda: created(KIT, terms(), [], "w", NOW)) == (Cannot.AUDIENCE, "audiences")


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        (terms("2026-11-24T02:30"), (Cannot.NIGHT, "hour")),
        (terms("2026-09-01T10:00"), (Cannot.PAST, "date")),
        (terms("0207-03-16T10:00"), (Cannot.PAST, "date")),
        (terms("2026-11-24T10:00", ends="2026-11-24T10:00"), (Cannot.ENDS, "end")),
        (terms("2026-11-24T10:00", ends="2099-01-01T10:00"), (Cannot.FAR, "date")),
        (terms("9999-12-31T10:00"), (Cannot.FAR, "date")),
        (terms(place="x" * (LONGEST + 1)), (Cannot.LONG, "place")),
        (terms(description="x" * (LONGEST + 1)), (Cannot.LONG, "description")),
        (terms(lien="http://www.example.org"), (Cannot.LINK, "lien")),
        (terms(lien="javascript:alert(1)"), (Cannot.LINK, "lien")),
    ],
)
def test_what_is_typed_of_an_event_is_refused_at_its_field(
    typed: EventTerms, why: tuple[Cannot, str]
) -> None:
    assert refused(lambda: created(KIT, typed, ["staff"], "w", NOW)) == why
    assert refused(lambda: moved(EVENT, typed, NOW, made_here=False)) == why


def test_the_borders_of_what_is_typed_are_taken() -> None:
    last = datetime.combine(NOW.date() + FARTHEST, time(10))
    for typed in (
        terms("2026-09-01T10:01"),
        replace(terms(), starts=last),
        terms("2026-11-24T10:00", ends="2026-11-24T10:01"),
        terms(place="x" * LONGEST),
    ):
        assert created(KIT, typed, ["staff"], "w", NOW).kind is ChangeKind.EVENT_CREATED


def test_no_name_is_given_twice() -> None:
    starts = at("2026-11-24T10:00")
    first = name_for("webinaire", starts, set())
    second = name_for("webinaire", starts, {first})

    assert first == "webinaire-2026-11-24"
    assert (second, name_for("webinaire", starts, {first, second})) == (f"{first}-2", f"{first}-3")


def test_an_event_of_a_file_gets_other_dates_and_one_made_here_is_told_whole() -> None:
    over = moved(EVENT, terms("2026-10-20T09:00"), NOW, made_here=False)
    here = moved(EVENT, terms("2026-10-20T09:00"), NOW, made_here=True)

    assert (over.facet, here.facet) == (Facet.DATES, Facet.EVENT)
    assert over.says is not None
    assert here.says is not None
    assert over.says["starts"] == here.says["starts"] == "2026-10-20T09:00"
    assert "episodes" not in over.says
    assert here.says["episodes"]["invitation"] == {"message": "w/invitation", "when": "invitation"}


def test_a_move_that_moves_nothing_is_none() -> None:
    same = EventTerms(
        starts=at("2026-10-13T14:30"), ends=None, place="en ligne", values=dict(EVENT.values)
    )
    assert refused(lambda: moved(EVENT, same, NOW, made_here=False)) == (Cannot.SAME, "date")


@pytest.mark.parametrize(
    ("event", "why"),
    [(replace(EVENT, cancelled=True), Cannot.CALLED_OFF), (KIT, Cannot.UNDATED)],
)
def test_what_is_off_or_has_no_date_is_neither_moved_nor_called_off(
    event: Campaign, why: Cannot
) -> None:
    assert refused(lambda: moved(event, terms(), NOW, made_here=False)) == (why, "")
    assert refused(lambda: cancelled(event, NOW)) == (why, "")


def test_an_event_is_called_off_until_it_is_over() -> None:
    assert cancelled(EVENT, NOW).says == {"cancelled": True}
    assert refused(lambda: cancelled(EVENT, datetime(2026, 10, 15, tzinfo=UTC)))[0] is Cannot.PAST


def test_a_campaign_is_switched_to_what_it_is_not() -> None:
    assert switched(EVENT, on=False).kind is ChangeKind.DISABLED
    assert switched(replace(EVENT, enabled=False), on=True).kind is ChangeKind.ENABLED
    assert refused(lambda: switched(EVENT, on=True)) == (Cannot.SAME, "")


def one_of(campaign: Campaign, episode: str, *, has_left: bool = False) -> One:
    found = occurrences(campaign, date(2026, 9, 1), date(2026, 12, 31), LEGAL)
    return One(
        campaign=campaign,
        episode=next(one for one in campaign.episodes if one.name == episode),
        occurrence=next(one for one in found if one.episode == episode),
        has_left=has_left,
    )


INVITATION = one_of(EVENT, "invitation")
DAY = INVITATION.occurrence.date


def acts_on(one: One) -> list[Callable[[], Change]]:
    return [
        lambda: at_hour(one, time(11), PARIS, NOW),
        lambda: skipped(one),
        lambda: forward(one, DAY - timedelta(days=1), PARIS, NOW),
    ]


def test_an_occurrence_gets_another_hour_an_earlier_day_or_none() -> None:
    hour, skip, day = (act() for act in acts_on(INVITATION))

    assert (hour.says, skip.says) == ({"at": "11:00"}, {"skip": True})
    assert day.says == {"on": (DAY - timedelta(days=1)).isoformat()}
    assert {one.subject.rpartition("/")[0] for one in (hour, skip, day)} == {
        f"webinaire/invitation/{INVITATION.occurrence.season or '-'}"
    }


def test_what_has_left_and_newcomers_steps_are_left_as_they_are() -> None:
    left = replace(INVITATION, has_left=True)
    newcomers = replace(INVITATION, campaign=replace(EVENT, kind=CampaignKind.ONBOARDING))

    assert {refused(act)[0] for act in acts_on(left)} == {Cannot.LEFT}
    assert {refused(act)[0] for act in acts_on(newcomers)} == {Cannot.ONBOARDING}


def test_another_hour_is_one_to_come_that_clocks_have_once() -> None:
    eve = datetime.combine(DAY, time(10), UTC)

    assert refused(lambda: at_hour(INVITATION, time(2, 59), PARIS, NOW)) == (Cannot.NIGHT, "hour")
    assert refused(lambda: at_hour(INVITATION, time(10), PARIS, NOW)) == (Cannot.SAME, "hour")
    assert refused(lambda: at_hour(INVITATION, time(9), PARIS, eve)) == (Cannot.PAST, "hour")
    # Nobody is told that it is so already who changes it a second time.
    season = INVITATION.occurrence.season
    own = {("invitation", season): Particular(at=time(11))}
    again = replace(INVITATION, campaign=replace(EVENT, particulars=own))
    assert refused(lambda: at_hour(again, time(11), PARIS, NOW)) == (Cannot.SAME, "hour")


def test_brought_forward_is_an_earlier_day_to_come() -> None:
    assert refused(lambda: forward(INVITATION, DAY, PARIS, NOW)) == (Cannot.LATER, "date")
    for gone in (date(2026, 8, 31), date(1, 1, 1)):
        earlier = partial(forward, INVITATION, gone, PARIS, NOW)
        assert refused(earlier) == (Cannot.PAST, "date")


def test_what_only_makes_sense_on_its_day_stays_there() -> None:
    eve = one_of(EVENT, "j-1")

    assert refused(lambda: forward(eve, date(2026, 9, 15), PARIS, NOW)) == (Cannot.PINNED, "")
    assert skipped(eve).says == {"skip": True}


OTHER_MESSAGES = (Episode(name="invitation", message="z/invitation", when="invitation"),)


@pytest.mark.parametrize(
    ("other", "exists"),
    [
        (replace(EVENT, name="autre"), True),
        (replace(EVENT, name="autre", audiences=("patients", "staff")), True),
        (EVENT, False),
        (replace(EVENT, name="autre", cancelled=True), False),
        (replace(EVENT, name="autre", enabled=False), False),
        (replace(EVENT, name="autre", kind=CampaignKind.REMINDER), False),
        (replace(EVENT, name="autre", starts=at("2026-10-13T15:30")), False),
        (replace(EVENT, name="autre", audiences=("patients",)), False),
        (replace(EVENT, name="autre", episodes=OTHER_MESSAGES), False),
    ],
)
def test_the_same_event_is_not_made_twice(other: Campaign, exists: bool) -> None:
    def ask() -> None:
        refuse_second(EVENT, at("2026-10-13T14:30"), ["staff"], [KIT, other])

    if exists:
        assert refused(ask) == (Cannot.EXISTS, "date")
    else:
        ask()
