from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.domain.calendar.campaigns import (
    Audience,
    Campaign,
    CampaignKind,
    ChannelTerms,
    Episode,
    Occurrence,
    People,
    Place,
    Rank,
    Shift,
    SlotTime,
)
from scheduler.domain.calendar.channel_hours import (
    SMS_HOURS,
    SMS_SUNDAY,
    ChannelHours,
    Window,
)
from scheduler.domain.calendar.holidays import HolidayCalendar, zone_of
from scheduler.domain.calendar.slots import NOT_ON_SUNDAY, STAFFS_SUNDAY, slot_time
from scheduler.domain.calendar.windows import Hours, is_open

#: ``traffic: service``, as settings make it: Sundays have Saturday's hours.
SERVICE_HOURS = replace(SMS_HOURS, sunday=SMS_HOURS.saturday, holidays=True)

HOURS = Hours()
AS_SUNDAY = "qui compte comme un dimanche"
PARIS = Place(zone="Europe/Paris", territory="FR")
TUESDAY = date(2026, 10, 6)
SUNDAY = date(2026, 10, 4)
ALL_TERRITORIES = (
    "FR",
    "67",
    "971",
    "972",
    "973",
    "974",
    "975",
    "976",
    "BL",
    "MF",
    "NC",
    "PF",
    "WF",
)


def utc(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=UTC)


def at_home(territory: str) -> Place:
    return Place(zone=zone_of(territory), territory=territory)


def audience(
    *, email: Shift = Shift.NONE, sms: Shift = Shift.MONDAY, shift_at: time | None = None
) -> Audience:
    return Audience(
        name="staff",
        label="Professionnels",
        source="staff",
        key="matricule",
        channels={
            "email": ChannelTerms(basis="public-task", shift=email, shift_at=shift_at),
            "sms": ChannelTerms(basis="consent", shift=sms, shift_at=shift_at),
            "pigeon": ChannelTerms(basis="consent"),
        },
    )


def slot(
    day: date,
    channel: str,
    *,
    to: Audience | None = None,
    place: Place = PARIS,
    hours: Hours = HOURS,
    when: str = "last-day",
    starts: datetime | None = None,
    zone: str = "Europe/Paris",
    at: time = time(10),
    episode_at: time | None = None,
) -> SlotTime:
    """The slot of one occurrence of a reminder, or of an event when it has a start."""
    episode = Episode(name="un", message="messages/un", when=when, at=episode_at)
    campaign = Campaign(
        name="campagne",
        kind=CampaignKind.EVENT if starts else CampaignKind.REMINDER,
        topic="sujet",
        rank=Rank.REMINDER,
        audiences=("staff",),
        channels=("email", "sms"),
        episodes=(episode,),
        at=at,
        starts=starts,
        zone=zone,
    )
    occurrence = Occurrence(campaign="campagne", episode="un", season="", date=day)
    return slot_time(occurrence, campaign, episode, channel, to or audience(), place, hours)


def wall(day: date, hour: int) -> datetime:
    """A wall time: its zone is the event's."""
    return datetime.combine(day, time(hour))


def test_an_ordinary_day_needs_no_reason() -> None:
    assert slot(TUESDAY, "email") == SlotTime(
        due_at=utc(2026, 10, 6, 8),
        start_by=utc(2026, 10, 7, 8),
        not_after=utc(2026, 10, 8, 8),
    )


def test_an_sms_starts_before_the_close_and_ends_by_the_next_days() -> None:
    assert slot(TUESDAY, "sms") == SlotTime(
        due_at=utc(2026, 10, 6, 8),
        start_by=utc(2026, 10, 6, 18),
        not_after=utc(2026, 10, 7, 18),
    )


def test_the_rest_of_a_saturdays_sms_is_deferred_past_sunday_and_holidays() -> None:
    assert slot(date(2027, 10, 30), "sms").not_after == utc(2027, 11, 2, 19)


def test_a_single_day_of_opening_ends_at_its_own_close() -> None:
    only_saturday = ChannelHours(weekdays=None, saturday=Window(opens=time(10), closes=time(18)))
    next_saturday = {date(2026, 10, 10): "Fermeture"}
    hours = Hours(channels={"sms": only_saturday})
    closed = replace(hours, holidays=HolidayCalendar(added={"FR": next_saturday}))

    assert slot(date(2026, 10, 3), "sms", hours=hours).not_after == utc(2026, 10, 10, 16)
    assert slot(date(2026, 10, 3), "sms", hours=closed).not_after == utc(2026, 10, 3, 16)


