"""Two imports of one audience, at once or one cut short: nobody is lost, on either database."""

import asyncio
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, update

from scheduler.domain.delivery import DeliveryState, OccurrenceState
from scheduler.domain.errors import UnderWay
from scheduler.domain.people.contacts import BadRow, Row
from scheduler.domain.people.imports import ImportStart
from scheduler.domain.processes.leases import HOLD, ROTATION, Lease, import_of
from scheduler.flow.people.import_report import ImportReport
from scheduler.flow.people.importing import import_contacts
from scheduler.store.schema.running_tables import lease
from scheduler.store.schema.tables import batch, contact, delivery, import_, occurrence
from tests.samples.ledger import DUE, MADE, PATIENTS, STAFF, Book, open_book, person

NOW = MADE + timedelta(days=1)


@dataclass(slots=True)
class Rows:
    """A contact file as its reader gives it; ``between`` is called before each batch of it."""

    rows: list[Row]
    between: Callable[[int], None] = lambda batch: None
    digest: str = "d" * 64
    #: Batches given out so far: the first half for the survey, the second to be written.
    given: int = field(default=0)

    def __iter__(self) -> Iterator[list[Row | BadRow]]:
        for first in range(0, len(self.rows), 1000):
            self.between(self.given)
            self.given += 1
            yield list(self.rows[first : first + 1000])


async def take(
    book: Book,
    source: Rows,
    *,
    by: str = "Camille",
    mode: str = "replace",
    now: Callable[[], datetime] = lambda: NOW,
) -> ImportReport:
    start = ImportStart(
        audience=STAFF, file_hash="d" * 64, origin="un essai", basis="contract", mode=mode
    )
    return await import_contacts(source, book.contact_files, start, now, by=by, confirmed=True)


def crowd(first: int, last: int) -> list[Row]:
    return [person(number, phone=None, agreed=()) for number in range(first, last)]


async def members(book: Book) -> int:
    return await book.contact_files.count_active(STAFF)


async def end_leases(book: Book) -> None:
    """As when so much time has passed: the server's clock is nobody's to set."""
    past = datetime(2020, 1, 1, tzinfo=UTC)
    await book.ledger.database.write(
        lambda connection: connection.execute(update(lease).values(until=past))
    )


async def test_the_second_of_two_imports_is_told_who_runs_and_since_when(book: Book) -> None:
    held = await book.contact_files.take_lease(import_of("staff"), "Ana on h, process 7", NOW)

    with pytest.raises(UnderWay) as told:
        await take(book, Rows(crowd(1, 3)))

    assert "Ana on h, process 7" in str(told.value)
    assert f"since {held.since:%Y-%m-%d %H:%M:%S} UTC" in str(told.value)
    assert await members(book) == 0
    assert await book.rows(import_) == []


async def test_another_audiences_import_waits_for_nobody(book: Book) -> None:
    await book.contact_files.take_lease(import_of(PATIENTS.source), "Ana", NOW)

    assert (await take(book, Rows(crowd(1, 3)))).rows == 2


async def test_a_dry_run_holds_nobody_up(book: Book) -> None:
    await book.contact_files.take_lease(import_of("staff"), "Ana", NOW)
    start = ImportStart(audience=STAFF, file_hash="d", origin="x", basis="contract", mode="add")

    report = await import_contacts(
        Rows(crowd(1, 3)), book.contact_files, start, lambda: NOW, dry_run=True
    )

    assert report.rows == 2


async def test_an_import_that_ended_lets_go_at_once_however_it_ended(book: Book) -> None:
    def fail(batch: int) -> None:
        if batch == 1:
            raise OSError("the stick was pulled out")

    with pytest.raises(OSError, match="stick"):
        await take(book, Rows(crowd(1, 3), fail))
    await take(book, Rows(crowd(1, 3)))
    await take(book, Rows(crowd(1, 3)))

    assert await book.rows(lease) == []


async def test_a_killed_imports_lease_ends_within_a_minute(book: Book) -> None:
    taken = await book.contact_files.take_lease(import_of("staff"), "killed", NOW)
    (row,) = await book.rows(lease)
    assert timedelta() < row.until - taken.since <= HOLD <= timedelta(seconds=60)

    await end_leases(book)
    await take(book, Rows(crowd(1, 3)))

    assert await members(book) == 2


