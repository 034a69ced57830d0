"""Deliveries in doubt: who decides what about them, and that it is written down."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import Connection, update

from scheduler.domain.answers.decisions import ClosedAs
from scheduler.domain.answers.events import Event, EventKind
from scheduler.domain.answers.uncertain import Refusal
from scheduler.domain.delivery import DeliveryState, OccurrenceState, Outcome
from scheduler.domain.ids import DeliveryId
from scheduler.domain.people.addresses import mask_email
from scheduler.domain.sending import Lane
from scheduler.store.answers.uncertain import CLOSED, UncertainLedger
from scheduler.store.schema.tables import address, batch, delivery
from tests.samples.ledger import DUE, STAFF, Book, person

LATER = DUE + timedelta(minutes=5)


def doubts(book: Book) -> UncertainLedger:
    return UncertainLedger(book.ledger.database, book.ledger.keys, book.ledger.optouts)


async def in_doubt(book: Book, people: int = 2, channel: str = "email") -> list[DeliveryId]:
    """An occurrence that is over, and of whose messages nobody knows; the deliveries' numbers."""
    await book.take_in(STAFF, *(person(number) for number in range(1, people + 1)))
    await book.plan(channel)
    slots = await book.ledger.open_slots(Lane(channel=channel), DUE)
    claim = await book.ledger.claim([one.slot_id for one in slots], "essai", DUE)
    assert claim is not None
    rows = await book.ledger.due(claim, DUE, 10)
    numbers = [row.delivery_id for row in rows]
    await book.ledger.take_intents(claim, numbers, DUE)
    await book.ledger.record(
        [
            Outcome(delivery_id=one, state=DeliveryState.UNCERTAIN, at=DUE, reason="lost")
            for one in numbers
        ]
    )
    await book.ledger.release(claim)
    row = await book.occurrence()
    await book.ledger.set_state(row.occurrence_id, OccurrenceState.FINISHED)
    return numbers


async def acts(book: Book) -> list[tuple[str, str, str, object]]:
    """What the audit log says, oldest first."""
    found = [entry.act for entry in await book.hand.audit_entries(100)]
    return [(one.actor, one.act, one.subject, one.detail) for one in reversed(found)]


async def test_each_is_told_with_its_occurrence_and_its_recipient(book: Book) -> None:
    first, second = await in_doubt(book)

    found = await doubts(book).uncertain()

    assert [one.delivery for one in found] == [first, second]
    assert found[0].occurrence == "cybermois/1-porte/2026-10-04"
    assert (found[0].channel, found[0].audience, found[0].since) == ("email", "staff", DUE)
    assert (found[0].reason, found[0].to) == ("lost", "p1@example.org")
    assert await doubts(book).uncertain_of((await book.occurrence()).occurrence_id) == [
        first,
        second,
    ]


async def test_one_that_is_resent_leaves_once_more_and_the_log_says_who_wanted_it(
    book: Book,
) -> None:
    first, second = await in_doubt(book)

    decided = await doubts(book).resend([first], "Camille", LATER)

    assert [(one.delivery, one.refused) for one in decided] == [(first, None)]
    assert (await book.occurrence()).state is OccurrenceState.RUNNING
    claim = await book.claim(LATER)
    assert [one.delivery_id for one in await book.ledger.due(claim, LATER, 10)] == [first]
    assert await book.ledger.take_intents(claim, [first, second], LATER) == {first}
    subject = f"delivery {first}"
    detail = {"occurrence": "cybermois/1-porte/2026-10-04"}
    assert await acts(book) == [("Camille", "resend-uncertain", subject, detail)]


async def test_an_sms_may_be_resent_too(book: Book) -> None:
    (number,) = await in_doubt(book, 1, "sms")

    await doubts(book).resend([number], "Camille", LATER)

    assert await book.states() == {"waiting": 1}
    assert [row.state for row in await book.rows(batch)] == ["open"]


async def test_one_whose_time_is_over_stays_in_doubt(book: Book) -> None:
    (number,) = await in_doubt(book, 1)

    (decided,) = await doubts(book).resend([number], "Camille", DUE + timedelta(hours=49))

    assert decided.refused is Refusal.TOO_LATE
    assert await book.states() == {"uncertain": 1}
    assert await acts(book) == []