def test_an_episodes_hour_goes_before_its_campaigns() -> None:
    assert slot(TUESDAY, "email", episode_at=time(8, 30)).due_at == utc(2026, 10, 6, 6, 30)


@pytest.mark.parametrize(
    ("territory", "due"),
    [
        ("WF", utc(2026, 10, 3, 22)),
        ("974", utc(2026, 10, 4, 6)),
        ("971", utc(2026, 10, 4, 14)),
        ("PF", utc(2026, 10, 4, 20)),
    ],
)
def test_a_sunday_email_leaves_on_sunday_in_each_place(territory: str, due: datetime) -> None:
    found = slot(SUNDAY, "email", place=at_home(territory))

    assert (found.due_at, found.reason) == (due, "")


def test_the_sunday_the_clocks_go_back_is_in_winter_time_at_ten() -> None:
    assert slot(date(2026, 10, 25), "email").due_at == utc(2026, 10, 25, 9)


def test_a_sunday_email_may_wait_for_monday_morning() -> None:
    found = slot(SUNDAY, "email", to=audience(email=Shift.MONDAY, shift_at=time(8, 30)))

    assert found.due_at == utc(2026, 10, 5, 6, 30)
    assert found.reason == "courriel reporté au lundi : réglage de ce public pour le dimanche"


def test_a_sunday_sms_leaves_on_monday() -> None:
    found = slot(SUNDAY, "sms")

    assert found.due_at == utc(2026, 10, 5, 8)
    assert found.reason == f"SMS reporté au lundi : {NOT_ON_SUNDAY}"


def test_a_sunday_sms_leaves_on_saturday_if_so_set() -> None:
    found = slot(SUNDAY, "sms", to=audience(sms=Shift.SATURDAY, shift_at=time(11)))

    assert found.due_at == utc(2026, 10, 3, 9)
    assert found.reason == f"SMS avancé au samedi : {NOT_ON_SUNDAY}"


@pytest.mark.parametrize("hours", [HOURS, Hours(channels={"sms": SERVICE_HOURS})])
def test_without_a_shift_sunday_messages_have_no_sms(hours: Hours) -> None:
    found = slot(SUNDAY, "sms", to=audience(sms=Shift.NONE), hours=hours)

    assert found == SlotTime(due_at=None, reason="pas de SMS pour les messages du dimanche")


def test_what_a_person_sends_on_a_sunday_follows_the_hours_alone() -> None:
    to = audience(email=Shift.MONDAY, sms=Shift.NONE)

    assert slot(SUNDAY, "email", to=to, when="by-hand").due_at == utc(2026, 10, 4, 8)
    assert slot(SUNDAY, "sms", to=to, when="by-hand").due_at == utc(2026, 10, 5, 8)


def test_a_third_channel_without_a_shift_has_no_sunday_message() -> None:
    assert slot(SUNDAY, "pigeon").reason == "pas de pigeon pour les messages du dimanche"
    assert slot(TUESDAY, "pigeon").due_at == utc(2026, 10, 6, 8)


def test_an_audience_without_the_channel_is_the_callers_error() -> None:
    with pytest.raises(KeyError):
        slot(TUESDAY, "telex")


def test_monday_after_the_fifth_sunday_of_2027_is_all_saints() -> None:
    found = slot(date(2027, 10, 31), "sms")

    assert found.due_at == utc(2027, 11, 2, 9)
    assert found.reason == (
        f"SMS reporté au lundi : {NOT_ON_SUNDAY} ; "
        f"SMS reporté au mardi 2 novembre 2027 : jour férié (Toussaint), {AS_SUNDAY}"
    )


def test_saturday_before_the_second_sunday_of_2027_is_a_holiday_in_saint_barthelemy() -> None:
    found = slot(date(2027, 10, 10), "sms", to=audience(sms=Shift.SATURDAY), place=at_home("BL"))

    assert found.due_at == utc(2027, 10, 11, 14)
    assert found.reason == (
        f"SMS avancé au samedi : {NOT_ON_SUNDAY} ; "
        f"SMS reporté au lundi 11 octobre 2027 : jour férié (Abolition de l'esclavage), {AS_SUNDAY}"
    )


