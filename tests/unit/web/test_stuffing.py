"""What is counted of forms that anybody may send."""

from datetime import UTC, datetime, timedelta

import pytest

from scheduler.domain.names.tokens import FormToken
from scheduler.store.keys.sealing import make_keys
from scheduler.store.keys.tokens import Tokens
from scheduler.web.public.stuffing import EACH, FORM_LIFE, SHARED, WINDOW, Gate, network_of

NOW = datetime(2026, 10, 5, 9, tzinfo=UTC)


def form(number: int, made_at: datetime = NOW) -> FormToken:
    return FormToken(page="/quiz/verrou", made_at=made_at, nonce=number.to_bytes(8, "big"))


def test_a_form_is_counted_once() -> None:
    gate = Gate()

    assert [gate.admits(form(1), "192.0.2.1", NOW) for _ in range(3)] == [True, False, False]
    assert gate.admits(form(2), "192.0.2.1", NOW)


def test_a_copy_that_many_have_is_counted_for_each() -> None:
    gate = Gate()
    shared = FormToken(page="/m/x", made_at=NOW, nonce=SHARED)

    assert [gate.admits(shared, "192.0.2.1", NOW) for _ in range(3)] == [True] * 3


@pytest.mark.parametrize(
    "made_at", [NOW - FORM_LIFE, NOW - timedelta(days=9), NOW + timedelta(hours=1)]
)
def test_an_old_form_or_one_of_tomorrow_is_not_counted(made_at: datetime) -> None:
    assert not Gate().admits(form(1, made_at), "192.0.2.1", NOW)


def test_a_network_has_its_share_whatever_address_it_takes() -> None:
    gate = Gate()

    taken = [gate.admits(form(n), f"192.0.2.{n % 250}", NOW) for n in range(1, 1001)]

    assert taken.count(True) == EACH
    assert gate.admits(form(2000), "198.51.100.7", NOW)
    assert gate.admits(form(2001, NOW + WINDOW), "192.0.2.3", NOW + WINDOW)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("192.0.2.1", "192.0.2.200", True),
        ("192.0.2.1", "192.0.3.1", False),
        ("2001:db8:1:1::1", "2001:db8:1:ffff::2", True),
        ("2001:db8:1::1", "2001:db8:2::1", False),
        ("::ffff:192.0.2.1", "192.0.2.9", True),
        ("testclient", "testclient", True),
    ],
)
def test_which_addresses_are_one_network(one: str, other: str, same: bool) -> None:
    assert (network_of(one) == network_of(other)) is same


def test_what_was_sent_is_forgotten_with_its_form() -> None:
    gate = Gate()
    for number in range(1, 100):
        gate.admits(form(number), "192.0.2.1", NOW)

    gate.admits(form(1000, NOW + 3 * FORM_LIFE), "192.0.2.1", NOW + 3 * FORM_LIFE)

    assert len(gate._spent) == 1


def test_a_token_opens_for_its_own_page_alone() -> None:
    tokens = Tokens(make_keys())
    text = tokens.form(form(7))

    assert tokens.open_form(text, "/quiz/verrou") == form(7)
    assert tokens.open_form(text, "/quiz/serrure") is None
    assert tokens.open_form(text[:-1] + ("A" if text[-1] != "A" else "B"), "/quiz/verrou") is None
    assert tokens.open_form(tokens.subscription(7), "/quiz/verrou") is None
    assert tokens.open_form("", "/quiz/verrou") is None
    assert tokens.open_subscription(text) is None
