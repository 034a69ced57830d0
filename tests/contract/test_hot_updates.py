"""On PostgreSQL what is sent is found by what stands still: its updates stay within their page, and
the batch says where something is on the wire."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, select, text, update

from scheduler.domain.delivery import BatchState, DeliveryState, Outcome
from scheduler.domain.ids import DeliveryId
from scheduler.store.ledger import Ledger
from scheduler.store.schema.running_tables import replica
from scheduler.store.schema.tables import batch
from scheduler.store.sending.replicas import SILENCE
from scheduler.store.stopping import under_way
from tests.samples.ledger import DUE, STAFF, Book, person

pytestmark = pytest.mark.parametrize("ledger_url", ["postgres"], indirect=True)

PEOPLE = 300
#: Of a hundred.
GOAL = 95
_UPDATES = text(
    "SELECT n_tup_upd AS made, n_tup_hot_upd AS hot FROM pg_stat_user_tables "
    "WHERE relname = 'delivery'"
)
#: A connection tells at the end of a transaction, when it last did so a second ago.
_TELL = text("SELECT pg_stat_force_next_flush()")


async def asked(book: Book, what: Callable[[Connection], Any]) -> Any:
    return await book.ledger.database.write(what)


async def planned(book: Book, people: int) -> Ledger:
    """A replica that is to send to so many."""
    await book.take_in(STAFF, *(person(number) for number in range(1, people + 1)))
    await book.plan()
    await book.ledger.enter("one", "host:1", DUE)
    return book.ledger


async def updates(book: Book) -> Any:
    await asked(book, lambda connection: connection.execute(_TELL).all())
    return await asked(book, lambda connection: connection.execute(_UPDATES).one())


def outcome(row: int, state: DeliveryState = DeliveryState.SENT) -> Outcome:
    return Outcome(delivery_id=DeliveryId(row), state=state, at=DUE, provider_id=f"250 2.0.0 {row}")


async def unsettled(book: Book) -> int:
    statement = select(batch.c.number).where(batch.c.settled != batch.c.epoch)
    return len(await asked(book, lambda connection: connection.execute(statement).all()))


async def test_updates_while_sending_stay_within_their_page(book: Book) -> None:
    ledger = await planned(book, PEOPLE)
    before = await updates(book)
    claim = await book.claim(owner="one")
    while due := [one.delivery_id for one in await ledger.due(claim, DUE, 100)]:
        taken = await ledger.take_intents(claim, due, DUE)
        await ledger.record([outcome(one) for one in taken])

    after = await updates(book)

    assert await book.states() == {"sent": PEOPLE}
    assert after.made - before.made == 2 * PEOPLE
    assert 100 * (after.hot - before.hot) >= GOAL * (after.made - before.made)


async def test_a_batch_given_back_is_settled_once_its_last_answers_came(book: Book) -> None:
    ledger = await planned(book, 2)
    claim = await book.claim(owner="one")
    await ledger.take_intents(claim, [1, 2], DUE)
    await ledger.record([outcome(1)])
    await ledger.release(claim)

    await ledger.give_up_on(timedelta(hours=1), DUE)
    assert await unsettled(book) == 1
    assert await ledger.in_flight() == [2]
    assert (await asked(book, under_way))[DeliveryState.SENDING] == 1

    await ledger.record([outcome(2)])
    await ledger.give_up_on(timedelta(hours=1), DUE)
    assert await unsettled(book) == 0
    assert await ledger.in_flight() == []


async def test_a_batch_is_settled_as_it_is_given_back_and_each_claim_unsettles_it(
    book: Book,
) -> None:
    ledger = await planned(book, 2)
    first = await book.claim(owner="one")
    await ledger.take_intents(first, [1], DUE)
    await ledger.record([outcome(1)])
    await ledger.release(first)
    assert await unsettled(book) == 0

    second = await book.claim(owner="one")
    await ledger.take_intents(second, [2], DUE)

    assert await unsettled(book) == 1
    assert await ledger.in_flight() == [2]


async def test_what_the_dead_had_on_the_wire_is_found_in_a_batch_that_others_hold(
    book: Book,
) -> None:
    alive = await planned(book, 3)
    lost = Ledger(alive.database, alive.keys, alive.made_at)
    gone = await lost.enter("lost", "host:2", DUE)
    await lost.take_intents(await book.claim(owner="lost"), [1], DUE)
    old = update(replica).where(replica.c.id == gone.row).values(seen_at=DUE - 2 * SILENCE)
    await asked(book, lambda connection: connection.execute(old))
    await alive.free_batches(DUE)
    claim = await book.claim(owner="one")
    await alive.take_intents(claim, [2], DUE)
    await alive.record([outcome(2)])
    await alive.release(claim)

    assert await alive.give_up_on(SILENCE, DUE) == 1
    assert await book.states() == {"uncertain": 1, "sent": 1, "waiting": 1}


async def test_a_batch_that_an_older_program_closed_too_early_stays_to_be_opened(
    book: Book,
) -> None:
    ledger = await planned(book, 1)
    claim = await book.claim(owner="one")
    closed = update(batch).values(state=BatchState.DONE, owner=None)
    await asked(book, lambda connection: connection.execute(closed))
    await ledger.give_up_on(timedelta(hours=1), DUE)
    assert await unsettled(book) == 1

    await ledger.recover([], DUE)

    assert (await book.claim(owner="one")).slot_id == claim.slot_id