async def test_a_lease_of_a_clock_that_was_ahead_holds_nobody_up(book: Book) -> None:
    await book.contact_files.take_lease(import_of("staff"), "yesterday's clock", NOW)
    ahead = datetime(2099, 1, 1, tzinfo=UTC)
    await book.ledger.database.write(
        lambda connection: connection.execute(update(lease).values(until=ahead))
    )

    await take(book, Rows(crowd(1, 3)))

    assert await members(book) == 2


async def test_of_two_imports_at_once_one_is_whole_and_one_did_nothing(
    book: Book, elsewhere: Book
) -> None:
    everybody = crowd(1, 3000)
    await take(book, Rows(everybody))

    ended = await asyncio.gather(
        take(book, Rows(everybody)), take(elsewhere, Rows(everybody)), return_exceptions=True
    )

    assert [type(one) for one in ended if not isinstance(one, ImportReport)] == [UnderWay]
    assert await members(book) == len(everybody)


async def test_an_import_taken_for_dead_writes_nothing_more_and_ends_nobody(
    book: Book, ledger_url: str, keys_file: Path
) -> None:
    """It stands still between two groups while another import of the audience begins and ends."""
    everybody = crowd(1, 2500)
    await take(book, Rows(everybody))
    last_week = Rows(crowd(1, 1500))

    async def overtake() -> None:
        elsewhere = await open_book(ledger_url, keys_file)
        await end_leases(elsewhere)
        await take(elsewhere, Rows(everybody), by="Ana")
        await elsewhere.ledger.close()

    def stand_still(batch: int) -> None:
        if batch == 3:
            # Another process, for a loop that stands still.
            with ThreadPoolExecutor(1) as thread:
                thread.submit(asyncio.run, overtake()).result()

    last_week.between = stand_still
    with pytest.raises(UnderWay, match="half-way"):
        await take(book, last_week)

    assert await members(book) == len(everybody)
    assert [row.finished_at is not None for row in await book.rows(import_)] == [True, False, True]


async def test_the_end_of_an_import_touches_nobody_whom_a_later_one_named(book: Book) -> None:
    start = ImportStart(audience=STAFF, file_hash="d", origin="x", basis="contract", mode="replace")
    await book.take_in(STAFF, *crowd(1, 4))
    earlier = await book.contact_files.begin_import(start, NOW)
    later = await book.contact_files.begin_import(start, NOW)
    await book.contact_files.take_in(STAFF, crowd(1, 2), earlier, NOW)
    await book.contact_files.take_in(STAFF, crowd(1, 3), later, NOW)

    ended = await book.contact_files.finish_import(earlier, {}, NOW, complete=STAFF)

    assert ended == 1
    assert await members(book) == 2


async def test_an_import_cut_short_is_said_again_and_nobody_is_lost(book: Book) -> None:
    await take(book, Rows(crowd(1, 2500)))

    def killed(batch: int) -> None:
        if batch == 4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        await take(book, Rows(crowd(500, 3000), killed))
    assert await members(book) >= 2499

    await take(book, Rows(crowd(500, 3000)))

    assert await members(book) == 2500


async def test_keys_are_not_rotated_while_people_come_in_nor_the_other_way_round(
    book: Book,
) -> None:
    importing: Lease = await book.contact_files.take_lease(import_of("staff"), "Ana", NOW)
    with pytest.raises(UnderWay, match="import of staff"):
        await book.contact_files.take_lease(ROTATION, "Camille", NOW)
    await book.contact_files.let_go(importing)

    await book.contact_files.take_lease(ROTATION, "Camille", NOW)
    with pytest.raises(UnderWay, match="key rotation"):
        await take(book, Rows(crowd(1, 3)))


# What a membership that ended for a moment costs


