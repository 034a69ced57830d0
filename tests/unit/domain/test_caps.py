"""How often a person hears from us at most: two in a week, eight in a month, and who gives way."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from scheduler.domain.calendar.campaigns import Rank
from scheduler.domain.consent.optout import by_email_link
from scheduler.domain.measure.caps import CapLimit, Caps, Coming, counts, goes_before, limits, room
from scheduler.domain.message import AddressKind
from scheduler.flow.steering.by_hand import occurrence_to_send
from scheduler.store.schema.tables import delivery, occurrence
from tests.flow_world import MESSAGES, World, open_world, utc
from tests.samples.ledger import MADE, PARIS, STAFF, person

#: Tuesday 13 October 2026; midnight in Paris is 22:00 UTC of the day before.
DAY = date(2026, 10, 13)
WEEK = Caps(week=2, month=0)


def since(day: date, messages: int, ahead: int = 0) -> CapLimit:
    return CapLimit(since=midnight(day), messages=messages, ahead=ahead)


def midnight(day: date) -> datetime:
    """In Paris, in summer."""
    eve = day - timedelta(days=1)
    return datetime(eve.year, eve.month, eve.day, 22, tzinfo=UTC)


@pytest.mark.parametrize(
    ("coming", "expected"),
    [
        ([], [since(date(2026, 10, 7), 2)]),
        # With one on the 18th, a period of seven days that holds both begins on the 12th.
        ([date(2026, 10, 18)], [since(date(2026, 10, 7), 2), since(date(2026, 10, 12), 2, 1)]),
        # The 19th shares exactly one: the one that the 13th begins.
        ([date(2026, 10, 19)], [since(date(2026, 10, 7), 2), since(date(2026, 10, 13), 2, 1)]),
        # The 20th shares no seven days with the 13th.
        ([date(2026, 10, 20)], [since(date(2026, 10, 7), 2)]),
        (
            [date(2026, 10, 14), date(2026, 10, 15)],
            [
                since(date(2026, 10, 7), 2),
                since(date(2026, 10, 8), 2, 1),
                since(date(2026, 10, 9), 2, 2),
            ],
        ),
    ],
)
def test_no_seven_days_hold_more_than_the_cap(coming: list[date], expected: list[CapLimit]) -> None:
    assert limits(WEEK, DAY, PARIS, [Coming(day=day) for day in coming]) == expected


def test_what_is_capped_itself_comes_to_those_who_have_had_little_enough() -> None:
    reminder, sunday = date(2026, 10, 16), date(2026, 10, 18)

    assert room(WEEK, DAY, reminder, PARIS, []) == [(midnight(date(2026, 10, 10)), 2)]
    assert room(WEEK, DAY, reminder, PARIS, [sunday]) == [
        (midnight(date(2026, 10, 10)), 2),
        (midnight(date(2026, 10, 12)), 1),
    ]
    # Of its own seven days today is the first, and counts; of tomorrow's it is none.
    assert room(WEEK, DAY, date(2026, 10, 19), PARIS, []) == [(midnight(DAY), 2)]
    assert room(WEEK, DAY, date(2026, 10, 20), PARIS, []) == []
    # Two that go before it leave it no place, in some seven days of its own.
    assert room(WEEK, DAY, reminder, PARIS, [date(2026, 10, 15), date(2026, 10, 20)]) is None
    assert room(WEEK, DAY, reminder, PARIS, [date(2026, 10, 14), date(2026, 10, 22)]) is not None
    assert room(Caps(week=0, month=0), DAY, reminder, PARIS, [sunday]) == []


def test_the_month_looks_back_thirty_days() -> None:
    (limit,) = limits(Caps(week=0, month=8), DAY, PARIS, [])

    assert limit == since(date(2026, 9, 13), 8)
    tomorrow = Coming(day=DAY + timedelta(days=1))
    assert limits(Caps(week=0, month=0), DAY, PARIS, [tomorrow]) == []


def test_episodes_and_service_messages_are_never_left_out_and_the_weak_give_way_first() -> None:
    assert [rank for rank in Rank if not counts(rank)] == [Rank.SERVICE, Rank.EPISODE]
    assert goes_before(Rank.REMINDER, Rank.POINTER)
    assert goes_before(Rank.POINTER, Rank.INVITATION)
    assert not goes_before(Rank.INVITATION, Rank.REMINDER)


CAMPAIGNS = """
  cybermois:
    kind: series
    topic: october
    channels: [email]
    audiences: [staff]
    episodes:
      annonce: {message: essai, when: announcement}
      un: {message: essai, when: sunday-1}
  webinaire:
    kind: event
    topic: events
    channels: [email]
    audiences: [staff]
    starts: 2026-10-13T14:30
    episodes:
      invitation: {message: essai, when: j-8}
      veille: {message: essai, when: j-1}
