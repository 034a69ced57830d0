"""Contact files that are workbooks: read like a CSV, or refused in words and within seconds."""

import io
import time
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from scheduler.domain.calendar.campaigns import Audience, AudienceField, ChannelTerms
from scheduler.domain.calendar.holidays import known_territory
from scheduler.domain.errors import ImportRefused
from scheduler.domain.people.contacts import BadRow, Proof, Row
from scheduler.sources import contact_file
from scheduler.sources.contact_file import Reading
from tests.workbooks import Cell, ods, xlsx, zipped

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
        AudienceField(name="cadre", label="Cadre", type="yes-no"),
    ),
)
HEADER: list[Cell] = ["Matricule", "Prénom", "Courriel", "Tél. mobile", "Cadre"]
PEOPLE: list[list[Cell]] = [HEADER, ["00123", "Zoé", "zoe@example.org", 639980001.0, True]]
NOTES: list[list[Cell]] = [["Mode d’emploi"], ["Remplir chaque ligne"]]

Opener = Callable[..., Reading]


@pytest.fixture
def opened(tmp_path: Path) -> Opener:
    def open_it(content: bytes, sheet: str = "", name: str = "agents.xlsx") -> Reading:
        path = tmp_path / name
        path.write_bytes(content)
        return contact_file.read(
            path, STAFF, known_territory=known_territory, today=date(2026, 10, 1), sheet=sheet
        )

    return open_it


def rows(reading: Reading) -> list[Row]:
    return [one for batch in reading for one in batch if isinstance(one, Row)]


@pytest.mark.parametrize("name", ["agents.xlsx", "agents.csv", "agents.xls", "agents"])
def test_a_workbook_is_read_whatever_it_is_called(opened: Opener, name: str) -> None:
    reading = opened(xlsx({"Feuil1": PEOPLE}), name=name)

    (row,) = rows(reading)

    assert (row.number, row.key, row.phone) == (2, "00123", "+33639980001")
    assert row.fields == {"prenom": "Zoé", "cadre": "yes"}
    assert [one.key for one in rows(reading)] == ["00123"]


@pytest.mark.parametrize(
    ("number", "key"),
    [
        (123456789012345.0, "123456789012345"),
        (1234567890123456.0, "1234567890123456"),
        (1000000000000001.0, "1000000000000001"),
    ],
)
def test_a_long_number_keeps_no_point(opened: Opener, number: float, key: str) -> None:
    reading = opened(xlsx({"Feuil1": [["matricule", "email"], [number, "a@example.org"]]}))

    assert [row.key for row in rows(reading)] == [key]


@pytest.mark.parametrize("number", [1234567890123450.0, 12345678901234500000.0])
def test_a_number_whose_last_figures_excel_may_have_lost_is_no_key(
    opened: Opener, number: float
) -> None:
    reading = opened(xlsx({"Feuil1": [["matricule", "email"], [number, "a@example.org"]]}))

    (fault,) = [one for batch in reading for one in batch if isinstance(one, BadRow)]
    assert (fault.column, fault.kept) == ("matricule", False)
    assert "rounded by a spreadsheet" in fault.reason


def test_a_csv_that_is_called_a_workbook_is_a_csv(opened: Opener) -> None:
    reading = opened(b"matricule;email\nA1;a@example.org\n")

    assert [row.key for row in rows(reading)] == ["A1"]


def test_a_table_of_libreoffice_is_read(opened: Opener) -> None:
    reading = opened(ods([["matricule", "email"], ["A1", "a@example.org"]]), name="agents.ods")

    assert [row.key for row in rows(reading)] == ["A1"]


def test_days_are_days_whether_the_cell_is_formatted_or_not(opened: Opener) -> None:
    header = ["matricule", "email", "consent_sms_date", "consent_sms_how", "consent_sms_wording"]
    day = date(2026, 9, 1)
    reading = opened(
        xlsx(
            {
                "Feuil1": [
                    header,
                    ["A1", "a@example.org", day, "papier", "Oui"],
                    ["A2", "b@example.org", 46266, "papier", "Oui"],
                ]
            }
        )
    )

    proof = Proof(date=day, how="papier", wording="Oui")
    assert [row.proofs for row in rows(reading)] == [{"sms": proof}, {"sms": proof}]


