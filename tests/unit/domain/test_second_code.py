"""The code of a second device: the RFCs' own vectors, a drift of one step, and no code twice."""

from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from scheduler.domain.second_code import (
    STEP,
    code_at,
    key_uri,
    make_secret,
    step_of,
    step_of_code,
    typed_secret,
)

SECRET = b"12345678901234567890"
NOW = datetime(2026, 10, 2, 8, tzinfo=UTC)


def test_the_vectors_of_rfc_4226() -> None:
    assert [code_at(SECRET, count) for count in range(10)] == [
        *("755224", "287082", "359152", "969429", "338314"),
        *("254676", "287922", "162583", "399871", "520489"),
    ]


@pytest.mark.parametrize(
    ("seconds", "sha1", "sha256", "sha512"),
    [
        (59, "94287082", "46119246", "90693936"),
        (1111111109, "07081804", "68084774", "25091201"),
        (1111111111, "14050471", "67062674", "99943326"),
        (1234567890, "89005924", "91819424", "93441116"),
        (2000000000, "69279037", "90698825", "38618901"),
        (20000000000, "65353130", "77737706", "47863826"),
    ],
)
def test_the_vectors_of_rfc_6238(seconds: int, sha1: str, sha256: str, sha512: str) -> None:
    step = step_of(datetime.fromtimestamp(seconds, UTC))
    long = (SECRET * 4)[:32], (SECRET * 4)[:64]

    assert code_at(SECRET, step, 8) == sha1
    assert code_at(long[0], step, 8, "sha256") == sha256
    assert code_at(long[1], step, 8, "sha512") == sha512


@pytest.mark.parametrize(
    ("steps", "fits"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)]
)
def test_a_clock_may_be_one_step_off(steps: int, fits: bool) -> None:
    step = step_of(NOW) + steps
    found = step_of_code(SECRET, code_at(SECRET, step), NOW, 0)

    assert found == (step if fits else None)


def test_no_code_is_taken_twice_nor_one_before_it() -> None:
    step = step_of(NOW)
    used = step_of_code(SECRET, code_at(SECRET, step), NOW, 0)
    assert used is not None

    assert step_of_code(SECRET, code_at(SECRET, step), NOW, used) is None
    assert step_of_code(SECRET, code_at(SECRET, step - 1), NOW, used) is None
    assert step_of_code(SECRET, code_at(SECRET, step + 1), NOW, used) == step + 1
    assert step_of_code(SECRET, code_at(SECRET, step), NOW + 2 * STEP, 0) is None


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "12345a", "１２３４５６", "²23456"])
def test_what_is_no_code_fits_nothing(typed: str) -> None:
    assert step_of_code(SECRET, typed, NOW, 0) is None


def test_blanks_in_a_code_count_for_nothing() -> None:
    code = code_at(SECRET, step_of(NOW))

    assert step_of_code(SECRET, f" {code[:3]} {code[3:]} ", NOW, 0) == step_of(NOW)


def test_a_clock_that_went_back_takes_no_used_code() -> None:
    used = step_of(NOW)
    earlier = NOW - timedelta(hours=1)

    assert step_of_code(SECRET, code_at(SECRET, step_of(earlier)), earlier, used) is None


def test_an_authenticator_reads_the_key() -> None:
    uri = urlsplit(key_uri(SECRET, "Camille Moreau & co", "Réflexe : Essai"))
    told = parse_qs(uri.query)

    assert (uri.scheme, uri.netloc) == ("otpauth", "totp")
    assert uri.path == "/R%C3%A9flexe%20%3A%20Essai:Camille%20Moreau%20%26%20co"
    assert told == {"secret": ["GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"], "issuer": ["Réflexe : Essai"]}
    assert typed_secret(SECRET).replace(" ", "") == told["secret"][0]
    assert len({make_secret() for _ in range(10)}) == 10
    assert len(make_secret()) == 20