async def test_one_of_a_cancelled_occurrence_or_of_somebody_erased_stays_in_doubt(
    book: Book,
) -> None:
    (number,) = await in_doubt(book, 1)

    def erase(connection: Connection) -> None:
        connection.execute(update(address).values(sealed=None))

    await book.ledger.database.write(erase)
    (erased,) = await doubts(book).resend([number], "Camille", LATER)
    await book.ledger.set_state((await book.occurrence()).occurrence_id, OccurrenceState.CANCELLED)
    (cancelled,) = await doubts(book).resend([number], "Camille", LATER)

    assert (erased.refused, cancelled.refused) == (Refusal.NOBODY, Refusal.CANCELLED)
    assert [one.to for one in await doubts(book).uncertain()] == [""]
    assert mask_email("") == "***"
    assert await book.states() == {"uncertain": 1}


@pytest.mark.parametrize("decision", list(ClosedAs))
async def test_one_that_is_closed_is_what_was_said_and_nothing_leaves(
    book: Book, decision: ClosedAs
) -> None:
    first, second = await in_doubt(book)

    await doubts(book).close([first], decision, "Sacha", LATER)

    row = (await book.rows(delivery))[0]
    assert (row.state, row.reason, row.at) == (decision, CLOSED, DUE)
    assert await book.ledger.open_slots(Lane(channel="email"), LATER) == []
    assert [one.delivery for one in await doubts(book).uncertain()] == [second]
    detail = {"occurrence": "cybermois/1-porte/2026-10-04", "as": decision}
    assert await acts(book) == [("Sacha", "close-uncertain", f"delivery {first}", detail)]


async def test_a_decision_about_something_else_or_a_second_one_changes_nothing(book: Book) -> None:
    (number,) = await in_doubt(book, 1)
    await doubts(book).close([number], ClosedAs.SENT, "Sacha", LATER)

    decided = [
        *await doubts(book).resend([number, DeliveryId(999)], "Camille", LATER),
        *await doubts(book).close([number], ClosedAs.FAILED, "Camille", LATER),
    ]

    assert {one.refused for one in decided} == {Refusal.NOT_UNCERTAIN}
    assert await book.states() == {"sent": 1}
    assert len(await acts(book)) == 1


def heard(number: int, sid: str, at: datetime = LATER) -> Event:
    return Event(
        delivery_id=DeliveryId(number),
        provider_id=sid,
        kind=EventKind.DELIVERED,
        code="",
        detail="delivered",
        at=at,
    )


async def test_what_the_providers_list_has_is_sent(book: Book) -> None:
    first, second = await in_doubt(book, 2, "sms")

    texts = await doubts(book).texts_in_doubt(DUE - timedelta(days=1), 0, 10)
    settled = await doubts(book).settle(heard(first, "SM1"))

    assert [(one.due.delivery_id, one.due.to) for one in texts] == [
        (first, "+33639980001"),
        (second, "+33639980002"),
    ]
    assert settled
    assert [row.provider_id for row in await book.rows(delivery)] == ["SM1", ""]
    assert await book.states() == {"sent": 1, "uncertain": 1}


async def test_a_message_of_another_delivery_of_theirs_settles_nothing(book: Book) -> None:
    (number,) = await in_doubt(book, 1, "sms")

    def another(connection: Connection) -> None:
        row = dict(connection.execute(delivery.select()).mappings().one())
        more = {"id": row["id"] + 1, "channel": "courrier", "state": "sent", "provider_id": "SM1"}
        connection.execute(delivery.insert().values(row | more))

    await book.ledger.database.write(another)

    assert not await doubts(book).settle(heard(number, "SM1"))
    assert await book.states() == {"sent": 1, "uncertain": 1}


async def test_only_late_sms_are_asked_for_some_at_a_time(book: Book) -> None:
    first, second = await in_doubt(book, 2, "sms")

    async def asked(since: datetime, after: int, limit: int) -> list[int]:
        found = await doubts(book).texts_in_doubt(since, after, limit)
        return [one.due.delivery_id for one in found]

    assert await asked(LATER, 0, 10) == []
    assert await asked(DUE, 0, 1) == [first]
    assert await asked(DUE, first, 1) == [second]


async def test_no_email_is_asked_for(book: Book) -> None:
    await in_doubt(book, 1)

    assert await doubts(book).texts_in_doubt(DUE, 0, 10) == []
