"""Contact files as hospitals have them: titles, homonyms, forced texts, captions."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TypeVar

import pytest

from scheduler.domain.calendar.campaigns import Audience, AudienceField, ChannelTerms
from scheduler.domain.calendar.holidays import known_territory
from scheduler.domain.errors import ImportRefused
from scheduler.domain.people.contacts import BadRow, Noted, Row, Told
from scheduler.sources import cells, contact_file
from scheduler.sources.contact_file import Reading
from scheduler.sources.heads import MAKERS

STAFF = Audience(
    name="staff",
    label="Personnel",
    source="staff",
    key="matricule",
    channels={
        "email": ChannelTerms(basis="legitimate-interest"),
        "sms": ChannelTerms(basis="consent"),
    },
    fields=(
        AudienceField(name="prenom", label="Prénom"),
        AudienceField(name="nom", label="Nom"),
        AudienceField(name="service", label="Service", segment=True),
        AudienceField(name="arrivee", label="Date d’arrivée", type="date"),
    ),
)
TODAY = date(2026, 11, 29)
PROOF = "consent_sms_date;consent_sms_how;consent_sms_wording"

Opener = Callable[..., Reading]
Kind = TypeVar("Kind")


@pytest.fixture
def opened(tmp_path: Path) -> Opener:
    def open_it(
        content: str, audience: Audience = STAFF, chosen: dict[str, str] | None = None
    ) -> Reading:
        path = tmp_path / "contacts.csv"
        path.write_text(content, encoding="utf-8")
        return contact_file.read(
            path, audience, known_territory=known_territory, today=TODAY, chosen=chosen
        )

    return open_it


def found(reading: Reading, kind: type[Kind]) -> list[Kind]:
    return [one for batch in reading for one in batch if isinstance(one, kind)]


def taken(reading: Reading) -> dict[str, str]:
    return {one.meaning: one.name for one in reading.columns}


@pytest.mark.parametrize(
    "day",
    ["2072-01-02", "0207-01-02", "04/10/27", "207-01-02", "1991-05-04", "30/11/2026", "01/01/1900"],
)
def test_a_consent_of_no_plausible_day_proves_nothing_and_keeps_the_row(
    opened: Opener, day: str
) -> None:
    reading = opened(f"matricule;telephone;{PROOF}\nA1;+33639980001;{day};papier;Oui\n")

    (fault,) = found(reading, BadRow)
    (row,) = found(reading, Row)
    assert (fault.column, fault.kept) == ("consent_sms_date", True)
    assert (row.phone, row.proofs) == ("+33639980001", {})


@pytest.mark.parametrize(
    "day",
    [
        *("2026-11-29", "29/11/2026", "29.11.2026", "29-11-2026", "46355"),
        *("20261129", "202611291430", "29112026"),
    ],
)
def test_a_consent_of_today_is_one_however_the_day_is_written(opened: Opener, day: str) -> None:
    reading = opened(f"matricule;telephone;{PROOF}\nA1;+33639980001;{day};papier;Oui\n")

    assert [row.proofs["sms"].date for row in found(reading, Row)] == [TODAY]


@pytest.mark.parametrize("day", ["2072-13-01", "0207-01-02", "3026-01-02"])
def test_a_field_s_day_is_plausible_too(opened: Opener, day: str) -> None:
    reading = opened(f"matricule;email;arrivee\nA1;a@example.org;{day}\n")

    assert found(reading, Row)[0].fields == {}
    assert [fault.column for fault in found(reading, BadRow)] == ["arrivee"]


HOMONYMS = (
    ("Département", ["Cardiologie", "DSI"], "territory"),
    ("Territoire", ["Secteur 3", "Nord"], "territory"),
    ("Numéro", ["1204", "1205"], "phone"),
    ("Numéro", ["180019999912345", "280019999912345"], "phone"),
    ("Portable", ["Dell Latitude", "HP"], "phone"),
    ("Mobile", ["oui", "non"], "phone"),
    ("Mobile", ["a@example.org", "b@example.org"], "phone"),
    ("Langue", ["LSF B2", "Maternelle !"], "language"),
    ("Fuseau", ["jour", "nuit"], "zone"),
    ("Zone", ["Bâtiment B"], "zone"),
    ("Zone", ["A", "B", "A/C"], "zone"),
    ("Zone", ["NORD", "SUD", "EST", "OUEST"], "zone"),
    ("Département", ["DSI", "BL", "Cardio", "RH", "DAF"], "territory"),
)


@pytest.mark.parametrize(("name", "cells", "meaning"), HOMONYMS)
def test_a_homonym_is_told_and_refuses_nobody(
    opened: Opener, name: str, cells: list[str], meaning: str
) -> None:
    lines = [f"A{n};a{n}@example.org;{cell}" for n, cell in enumerate(cells)]

    reading = opened("\n".join([f"matricule;email;{name}", *lines]))

    assert len(found(reading, Row)) == len(cells)
    assert not found(reading, BadRow)
    assert meaning not in taken(reading)
    assert any(
        f"`{name}`" in note and f"--columns {meaning}=" in n
        for n in reading.header_notes
        for note in [n]
    )


@pytest.mark.parametrize(
    "name",
    [
        "Poste",
        "N° de poste",
        "Fax",
        "Télécopie",
        "Téléphone service",
        "Téléphone (bureau)",
        "Téléphone personne à prévenir",
        "Business Phone",
        "Assistant's Phone",
        "Bip",
        "DECT",
    ],
)
def test_other_numbers_are_nobody_s_mobile(opened: Opener, name: str) -> None:
    reading = opened(f"matricule;email;{name}\nA1;a@example.org;0639980001\n")

    assert found(reading, Row)[0].phone is None
    assert any(f"`{name}`" in note for note in reading.header_notes)


def test_an_audience_s_own_label_is_no_homonym(opened: Opener) -> None:
    own = Audience(
        name="staff",
        label="",
        source="staff",
        key="matricule",
        channels=STAFF.channels,
        fields=(AudienceField(name="pole", label="Département"),),
    )

    reading = opened("matricule;email;Département\nA1;a@example.org;DSI\n", own)

    assert found(reading, Row)[0].fields == {"pole": "DSI"}


def test_the_column_called_a_mobile_wins_over_a_telephone(opened: Opener) -> None:
    reading = opened(
        "matricule;Téléphone;Portable\nA1;01 99 00 12 34;06 39 98 00 01\nA2;06 39 98 00 03;\n"
    )

    assert taken(reading)["phone"] == "Portable"
    assert any(
        "`Téléphone`" in note and "`Portable` is taken" in note for note in reading.header_notes
    )


def test_two_columns_of_addresses_are_the_operator_s_choice(opened: Opener) -> None:
    content = "matricule;Mail;Courriel\nA1;a@example.org;b@example.org\n"

    with pytest.raises(ImportRefused, match=r"mean the same.*--columns email="):
        opened(content)

    reading = opened(content, chosen={"email": "Courriel"})
    assert [row.key for row in found(reading, Row) if row.email] == ["A1"]
    assert taken(reading)["email"] == "Courriel"
    by_number = opened(content, chosen={"email": "2"})
    assert taken(by_number)["email"] == "Mail"


def test_what_is_settled_is_settled(opened: Opener) -> None:
    content = "matricule;email;Tél. perso;Département\nA1;a@example.org;06 39 98 00 01;57\n"

    reading = opened(content, chosen={"phone": "Tél. perso", "territory": ""})

    (row,) = found(reading, Row)
    assert (row.phone, row.territory) == ("+33639980001", "FR")


@pytest.mark.parametrize(
    ("chosen", "what"),
    [
        ({"telefon": "Mail"}, "no such meaning"),
        ({"phone": "Nulle part"}, "no such column"),
        ({"phone": "9"}, "no such column"),
    ],
)
def test_a_choice_that_means_nothing_is_refused(
    opened: Opener, chosen: dict[str, str], what: str
) -> None:
    with pytest.raises(ImportRefused, match=what):
        opened("matricule;email\nA1;a@example.org\n", chosen=chosen)


def test_where_no_name_says_so_the_cells_propose(opened: Opener) -> None:
    with pytest.raises(
        ImportRefused,
        match="say --columns email=Coordonnées",
    ):
        opened("matricule;Coordonnées\nA1;a@example.org\nA2;b@example.org\n")


def test_columns_are_shown_with_some_of_their_cells(opened: Opener) -> None:
    lines = [f"A{n};a{n}@example.org" for n in range(9)]

    shown = opened("\n".join(["Matricule;Adresse mail", *lines])).columns

    assert [(one.number, one.name, one.meaning) for one in shown] == [
        (1, "Matricule", "matricule"),
        (2, "Adresse mail", "email"),
    ]
    assert list(shown[1].samples) == ["a0@example.org", "a1@example.org", "a2@example.org"]


def test_the_header_is_looked_for_below_titles_and_blank_rows(opened: Opener) -> None:
    reading = opened(
        "CENTRE HOSPITALIER D’ESSAI;;\nListe des agents, édition du 01/09/2026;;\n;;\n"
        "Matricule;Prénom;Courriel\nA1;Zoé;a@example.org\n"
    )

    assert [(row.number, row.key) for row in found(reading, Row)] == [(5, "A1")]
    assert any("the header is row 4" in note for note in reading.header_notes)


def test_what_is_no_person_is_named_and_left_aside(opened: Opener) -> None:
    reading = opened(
        "Matricule;Nom;Courriel\nA1;Total;a@example.org\nMatricule;Nom;Courriel\n"
        "A2;Petit;\nTotal : 230;;\nSous-total;12;\n230 agents;;\nPage 1/3;;\n------;;\n"
        "Édité le 01/09/2026 par le service paie;;\nFin de fichier;;\n"
    )

    assert [row.key for row in found(reading, Row)] == ["A1", "A2"]
    assert [(one.number, one.what) for one in found(reading, Noted)] == [
        (3, Told.HEADER_AGAIN),
        *((number, Told.NO_PERSON) for number in range(5, 12)),
    ]
    assert not found(reading, BadRow)


def test_forced_texts_and_apostrophes_are_unwrapped_and_told(opened: Opener) -> None:
    reading = opened(
        'matricule;prenom;email;tel\n="00123";"=""Zoé""";a@example.org;="0639980001"\n'
        "'00124;'t Hooft;'b@example.org;'0639980002\n"
    )

    first, second = found(reading, Row)
    assert (first.key, first.fields["prenom"], first.phone) == ("00123", "Zoé", "+33639980001")
    assert (second.key, second.phone) == ("00124", "+33639980002")
    assert second.fields["prenom"] == "'t Hooft"
    assert second.email is not None
    assert {one.number for one in found(reading, Noted)} == {2, 3}


