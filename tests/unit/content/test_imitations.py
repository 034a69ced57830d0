"""Whose name a site's name imitates, and whose it doesn't."""

import pytest

from scheduler.content.rules.imitations import imitated
from scheduler.content.rules.public_bodies import BODIES, SITES, ZONES

KNOWN = ("example.org", "ameli.fr", "signal-spam.fr", "17cyber.gouv.fr", "cnil.fr", *SITES)


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("ameli.net", "ameli.fr"),
        ("arneli.fr", "ameli.fr"),
        ("amelli.fr", "ameli.fr"),
        ("aemli.fr", "ameli.fr"),
        ("ameli-connexion.example", "ameli.fr"),
        ("ameli.fr.connexion.example", "ameli.fr"),
        ("www.example.org.page.example", "example.org"),
        ("spam-signal.fr", "signal-spam.fr"),
        ("17cyber.com", "17cyber.gouv.fr"),
        ("sante-gouv.fr", "gouv.fr"),
        ("gouv.example", "gouv.fr"),
    ],
)
def test_the_same_label_elsewhere_or_one_letter_away_imitates(host: str, expected: str) -> None:
    assert imitated(host, KNOWN) == expected


@pytest.mark.parametrize(
    "host",
    [
        *("cybercamp-sante.example", "exemplaire-sante.fr", "ameliorer.fr", "cybermalin.fr"),
        *("sante-travail.fr", "cyber-ecole.example", "gouvernance.example", "signalement.example"),
    ],
)
def test_a_longer_word_imitates_nobody(host: str) -> None:
    assert imitated(host, KNOWN) == ""


def test_every_public_body_has_its_sites() -> None:
    assert ZONES == ("gouv.fr",)
    assert all(body.domains and body.named.pattern for body in BODIES)
