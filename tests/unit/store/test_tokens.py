"""Tokens in links: they open for what they were made, and nothing else opens."""

import base64
import secrets

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.domain.ids import AddressId, ContactId, DeliveryId
from scheduler.domain.names.tokens import DeliveryToken, MessageTokens, OptOutToken
from scheduler.store.keys.sealing import Keys, Secret
from scheduler.store.keys.tokens import Tokens
from scheduler.store.people.short_tokens import SHORT_ALPHABET, make_short_tokens

KEYS = Keys([Secret(id="a", value=b"k" * 32)])
TOKEN = OptOutToken(address_id=AddressId(12), contact_id=ContactId(34))


@pytest.fixture
def tokens() -> Tokens:
    return Tokens(KEYS)


def test_a_token_opens_to_what_it_was_made_of(tokens: Tokens) -> None:
    test = OptOutToken(address_id=AddressId(12), contact_id=ContactId(34), test=True)

    assert tokens.open_optout(tokens.optout(TOKEN)) == TOKEN
    assert tokens.open_optout(tokens.optout(test)) == test
    assert tokens.open_delivery(tokens.delivery(2**60)) == DeliveryToken(
        delivery_id=DeliveryId(2**60)
    )


def test_a_token_is_stable_and_each_is_another(tokens: Tokens) -> None:
    assert tokens.delivery(1) == Tokens(KEYS).delivery(1)
    made = {tokens.delivery(number) for number in range(1000)}
    assert len(made) == 1000
    assert tokens.optout(TOKEN) != tokens.optout(
        OptOutToken(address_id=AddressId(12), contact_id=ContactId(35))
    )


def test_a_token_can_stand_in_an_address_and_in_a_local_part(tokens: Tokens) -> None:
    for text in (tokens.optout(TOKEN), tokens.delivery(1)):
        assert len(text) <= 64
        assert all(letter.isalnum() or letter in "-_" for letter in text)


def test_a_bounce_token_fits_a_local_part_in_any_case(tokens: Tokens) -> None:
    text = tokens.bounce(2**62 + 7)

    assert len(f"b+{text}") <= 64
    assert text == text.lower()
    assert set(text) <= set("abcdefghijklmnopqrstuvwxyz234567")
    assert tokens.open_bounce(text) == DeliveryToken(delivery_id=DeliveryId(2**62 + 7))
    assert tokens.open_bounce(text.upper()) == DeliveryToken(delivery_id=DeliveryId(2**62 + 7))


def test_a_bounce_token_that_is_not_ours_opens_nothing(tokens: Tokens) -> None:
    text = tokens.bounce(7)
    other = Tokens(Keys([Secret(id="a", value=b"x" * 32)]))
    rotated = Tokens(Keys([Secret(id="Z", value=b"n" * 32), *KEYS.ring]))

    for position in range(len(text)):
        for letter in "abcdefghijklmnopqrstuvwxyz234567":
            if letter != text[position]:
                forged = text[:position] + letter + text[position + 1 :]
                assert tokens.open_bounce(forged) is None
    assert other.open_bounce(text) is None
    assert rotated.open_bounce(text) == DeliveryToken(delivery_id=DeliveryId(7))
    assert tokens.open_bounce(rotated.bounce(7)) is None
    assert tokens.open_delivery(text) is None
    for odd in ("", text[:-1], text + "a", "é" * 40, "1" * 40, tokens.delivery(7)):
        assert tokens.open_bounce(odd) is None


def test_a_token_of_another_purpose_opens_nothing(tokens: Tokens) -> None:
    assert tokens.open_delivery(tokens.optout(TOKEN)) is None
    assert tokens.open_optout(tokens.delivery(12)) is None


def test_every_changed_letter_closes_it(tokens: Tokens) -> None:
    text = tokens.optout(TOKEN)
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"

    for position in range(len(text)):
        for letter in alphabet:
            if letter != text[position]:
                forged = text[:position] + letter + text[position + 1 :]
                assert tokens.open_optout(forged) is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a",
        "é" * 40,
        "a" * 44,
        "a" * 65,
        "a" * 100_000,
        "a====",
        "../../etc/passwd",
        "\x00" * 44,
    ],
)
def test_anything_else_opens_nothing(tokens: Tokens, text: str) -> None:
    assert tokens.open_optout(text) is None
    assert tokens.open_delivery(text) is None


def test_a_truncated_or_longer_token_opens_nothing(tokens: Tokens) -> None:
    text = tokens.optout(TOKEN)

    for length in range(len(text)):
        assert tokens.open_optout(text[:length]) is None
    for more in ("=", "A", "==", "\n", " "):
        assert tokens.open_optout(text + more) is None


def test_ten_thousand_random_tries_open_nothing(tokens: Tokens) -> None:
    for _ in range(10_000):
        guess = "a" + base64.urlsafe_b64encode(secrets.token_bytes(32)).rstrip(b"=").decode()
        assert tokens.open_optout(guess) is None


def test_old_links_work_after_a_new_key_and_the_keys_decide(tokens: Tokens) -> None:
    rotated = Tokens(Keys([Secret(id="b", value=b"n" * 32), *KEYS.ring]))
    other = Tokens(Keys([Secret(id="a", value=b"x" * 32)]))

    assert rotated.open_optout(tokens.optout(TOKEN)) == TOKEN
    assert rotated.optout(TOKEN)[0] == "b"
    assert tokens.open_optout(rotated.optout(TOKEN)) is None
    assert other.open_optout(tokens.optout(TOKEN)) is None


def test_a_short_token_has_eight_letters_that_nobody_mistakes() -> None:
    made = make_short_tokens(2000)

    assert len(set(made)) == 2000
    assert {len(token) for token in made} == {8}
    assert set("".join(made)) == set(SHORT_ALPHABET)
    assert not set("01IO") & set(SHORT_ALPHABET)
    assert len(SHORT_ALPHABET) == 32


ROW = st.tuples(*[st.integers(min_value=0, max_value=2**63 - 1)] * 3)


@given(secret=st.binary(min_size=32, max_size=32), rows=st.lists(ROW, max_size=40))
def test_tokens_of_many_messages_are_those_of_each(
    secret: bytes, rows: list[tuple[int, int, int]]
) -> None:
    tokens = Tokens(Keys([Secret(id="b", value=secret)]))
    known = [
        (DeliveryId(delivery), AddressId(address), ContactId(contact))
        for delivery, address, contact in rows
    ]
    for test in (False, True):
        made = tokens.of_messages(known, test=test)
        assert made == [
            MessageTokens(
                optout=tokens.optout(
                    OptOutToken(address_id=address, contact_id=contact, test=test)
                ),
                bounce=tokens.bounce(delivery),
                delivery=tokens.delivery(delivery),
            )
            for delivery, address, contact in known
        ]
