"""Making, opening and refusing a ledger, on SQLite and on PostgreSQL."""

import asyncio
import base64
import json
import re
import stat
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine, func, insert, inspect, select, text, update
from sqlalchemy.exc import OperationalError

from scheduler.domain.consent.optout import by_email_link
from scheduler.domain.errors import KeysError, LedgerError
from scheduler.domain.message import AddressKind
from scheduler.domain.people.imports import SAMPLE_ORIGIN
from scheduler.store import setup
from scheduler.store.database import Database
from scheduler.store.keys.sealing import Keys, Secret, make_keys, read_keys, write_keys
from scheduler.store.notes import SCHEMA_MIN, note
from scheduler.store.schema.everything import metadata
from scheduler.store.schema.tables import alarm, meta
from scheduler.store.setup import HEAD, MIGRATIONS, migrate, open_ledger
from tests.samples.ledger import MADE, STAFF, Book, open_book, person

CANARIES = ("canari@example.org", "+33639981234", "Prénom-Canari", "CLE-CANARI")

#: What one database has otherwise than the tables that both share: PostgreSQL finds deliveries by
#: what stands still while they are sent (store/schema/states.py), and SQLite by their state.
OWN = {
    "sqlite": set(),
    "postgresql": {
        ("remove_index", "ix_batch_unsettled"),
        ("add_index", "ix_delivery_sending"),
        ("remove_column", "left_out"),
        ("remove_column", "gave_way"),
        ("remove_column", "in_doubt"),
    },
}


def test_the_migrations_make_the_tables_that_the_code_knows(ledger_url: str) -> None:
    engine = create_engine(ledger_url)
    with engine.connect() as connection:
        options = {
            "compare_type": True,
            "compare_server_default": _other_default,
            "include_name": _is_ours,
        }
        context = MigrationContext.configure(connection, opts=options)
        differences = compare_metadata(context, metadata)
        strict = _strictness(connection)
        kind = connection.dialect.name
    engine.dispose()

    assert {_told(*one) for one in differences} == OWN[kind]
    assert strict == dict.fromkeys(metadata.tables, True)


def _told(act: str, *about: Any) -> tuple[str, str]:
    """What alembic would do to the database, and the name of what it would do it to."""
    return act, about[-1].name


def _is_ours(name: str | None, kind: str, _parents: Any) -> bool:
    """The queue's tables are its library's."""
    return kind != "table" or not (name or "").startswith("procrastinate_")


def _other_default(*compared: Any) -> bool:
    """Whether two defaults differ; alembic's own comparison knows neither '' nor JSON."""
    found, known = compared[3], compared[5]
    return _plain(found) != _plain(known)


def _plain(default: str | None) -> str | None:
    """Without its quotes and its type."""
    return default if default is None else re.sub(r"::\w+$", "", default).strip("('\")")


def _strictness(connection: Connection) -> dict[str, bool]:
    """Whether each table of ours checks its types; PostgreSQL's always do."""
    names = [name for name in inspect(connection).get_table_names() if name in metadata.tables]
    if connection.dialect.name == "postgresql":
        return dict.fromkeys(names, True)
    listed = connection.exec_driver_sql("PRAGMA table_list").all()
    return {row[1]: bool(row[5]) for row in listed if row[1] in names}


def test_the_newest_migration_is_the_one_the_program_wants() -> None:
    assert ScriptDirectory(str(MIGRATIONS)).get_heads() == [HEAD]


def test_migrating_twice_is_migrating_once(ledger_url: str) -> None:
    assert migrate(ledger_url) == HEAD
    assert migrate(ledger_url) == HEAD


async def test_a_newer_schema_is_refused_in_words(ledger_url: str, keys_file: Path) -> None:
    await (await open_book(ledger_url, keys_file)).ledger.close()
    _set_version(ledger_url, "9999", needs="9999")

    with pytest.raises(LedgerError, match=r"9999.*newer than this program's"):
        await open_ledger(ledger_url, keys_file, MADE)
    with pytest.raises(LedgerError, match=r"9999.*newer than this program's"):
        migrate(ledger_url)


async def test_an_older_schema_asks_for_the_migration(ledger_url: str, keys_file: Path) -> None:
    _set_version(ledger_url, "0000")

    with pytest.raises(LedgerError, match="reflexe migrate"):
        await open_ledger(ledger_url, keys_file, MADE)


