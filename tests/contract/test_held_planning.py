"""Planning without the readers of a text that is held, and with them later; on both databases."""

from dataclasses import replace
from datetime import timedelta

from scheduler.domain.planning import ContentText, HeldText, SlotPlan, Unserved
from scheduler.store.schema.tables import batch, content, delivery
from tests.samples.ledger import DUE, STAFF, Book, person

FRENCH = ContentText(variant="fr", fingerprint="f1", source="{}", readers=[("fr", False)])
ENGLISH = ContentText(variant="en", fingerprint="f2", source="{}", readers=[("en", False)])
HELD = HeldText(channel="email", audience="staff", variant="en", reason="une faute")
SHELVED = replace(HELD, channel="sms")
LATER = DUE + timedelta(hours=2)


async def first_plan(book: Book, *people: object) -> SlotPlan:
    """Everybody but those who read English."""
    await book.take_in(STAFF, *people)  # type: ignore[arg-type]
    plan = await book.slot_plan(contents=[FRENCH], held=[HELD, SHELVED], unserved=Unserved.WAIT)
    await book.ledger.plan(plan, DUE)
    return plan


async def texts(book: Book) -> dict[int, str]:
    """Number of the contact -> variant, or the reason to be left out."""
    variants = {row.id: row.variant for row in await book.rows(content)}
    return {
        row.contact_id: row.reason or variants[row.content_id] for row in await book.rows(delivery)
    }


async def test_whose_text_is_held_have_no_row_until_it_is_mended(book: Book) -> None:
    plan = await first_plan(book, person(1), person(2, language="en"), person(3))
    assert list((await texts(book)).values()) == ["fr", "fr"]
    number = plan.occurrence.occurrence_id
    assert await book.ledger.held_texts(number) == [HELD, SHELVED]

    mended = replace(plan, contents=[FRENCH, ENGLISH], held=[], top_up=True)
    counts = [await book.ledger.plan(mended, LATER) for _ in range(2)]
    await book.ledger.end_held(number, "email", "staff", ["en"], LATER)

    assert [count.waiting if count else None for count in counts] == [1, 0]
    assert sorted((await texts(book)).values()) == ["en", "fr", "fr"]
    assert await book.ledger.held_texts(number) == [replace(HELD, over=True), SHELVED]
    assert [(row.number, row.state) for row in await book.rows(batch)] == [(1, "open"), (2, "open")]


async def test_in_the_end_they_are_left_out_with_that_reason(book: Book) -> None:
    plan = await first_plan(
        book, person(1), person(2, language="en"), person(3, language="en", email=None)
    )

    end = replace(plan, held=[], top_up=True, unserved=Unserved.END)
    for _ in range(2):
        await book.ledger.plan(end, LATER)

    assert sorted((await texts(book)).values()) == ["fr", "no-address", "no-text"]


async def test_the_address_of_somebody_who_waits_is_another_ones_meanwhile(book: Book) -> None:
    await first_plan(
        book,
        person(1, language="en", email="foyer@example.org"),
        person(2, email="foyer@example.org"),
    )

    assert list((await texts(book)).values()) == ["fr"]


async def test_a_top_up_makes_no_slot(book: Book) -> None:
    await book.take_in(STAFF, person(1))

    plan = await book.slot_plan(contents=[FRENCH], top_up=True)

    assert await book.ledger.plan(plan, DUE) is None
    assert await book.rows(delivery) == []
