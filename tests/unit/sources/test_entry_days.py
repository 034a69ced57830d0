"""The column of the day on which staff came: by its name, by a field of the house, and of staff
alone."""

from dataclasses import replace
from datetime import date

import pytest

from scheduler.domain.calendar.campaigns import Audience, AudienceField, People
from scheduler.domain.people.contacts import BadRow, Row
from scheduler.sources.columns.matching import match_columns
from scheduler.sources.rows import Entry, RowReader
from tests.samples.ledger import PATIENTS, STAFF

AGENTS = replace(STAFF, people=People.STAFF)
TODAY = date(2026, 11, 12)


def read(head: str, cell: str, audience: object = AGENTS) -> list[Entry]:
    assert isinstance(audience, type(AGENTS))
    header = [audience.key, "courriel", head]
    columns = match_columns(
        header, audience, where="x.csv", samples=[["A1", "a@example.org", cell]]
    )
    reader = RowReader(audience, columns, lambda _: True, TODAY)
    return reader.read(2, ["A1", "a@example.org", cell])


def entered(found: list[Entry]) -> date | None:
    (row,) = [one for one in found if isinstance(one, Row)]
    return row.entered


@pytest.mark.parametrize(
    "head",
    ["Date d’entrée", "DATE D'ENTREE", "date_entree", "Embauché(e) le", "hire date", "Arrivée le"],
)
@pytest.mark.parametrize("cell", ["09/11/2026", "2026-11-09", "46335"])
def test_a_day_of_entry_is_read_by_the_names_that_people_give_it(head: str, cell: str) -> None:
    assert entered(read(head, cell)) == date(2026, 11, 9)


def test_a_field_of_the_house_serves_too_and_stays_a_field() -> None:
    field = AudienceField(name="date_entree", label="Date d’entrée", type="date")
    found = read("Date d’entrée", "09/11/2026", replace(AGENTS, fields=(field,)))

    assert entered(found) == date(2026, 11, 9)
    (row,) = [one for one in found if isinstance(one, Row)]
    assert row.fields == {"date_entree": "2026-11-09"}


@pytest.mark.parametrize("audience", [PATIENTS, replace(PATIENTS, people=People.PATIENTS), STAFF])
def test_a_patients_day_of_entry_is_never_read(audience: Audience) -> None:
    assert entered(read("Date d’entrée", "09/11/2026", audience)) is None


@pytest.mark.parametrize("cell", ["", "N/A", "00/00/0000"])
def test_no_day_is_none(cell: str) -> None:
    found = read("Date d’entrée", cell)

    assert entered(found) is None
    assert not [one for one in found if isinstance(one, BadRow)]


def test_what_is_no_day_is_told_and_the_row_kept() -> None:
    found = read("Date d’entrée", "31/02/2026")

    assert entered(found) is None
    (bad,) = [one for one in found if isinstance(one, BadRow)]
    assert (bad.column, bad.kept) == ("Date d’entrée", True)
