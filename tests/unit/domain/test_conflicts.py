import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.domain.calendar.campaigns import (
    Audience,
    Campaign,
    CampaignKind,
    ChannelTerms,
    Episode,
    Place,
    Rank,
    Shift,
)
from scheduler.domain.calendar.channel_hours import ChannelHours, Window
from scheduler.domain.calendar.conflicts import Planned, plan, settle
from scheduler.domain.calendar.holidays import zone_of
from scheduler.domain.calendar.leaving import Exceptions
from scheduler.domain.calendar.slots import NOT_ON_SUNDAY
from scheduler.domain.calendar.windows import Hours

HOURS = Hours()
PARIS = Place(zone="Europe/Paris", territory="FR")
TERRITORIES = (
    *("FR", "57", "67", "971", "972", "973", "974", "975", "976"),
    *("BL", "MF", "NC", "PF", "WF", "2A"),
)


def utc(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=UTC)


def audience(name: str = "staff", email: Shift = Shift.NONE) -> Audience:
    return Audience(
        name=name,
        label=name,
        source=name,
        key="id",
        channels={
            "email": ChannelTerms(basis="public-task", shift=email, shift_at=time(8, 30)),
            "sms": ChannelTerms(basis="consent", shift=Shift.MONDAY),
        },
    )


def campaign(
    name: str,
    kind: CampaignKind,
    rank: Rank,
    *rules: str,
    months: Sequence[int] = (),
    starts: datetime | None = None,
    audiences: Sequence[str] = ("staff",),
) -> Campaign:
    episodes = tuple(
        Episode(name=when, message=f"messages/{when}", when=when, months=months) for when in rules
    )
    return Campaign(
        name=name,
        kind=kind,
        topic="sujet",
        rank=rank,
        audiences=audiences,
        channels=("email", "sms"),
        episodes=episodes,
        starts=starts,
    )


def series(audiences: Sequence[str] = ("staff",)) -> Campaign:
    rules = ("announcement", "sunday-1", "sunday-2", "sunday-3", "sunday-4", "recap")
    return campaign("cybermois", CampaignKind.SERIES, Rank.EPISODE, *rules, audiences=audiences)


def reminder(
    name: str, when: str, *months: int, rank: Rank = Rank.REMINDER, to: Sequence[str] = ("staff",)
) -> Campaign:
    return campaign(name, CampaignKind.REMINDER, rank, when, months=months, audiences=to)


def event(name: str, day: date, *rules: str, hour: int = 14) -> Campaign:
    starts = datetime.combine(day, time(hour))
    return campaign(name, CampaignKind.EVENT, Rank.INVITATION, *rules, starts=starts)


def both(campaign: Campaign, episode: Episode, audience: Audience) -> Iterable[str]:
    return campaign.channels


def planned(
    *campaigns: Campaign,
    start: date = date(2027, 1, 1),
    end: date = date(2027, 12, 31),
    hours: Hours = HOURS,
    place: Place = PARIS,
    to: Audience | None = None,
    takes_day: Callable[[Planned], bool] = lambda one: True,
) -> list[Planned]:
    staff = to or audience()
    return plan(
        campaigns,
        start,
        end,
        audiences={"staff": staff},
        places={"staff": [place]},
        channels=both,
        hours=hours,
        takes_day=takes_day,
    )


def one(found: Iterable[Planned], campaign: str, episode: str, channel: str = "sms") -> Planned:
    keys = (campaign, episode, channel)
    (only,) = (x for x in found if (x.campaign.name, x.episode.name, x.channel) == keys)
    return only


def test_the_sms_of_the_november_reminder_gives_way_to_the_shifted_recap() -> None:
    found = planned(series(), reminder("reflexes", "first-working-tuesday", 11))

    recap = one(found, "cybermois", "recap")
    r6 = one(found, "reflexes", "first-working-tuesday")
    assert recap.slot.due_at == utc(2027, 11, 2, 9)
    assert r6.slot.due_at == utc(2027, 11, 3, 9)
    assert r6.slot.start_by == utc(2027, 11, 3, 19)
    assert r6.slot.reason == (
        "laisse la place à cybermois/recap le mardi 2 novembre 2027, "
        "SMS reporté au mercredi 3 novembre 2027"
    )


def test_the_email_of_the_november_reminder_meets_nobody() -> None:
    found = planned(series(), reminder("reflexes", "first-working-tuesday", 11))

    email = one(found, "reflexes", "first-working-tuesday", "email")
    assert (email.slot.due_at, email.slot.reason) == (utc(2027, 11, 2, 9), "")


def test_the_stronger_rank_keeps_the_day_whatever_its_name() -> None:
    found = planned(
        reminder("a", "day-6", 4, rank=Rank.POINTER), reminder("z", "day-6", 4), to=audience()
    )

    assert one(found, "z", "day-6").slot.due_at == utc(2027, 4, 6, 8)
    assert one(found, "a", "day-6").slot.due_at == utc(2027, 4, 7, 8)