"""
EPISODES = (
    select(delivery.c.state, delivery.c.reason, occurrence.c.episode)
    .join(occurrence, occurrence.c.id == delivery.c.occurrence_id)
    .order_by(delivery.c.id)
)


async def reasons(world: World) -> dict[str, str]:
    """Episode -> state and reason of the one person's delivery."""
    rows = await world.book.rows(EPISODES)
    return {row.episode: f"{row.state} {row.reason}".strip() for row in rows}


async def test_an_invitation_gives_way_in_a_full_week_and_what_is_left_out_does_not_count(
    tmp_path: Path,
) -> None:
    async with open_world(tmp_path, CAMPAIGNS) as world:
        await world.book.take_in(STAFF, person(1))
        for day in (2, 4, 5, 12):
            await world.at(utc(day, 8))

        assert await reasons(world) == {
            "annonce": "sent",
            "un": "sent",
            "invitation": "left-out cap",
            "veille": "sent",
        }


async def test_what_is_about_to_come_counts_too(tmp_path: Path) -> None:
    moved = CAMPAIGNS.replace("j-8", "j-12")  # Thursday 1 October, before two stronger ones
    async with open_world(tmp_path, moved) as world:
        await world.book.take_in(STAFF, person(1))
        await world.at(utc(1, 8))

        assert await reasons(world) == {"invitation": "left-out cap"}


#: The series has a text for patients alone.
SILENT = {
    "muet/message.yaml": MESSAGES["essai/message.yaml"],
    "muet/email.patients.fr.md": MESSAGES["essai/email.fr.md"],
}


async def test_what_has_no_text_for_the_audience_is_not_about_to_come(tmp_path: Path) -> None:
    silent = CAMPAIGNS.replace("j-8", "j-12")
    for when in ("announcement", "sunday-1"):
        silent = silent.replace(f"essai, when: {when}", f"muet, when: {when}")
    async with open_world(tmp_path, silent, messages=SILENT) as world:
        await world.book.take_in(STAFF, person(1))
        await world.at(utc(1, 8))

        assert await reasons(world) == {"invitation": "sent"}


async def test_what_was_cancelled_is_not_about_to_come(tmp_path: Path) -> None:
    moved = CAMPAIGNS.replace("j-8", "j-12")
    async with open_world(tmp_path, moved) as world:
        await world.book.take_in(STAFF, person(1))
        await world.look(utc(30, 8, month=9))
        (first, *_) = [
            one for one in await world.app.ledger.occurrences() if one.episode == "annonce"
        ]
        await world.book.hand.cancel(first, "Camille", world.clock.now)
        await world.at(utc(1, 8))

        assert await reasons(world) == {"invitation": "sent"}


async def test_what_its_reader_refused_is_not_about_to_come(tmp_path: Path) -> None:
    moved = CAMPAIGNS.replace("j-8", "j-12")
    async with open_world(tmp_path, moved) as world:
        await world.book.take_in(STAFF, person(1))
        refusal = replace(by_email_link(MADE, one_click=True), scope="october")
        await world.book.people.opt_out_identity(AddressKind.EMAIL, "p1@example.org", refusal)
        await world.at(utc(1, 8))

        assert await reasons(world) == {"invitation": "sent"}


async def test_what_is_sent_by_hand_reaches_those_it_concerns(tmp_path: Path) -> None:
    off = CAMPAIGNS.replace("j-8", "j-21") + "      annulation: {message: essai, when: by-hand}\n"
    async with open_world(tmp_path, off) as world:
        await world.book.take_in(STAFF, person(1))
        for day in (utc(22, 8, month=9), utc(2, 8), utc(4, 8)):
            await world.at(day)
        one = occurrence_to_send(world.app.agenda, "webinaire", "annulation", "", date(2026, 10, 5))
        await world.app.hand.bring_forward(one, ["staff"], "Camille", utc(5, 8))
        await world.at(utc(5, 8))

        assert (await reasons(world))["annulation"] == "sent"


async def test_a_cap_is_a_setting(tmp_path: Path) -> None:
    async with open_world(tmp_path, CAMPAIGNS) as world:
        config = world.config.read_text(encoding="utf-8")
        world.config.write_text(config + "caps: {week: 3}\n", encoding="utf-8")
        world.read_again()
        await world.book.take_in(STAFF, person(1))
        for day in (2, 4, 5):
            await world.at(utc(day, 8))

        assert (await reasons(world))["invitation"] == "sent"


async def test_a_message_that_could_not_be_delivered_does_not_count(tmp_path: Path) -> None:
    async with open_world(tmp_path, CAMPAIGNS) as world:
        await world.book.take_in(STAFF, person(1, email=None), person(2))
        for day in (2, 4, 5):
            await world.at(utc(day, 8))

        rows = await world.book.rows(EPISODES)
        assert {row.reason for row in rows if row.episode == "invitation"} == {"cap", "no-address"}