INVISIBLE = "\u200b \ufeff \u00ad \u200e \u200f \u202a \u2060 \u2066 \u180e \u061c \u200d \ufe0f"


@pytest.mark.parametrize("sign", INVISIBLE.split(" "))
def test_signs_that_nobody_sees_are_taken_out_and_told(opened: Opener, sign: str) -> None:
    reading = opened(
        f"matricule;prenom;email;tel\nA{sign}1;Zo{sign}é;a@example.org{sign};{sign}0639980001\n"
    )

    (row,) = found(reading, Row)
    assert (row.key, row.fields["prenom"], row.phone) == ("A1", "Zoé", "+33639980001")
    assert row.email is not None
    assert row.email.send_to == "a@example.org"
    assert [one.what for one in found(reading, Noted)] == [Told.INVISIBLE]


def test_joiners_of_other_scripts_belong_to_their_words(opened: Opener) -> None:
    reading = opened("matricule;prenom;email\nA1;می\u200cخواهم;a@example.org\n")

    assert found(reading, Row)[0].fields["prenom"] == "می\u200cخواهم"


def test_blanks_of_other_widths_become_spaces(opened: Opener) -> None:
    reading = opened(
        "matricule;prenom;tel\nA1;Anne\u00a0Marie;06\u202f39\u00a098\u200900\u200701\n"
    )

    (row,) = found(reading, Row)
    assert (row.fields["prenom"], row.phone) == ("Anne Marie", "+33639980001")


