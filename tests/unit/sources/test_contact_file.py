"""Contact files as people export them: read exactly, or refused with the row and a remedy."""

import gzip
import io
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.domain.calendar.campaigns import Audience, AudienceField, ChannelTerms
from scheduler.domain.calendar.holidays import known_territory
from scheduler.domain.errors import ImportRefused
from scheduler.domain.people.addresses import normalise_email
from scheduler.domain.people.contacts import BadRow, Noted, Proof, Row
from scheduler.sources import contact_file, csv_text
from scheduler.sources.cells import guarded, unguarded
from scheduler.sources.contact_file import Reading
from scheduler.sources.csv_export import export_rows

FIELDS = (
    AudienceField(name="prenom", label="Prénom"),
    AudienceField(name="service", label="Service", segment=True),
    AudienceField(name="arrivee", label="Date d’arrivée", type="date"),
    AudienceField(name="cadre", label="Cadre", type="yes-no"),
)
STAFF = Audience(
    name="staff",
    label="Personnel",
    source="staff",
    key="matricule",
    channels={
        "email": ChannelTerms(basis="legitimate-interest"),
        "sms": ChannelTerms(basis="consent"),
    },
    fields=FIELDS,
)
BOTH_BY_CONSENT = Audience(
    name="patients",
    label="Usagers",
    source="patients",
    key="reference",
    channels={"email": ChannelTerms(basis="consent"), "sms": ChannelTerms(basis="consent")},
)

Opener = Callable[..., Reading]


@pytest.fixture
def opened(tmp_path: Path) -> Opener:
    def open_it(
        content: str | bytes, audience: Audience = STAFF, encoding: str = "utf-8"
    ) -> Reading:
        path = tmp_path / "contacts.csv"
        path.write_bytes(content.encode(encoding) if isinstance(content, str) else content)
        return contact_file.read(path, audience, known_territory=known_territory)

    return open_it


def entries(reading: Reading) -> list[Row | BadRow | Noted]:
    return [entry for batch in reading for entry in batch]


def rows(reading: Reading) -> list[Row]:
    return [entry for entry in entries(reading) if isinstance(entry, Row)]


def faults(reading: Reading) -> list[BadRow]:
    return [entry for entry in entries(reading) if isinstance(entry, BadRow)]


NAMES = ["Zoé", "Lœuillet", "d’Aubigné", "Ÿvon", "Noël"]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"]
)
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("newline", ["\r\n", "\r", "\n"])
def test_names_are_intact_in_every_usual_form_of_csv(
    opened: Opener, encoding: str, delimiter: str, newline: str
) -> None:
    lines = [delimiter.join(("matricule", "prénom", "courriel"))]
    lines += [delimiter.join((f"A{n}", name, f"a{n}@example.org")) for n, name in enumerate(NAMES)]

    reading = opened(newline.join(lines), encoding=encoding)

    assert [row.fields["prenom"] for row in rows(reading)] == NAMES
    assert [row.number for row in rows(reading)] == [2, 3, 4, 5, 6]
    assert not faults(reading)


def test_arabic_and_chinese_names_are_intact(opened: Opener) -> None:
    reading = opened("matricule;prenom;email\n1;ليلى;a@example.org\n2;美玲;b@example.org\n")

    assert [row.fields["prenom"] for row in rows(reading)] == ["ليلى", "美玲"]


@pytest.mark.parametrize("first", ["sep=;", "SEP=;", '"sep=;"', "\ufeffsep=;"])
def test_excel_s_first_line_is_no_row(opened: Opener, first: str) -> None:
    reading = opened(f"{first}\r\nmatricule;email\r\nA1;a@example.org\r\n")

    assert [(row.number, row.key) for row in rows(reading)] == [(2, "A1")]


def test_a_separator_no_one_uses_is_refused(opened: Opener) -> None:
    with pytest.raises(ImportRefused, match="use sep=;"):
        opened("sep=#\nmatricule#email\n")


def test_a_line_break_in_a_quoted_cell_stays_and_rows_count_as_in_a_spreadsheet(
    opened: Opener,
) -> None:
    reading = opened(
        'matricule;service;email\nA1;"Soins\r\ncourants";a@example.org\n\n;;\nA2;Labo;b@example.org\n'
    )

    found = rows(reading)

    assert found[0].fields["service"] == "Soins\r\ncourants"
    assert [row.number for row in found] == [2, 5]


