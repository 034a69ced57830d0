"""What the desk takes for a password, and what it says of the others."""

import pytest

from scheduler.domain.password_rule import PasswordFault, password_fault
from scheduler.web.desk.texts import WEAK_PASSWORD

NAMED = ("Camille Moreau", "Centre hospitalier des Étangs")


@pytest.mark.parametrize(
    ("fault", "password"),
    [
        (PasswordFault.LENGTH, "court"),
        (PasswordFault.LENGTH, "long " * 41),
        (PasswordFault.REPEATED, "a" * 18),
        (PasswordFault.REPEATED, " " * 18),
        (PasswordFault.REPEATED, "abababababab"),
        (PasswordFault.REPEATED, "aAàÀâÂaAàÀâÂ"),
        (PasswordFault.REPEATED, "sésame sésame sésame"),
        (PasswordFault.ROW, "abcdefghijklmnop"),
        (PasswordFault.ROW, "ponmlkjihgfedcba"),
        (PasswordFault.ROW, "123456789012"),
        (PasswordFault.ROW, "098765432109"),
        (PasswordFault.ROW, "azertyuiopqsdfghjklm"),
        (PasswordFault.ROW, "AZERTYUIOP12345"),
        (PasswordFault.ROW, "qwerty123456"),
        (PasswordFault.ROW, "1q2w3e4r5t6y"),
        (PasswordFault.ROW, "aaaaaabbbbbbcccccdddddeeeee"),
        (PasswordFault.EXPECTED, "camillemoreau"),
        (PasswordFault.EXPECTED, "Moreau.Camille.2026!"),
        (PasswordFault.EXPECTED, "Réflexe Réflexe 2026"),
        (PasswordFault.EXPECTED, "R3fl3x3123456"),
        (PasswordFault.EXPECTED, "Centre hospitalier des Étangs"),
        (PasswordFault.EXPECTED, "MotDePasse2026"),
        (PasswordFault.EXPECTED, "p@ssw0rd12345678"),
    ],
)
def test_what_whoever_guesses_tries_first_is_refused(fault: PasswordFault, password: str) -> None:
    assert password_fault(password, NAMED) is fault


@pytest.mark.parametrize(
    "password",
    [
        "quatre mots sans lien",
        "correct horse battery staple",
        "réflexe de tortue au citron",
        "moreau vert fenêtre jeudi",
        "les property poiu du fer",
        "d8;Kq!zR2vTx",
        "пароль из пяти слов",
        "7gwtzpbmk3qc",
    ],
)
def test_words_without_a_link_and_drawn_signs_are_taken(password: str) -> None:
    assert password_fault(password, NAMED) is None


def test_every_fault_has_its_sentence() -> None:
    assert set(WEAK_PASSWORD) == set(PasswordFault)
