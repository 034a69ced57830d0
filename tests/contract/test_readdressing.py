"""An import while messages wait: the intent asks for the address of the day, on both databases."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from scheduler.domain.delivery import DeliveryState, Outcome
from scheduler.domain.ids import DeliveryId
from scheduler.domain.people.contacts import Proof
from scheduler.domain.readdressing import Readers
from scheduler.domain.sending import Claim, Lane
from scheduler.store.schema.tables import batch, delivery
from tests.samples.ledger import DUE, MANAGERS, PATIENTS, REUNION, STAFF, Book, person

LATER = DUE + timedelta(minutes=20)
ANEW = Proof(date=date(2026, 9, 20), how="papier", wording="J’accepte.")


async def planned(book: Book, audience: Any = STAFF, people: int = 2) -> Claim:
    await book.take_in(audience, *(person(number) for number in range(1, people + 1)))
    await book.plan("email", audience)
    return await book.claim()


async def leave(book: Book, claim: Claim) -> dict[int, str]:
    """Look, take the intents, look again, as a sender does; whom it reaches."""
    reached: dict[int, str] = {}
    for _ in range(3):
        due = await book.ledger.due(claim, LATER, 10)
        taken = await book.ledger.take_intents(claim, [one.delivery_id for one in due], LATER)
        reached |= {one.delivery_id: one.to for one in due if one.delivery_id in taken}
    return reached


async def reasons(book: Book) -> list[str]:
    return [f"{row.state} {row.reason}".strip() for row in await book.rows(delivery)]


async def test_what_waits_goes_to_the_address_of_the_day(book: Book) -> None:
    claim = await planned(book)

    await book.take_in(STAFF, person(1, email="nouveau@example.org"))

    assert await leave(book, claim) == {1: "nouveau@example.org", 2: "p2@example.org"}


async def test_what_was_rendered_for_the_address_before_does_not_leave(book: Book) -> None:
    claim = await planned(book)
    due = await book.ledger.due(claim, DUE, 10)

    await book.take_in(STAFF, person(1, email="nouveau@example.org"))

    assert await book.ledger.take_intents(claim, [one.delivery_id for one in due], DUE) == {2}
    assert (await reasons(book))[0] == "waiting"


async def test_without_a_proof_for_the_new_address_it_is_left_out(book: Book) -> None:
    claim = await planned(book, PATIENTS, 3)

    await book.take_in(
        PATIENTS,
        person(1, email="sans@example.org", agreed=[]),
        replace(person(2, email="avec@example.org"), proofs={"email": ANEW}),
    )

    assert await leave(book, claim) == {2: "avec@example.org", 3: "p3@example.org"}
    assert await reasons(book) == ["left-out no-consent", "sending", "sending"]
    rows = await book.rows(delivery)
    assert rows[1].consent_id is not None
    assert rows[1].consent_id != rows[0].consent_id


@pytest.mark.parametrize("state", [DeliveryState.SENT, DeliveryState.UNCERTAIN])
async def test_what_may_have_left_keeps_its_address(book: Book, state: DeliveryState) -> None:
    claim = await planned(book)
    await book.ledger.take_intents(claim, [1, 2], DUE)
    await book.ledger.record([Outcome(delivery_id=DeliveryId(1), state=state, at=DUE)])
    before = [row.address_id for row in await book.rows(delivery)]

    await book.take_in(STAFF, person(1, email="a@example.org"), person(2, email="b@example.org"))
    await leave(book, claim)

    assert [row.address_id for row in await book.rows(delivery)] == before
    assert await reasons(book) == [state.value, "sending"]


async def test_what_waits_though_it_may_have_left_is_a_persons_to_decide(book: Book) -> None:
    claim = await planned(book)
    await book.ledger.take_intents(claim, [1, 2], DUE)
    back = Outcome(
        delivery_id=DeliveryId(1), state=DeliveryState.WAITING, at=DUE, may_have_left=True
    )
    await book.ledger.record([back, replace(back, delivery_id=DeliveryId(2))])

    await book.take_in(STAFF, person(1, email="nouveau@example.org"))

    assert await leave(book, claim) == {2: "p2@example.org"}
    assert await reasons(book) == ["uncertain their address has changed since", "sending"]


async def test_an_address_that_another_delivery_has_makes_it_a_duplicate(book: Book) -> None:
    claim = await planned(book, people=3)

    await book.take_in(STAFF, person(1, email="p3@example.org"))

    assert await leave(book, claim) == {2: "p2@example.org", 3: "p3@example.org"}
    assert (await reasons(book))[0] == "left-out duplicate"


async def test_of_two_that_get_one_address_the_first_is_written_to(book: Book) -> None:
    claim = await planned(book, people=3)
    shared = {"email": "service@example.org"}

    await book.take_in(STAFF, person(1, **shared), person(2, **shared))  # type: ignore[arg-type]

    assert await leave(book, claim) == {1: "service@example.org", 3: "p3@example.org"}
    assert (await reasons(book))[1] == "left-out duplicate"


async def test_two_that_exchange_their_addresses_are_both_accounted_for(book: Book) -> None:
    claim = await planned(book)

    await book.take_in(STAFF, person(1, email="p2@example.org"), person(2, email="p1@example.org"))

    reached = await leave(book, claim)
    assert len(set(reached.values())) == len(reached)
    assert all("duplicate" in one or one == "sending" for one in await reasons(book))


async def test_who_has_no_address_any_more_is_left_out(book: Book) -> None:
    claim = await planned(book)

    await book.take_in(STAFF, person(1, email=None))

    assert await leave(book, claim) == {2: "p2@example.org"}
    assert (await reasons(book))[0] == "left-out no-address"


async def test_an_address_delivered_elsewhere_goes_with_its_destination(book: Book) -> None:
    claim = await planned(book)

    await book.take_in(STAFF, person(1, email="quelquun@orange.fr"))
    assert await leave(book, claim) == {2: "p2@example.org"}
    await book.ledger.release(claim)

    lane = Lane(channel="email", destination="orange", connections=3)
    slots = await book.ledger.open_slots(lane, LATER)
    other = await book.ledger.claim([one.slot_id for one in slots], "autre", LATER, lane=lane)
    assert other is not None
    assert await leave(book, other) == {1: "quelquun@orange.fr"}
    await book.ledger.release(other)
    assert [row.state for row in await book.rows(batch)] == ["done", "done"]


@pytest.mark.parametrize("audience", [STAFF, MANAGERS], ids=["lives elsewhere", "other audience"])
async def test_who_is_not_in_the_slot_any_more_waits_to_be_planned_for(
    book: Book, audience: Any
) -> None:
    chief = {"prenom": "Camille", "service": "Direction"}
    await book.take_in(STAFF, *(person(number, fields=chief) for number in (1, 2)))
    await book.plan("email", audience)
    claim = replace(await book.claim(), readers=Readers(audience=audience))
    version = await book.ledger.people_version()

    there = person(1, fields=chief, place=REUNION) if audience is STAFF else person(1)
    await book.take_in(STAFF, there)

    assert await leave(book, claim) == {2: "p2@example.org"}
    assert (await reasons(book))[0] == "left-out moved"
    assert await book.ledger.people_version() > version + 2, "the planner is told"


async def test_who_was_taken_out_of_a_slot_is_taken_up_by_theirs(book: Book) -> None:
    claim = await planned(book)
    await book.take_in(STAFF, person(1, place=REUNION))
    await leave(book, claim)
    row = (await book.occurrence()).occurrence_id
    assert await book.ledger.lacking(row, "email", STAFF) == []

    await book.plan("email", STAFF, place=REUNION)

    assert await reasons(book) == ["waiting", "sending"]
    slots = {one.slot_id: one.key.place for one in await book.ledger.slots_of([row])}
    (moved, _) = await book.rows(delivery)
    assert slots[moved.slot_id] == REUNION
    found = await book.claim(LATER)
    assert await leave(book, found) == {1: "p1@example.org"}


async def test_who_comes_to_a_place_after_its_hour_is_added_to_its_slot(book: Book) -> None:
    await planned(book)
    await book.take_in(STAFF, person(3, place=REUNION))
    row = (await book.occurrence()).occurrence_id
    await book.take_in(STAFF, person(3))
    (slot_row,) = await book.ledger.lacking(row, "email", STAFF)

    await book.plan("email", STAFF, top_up=True)
    await book.plan("email", STAFF, top_up=True)

    assert [one.slot_id for one in await book.ledger.slots_of([row])] == [slot_row]
    assert await reasons(book) == ["waiting"] * 3
    assert await book.ledger.lacking(row, "email", STAFF) == []
    assert [row.number for row in await book.rows(batch)] == [1, 2]
