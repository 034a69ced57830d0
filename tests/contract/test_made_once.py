"""A turn's statements are prepared once.

SQLite prepares one anew whenever a value is bound that it compared with the words of a partial
index: a small turn's took longer to prepare than to carry out.
"""

import sqlite3
from collections.abc import Sequence
from typing import Any

import pytest
from sqlalchemy import Connection

from scheduler.domain.delivery import DeliveryState, Outcome
from scheduler.domain.ids import DeliveryId
from scheduler.domain.intents import Candidate, Told, Turned, Wanted
from scheduler.domain.sending import Claim, Lane
from tests.samples.ledger import DUE, STAFF, Book, person

EMAIL = Lane(channel="email")


async def turn(
    book: Book, claim: Claim, before: Sequence[DeliveryId], rows: Sequence[DeliveryId]
) -> Turned:
    told = Told(
        outcomes=[
            Outcome(delivery_id=one, state=DeliveryState.SENT, at=DUE, provider_id=f"Q{one}")
            for one in before
        ],
        suppressions=[],
        refusals=[],
    )
    wanted = Wanted(
        claim=claim,
        lane=EMAIL,
        candidates=[Candidate(delivery=one, cost=0, tokens=1) for one in rows],
        rates={},
        is_trial=False,
        is_by_number=False,
    )
    return await book.ledger.turn(told, wanted, DUE)


async def test_a_turn_after_the_first_prepares_nothing(book: Book) -> None:
    database = book.ledger.database
    if not database.is_sqlite:
        pytest.skip("a server's plans are its own affair")
    await book.take_in(STAFF, *(person(number) for number in range(1, 9)))
    await book.plan("email", STAFF)
    claim = await book.claim()
    prepared: list[tuple[Any, ...]] = []

    def note(action: int, *what: Any) -> int:
        # Beginning and ending a transaction is prepared by the driver each time.
        if action != sqlite3.SQLITE_TRANSACTION:
            prepared.append(what)
        return sqlite3.SQLITE_OK

    def listen(connection: Connection) -> None:
        connection.connection.dbapi_connection.set_authorizer(note)  # type: ignore[union-attr]  # SQLite's

    await database.write(listen)
    due = [one.delivery_id for one in await book.ledger.due(claim, DUE, 8)]
    await turn(book, claim, [], due[:2])
    await turn(book, claim, due[:2], due[2:4])
    assert prepared, "nothing is heard"
    prepared.clear()

    turned = await turn(book, claim, due[2:4], due[4:7])

    assert turned.taken == set(due[4:7])
    assert prepared == []
    assert await book.states() == {"sent": 4, "sending": 3, "waiting": 1}
