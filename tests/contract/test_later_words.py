"""What a provider says later of an SMS, in the ledger, on each of the two databases."""

from datetime import timedelta

import pytest
from sqlalchemy import Connection, update

from scheduler.domain.answers.events import TRY_AGAIN_AFTER, Consequence, EventKind
from scheduler.domain.delivery import DeliveryState, OccurrenceState
from scheduler.domain.ids import DeliveryId
from scheduler.store.answers import later_words
from scheduler.store.answers.uncertain import UncertainLedger
from scheduler.store.schema.tables import delivery, occurrence
from tests.samples.later import NOW, SMS_LANE, Texts
from tests.samples.ledger import STAFF, Book, person

SOON, LATER = TRY_AGAIN_AFTER
SECOND, THIRD = NOW + SOON, NOW + SOON + LATER


@pytest.fixture
async def texts(book: Book) -> Texts:
    return await Texts(book=book).plan()


class TestATelephoneThatIsOff:
    async def test_is_written_to_again_twice_and_no_more(self, texts: Texts) -> None:
        for id_, now in (("SM1", NOW), ("SM2", SECOND), ("SM3", THIRD)):
            assert await texts.send(id_, now=now) == [1]
            assert await texts.hear(1, id_, now=now)

        assert (await texts.row()).state == "sent"
        assert await texts.kinds() == ["retried", "retried", "bounced"]
        assert await texts.take(THIRD + timedelta(hours=5)) == []

    async def test_is_left_alone_for_a_while(self, texts: Texts) -> None:
        await texts.send("SM1")
        await texts.hear(1, "SM1")

        row = await texts.row()
        assert (row.state, row.reason, row.at) == ("waiting", "30003 undelivered", SECOND)
        assert await texts.take(SECOND - timedelta(seconds=1)) == []
        assert await texts.take(SECOND) == [1]

    async def test_is_not_written_to_after_its_slots_limit(self, texts: Texts) -> None:
        late = NOW + timedelta(hours=46, minutes=55)
        await texts.send("SM1", now=late)

        await texts.hear(1, "SM1", now=late)

        assert (await texts.row()).state == "sent"
        assert await texts.kinds() == ["bounced"]

    async def test_ends_as_not_arrived_when_its_time_ends_while_it_waits(
        self, texts: Texts
    ) -> None:
        await texts.send("SM1")
        await texts.hear(1, "SM1")

        assert await texts.book.ledger.expire(NOW + timedelta(days=3)) == 1

        row = await texts.row()
        assert (row.state, row.reason) == ("failed", "expired, 30003 undelivered")

    async def test_brings_a_finished_occurrence_back_and_no_cancelled_one(
        self, texts: Texts
    ) -> None:
        await texts.send("SM1")
        row = (await texts.book.occurrence()).occurrence_id
        await texts.book.ledger.set_state(row, OccurrenceState.FINISHED)

        await texts.hear(1, "SM1")

        (one,) = await texts.book.rows(occurrence)
        assert one.state == "running"
        await texts.send("SM2", now=SECOND)
        await texts.book.ledger.set_state(row, OccurrenceState.CANCELLED)
        await texts.hear(1, "SM2", now=SECOND)
        assert await texts.kinds() == ["retried", "bounced"]

    async def test_takes_its_batch_from_whoever_works_on_it(self, book: Book) -> None:
        texts = await Texts(book=book).plan(2)
        taken = await texts.take()
        await texts.hear(1, "SM1")

        assert await book.ledger.take_intents(texts.claims[0], [2], NOW) == set()
        await texts.accept(taken, "SM1", "SM2")

        assert await texts.take(SECOND) == [1]