@pytest.mark.parametrize(
    ("cells", "number"),
    [
        ("639980001;;", "+33639980001"),
        ("33639980001;;", "+33639980001"),
        ("00 33 (0)6 39 98 00 01;;", "+33639980001"),
        ("06-39.98/00 01;974;", "+33639980001"),
        ("0692 00 12 34;;", "+262692001234"),
        ("87 12 34 56;;98713", "+68987123456"),
        ("75 12 34;;98800", "+687751234"),
        ("82 12 34;WF;", "+681821234"),
    ],
)
def test_a_number_is_read_as_its_owner_writes_it(opened: Opener, cells: str, number: str) -> None:
    reading = opened(f"matricule;tel;territoire;code postal\nA1;{cells}\n")

    assert [row.phone for row in found(reading, Row)] == [number]


def test_a_completed_number_is_told(opened: Opener) -> None:
    reading = opened("matricule;tel\nA1;639980001\nA2;0639980002\n")

    assert [(one.number, one.what) for one in found(reading, Noted)] == [(2, Told.NUMBER)]


LINKS = [
    "www.gains-exemple.fr",
    "http://x",
    "x@y.fr",
    "Gains.com",
    "t.me/abc",
    "Léa (gagnez.xyz)",
    "06 39 98 12 34",
    "+33 6 39 98 12 34",
    "exemple。com",
    "mailto:x",
    "192.0.2.1",
]
NAMES = [
    "J.-P.",
    "St. Pierre",
    "Dr.Martin",
    "d’Aubigné",
    "M. Paul",
    "C.H.U.",
    "Bâtiment 12.3",
    "Urgences : accueil",
    "2024-2025",
    "A. de La Tour",
    "Soins 24h/24",
]