def test_column_names_are_known_whatever_their_case_accents_and_spaces(opened: Opener) -> None:
    reading = opened(
        "MATRICULE , Adresse e-mail,Téléphone,Langue,FALC,Fuseau,Territoire,Date d'arrivée,cadre\n"
        "A1,a@example.org,0139981234,English,oui,Indian/Mayotte,976,04/10/2026,non\n"
    )

    (row,) = rows(reading)

    assert row == Row(
        number=2,
        key="A1",
        email=normalise_email("a@example.org"),
        phone=None,
        language="en",
        easy_to_read=True,
        zone="Indian/Mayotte",
        territory="976",
        fields={"arrivee": "2026-10-04", "cadre": "no"},
        proofs={},
    )
    assert [fault.column for fault in faults(reading)] == ["Téléphone"]


def test_what_a_row_leaves_out_comes_from_the_audience_or_the_territory(opened: Opener) -> None:
    reading = opened("matricule;email;territoire\nA1;a@example.org;\nA2;b@example.org;RE\n")

    found = rows(reading)

    assert [(row.zone, row.territory) for row in found] == [
        ("Europe/Paris", "FR"),
        ("Indian/Reunion", "974"),
    ]
    assert [row.language for row in found] == ["fr", "fr"]


@pytest.mark.parametrize(
    ("cell", "territory"),
    [("1", "01"), ("2a", "2A"), ("FR-971", "971"), ("988", "NC"), ("bl", "BL")],
)
def test_a_territory_is_known_under_its_other_names(
    opened: Opener, cell: str, territory: str
) -> None:
    reading = opened(f"matricule;email;departement\nA1;a@example.org;{cell}\n")

    assert [row.territory for row in rows(reading)] == [territory]


def test_ignored_and_missing_columns_are_told_once(opened: Opener) -> None:
    reading = opened("courriel;poste;\na@example.org;12;\nb@example.org;13;\n")

    ignored, unnamed, key, consent = reading.header_notes

    assert "`poste`" in ignored
    assert "column 3 has no name" in unnamed
    assert "`matricule`" in key
    assert "consent for sms" in consent
    assert [row.key for row in rows(reading)] == ["a@example.org", "b@example.org"]


def test_without_a_key_the_address_then_the_number_tells_a_person(opened: Opener) -> None:
    reading = opened("matricule;email;tel\n;A@Example.org;\n;;+33639981234\n")

    assert [row.key for row in rows(reading)] == ["a@example.org", "+33639981234"]


def test_an_audience_told_by_its_addresses_needs_no_column_of_keys(opened: Opener) -> None:
    reading = opened("Courriel\nA@Example.org\n", replace(BOTH_BY_CONSENT, key="email"))

    assert [row.key for row in rows(reading)] == ["a@example.org"]
    assert all("proof of consent" in note for note in reading.header_notes)


@pytest.mark.parametrize(
    ("content", "what"),
    [
        ("matricule;email;courriel\n", "`email` and `courriel` mean the same"),
        ("matricule;mobile;portable\n", "rename or remove"),
        ("matricule;prenom\nA1;Zoé\n", "no column of e-mail"),
        ("A1;a@example.org;Zoé\n", "name them in the first row"),
        ("", "empty file"),
        ("\ufeff\r\n", "empty file"),
        (";".join(f"c{n}" for n in range(10_000)) + ";email\n", "more than 200 columns"),
    ],
)
def test_a_header_that_cannot_be_used_is_refused_with_a_remedy(
    opened: Opener, content: str, what: str
) -> None:
    with pytest.raises(ImportRefused, match=what):
        opened(content)


def test_a_bad_address_is_reported_and_the_rest_of_the_row_is_kept(opened: Opener) -> None:
    reading = opened("matricule;email;tel\nA1;zoe@example,org;+33 6 39 98 12 34\n")

    fault, row = entries(reading)

    assert isinstance(fault, BadRow)
    assert (fault.number, fault.column, fault.kept) == (2, "email", True)
    assert "zoe" not in fault.reason
    assert isinstance(row, Row)
    assert (row.email, row.phone) == (None, "+33639981234")


