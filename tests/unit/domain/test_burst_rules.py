"""When many refusals of a domain are the domain's fault, and when an address is dead after all."""

from datetime import UTC, datetime, timedelta

import pytest

from scheduler.domain.answers.bursts import (
    SECOND_WORD,
    BurstLimits,
    domain_of,
    is_burst,
    is_public,
    is_second_word,
)

NOW = datetime(2026, 10, 5, 8, tzinfo=UTC)
A_MOMENT = timedelta(microseconds=1)
LIMITS = BurstLimits(addresses=20, percent=20)


@pytest.mark.parametrize(
    ("refused", "accepted", "expected"),
    [
        (20, 100, True),
        (19, 100, False),
        (20, 101, False),
        (20, 1, True),
        # A domain that never took anything: a file of dead addresses.
        (500, 0, False),
    ],
)
def test_a_burst_is_many_refusals_where_the_domain_knew_its_people(
    refused: int, accepted: int, expected: bool
) -> None:
    assert is_burst(refused, accepted, LIMITS) is expected
    assert not expected or accepted <= LIMITS.most(refused)


@pytest.mark.parametrize(
    ("earlier", "taken_at", "expected"),
    [
        ([], None, False),
        ([NOW - SECOND_WORD], None, True),
        ([NOW - SECOND_WORD + A_MOMENT], None, False),
        # It is the first refusal that counts.
        ([NOW - A_MOMENT, NOW - SECOND_WORD], None, True),
        ([NOW - SECOND_WORD], NOW - SECOND_WORD - A_MOMENT, True),
        ([NOW - SECOND_WORD], NOW - SECOND_WORD, False),
        ([NOW - SECOND_WORD], NOW - A_MOMENT, False),
    ],
)
def test_an_address_refused_again_a_day_later_that_took_nothing_meanwhile_is_dead(
    earlier: list[datetime], taken_at: datetime | None, expected: bool
) -> None:
    assert is_second_word(earlier, taken_at, NOW) is expected


@pytest.mark.parametrize(
    ("domain", "expected"),
    [
        ("gmail.com", True),
        ("yandex.ru", True),
        ("hotmail.be", True),
        ("hopital.example", False),
        ("gmail.com.hopital.example", False),
    ],
)
def test_a_provider_of_the_public_is_told_from_an_organisations_servers(
    domain: str, expected: bool
) -> None:
    assert is_public(domain) is expected


def test_a_domain_is_read_without_case_or_final_dot() -> None:
    assert domain_of("Camille@Hopital.Example.") == "hopital.example"
