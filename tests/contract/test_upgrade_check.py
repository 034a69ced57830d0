"""What an update would ask, before it is made: on both databases, and nothing is changed by it."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.engine import make_url

from scheduler import __version__
from scheduler.bootstrap import HEAD, Upgrade, upgrade_of
from scheduler.store.notes import PROGRAM, SCHEMA_MIN, forget_note, note, note_of, schema_of
from scheduler.store.setup import migrate, writer_engine
from scheduler.store.upkeep import upgrading
from tests.commands import reflexe
from tests.flow_world import write_installation
from tests.left_behind import SCHEMA, lay_out, put_back
from tests.parts.postgres import empty_database


@pytest.fixture(params=["sqlite", "postgres"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.db'}"
        return
    with empty_database(request.getfixturevalue("postgres")) as url:
        yield url


@pytest.fixture
def lacking(monkeypatch: pytest.MonkeyPatch) -> None:
    """As after an install without the extra."""
    monkeypatch.setitem(sys.modules, "psycopg", None)


def of(url: str, name: str) -> str | None:
    engine = writer_engine(make_url(url))
    with engine.begin() as connection:
        found = schema_of(connection) if name == "schema" else note_of(connection, name)
    engine.dispose()
    return found


def test_an_old_ledger_lacks_each_later_step_and_stays_as_it_is(empty_url: str) -> None:
    put_back(empty_url)

    found = upgrade_of(empty_url)

    assert (found.ledger.schema, found.ledger.program) == (SCHEMA, "")
    assert [one.revision for one in found.steps] == [
        f"{number:04}" for number in range(int(SCHEMA) + 1, int(HEAD) + 1)
    ]
    assert all(one.told.endswith(".") for one in found.steps)
    assert of(empty_url, "schema") == SCHEMA


def test_after_a_migration_nothing_is_left_and_its_program_is_noted(empty_url: str) -> None:
    put_back(empty_url)
    migrate(empty_url)

    found = upgrade_of(empty_url)

    assert (found.ledger.schema, found.ledger.program, found.steps) == (HEAD, __version__, [])
    assert found.stops_older_than == ""


def test_it_waits_behind_no_writer_for_the_daemon_of_before_may_be_sending(empty_url: str) -> None:
    put_back(empty_url)
    engine = writer_engine(make_url(empty_url))
    with engine.begin() as connection:
        note(connection, PROGRAM, "0.0.1")

        found = upgrade_of(empty_url)

    engine.dispose()
    assert (found.ledger.schema, found.ledger.program) == (SCHEMA, "")


def test_a_database_without_a_ledger_is_told_as_none(empty_url: str) -> None:
    assert upgrade_of(empty_url).ledger.schema == ""


def test_a_step_that_takes_something_away_stops_older_replicas() -> None:
    step = upgrading.Step(revision="0009", told="Takes a column away.", oldest="0005")
    seen = upgrading.LedgerSeen(schema="0004")

    assert Upgrade(ledger=seen, steps=[step]).stops_older_than == "0005"
    assert Upgrade(ledger=upgrading.LedgerSeen(schema="0005"), steps=[step]).stops_older_than == ""


# As an operator says it


def test_without_a_ledger_none_is_made(tmp_path: Path) -> None:
    config = write_installation(tmp_path)

    answer = reflexe(config, "upgrade-check")

    assert (answer.code, "There is no ledger yet" in answer.out) == (0, True), answer.out
    assert not [*tmp_path.rglob("*.db")]


def test_what_an_old_installation_must_do_is_said_and_then_nothing(tmp_path: Path) -> None:
    config = lay_out(tmp_path)
    put_back(f"sqlite:///{tmp_path}/var/reflexe.db")

    before = reflexe(config, "upgrade-check", "--json").json
    told = reflexe(config, "upgrade-check")
    reflexe(config, "migrate")
    after = reflexe(config, "upgrade-check", "--json").json

    assert (before["from"], before["to"]["schema"]) == ({"version": "", "schema": SCHEMA}, HEAD)
    assert len(before["migrations"]) == int(HEAD) - int(SCHEMA)
    assert (told.code, f"  {HEAD} " in told.out) == (1, True)
    assert "a version that noted none" in told.out
    assert (after["migrations"], after["from"]) == ([], {"version": __version__, "schema": HEAD})


def test_settings_that_are_gone_and_going_and_texts_that_would_be_held(tmp_path: Path) -> None:
    config = write_installation(tmp_path)
    good = config.read_text(encoding="utf-8")
    (text,) = sorted((tmp_path / "templates").rglob("email*.fr.md"))[:1]
    text.write_text(text.read_text(encoding="utf-8") + "\n{{ inconnu }}\n", encoding="utf-8")

    held = reflexe(config, "upgrade-check", "--json").json
    config.write_text(good.replace("web: {", "web: {colour: red, desk_token: x, "))
    gone = reflexe(config, "upgrade-check")
    config.write_text(good.replace("web: {", "web: {desk_token: x, "))
    going = reflexe(config, "upgrade-check")

    assert any("inconnu" in one["message"] for one in held["texts_held"])
    assert gone.code == 1
    assert "Settings that this version refuses:" in gone.out
    assert "web.colour" in gone.out
    assert "Settings that the next version refuses:" in going.out
    assert "web.desk_token" in going.out


def test_a_newer_ledger_is_said_and_left(tmp_path: Path) -> None:
    config = write_installation(tmp_path)
    reflexe(config, "migrate")
    url = f"sqlite:///{tmp_path}/var/reflexe.db"
    engine = writer_engine(make_url(url))
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
        note(connection, SCHEMA_MIN, "9999")
        forget_note(connection, PROGRAM)
    engine.dispose()

    answer = reflexe(config, "upgrade-check")

    assert (answer.code, "newer than this program" in answer.out) == (1, True)
    assert of(url, "schema") == "9999"


@pytest.mark.usefixtures("lacking")
def test_a_ledger_on_a_server_wants_its_extra(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REFLEXE_DATABASE__URL", "postgresql+psycopg://reflexe@127.0.0.1:1/x")

    answer = reflexe(write_installation(tmp_path), "upgrade-check")

    assert (answer.code, "reflexe[postgres]" in answer.out) == (1, True)
