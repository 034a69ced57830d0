"""Who gets an account: under a name that can be read, with roles that exist."""

import pytest

from scheduler.domain.accounts import LONGEST_NAME, checked_name, roles_of
from scheduler.domain.errors import AccountRefused
from scheduler.domain.roles import Person, Role, may


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("Camille Durand", "Camille Durand"), ("  Camille   Durand ", "Camille Durand")],
)
def test_a_name_is_kept_as_one_line(typed: str, kept: str) -> None:
    assert checked_name(typed) == kept


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("Camille\nDurand", "control sign"),
        ("Camille\tDurand", "control sign"),
        ("…", "has letters"),
        ("", "has letters"),
        ("C" * (LONGEST_NAME + 1), "signs at most"),
        ("Camille\u202eDurand", "has letters"),
    ],
)
def test_a_name_that_nobody_could_read_is_refused(typed: str, why: str) -> None:
    with pytest.raises(AccountRefused, match=why):
        checked_name(typed)


def test_roles_are_those_that_there_are() -> None:
    assert roles_of([" read", "write ", ""]) == {Role.READ, Role.WRITE}
    with pytest.raises(AccountRefused, match="'admin' is no role"):
        roles_of(["read", "admin"])
    with pytest.raises(AccountRefused, match="a role at least"):
        roles_of(["", " "])


def test_nobody_may_what_the_table_does_not_name_or_without_signing_in() -> None:
    person = Person(name="Camille", roles=frozenset(Role))

    assert may(person, "GET", "/help")
    assert may(person, "HEAD", "/help")
    assert not may(person, "GET", "/no-such-page")
    assert not may(None, "GET", "/help")


def test_whoever_only_looks_sends_nothing_but_their_way_out() -> None:
    looking = Person(name="", roles=frozenset(Role), acts=False)

    assert may(looking, "GET", "/accounts")
    assert may(looking, "POST", "/logout")
    assert not may(looking, "POST", "/accounts")
