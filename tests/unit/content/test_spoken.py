"""Numbers and addresses as a voice says them."""

import pytest

from scheduler.content.twins.spoken import address_aloud, number, numbers_aloud


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (0, "zéro"),
        (21, "vingt et un"),
        (71, "soixante et onze"),
        (77, "soixante-dix-sept"),
        (80, "quatre-vingts"),
        (81, "quatre-vingt-un"),
        (91, "quatre-vingt-onze"),
        (99, "quatre-vingt-dix-neuf"),
        (200, "deux cents"),
        (201, "deux cent un"),
        (1000, "mille"),
        (80_000, "quatre-vingt mille"),
        (200_000, "deux cent mille"),
        (33_700, "trente-trois mille sept cents"),
    ],
)
def test_a_number_is_said_in_french(value: int, words: str) -> None:
    assert number(value) == words


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (42, "forty-two"),
        (105, "one hundred and five"),
        (33_700, "thirty-three thousand seven hundred"),
    ],
)
def test_a_number_is_said_in_english(value: int, words: str) -> None:
    assert number(value, "en") == words


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (
            "06 39 98 00, dès 9 h 30",
            "zéro six, trente-neuf, quatre-vingt-dix-huit, zéro zéro, dès neuf heures trente",
        ),
        (
            "0 805 805 817",
            "zéro, huit cent cinq, huit cent cinq, huit cent dix-sept",
        ),
        ("116 006", "cent seize, zéro zéro six"),
        ("2 500 comptes", "deux mille cinq cents comptes"),
        ("il est 1 h", "il est une heure"),
        ("1,99 € de frais", "un euro quatre-vingt-dix-neuf de frais"),
        ("Cybermois 1/4", "Cybermois un sur quatre"),
        ("sur 17cyber.gouv.fr.", "sur dix-sept cyber point gouv point fr."),
        ("aucun nombre", "aucun nombre"),
    ],
)
def test_what_is_written_in_signs_is_said_in_words(written: str, said: str) -> None:
    assert numbers_aloud(written) == said
    assert not any(sign.isdigit() for sign in numbers_aloud(written))


def test_an_address_is_dictated_and_its_word_is_spelt() -> None:
    assert address_aloud("cyber.example.org/m/k7qx") == (
        "cyber, point, example, point, org, barre oblique, m, barre oblique, k, sept, q, x."
    )
    assert address_aloud("cyber.example.org/aide").endswith("barre oblique, aide.")
    assert "slash" in address_aloud("cyber.example.org/aide", "en")
