"""Whether two entries under one key are one person."""

import pytest

from scheduler.domain.calendar.campaigns import AudienceField
from scheduler.domain.people.identity import is_another, is_same_name, names_a_person

SAME = [
    (["Anne", "Martin"], ["ANNE", "MARTIN"], "case"),
    (["Hélène", "Lefèvre"], ["Helene", "Lefevre"], "accents"),
    (["Anne", "Martin"], ["Martin", "Anne"], "swapped"),
    (["Anne Martin"], ["Martin", "Anne"], "one column, then two"),
    (["Anne", "Martin"], ["Annne", "Martin"], "a slip"),
    (["Catherine", "Dupont"], ["Cahterine", "Dupont"], "two letters exchanged"),
    (["Jean-Pierre", "Le Goff"], ["Jean Pierre", "Legoff"], "a compound name"),
    (["Marie-Claire", "Durand"], ["Marie", "Durand"], "a part left out"),
    (["Anne", "Martin"], ["Anne", "Martin-Dupont"], "a married name added"),
    (["Anne", "Martin"], ["Anne", "Martin ép. Dupont"], "the same, in words"),
    (["Anne", "Martin"], ["Mme Anne", "MARTIN"], "a title"),
    (["Luc", "de la Tour"], ["Luc", "Tour"], "particles"),
    (["J.", "Martin"], ["Jean", "Martin"], "an initial"),
    (["Martin"], ["Anne", "Martin"], "a first name that was not there"),
    (["Cœur"], ["Coeur"], "a ligature"),
    ([], ["Anne", "Martin"], "no name before"),
    (["Anne", "Martin"], [], "no name now"),
    (["Nguyễn", "Thị"], ["nguyen", "thi"], "marks of another tongue"),
    (["李", "小龙"], ["李", "小龙"], "another script"),
]
OTHER = [
    (["Anne", "Martin"], ["Paul", "Durand"], "somebody else"),
    (["Anne", "Martin"], ["Paul", "Martin"], "another first name"),
    (["Anne", "Martin"], ["Anne", "Durand"], "married, or a namesake: a person says"),
    (["Léo", "Petit"], ["Lea", "Petit"], "a slip of a short name is another name"),
    (["Anne"], ["Paul"], "first names alone"),
    (["Martin"], ["Martinière"], "a name that begins like another"),
]


@pytest.mark.parametrize(("one", "other", "why"), SAME)
def test_the_same_name_however_it_is_written(one: list[str], other: list[str], why: str) -> None:
    assert is_same_name(one, other), why
    assert is_same_name(other, one), why


@pytest.mark.parametrize(("one", "other", "why"), OTHER)
def test_another_name(one: list[str], other: list[str], why: str) -> None:
    assert not is_same_name(one, other), why
    assert not is_same_name(other, one), why


@pytest.mark.parametrize(
    ("known", "now", "another"),
    [
        (["a@x"], ["b@x"], True),
        (["a@x", "+33"], ["b@x", "+33"], False),
        (["a@x"], ["a@x"], False),
        ([], ["b@x"], False),
        (["a@x"], [], False),
    ],
)
def test_somebody_else_has_another_address_too(
    known: list[str], now: list[str], another: bool
) -> None:
    assert is_another(["Anne"], ["Paul"], known, now) is another


def test_a_long_cell_is_compared_at_once() -> None:
    assert not is_same_name(["a" * 500], ["b" * 500])


@pytest.mark.parametrize(
    ("field", "names"),
    [
        (AudienceField(name="nom", label="Nom"), True),
        (AudienceField(name="nom_usage", label=""), True),
        (AudienceField(name="champ3", label="Prénom"), True),
        (AudienceField(name="service", label="Service"), False),
        (AudienceField(name="patronyme", label="Patronyme", person_name=True), True),
        (AudienceField(name="nom", label="Nom du service", person_name=False), False),
    ],
)
def test_which_fields_are_names(field: AudienceField, names: bool) -> None:
    assert names_a_person(field) is names
