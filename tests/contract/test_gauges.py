"""What alarms and monitoring read of the ledger."""

from datetime import timedelta

from scheduler.domain.consent.optout import by_bad_address, by_email_link
from scheduler.domain.delivery import DeliveryState, OccurrenceState, Outcome
from scheduler.domain.message import AddressKind
from scheduler.store.reading.gauges import GaugeLedger
from tests.samples.ledger import DUE, MADE, PARIS, STAFF, Book, person

HOUR = timedelta(hours=1)


def gauges(book: Book) -> GaugeLedger:
    return GaugeLedger(book.ledger.database)


async def sending(book: Book, *states: DeliveryState) -> None:
    """Somebody for each state, whose message came to that; the last one waits."""
    people = len(states) + 1
    await book.take_in(STAFF, *(person(number) for number in range(1, people + 1)))
    await book.plan()
    claim = await book.claim()
    numbers = [row.delivery_id for row in await book.ledger.due(claim, DUE, people)]
    await book.ledger.take_intents(claim, numbers[:-1], DUE)
    await book.ledger.record(
        [
            Outcome(delivery_id=one, state=state, at=DUE)
            for one, state in zip(numbers, states, strict=False)
        ]
    )
    await book.ledger.release(claim)


async def test_what_is_uncertain_is_counted_by_channel(book: Book) -> None:
    assert await gauges(book).uncertain() == {}

    await sending(book, DeliveryState.UNCERTAIN, DeliveryState.UNCERTAIN, DeliveryState.SENT)

    assert await gauges(book).uncertain() == {"email": 2}


async def test_a_slot_is_overdue_while_something_of_it_waits_and_still_may_leave(
    book: Book,
) -> None:
    await sending(book, DeliveryState.SENT)
    ledger = gauges(book)

    (found,) = await ledger.overdue(DUE, DUE + HOUR)

    assert (found.channel, found.place, found.since) == ("email", PARIS, DUE)
    assert await ledger.waiting([found.slot_id]) == {found.slot_id: 1}
    assert await ledger.overdue(DUE - HOUR, DUE + HOUR) == []
    assert await ledger.overdue(DUE, DUE + 49 * HOUR) == []


async def test_what_a_person_stopped_is_not_overdue(book: Book) -> None:
    await sending(book, DeliveryState.SENT)
    row = await book.occurrence()

    await book.hand.stop_all("Camille", DUE)
    assert await gauges(book).overdue(DUE, DUE + HOUR) == []
    await book.hand.resume_all("Camille", DUE)
    assert len(await gauges(book).overdue(DUE, DUE + HOUR)) == 1
    await book.ledger.set_state(row.occurrence_id, OccurrenceState.PAUSED)

    assert await gauges(book).overdue(DUE, DUE + HOUR) == []


async def test_deliveries_under_way_are_those_of_occurrences_that_are_not_over(book: Book) -> None:
    await sending(book, DeliveryState.SENT, DeliveryState.FAILED)

    assert await gauges(book).under_way() == {"sent": 1, "failed": 1, "waiting": 1}
    await book.ledger.set_state((await book.occurrence()).occurrence_id, OccurrenceState.FINISHED)

    assert await gauges(book).under_way() == {}


async def test_what_was_sent_and_refused_lately_is_counted(book: Book) -> None:
    await sending(book, DeliveryState.SENT, DeliveryState.FAILED)
    for number, act in ((1, by_email_link(DUE, one_click=True)), (2, by_bad_address("email", DUE))):
        address = f"p{number}@example.org"
        await book.people.opt_out_identity(AddressKind.EMAIL, address, act)
    ledger = gauges(book)

    assert await ledger.sent_since(DUE) == {"email": 1}
    assert await ledger.sent_since(DUE + HOUR) == {}
    assert await ledger.opt_outs_since(DUE) == 1
    assert await ledger.opt_outs_since(DUE + HOUR) == 0


async def test_what_was_mailed_is_remembered_by_kind(book: Book) -> None:
    ledger = gauges(book)

    await ledger.note_mailed("backlog", MADE)
    await ledger.note_mailed("backlog", DUE)
    await ledger.note_mailed("disk-low", DUE)
    await ledger.note_mailed("disk-low", None)

    assert await ledger.mailed() == {"backlog": DUE}