def test_good_friday_in_strasbourg_moves_the_sms_to_saturday() -> None:
    friday = date(2027, 3, 26)

    found = slot(friday, "sms", place=Place(zone="Europe/Paris", territory="67"))

    assert found.due_at == utc(2027, 3, 27, 9)
    assert (
        found.reason
        == f"SMS reporté au samedi 27 mars 2027 : jour férié (Vendredi saint), {AS_SUNDAY}"
    )
    assert slot(friday, "sms").due_at == utc(2027, 3, 26, 9)


def test_all_saints_of_2026_is_a_sunday_and_its_sms_leaves_on_monday() -> None:
    found = slot(date(2026, 11, 1), "sms", to=audience(sms=Shift.SATURDAY))

    assert found.due_at == utc(2026, 10, 31, 9)
    assert slot(date(2026, 11, 1), "sms").due_at == utc(2026, 11, 2, 9)


def test_an_email_keeps_its_holiday() -> None:
    found = slot(date(2027, 11, 1), "email")

    assert (found.due_at, found.reason) == (utc(2027, 11, 1, 9), "")


def test_a_channel_closed_on_an_ordinary_weekday_says_so() -> None:
    hours = Hours(channels={"sms": ChannelHours(weekdays=HOURS.of("sms").weekdays)})

    found = slot(date(2026, 10, 3), "sms", hours=hours)

    assert found.reason == "SMS reporté au lundi 5 octobre 2026 : jamais le samedi"


def test_a_holiday_on_a_closed_weekday_is_said_as_the_weekday() -> None:
    hours = Hours(channels={"email": HOURS.of("sms")})

    found = slot(date(2026, 11, 1), "email", hours=hours)

    assert found.reason == "courriel reporté au lundi 2 novembre 2026 : pas le dimanche"


def test_an_email_that_a_setting_moves_from_a_closed_sunday_says_why() -> None:
    hours = Hours(channels={"email": HOURS.of("sms")})

    found = slot(SUNDAY, "email", to=audience(email=Shift.MONDAY), hours=hours)

    assert found.reason.endswith("pas le dimanche")
    assert found.due_at == utc(2026, 10, 5, 8)


def test_an_hour_before_the_opening_waits_for_it() -> None:
    found = slot(date(2026, 10, 3), "sms", at=time(8, 30))

    assert found.due_at == utc(2026, 10, 3, 8)
    assert found.reason == "à l'ouverture de la plage SMS"


def test_an_hour_after_the_close_waits_for_the_next_allowed_day() -> None:
    found = slot(date(2026, 10, 3), "sms", at=time(18))

    assert found.due_at == utc(2026, 10, 5, 16)
    assert found.reason == (
        "SMS reporté au lundi 5 octobre 2026 : "
        "la plage du samedi 3 octobre 2026 est déjà fermée à 18h00"
    )


def test_a_channel_that_never_opens_has_no_slot() -> None:
    hours = Hours(channels={"sms": ChannelHours(weekdays=None)})

    assert slot(TUESDAY, "sms", hours=hours) == SlotTime(
        due_at=None, reason="jamais le mardi, et aucun jour permis dans les sept qui suivent"
    )


def test_an_announcement_is_over_when_the_event_starts() -> None:
    found = slot(TUESDAY, "email", when="j-1", starts=wall(TUESDAY + timedelta(days=1), 9))

    assert found == SlotTime(
        due_at=utc(2026, 10, 6, 8), start_by=utc(2026, 10, 7, 7), not_after=utc(2026, 10, 7, 7)
    )


def test_an_announcement_after_the_start_is_left_out() -> None:
    found = slot(TUESDAY, "sms", when="j-7", starts=wall(TUESDAY, 10))

    assert found == SlotTime(due_at=None, reason="l'événement aurait déjà commencé")


def test_places_far_west_may_be_too_late_for_an_event_far_east() -> None:
    starts = wall(TUESDAY + timedelta(days=1), 8)

    paris = slot(TUESDAY, "email", when="j-1", starts=starts, zone="Pacific/Wallis")
    tahiti = slot(
        TUESDAY, "email", when="j-1", starts=starts, zone="Pacific/Wallis", place=at_home("PF")
    )

    assert (paris.due_at, paris.not_after) == (utc(2026, 10, 6, 8), utc(2026, 10, 6, 20))
    assert tahiti.due_at is None


