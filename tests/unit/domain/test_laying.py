"""Changes of the calendar laid over what config.yaml says."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest

from scheduler.domain.calendar.campaigns import (
    Audience,
    Campaign,
    CampaignKind,
    Episode,
    Particular,
    Place,
    Rank,
)
from scheduler.domain.calendar.changes import Change, Decision, Laid, Says, Stand, standing
from scheduler.domain.calendar.channel_hours import ChannelHours, Window
from scheduler.domain.calendar.dates import occurrences
from scheduler.domain.calendar.holidays import LEGAL
from scheduler.domain.calendar.laying import dates_of, keys_of, lay, said_of
from scheduler.domain.calendar.slots import slot_time
from scheduler.domain.calendar.windows import Hours
from tests.samples.changes import (
    WEBINAR,
    at_hour,
    cancelled,
    created,
    decided,
    moved,
    on_day,
    skipped,
    switched,
)
from tests.samples.ledger import STAFF

REMINDERS = Campaign(
    name="rappels",
    kind=CampaignKind.REMINDER,
    topic="reminders",
    rank=Rank.REMINDER,
    audiences=("staff",),
    channels=("email",),
    episodes=(Episode(name="mars", message="r/mars", when="first-working-tuesday", months=(3,)),),
)
_ALL_DAY = Window(opens=time(7), closes=time(21))
HOURS = Hours(
    channels={
        "email": ChannelHours(weekdays=_ALL_DAY, saturday=_ALL_DAY, sunday=_ALL_DAY, holidays=True)
    },
    holidays=LEGAL,
)
YEAR = (date(2026, 1, 1), date(2027, 12, 31))


def make(name: str, says: Says) -> Campaign:
    """What config does of keys, in short."""
    if set(says["audiences"]) - {"staff"}:
        raise ValueError("there is no such audience")
    return replace(
        WEBINAR,
        name=name,
        starts=datetime.fromisoformat(says["starts"]),
        audiences=tuple(says["audiences"]),
        place=says.get("place", ""),
    )


def laid(
    *changes: Change,
    campaigns: tuple[Campaign, ...] = (WEBINAR, REMINDERS),
    before: tuple[Campaign, ...] | None = None,
    audiences: tuple[Audience, ...] = (),
) -> tuple[dict[str, Campaign], list[Laid]]:
    """``before``: config.yaml as it was when they were decided."""
    decisions = [
        decided(number, one, _base(before or campaigns, one))
        for number, one in enumerate(changes, 1)
    ]
    found, told = lay(campaigns, standing(decisions), audiences, LEGAL, make)
    return {one.name: one for one in found}, list(told)


def _base(campaigns: tuple[Campaign, ...], one: Change) -> dict[str, Any] | None:
    says = said_of(campaigns, one, LEGAL)
    return None if says is None else dict(says)


def _by_day(campaign: Campaign, when: str) -> Campaign:
    return replace(campaign, episodes=tuple(replace(one, when=when) for one in campaign.episodes))


def dates(campaign: Campaign) -> list[str]:
    return [f"{one.episode} {one.date}" for one in occurrences(campaign, *YEAR)]


@pytest.mark.parametrize(
    ("one", "edited", "last"),
    [
        (at_hour("16:00", "rappels", "mars", "2027-03"), replace(REMINDERS, at=time(9)), "03-02"),
        (on_day("2027-03-01", "rappels", "mars", "2027-03"), _by_day(REMINDERS, "day-15"), "03-01"),
        (moved("2027-03-10T09:00"), replace(WEBINAR, place="salle Jade"), "03-10"),
        (cancelled(), replace(WEBINAR, cancelled=True, name="autre"), None),
        (moved("2027-03-10T09:00"), replace(WEBINAR, name="autre"), "03-10"),
        (switched("rappels", on=False), replace(REMINDERS, name="autre"), None),
    ],
)
def test_of_what_is_over_nobody_is_asked_which_of_the_two_stands(
    one: Change, edited: Campaign, last: str | None
) -> None:
    """config.yaml goes on being edited, for years, under what was decided once."""
    _, told = laid(one, campaigns=(edited,), before=(WEBINAR, REMINDERS))

    assert told[0].asks(date(2027, 3, 1))
    assert told[0].asks(date(2028, 1, 1)) is (last is None)
    if last is not None:
        day = date.fromisoformat(f"2027-{last}")
        assert told[0].asks(day)
        assert not told[0].asks(day + timedelta(days=8))


@pytest.mark.parametrize("one", [moved("9999-12-31T10:00"), created("atelier", "9999-12-31T10:00")])
def test_a_day_after_which_there_is_none_does_nothing_and_stops_nobody(one: Change) -> None:
    thanked = (*WEBINAR.episodes, Episode(name="merci", message="w/merci", when="thanks"))
    webinar = replace(WEBINAR, episodes=thanked)

    found, told = laid(one, campaigns=(webinar, REMINDERS))

    assert found == {"webinaire": webinar, "rappels": REMINDERS}
    assert [each.stand for each in told] == [Stand.UNFIT]


def test_an_event_that_moves_takes_what_is_to_come_of_it_along() -> None:
    found, told = laid(moved("2026-11-10T09:00", place="salle Jade", lien="https://example.org"))

    assert dates(found["webinaire"]) == ["invitation 2026-10-20", "j-7 2026-11-03"]
    assert found["webinaire"].values == {"lien": "https://example.org"}
    assert [one.stand for one in told] == [Stand.OVER]


def test_the_last_change_of_a_subject_stands_and_one_taken_back_leaves_the_file() -> None:
    back = replace(moved(""), says=None)
    first, second = moved("2026-11-10T09:00"), moved("2026-12-10T09:00")

    assert dates(laid(first, second)[0]["webinaire"])[0] == "invitation 2026-11-19"
    assert dates(laid(first, back)[0]["webinaire"]) == dates(WEBINAR)
    assert laid(first, back)[1] == []


def test_an_event_called_off_has_nothing_to_come_and_keeps_what_is_sent_by_hand() -> None:
    found, _ = laid(cancelled())

    assert dates(found["webinaire"]) == []
    assert found["webinaire"].enabled


def test_a_new_event_stands_beside_those_of_the_file() -> None:
    found, told = laid(created("atelier", "2027-06-10T10:00"))

    assert dates(found["atelier"]) == ["invitation 2027-05-20", "j-7 2027-06-03"]
    assert list(found) == ["webinaire", "rappels", "atelier"]
    assert [(one.stand, one.file) for one in told] == [(Stand.OVER, None)]


def test_one_occurrence_has_its_own_hour_day_or_none_and_the_others_stay() -> None:
    found, _ = laid(
        at_hour("14:00", "rappels", "mars", "2026-03"),
        on_day("2026-02-26", "rappels", "mars", "2026-03"),
        skipped("rappels", "mars", "2027-03"),
    )
    reminders = found["rappels"]

    assert dates(reminders) == ["mars 2026-02-26"]
    assert reminders.particulars == {
        ("mars", "2026-03"): Particular(at=time(14), on=date(2026, 2, 26)),
        ("mars", "2027-03"): Particular(skip=True),
    }
    # It keeps its season: it is the same one, on another day.
    moved_one = occurrences(reminders, date(2026, 2, 26), date(2026, 2, 26))
    assert [one.season for one in moved_one] == ["2026-03"]
    assert occurrences(reminders, date(2026, 3, 1), date(2026, 3, 31)) == []


def test_the_hour_of_one_occurrence_is_the_hour_of_its_slot() -> None:
    found, _ = laid(at_hour("14:00", "rappels", "mars", "2026-03"))
    reminders, episode = found["rappels"], REMINDERS.episodes[0]
    place = Place(zone="Europe/Paris", territory="FR")
    hours = [
        slot_time(one, reminders, episode, "email", STAFF, place, HOURS).due_at
        for one in occurrences(reminders, *YEAR)
    ]

    assert [f"{at:%m-%d %H:%M}" for at in hours if at] == ["03-03 13:00", "03-02 09:00"]


def test_a_campaign_is_switched_on_and_off() -> None:
    off = replace(WEBINAR, enabled=False)

    assert laid(switched("webinaire", on=True), campaigns=(off,))[0]["webinaire"].enabled
    assert not laid(switched("webinaire", on=False))[0]["webinaire"].enabled


def test_a_file_edited_under_a_change_changes_nothing_and_is_told() -> None:
    later = replace(WEBINAR, starts=datetime.fromisoformat("2026-10-20T14:30"))
    change = moved("2026-11-10T09:00", place="en ligne")
    found, told = laid(change, campaigns=(later,), before=(WEBINAR,))
    same = replace(WEBINAR, starts=datetime.fromisoformat("2026-11-10T09:00"))
    _, by_now = laid(change, campaigns=(same,), before=(WEBINAR,))

    assert found["webinaire"].starts == datetime.fromisoformat("2026-11-10T09:00")
    assert [(one.stand, one.file) for one in told] == [(Stand.BEHIND, dates_of(later))]
    assert [one.stand for one in by_now] == [Stand.IN_FILE]


def test_a_rule_edited_under_a_day_is_told_and_the_day_stands() -> None:
    rule = replace(REMINDERS.episodes[0], when="day-20")
    later = replace(REMINDERS, episodes=(rule,))
    change = on_day("2026-02-26", "rappels", "mars", "2026-03")
    found, told = laid(change, campaigns=(later,), before=(REMINDERS,))

    assert dates(found["rappels"]) == ["mars 2026-02-26", "mars 2027-03-20"]
    assert [one.stand for one in told] == [Stand.BEHIND]


def test_a_campaign_and_an_episode_under_new_names_keep_their_changes() -> None:
    episode = replace(REMINDERS.episodes[0], name="trois", was=("mars",))
    renamed = replace(REMINDERS, name="reflexes", was=("rappels",), episodes=(episode,))
    found, told = laid(
        skipped("rappels", "mars", "2026-03"), campaigns=(renamed,), before=(REMINDERS,)
    )

    assert dates(found["reflexes"]) == ["trois 2027-03-02"]
    assert [one.stand for one in told] == [Stand.OVER]


def test_what_is_gone_does_nothing_and_is_told() -> None:
    found, told = laid(
        skipped("rappels", "mars", "2026-03"),
        moved("2026-11-10T09:00"),
        campaigns=(replace(REMINDERS, episodes=()),),
        before=(WEBINAR, REMINDERS),
    )

    assert list(found) == ["rappels"]
    assert [(one.stand, one.why) for one in told] == [
        (Stand.GONE, "campaign rappels has no episode 'mars' any more"),
        (Stand.GONE, "there is no campaign 'webinaire' any more"),
    ]


def test_what_a_file_says_of_an_event_is_all_that_it_says() -> None:
    episodes = (replace(WEBINAR.episodes[0], at=time(9), values={"duree": "une heure"}),)
    event = replace(WEBINAR, episodes=episodes)
    asked = created("webinaire", "2026-12-01T14:30")

    found = said_of((event,), asked, LEGAL)

    assert found == keys_of(event)
    assert found["episodes"]["invitation"] == {
        "message": "w/invitation", "when": "invitation", "at": "09:00",
        "values": {"duree": "une heure"},
    }  # fmt: skip
    assert said_of((REMINDERS,), asked, LEGAL) is None


def test_an_occurrence_that_has_no_date_by_now_says_nothing() -> None:
    undated = replace(WEBINAR, starts=None)
    _, told = laid(
        on_day("2026-09-20", "webinaire", "invitation", ""),
        campaigns=(undated,),
        before=(WEBINAR,),
    )

    assert [one.stand for one in told] == [Stand.GONE]
    assert told[0].why == "webinaire/invitation has no date in all time"


def test_dates_with_a_zone_and_values_that_are_no_words_do_nothing() -> None:
    for says in (
        {"starts": "2026-11-10T09:00+02:00"},
        {"starts": "2026-11-10T09:00", "values": {"lien": 3}},
    ):
        one = replace(moved("2026-11-10T09:00"), says=says)
        found, told = laid(one)
        assert found["webinaire"] == WEBINAR
        assert [each.stand for each in told] == [Stand.UNFIT]


def test_an_event_for_an_audience_that_is_gone_does_nothing_and_is_told() -> None:
    found, told = laid(created("atelier", "2027-06-10T10:00", audiences=["nobody"]))

    assert "atelier" not in found
    assert [(one.stand, one.why) for one in told] == [(Stand.UNFIT, "there is no such audience")]


def test_an_audience_under_a_new_name_keeps_its_events() -> None:
    agents = replace(STAFF, name="agents", was=("staff",))

    def known(name: str, says: Says) -> Campaign:
        assert says["audiences"] == ["agents"]
        return replace(WEBINAR, name=name)

    decision = decided(1, created("atelier", "2027-06-10T10:00"))
    found, told = lay((), [decision], (agents,), LEGAL, known)

    assert [one.name for one in found] == ["atelier"]
    assert [one.stand for one in told] == [Stand.OVER]


@pytest.mark.parametrize("broken", [{}, {"starts": "demain"}, {"starts": None}])
def test_what_a_later_version_says_in_its_way_does_nothing(broken: dict[str, Any]) -> None:
    change = replace(moved(""), says=broken)
    found, told = laid(change)

    assert found["webinaire"] == WEBINAR
    assert [one.stand for one in told] == [Stand.UNFIT]


def test_an_event_typed_into_the_file_is_the_same_or_another() -> None:
    mine = replace(WEBINAR, name="atelier")
    says = keys_of(mine)
    decision = Decision(**{**_fields(created("atelier", "")), "change": _with(says)})
    same, there = lay((mine,), [decision], (), LEGAL, lambda *_: mine)
    other, apart = lay((replace(mine, place="salle Jade"),), [decision], (), LEGAL, lambda *_: mine)

    assert (there[0].stand, apart[0].stand) == (Stand.IN_FILE, Stand.BEHIND)
    assert [one.place for one in (*same, *other)] == ["en ligne", "en ligne"]


def _with(says: dict[str, Any]) -> Change:
    return replace(created("atelier", ""), says=says)


def _fields(change: Change) -> dict[str, Any]:
    one = decided(1, change)
    return {name: getattr(one, name) for name in one.__dataclass_fields__}
