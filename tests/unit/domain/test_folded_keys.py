"""A key of ASCII signs, as most are, is folded by a table, which says what the rule says."""

import string

from hypothesis import assume, given
from hypothesis import strategies as st

from scheduler.domain.people.source_keys import APART, folded_key, former_spellings, identity_of

ASCII = st.text(st.characters(max_codepoint=127), min_size=1, max_size=12)
#: No sign of ASCII, and nobody means it: a key that has it goes by the rule.
UNSEEN = "\u200b"


@given(ASCII)
def test_a_table_says_what_the_rule_says(key: str) -> None:
    by_rule = folded_key(key + UNSEEN)
    # Of a key without any sign that somebody means, itself is left.
    assume(by_rule != key + UNSEEN)

    assert folded_key(key) == by_rule


@given(st.text(string.whitespace + "\x00\x07\x7f", min_size=1, max_size=6))
def test_a_key_of_which_nothing_is_meant_stays_as_it_is(key: str) -> None:
    assert folded_key(key) == key


@given(ASCII)
def test_folding_twice_changes_nothing(key: str) -> None:
    assert folded_key(folded_key(key)) == folded_key(key)


@given(ASCII)
def test_a_key_kept_apart_is_compared_as_it_is_typed(key: str) -> None:
    assert identity_of(APART + key) == APART + key


def test_a_key_whose_zeros_a_spreadsheet_ate_is_looked_for_with_them() -> None:
    spellings = set(former_spellings("123"))

    assert {"123", "0123", "00000000000123"} <= spellings
    assert set(former_spellings("ab-7", "AB-7")) == {"ab-7", "AB-7"}