def test_a_person_without_a_usable_address_is_kept_to_be_counted(opened: Opener) -> None:
    reading = opened("matricule;email\nA1;\nA2;zoe\n")

    assert [(row.key, row.email) for row in rows(reading)] == [("A1", None), ("A2", None)]
    assert [fault.number for fault in faults(reading)] == [3]


@pytest.mark.parametrize(
    ("cells", "column", "reason"),
    [
        ("A1;a@example.org;Zoé;;;surplus", "", "separator"),
        ("A1;a@example.org;Zoé;Europe/Lyon;", "zone", "time zone"),
        ("A1;a@example.org;Zoé;../Paris;", "zone", "time zone"),
        ("A1;a@example.org;Zoé;;99", "territory", "no known territory"),
        ("1,2E+11;a@example.org;Zoé;;", "matricule", "rounded"),
        (";;Zoé;;", "matricule", "no key"),
    ],
)
def test_a_row_that_could_reach_the_wrong_person_or_hour_is_refused_whole(
    opened: Opener, cells: str, column: str, reason: str
) -> None:
    reading = opened(f"matricule;email;prenom;zone;territory\n{cells}\nA2;b@example.org\n")

    (fault,) = faults(reading)

    assert (fault.number, fault.column, fault.kept) == (2, column, False)
    assert reason in fault.reason
    assert [row.key for row in rows(reading)] == ["A2"]


@pytest.mark.parametrize(
    ("column", "cell", "reason"),
    [
        ("langue", "klingon", "not a language"),
        ("falc", "peut-être", "oui or non"),
        ("arrivee", "31/02/2026", "no such day"),
        ("arrivee", "demain", "not a date"),
        ("cadre", "peut-être", "oui or non"),
        ("prenom", "é" * 501, "longer than 500"),
    ],
)
def test_a_cell_that_means_nothing_is_left_out_and_reported(
    opened: Opener, column: str, cell: str, reason: str
) -> None:
    reading = opened(f"matricule;email;{column}\nA1;a@example.org;{cell}\n")

    (fault,) = faults(reading)
    (row,) = rows(reading)

    assert (fault.column, fault.kept) == (column, True)
    assert reason in fault.reason
    assert (row.language, row.easy_to_read, row.fields) == ("fr", False, {})


def test_proofs_of_consent_are_read_by_channel_or_for_all(opened: Opener) -> None:
    by_channel = opened(
        "reference;email;consent_email_date;consent_sms_date;consent_how;consent_wording\n"
        "R1;a@example.org;2026-09-01;;papier;J’accepte\n"
        "R2;b@example.org;01/09/2026 10:30;2026-09-02T08:00:00Z;papier;J’accepte\n",
        BOTH_BY_CONSENT,
    )
    first, second = rows(by_channel)

    assert first.proofs == {
        "email": Proof(date=date(2026, 9, 1), how="papier", wording="J’accepte")
    }
    assert {channel: proof.date for channel, proof in second.proofs.items()} == {
        "email": date(2026, 9, 1),
        "sms": date(2026, 9, 2),
    }

    for_all = opened(
        "reference;email;consent_date;consent_how;consent_wording\n"
        "R1;a@example.org;2026-09-01;papier;J’accepte\n",
        BOTH_BY_CONSENT,
    )

    assert rows(for_all)[0].proofs.keys() == {"email", "sms"}


def test_columns_for_all_channels_prove_nothing_where_no_consent_is_asked(opened: Opener) -> None:
    reading = opened(
        "matricule;email;consent_date;consent_how;consent_wording\nA1;a@b.fr;2026-09-01;web;Oui\n"
    )

    assert rows(reading)[0].proofs.keys() == {"sms"}


def test_a_cell_that_serves_several_channels_is_told_once(opened: Opener) -> None:
    head = "reference;email;phone;consent_date;consent_how;consent_wording\n"
    line = "A1;a@example.org;0639980001;1991-05-05;papier;v1\n"

    reading = opened(head + line, BOTH_BY_CONSENT)

    assert len(faults(reading)) == 1
    assert rows(reading)[0].proofs == {}


@pytest.mark.parametrize("head", ["IPP", "N° IPP", "NIP", "N° de dossier", "Numéro d'adhérent"])
def test_patients_are_told_by_the_number_that_hospitals_give(opened: Opener, head: str) -> None:
    patients = replace(STAFF, key="reference")

    reading = opened(f"{head};email\n8000123;a@example.org\n", patients)

    assert [row.key for row in rows(reading)] == ["8000123"]


