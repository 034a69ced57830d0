"""What proves that a message in doubt had left settles it, and its row names the proof."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from scheduler.domain.answers.events import Event, EventKind
from scheduler.domain.consent.optout import (
    OptOut,
    by_email_link,
    by_mail,
    by_operator,
    by_short_link,
)
from scheduler.domain.delivery import DeliveryState, Outcome
from scheduler.domain.ids import ContactId, DeliveryId
from scheduler.store import evidence
from scheduler.store.schema.tables import delivery
from tests.samples.ledger import DUE, STAFF, Book, person

LATER = DUE + timedelta(minutes=5)


async def left_in_doubt(book: Book, channel: str = "email") -> None:
    """One person, and a message of which nobody knows."""
    await book.take_in(STAFF, person(1), person(2))
    await book.plan(channel)
    await doubt(book, channel)


async def doubt(book: Book, channel: str) -> None:
    now = DUE + timedelta(hours=1) if channel == "sms" else DUE
    claim = await book.claim(now, channel=channel)
    due = [one.delivery_id for one in await book.ledger.due(claim, now, 10)]
    assert await book.ledger.take_intents(claim, due, now) == set(due)
    state = DeliveryState.UNCERTAIN
    await book.ledger.record(
        [Outcome(delivery_id=one, state=state, at=DUE, reason="lost") for one in due]
    )
    await book.ledger.release(claim)


async def row(book: Book, number: int = 1) -> tuple[str, str]:
    (found,) = await book.rows(select(delivery).where(delivery.c.id == number))
    return found.state, found.reason


async def addressed(book: Book) -> int:
    (found,) = await book.rows(select(delivery.c.address_id).where(delivery.c.id == 1))
    return int(found.address_id)


@pytest.mark.parametrize(
    "act", [by_email_link(LATER, one_click=True), by_email_link(LATER, one_click=False),
            by_mail(LATER, None)]
)  # fmt: skip
async def test_who_leaves_by_the_link_of_the_only_message_had_it(book: Book, act: OptOut) -> None:
    await left_in_doubt(book)

    await book.ledger.optouts.opt_out(await addressed(book), act)

    assert await row(book) == ("sent", "proved: its reader left by the link in it")
    assert await row(book, 2) == ("uncertain", "lost")


async def test_so_does_who_leaves_by_the_short_link_of_an_sms(book: Book) -> None:
    await left_in_doubt(book, "sms")

    await book.ledger.optouts.opt_out(await addressed(book), by_short_link(LATER, ContactId(1)))

    assert (await row(book))[0] == "sent"


async def test_an_opt_out_by_another_way_or_from_before_proves_nothing(book: Book) -> None:
    await left_in_doubt(book)
    address = await addressed(book)

    await book.ledger.optouts.opt_out(address, by_operator("email", LATER))
    earlier = by_email_link(DUE - timedelta(days=1), one_click=True)
    await book.ledger.optouts.opt_out(address, earlier)

    assert await row(book) == ("uncertain", "lost")


async def test_the_link_of_one_who_had_another_message_proves_neither(book: Book) -> None:
    await left_in_doubt(book)
    address = await addressed(book)

    def had_one_before(connection: object) -> None:
        copied = {
            "id": 900, "occurrence_id": 1, "contact_id": 1, "channel": "email", "slot_id": 1,
            "address_id": address, "basis": "x", "state": "sent", "at": DUE,
        }  # fmt: skip
        # A row of an earlier occurrence, which only has to be there.
        from sqlalchemy import Connection, insert, text

        assert isinstance(connection, Connection)
        connection.execute(
            text(
                "insert into occurrence (campaign, episode, season, local_date, state) "
                "values ('veille', 'un', '2025', '2025-10-05', 'finished')"
            )
        )
        number = connection.execute(
            text("select id from occurrence where campaign = 'veille'")
        ).scalar_one()
        connection.execute(insert(delivery).values(copied | {"occurrence_id": number}))

    await book.ledger.database.write(had_one_before)
    await book.ledger.optouts.opt_out(address, by_email_link(LATER, one_click=True))

    assert await row(book) == ("uncertain", "lost")


async def test_an_answer_to_it_settles_it_once(book: Book) -> None:
    await left_in_doubt(book)

    assert await book.ledger.database.write(evidence.by_mail, [1, 77]) == 1
    assert await book.ledger.database.write(evidence.by_mail, [1]) == 0

    assert await row(book) == ("sent", "proved: an answer to it came")


@pytest.mark.parametrize(
    ("provider_id", "proof"),
    [("", "a report on it came back"), ("SM1", "its provider speaks of it")],
)
async def test_an_event_names_who_spoke_of_it(book: Book, provider_id: str, proof: str) -> None:
    await left_in_doubt(book)

    await book.ledger.note_event(
        Event(
            delivery_id=DeliveryId(1), provider_id=provider_id,
            kind=EventKind.BOUNCED, code="5.2.2",
            detail="full", at=LATER,
        )
    )  # fmt: skip

    assert await row(book) == ("sent", f"proved: {proof}")
