"""Passwords as the program keeps them; the other tests' are hashed in a thousandth of the time."""

import time

import pytest
from argon2 import extract_parameters
from argon2.low_level import Type

from scheduler.web.desk import passwords
from scheduler.web.desk.passwords import Passwords

WORDS = "quatre mots de passe"

pytestmark = pytest.mark.usefixtures("shipped_passwords")


async def test_a_hash_costs_what_rfc_9106_asks_for() -> None:
    hashed = await Passwords().hashed(WORDS)
    asked = extract_parameters(hashed)

    assert asked.type is Type.ID
    assert (asked.time_cost, asked.memory_cost, asked.parallelism) >= (3, 64 * 1024, 4)
    assert await Passwords().fits(hashed, WORDS)
    assert not await Passwords().fits(hashed, WORDS + " ")


async def test_a_name_that_nobody_has_takes_as_long_and_fits_nothing() -> None:
    passwords._nobodys()
    began = time.process_time()

    assert not await Passwords().fits("", WORDS)

    hashes = extract_parameters(passwords._nobodys())
    assert (hashes.time_cost, hashes.memory_cost) >= (3, 64 * 1024)
    assert time.process_time() - began > 0.02


async def test_what_is_no_hash_fits_nothing() -> None:
    assert not await Passwords().fits("$argon2id$damaged", WORDS)
