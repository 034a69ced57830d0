"""Claims, intents, outcomes and what a crash leaves, on SQLite and on PostgreSQL."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from scheduler.domain.consent.optout import (
    by_bad_address,
    by_email_link,
    by_operator,
    by_provider,
)
from scheduler.domain.delivery import DeliveryState, OccurrenceState, Outcome
from scheduler.domain.message import AddressKind
from scheduler.domain.sending import Lane
from scheduler.store.schema.tables import batch, delivery, suppression
from scheduler.store.sending.claiming import LEASE
from tests.samples.ledger import DUE, PARIS, STAFF, Book, person

LATER = DUE + timedelta(minutes=2)
RUNNING = OccurrenceState.RUNNING


async def plan(book: Book, people: int = 3) -> None:
    await book.take_in(STAFF, *(person(number) for number in range(1, people + 1)))
    await book.plan("email", STAFF)


async def send(book: Book, outcomes: Sequence[Outcome]) -> None:
    """Take the intents and write the outcomes of these deliveries."""
    claim = await book.claim()
    await book.ledger.take_intents(claim, [one.delivery_id for one in outcomes], DUE)
    await book.ledger.record(outcomes)
    await book.ledger.release(claim)


def outcome(delivery: int, state: DeliveryState, **more: object) -> Outcome:
    return replace(Outcome(delivery_id=delivery, state=state, at=LATER), **more)  # type: ignore[arg-type]  # any field


async def test_a_claim_is_one_workers_until_its_lease_ends(book: Book) -> None:
    await plan(book)

    first = await book.claim(DUE, "one")
    assert await book.ledger.open_slots(Lane(channel="email"), DUE) == []
    assert await book.ledger.claim([first.slot_id], "two", DUE) is None
    second = await book.claim(DUE + LEASE + timedelta(seconds=1), "two")

    assert (second.slot_id, second.number) == (first.slot_id, first.number)
    assert second.epoch == first.epoch + 1
    assert await book.ledger.take_intents(first, [1], DUE) == set()
    assert await book.ledger.take_intents(second, [1], DUE) == {1}


async def test_a_claim_says_what_it_is_of(book: Book) -> None:
    await plan(book)

    claim = await book.claim()

    assert (claim.occurrence, claim.channel, claim.audience, claim.place) == (
        "cybermois/1-porte/2026-10-04",
        "email",
        "staff",
        PARIS,
    )
    assert claim.not_after == DUE + timedelta(hours=48)


async def test_an_intent_renews_the_lease(book: Book) -> None:
    await plan(book)
    claim = await book.claim()
    soon = DUE + LEASE - timedelta(seconds=1)

    await book.ledger.take_intents(claim, [1], soon)

    assert (
        await book.ledger.open_slots(Lane(channel="email"), DUE + LEASE + timedelta(seconds=5))
        == []
    )


async def test_what_is_due_is_opened_for_the_renderer(book: Book) -> None:
    fields = {"prenom": "Zoé", "service": "Urgences"}
    await book.take_in(STAFF, person(1, email="Zoe.B@Example.org", language="en", fields=fields))
    await book.plan("email", STAFF)
    claim = await book.claim()

    (due,) = await book.ledger.due(claim, DUE, 10)

    assert (due.to, due.language, due.attempts) == ("Zoe.B@example.org", "en", 0)
    assert due.fields == fields
    assert len(due.short_token) == 8
    assert await book.ledger.content(due.content_id) == '{"text": 1}'


async def test_an_opt_out_committed_after_planning_is_honoured(book: Book) -> None:
    await plan(book)
    claim = await book.claim()
    one_click = by_email_link(DUE, one_click=True)
    await book.people.opt_out_identity(AddressKind.EMAIL, "p2@example.org", one_click)
    bad = by_bad_address("email", DUE)
    await book.people.opt_out_identity(AddressKind.EMAIL, "p3@example.org", bad)

    taken = await book.ledger.take_intents(claim, [1, 2, 3], DUE)

    assert taken == {1}
    assert await book.states() == {"sending": 1, "left-out opted-out": 1, "left-out bounced": 1}


async def test_an_opt_out_of_the_other_channel_does_not_hold_an_intent_back(book: Book) -> None:
    await plan(book, 1)
    claim = await book.claim()
    by_sms = by_operator("sms", DUE)
    await book.people.opt_out_identity(AddressKind.EMAIL, "p1@example.org", by_sms)

    assert await book.ledger.take_intents(claim, [1], DUE) == {1}


@pytest.mark.parametrize("state", [OccurrenceState.PAUSED, OccurrenceState.CANCELLED])
async def test_no_intent_once_the_occurrence_is_stopped(book: Book, state: OccurrenceState) -> None:
    await plan(book)
    claim = await book.claim()
    (row,) = await book.ledger.occurrences()
    await book.ledger.set_state(row.occurrence_id, state)

    assert await book.ledger.take_intents(claim, [1, 2], DUE) == set()

    assert await book.states() == {"waiting": 3}
    await book.ledger.release(claim)
    assert await book.ledger.open_slots(Lane(channel="email"), DUE) == []


async def test_no_intent_after_the_slots_limit(book: Book) -> None:
    await plan(book)
    claim = await book.claim()

    late = claim.not_after + timedelta(milliseconds=1)

    assert await book.ledger.take_intents(claim, [1], late) == set()


async def test_an_intent_is_taken_once(book: Book) -> None:
    await plan(book)
    claim = await book.claim()

    assert await book.ledger.take_intents(claim, [1, 2], DUE) == {1, 2}
    assert await book.ledger.take_intents(claim, [1, 2], DUE) == set()

    attempts = [row.attempts for row in await book.rows(delivery)]
    assert sorted(attempts) == [0, 1, 1]


async def test_an_outcome_is_written_whole(book: Book) -> None:
    await plan(book, 1)
    accepted = outcome(1, DeliveryState.SENT, provider_id="Q1", reason="250", segments=2, cost=1596)

    await send(book, [accepted])

    (row,) = await book.rows(delivery)
    assert (row.state, row.at, row.provider_id, row.reason) == ("sent", LATER, "Q1", "250")
    assert (row.segments, row.cost) == (2, 1596)


async def test_only_what_is_being_sent_gets_an_outcome(book: Book) -> None:
    await plan(book)
    await send(book, [outcome(1, DeliveryState.SENT)])

    late = [outcome(number, DeliveryState.FAILED) for number in (1, 2)]
    await book.ledger.record(late)

    assert await book.states() == {"sent": 1, "waiting": 2}


async def test_what_a_refusal_says_of_an_address_is_kept_with_it(book: Book) -> None:
    await plan(book, 1)
    claim = await book.claim()
    (due,) = await book.ledger.due(claim, DUE, 10)
    await book.ledger.take_intents(claim, [1], DUE)

    act = by_provider("sms", LATER)
    await book.ledger.record([outcome(1, DeliveryState.FAILED)], [(due.address_id, act)])

    (row,) = await book.rows(suppression)
    assert (row.channel, row.scope, row.reason) == ("sms", "everything", "opted-out")


async def test_a_batch_given_back_is_ready_when_its_first_row_is(book: Book) -> None:
    await plan(book, 2)
    waits = [
        outcome(1, DeliveryState.WAITING, next_at=LATER + timedelta(minutes=5)),
        outcome(2, DeliveryState.WAITING, next_at=LATER),
    ]

    await send(book, waits)

    assert await book.ledger.open_slots(Lane(channel="email"), LATER - timedelta(seconds=1)) == []
    assert await book.ledger.next_ready() == LATER
    claim = await book.claim(LATER)
    due = await book.ledger.due(claim, LATER, 10)
    assert [(one.delivery_id, one.attempts) for one in due] == [(2, 1)]


@pytest.mark.parametrize("first", [DeliveryState.SENT, DeliveryState.WAITING])
async def test_what_waits_again_is_ready_though_its_batch_was_given_back_before(
    book: Book, first: DeliveryState
) -> None:
    """While its last answers are awaited a sender works the next batch."""
    await plan(book, 2)
    claim = await book.claim()
    await book.ledger.take_intents(claim, [1, 2], DUE)
    await book.ledger.record([outcome(1, first, next_at=LATER + timedelta(minutes=15))])
    await book.ledger.release(claim)

    await book.ledger.record([outcome(2, DeliveryState.WAITING, next_at=LATER)])

    assert await book.ledger.next_ready() == LATER
    claim = await book.claim(LATER)
    assert [one.delivery_id for one in await book.ledger.due(claim, LATER, 10)] == [2]


async def test_a_batch_of_which_nothing_waits_is_done(book: Book) -> None:
    await plan(book, 2)
    both = [outcome(1, DeliveryState.SENT), outcome(2, DeliveryState.UNCERTAIN)]

    await send(book, both)

    assert [one.state for one in await book.rows(batch)] == ["done"]
    assert await book.ledger.next_ready() is None
    (row,) = await book.ledger.occurrences()
    assert not await book.ledger.unfinished(row.occurrence_id)


async def test_giving_back_a_lost_claim_changes_nothing(book: Book) -> None:
    await plan(book, 1)
    lost = await book.claim(DUE, "one")
    held = await book.claim(DUE + LEASE + timedelta(seconds=1), "two")

    await book.ledger.release(lost)

    (row,) = await book.rows(batch)
    assert (row.owner, row.epoch) == ("two", held.epoch)


async def test_what_could_not_leave_in_time_fails_and_says_so(book: Book) -> None:
    await plan(book, 3)
    waits = outcome(2, DeliveryState.WAITING, reason="450 4.2.1", next_at=LATER)
    await send(book, [outcome(1, DeliveryState.SENT), waits])
    limit = DUE + timedelta(hours=48)

    assert await book.ledger.expire(limit) == 0
    assert await book.ledger.expire(limit + timedelta(seconds=1)) == 2
    assert await book.ledger.expire(limit + timedelta(seconds=1)) == 0

    rows = sorted(await book.rows(delivery), key=lambda row: row.id)
    assert [(row.state, row.reason) for row in rows] == [
        ("sent", ""),
        ("failed", "expired, 450 4.2.1"),
        ("failed", "expired"),
    ]
    assert await book.ledger.next_ready() is None


async def test_what_was_in_flight_is_settled_and_its_batches_open_again_at_once(
    book: Book,
) -> None:
    await plan(book, 4)
    await book.ledger.enter("one", "host:1", DUE)
    claim = await book.claim(owner="one")
    await book.ledger.take_intents(claim, [1, 2, 3], DUE)
    assert sorted(await book.ledger.in_flight()) == [1, 2, 3]

    settled = [
        outcome(1, DeliveryState.SENT),
        outcome(2, DeliveryState.WAITING),
        outcome(3, DeliveryState.UNCERTAIN),
    ]
    await book.ledger.recover(settled, LATER)

    assert await book.states() == {"sent": 1, "waiting": 2, "uncertain": 1}
    assert await book.ledger.in_flight() == []
    again = await book.claim(LATER, "next")
    assert {one.delivery_id for one in await book.ledger.due(again, LATER, 10)} == {2, 4}


async def test_a_start_with_nothing_in_flight_changes_nothing(book: Book) -> None:
    await plan(book, 1)
    await book.ledger.enter("one", "host:1", DUE)

    await book.ledger.recover([], DUE)

    assert await book.states() == {"waiting": 1}


async def test_cancelling_ends_what_waits_and_spares_what_is_being_sent(book: Book) -> None:
    await plan(book, 3)
    claim = await book.claim()
    await book.ledger.take_intents(claim, [1, 2], DUE)
    (row,) = await book.ledger.occurrences()

    assert await book.hand.cancel(row, "Camille", DUE) == 1

    assert await book.states() == {"sending": 2, "cancelled": 1}
    given_back = outcome(2, DeliveryState.WAITING, next_at=LATER)
    await book.ledger.record([outcome(1, DeliveryState.SENT), given_back])
    await book.ledger.release(claim)
    assert await book.states() == {"sent": 1, "cancelled": 2}
    assert await book.ledger.next_ready() is None


async def test_an_erased_person_gets_nothing_and_stops_nobody_else(book: Book) -> None:
    await plan(book, 2)
    claim = await book.claim()
    (card,) = await book.people.find("p1@example.org", AddressKind.EMAIL)

    await book.people.erase(card, "Camille", DUE)

    due = await book.ledger.due(claim, DUE, 10)
    taken = await book.ledger.take_intents(claim, [one.delivery_id for one in due], DUE)
    assert [one.to for one in due if one.delivery_id in taken] == ["p2@example.org"]
    assert await book.states() == {"left-out opted-out": 1, "sending": 1}


async def test_the_ledger_adds_up_at_every_step(book: Book) -> None:
    await plan(book, 5)
    sums = []

    async def look() -> None:
        sums.append(sum(one.rows for one in await book.ledger.counts()))

    await look()
    claim = await book.claim()
    await book.ledger.take_intents(claim, [1, 2, 3], DUE)
    await look()
    states = [DeliveryState.SENT, DeliveryState.FAILED, DeliveryState.UNCERTAIN]
    await book.ledger.record([outcome(number + 1, one) for number, one in enumerate(states)])
    await look()
    (row,) = await book.ledger.occurrences()
    await book.hand.cancel(row, "Camille", DUE)
    await look()

    assert sums == [5, 5, 5, 5]
    assert await book.states() == {"sent": 1, "failed": 1, "uncertain": 1, "cancelled": 2}


async def test_an_alarm_is_open_once_and_can_come_back(book: Book) -> None:
    ledger = book.ledger

    assert await ledger.raise_alarm("channel-stopped", "email", "535", DUE)
    assert not await ledger.raise_alarm("channel-stopped", "email", "535 again", LATER)
    assert await ledger.raise_alarm("channel-stopped", "sms", "20003", DUE)
    assert [(one.subject, one.detail) for one in await ledger.open_alarms()] == [
        ("email", "535 again"),
        ("sms", "20003"),
    ]
    assert await ledger.clear_alarm("channel-stopped", "email", LATER)
    assert not await ledger.clear_alarm("channel-stopped", "email", LATER)
    assert await ledger.raise_alarm("channel-stopped", "email", "535", LATER)