@pytest.mark.parametrize("name", LINKS)
def test_a_name_that_mail_programs_would_link_is_left_aside_and_told(
    opened: Opener, name: str
) -> None:
    reading = opened(f"matricule;email;prenom;service\nA1;a@example.org;{name};{name}\n")

    assert found(reading, Row)[0].fields == {}
    assert [fault.column for fault in found(reading, BadRow)] == ["prenom", "service"]


@pytest.mark.parametrize("name", NAMES)
def test_a_name_with_a_dot_is_a_name(opened: Opener, name: str) -> None:
    reading = opened(f"matricule;email;prenom\nA1;a@example.org;{name}\n")

    assert found(reading, Row)[0].fields == {"prenom": name}


@pytest.mark.parametrize(
    "head", ["Date de décès", "DATE_DECES", "Décédé(e)", "Décès", "date of death"]
)
def test_the_dead_are_left_aside(opened: Opener, head: str) -> None:
    reading = opened(
        f"matricule;email;{head}\nA1;a@example.org;02/03/2026\nA2;b@example.org;\n"
        "A3;c@example.org;00/00/0000\nA4;d@example.org;non\nA5;e@example.org;oui\n"
    )

    assert [row.key for row in found(reading, Row)] == ["A2", "A3", "A4"]
    assert [(one.key, one.what) for one in found(reading, Noted)] == [
        ("A1", Told.DECEASED),
        ("A5", Told.DECEASED),
    ]


def test_the_young_are_left_aside_to_the_day(opened: Opener) -> None:
    reading = opened(
        "matricule;email;Date de naissance\nA1;a@example.org;30/11/2011\n"
        "A2;b@example.org;29/11/2011\nA3;c@example.org;\nA4;d@example.org;01/01/2072\n"
    )

    assert [row.key for row in found(reading, Row)] == ["A2", "A3", "A4"]
    assert [(one.key, one.what) for one in found(reading, Noted)] == [("A1", Told.TOO_YOUNG)]
    assert [(fault.number, fault.reason) for fault in found(reading, BadRow)] == [
        (5, "no plausible day of birth")
    ]


@pytest.mark.parametrize("born", ["20200101", "01012020", "202001010000"])
def test_the_young_are_known_by_a_day_without_signs(opened: Opener, born: str) -> None:
    reading = opened(f"matricule;email;DDN\nA1;a@example.org;{born}\nA2;b@example.org;19800502\n")

    assert [row.key for row in found(reading, Row)] == ["A2"]
    assert [one.what for one in found(reading, Noted)] == [Told.TOO_YOUNG]
    assert found(reading, BadRow) == []


@pytest.mark.parametrize(
    ("mail", "number", "why"),
    [
        ("a@example.org ::: b@example.org", "0639980001", "more than one address"),
        ("B <b@example.org>", "0639980001", "more than one address, or a name"),
        ("a@example.org/b@example.org", "0639980001", "more than one @ in the address"),
        ("b@@example.org", "0639980001", "more than one @ in the address"),
        ("a@example.org", "+33 6 39 98 00 01 ::: +33 1 99 00 00 00", "more than one number"),
        ("a@example.org", "0639980001 ou 0639980002", "more than one number"),
        ("a@example.org", "0639980001 (perso)", "something else than one"),
        ("a b@example.org", "0639980001", "holds a space"),
    ],
)
def test_a_cell_of_several_says_so(opened: Opener, mail: str, number: str, why: str) -> None:
    (fault,) = found(opened(f'matricule;email;tel\nA1;"{mail}";{number}\n'), BadRow)

    assert why in fault.reason


def test_two_columns_of_one_name_are_told_by_their_numbers(opened: Opener) -> None:
    content = "matricule;email;nom;email\nA1;a@example.org;Martin;b@example.org\n"

    with pytest.raises(ImportRefused, match=r"columns 2 and 4 are both `email`.*--columns email=2"):
        opened(content)

    reading = opened(content, chosen={"email": "4"})
    assert [row.email.identity for row in found(reading, Row) if row.email] == ["b@example.org"]


def test_an_address_book_without_days_of_birth_is_still_asked_for_them(opened: Opener) -> None:
    # Outlook writes 0/0/00 where there is none.
    reading = opened(
        "matricule;email;Anniversaire\nA1;a@example.org;0/0/00\nA2;b@example.org;0/0/00\n"
        "A3;c@example.org;24/12/2020\nA4;d@example.org;12/05/48\n"
    )

    assert taken(reading)["birth"] == "Anniversaire"
    assert [row.key for row in found(reading, Row)] == ["A1", "A2", "A4"]
    assert [fault.number for fault in found(reading, BadRow)] == [5]