def test_between_equals_the_earlier_nominal_date_then_the_name_keeps_the_day() -> None:
    found = planned(
        reminder("a", "day-2", 11), reminder("z", "day-1", 11), reminder("b", "day-2", 11)
    )

    assert one(found, "z", "day-1").slot.due_at == utc(2027, 11, 2, 9)
    assert one(found, "a", "day-2").slot.due_at == utc(2027, 11, 3, 9)
    assert one(found, "b", "day-2").slot.due_at == utc(2027, 11, 4, 9)


def test_who_does_not_leave_that_day_takes_it_from_nobody() -> None:
    strong, weak = reminder("z", "day-6", 4), reminder("a", "day-6", 4, rank=Rank.POINTER)
    season = ("z", "day-6", "2027-04")
    by_hand = (season, "staff", utc(2027, 3, 30, 8))
    that_day = (season, "staff", utc(2027, 4, 6, 8))

    for known, day in (
        (Exceptions(), 7),
        (Exceptions(cancelled=frozenset({season})), 6),
        (Exceptions(by_hand=frozenset({by_hand})), 6),
        (Exceptions(by_hand=frozenset({that_day})), 7),
        (Exceptions(by_hand=frozenset({(season, "patients", by_hand[2])})), 7),
    ):
        found = planned(strong, weak, takes_day=known.takes_day)

        assert one(found, "z", "day-6").slot.due_at == utc(2027, 4, 6, 8)
        assert one(found, "a", "day-6").slot.due_at == utc(2027, 4, day, 8)


def test_who_moves_takes_a_free_working_day_and_nobody_elses() -> None:
    found = planned(
        reminder("fort", "day-9", 4),
        reminder("voisin", "day-12", 4, rank=Rank.INVITATION),
        reminder("faible", "day-9", 4, rank=Rank.POINTER),
    )

    friday, monday, tuesday = (utc(2027, 4, day, 8) for day in (9, 12, 13))
    assert one(found, "fort", "day-9").slot.due_at == friday
    assert one(found, "voisin", "day-12").slot.due_at == monday
    assert one(found, "faible", "day-9").slot.due_at == tuesday


def test_a_territorys_holiday_is_no_free_day() -> None:
    strong, weak = reminder("fort", "day-25", 3), reminder("z", "day-25", 3, rank=Rank.POINTER)

    paris = planned(strong, weak)
    strasbourg = planned(strong, weak, place=Place(zone="Europe/Paris", territory="67"))

    assert one(paris, "z", "day-25").slot.due_at == utc(2027, 3, 26, 9)
    assert one(strasbourg, "z", "day-25").slot.due_at == utc(2027, 3, 30, 8)


def test_without_a_free_day_within_seven_it_is_left_out() -> None:
    busy = [reminder(f"fort-{day}", f"day-{day}", 4) for day in (5, 6, 7, 8, 9, 12)]

    found = planned(*busy, reminder("faible", "day-5", 4, rank=Rank.POINTER))

    left_out = one(found, "faible", "day-5").slot
    assert left_out.due_at is None
    assert left_out.reason == (
        "laisse la place à fort-5/day-5 le lundi 5 avril 2027, "
        "et aucun jour ouvré libre dans les sept qui suivent"
    )


def test_it_moves_only_to_a_day_its_channel_is_open() -> None:
    open_on_saturdays = ChannelHours(
        weekdays=None, saturday=Window(opens=time(10), closes=time(18))
    )
    hours = Hours(channels={"email": HOURS.of("email"), "sms": open_on_saturdays})

    found = planned(reminder("a", "day-3", 4), reminder("b", "day-3", 4), hours=hours)

    assert one(found, "a", "day-3").slot.due_at == utc(2027, 4, 3, 8)
    assert one(found, "b", "day-3").slot.due_at is None


def test_the_reason_of_the_shift_stays_beside_that_of_the_conflict() -> None:
    found = planned(reminder("a", "day-4", 10), reminder("b", "day-3", 10, rank=Rank.POINTER))

    assert one(found, "b", "day-3").slot.reason == (
        f"SMS reporté au lundi : {NOT_ON_SUNDAY} ; "
        "laisse la place à a/day-4 le lundi 4 octobre 2027, "
        "SMS reporté au mardi 5 octobre 2027"
    )


def test_the_hour_of_a_shifted_day_is_kept() -> None:
    staff = audience(email=Shift.MONDAY)

    found = planned(
        reminder("a", "day-4", 10), reminder("b", "day-3", 10, rank=Rank.POINTER), to=staff
    )

    assert one(found, "b", "day-3", "email").slot.due_at == utc(2027, 10, 5, 6, 30)


