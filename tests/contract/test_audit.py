"""The audit log: every act by hand stands in it, and an edit of it is seen."""

import asyncio
from pathlib import Path

import pytest
from sqlalchemy import Connection, delete, func, select, update

from scheduler.domain.audit import Act
from scheduler.domain.delivery import OccurrenceState
from scheduler.store import audit
from scheduler.store.schema.record_tables import audit as table
from tests.samples.ledger import DUE, FIRST_SUNDAY, Book


def act(subject: str) -> Act:
    return Act(actor="Camille", act="essai", subject=subject, detail={"n": 1, "où": "là"})


async def write(book: Book, *subjects: str) -> None:
    await book.ledger.database.write(audit.append, [act(one) for one in subjects], DUE)


async def test_the_chain_holds_over_groups_of_any_size(book: Book) -> None:
    await write(book, "a")
    await write(book, "b", "c", "d")
    await write(book, "e")

    verdict = await book.hand.verify_audit()

    assert (verdict.entries, verdict.broken_at, len(verdict.head)) == (5, None, 64)
    assert [one.act.subject for one in await book.hand.audit_entries(2)] == ["e", "d"]


@pytest.mark.parametrize("number", [1, 2, 3, 4, 5])
async def test_an_entry_that_was_changed_is_found(book: Book, number: int) -> None:
    await write(book, "a")
    await write(book, "b", "c", "d")
    await write(book, "e")
    first_of_group = {1: 1, 2: 2, 3: 2, 4: 2, 5: 5}

    def forge(connection: Connection) -> None:
        connection.execute(update(table).where(table.c.id == number).values(actor="Dominique"))

    await book.ledger.database.write(forge)

    assert (await book.hand.verify_audit()).broken_at == first_of_group[number]


@pytest.mark.parametrize("number", [1, 2, 3])
async def test_an_entry_that_was_taken_out_is_found(book: Book, number: int) -> None:
    await write(book, "a")
    await write(book, "b", "c")
    await write(book, "d")

    def cut(connection: Connection) -> None:
        connection.execute(delete(table).where(table.c.id == number))

    await book.ledger.database.write(cut)

    assert (await book.hand.verify_audit()).broken_at is not None


async def test_what_was_cut_off_the_end_shows_by_the_head_kept_elsewhere(book: Book) -> None:
    await write(book, "a")
    await write(book, "b")
    kept = (await book.hand.verify_audit()).head

    def cut(connection: Connection) -> None:
        connection.execute(delete(table).where(table.c.id == 2))

    await book.ledger.database.write(cut)
    verdict = await book.hand.verify_audit()

    assert verdict.broken_at is None
    assert verdict.head != kept
    assert not (await book.hand.verify_audit(kept)).head_found
    assert (await book.hand.verify_audit(verdict.head)).head_found


async def test_writers_at_once_make_one_chain(book: Book) -> None:
    await asyncio.gather(*(write(book, f"{number}", "x") for number in range(12)))

    verdict = await book.hand.verify_audit()

    assert (verdict.entries, verdict.broken_at) == (24, None)


async def test_each_act_by_hand_is_written_with_who_did_it(book: Book) -> None:
    row = await book.hand.bring_forward(FIRST_SUNDAY, ["staff"], "Camille", DUE)
    await book.hand.change(row, OccurrenceState.PAUSED, [OccurrenceState.SCHEDULED], "Sacha", DUE)
    await book.hand.change(row, OccurrenceState.SCHEDULED, [OccurrenceState.PAUSED], "Sacha", DUE)
    await book.hand.cancel(row, "Dominique", DUE)

    entries = reversed(await book.hand.audit_entries(10))

    assert [(one.act.actor, one.act.act, one.act.subject) for one in entries] == [
        ("Camille", "send-now", row.id),
        ("Sacha", "pause", row.id),
        ("Sacha", "resume", row.id),
        ("Dominique", "cancel", row.id),
    ]


async def test_an_act_that_changed_nothing_is_not_written(book: Book, tmp_path: Path) -> None:
    row = await book.hand.bring_forward(FIRST_SUNDAY, ["staff"], "Camille", DUE)

    await book.hand.change(row, OccurrenceState.RUNNING, [OccurrenceState.PAUSED], "Sacha", DUE)

    count = await book.rows(select(func.count()).select_from(table))
    assert count[0][0] == 1