@pytest.mark.parametrize("cells", ["2026-09-01;;J’accepte", "2026-09-01;web;", "hier;web;Oui"])
def test_half_a_proof_is_none_and_is_reported(opened: Opener, cells: str) -> None:
    reading = opened(
        "matricule;tel;consent_sms_date;consent_sms_how;consent_sms_wording\n"
        f"A1;+33639981234;{cells}\n"
    )

    assert rows(reading)[0].proofs == {}
    assert [fault.column for fault in faults(reading)] == ["consent_sms_date"]


def test_a_name_that_looks_like_a_formula_is_text(opened: Opener) -> None:
    reading = opened('matricule;prenom;email\nA1;"=HYPERLINK(""x"")";a@example.org\n')

    assert rows(reading)[0].fields["prenom"] == '=HYPERLINK("x")'


@pytest.mark.parametrize(
    ("content", "row"),
    [
        # One Windows-1252 byte in a UTF-8 file.
        ("matricule;prenom;email\nA1;Zoé;a@b.fr\n".encode() + b"A2;Ren\xe9;b@b.fr\n", 3),
        (b"\xef\xbb\xbfmatricule;prenom;email\nA1;Ren\xe9;a@b.fr\n", 2),
        # Bytes that Windows-1252 doesn't have.
        (b"matricule;prenom;email\n" + b"A1;Ren\xe9;a@b.fr\n" * 30 + b"A2;R\x8fn;a@b.fr\n", 32),
        # Garbled before it came here.
        ("matricule;prenom;email\nA1;ZoÃ©;a@b.fr\n".encode(), 2),
        ("matricule;prenom;email\nA1;FranÃ§oise;a@b.fr\n".encode(), 2),
        ("matricule;prenom;email\nA1;Å’uvrÃ©;a@b.fr\n".encode(), 2),
        ("matricule;prenom;email\nA1;Lâ€™Haÿ;a@b.fr\n".encode(), 2),
        ("matricule;prenom;email\nA1;Zo√©;a@b.fr\n".encode(), 2),
        ("matricule;prenom;email\nA1;L\x92Haÿ;a@b.fr\n".encode(), 2),
        ("matricule;prenom;email\nA1;Zo\ufffd;a@b.fr\n".encode(), 2),
        ("matricule;prenom;email\nA1;Z\x00oé;a@b.fr\n".encode(), 2),
        ("matricule;prenom;email\nA1;Z\x1boé;a@b.fr\n".encode(), 2),
        # Half of a UTF-16 character at the end.
        ("matricule;email;prenom\nA1;a@b.fr;Zoé".encode("utf-16") + b"\x00", 2),
    ],
)
def test_a_garbled_cell_is_left_aside_and_told_with_its_row(
    opened: Opener, content: bytes, row: int
) -> None:
    reading = opened(content)

    (fault,) = faults(reading)

    assert (fault.number, fault.column, fault.kept) == (row, "prenom", True)
    assert "prenom" not in rows(reading)[-1].fields


def test_a_garbled_address_or_key_is_never_guessed(opened: Opener) -> None:
    reading = opened("matricule;email\nA\x001;a@b.fr\nA2;\x00b@b.fr\nA3;c@b.fr\n")

    assert [(row.key, row.email is None) for row in rows(reading)] == [("A2", True), ("A3", False)]
    assert [(fault.number, fault.kept) for fault in faults(reading)] == [(2, False), (3, True)]


def test_one_garbled_name_costs_a_file_of_thousands_nothing_else(opened: Opener) -> None:
    lines = [f"A{n};Zoé;a{n}@example.org\n" for n in range(3000)]
    lines[1500] = "A1500;FranÃ§oise;a1500@example.org\n"

    reading = opened("matricule;prenom;email\n" + "".join(lines))

    assert len(rows(reading)) == 3000
    assert [fault.number for fault in faults(reading)] == [1502]


def test_a_file_of_which_too_much_is_garbled_is_refused_with_a_row(opened: Opener) -> None:
    lines = [f"A{n};Zoé;a{n}@example.org\n" for n in range(300)]
    lines += [f"B{n};ZoÃ©;b{n}@example.org\n" for n in range(11)]
    reading = opened("matricule;prenom;email\n" + "".join(lines))

    with pytest.raises(ImportRefused, match=r"contacts\.csv:312: 11 rows of 311 "):
        entries(reading)


