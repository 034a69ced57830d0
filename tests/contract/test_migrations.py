"""Migrations both versions live with; said by two at once, or killed; SQLite and PostgreSQL."""

import shutil
import signal
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from subprocess import PIPE, Popen
from textwrap import dedent, indent

import pytest
from sqlalchemy import create_engine, inspect, text
from sqlalchemy.engine import make_url

from scheduler.domain.errors import LedgerError
from scheduler.store import setup
from scheduler.store.setup import HEAD, MIGRATIONS, migrate, open_ledger, writer_engine
from scheduler.store.statistics import LARGE
from scheduler.store.upkeep.copying import copy_people
from tests.additive import takings
from tests.parts.postgres import empty_database
from tests.parts.processes import wait_until
from tests.samples.ledger import MADE, STAFF, open_book, person

#: A migration of tomorrow's.
NEXT = "9001"


@pytest.fixture(params=["sqlite", "postgres"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database without a ledger."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.db'}"
        return
    with empty_database(request.getfixturevalue("postgres")) as url:
        yield url


def tomorrow(folder: Path, step: str, *, says: str = "") -> Path:
    """The migrations, and one more after them."""
    made = folder / "migrations"
    shutil.copytree(MIGRATIONS, made, ignore=shutil.ignore_patterns("__pycache__"))
    script = f"""\
        import sqlalchemy as sa
        from alembic import op

        revision = "{NEXT}"
        down_revision = "{HEAD}"
        {says}


        def upgrade() -> None:
        """
    body = indent(dedent(step), "    ")
    file = made / "versions" / f"{NEXT}_tomorrow.py"
    file.write_text(dedent(script).rstrip() + "\n" + body, encoding="utf-8")
    return made


def upgrade_to_tomorrow(url: str, migrations: Path) -> None:
    """As the newer program does it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(setup, "MIGRATIONS", migrations)
        patch.setattr(setup, "HEAD", NEXT)
        assert migrate(url) == NEXT


ADDED = 'op.add_column("contact", sa.Column("nickname", sa.Text(), nullable=True))'
TAKEN = 'op.drop_column("contact", "language")'


def test_a_large_ledger_of_an_older_program_is_counted_as_it_is_brought_up_to_date(
    sqlite_template: Path, tmp_path: Path
) -> None:
    ledger = tmp_path / "ledger.db"
    ledger.write_bytes(sqlite_template.read_bytes())
    url = f"sqlite:///{ledger}"
    people = [(f"{number:032}".encode(),) for number in range(LARGE)]
    with closing(sqlite3.connect(ledger)) as connection, connection:
        connection.executemany(
            "INSERT INTO address (kind, digest, key_id) VALUES ('email', ?, 'a')", people
        )

    upgrade_to_tomorrow(url, tomorrow(tmp_path, ADDED))

    with closing(sqlite3.connect(ledger)) as connection:
        assert ("address",) in connection.execute("SELECT tbl FROM sqlite_stat1").fetchall()


def test_no_migration_takes_what_an_older_program_needs(empty_url: str) -> None:
    engine = writer_engine(make_url(empty_url))

    taken = takings(MIGRATIONS, engine)

    engine.dispose()
    assert taken == {}


def test_what_a_migration_takes_is_found(empty_url: str, tmp_path: Path) -> None:
    engine = writer_engine(make_url(empty_url))
    step = """\
        op.drop_column("contact", "language")
        op.drop_table("reply")
        op.drop_table("agenda_entry")
        op.create_table(
            "agenda_entry",
            *[sa.Column(name, sa.Text()) for name in ("campaign", "digest")],
            sa.Column("sequence", sa.Integer(), sa.CheckConstraint("sequence > 0")),
            sa.Column("changed_at", sa.BigInteger(), primary_key=True),
        )
        op.execute("ALTER TABLE trial RENAME COLUMN reason TO why")
        op.add_column("trial", sa.Column("n", sa.Integer(), nullable=False))
        op.create_index("i", "trial", ["message"], unique=True)
        op.drop_index("uq_alarm_open", "alarm")
        """

    found = takings(tomorrow(tmp_path, step), engine, since=HEAD)

    engine.dispose()
    assert sorted(one.split(":")[0] for one in found[NEXT]) == [
        "agenda_entry.campaign as it was",
        "agenda_entry.changed_at as it was",
        "agenda_entry.digest as it was",
        "agenda_entry.sequence as it was",
        "freedom of agenda_entry",
        "freedom of trial in message",
        "rows without trial.n, which has no default",
        "the column contact.language",
        "the column trial.reason",
        "the key of agenda_entry",
        "the rule of alarm over kind, subject",
        "the table reply",
    ]


def test_what_only_adds_or_says_that_it_takes_is_let_pass(empty_url: str, tmp_path: Path) -> None:
    engine = writer_engine(make_url(empty_url))
    step = f"{ADDED}\n{TAKEN}"

    newest = tomorrow(tmp_path, step, says=f'schema_min = "{HEAD}"')
    found = takings(newest, engine, since=HEAD)

    engine.dispose()
    assert found == {}


async def test_an_older_program_goes_on_and_starts_on_what_was_added(
    ledger_url: str, keys_file: Path, tmp_path: Path
) -> None:
    running = await open_book(ledger_url, keys_file)
    await running.take_in(STAFF, person(1))

    upgrade_to_tomorrow(ledger_url, tomorrow(tmp_path, ADDED))

    await running.take_in(STAFF, person(1), person(2))
    started = await open_book(ledger_url, keys_file)
    assert [card.key async for card in started.people.contacts("staff")] == ["K1", "K2"]
    assert migrate(ledger_url) == NEXT, "it changes nothing"
    copy = await copy_people(started.ledger, tmp_path / "rehearsal.db", MADE)
    for ledger in (running.ledger, started.ledger, copy):
        await ledger.close()


async def test_an_older_program_refuses_what_lacks_what_it_needs(
    ledger_url: str, keys_file: Path, tmp_path: Path
) -> None:
    await (await open_book(ledger_url, keys_file)).ledger.close()
    migrations = tomorrow(tmp_path, ADDED, says=f'schema_min = "{NEXT}"')
    upgrade_to_tomorrow(ledger_url, migrations)

    with pytest.raises(LedgerError, match=rf"{NEXT}, newer than this program's {HEAD}"):
        await open_ledger(ledger_url, keys_file, MADE)
    with pytest.raises(LedgerError, match="start the newer version"):
        migrate(ledger_url)


def process(url: str, migrations: Path = MIGRATIONS) -> "Popen[bytes]":
    """``migrate`` in a process of its own."""
    said = (
        "from pathlib import Path; from scheduler.store import setup; "
        f"setup.MIGRATIONS = Path({str(migrations)!r}); print(setup.migrate({url!r}))"
    )
    return Popen([sys.executable, "-c", said], stdout=PIPE, stderr=PIPE)


def test_several_processes_may_migrate_at_once(empty_url: str) -> None:
    started = [process(empty_url) for _ in range(4)]

    ends = [one.communicate(timeout=120) for one in started]

    assert [out.decode().strip() for out, _ in ends] == [HEAD] * 4, ends


def test_killed_in_its_midst_a_migration_is_as_if_never_begun(
    empty_url: str, tmp_path: Path
) -> None:
    migrate(empty_url)
    reached = tmp_path / "reached"
    step = f"""\
        {ADDED}
        from pathlib import Path
        Path({str(reached)!r}).touch()
        import signal
        signal.pause()
        """
    killed = process(empty_url, tomorrow(tmp_path, step))
    wait_until(lambda: reached.exists() or killed.poll() is not None, "it is in its midst")
    killed.kill()
    _, err = killed.communicate()
    assert killed.returncode == -signal.SIGKILL, err

    again = process(empty_url)
    out, _ = again.communicate(timeout=120)

    assert out.decode().strip() == HEAD
    assert "nickname" not in columns(empty_url, "contact")


def columns(url: str, table: str) -> list[str]:
    engine = create_engine(url)
    with engine.connect() as connection:
        names = [one["name"] for one in inspect(connection).get_columns(table)]
    engine.dispose()
    return names


@pytest.mark.parametrize("ledger_url", ["postgres"], indirect=True)
def test_a_table_in_use_holds_a_migration_back_and_not_the_senders(
    ledger_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(setup, "MIGRATIONS", tomorrow(tmp_path, ADDED))
    monkeypatch.setattr(setup, "PATIENCE", "100ms")
    engine = create_engine(ledger_url)
    with engine.begin() as report:
        report.execute(text("SELECT count(*) FROM contact"))

        with pytest.raises(LedgerError, match=r"in use.*nothing was changed"):
            migrate(ledger_url)

    assert migrate(ledger_url) == NEXT
    engine.dispose()
