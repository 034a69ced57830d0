"""When to try again, and what an SMS costs."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from random import Random

import pytest

from scheduler.domain.measure.prices import Prices, euros
from scheduler.domain.retry import next_attempt, rest

NOW = datetime(2026, 10, 4, 8, tzinfo=UTC)


@pytest.mark.parametrize(
    ("attempts", "minutes"), [(0, 1), (1, 1), (2, 2), (3, 4), (5, 16), (6, 30), (7, 30), (99, 30)]
)
def test_a_retry_waits_twice_as_long_each_time_up_to_half_an_hour(
    attempts: int, minutes: int
) -> None:
    shortest = timedelta(minutes=minutes)
    waits = [next_attempt(attempts, NOW, Random(seed)) - NOW for seed in range(200)]  # noqa: S311 - repeatable

    assert all(shortest <= wait <= shortest * 1.25 for wait in waits)
    assert max(waits) - min(waits) > shortest * 0.2


def test_a_time_that_was_asked_for_is_respected() -> None:
    chance = Random(1)  # noqa: S311 - a test's jitter can be repeated

    assert next_attempt(1, NOW, chance, least=timedelta(hours=2)) - NOW >= timedelta(hours=2)
    assert next_attempt(3, NOW, chance, least=timedelta(seconds=5)) - NOW >= timedelta(minutes=4)


def test_a_channel_rests_longer_at_each_failure_up_to_ten_minutes() -> None:
    rests = [rest(failures) for failures in range(1, 12)]

    assert rests[0] == timedelta(seconds=30)
    assert rests == sorted(rests)
    assert rests[-1] == timedelta(minutes=10)


@pytest.mark.parametrize(
    ("number", "segments", "cost"),
    [
        ("+33639980001", 0, 0),
        ("+33639980001", 1, 798),
        ("+33639980001", 3, 2394),
        ("+262639980001", 1, 1200),
        ("+262692000001", 2, 3000),
    ],
)
def test_the_longest_prefix_has_the_price(number: str, segments: int, cost: int) -> None:
    prices = Prices(
        default=Decimal("0.0798"),
        by_prefix={"+262": Decimal("0.12"), "+262692": Decimal("0.15")},
    )

    assert prices.cost(number, segments) == cost


def test_sums_are_exact_in_euros() -> None:
    prices = Prices(default=Decimal("0.0798"))

    assert euros(sum(prices.cost("+33639980001", 1) for _ in range(1000))) == Decimal("79.8")
