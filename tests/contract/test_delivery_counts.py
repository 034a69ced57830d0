"""The counts that each database keeps of its deliveries are those that a look at each row finds."""

import random
from collections.abc import AsyncIterator
from datetime import timedelta
from threading import Thread

import pytest
from sqlalchemy import Connection, Engine, insert, select, text
from sqlalchemy.engine import make_url

from scheduler.domain.answers.events import EventKind
from scheduler.domain.delivery import DeliveryState
from scheduler.store.delivery_counts import MANY, bring_together
from scheduler.store.schema.count_tables import delivery_count
from scheduler.store.schema.tables import delivery, event, slot
from scheduler.store.setup import writer_engine
from tests.samples.counts import kept, looked_at
from tests.samples.later import NOW, Texts
from tests.samples.ledger import Book

PEOPLE = 30
#: Acts of one life; so many lives.
ACTS, LIVES = 25, 6
REASONS = ("", "opted-out", "no-address")


@pytest.fixture
async def engine(book: Book, ledger_url: str) -> AsyncIterator[Engine]:
    """Of a ledger with two slots: of one half has left, the other waits."""
    texts = await Texts(book=book).plan(PEOPLE)
    due = await texts.take(NOW)
    await texts.accept(due, *(f"SM{number}" for number in due))
    await book.plan("email")
    made = writer_engine(make_url(ledger_url))
    yield made
    made.dispose()


def act(connection: Connection, chance: random.Random) -> None:
    """Whatever may become of some rows, in one statement."""
    deliveries = list(connection.scalars(select(delivery.c.id).order_by(delivery.c.id)))
    some = chance.sample(deliveries, chance.randint(1, min(12, len(deliveries))))
    mine, learnt = delivery.c.id.in_(some), event.c.delivery_id.in_(some)
    match chance.randrange(7):
        case 0 | 1:
            state, reason = chance.choice([*DeliveryState]), chance.choice(REASONS)
            values = {"state": state, "reason": reason}
            connection.execute(delivery.update().where(mine).values(values))
        case 2 | 3:
            known = {(row.delivery_id, row.kind) for row in connection.execute(select(event))}
            kind = chance.choice([*EventKind])
            rows = [
                {"delivery_id": one, "kind": kind, "at": NOW}
                for one in some
                if (one, kind.value) not in known
            ]
            if rows:
                connection.execute(insert(event), rows)
        case 4:
            connection.execute(event.delete().where(learnt))
        case 5:
            to = chance.choice(list(connection.scalars(select(slot.c.id))))
            connection.execute(delivery.update().where(mine).values(slot_id=to))
        case _:
            connection.execute(event.delete().where(event.c.delivery_id == some[0]))
            connection.execute(delivery.delete().where(delivery.c.id == some[0]))


@pytest.mark.parametrize("life", range(LIVES))
async def test_whatever_becomes_of_rows_the_counts_are_those_of_a_look(
    engine: Engine, life: int
) -> None:
    chance = random.Random(life)  # noqa: S311 - nothing is secret here
    for _ in range(ACTS):
        with engine.connect() as connection, connection.begin() as both:
            for _ in range(chance.randint(1, 3)):
                act(connection, chance)
            assert kept(connection) == looked_at(connection)
            if chance.random() < 0.3:
                both.rollback()
    with engine.begin() as connection:
        found = looked_at(connection)
        assert kept(connection) == found
        assert found


async def test_a_kind_of_event_that_is_changed_is_counted_anew(engine: Engine) -> None:
    with engine.begin() as connection:
        first = connection.scalars(select(delivery.c.id).where(delivery.c.state == "sent")).first()
        values = {"delivery_id": first, "kind": "bounced", "at": NOW}
        connection.execute(insert(event).values(values))
        connection.execute(event.update().values(kind="delivered"))

        assert kept(connection) == looked_at(connection)


async def test_what_transactions_counted_apart_is_the_same_brought_together(
    book: Book, engine: Engine
) -> None:
    if book.ledger.database.is_sqlite:
        pytest.skip("one writer, one row")
    with engine.begin() as connection:
        before = kept(connection)
        # Of many turns, each of which moved one there and the next one back.
        moved = {"slot_id": 1, "state": "sent", "reason": "", "arrival": "unknown"}
        rows = [
            {**moved, "part": 10_000_000 + number, "deliveries": 1 if number % 2 else -1}
            for number in range(MANY + 2)
        ]
        connection.execute(insert(delivery_count), rows)
    await book.ledger.sum_counts()

    with engine.begin() as connection:
        assert kept(connection) == before
        assert set(connection.scalars(select(delivery_count.c.part))) == {0}
        bring_together(connection)
        assert kept(connection) == looked_at(connection)


async def test_two_who_learn_of_one_message_at_once_count_it_once(
    book: Book, engine: Engine
) -> None:
    """Neither sees what the other has not ended yet."""
    if book.ledger.database.is_sqlite:
        pytest.skip("one writer: there are never two at once")

    def learn(kind: str) -> None:
        with engine.begin() as connection:
            connection.execute(text("SELECT pg_sleep(0.05)"))
            ids = connection.scalars(select(delivery.c.id).order_by(delivery.c.id)).all()
            values = [{"delivery_id": one, "kind": kind, "at": NOW} for one in ids]
            connection.execute(insert(event), values)
            connection.execute(text("SELECT pg_sleep(0.2)"))

    def send() -> None:
        with engine.begin() as connection:
            connection.execute(delivery.update().values(state="sent", at=NOW + timedelta(hours=1)))
            connection.execute(text("SELECT pg_sleep(0.2)"))

    threads = [Thread(target=learn, args=["delivered"]), Thread(target=learn, args=["bounced"])]
    threads.append(Thread(target=send))
    for one in threads:
        one.start()
    for one in threads:
        one.join()

    with engine.begin() as connection:
        found = looked_at(connection)
        assert kept(connection) == found
        assert {key[1:] for key in found} == {("sent", "", "delivered")}
