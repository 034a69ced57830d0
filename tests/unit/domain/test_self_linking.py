"""Which texts a mail program makes a link of; and that none of them reaches a mail."""

import pytest

from scheduler.domain.people.self_linking import links_itself
from scheduler.domain.seen import Seen


@pytest.mark.parametrize(
    "text",
    [
        *("www.gains-exemple.fr", "WWW.X", "http://x", "ftp://192.0.2.1", "mailto:x", "tel:3699"),
        *("x@y.fr", "Gains.com", "t.me/abc", "x.com", "gains-été.fr", "xn--abc.xn--p1ai"),
        *("exemple。com", "gains．fr", "ma banque : credit.paris", "192.0.2.1", "Léa.Gagne.fr"),
        *(
            "evil.house",
            "Dr.House",
            "evil.family",
            "bon.vin",
            "mon.salon",
            "a-b.archi",
            "x2.voyage",
        ),
        *("la.maison", "ma.radio", "gains.sarl", "банк.рф", "gains.RADIO", "gains.संगठन", "ab.cern"),
        *("06 39 98 12 34", "+33639981234", "0033 6.39.98.12.34", "(0639981234)"),
    ],
)
def test_an_address_or_a_number_links_itself(text: str) -> None:
    assert links_itself(text)


@pytest.mark.parametrize(
    "text",
    [
        *("", "Zoé", "J.-P.", "St. Pierre", "Dr.Martin", "Anne-Marie", "d’Aubigné", "M. Paul"),
        *("C.H.U.", "S.A.M.U", "S.M.U.R.", "Soins 24h/24", "Bâtiment 12.3", "Unité 2.1", "P.-Y."),
        *("Pr.Bernard", "Mme.Petit", "Bât.Administratif", "Serv.Cardiologie", "Jean.Durand"),
        *("Urgences : accueil", "2024-2025", "3.14", "A.B.C", "ليلى", "美玲", "Ж. Иванов"),
    ],
)
def test_a_name_does_not(text: str) -> None:
    assert not links_itself(text)


@pytest.mark.parametrize("text", ["a." * 250, "a.b-" * 125, "0 " * 250, "x@" * 250, "+0" * 250])
def test_a_long_text_is_looked_at_in_no_time(text: str) -> None:
    for _ in range(50):
        links_itself(text)


def test_texts_met_before_are_known_however_many_there_are() -> None:
    seen = Seen()

    assert all(seen.add(f"a{n}@example.org") for n in range(20_000))
    assert not any(seen.add(f"a{n}@example.org") for n in range(0, 20_000, 7))