def test_the_dpo_may_say_otherwise(opened: Opener) -> None:
    everybody = Audience(
        name="staff",
        label="",
        source="staff",
        key="matricule",
        channels=STAFF.channels,
        minimum_age=0,
    )

    reading = opened("matricule;email;ddn\nA1;a@example.org;30/11/2020\n", everybody)

    assert [row.key for row in found(reading, Row)] == ["A1"]


def test_days_of_birth_and_death_are_never_stored(opened: Opener) -> None:
    own = Audience(
        name="staff",
        label="",
        source="staff",
        key="matricule",
        channels=STAFF.channels,
        fields=(AudienceField(name="naissance", label="Date de naissance", type="date"),),
    )

    reading = opened("matricule;email;Date de naissance\nA1;a@example.org;30/11/1980\n", own)

    assert found(reading, Row)[0].fields == {}


def test_in_a_column_of_territories_a_bad_cell_refuses_its_row(opened: Opener) -> None:
    lines = [f"A{n};a{n}@example.org;{'974' if n else 'Mars'}" for n in range(5)]

    reading = opened("matricule;email;Département\n" + "\n".join(lines) + "\n")

    assert [row.territory for row in found(reading, Row)] == ["974"] * 4
    assert [(one.number, one.kept) for one in found(reading, BadRow)] == [(2, False)]


@pytest.mark.parametrize(
    "head",
    [
        *(
            "Mél",
            "MEL",
            "Adresse mél",
            "Courriel pro.",
            "E-mail professionnel",
            "Mél. professionnel",
        ),
        *("Adresse e-mail pro", "Messagerie professionnelle"),
    ],
)
def test_an_address_beside_a_telephone_is_taken(opened: Opener, head: str) -> None:
    reading = opened(f"matricule;Téléphone;{head}\nA1;+33639980001;a@example.org\n")

    (row,) = found(reading, Row)
    assert row.email is not None
    assert row.phone == "+33639980001"


def test_a_column_of_addresses_with_another_name_is_proposed(opened: Opener) -> None:
    content = "matricule;Téléphone;Contact\nA1;+33639980001;a@example.org\n"

    (note,) = [one for one in opened(content).header_notes if "Contact" in one]
    reading = opened(content, chosen={"email": "Contact"})

    assert "--columns email=Contact" in note
    assert found(reading, Row)[0].email is not None


@pytest.mark.parametrize("maker", MAKERS, ids=lambda maker: maker.name)
def test_the_heads_of_each_maker_are_known(opened: Opener, maker: object) -> None:
    heads = next(one.heads for one in MAKERS if one is maker)
    cells = {
        "email": "a@example.org",
        "phone": "0639980001",
        "any phone": "0639980001",
        "key matricule": "A1",
        "field prenom": "Zoé",
        "field nom": "Petit",
        "birth": "1980-01-02",
        "language": "fr-FR",
        "postcode": "57000",
    }
    # A maker may have two heads of one meaning over time; the first is enough.
    chosen = {meaning: head for head, meaning in reversed(heads.items())}
    row = ";".join(cells.get(meaning, "x") for meaning in chosen)

    reading = opened(";".join(chosen.values()) + f"\n{row}\n")

    (person,) = found(reading, Row)
    assert person.email is not None
    assert ("phone" in taken(reading)) == bool({"phone", "any phone"} & chosen.keys())
    assert person.fields["prenom"] == "Zoé"


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("europe/paris", "Europe/Paris"),
        ("Europe / Paris", "Europe/Paris"),
        ("Indian/Réunion", "Indian/Reunion"),
        ("AMERICA/PORT AU PRINCE", "America/Port-au-Prince"),
        ("Europe/Paris\u200b", "Europe/Paris"),
    ],
)
def test_a_zone_is_read_as_people_mean_it(typed: str, name: str) -> None:
    assert cells.zone(typed) == name


@pytest.mark.parametrize("typed", ["Europe Paris", "Paris", "europe/", "Indian/Mayote"])
def test_what_is_no_zone_stays_none(typed: str) -> None:
    with pytest.raises(ValueError, match="not a time zone"):
        cells.zone(typed)


@pytest.mark.parametrize("typed", ["FRANÇAIS ", "fr_FR", "Fr\u00a0", "fra", "FR"])
def test_a_language_is_read_as_people_mean_it(typed: str) -> None:
    assert cells.language(typed) == "fr"
