"""A slot planned portion by portion: everybody gets what a plan made whole gives them, whoever
plans the next portion and whatever came in between."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Connection, select

from scheduler.domain.calendar.campaigns import Occurrence
from scheduler.domain.consent.optout import by_email_link
from scheduler.domain.delivery import OccurrenceState, SlotState
from scheduler.domain.ids import ContactId
from scheduler.domain.measure.caps import CapLimit
from scheduler.domain.people.contacts import Row
from scheduler.domain.planning import SlotPlan
from scheduler.store.planning.marks import STALE
from scheduler.store.planning.one_slot import plan_some
from scheduler.store.schema.tables import batch, contact, content, delivery, slot
from tests.samples.ledger import DUE, MADE, MANAGERS, PATIENTS, STAFF, Book, person

OTHER = Occurrence(campaign="rappel", episode="octobre", season="2026-10", date=date(2026, 10, 5))
#: More people than anybody is in these tests.
WHOLE = 1_000_000


class Undone(Exception):
    """A transaction that leaves nothing."""


def made(connection: Connection) -> list[Any]:
    """Everything that planning decides of a person; batches apart, and numbers of rows."""
    names = "occurrence_id contact_id channel address_id basis consent_id state reason at"
    statement = (
        select(*(delivery.c[name] for name in names.split()), content.c.variant)
        .outerjoin(content, content.c.id == delivery.c.content_id)
        .order_by(delivery.c.contact_id, delivery.c.occurrence_id)
    )
    return list(connection.execute(statement))


def made_whole(book: Book, plan: SlotPlan) -> list[Any]:
    found: list[Any] = []
    with suppress(Undone), book.ledger.database.writing() as connection:
        step = plan_some(connection, plan, DUE, portion=WHOLE)
        assert step is not None
        assert step.done
        found = made(connection)
        raise Undone
    return found


def made_by_portions(book: Book, plan: SlotPlan, portions: Sequence[int]) -> list[Any]:
    """Each a transaction of its own, and the last size again to the end."""
    sizes = list(portions)
    while True:
        portion = sizes.pop(0) if len(sizes) > 1 else sizes[0]
        with book.ledger.database.writing() as connection:
            step = plan_some(connection, plan, DUE, portion=portion)
        assert step is not None
        if step.done:
            break
    with book.ledger.database.writing() as connection:
        return made(connection)


@st.composite
def somebody(draw: st.DrawFn) -> tuple[dict[str, Any], bool]:
    """A row that shares its address with others, and whether its person refuses."""
    about = {
        "email": draw(st.sampled_from(["a@example.org", "b@example.org", "c@free.fr", "", None])),
        "agreed": draw(st.sampled_from([(), ("email",), ("email", "sms")])),
        "language": draw(st.sampled_from(["fr", "fr", "en"])),
    }
    return about, draw(st.booleans()) and draw(st.booleans())


async def take_in(
    book: Book, audience: Any, people: Sequence[tuple[dict[str, Any], bool]], season: str
) -> None:
    rows: list[Row] = [
        person(number, key=f"{season}-{number}", **about)
        for number, (about, _) in enumerate(people)
    ]
    await book.take_in(audience, *rows)
    refusing = [row for row, (_, refuses) in zip(rows, people, strict=True) if refuses]
    keys = {row.key for row in refusing}
    for card in [one async for one in book.people.contacts(audience.source)]:
        if card.key in keys and card.email_id is not None:
            act = by_email_link(MADE, one_click=True, person=card.contact)
            await book.people.opt_out(card.email_id, act)


@pytest.mark.parametrize("audience", [STAFF, PATIENTS])
async def test_portions_of_any_size_come_to_what_one_does(book: Book, audience: Any) -> None:
    seed = iter(range(WHOLE))

    async def tried(people: Any, portions: Any, most: int) -> None:
        season = str(next(seed))
        one = Occurrence(campaign="essai", episode="un", season=season, date=date(2026, 10, 4))
        await take_in(book, audience, people, season)
        caps = [CapLimit(since=MADE, messages=most)]
        plan = await book.slot_plan("email", audience, one=one, caps=caps)

        whole = made_whole(book, plan)

        assert len(whole) > len(await book.rows(delivery))
        assert made_by_portions(book, plan, portions) == whole

    examples: list[tuple[Any, Any, Any]] = []
    collect(examples)
    for example in examples:
        await tried(*example)


def collect(examples: list[tuple[Any, Any, Any]]) -> None:
    """What Hypothesis thinks of: it runs nothing that has to be waited for."""

    @given(
        people=st.lists(somebody(), min_size=1, max_size=9),
        portions=st.lists(st.integers(1, 20), min_size=1, max_size=4),
        most=st.integers(1, 12),
    )
    def note(people: Any, portions: Any, most: int) -> None:
        if len(examples) < 8:
            examples.append((people, portions, most))

    note()


async def begun(book: Book, people: int = 6, portion: int = 2, **more: Any) -> SlotPlan:
    """A planning that was cut short after its first portion."""
    await book.take_in(STAFF, *(person(number) for number in range(1, people + 1)))
    plan = await book.slot_plan("email", **more)
    with book.ledger.database.writing() as connection:
        step = plan_some(connection, plan, DUE, portion=portion)
    assert step is not None
    assert not step.done
    return plan


async def test_what_a_crash_cut_short_is_gone_on_with(book: Book) -> None:
    plan = await begun(book)
    (mark,) = await book.rows(slot)
    assert mark.state == SlotState.PLANNING
    assert await book.states() == {"waiting": 2}
    assert await book.ledger.unfinished(plan.occurrence.occurrence_id)

    count = await book.ledger.plan(plan, DUE + timedelta(minutes=1))

    assert count is not None
    assert (count.waiting, count.left_out) == (6, 0)
    (mark,) = await book.rows(slot)
    assert (mark.state, mark.planning) == (SlotState.PLANNED, None)
    assert await book.states() == {"waiting": 6}
    assert await book.ledger.plan(plan, DUE) is None


async def test_two_planners_share_the_portions(book: Book) -> None:
    plan = await begun(book)
    with book.ledger.database.writing() as connection:
        other = plan_some(connection, plan, DUE, portion=2)
        mine = plan_some(connection, plan, DUE, portion=2)

    assert other is not None
    assert mine is not None
    assert (other.done, mine.done) == (False, True)
    assert mine.count.waiting == 6
    numbers = [(row.contact_id, row.batch) for row in await book.rows(delivery)]
    assert [number for number, _ in numbers] == [1, 2, 3, 4, 5, 6]
    assert len(await book.rows(batch)) == 3


async def test_an_opt_out_between_two_portions_holds(book: Book) -> None:
    plan = await begun(book)
    (last,) = (row for row in await book.rows(contact) if row.id == 6)
    await book.people.opt_out(
        last.email_id, by_email_link(DUE, one_click=True, person=ContactId(6))
    )

    await book.ledger.plan(plan, DUE)

    assert await book.states() == {"waiting": 5, "left-out opted-out": 1}


async def test_a_pause_between_two_portions_stops_it_and_it_goes_on_after(book: Book) -> None:
    plan = await begun(book)
    row = plan.occurrence.occurrence_id
    await book.ledger.set_state(row, OccurrenceState.PAUSED)
    assert await book.ledger.plan(plan, DUE) is None
    assert await book.states() == {"waiting": 2}

    await book.ledger.set_state(row, OccurrenceState.RUNNING)

    assert await book.ledger.plan(plan, DUE) is not None
    assert await book.states() == {"waiting": 6}


async def test_another_slot_of_the_channel_waits_until_it_is_planned(book: Book) -> None:
    plan = await begun(book, caps=[CapLimit(since=MADE, messages=1)])
    managers = await book.slot_plan("email", MANAGERS)
    other = await book.slot_plan("email", one=OTHER, caps=[CapLimit(since=MADE, messages=1)])

    assert await book.ledger.plan(other, DUE) is None
    assert await book.ledger.plan(managers, DUE) is None
    assert len(await book.rows(slot)) == 1

    await book.ledger.plan(plan, DUE)
    count = await book.ledger.plan(other, DUE)
    assert count is not None
    assert (count.waiting, count.left_out) == (0, 6)


async def test_one_that_nobody_goes_on_with_holds_nobody_up_for_long(book: Book) -> None:
    await begun(book)
    other = await book.slot_plan("email", one=OTHER)

    assert await book.ledger.plan(other, DUE + STALE) is not None


async def test_whoever_comes_first_at_an_address_keeps_it_over_the_portions(book: Book) -> None:
    await book.take_in(STAFF, *(person(number, email="a@example.org") for number in range(1, 5)))
    plan = await book.slot_plan("email")

    made_by_portions(book, plan, [1])

    reasons = [(row.contact_id, row.reason) for row in await book.rows(delivery)]
    assert reasons == [(1, ""), (2, "duplicate"), (3, "duplicate"), (4, "duplicate")]
