"""A clock put back in mid-run: what it had dated ahead goes on, once; on either database."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import text

from scheduler.daemon.clock_watch import ClockWatch
from scheduler.domain.delivery import DeliveryState, Outcome
from scheduler.domain.ids import DeliveryId
from scheduler.domain.sending import Lane
from scheduler.store.schema.running_tables import replica
from scheduler.store.sending.claiming import LEASE
from tests.samples.ledger import DUE, STAFF, Book, person

EMAIL = Lane(channel="email")
SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
NOTHING = timedelta(0)


async def begun(book: Book, people: int = 3) -> None:
    """A run that has sent one message, by a clock that says ``DUE``."""
    await book.ledger.enter("one", "host:1", DUE)
    await book.take_in(STAFF, *(person(number) for number in range(1, people + 1)))
    await book.plan()
    claim = await book.claim()
    await book.ledger.take_intents(claim, [1], DUE)
    sent = Outcome(delivery_id=DeliveryId(1), state=DeliveryState.SENT, at=DUE, provider_id="Q1")
    await book.ledger.record([sent], [], [])
    await book.ledger.release(claim)


async def leaves(book: Book, now: datetime) -> list[int]:
    """What may be handed over now."""
    slots = [one.slot_id for one in await book.ledger.open_slots(EMAIL, now)]
    claim = await book.ledger.claim(slots, "essai", now, lane=EMAIL) if slots else None
    if claim is None:
        return []
    rows = await book.ledger.due(claim, now, 10)
    return sorted(await book.ledger.take_intents(claim, [one.delivery_id for one in rows], now))


@pytest.mark.parametrize("back", [10 * MINUTE, HOUR, 26 * HOUR])
async def test_what_was_ready_goes_on_at_once_and_nothing_twice(
    book: Book, back: timedelta
) -> None:
    await begun(book)
    now = DUE + SECOND - back
    assert await leaves(book, now) == []

    assert await book.ledger.make_ready(back, now) == 2

    assert await leaves(book, now) == [2, 3]
    assert await book.ledger.make_ready(back, now) == 0


async def test_without_knowing_by_how_much_what_no_wait_explains_goes_on(book: Book) -> None:
    await begun(book)

    assert await book.ledger.make_ready(NOTHING, DUE - HOUR) == 0
    assert await book.ledger.make_ready(NOTHING, DUE - HOUR - SECOND) == 2


async def test_what_waits_for_another_try_keeps_its_wait(book: Book) -> None:
    await begun(book)
    await wait_until(book, 2, DUE + 20 * MINUTE)

    assert await book.ledger.make_ready(10 * MINUTE, DUE - 10 * MINUTE) == 1

    assert await leaves(book, DUE - 10 * MINUTE) == [3]


async def wait_until(book: Book, row: int, at: datetime) -> None:
    milliseconds = round(at.timestamp() * 1000)
    statement = text(f"update delivery set at = {milliseconds} where id = {row}")  # noqa: S608
    await book.ledger.database.write(lambda connection: connection.execute(statement))


async def test_a_lane_that_rests_by_the_clock_before_is_tried(book: Book) -> None:
    await book.ledger.trip(EMAIL, "451", DUE)

    await book.ledger.make_ready(2 * HOUR, DUE - 2 * HOUR)

    (rest,) = await book.ledger.rests()
    assert rest.until == DUE - 2 * HOUR


async def test_a_batch_whose_holder_died_before_is_free(book: Book) -> None:
    await begun(book)
    await book.claim(DUE, owner="dead")
    now = DUE - 2 * HOUR

    await book.ledger.make_ready(2 * HOUR, now)

    # A server's replicas are judged by their signs of life, by its own clock.
    later = now + SECOND if book.ledger.database.is_sqlite else DUE + LEASE + SECOND
    assert await leaves(book, later) == [2, 3]


async def test_a_sign_of_life_from_the_time_to_come_is_none(book: Book) -> None:
    """A replica that died just before would be taken for alive until the clock has caught up."""
    await book.ledger.enter("one", "host:1", DUE)
    far = text("update replica set seen_at = 32503680000000")
    await book.ledger.database.write(lambda connection: connection.execute(far))

    await book.ledger.make_ready(NOTHING, DUE)

    (found,) = await book.rows(replica)
    assert found.seen_at.year < 3000


class Ticking:
    """The clock that nobody can set."""

    seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


async def test_it_is_noticed_at_one_look_and_told_once(book: Book) -> None:
    await begun(book)
    ticking = Ticking()
    watch = ClockWatch(ticking)
    await watch.start(book.ledger, DUE)
    for number in (2, 4):
        ticking.seconds = number
        await watch.look(book.ledger, DUE + number * SECOND)
    assert await book.ledger.open_alarms() == []

    ticking.seconds = 6
    await watch.look(book.ledger, DUE + 6 * SECOND - HOUR)

    (alarm,) = await book.ledger.open_alarms()
    assert (alarm.kind, alarm.subject) == ("clock-set-back", "daemon")
    assert alarm.detail == "by 1:00:00, to 2026-10-04 07:00:06 UTC"
    assert await leaves(book, DUE + 6 * SECOND - HOUR) == [2, 3]


async def test_a_clock_set_forward_or_trimmed_is_nobodys_alarm(book: Book) -> None:
    ticking = Ticking()
    watch = ClockWatch(ticking)
    await book.ledger.enter("one", "host:1", DUE)
    await watch.start(book.ledger, DUE)
    for ticking.seconds, wall in ((2, 3 * SECOND), (4, SECOND), (6, 2 * HOUR)):
        await watch.look(book.ledger, DUE + wall)

    assert await book.ledger.open_alarms() == []


async def test_a_look_that_failed_is_made_up_for(book: Book) -> None:
    await begun(book)
    ticking = Ticking()
    watch = ClockWatch(ticking)
    await watch.start(book.ledger, DUE)
    await book.ledger.database.write(lambda one: one.execute(text("alter table alarm rename to x")))
    with pytest.raises(Exception, match="alarm"):
        await watch.look(book.ledger, DUE - HOUR)
    await book.ledger.database.write(lambda one: one.execute(text("alter table x rename to alarm")))

    await watch.look(book.ledger, DUE - HOUR)

    assert [one.kind for one in await book.ledger.open_alarms()] == ["clock-set-back"]


async def test_a_start_after_the_clock_was_put_back_goes_on(book: Book) -> None:
    """By when the process before last looked: of the hour itself no monotonic clock remembers."""
    await begun(book)
    now = DUE - 20 * MINUTE
    await book.ledger.note_look(DUE)
    if not book.ledger.database.is_sqlite:
        looked = text(f"update replica set looked_at = {round(DUE.timestamp() * 1000)}")  # noqa: S608
        await book.ledger.database.write(lambda connection: connection.execute(looked))

    await ClockWatch(Ticking()).start(book.ledger, now)

    assert await leaves(book, now) == [2, 3]
    assert [one.kind for one in await book.ledger.open_alarms()] == ["clock-set-back"]
