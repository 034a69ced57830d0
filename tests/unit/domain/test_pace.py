"""How fast messages may leave: buckets, daily allowances, and the groups that are paced apart."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.domain.delivery import DeliveryState
from scheduler.domain.measure.destinations import DEFAULT_GROUPS, DestinationGroup, Destinations
from scheduler.domain.measure.pace import (
    Level,
    SpendCap,
    WarmUp,
    fitting,
    full,
    largest,
    local_day,
    next_day,
)

NOON = datetime(2026, 10, 5, 10, tzinfo=UTC)
SECOND = timedelta(seconds=1)
PARIS = "Europe/Paris"


@pytest.mark.parametrize(
    ("tokens", "rate", "wanted", "least", "granted"),
    [
        (5.0, 5, 3, 1, 3),
        (2.7, 5, 50, 1, 2),
        (0.9, 5, 1, 1, 0),
        (-2.0, 1, 1, 1, 0),
        # Fewer than the first message takes.
        (2.0, 5, 4, 3, 0),
        # Larger than the bucket: when it is full, and not before.
        (1.0, 1, 3, 3, 3),
        (0.5, 1, 3, 3, 0),
        (5.0, 5, 0, 1, 0),
    ],
)
def test_a_bucket_gives_whole_tokens_and_nothing_less_than_the_first_message_takes(
    tokens: float, rate: float, wanted: int, least: int, granted: int
) -> None:
    assert Level(tokens=tokens, at=NOON).grants(wanted, least, rate) == granted


@pytest.mark.parametrize(
    ("rate", "seconds", "tokens"),
    [(10, 0.5, 5), (10, 60, 10), (0.2, 2.5, 0.5), (0.2, 3600, 1), (10, -5, 0)],
)
def test_a_bucket_fills_to_a_second_s_worth_and_not_backwards(
    rate: float, seconds: float, tokens: float
) -> None:
    found = Level(tokens=0, at=NOON).filled(NOON + timedelta(seconds=seconds), rate)

    assert found.tokens == pytest.approx(tokens)
    assert found.at == max(NOON, NOON + timedelta(seconds=seconds))


def test_a_bucket_dated_by_a_clock_that_was_wrong_begins_anew() -> None:
    wrong = Level(tokens=0, at=NOON + timedelta(hours=1))

    first = wrong.filled(NOON, 10)
    then = first.filled(NOON + SECOND, 10)

    assert (first.tokens, first.at) == (0, NOON)
    assert then.tokens == 10


@given(
    rate=st.sampled_from([0.25, 1.0, 3.0, 50.0]),
    steps=st.lists(
        st.tuples(
            st.integers(min_value=-5_000, max_value=5_000),
            st.integers(min_value=1, max_value=80),
            st.integers(min_value=1, max_value=4),
        ),
        max_size=60,
    ),
)
def test_whoever_asks_with_whatever_clock_no_more_leaves_than_the_rate(
    rate: float, steps: list[tuple[int, int, int]]
) -> None:
    level, total, latest = full(rate, NOON), 0, NOON
    for number, (skew, wanted, least) in enumerate(steps):
        now = NOON + number * SECOND + timedelta(milliseconds=skew)
        latest = max(latest, now)
        level = level.filled(now, rate)
        granted = level.grants(max(wanted, least), least, rate)
        total += granted
        level = Level(tokens=level.tokens - granted, at=level.at)

    assert total <= largest(rate) + rate * (latest - NOON).total_seconds() + 4


WARMING = WarmUp(
    channel="email", zone=PARIS, since=date(2026, 9, 1), first_day=200, growth=1.5, full=50_000
)


@pytest.mark.parametrize(
    ("day", "messages"),
    [
        (date(2026, 8, 1), 200),
        (date(2026, 9, 1), 200),
        (date(2026, 9, 2), 300),
        (date(2026, 9, 3), 450),
        (date(2026, 9, 14), 38_923),
        (date(2026, 9, 15), None),
        (date(2046, 9, 15), None),
    ],
)
def test_a_new_address_warms_up_day_by_day_until_nothing_limits_it(
    day: date, messages: int | None
) -> None:
    assert WARMING.limit(day) == messages


def test_what_fits_is_taken_in_order_and_nothing_overtakes() -> None:
    found = fitting({1: 5, 2: 4, 3: 2, 4: 1}, used=1, limit=10)

    assert found.granted == {1: 5, 2: 4}
    assert found.is_used_up


def test_what_no_day_has_room_for_holds_nobody_else_up() -> None:
    found = fitting({1: 11, 2: 4}, used=0, limit=10)

    assert (found.granted, found.too_large, found.is_used_up) == ({2: 4}, {1: 11}, False)


def test_without_a_limit_everything_fits() -> None:
    assert fitting({1: 1, 2: 1}, used=10**9, limit=None).granted == {1: 1, 2: 1}


@pytest.mark.parametrize(
    ("state", "cost", "spent", "warmed"),
    [
        (DeliveryState.SENT, 798, 0, 0),
        # Twilio counted a segment more than we did.
        (DeliveryState.SENT, 1596, -798, 0),
        (DeliveryState.UNCERTAIN, 0, 0, 0),
        (DeliveryState.FAILED, 0, 798, 0),
        (DeliveryState.WAITING, 0, 798, 1),
    ],
)
def test_only_what_came_to_nothing_is_given_back(
    state: DeliveryState, cost: int, spent: int, warmed: int
) -> None:
    cap = SpendCap(channel="sms", zone=PARIS, amount=10_000)

    assert cap.returned(798, state, cost) == spent
    assert WARMING.returned(798, state, cost) == warmed


def test_a_day_is_the_organisation_s_own_even_where_clocks_change() -> None:
    before = datetime(2026, 10, 24, 21, 59, tzinfo=UTC)

    assert local_day(before, PARIS) == date(2026, 10, 24)
    assert next_day(before, PARIS) == datetime(2026, 10, 24, 22, tzinfo=UTC)
    # The day that has 25 hours.
    assert next_day(next_day(before, PARIS), PARIS) == datetime(2026, 10, 25, 23, tzinfo=UTC)
    assert local_day(before, "Indian/Reunion") == date(2026, 10, 25)


@pytest.mark.parametrize(
    ("address", "group"),
    [
        ("anne@orange.fr", "orange"),
        ("anne@Wanadoo.FR", "orange"),
        ("anne@mail.orange.fr", ""),
        ("anne@neuf.fr", "sfr"),
        ("anne@laposte.net", "laposte"),
        ("anne@gmail.com", "gmail"),
        ("anne@hotmail.fr", "microsoft"),
        ("anne@hotmail.co.uk", "microsoft"),
        ("anne@live.com.mx", "microsoft"),
        ("anne@live.example.org", ""),
        ("anne@yahoo.fr", "yahoo"),
        ("anne@notyahoo.fr", ""),
        ("anne@example.org", ""),
        ("+33639980001", ""),
    ],
)
def test_an_address_belongs_to_the_servers_of_its_domain(address: str, group: str) -> None:
    assert Destinations().of(address) == group


def test_the_fingerprint_follows_the_domains_and_not_how_fast_they_go() -> None:
    shipped = Destinations()
    slower = Destinations([*DEFAULT_GROUPS[1:], _like(DEFAULT_GROUPS[0], connections=1)])
    fewer = Destinations(DEFAULT_GROUPS[1:])

    assert slower.fingerprint == shipped.fingerprint
    assert fewer.fingerprint != shipped.fingerprint


def _like(group: DestinationGroup, connections: int) -> DestinationGroup:
    return DestinationGroup(
        name=group.name,
        domains=group.domains,
        connections=connections,
        messages_per_connection=group.messages_per_connection,
    )