async def leave_while_it_runs(book: Book) -> None:
    """Three people wait; the second is missing from a complete file when the sender gets there."""
    await take(book, Rows(crowd(1, 4)))
    await book.plan()
    await take(book, Rows([person(1), person(3)]), now=lambda: DUE)
    claim = await book.claim()
    due = await book.ledger.due(claim, DUE, 10)
    assert len(await book.ledger.take_intents(claim, [one.delivery_id for one in due], DUE)) == 2
    await book.ledger.release(claim)
    assert await book.states() == {"sending": 2, "left-out left-audience": 1}


async def test_who_is_named_again_before_the_limit_gets_the_message(book: Book) -> None:
    await leave_while_it_runs(book)
    (one,) = await book.ledger.occurrences()
    await book.ledger.set_state(one.occurrence_id, OccurrenceState.FINISHED)

    await take(book, Rows(crowd(1, 4)), now=lambda: DUE + timedelta(hours=1))

    assert await book.states() == {"sending": 2, "waiting": 1}
    claim = await book.claim(DUE + timedelta(hours=2))
    (due,) = await book.ledger.due(claim, DUE + timedelta(hours=2), 10)
    assert due.to == "p2@example.org"
    assert [row.state for row in await book.rows(occurrence)] == ["running"]


async def test_what_the_version_before_cancelled_waits_again_too(book: Book) -> None:
    await leave_while_it_runs(book)
    await book.ledger.database.write(
        lambda connection: connection.execute(
            update(delivery)
            .where(delivery.c.state == DeliveryState.LEFT_OUT)
            .values(state=DeliveryState.CANCELLED, reason="left the audience")
        )
    )

    await take(book, Rows(crowd(1, 4)), now=lambda: DUE + timedelta(hours=1))

    assert await book.states() == {"sending": 2, "waiting": 1}


@pytest.mark.parametrize(
    ("state", "after"),
    [
        (OccurrenceState.CANCELLED, timedelta(hours=1)),
        (OccurrenceState.RUNNING, timedelta(hours=49)),
    ],
)
async def test_what_is_over_stays_over(
    book: Book, state: OccurrenceState, after: timedelta
) -> None:
    await leave_while_it_runs(book)
    (one,) = await book.ledger.occurrences()
    await book.ledger.set_state(one.occurrence_id, state)

    await take(book, Rows(crowd(1, 4)), now=lambda: DUE + after)

    assert await book.states() == {"sending": 2, "left-out left-audience": 1}
    assert {row.state for row in await book.rows(batch)} == {"done"}


async def test_an_address_that_somebody_else_was_served_at_meanwhile_is_not_served_again(
    book: Book,
) -> None:
    await leave_while_it_runs(book)
    await book.take_in(PATIENTS, person(9, email="p2@example.org"))
    await book.plan("email", PATIENTS)

    await take(book, Rows(crowd(1, 4)), now=lambda: DUE + timedelta(hours=1))

    assert await book.states() == {"sending": 2, "left-out duplicate": 1, "waiting": 1}


async def test_people_come_in_while_a_sending_runs(book: Book) -> None:
    """Between any two groups of an import the sender takes its intents: everybody gets one."""
    everybody = [replace(one, fields={"prenom": "Zoë"}) for one in crowd(1, 2500)]
    await take(book, Rows(everybody))
    await book.plan()
    sent: set[int] = set()

    async def send(at: datetime) -> None:
        claim = await book.claim(at)
        due = await book.ledger.due(claim, at, 400)
        sent.update(await book.ledger.take_intents(claim, [one.delivery_id for one in due], at))
        await book.ledger.release(claim)

    lease_held = await book.contact_files.take_lease(import_of("staff"), "Ana", DUE)
    start = ImportStart(audience=STAFF, file_hash="d", origin="x", basis="contract", mode="replace")
    number = await book.contact_files.begin_import(start, DUE, lease_held)
    for first in range(0, len(everybody), 1000):
        await send(DUE)
        group = everybody[first : first + 1000]
        await book.contact_files.take_in(STAFF, group, number, DUE, lease_held)
    await book.contact_files.finish_import(number, {}, DUE, lease_held, complete=STAFF)
    while (await book.states())["waiting"]:
        await send(DUE)

    assert len(sent) == len(everybody)
    assert await book.states() == {"sending": len(everybody)}
    active = await book.rows(select(contact).where(contact.c.active == 1))
    assert len(active) == len(everybody)
