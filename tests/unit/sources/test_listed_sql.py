"""A query of another database: its rows as text, and nothing of it changed."""

import csv
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy.exc import DataError

from scheduler.domain.errors import SourceAway
from scheduler.domain.people.sourced import Cause
from scheduler.sources.listed.https import Options as HttpsOptions
from scheduler.sources.listed.ldap import Options as LdapOptions
from scheduler.sources.listed.seam import Known, Table
from scheduler.sources.listed.sql import Options, Source, _away, _without

QUERY = "SELECT matricule, mel AS email, prenom, depuis, actif, points FROM agent WHERE actif"


@pytest.fixture
def base(tmp_path: Path) -> Path:
    path = tmp_path / "rh.db"
    with sqlite3.connect(path) as connection:
        connection.execute(
            "CREATE TABLE agent (matricule TEXT, mel TEXT, prenom TEXT, depuis TEXT, actif, points)"
        )
        connection.executemany(
            "INSERT INTO agent VALUES (?, ?, ?, ?, ?, ?)",
            [
                ("M1", "elise@example.org", "Élise; « Zoé »", "2026-09-01", 1, 12.0),
                ("M2", "ana@example.org", None, None, 1, 1.5),
                ("M3", "parti@example.org", "Léo", None, 0, 3),
            ],
        )
    connection.close()
    return path


def fetched(base: Path, query: str = QUERY) -> Table:
    table = Source(Options(url=f"sqlite:///{base}", query=query)).fetch(Known(), "")
    assert table is not None
    return table


def refused(url: str, query: str = QUERY) -> SourceAway:
    with pytest.raises(SourceAway) as away:
        Source(Options(url=url, query=query)).fetch(Known(), "")
    return away.value


def test_its_rows_come_as_text_under_its_own_columns(base: Path) -> None:
    table = fetched(base)

    text = table.memory.path.read_text(encoding="utf-8")
    assert list(csv.reader(text.splitlines(), delimiter=";")) == [
        ["matricule", "email", "prenom", "depuis", "actif", "points"],
        ["M1", "elise@example.org", "Élise; « Zoé »", "2026-09-01", "1", "12"],
        ["M2", "ana@example.org", "", "", "1", "1.5"],
    ]
    assert table.header == ("matricule", "email", "prenom", "depuis", "actif", "points")


def test_a_colon_of_the_query_is_its_own(base: Path) -> None:
    found = fetched(base, "SELECT 'a:b' AS matricule, mel AS email FROM agent WHERE actif = 0")

    assert "a:b" in found.memory.path.read_text()


@pytest.mark.parametrize(
    "query",
    [
        "DELETE FROM agent",
        "UPDATE agent SET mel = ''",
        "DROP TABLE agent",
        "DELETE FROM agent RETURNING matricule, mel AS email",
    ],
)
def test_a_query_changes_nothing(base: Path, query: str) -> None:
    refused(f"sqlite:///{base}", query)

    assert len(fetched(base, "SELECT * FROM agent").memory.path.read_text().splitlines()) == 4


def test_a_database_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    away = refused(f"sqlite:///{tmp_path / 'nowhere.db'}")

    assert away.cause == Cause.UNREACHABLE
    assert list(tmp_path.iterdir()) == []


def test_a_wrong_query_and_a_driver_that_lacks_are_told(base: Path) -> None:
    wrong = refused(f"sqlite:///{base}", "SELECT * FROM nowhere")
    assert (wrong.cause, str(wrong)) == (
        Cause.BADLY_ASKED,
        "the database refuses the query: no such table: nowhere",
    )
    assert "syntax error" in str(refused(f"sqlite:///{base}", "SELECT FROM"))
    assert refused(f"sqlite:///{base}", "SELECT x'00' AS email").cause == Cause.BADLY_ASKED
    lacking = refused("oracle+oracledb://rh@db.example.org/rh")
    assert lacking.cause == Cause.BADLY_ASKED
    assert "oracledb" in str(lacking)


def test_a_password_is_in_no_word_of_it() -> None:
    options = Options(
        url="postgresql+psycopg://rh:hidden@127.0.0.1:1/rh", query=QUERY, password="s3cret"
    )

    with pytest.raises(SourceAway) as away:
        Source(options).fetch(Known(), "")

    assert away.value.cause == Cause.UNREACHABLE
    assert "Connection refused" in str(away.value)
    assert "s3cret" not in str(away.value)
    assert "hidden" not in str(away.value)


def test_no_value_and_no_address_is_in_a_word_of_it() -> None:
    assert _without("near x:s3cret@db.example: a\nb", ["s3cret"]) == "near … a"
    assert _without("mot de passe s3cret refusé", ["s3cret", ""]) == "mot de passe … refusé"
    value = DataError("SELECT", {}, ValueError("invalid input: Élise Dupont"))
    assert "Dupont" not in str(_away(value, []))


def test_no_options_show_their_secret() -> None:
    shown = [
        repr(Options(url="sqlite:///x", query="", password="s3cret")),
        repr(LdapOptions(url="ldaps://a", base="dc=b", password="s3cret")),
        repr(HttpsOptions(url="https://a.example", password="s3cret", token="s3cret")),
    ]

    assert "s3cret" not in "".join(shown)