OLD_NAMES = ["Renée", "Œuvré", "HÉLÈNE", "d’Aubigné", "Noël", "FRANÇOIS", "Ségolène"]


@pytest.mark.parametrize(
    ("encoding", "name"),
    [("iso-8859-15", "ISO-8859-15"), ("mac-roman", "Macintosh"), ("cp850", "DOS"), ("cp1252", "")],
)
def test_a_file_of_an_older_encoding_is_read_as_it_is_and_told(
    opened: Opener, encoding: str, name: str
) -> None:
    names = [one.replace("’", "'") for one in OLD_NAMES if encoding != "cp850" or "Œ" not in one]
    lines = [f"A{n};{one};a{n}@example.org" for n, one in enumerate(names)]

    reading = opened("\n".join(["matricule;prénom;email", *lines]), encoding=encoding)

    assert [row.fields["prenom"] for row in rows(reading)] == names
    assert [name in note for note in reading.header_notes if "accents" in note] == [True] * bool(
        name
    )


@pytest.mark.parametrize(
    ("encoding", "names"),
    [
        ("cp850", ["Françoise", "Noël"]),
        ("cp850", ["Müller"]),
        ("mac-roman", ["Françoise", "Noël"]),
        ("cp1252", ["Françoise", "Noël"]),
        ("cp1252", ["Núñez", "Muñoz"]),
        ("cp1252", ["L'HAŸ"]),
        ("cp1252", ["D’ORNANO"]),
    ],
)
def test_few_names_are_told_by_their_signs(opened: Opener, encoding: str, names: list[str]) -> None:
    lines = [f"A{n};{one};a{n}@example.org" for n, one in enumerate(names)]

    reading = opened("\n".join(["matricule;prenom;email", *lines]), encoding=encoding)

    assert [row.fields["prenom"] for row in rows(reading)] == names


def test_one_word_is_enough_to_know_iso_8859_15(opened: Opener) -> None:
    reading = opened("matricule;prenom;email\nA1;Œuvré;a@b.fr\n", encoding="iso-8859-15")

    assert rows(reading)[0].fields["prenom"] == "Œuvré"


def test_czech_names_and_quotation_marks_of_windows_are_not_suspect(opened: Opener) -> None:
    text = (
        "matricule;prenom;service;email\n"
        "A1;Žižek;« Soins » – l’été…;a@b.fr\n"
        "A2;Šárka;5 ½ €;b@b.fr\n"
    )

    reading = opened(text, encoding="cp1252")

    assert [row.fields["prenom"] for row in rows(reading)] == ["Žižek", "Šárka"]


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (gzip.compress(b"0" * 10_000_000), "archive"),
        (b'\xef\xbb\xbf<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]>', "XML"),
        (b"<html><table>", "HTML"),
        (b"%PDF-1.7", "PDF"),
        ("matricule;email\n".encode("utf-32"), "UTF-32"),
    ],
)
def test_another_kind_of_file_is_named_and_refused(
    opened: Opener, content: bytes, kind: str
) -> None:
    with pytest.raises(ImportRefused, match=kind):
        opened(content)


def test_a_file_that_is_not_there_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(ImportRefused, match=r"absent\.csv: no such file"):
        contact_file.read(tmp_path / "absent.csv", STAFF, known_territory=known_territory)


@pytest.mark.parametrize(
    "endless",
    [
        "x" * (csv_text.MAX_RECORD + 1),
        '"' + "x\n" * csv_text.MAX_RECORD,
        '"\n",' * csv_text.MAX_RECORD,
    ],
)
def test_a_row_without_end_is_refused_before_it_fills_the_memory(
    opened: Opener, endless: str
) -> None:
    reading = opened(f"matricule,email\nA1,a@example.org\nA2,{endless}")

    with pytest.raises(ImportRefused, match=r"contacts\.csv:3: .*never closed"):
        entries(reading)


def test_quotation_marks_that_can_be_read_in_two_ways_are_refused(opened: Opener) -> None:
    reading = opened('matricule;prenom;email\nA1;"Jean "le Grand"";a@example.org\n')

    with pytest.raises(ImportRefused, match=r":2: .*twice"):
        entries(reading)


