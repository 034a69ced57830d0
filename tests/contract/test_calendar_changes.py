"""Changes of the calendar, on each of the two databases."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Connection, insert

from scheduler.domain.audit import AuditAct
from scheduler.domain.errors import Overtaken
from scheduler.store.schema.calendar_tables import calendar_change
from scheduler.store.writing.calendar_changes import ChangeLedger
from tests.samples.changes import asked, at_hour, moved, skipped
from tests.samples.ledger import DUE, Book

ACT = AuditAct.CHANGE_CALENDAR
SKIP = skipped("rappels", "mars", "2027-03")


async def acts(book: Book) -> list[tuple[str, str, str]]:
    entries = [entry.act for entry in await book.hand.audit_entries(20)]
    return [(one.actor, one.act, one.subject) for one in reversed(entries)]


async def test_the_last_decision_stands_until_it_is_taken_back(book: Book) -> None:
    changes = ChangeLedger(book.ledger.database)
    none = await changes.standing()
    first, second = moved("2026-11-10T09:00"), moved("2026-12-10T09:00", place="salle Jade")
    base = {"starts": "2026-10-13T14:30"}
    await changes.decide([asked(first, base)], 0, ACT, DUE)
    await changes.decide([asked(second, base), asked(SKIP)], 1, ACT, DUE)
    number, found = await changes.standing()
    await changes.decide([asked(replace(second, says=None))], 3, AuditAct.WITHDRAW_CHANGE, DUE)
    after, left = await changes.standing()

    assert none == (0, [])
    assert (number, [(one.number, one.change, one.base) for one in found]) == (
        3,
        [(2, second, base), (3, SKIP, None)],
    )
    assert (after, [one.change for one in left]) == (4, [SKIP])
    assert [one.number for one in await changes.every()] == [4, 3, 2, 1]
    assert await acts(book) == [
        ("Ana", "change-calendar", "webinaire/dates"),
        ("Ana", "change-calendar", "webinaire/dates"),
        ("Ana", "change-calendar", "rappels/mars/2027-03/skip"),
        ("Ana", "withdraw-change", "webinaire/dates"),
    ]


async def test_of_two_at_once_one_is_told_and_nothing_of_its_own_stands(book: Book) -> None:
    replicas = [ChangeLedger(book.ledger.database) for _ in range(3)]
    ones = [moved(f"2026-11-1{day}T09:00") for day in range(3)]
    answers = await asyncio.gather(
        *(each.decide([asked(one)], 0, ACT, DUE) for each, one in zip(replicas, ones, strict=True)),
        return_exceptions=True,
    )
    number, found = await replicas[0].standing()

    assert sorted(type(one).__name__ for one in answers) == ["Overtaken", "Overtaken", "int"]
    assert (number, len(found)) == (1, 1)
    assert len(await acts(book)) == 1


async def test_several_stand_together_or_not_at_all(book: Book) -> None:
    changes = ChangeLedger(book.ledger.database)
    await changes.decide([asked(SKIP)], 0, ACT, DUE)
    several = [asked(moved("2026-11-10T09:00")), asked(at_hour("14:00", "a", "b", ""))]
    for over in (0, 2):
        with pytest.raises(Overtaken):
            await changes.decide(several, over, ACT, DUE)

    assert await changes.number() == 1
    assert len(await acts(book)) == 1


async def test_what_a_later_version_decided_stands_in_nobodys_way(book: Book) -> None:
    changes, database = ChangeLedger(book.ledger.database), book.ledger.database
    row = {"number": 1, "kind": "event-tripled", "facet": "three", "campaign": "a", "at": DUE}

    def put(connection: Connection, values: dict[str, object]) -> None:
        connection.execute(insert(calendar_change).values(values))

    await database.write(put, row | {"asked_by": "Ana", "decided_by": "Ana"})

    assert await changes.standing() == (1, [])
    assert await changes.decide([asked(SKIP)], 1, ACT, DUE) == 2


async def test_a_clock_that_was_put_back_changes_nothing_of_their_order(book: Book) -> None:
    changes = ChangeLedger(book.ledger.database)
    first, second = moved("2026-11-10T09:00"), moved("2026-12-10T09:00")
    await changes.decide([asked(first)], 0, ACT, DUE)
    await changes.decide([asked(second)], 1, ACT, DUE - timedelta(days=400))

    assert [one.change for one in (await changes.standing())[1]] == [second]
