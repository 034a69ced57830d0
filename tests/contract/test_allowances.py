"""What a day may cost, and how many messages a new address may send in it, on both databases."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from scheduler.domain.alarms.raising import Thresholds
from scheduler.domain.calendar.campaigns import Occurrence
from scheduler.domain.calendar.windows import Hours
from scheduler.domain.delivery import DeliveryState, Outcome
from scheduler.domain.ids import DeliveryId
from scheduler.domain.measure.pace import Allowance, SpendCap, WarmUp, next_day
from scheduler.domain.sending import Claim
from scheduler.flow.watching.alarms import AlarmWatch
from scheduler.store.reading.gauges import GaugeLedger
from scheduler.store.schema.running_tables import allowance
from scheduler.store.schema.tables import alarm, delivery
from tests.samples.ledger import STAFF, Book, open_book, person

PARIS = "Europe/Paris"
#: Monday 5 October 2026, noon in Paris.
NOON = datetime(2026, 10, 5, 10, tzinfo=UTC)
MIDNIGHT = next_day(NOON, PARIS)
SEGMENT = 798
#: A euro buys a dozen segments.
CAP = SpendCap(channel="sms", zone=PARIS, amount=10_000)
MONDAY = Occurrence(campaign="cybermois", episode="1-porte", season="2026", date=date(2026, 10, 5))


async def planned(book: Book, people: int, limit: Allowance = CAP) -> Claim:
    """A batch of messages to so many people, claimed, on a ledger with this allowance."""
    await book.take_in(STAFF, *(person(number) for number in range(1, people + 1)))
    count = await book.plan(limit.channel, STAFF, one=MONDAY, due_at=NOON)
    assert count is not None
    return await claimed(book, count.slot_id, limit)


async def claimed(book: Book, slot: int, limit: Allowance = CAP, now: datetime = NOON) -> Claim:
    book.ledger.allowances = [limit]
    claim = await book.ledger.claim([slot], "essai", now)
    assert claim is not None
    return claim


def costs(first: int, last: int, each: int = SEGMENT) -> Mapping[int, int]:
    return dict.fromkeys(range(first, last + 1), each)


async def intend(
    book: Book, claim: Claim, wanted: Mapping[int, int], now: datetime = NOON
) -> set[int]:
    return await book.ledger.take_intents(claim, list(wanted), now, wanted)


async def spent(book: Book) -> dict[str, int]:
    """By day, what the ledger counts."""
    return {row.day: row.used for row in await book.rows(allowance)}


def outcome(row: int, state: DeliveryState, cost: int = 0) -> Outcome:
    return Outcome(
        delivery_id=DeliveryId(row), state=state, at=NOON + timedelta(seconds=1), cost=cost
    )


async def test_what_a_day_has_no_money_for_waits_for_the_next_and_an_alarm_says_so(
    book: Book,
) -> None:
    claim = await planned(book, people=20)

    assert await intend(book, claim, costs(1, 10)) == set(range(1, 11))
    assert await intend(book, claim, costs(11, 16)) == {11, 12}
    await book.ledger.release(claim)

    rows = await book.rows(delivery)
    assert {row.state for row in rows[12:]} == {"waiting"}
    # Those that were asked for, and the rest of the batch.
    assert {(row.at, row.attempts, row.reason) for row in rows[12:]} == {(MIDNIGHT, 0, "spend-cap")}
    (told,) = await book.rows(alarm)
    assert (told.kind, told.subject, told.detail) == ("spend-cap", "sms", "2026-10-05: 1.00 EUR")
    assert await spent(book) == {"2026-10-05": 12 * SEGMENT}
    assert await book.ledger.next_ready() == MIDNIGHT


async def test_the_alarm_is_over_with_the_day(book: Book) -> None:
    claim = await planned(book, people=13)
    await intend(book, claim, costs(1, 13))
    watch = AlarmWatch(
        ledger=GaugeLedger(book.ledger.database),
        hours=Hours(),
        thresholds=Thresholds(
            backlog=timedelta(hours=1),
            disk_free=0,
            certificate=timedelta(days=14),
            bounce_rate=Decimal(5),
            complaint_rate=Decimal(1),
            rate_messages=1000,
        ),
        zone=PARIS,
        free=dict,
        certificates=dict,
    )

    await watch.look(MIDNIGHT - timedelta(seconds=1))
    assert [one.kind for one in await watch.ledger.open_alarms()] == ["spend-cap"]

    await watch.look(MIDNIGHT)
    assert await watch.ledger.open_alarms() == []


async def test_the_next_day_has_its_own_money(book: Book) -> None:
    claim = await planned(book, people=14)
    await intend(book, claim, costs(1, 14))
    await book.ledger.release(claim)

    again = await claimed(book, claim.slot_id, now=MIDNIGHT)
    due = await book.ledger.due(again, MIDNIGHT, 50)

    assert [one.delivery_id for one in due] == [13, 14]
    assert await intend(book, again, costs(13, 14), MIDNIGHT) == {13, 14}
    assert await spent(book) == {"2026-10-05": 12 * SEGMENT, "2026-10-06": 2 * SEGMENT}


async def test_what_came_to_nothing_is_given_back_and_what_may_have_left_is_kept(
    book: Book,
) -> None:
    claim = await planned(book, people=12)
    await intend(book, claim, costs(1, 12))

    await book.ledger.record(
        [
            outcome(1, DeliveryState.SENT, SEGMENT),
            # Counted as two segments by the provider.
            outcome(2, DeliveryState.SENT, 2 * SEGMENT),
            outcome(3, DeliveryState.UNCERTAIN),
            outcome(4, DeliveryState.FAILED),
            outcome(5, DeliveryState.WAITING),
        ]
    )

    kept = {row.id: row.cost for row in await book.rows(delivery)}
    assert [kept[one] for one in range(1, 6)] == [SEGMENT, 2 * SEGMENT, SEGMENT, 0, 0]
    assert await spent(book) == {"2026-10-05": sum(kept.values())} == {"2026-10-05": 11 * SEGMENT}


async def test_an_outcome_said_twice_is_given_back_once(book: Book) -> None:
    claim = await planned(book, people=2)
    await intend(book, claim, costs(1, 2))

    for _ in range(2):
        await book.ledger.record([outcome(1, DeliveryState.FAILED)])

    assert await spent(book) == {"2026-10-05": SEGMENT}


async def test_what_left_before_midnight_is_given_back_to_its_own_day(book: Book) -> None:
    claim = await planned(book, people=1)
    last = MIDNIGHT - timedelta(seconds=1)
    await intend(book, claim, costs(1, 1), last)

    at = MIDNIGHT + timedelta(seconds=1)
    await book.ledger.record(
        [Outcome(delivery_id=DeliveryId(1), state=DeliveryState.FAILED, at=at)]
    )

    assert await spent(book) == {"2026-10-05": 0}


async def test_the_cap_holds_over_a_restart_and_for_a_second_daemon(
    book: Book, ledger_url: str, keys_file: Path
) -> None:
    claim = await planned(book, people=20)
    await intend(book, claim, costs(1, 10))
    # Killed: nothing of the ten is written down.
    other = await open_book(ledger_url, keys_file)
    later = NOON + timedelta(hours=1)
    again = await claimed(other, claim.slot_id, now=later)

    assert await intend(other, again, costs(11, 20), later) == {11, 12}
    await other.ledger.close()


async def test_an_sms_dearer_than_the_whole_cap_waits_alone_and_the_alarm_says_why(
    book: Book,
) -> None:
    claim = await planned(book, people=3)

    assert await intend(book, claim, {1: SEGMENT, 2: 20_000, 3: SEGMENT}) == {1, 3}

    (told,) = await book.rows(alarm)
    assert told.detail == "an SMS costs 2.00 EUR, the cap of a day is 1.00 EUR"
    second = (await book.rows(delivery))[1]
    assert (second.state, second.at) == ("waiting", MIDNIGHT)


async def test_what_waits_for_money_until_its_time_is_over_says_so(book: Book) -> None:
    claim = await planned(book, people=13)
    await intend(book, claim, costs(1, 13))
    await book.ledger.release(claim)

    await book.ledger.expire(NOON + timedelta(hours=49))

    last = (await book.rows(delivery))[-1]
    assert (last.state, last.reason) == ("failed", "expired, spend-cap")


async def test_a_new_address_sends_what_its_day_allows_and_what_came_back_counts_once(
    book: Book,
) -> None:
    warming = WarmUp(
        channel="email", zone=PARIS, since=date(2026, 10, 5), first_day=3, growth=2, full=100
    )
    claim = await planned(book, people=6, limit=warming)
    free = costs(1, 4, 0)

    assert await intend(book, claim, free) == {1, 2, 3}
    await book.ledger.record(
        [
            outcome(1, DeliveryState.SENT),
            outcome(2, DeliveryState.FAILED),
            outcome(3, DeliveryState.WAITING),
        ]
    )

    assert await spent(book) == {"2026-10-05": 2}
    assert await intend(book, claim, costs(3, 3, 0)) == {3}
    assert (await book.rows(delivery))[3].reason == "warm-up"
    assert await book.rows(alarm) == []