def test_a_long_file_comes_in_batches_and_can_be_read_again(opened: Opener) -> None:
    lines = [f"A{n};a{n}@example.org\n" for n in range(contact_file.BATCH + 10)]
    reading = opened("matricule;email\n" + "".join(lines))

    assert [len(batch) for batch in reading] == [contact_file.BATCH, 10]
    assert len(rows(reading)) == contact_file.BATCH + 10


def test_the_digest_is_the_file_s(opened: Opener) -> None:
    reading = opened(b"matricule;email\n")

    # As sha256sum prints it.
    assert reading.digest == "a743d810b8dbc6cd62b14773a0bb63e8a8b7a33e3086707c8926b9b3e87cef57"


@pytest.mark.parametrize(
    "text",
    [
        *("=1+1", "+33639981234", "-1", "@a", "\tx", "\rx", "＝1", "＋1", "－1", "＠a"),
        *('"=1', " =1", "\u00a0=1", "'=1", "''=1", "« =1", "\u200b=1"),
    ],
)
def test_a_cell_a_spreadsheet_would_run_gets_an_apostrophe(text: str) -> None:
    assert guarded(text) == f"'{text}"
    assert unguarded(guarded(text)) == text


@given(st.text(alphabet="'\"=+-@ \t\r\n＝a«\u200b", max_size=8))
def test_guarding_can_always_be_undone(text: str) -> None:
    assert unguarded(guarded(text)) == text


def test_an_export_read_again_gives_the_same_rows(opened: Opener) -> None:
    proof = Proof(date=date(2026, 9, 1), how="-web", wording='J’accepte ; « tout », "oui"')
    exported = [
        Row(
            number=2,
            key="=A1",
            email=normalise_email("Zoe@example.org"),
            phone="+33639981234",
            language="en",
            easy_to_read=True,
            zone="Pacific/Marquesas",
            territory="PF",
            fields={"prenom": "'=cmd|' /C calc'!A0", "service": "@Soins\ncourants", "cadre": "yes"},
            proofs={"sms": proof, "email": proof},
        ),
        Row(
            number=3,
            key="a@example.org",
            email=None,
            phone=None,
            language="fr",
            easy_to_read=False,
            zone="Europe/Paris",
            territory="FR",
            fields={"prenom": "'Zoë", "arrivee": "2026-10-04"},
            proofs={},
        ),
    ]
    out = io.StringIO()

    count = export_rows(exported, STAFF, out)
    reading = opened(out.getvalue(), encoding="utf-8-sig")

    assert count == 2
    assert rows(reading) == exported
    assert not faults(reading)
    assert not reading.header_notes


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("La Réunion", "974"),
        ("REUNION", "974"),
        ("Île de la Réunion", "974"),
        ("974 - La Réunion", "974"),
        ("Guyane (973)", "973"),
        ("St-Martin", "MF"),
        ("Nouvelle Calédonie", "NC"),
        ("Polynésie française (PF)", "PF"),
        ("Wallis & Futuna", "WF"),
        ("France métropolitaine", "FR"),
    ],
)
def test_a_territory_is_read_by_its_french_name(opened: Opener, written: str, code: str) -> None:
    reading = opened(f"matricule;email;territoire\nA1;a@example.org;{written}\n")

    (row,) = rows(reading)

    assert row.territory == code
    assert not faults(reading)


@pytest.mark.parametrize("service", ["Cardiologie", "12 - Cardiologie", "Réunion de service"])
def test_what_is_no_territory_is_none(opened: Opener, service: str) -> None:
    reading = opened(f"matricule;email;Département\nA1;a@example.org;{service}\n")

    (row,) = rows(reading)

    assert row.territory == "FR"


@pytest.mark.parametrize("cell", ["N/A", "Fran?oise", "{{ prenom }}", "Fran%C3%A7oise", "NULL"])
def test_nobody_is_greeted_by_what_is_no_name(opened: Opener, cell: str) -> None:
    reading = opened(f"matricule;email;prenom;service\nA1;a@example.org;{cell};{cell}\n")

    (kept,) = rows(reading)
    assert "prenom" not in kept.fields
    assert kept.fields["service"] == cell, "a service may be called anything"
    assert [one.column for one in faults(reading)] == ["prenom"]