@pytest.mark.parametrize("when", ["thanks", "by-hand"])
def test_thanks_and_what_is_sent_by_hand_are_not_bound_by_the_start(when: str) -> None:
    found = slot(TUESDAY, "email", when=when, starts=wall(SUNDAY, 10))

    assert found.due_at == utc(2026, 10, 6, 8)
    assert found.not_after == utc(2026, 10, 8, 8)


@pytest.mark.parametrize(
    ("day", "channel", "to"),
    [
        (SUNDAY, "sms", audience(sms=Shift.MONDAY)),
        (SUNDAY, "sms", audience(sms=Shift.SATURDAY)),
        (SUNDAY, "email", audience(email=Shift.MONDAY)),
        (date(2027, 11, 1), "sms", audience()),
    ],
)
def test_the_eve_of_an_event_never_moves(day: date, channel: str, to: Audience) -> None:
    found = slot(day, channel, to=to, when="j-1", starts=wall(day + timedelta(days=1), 23))

    assert found.due_at is None
    assert found.reason.startswith("la veille de l'événement ne se déplace pas (")


def test_the_eve_of_an_event_stays_where_it_is_allowed() -> None:
    found = slot(SUNDAY, "email", when="j-1", starts=wall(SUNDAY + timedelta(days=1), 14))

    assert found.due_at == utc(2026, 10, 4, 8)


def test_an_hour_outside_every_window_has_no_slot() -> None:
    assert slot(TUESDAY, "email", at=time(21)).due_at is None


@given(
    day=st.dates(date(2025, 1, 1), date(2030, 12, 31)),
    channel=st.sampled_from(["email", "sms"]),
    shift=st.sampled_from(Shift),
    territory=st.sampled_from(ALL_TERRITORIES),
    at=st.times(time(8), time(19, 59)),
)
def test_a_slot_is_inside_its_window_and_never_earlier_but_for_saturday(
    day: date, channel: str, shift: Shift, territory: str, at: time
) -> None:
    place = at_home(territory)

    found = slot(day, channel, to=audience(email=shift, sms=shift), place=place, at=at)

    if found.due_at is None:
        assert (channel, shift, day.weekday()) == ("sms", Shift.NONE, 6)
        return
    assert is_open(channel, found.due_at, place, HOURS)
    local = found.due_at.astimezone(ZoneInfo(place.zone)).date()
    brought_forward = shift is Shift.SATURDAY and day.weekday() == 6
    assert local >= day - timedelta(days=1 if brought_forward else 0)
    assert local <= day + timedelta(days=7)
    assert found.start_by is not None
    assert found.not_after is not None
    assert found.due_at < found.start_by <= found.not_after
    assert (local == day) or found.reason


# Sundays that somebody tolerates

TOLERANT = ChannelHours(
    weekdays=Window(opens=time(8), closes=time(20)),
    saturday=Window(opens=time(10), closes=time(18)),
    sunday=SMS_SUNDAY,
    holidays_as_sundays=True,
)
WITH_SUNDAYS = Hours(audiences={"staff": {"sms": TOLERANT}})


def test_a_tolerated_sunday_keeps_its_sms_and_opens_at_ten() -> None:
    found = slot(SUNDAY, "sms", to=audience(sms=Shift.SUNDAY), hours=WITH_SUNDAYS, at=time(9))

    assert found.due_at == utc(2026, 10, 4, 8)
    assert found.start_by == utc(2026, 10, 4, 16)


def test_a_holiday_counts_as_a_sunday_that_is_tolerated() -> None:
    toussaint = date(2027, 11, 1)

    found = slot(toussaint, "sms", hours=WITH_SUNDAYS, at=time(9))
    late = slot(toussaint, "sms", hours=WITH_SUNDAYS, at=time(18, 30))

    assert found.due_at == utc(2027, 11, 1, 9)
    assert late.due_at == utc(2027, 11, 2, 17, 30)


def test_another_audience_keeps_its_sundays() -> None:
    hours = Hours(audiences={"patients": {"sms": TOLERANT}})

    assert slot(SUNDAY, "sms", hours=hours).due_at == utc(2026, 10, 5, 8)


def test_the_staff_reads_that_it_is_their_right() -> None:
    staff = replace(audience(), people=People.STAFF)

    assert slot(SUNDAY, "sms", to=staff).reason == f"SMS reporté au lundi : {STAFFS_SUNDAY}"
