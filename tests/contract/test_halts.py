"""A campaign that halts on a channel: from the next statement on it waits, and nothing else."""

from datetime import date, timedelta

import pytest

from scheduler.domain.calendar.campaigns import Occurrence
from scheduler.domain.errors import NotFound
from scheduler.domain.sending import Lane
from scheduler.flow.steering.halts import go_on
from scheduler.store.reading.gauges import GaugeLedger
from tests.samples.later import NOW, SMS_LANE, Texts
from tests.samples.ledger import Book

LATER = NOW + timedelta(minutes=5)
OTHER = Occurrence(campaign="veille", episode="oct", season="2026-10", date=date(2026, 10, 4))


@pytest.fixture
async def texts(book: Book) -> Texts:
    return await Texts(book=book).plan(3)


async def halt(book: Book, reason: str = "21408") -> bool:
    return await book.ledger.raise_halt("cybermois", "sms", reason, NOW)


async def test_no_intent_is_taken_of_what_was_claimed_before(texts: Texts) -> None:
    ledger = texts.book.ledger
    (slot,) = await ledger.open_slots(SMS_LANE, NOW)
    claim = await ledger.claim([slot.slot_id], "essai", NOW)
    assert claim is not None
    assert await ledger.take_intents(claim, [1], NOW) == {1}

    assert await halt(texts.book)

    assert await ledger.take_intents(claim, [2, 3], NOW) == set()
    assert await texts.book.states() == {"sending": 1, "waiting": 2}
    assert await ledger.open_slots(SMS_LANE, LATER) == []


async def test_other_channels_and_other_campaigns_go_on(texts: Texts) -> None:
    book = texts.book
    await book.plan("email")
    await book.plan("sms", one=OTHER)
    await halt(book)

    (text,) = await book.ledger.open_slots(SMS_LANE, NOW)
    (mail,) = await book.ledger.open_slots(Lane(channel="email"), NOW)

    for slot in (text, mail):
        claim = await book.ledger.claim([slot.slot_id], "essai", NOW)
        assert claim is not None
        due = [one.delivery_id for one in await book.ledger.due(claim, NOW, 10)]
        assert len(await book.ledger.take_intents(claim, due, NOW)) == 3


async def test_it_goes_on_with_those_not_served_and_with_nobody_twice(texts: Texts) -> None:
    book = texts.book
    (slot,) = await book.ledger.open_slots(SMS_LANE, NOW)
    claim = await book.ledger.claim([slot.slot_id], "essai", NOW)
    assert claim is not None
    texts.claims.append(claim)
    await book.ledger.take_intents(claim, [1], NOW)
    await texts.accept([1], "SM1")
    await halt(book)

    assert await go_on(book.hand, "cybermois", "sms", "Camille", LATER) == 2
    assert await texts.take(LATER) == [2, 3]


async def test_it_is_one_alarm_and_stands_in_the_audit_log(texts: Texts) -> None:
    book = texts.book
    assert await halt(book)
    assert not await halt(book, "30007 filtered")

    (alarm,) = await book.ledger.open_alarms()
    assert (alarm.kind, alarm.subject) == ("campaign-halted", "cybermois/sms")
    assert alarm.detail == "30007 filtered"
    assert await go_on(book.hand, "cybermois", "sms", "Camille", LATER) == 3
    assert await book.ledger.open_alarms() == []
    acts = [entry.act for entry in await book.hand.audit_entries(10)]
    assert [(one.actor, one.act, one.subject) for one in reversed(acts)] == [
        ("reflexe", "halt", "cybermois/sms"),
        ("Camille", "resume", "cybermois/sms"),
    ]
    assert len(await texts.take(LATER)) == 3


async def test_what_does_not_halt_is_not_resumed(texts: Texts) -> None:
    with pytest.raises(NotFound, match="cybermois doesn't halt on sms; halted: none"):
        await go_on(texts.book.hand, "cybermois", "sms", "Camille", NOW)
    await halt(texts.book)

    with pytest.raises(NotFound, match="cybermois doesn't halt on email; halted: cybermois/sms"):
        await go_on(texts.book.hand, "cybermois", "email", "Camille", NOW)


async def test_what_halts_is_no_backlog(texts: Texts) -> None:
    gauges = GaugeLedger(texts.book.ledger.database)
    assert len(await gauges.overdue(NOW, NOW)) == 1

    await halt(texts.book)

    assert await gauges.overdue(NOW, NOW) == []