class TestAWordThatComesAtAnyTime:
    async def test_may_be_said_again_of_an_earlier_try(self, texts: Texts) -> None:
        await texts.send("SM1")
        await texts.hear(1, "SM1")
        assert not await texts.hear(1, "SM1")
        await texts.send("SM2", now=SECOND)

        assert not await texts.hear(1, "SM1", now=SECOND)
        assert not await texts.hear(1, "SM1", "21610", Consequence.OPT_OUT, now=SECOND)

        assert ((await texts.row()).state, await texts.kinds()) == ("sent", ["retried"])
        assert await texts.book.people.opt_outs() == []

    async def test_may_come_before_the_answer_to_the_request(self, texts: Texts) -> None:
        taken = await texts.take()
        assert await texts.hear(1, "SM1")

        await texts.accept(taken, "SM1")

        row = await texts.row()
        assert (row.state, row.at) == ("waiting", SECOND)
        assert await texts.take(SECOND) == [1]

    async def test_may_be_the_only_answer_there_is(self, texts: Texts) -> None:
        await texts.lose(await texts.take())

        await texts.hear(1, "SM1")

        assert (await texts.row()).state == "waiting"

    async def test_of_a_try_nobody_can_name_is_noted_and_not_acted_on(self, texts: Texts) -> None:
        """Somebody let it leave again: whose id this is, the first's or the second's, is open."""
        await texts.lose(await texts.take())
        doubts = UncertainLedger(
            texts.book.ledger.database, texts.book.ledger.keys, texts.book.ledger.optouts
        )
        await doubts.resend([DeliveryId(1)], "Camille", NOW)
        taken = await texts.take()

        assert await texts.hear(1, "SM1")
        await texts.accept(taken, "SM2")

        assert ((await texts.row()).state, await texts.kinds()) == ("sent", ["bounced"])

    async def test_arrived_after_all_is_not_sent_again(self, texts: Texts) -> None:
        await texts.send("SM1")
        await texts.hear(1, "SM1")

        assert await texts.arrives(1, "SM1")

        row = await texts.row()
        assert (row.state, row.reason, row.provider_id) == ("sent", "delivered", "SM1")
        assert await texts.take(SECOND) == []
        assert not await texts.hear(1, "SM1")

    async def test_arrived_stands_against_a_later_no(self, texts: Texts) -> None:
        await texts.send("SM1")
        await texts.arrives(1, "SM1")

        assert not await texts.hear(1, "SM1")

        assert (await texts.row()).state == "sent"

    async def test_of_an_earlier_try_settles_no_doubt_about_the_next(self, texts: Texts) -> None:
        await texts.send("SM1")
        await texts.hear(1, "SM1", kind=EventKind.SENT, consequence=Consequence.NOTHING)
        await texts.hear(1, "SM1")

        await texts.lose(await texts.take(SECOND), SECOND)
        await texts.hear(1, "SM1", now=SECOND)

        assert (await texts.row()).state == "uncertain"
        await texts.arrives(1, "SM2", now=SECOND)
        assert (await texts.row()).state == "sent"

    async def test_of_a_delivery_that_left_by_no_id_of_theirs_is_noted(self, texts: Texts) -> None:
        await texts.send("")

        assert await texts.hear(1, "")

        assert ((await texts.row()).state, await texts.kinds()) == ("sent", ["bounced"])

    async def test_of_no_delivery_changes_nothing(self, texts: Texts) -> None:
        assert not await texts.hear(77, "SM1")


