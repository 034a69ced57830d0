"""What came back of the last days' messages, counted on each of the two databases."""

from datetime import timedelta
from typing import Any

from sqlalchemy import update

from scheduler.domain.alarms.raising import RETURNED_WITHIN, Returned
from scheduler.domain.answers.bounces import BounceKind, BouncePolicy, Finding, Proven
from scheduler.domain.delivery import DeliveryState
from scheduler.domain.ids import DeliveryId
from scheduler.store.answers.bounce_ledger import BounceLedger
from scheduler.store.answers.returned import FRESH
from scheduler.store.reading.gauges import GaugeLedger
from scheduler.store.schema.tables import delivery
from tests.samples.ledger import DUE, STAFF, Book, person

POLICY = BouncePolicy(soft_limit=9, soft_days=30, policy_limit=9)
NOW = DUE + timedelta(hours=2)
HARD, SOFT = BounceKind.HARD, BounceKind.SOFT


async def sent(book: Book, people: int) -> list[int]:
    """Everybody got the e-mail of the first Sunday; their deliveries."""
    await book.take_in(STAFF, *[person(number) for number in range(1, people + 1)])
    await book.plan()
    await written(book, update(delivery).values(state=DeliveryState.SENT, at=DUE))
    return [row.id for row in await book.rows(delivery) if row.channel == "email"]


async def written(book: Book, statement: Any) -> None:
    await book.ledger.database.write(lambda connection: connection.execute(statement))


async def came_back(book: Book, kind: BounceKind, one: int, status: str = "5.1.1") -> None:
    ledger = BounceLedger(book.ledger.database, book.ledger.keys, book.ledger.optouts)
    found = Finding(recipient="", kind=kind, status=status, reason="user-unknown")
    await ledger.take_proven([Proven(delivery=DeliveryId(one), finding=found)], POLICY, NOW)


async def test_hard_bounces_and_complaints_are_counted_beside_what_was_sent(book: Book) -> None:
    first, second, third, _ = await sent(book, 4)
    gauges = GaugeLedger(book.ledger.database)
    assert await gauges.returned(NOW - FRESH) == {}

    await came_back(book, HARD, first)
    # Told again with another status, it is still one.
    await came_back(book, HARD, first, "5.1.2")
    await came_back(book, SOFT, second, "5.2.2")
    await came_back(book, BounceKind.COMPLAINT, third)

    assert await gauges.returned(NOW) == {"email": Returned(sent=4, hard=1, complaints=1)}


async def test_what_left_before_those_days_counts_no_more(book: Book) -> None:
    first, second = await sent(book, 2)
    await came_back(book, HARD, first)
    await came_back(book, HARD, second)
    old = DUE - timedelta(hours=1)
    await written(book, update(delivery).where(delivery.c.id == second).values(at=old))
    gauges = GaugeLedger(book.ledger.database)

    found = await gauges.returned(DUE + RETURNED_WITHIN)

    assert found == {"email": Returned(sent=1, hard=1, complaints=0)}
    assert await gauges.returned(NOW + RETURNED_WITHIN + FRESH) == {}


async def test_a_count_is_kept_some_minutes_for_whoever_looks_and_none_is_of_the_future(
    book: Book,
) -> None:
    first, second = await sent(book, 2)
    await came_back(book, HARD, first)
    counted = {"email": Returned(sent=2, hard=1, complaints=0)}
    assert await GaugeLedger(book.ledger.database).returned(NOW) == counted

    await came_back(book, HARD, second)
    another = GaugeLedger(book.ledger.database)

    almost = FRESH - timedelta(seconds=1)
    assert await another.returned(NOW + almost) == counted
    put_back = await another.returned(NOW - timedelta(hours=1))
    assert put_back == {"email": Returned(sent=2, hard=2, complaints=0)}