def test_rows_count_as_the_spreadsheet_shows_them(opened: Opener) -> None:
    reading = opened(xlsx({"Feuil1": [[], [None, "Liste des agents"], [], *PEOPLE]}))

    assert [row.number for row in rows(reading)] == [5]
    assert any("the header is row 4" in note for note in reading.header_notes)


def test_the_sheet_with_people_is_taken_and_the_choice_is_told(opened: Opener) -> None:
    reading = opened(xlsx({"Lisez-moi": NOTES, "Agents": PEOPLE}))

    assert len(rows(reading)) == 1
    assert any("sheet `Agents` is read, and not `Lisez-moi`" in n for n in reading.header_notes)


def test_a_hidden_sheet_is_not_the_one_that_is_meant(opened: Opener) -> None:
    reading = opened(xlsx({"Anciens": PEOPLE, "Agents": PEOPLE}, hidden=["Anciens"]))

    assert any("sheet `Agents` is read" in note for note in reading.header_notes)


def test_between_two_sheets_of_people_the_operator_chooses(opened: Opener) -> None:
    both = xlsx({"Nord": PEOPLE, "Sud": [HEADER, ["9", "Léa", "lea@example.org", None, False]]})

    with pytest.raises(ImportRefused, match=r"several sheets may be meant: `Nord`, `Sud`.*--sheet"):
        opened(both)

    assert [row.key for row in rows(opened(both, sheet="sud"))] == ["9"]
    with pytest.raises(ImportRefused, match="no sheet `Est`"):
        opened(both, sheet="Est")


def _bomb() -> bytes:
    return zipped({"[Content_Types].xml": "<Types/>", "xl/workbook.xml": b"0" * 700_000_000})


def _lying_bomb() -> bytes:
    """Its directory says that a part is small."""
    data = bytearray(zipped({"[Content_Types].xml": "<Types/>", "content.xml": b"0" * 9_000_000}))
    for at in (data.rfind(b"PK\x01\x02") + 24, data.find(b"content.xml") - 8):
        data[at : at + 4] = (1000).to_bytes(4, "little")
    return bytes(data)


def _entities() -> bytes:
    levels = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    content = f'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY l0 "lol">{levels}]><a>&l9;</a>'
    return zipped({"content.xml": content, "mimetype": "application/x"})


def _far_cell() -> bytes:
    """Two cells, at the two ends of a sheet."""
    whole = xlsx({"Feuil1": PEOPLE})
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(whole)) as old, zipfile.ZipFile(out, "w") as new:
        for part in old.infolist():
            data = old.read(part)
            if part.filename.endswith("sheet1.xml"):
                far = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
                data = data.replace(b"</sheetData>", far)
            new.writestr(part.filename, data)
    return out.getvalue()


@pytest.mark.parametrize(
    ("made", "what"),
    [
        (_bomb, "unpacks to far more"),
        (_lying_bomb, "damaged"),
        (_entities, "definitions that no spreadsheet writes"),
        (_far_cell, "more than 200 columns|too much memory"),
        (lambda: xlsx({"F": [[f"c{n}" for n in range(10_000)]]}), "more than 200 columns"),
        (lambda: zipped({"../../etc/passwd": "x", "[Content_Types].xml": ""}), "outside it"),
        (lambda: zipped({"notes.txt": "x"}), "no workbook"),
        (lambda: xlsx({"F": PEOPLE})[:-200], "damaged"),
        (lambda: xlsx({"F": []}), "without a filled cell"),
        (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000), "damaged"),
        (lambda: xlsx({f"F{n}": PEOPLE for n in range(60)}), "more than 50 sheets"),
    ],
)
def test_a_workbook_that_is_a_trap_or_none_is_refused_in_words_and_in_time(
    opened: Opener, made: Callable[[], bytes], what: str
) -> None:
    content = made()
    start = time.monotonic()

    with pytest.raises(ImportRefused, match=what):
        opened(content)

    # Five seconds on a machine of its own.
    assert time.monotonic() - start < 15


def test_an_html_table_that_is_called_a_workbook_is_named_and_refused(opened: Opener) -> None:
    with pytest.raises(ImportRefused, match="not a CSV file but an XML or HTML page"):
        opened(b"<html><table><tr><td>matricule</td></tr></table>", name="agents.xls")