class TestWhatItSaysOfANumber:
    @pytest.mark.parametrize(
        ("consequence", "reason"),
        [(Consequence.OPT_OUT, "opted-out"), (Consequence.SUPPRESS, "bounced")],
    )
    async def test_holds_before_the_next_message(
        self, texts: Texts, consequence: Consequence, reason: str
    ) -> None:
        await texts.send("SM1")

        await texts.hear(1, "SM1", "21610", consequence)
        await texts.hear(1, "SM1", "21610", consequence)

        (row,) = await texts.book.people.opt_outs()
        assert (row.address, row.channel, row.scope) == ("+33639980001", "sms", "everything")
        assert (row.reason, row.route) == (reason, "provider")
        assert ((await texts.row()).state, await texts.kinds()) == ("sent", ["bounced"])

    async def test_is_nobodys_once_its_person_is_forgotten(self, texts: Texts) -> None:
        await texts.send("SM1")

        def forget(connection: Connection) -> None:
            connection.execute(update(delivery).values(address_id=None, contact_id=None))

        await texts.book.ledger.database.write(forget)
        assert await texts.hear(1, "SM1", "21610", Consequence.OPT_OUT)

    async def test_blocked_is_each_numbers_own_affair_until_there_are_many(
        self, book: Book, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(later_words, "MANY_BLOCKED", 3)
        texts = await Texts(book=book).plan(3)
        await texts.send("SM1", "SM2", "SM3")

        for number in (1, 2):
            await texts.hear(number, f"SM{number}", "30004", Consequence.COUNT_BLOCKED)
        assert await book.ledger.open_alarms() == []
        await texts.hear(3, "SM3", "30004", Consequence.COUNT_BLOCKED)

        (alarm,) = await book.ledger.open_alarms()
        assert (alarm.kind, alarm.subject, alarm.detail) == (
            "messages-blocked",
            "cybermois/1-porte/2026-10-04",
            "30004 undelivered",
        )
        assert await book.people.opt_outs() == []
        assert await book.states() == {"sent": 3}


class TestWhatMeetsAWholeCampaign:
    async def test_halts_it_and_the_message_waits_with_the_others(self, book: Book) -> None:
        texts = await Texts(book=book).plan(2)
        await texts.send("SM1", "SM2")

        await texts.hear(1, "SM1", "30007", Consequence.HALT)

        (alarm,) = await book.ledger.open_alarms()
        assert (alarm.kind, alarm.subject) == ("campaign-halted", "cybermois/sms")
        assert alarm.detail == "30007 undelivered"
        assert await book.states() == {"sent": 1, "waiting": 1}
        assert await texts.take(SECOND) == []
        assert await book.hand.lift_halt("cybermois", "sms", "Camille", SECOND)
        assert await texts.take(SECOND) == [1]

    async def test_is_known_to_whoever_let_it_go_on(self, book: Book) -> None:
        """Words on what left before that come late; only what left since says something new."""
        texts = await Texts(book=book).plan(2)
        await texts.send("SM1", "SM2")
        await texts.hear(1, "SM1", "30007", Consequence.HALT)
        await book.hand.lift_halt("cybermois", "sms", "Camille", SECOND)

        await texts.hear(2, "SM2", "30007", Consequence.HALT, now=SECOND)
        assert await book.hand.halted() == []

        assert await book.ledger.open_slots(SMS_LANE, SECOND) != []
        after = SECOND + timedelta(minutes=1)
        await texts.send("SM3", now=after)
        await texts.hear(1, "SM3", "30007", Consequence.HALT, now=after)
        assert await book.hand.halted() == ["cybermois/sms"]


async def test_a_country_that_is_refused_later_stops_alone(book: Book) -> None:
    await book.take_in(STAFF, person(1, phone="+262692000001"), person(2))
    texts = Texts(book=book)
    await book.plan("sms")
    await texts.send("SM1", "SM2")

    await texts.hear(1, "SM1", "21408", Consequence.STOP_COUNTRY)

    (alarm,) = await book.ledger.open_alarms()
    assert (alarm.kind, alarm.subject) == ("country-closed", "+262/sms")
    assert await book.ledger.closed_countries("sms") == {"+262": "21408 undelivered"}
    assert await book.states() == {"sent": 2}


async def test_many_words_are_taken_in_one_transaction(book: Book) -> None:
    texts = await Texts(book=book).plan(2)
    await texts.send("SM1", "SM2")

    assert await book.ledger.unsettled("sms", NOW - timedelta(days=2)) == {"SM1": 1, "SM2": 2}
    await texts.hear(1, "SM1")
    await texts.arrives(2, "SM2")

    assert await book.ledger.unsettled("sms", NOW - timedelta(days=2)) == {}
    assert (await texts.row(1)).state == DeliveryState.WAITING
