"""Whether two contacts of one address are one person."""

from collections.abc import Mapping

import pytest

from scheduler.domain.people.same_person import alike, all_one, same_person


def named(first: str = "", last: str = "") -> Mapping[str, str]:
    return {"prenom": first, "nom": last}


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (named("Camille", "Martin"), named("Camille", "Martin"), True),
        (named("Camille", "Martin"), named("CAMILLE", "martin"), True),
        (named("Jean-Éric", "Le Goff"), named("jean eric", "LEGOFF"), True),
        # A last name that one file lacks tells nobody apart.
        (named("Camille", "Martin"), named("Camille"), True),
        (named("Camille"), named("Camille"), True),
        (named("Camille", "Martin"), named("Camille", "Durand"), False),
        (named("Camille", "Martin"), named("Sacha", "Martin"), False),
        # Without a first name on both sides nobody knows.
        (named("", "Martin"), named("", "Martin"), False),
        (named("Camille", "Martin"), named("", "Martin"), False),
        ({}, {}, False),
        (named("-", "Martin"), named("-", "Martin"), False),
    ],
)
def test_one_first_name_and_no_two_last_names(
    one: Mapping[str, str], other: Mapping[str, str], expected: bool
) -> None:
    assert same_person(one, other) is expected
    assert same_person(other, one) is expected


def test_of_three_the_one_without_a_last_name_makes_no_one_of_the_two_others() -> None:
    fields = {1: named("Camille", "Martin"), 2: named("Camille"), 3: named("Camille", "Durand")}

    assert alike(2, [1, 2, 3], fields) == [1, 2, 3]
    assert alike(1, [1, 2, 3], fields) == [1, 2]
    assert not all_one([1, 2, 3], fields)
    assert all_one([1, 2], fields)
    # Whoever has no name is themselves, and nobody else.
    assert all_one([4], {4: {}})
    assert not all_one([4, 5], {4: {}, 5: {}})
