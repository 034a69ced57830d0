"""Everything stopped by hand: from the next statement on nothing leaves, and nothing is lost."""

from datetime import timedelta
from pathlib import Path

from scheduler.domain.answers.replies import Reply
from scheduler.domain.consent.subscriptions import Subscription
from scheduler.domain.delivery import DeliveryState, OccurrenceState, Outcome
from scheduler.domain.hearing.kinds import Hearing, ReplyKind
from scheduler.domain.ids import OccurrenceId
from scheduler.domain.people.addresses import normalise_email
from scheduler.domain.sending import Lane
from scheduler.domain.showing.report import Standing
from scheduler.store.answers.replies import ReplyLedger
from scheduler.store.people.subscriptions import SubscriptionLedger
from scheduler.store.reading.gauges import GaugeLedger
from scheduler.store.upkeep.copying import copy_people
from tests.samples.ledger import DUE, MADE, PATIENTS, STAFF, Book, person

LATER = DUE + timedelta(minutes=5)


async def planned(book: Book, people: int = 3) -> None:
    await book.take_in(STAFF, *(person(number) for number in range(1, people + 1)))
    await book.plan()


async def is_stopped(book: Book) -> bool:
    return await GaugeLedger(book.ledger.database).is_stopped()


async def test_no_intent_is_taken_of_what_was_claimed_before(book: Book) -> None:
    await planned(book)
    claim = await book.claim()
    numbers = [row.delivery_id for row in await book.ledger.due(claim, DUE, 10)]
    assert await book.ledger.take_intents(claim, numbers[:1], DUE) == set(numbers[:1])

    assert await book.hand.stop_all("Camille", DUE)

    assert await book.ledger.take_intents(claim, numbers[1:], DUE) == set()
    assert await book.states() == {"sending": 1, "waiting": 2}
    assert await book.hand.standing() == Standing(sent=0, waiting=2, in_flight=1)
    row = await book.occurrence()
    mine = await book.ledger.standing_of(row.occurrence_id)
    assert mine == Standing(sent=0, waiting=2, in_flight=1)
    assert await book.ledger.standing_of(OccurrenceId(row.occurrence_id + 1)) == Standing(
        sent=0, waiting=0, in_flight=0
    )


async def test_nothing_is_claimed_until_it_goes_on_and_then_only_what_is_left(book: Book) -> None:
    await planned(book)
    claim = await book.claim()
    numbers = [row.delivery_id for row in await book.ledger.due(claim, DUE, 10)]
    await book.ledger.take_intents(claim, numbers[:1], DUE)
    sent = Outcome(delivery_id=numbers[0], state=DeliveryState.SENT, at=DUE)
    await book.ledger.record([sent])
    await book.ledger.release(claim)
    await book.hand.stop_all("Camille", DUE)

    assert await book.ledger.open_slots(Lane(channel="email"), LATER) == []
    assert await book.ledger.claim([claim.slot_id], "essai", LATER) is None
    assert await book.hand.standing() == Standing(sent=1, waiting=2, in_flight=0)
    assert await book.hand.resume_all("Sacha", LATER)

    again = await book.claim(LATER)
    assert [row.delivery_id for row in await book.ledger.due(again, LATER, 10)] == numbers[1:]


async def test_planning_goes_on_and_an_occurrence_that_was_paused_counts(book: Book) -> None:
    await book.hand.stop_all("Camille", DUE)
    await planned(book, 2)
    row = await book.occurrence()
    await book.ledger.set_state(row.occurrence_id, OccurrenceState.PAUSED)

    assert await book.hand.standing() == Standing(sent=0, waiting=2, in_flight=0)


async def test_it_is_an_alarm_and_stands_in_the_audit_log_once(book: Book) -> None:
    assert await book.hand.stop_all("Camille", DUE)
    assert not await book.hand.stop_all("Sacha", LATER)

    (alarm,) = await book.ledger.open_alarms()
    assert (alarm.kind, alarm.detail, alarm.raised_at) == ("stopped-by-hand", "Camille", DUE)
    assert await is_stopped(book)
    assert await book.hand.resume_all("Sacha", LATER)
    assert not await book.hand.resume_all("Sacha", LATER)
    assert not await is_stopped(book)
    assert await book.ledger.open_alarms() == []
    entries = [entry.act for entry in await book.hand.audit_entries(10)]
    assert [(one.actor, one.act) for one in reversed(entries)] == [
        ("Camille", "stop-all"),
        ("Sacha", "resume-all"),
    ]


async def test_no_confirmation_of_a_subscription_leaves_either(book: Book) -> None:
    ledger = SubscriptionLedger(book.ledger.database, book.ledger.keys, book.ledger.optouts)
    wish = Subscription(
        audience="patients",
        email=normalise_email("ana@example.org"),
        variant="fr",
        wording="J’accepte.",
        version="1",
    )
    await ledger.ask(wish, PATIENTS, MADE)
    (waiting,) = await ledger.unconfirmed(MADE, 10)

    await book.hand.stop_all("Camille", MADE)
    assert not await ledger.take(waiting.request, MADE)
    await book.hand.resume_all("Camille", MADE)

    assert await ledger.take(waiting.request, MADE)


async def test_an_opt_out_by_sms_is_taken_and_not_answered(book: Book) -> None:
    await book.take_in(STAFF, person(1))
    replies = ReplyLedger(book.ledger.database, book.ledger.keys, book.ledger.optouts)
    stop = Reply(channel="sms", provider_id="SM1", sender="+33639980001", text="STOP")
    await book.hand.stop_all("Camille", DUE)

    taken = await replies.take(stop, Hearing(kind=ReplyKind.OPT_OUT), DUE, answerable=True)

    assert taken is not None
    assert (taken.changed, taken.answer) == (True, False)


async def test_a_copy_for_a_rehearsal_sends_all_the_same(book: Book, tmp_path: Path) -> None:
    await planned(book, 1)
    await book.hand.stop_all("Camille", DUE)

    scratch = await copy_people(book.ledger, tmp_path / "copy.db", MADE)

    assert not await GaugeLedger(scratch.database).is_stopped()
    assert await is_stopped(book)
    await scratch.close()
