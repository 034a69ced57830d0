"""Circuit breakers: open, half-open for one sender alone, closed; on either database."""

from datetime import timedelta

from scheduler.domain.sending import Lane
from scheduler.store.sending.breakers import PROBE
from tests.samples.ledger import DUE, Book

EMAIL = Lane(channel="email")
ORANGE = Lane(channel="email", destination="orange", connections=3)
SMS = Lane(channel="sms")
SECOND = timedelta(seconds=1)


async def test_a_lane_rests_longer_at_each_failure_in_a_row(book: Book) -> None:
    first = await book.ledger.trip(ORANGE, "451", DUE)
    second = await book.ledger.trip(ORANGE, "451", first)
    third = await book.ledger.trip(ORANGE, "451", second)

    assert DUE < first < second < third
    assert third - second == 2 * (second - first) == 4 * (first - DUE)


async def test_what_was_under_way_as_it_opened_counts_once(book: Book) -> None:
    until = await book.ledger.trip(EMAIL, "connect", DUE)

    assert await book.ledger.trip(EMAIL, "connect", DUE + SECOND) == until

    (rest,) = await book.ledger.rests()
    assert (rest.failures, rest.reason, rest.half_open) == (1, "connect", False)


async def test_why_it_rests_is_kept_without_an_address(book: Book) -> None:
    await book.ledger.trip(EMAIL, "450 <marie@example.org> +33 6 39 98 00 01 not now", DUE)

    (rest,) = await book.ledger.rests()
    assert rest.reason == "450 [address] [number] not now"


async def test_a_channel_that_rests_holds_its_lanes_and_no_other_channel(book: Book) -> None:
    await book.ledger.trip(EMAIL, "connect", DUE)

    assert [one.reason for one in await book.ledger.resting(ORANGE)] == ["connect"]
    assert await book.ledger.resting(SMS) == []


async def test_a_group_that_rests_holds_nobody_else(book: Book) -> None:
    await book.ledger.trip(ORANGE, "451", DUE)

    assert await book.ledger.resting(EMAIL) == []
    assert await book.ledger.resting(Lane(channel="email", destination="free")) == []


async def test_after_the_rest_one_sender_alone_tries(book: Book) -> None:
    until = await book.ledger.trip(EMAIL, "connect", DUE)
    (rest,) = await book.ledger.resting(EMAIL)

    assert not await book.ledger.probe(rest, until - SECOND)
    assert await book.ledger.probe(rest, until)
    assert not await book.ledger.probe(rest, until)

    (trial,) = await book.ledger.resting(EMAIL)
    assert trial.half_open
    # Should the one who tries die with it.
    assert await book.ledger.probe(rest, until + PROBE)


async def test_a_trial_that_tried_nothing_is_another_ones(book: Book) -> None:
    until = await book.ledger.trip(EMAIL, "connect", DUE)
    (rest,) = await book.ledger.resting(EMAIL)
    await book.ledger.probe(rest, until)

    await book.ledger.end_probe(ORANGE, until)

    assert await book.ledger.probe(rest, until)


async def test_an_acceptance_closes_the_lane_and_its_channel(book: Book) -> None:
    await book.ledger.trip(EMAIL, "connect", DUE)
    await book.ledger.trip(ORANGE, "451", DUE)
    await book.ledger.trip(Lane(channel="email", destination="free"), "451", DUE)

    assert await book.ledger.close_breaker(ORANGE)

    assert [one.destination for one in await book.ledger.rests()] == ["free"]
    assert not await book.ledger.close_breaker(ORANGE)


async def test_a_start_tries_at_once(book: Book) -> None:
    await book.ledger.trip(EMAIL, "535", DUE, timedelta(minutes=15))

    await book.ledger.try_again(["email"], DUE + SECOND)

    (rest,) = await book.ledger.resting(EMAIL)
    assert await book.ledger.probe(rest, DUE + SECOND)
