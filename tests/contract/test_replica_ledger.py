"""Replicas of one ledger: who holds what, what the dead leave, what the living may take."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text, update

from scheduler.domain.delivery import DeliveryState, Outcome
from scheduler.domain.errors import LedgerError
from scheduler.domain.ids import DeliveryId
from scheduler.domain.sending import Lane
from scheduler.store.ledger import Ledger
from scheduler.store.schema.tables import address, delivery
from scheduler.store.sending.replicas import SILENCE
from tests.samples.ledger import DUE, STAFF, Book, person

EMAIL = Lane(channel="email")
ORANGE = Lane(channel="email", destination="orange", connections=2)
MINUTE = timedelta(minutes=1)
TEN_MINUTES = timedelta(minutes=10)


def beside(book: Book) -> Ledger:
    """Another process on the same ledger."""
    return Ledger(book.ledger.database, book.ledger.keys, book.ledger.made_at)


async def planned(book: Book, people: int) -> None:
    await book.take_in(STAFF, *(person(number) for number in range(1, people + 1)))
    await book.plan()


async def fall_silent(book: Book, name: str, since: timedelta) -> None:
    """As if its last sign of life were so much older."""
    statement = text("update replica set seen_at = seen_at - :since where name = :name")
    values = {"since": int(since / timedelta(milliseconds=1)), "name": name}
    await book.ledger.database.write(lambda connection: connection.execute(statement, values))


def sent(row: int) -> Outcome:
    return Outcome(
        delivery_id=DeliveryId(row), state=DeliveryState.SENT, at=DUE, provider_id=f"Q{row}"
    )


async def test_a_replica_is_found_again_with_the_journal_it_had(book: Book) -> None:
    first = await book.ledger.enter("one", "host:1", DUE)
    identity = await book.ledger.renew_wire()

    again = await beside(book).enter("one", "host:2", DUE)

    assert first.wire == ""
    assert (again.row, again.wire, again.host) == (first.row, identity, "host:2")


async def test_what_was_in_flight_before_there_were_replicas_is_settled(book: Book) -> None:
    await planned(book, 2)
    claim = await book.claim(owner="host:77")
    await book.ledger.take_intents(claim, [1], DUE)

    await book.ledger.enter("one", "host:1", DUE)

    assert await book.ledger.in_flight() == [1]
    await book.ledger.recover([sent(1)], DUE)
    assert await book.states() == {"sent": 1, "waiting": 1}
    assert (await book.claim()).number == 1


async def test_a_dead_replicas_waiting_rows_are_taken_over_and_its_intents_left_alone(
    book: Book,
) -> None:
    await planned(book, 3)
    dead, alive = beside(book), beside(book)
    await dead.enter("dead", "host:1", DUE)
    await alive.enter("alive", "host:2", DUE)
    claim = await book.claim(owner="dead")
    await dead.take_intents(claim, [1], DUE)

    assert await alive.free_batches(DUE) == []
    await fall_silent(book, "dead", SILENCE + MINUTE)
    assert await alive.free_batches(DUE) == [(claim.slot_id, claim.number)]

    mine = await book.claim(owner="alive")
    assert [one.delivery_id for one in await alive.due(mine, DUE, 10)] == [2, 3]
    # The dead one wakes: its claim is worth nothing, its intent is still its own.
    assert await dead.take_intents(claim, [2], DUE) == set()
    await dead.record([sent(1)])
    assert await book.states() == {"sent": 1, "waiting": 2}


async def test_what_a_woken_replica_could_not_send_opens_the_batch_that_another_closed(
    book: Book,
) -> None:
    await planned(book, 2)
    frozen, alive = beside(book), beside(book)
    await frozen.enter("frozen", "host:1", DUE)
    await alive.enter("alive", "host:2", DUE)
    claim = await book.claim(owner="frozen")
    await frozen.take_intents(claim, [1], DUE)
    await fall_silent(book, "frozen", SILENCE + MINUTE)
    await alive.free_batches(DUE)
    mine = await book.claim(owner="alive")
    await alive.take_intents(mine, [2], DUE)
    await alive.record([sent(2)])
    await alive.release(mine)

    later = DUE + MINUTE
    await frozen.record(
        [
            Outcome(
                delivery_id=DeliveryId(1),
                state=DeliveryState.WAITING,
                at=DUE,
                next_at=later,
                reason="stale",
            )
        ]
    )
    await frozen.release(claim)

    assert await alive.open_slots(EMAIL, DUE) == []
    (ready,) = await alive.open_slots(EMAIL, later)
    assert ready.slot_id == claim.slot_id


async def test_an_outcome_is_written_by_who_has_the_intent_alone(book: Book) -> None:
    await planned(book, 1)
    one, other = beside(book), beside(book)
    await one.enter("one", "host:1", DUE)
    await other.enter("other", "host:2", DUE)
    await one.take_intents(await book.claim(owner="one"), [1], DUE)

    await other.record([sent(1)])
    assert await book.states() == {"sending": 1}

    await one.record([sent(1)])
    assert await book.states() == {"sent": 1}


async def test_what_a_silent_replica_had_in_flight_waits_for_its_journal_then_is_uncertain(
    book: Book,
) -> None:
    await planned(book, 2)
    lost, alive = beside(book), beside(book)
    await lost.enter("lost", "host:1", DUE)
    await alive.enter("alive", "host:2", DUE)
    await lost.take_intents(await book.claim(owner="lost"), [1, 2], DUE)

    await fall_silent(book, "lost", TEN_MINUTES - MINUTE)
    assert await alive.give_up_on(TEN_MINUTES, DUE) == 0
    await fall_silent(book, "lost", 2 * MINUTE)
    assert await alive.give_up_on(TEN_MINUTES, DUE) == 2

    assert await book.states() == {"uncertain": 2}
    # It comes back with its journal, and knows better.
    await lost.enter("lost", "host:1", DUE)
    assert await lost.in_flight() == [1, 2]
    waiting = Outcome(delivery_id=DeliveryId(2), state=DeliveryState.WAITING, at=DUE, next_at=DUE)
    await lost.recover([sent(1), waiting], DUE)
    assert await book.states() == {"sent": 1, "waiting": 1}


async def test_what_a_person_decided_meanwhile_stands(book: Book) -> None:
    await planned(book, 1)
    lost, alive = beside(book), beside(book)
    await lost.enter("lost", "host:1", DUE)
    await alive.enter("alive", "host:2", DUE)
    await lost.take_intents(await book.claim(owner="lost"), [1], DUE)
    await fall_silent(book, "lost", TEN_MINUTES + MINUTE)
    await alive.give_up_on(TEN_MINUTES, DUE)
    await book.ledger.database.write(
        lambda connection: connection.execute(
            update(delivery).values(state=DeliveryState.UNCERTAIN, reason="closed by hand")
        )
    )

    await lost.record([sent(1)])

    (row,) = await book.rows(delivery)
    assert (row.state, row.reason) == ("uncertain", "closed by hand")


async def test_a_duty_is_one_replicas_until_it_falls_silent(book: Book) -> None:
    one, other = beside(book), beside(book)
    await one.enter("one", "host:1", DUE)
    await other.enter("other", "host:2", DUE)

    assert await one.take_duty("alarms", MINUTE, DUE)
    assert await one.take_duty("alarms", MINUTE, DUE)
    assert not await other.take_duty("alarms", MINUTE, DUE)
    assert await other.take_duty("retention", MINUTE, DUE)

    await book.ledger.database.write(
        lambda connection: connection.execute(text("update lease set until = 0"))
    )
    assert await other.take_duty("alarms", MINUTE, DUE)
    assert not await one.take_duty("alarms", MINUTE, DUE)


async def test_of_a_limited_group_no_more_batches_are_worked_than_it_has_connections(
    book: Book,
) -> None:
    book.ledger.batch_sizes = {"orange": 2}
    await book.take_in(STAFF, *(person(number) for number in range(1, 9)))
    await book.ledger.database.write(
        lambda connection: connection.execute(
            update(address).where(address.c.id < 16).values(destination="orange")
        )
    )
    plan = await book.plan()
    assert plan is not None
    lanes = {"orange": ORANGE, "rest": Lane(channel="email", apart=("orange",))}

    async def claim(lane: str, owner: str) -> int | None:
        found = await book.ledger.claim([plan.slot_id], owner, DUE, lane=lanes[lane])
        return found.number if found else None

    first = await book.ledger.claim([plan.slot_id], "one", DUE, lane=ORANGE)
    assert first is not None
    assert first.destination == "orange"
    assert len(await book.ledger.due(first, DUE, 10)) == 2
    assert await claim("orange", "two") is not None
    assert await claim("orange", "three") is None
    await book.ledger.release(first)
    assert await claim("orange", "three") is not None


async def test_a_batch_goes_to_one_destination_and_each_lane_to_its_own(book: Book) -> None:
    await book.take_in(STAFF, *(person(number) for number in range(1, 7)))
    of_orange = select_emails(["p2@example.org", "p5@example.org"], book)
    await book.ledger.database.write(
        lambda connection: connection.execute(
            update(address).where(address.c.digest.in_(of_orange)).values(destination="orange")
        )
    )
    plan = await book.plan()
    assert plan is not None

    rest = await book.ledger.claim(
        [plan.slot_id], "one", DUE, lane=Lane(channel="email", apart=("orange",))
    )
    orange = await book.ledger.claim([plan.slot_id], "two", DUE, lane=ORANGE)

    assert rest is not None
    assert orange is not None
    assert [one.to for one in await book.ledger.due(orange, DUE, 10)] == [
        "p2@example.org",
        "p5@example.org",
    ]
    assert len(await book.ledger.due(rest, DUE, 10)) == 4


async def test_a_group_that_is_no_more_goes_with_the_rest(book: Book) -> None:
    await book.take_in(STAFF, person(1))
    await book.ledger.database.write(
        lambda connection: connection.execute(update(address).values(destination="voila"))
    )
    plan = await book.plan()
    assert plan is not None

    lane = Lane(channel="email", apart=("orange", "free"))

    assert [one.slot_id for one in await book.ledger.open_slots(lane, DUE)] == [plan.slot_id]
    assert await book.ledger.claim([plan.slot_id], "one", DUE, lane=lane) is not None


async def test_a_command_is_no_replica(book: Book) -> None:
    with pytest.raises(LedgerError):
        await book.ledger.renew_wire()


def select_emails(addresses: list[str], book: Book) -> list[bytes]:
    return [book.ledger.keys.digest("email", one) for one in addresses]


async def test_the_last_look_is_that_of_whoever_still_works(book: Book) -> None:
    now = datetime.now(UTC)
    alone, other = book.ledger, beside(book)
    assert await alone.last_look(now) is None
    await alone.enter("one", "host:1", now)
    assert await alone.last_look(now) is None
    await alone.note_look(now)
    await other.enter("two", "host:2", now)
    await other.note_look(now)
    await other.leave()

    working = await alone.last_look(now)
    await alone.leave()
    stopped = await alone.last_look(now)

    assert working is not None
    assert (working.host, working.running) == ("host:1", True)
    assert stopped is not None
    assert (stopped.recent, stopped.stopped, stopped.running) == (True, True, False)


async def test_a_look_of_long_ago_says_that_nobody_works(book: Book) -> None:
    now = datetime.now(UTC)
    await book.ledger.enter("one", "host:1", now)
    await book.ledger.note_look(now)
    older = text("update replica set looked_at = looked_at - 61000")
    await book.ledger.database.write(lambda connection: connection.execute(older))

    found = await book.ledger.last_look(now)

    assert found is not None
    assert not found.running
    assert not found.stopped