def test_the_eve_of_an_event_gives_way_by_staying_at_home() -> None:
    found = planned(event("atelier", date(2027, 4, 7), "j-1"), reminder("reflexes", "day-6", 4))

    eve = one(found, "atelier", "j-1").slot
    assert eve.due_at is None
    assert eve.reason == (
        "laisse la place à reflexes/day-6 le mardi 6 avril 2027, "
        "et la veille de l'événement ne se déplace pas"
    )


def test_an_invitation_never_moves_past_the_event() -> None:
    late = event("atelier", date(2027, 4, 7), "j-2", hour=8)
    busy = [reminder("fort-5", "day-5", 4), reminder("fort-6", "day-6", 4)]

    left_out = one(planned(late, *busy), "atelier", "j-2").slot
    moved = one(planned(late, busy[0]), "atelier", "j-2").slot

    assert left_out.due_at is None
    assert left_out.reason.endswith("l'événement aurait déjà commencé")
    assert moved.due_at == utc(2027, 4, 6, 8)
    assert moved.not_after == utc(2027, 4, 7, 6)


def test_a_campaign_that_is_not_enabled_takes_nobodys_day() -> None:
    disabled = replace(reminder("fort", "day-6", 4), enabled=False)

    found = planned(disabled, reminder("z", "day-6", 4, rank=Rank.POINTER))

    assert [x.campaign.name for x in found] == ["z", "z"]
    assert one(found, "z", "day-6").slot.reason == ""


def test_only_the_channels_with_a_text_are_planned() -> None:
    found = plan(
        [reminder("a", "day-6", 4)],
        date(2027, 4, 1),
        date(2027, 4, 30),
        audiences={"staff": audience()},
        places={"staff": [PARIS]},
        channels=lambda campaign, episode, audience: ["email"],
        hours=HOURS,
    )

    assert [x.channel for x in found] == ["email"]


def test_audiences_do_not_stand_in_each_others_way() -> None:
    found = plan(
        [reminder("a", "day-6", 4, to=["staff"]), reminder("b", "day-6", 4, to=["patients"])],
        date(2027, 4, 1),
        date(2027, 4, 30),
        audiences={name: audience(name) for name in ("staff", "patients")},
        places={"staff": [PARIS], "patients": [PARIS]},
        channels=both,
        hours=HOURS,
    )

    assert {x.slot.due_at for x in found} == {utc(2027, 4, 6, 8)}


def crowded() -> list[Campaign]:
    """More than anyone would send, so that days are fought over."""
    return [
        series(),
        reminder("reflexes", "first-working-tuesday"),
        reminder("care", "first-tuesday", 2, 5, 8, 11, rank=Rank.POINTER),
        reminder("pgssi", "last-day", rank=Rank.POINTER),
        reminder("chiffre", "day-31", 3, 11, rank=Rank.POINTER),
        event("webinaire", date(2027, 10, 12), "invitation", "j-7", "j-1", "thanks"),
        event("bataille", date(2027, 11, 9), "invitation", "j-7", "j-1", "thanks"),
    ]


@pytest.mark.parametrize("place", [PARIS, Place(zone="Pacific/Tahiti", territory="PF")])
def test_no_two_messages_share_a_day_and_settling_again_changes_nothing(place: Place) -> None:
    found = planned(*crowded(), place=place)

    days = [(x.channel, due.date()) for x in found if (due := x.due_there)]
    assert len(days) == len(set(days))
    assert settle(found, HOURS) == found


def test_the_order_in_which_slots_are_given_does_not_matter() -> None:
    found = planned(*crowded())
    shuffled = random.Random(7).sample(found, len(found))  # noqa: S311 - no secret is drawn

    assert settle(shuffled, HOURS) == found


WHOLE_YEAR = planned(*crowded())


@settings(deadline=None)
@given(
    start=st.dates(date(2027, 1, 1), date(2027, 12, 31)),
    days=st.integers(min_value=0, max_value=90),
)
def test_a_slot_does_not_depend_on_the_range_asked(start: date, days: int) -> None:
    end = min(start + timedelta(days=days), date(2027, 12, 31))

    part = planned(*crowded(), start=start, end=end)

    assert part == [x for x in WHOLE_YEAR if start <= x.occurrence.date <= end]


def test_a_year_for_two_audiences_in_fifteen_places_is_whole() -> None:
    names = ["staff", "patients"]
    everywhere = [Place(zone=zone_of(code), territory=code) for code in TERRITORIES]
    campaigns = [replace(campaign, audiences=names) for campaign in crowded()]

    def year() -> list[Planned]:
        return plan(
            campaigns,
            date(2027, 1, 1),
            date(2027, 12, 31),
            audiences={name: audience(name) for name in names},
            places=dict.fromkeys(names, everywhere),
            channels=both,
            hours=HOURS,
        )

    assert len(year()) == len(WHOLE_YEAR) * 2 * 15
