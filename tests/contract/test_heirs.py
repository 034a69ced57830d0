"""Those who gave way to a delivery that then isn't made take its place; SQLite and PostgreSQL."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import insert, select, update

from scheduler.domain.calendar.campaigns import Audience
from scheduler.domain.consent.optout import by_email_link
from scheduler.domain.delivery import DeliveryState, OccurrenceState
from scheduler.domain.measure.caps import CapLimit
from scheduler.domain.message import AddressKind
from scheduler.domain.planning import Awaited, GaveWay
from scheduler.store.schema.tables import batch, consent, contact, content, delivery
from tests.samples.ledger import (
    DUE,
    FIRST_SUNDAY,
    MADE,
    PATIENTS,
    REUNION,
    STAFF,
    Book,
    person,
)

HOUR = timedelta(hours=1)
LATER = Awaited(audience=STAFF, places=(REUNION,))


async def gave_way(
    book: Book, audience: Audience = PATIENTS, awaited: Sequence[Awaited] = ()
) -> GaveWay:
    row = await book.occurrence()
    return GaveWay(
        occurrence_id=row.occurrence_id,
        channel="email",
        address_kind=AddressKind.EMAIL,
        audience=audience,
        awaited=awaited,
    )


async def one_gives_way(book: Book) -> None:
    """A patient, to a member of staff whose slot is an hour later."""
    await book.take_in(STAFF, person(1, place=REUNION))
    await book.take_in(PATIENTS, person(2, email="p1@example.org"))
    row = await book.occurrence()
    text = {"channel": "email", "audience": "staff", "variant": "fr", "source": "{}"}
    kept = insert(content).values(occurrence_id=row.occurrence_id, fingerprint="f", **text)
    await book.ledger.database.write(lambda connection: connection.execute(kept))
    await book.plan("email", PATIENTS, awaited=[LATER])
    assert await book.states() == {"left-out duplicate": 1}


async def leaves(book: Book) -> None:
    """The member of staff is no longer one."""
    gone = update(contact).where(contact.c.audience == "staff").values(active=False)
    await book.ledger.database.write(lambda connection: connection.execute(gone))


async def test_while_the_other_is_to_come_nobody_takes_its_place(book: Book) -> None:
    await one_gives_way(book)

    assert await book.ledger.succeed(await gave_way(book, awaited=[LATER]), DUE) == 0
    await book.plan("email", STAFF, place=REUNION, due_at=DUE + HOUR)
    assert await book.ledger.succeed(await gave_way(book), DUE + HOUR) == 0
    assert await book.states() == {"left-out duplicate": 1, "waiting": 1}


async def test_who_gave_way_to_somebody_that_is_left_out_gets_it(book: Book) -> None:
    await one_gives_way(book)
    await book.plan("email", STAFF, place=REUNION, due_at=DUE + HOUR, no_window=True, contents=[])

    assert await book.ledger.succeed(await gave_way(book), DUE + HOUR) == 1

    assert await book.states() == {"left-out no-window": 1, "waiting": 1}
    claim = await book.claim(DUE + HOUR)
    (due,) = await book.ledger.due(claim, DUE + HOUR, 10)
    assert (due.to, due.content_id) == ("p1@example.org", (await book.rows(content))[-1].id)
    assert await book.ledger.take_intents(claim, [due.delivery_id], DUE + HOUR) == {due.delivery_id}
    assert await book.ledger.succeed(await gave_way(book), DUE + HOUR) == 0


async def test_a_slot_that_never_comes_holds_nobody_back(book: Book) -> None:
    await one_gives_way(book)
    (one,) = await book.ledger.occurrences()
    await book.ledger.set_state(one.occurrence_id, OccurrenceState.FINISHED)

    assert await book.ledger.succeed(await gave_way(book), DUE + HOUR) == 1

    assert await book.states() == {"waiting": 1}
    assert [row.state for row in await book.ledger.occurrences()] == ["running"]
    assert [(row.number, row.state) for row in await book.rows(batch)] == [(1, "open")]


@pytest.mark.parametrize(
    ("state", "after"),
    [(OccurrenceState.CANCELLED, HOUR), (OccurrenceState.RUNNING, 49 * HOUR)],
)
async def test_what_is_over_is_nobodys(
    book: Book, state: OccurrenceState, after: timedelta
) -> None:
    await one_gives_way(book)
    (one,) = await book.ledger.occurrences()
    await book.ledger.set_state(one.occurrence_id, state)

    assert await book.ledger.succeed(await gave_way(book), DUE + after) == 0
    assert await book.states() == {"left-out duplicate": 1}


async def test_a_member_who_left_before_the_intent_is_succeeded_in_the_same_slot(
    book: Book,
) -> None:
    await book.take_in(STAFF, person(1), person(2, email="P1@example.org"), person(3))
    await book.plan()
    assert await book.states() == {"waiting": 2, "left-out duplicate": 1}
    gone = update(contact).where(contact.c.id == 1).values(active=False)
    await book.ledger.database.write(lambda connection: connection.execute(gone))
    claim = await book.claim()
    due = await book.ledger.due(claim, DUE, 10)
    assert len(await book.ledger.take_intents(claim, [one.delivery_id for one in due], DUE)) == 1
    await book.ledger.release(claim)

    assert await book.ledger.succeed(await gave_way(book, STAFF), DUE) == 1

    assert await book.states() == {"left-out left-audience": 1, "sending": 1, "waiting": 1}


async def test_of_several_at_one_address_one_takes_the_place(book: Book) -> None:
    await one_gives_way(book)
    await book.take_in(PATIENTS, person(3, email="p1@example.org"), person(4))
    await book.plan("email", PATIENTS, forced=True, awaited=[LATER])
    assert await book.states() == {"left-out duplicate": 2, "waiting": 1}
    await leaves(book)

    assert await book.ledger.succeed(await gave_way(book, awaited=[LATER]), DUE) == 1

    rows = await book.rows(select(delivery).order_by(delivery.c.contact_id))
    assert [row.state for row in rows] == ["waiting", "left-out", "waiting"]


async def test_an_heir_who_may_not_be_written_to_stays_left_out_or_says_why(book: Book) -> None:
    await one_gives_way(book)
    await leaves(book)
    await book.people.opt_out_identity(
        AddressKind.EMAIL, "p1@example.org", by_email_link(MADE, one_click=True)
    )
    assert await book.ledger.succeed(await gave_way(book), DUE) == 1
    claim = await book.claim()
    due = await book.ledger.due(claim, DUE, 10)
    assert await book.ledger.take_intents(claim, [one.delivery_id for one in due], DUE) == set()
    assert await book.states() == {"left-out opted-out": 1}


async def test_an_heir_without_a_proof_is_none(book: Book) -> None:
    await one_gives_way(book)
    await leaves(book)
    free = update(delivery).values(consent_id=None)
    await book.ledger.database.write(lambda connection: connection.execute(free))
    await book.ledger.database.write(lambda connection: connection.execute(consent.delete()))

    assert await book.ledger.succeed(await gave_way(book), DUE) == 0
    assert {row.state for row in await book.rows(delivery)} == {DeliveryState.LEFT_OUT}


async def test_a_contact_who_has_had_enough_makes_nobody_a_duplicate(book: Book) -> None:
    other = replace(FIRST_SUNDAY, campaign="rappel", season="2026-10")
    await book.take_in(STAFF, person(1))
    await book.plan("email", one=other)
    await book.take_in(STAFF, person(2, email="p1@example.org"), at=MADE)

    await book.plan("email", caps=[CapLimit(since=MADE, messages=1)])

    assert await book.states() == {"left-out cap": 1, "waiting": 2}
