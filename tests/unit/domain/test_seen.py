"""A set of texts in a few octets each."""

from hypothesis import given
from hypothesis import strategies as st

from scheduler.domain.seen import Seen


@given(st.lists(st.text(max_size=6), max_size=60))
def test_it_says_what_a_set_would_say(texts: list[str]) -> None:
    seen, known = Seen(), set[str]()
    for text in texts:
        assert (text in seen) == (text in known)
        assert seen.add(text) == (text not in known)
        known.add(text)


def test_it_says_so_of_thousands_too() -> None:
    seen = Seen()
    assert all(seen.add(f"R-{number}") for number in range(20_000))

    assert all(f"R-{number}" in seen for number in range(20_000))
    assert not any(f"S-{number}" in seen for number in range(20_000))
