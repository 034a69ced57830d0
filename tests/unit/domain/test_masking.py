import pytest

from scheduler.domain.masking import one_line, without_addresses
from tests.scaling import grows_linearly


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<marie@example.org>: no such user", "[address] no such user"),
        ('"marie d"@example.org refused', '"marie [address] refused'),
        ("The number +33639980001 is not valid", "The number [number] is not valid"),
        ("+33 6 39 98 00 01 et 06.39.98.00.01", "[number] et [number]"),
        ("33639980001", "[number]"),
        ("cybermois/1/2026-10-04 at 0.1234567890", "cybermois/1/2026-10-04 at 0.1234567890"),
        ("550 5.1.1 queued as 4ZxY12345678901", "550 5.1.1 queued as 4ZxY12345678901"),
        ("line\n  two", "line\n  two"),
    ],
)
def test_addresses_and_numbers_are_replaced_and_nothing_else(text: str, expected: str) -> None:
    assert without_addresses(text) == expected


def test_a_reason_is_one_printable_line_of_200_characters() -> None:
    assert one_line("a\r\nb\0\udc80  c\t") == "a b c"
    assert len(one_line("mot " * 1000)) <= 200


def test_a_hostile_text_costs_no_more_than_its_length() -> None:
    assert grows_linearly(lambda size: one_line("a" * size + "@"), 100_000)
    assert grows_linearly(lambda size: one_line("0" * size), 100_000)