def _set_version(url: str, version: str, needs: str = "0001") -> None:
    engine = create_engine(url)
    with engine.begin() as connection:
        note(connection, SCHEMA_MIN, needs)
        connection.execute(text("UPDATE alembic_version SET version_num = :v"), {"v": version})
    engine.dispose()


async def test_a_database_without_a_ledger_is_refused_in_words(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    path.touch()

    with pytest.raises(LedgerError, match="holds no ledger"):
        await open_ledger(f"sqlite:///{path}", tmp_path / "keys.json", MADE)

    assert not (tmp_path / "keys.json").exists()


async def test_a_file_that_is_no_database_is_refused_in_words(tmp_path: Path) -> None:
    path = tmp_path / "notes.db"
    path.write_text("Ce fichier n'est pas une base.\n" * 100, encoding="utf-8")

    with pytest.raises(LedgerError, match="can't be opened"):
        await open_ledger(f"sqlite:///{path}", tmp_path / "keys.json", MADE)


async def test_a_server_that_does_not_answer_is_refused_in_words(tmp_path: Path) -> None:
    url = "postgresql+psycopg://reflexe@127.0.0.1:1/reflexe"

    with pytest.raises(LedgerError, match="can't be opened"):
        await open_ledger(url, tmp_path / "keys.json", MADE)


def test_a_migration_cut_short_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = f"sqlite:///{tmp_path / 'ledger.db'}"
    broken = tmp_path / "migrations"
    (broken / "versions").mkdir(parents=True)
    (broken / "env.py").write_text((MIGRATIONS / "env.py").read_text(encoding="utf-8"))
    script = (MIGRATIONS / "versions" / "0001_the_ledger.py").read_text(encoding="utf-8")
    cut = script.replace(
        '    op.create_table(\n        "slot"',
        '    raise OSError("cut")\n    op.create_table(\n        "slot"',
    )
    assert cut != script
    (broken / "versions" / "0001_the_ledger.py").write_text(cut, encoding="utf-8")

    with monkeypatch.context() as patch:
        patch.setattr(setup, "MIGRATIONS", broken)
        with pytest.raises(OSError, match="cut"):
            migrate(url)

    assert migrate(url) == HEAD


def test_migrating_makes_the_folder_of_a_first_ledger(tmp_path: Path) -> None:
    assert migrate(f"sqlite:///{tmp_path / 'var' / 'ledger.db'}") == HEAD


def test_migrating_what_cannot_be_opened_is_refused_in_words() -> None:
    with pytest.raises(LedgerError, match="can't be opened"):
        migrate("postgresql+psycopg://reflexe@127.0.0.1:1/reflexe")


async def test_a_new_ledger_makes_its_keys_for_nobody_else_to_read(tmp_path: Path) -> None:
    keys_file = tmp_path / "var" / "keys.json"
    url = f"sqlite:///{tmp_path / 'var' / 'ledger.db'}"

    book = await open_book(url, keys_file)
    await book.ledger.close()

    assert stat.S_IMODE(keys_file.stat().st_mode) == 0o600
    again = await open_book(url, keys_file, MADE.replace(year=2027))
    assert again.ledger.made_at == MADE
    assert again.ledger.keys.check_value == book.ledger.keys.check_value
    await again.ledger.close()


@pytest.mark.parametrize("ledger_url", ["postgres"], indirect=True)
async def test_a_new_ledger_on_postgresql_waits_for_keys_made_on_purpose(
    ledger_url: str, tmp_path: Path
) -> None:
    with pytest.raises(KeysError, match="--make-keys"):
        await open_ledger(ledger_url, tmp_path / "none.json", MADE)

    assert not (tmp_path / "none.json").exists()


async def test_a_ledger_never_gets_new_keys_in_silence(ledger_url: str, keys_file: Path) -> None:
    await (await open_book(ledger_url, keys_file)).ledger.close()
    keys_file.unlink()

    with pytest.raises(KeysError, match=r"is missing.*restore it"):
        await open_ledger(ledger_url, keys_file, MADE)

    assert not keys_file.exists()


async def test_the_keys_of_another_ledger_are_refused(
    ledger_url: str, keys_file: Path, tmp_path: Path
) -> None:
    await (await open_book(ledger_url, keys_file)).ledger.close()
    other = tmp_path / "other.json"
    write_keys(make_keys(), other)

    with pytest.raises(KeysError, match="another ledger"):
        await open_ledger(ledger_url, other, MADE)


async def test_of_two_first_starts_with_different_keys_one_is_refused(
    ledger_url: str, keys_file: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other.json"
    write_keys(make_keys(), other)

    starts = [open_ledger(ledger_url, file, MADE) for file in (keys_file, other)]
    ends = await asyncio.gather(*starts, return_exceptions=True)

    assert sorted(type(end).__name__ for end in ends) == ["KeysError", "OpenedLedger"]
    for end in ends:
        if isinstance(end, setup.OpenedLedger):
            await end.database.close()


@pytest.mark.parametrize(
    "damage",
    ["", "{", "[]", '{"keys": []}', '{"keys": [{"id": "a", "secret": "***"}]}', '{"keys": [1]}'],
)
async def test_damaged_keys_are_refused(ledger_url: str, keys_file: Path, damage: str) -> None:
    await (await open_book(ledger_url, keys_file)).ledger.close()
    keys_file.write_text(damage, encoding="utf-8")

    with pytest.raises(KeysError, match="restore it from its backup"):
        await open_ledger(ledger_url, keys_file, MADE)


async def test_a_second_key_in_front_keeps_everything_readable_and_every_opt_out(
    ledger_url: str, keys_file: Path
) -> None:
    book = await open_book(ledger_url, keys_file)
    await book.take_in(STAFF, person(1), person(2))
    await book.people.opt_out_identity(
        AddressKind.EMAIL, "p1@example.org", by_email_link(MADE, one_click=True)
    )
    await book.ledger.close()
    _rotate(keys_file)

    book = await open_book(ledger_url, keys_file)
    await book.take_in(STAFF, person(1), person(2), person(3))
    await book.plan("email", STAFF)

    cards = [card async for card in book.people.contacts("staff")]
    assert [card.key for card in cards] == ["K1", "K2", "K3"]
    assert await book.states() == {"left-out opted-out": 1, "waiting": 2}
    (found,) = await book.people.find("p3@example.org", AddressKind.EMAIL)
    assert found.fields == {"prenom": "Prénom 3"}
    assert await book.people.has_opted_out(AddressKind.EMAIL, "p1@example.org", "email")
    await book.ledger.close()


def _rotate(keys_file: Path) -> None:
    old = read_keys(keys_file)
    new = Keys([Secret(id="b", value=b"n" * 32), *old.ring])
    keys_file.unlink()
    write_keys(new, keys_file)


async def test_nothing_personal_is_in_clear(book: Book, ledger_url: str, tmp_path: Path) -> None:
    email, phone, name, key = CANARIES
    row = person(1, email=email, phone=phone, key=key, fields={"prenom": name})

    await book.take_in(STAFF, row)
    await book.plan("email", STAFF)
    claim = await book.claim()
    assert [one.to for one in await book.ledger.due(claim, claim.not_after, 10)] == [email]

    stored = await _everything(book, ledger_url, tmp_path)
    assert SAMPLE_ORIGIN.encode() in stored
    for canary in CANARIES:
        for form in (canary, canary.upper(), canary.lower(), canary[1:]):
            assert form.encode() not in stored
            assert form.encode("utf-16-le") not in stored
            assert base64.b64encode(form.encode()) not in stored
            assert json.dumps(form).strip('"').encode() not in stored


async def _everything(book: Book, url: str, tmp_path: Path) -> bytes:
    if url.startswith("sqlite"):
        files = sorted(tmp_path.glob("ledger.db*"))
        assert len(files) == 3, "the ledger, its write-ahead log and its index"
        return b"".join(file.read_bytes() for file in files)
    stored = b""
    for table in metadata.sorted_tables:
        for row in await book.rows(table):
            stored += b"|".join(
                bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()
                for value in row
            )
    return stored


@pytest.mark.parametrize("ledger_url", ["sqlite"], indirect=True)
async def test_a_reading_transaction_may_not_write_on_sqlite(book: Book) -> None:
    with pytest.raises(OperationalError, match="readonly"):
        await book.ledger.database.read(_raise_one, "1")


@pytest.mark.parametrize("ledger_url", ["sqlite"], indirect=True)
async def test_sqlite_writes_ahead_and_waits_for_the_disk(book: Book) -> None:
    def pragmas(connection: Connection) -> list[object]:
        names = ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        return [connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in names]

    full, at_least = 2, 30_000
    for way in (book.ledger.database.read, book.ledger.database.write):
        mode, synchronous, keys, wait = await way(pragmas)
        assert (mode, synchronous, keys) == ("wal", full, 1)
        assert isinstance(wait, int)
        assert wait >= at_least


@pytest.mark.parametrize("ledger_url", ["postgres"], indirect=True)
async def test_a_commit_on_postgresql_waits_for_the_disk(ledger_url: str) -> None:
    engine = create_engine(ledger_url)
    with engine.connect() as connection:
        name = connection.execute(text("SELECT current_database()")).scalar()
        connection.execute(text(f"ALTER DATABASE {name} SET synchronous_commit = off"))
        connection.commit()
    engine.dispose()
    database = Database(ledger_url)

    shown = await database.write(lambda one: one.execute(text("SHOW synchronous_commit")).scalar())

    assert shown == "on"
    await database.close()


def _raise_one(connection: Connection, subject: str) -> None:
    values = {"kind": "essai", "subject": subject, "detail": "", "raised_at": MADE}
    connection.execute(insert(alarm).values(values))


def _count_alarms(connection: Connection) -> int | None:
    return connection.execute(select(func.count()).select_from(alarm)).scalar()


def test_twenty_writers_at_once_never_meet_a_locked_database(book: Book, ledger_url: str) -> None:
    """Each with its own connections, as twenty processes would have."""
    gate = threading.Barrier(20)

    async def write(writer: int) -> None:
        database = Database(ledger_url)
        gate.wait(timeout=30)
        for number in range(5):
            await database.read(
                lambda one: one.execute(text("SELECT count(*) FROM alarm")).scalar()
            )
            await database.write(_raise_one, f"{writer}/{number}")
        await database.close()

    with ThreadPoolExecutor(20) as pool:
        list(pool.map(lambda writer: asyncio.run(write(writer)), range(20)))

    engine = create_engine(ledger_url)
    with engine.connect() as connection:
        assert _count_alarms(connection) == 100
    engine.dispose()


async def test_a_transaction_that_fails_leaves_nothing(book: Book) -> None:
    def fail(connection: Connection) -> None:
        _raise_one(connection, "1")
        raise ValueError("cut")

    with pytest.raises(ValueError, match="cut"):
        await book.ledger.database.write(fail)

    assert await book.ledger.open_alarms() == []


async def test_closing_twice_is_closing_once(ledger_url: str, keys_file: Path) -> None:
    book = await open_book(ledger_url, keys_file)

    await book.ledger.close()
    await book.ledger.close()


@pytest.mark.parametrize("ledger_url", ["postgres"], indirect=True)
async def test_transactions_that_block_each_other_both_end_as_they_should(book: Book) -> None:
    met = threading.Barrier(2, timeout=60)
    first_tries = [True, True]
    both = insert(meta).values([{"name": name, "value": ""} for name in ("a", "b")])
    await book.ledger.database.write(lambda connection: connection.execute(both))

    def cross(connection: Connection, mine: int, names: tuple[str, str]) -> None:
        for turn, name in enumerate(names):
            connection.execute(
                update(meta).where(meta.c.name == name).values(value=meta.c.value + str(mine))
            )
            if turn == 0 and first_tries[mine]:
                first_tries[mine] = False
                met.wait()

    await asyncio.gather(
        book.ledger.database.write(cross, 0, ("a", "b")),
        book.ledger.database.write(cross, 1, ("b", "a")),
    )

    rows = await book.rows(select(meta.c.value).where(meta.c.name.in_(["a", "b"])))
    assert [sorted(row.value) for row in rows] == [["0", "1"], ["0", "1"]]


@pytest.mark.parametrize("ledger_url", ["postgres"], indirect=True)
async def test_a_daemons_hold_on_the_ledger_is_renewed_when_its_connection_is_lost(
    ledger_url: str,
) -> None:
    daemon, mover = Database(ledger_url), Database(ledger_url)
    assert await daemon.hold()
    assert not await mover.hold(alone=True)
    await mover.write(
        lambda connection: connection.execute(
            text(
                "SELECT pg_terminate_backend(pid, 10000) FROM pg_locks "
                "WHERE locktype = 'advisory' AND pid <> pg_backend_pid()"
            )
        )
    )

    assert await daemon.hold()

    assert not await mover.hold(alone=True)
    await daemon.close()
    assert await mover.hold(alone=True)
    assert not await daemon_beside(ledger_url)
    await mover.close()


async def daemon_beside(ledger_url: str) -> bool:
    """Whether a daemon may work on it now."""
    another = Database(ledger_url)
    held = await another.hold()
    await another.close()
    return held
