"""A ledger moves to another database whole, or stays where it is; PostgreSQL and SQLite."""

import signal
import sys
from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from pathlib import Path
from subprocess import Popen

import pytest
from sqlalchemy import create_engine, select, text
from sqlalchemy.exc import DatabaseError

from scheduler.domain.consent.optout import by_email_link
from scheduler.domain.errors import LedgerError
from scheduler.domain.message import AddressKind
from scheduler.domain.processes.leases import import_of
from scheduler.store.audit import verify
from scheduler.store.optouts.high_water import advance, mark_of
from scheduler.store.optouts.journal import OptOutJournal
from scheduler.store.optouts.replaying import replay
from scheduler.store.rules import refused
from scheduler.store.schema.record_tables import audit
from scheduler.store.schema.tables import contact
from scheduler.store.setup import migrate, open_ledger
from scheduler.store.statements import portions
from scheduler.store.upkeep.move import move
from tests.parts.postgres import empty_database
from tests.parts.processes import wait_until
from tests.samples.ledger import DUE, MADE, STAFF, Book, open_book, person
from tests.samples.moving import everything_in, fill

#: Enough that a move can be killed in its midst.
MANY = 8_000


class CutShortError(Exception):
    """Stands for whatever ends a move before its end."""


@pytest.fixture
def target_url(ledger_url: str, postgres: str, tmp_path: Path) -> Iterator[str]:
    """An empty database of the other kind than the ledger's."""
    if ledger_url.startswith("postgres"):
        yield f"sqlite:///{tmp_path / 'target.db'}"
        return
    with empty_database(postgres) as url:
        yield url


@pytest.fixture
async def full_url(ledger_url: str, keys_file: Path) -> AsyncIterator[str]:
    """A ledger with seven rows in each table, moved two rows at a time."""
    await (await open_book(ledger_url, keys_file)).ledger.close()
    fill(ledger_url, 7)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(portions, "SOME", 2)
        yield ledger_url


def untold(_done: int, _total: int) -> None: ...


def go(source: str, target: str) -> int:
    return move(source, target, "Camille", DUE, untold).rows


def cut_short(source: str, target: str) -> None:
    """As a move ends when its machine does, about half of the rows copied."""

    def cut(done: int, total: int) -> None:
        if done > total // 4:
            raise CutShortError

    with pytest.raises(CutShortError):
        move(source, target, "Camille", DUE, cut)


def run_sql(url: str, *statements: str) -> list[object]:
    """What the last one finds."""
    engine = create_engine(url)
    with engine.begin() as connection:
        *_, last = [connection.execute(text(one)) for one in statements]
        found = list(last.scalars()) if last.returns_rows else []
    engine.dispose()
    return found


async def test_every_row_of_every_table_arrives_as_it_was(
    full_url: str, target_url: str, keys_file: Path
) -> None:
    before = everything_in(full_url)
    told: list[tuple[int, int]] = []

    moved = move(full_url, target_url, "Camille", DUE, lambda *how_far: told.append(how_far))

    after = everything_in(target_url)
    (act,) = [row for row in after["audit"] if row not in before["audit"]]
    before["audit"].append(act)
    assert after == before
    assert moved.rows + 1 == sum(len(rows) for rows in before.values())
    assert told[-1] == (2 * moved.rows, 2 * moved.rows)
    assert act[2:4] == ("Camille", "move")
    opened = await open_ledger(target_url, keys_file, MADE)
    assert opened.made_at == MADE
    await opened.database.close()


async def test_what_is_written_afterwards_gets_ids_of_its_own(
    full_url: str, target_url: str, keys_file: Path
) -> None:
    go(full_url, target_url)

    book = await open_book(target_url, keys_file)
    await book.take_in(STAFF, person(1))

    (card,) = await book.people.find("K1", None)
    assert card.email_id == 2**40 + 7
    await book.ledger.close()


async def test_the_former_place_refuses_to_open_and_to_be_written(
    full_url: str, target_url: str, keys_file: Path
) -> None:
    already_open = await open_book(full_url, keys_file)

    go(full_url, target_url)

    with pytest.raises(LedgerError, match="has moved to"):
        await open_ledger(full_url, keys_file, MADE)
    with pytest.raises(DatabaseError, match="this ledger has moved"):
        await already_open.take_in(STAFF, person(1))
    await already_open.ledger.close()
    with pytest.raises(LedgerError, match="has moved to"):
        go(full_url, target_url)


async def test_a_move_cut_short_leaves_the_source_in_use_and_the_target_refused(
    full_url: str, target_url: str, keys_file: Path
) -> None:
    cut_short(full_url, target_url)

    await (await open_book(full_url, keys_file)).ledger.close()
    with pytest.raises(LedgerError, match=r"isn't whole.*reflexe move"):
        await open_ledger(target_url, keys_file, MADE)
    before = everything_in(full_url)
    go(full_url, target_url)
    assert everything_in(target_url)["delivery"] == before["delivery"]


async def test_what_changed_since_a_move_was_cut_short_is_not_lost(
    full_url: str, target_url: str
) -> None:
    cut_short(full_url, target_url)
    run_sql(full_url, "UPDATE address SET kind = 'changed'")
    before = everything_in(full_url)

    go(full_url, target_url)

    after = everything_in(target_url)
    assert after["address"] == before["address"]
    assert after["delivery"] == before["delivery"]


async def test_a_row_changed_behind_its_back_is_named_and_nothing_moves(
    full_url: str, target_url: str, keys_file: Path
) -> None:
    def change(done: int, total: int) -> None:
        if done == total // 2:
            run_sql(target_url, "UPDATE contact SET zone = 'x' WHERE token LIKE '%token 3%'")

    with pytest.raises(LedgerError, match=rf"row {2**40 + 3} of contact isn't the same"):
        move(full_url, target_url, "Camille", DUE, change)

    await (await open_book(full_url, keys_file)).ledger.close()
    before = everything_in(full_url)
    go(full_url, target_url)
    assert everything_in(target_url)["contact"] == before["contact"]


@pytest.mark.parametrize(
    "change",
    [
        "DELETE FROM event WHERE code LIKE '%6%'",
        "UPDATE trial SET recipient = NULL WHERE message LIKE '%2%'",
        "INSERT INTO campaign (name) VALUES ('another')",
    ],
)
@pytest.mark.parametrize("ledger_url", ["sqlite"], indirect=True)
async def test_rows_too_few_or_too_many_are_noticed(
    full_url: str, target_url: str, change: str
) -> None:
    def spoil(done: int, total: int) -> None:
        if done == total // 2:
            run_sql(target_url, "ALTER TABLE trial ALTER recipient DROP NOT NULL", change)

    with pytest.raises(LedgerError, match="isn't the same"):
        move(full_url, target_url, "Camille", DUE, spoil)


@pytest.mark.parametrize("ledger_url", ["sqlite"], indirect=True)
async def test_killed_in_its_midst_it_goes_on_where_it_was(
    ledger_url: str, target_url: str, keys_file: Path
) -> None:
    await (await open_book(ledger_url, keys_file)).ledger.close()
    fill(ledger_url, MANY, "address", "import", "contact")
    killed_once(ledger_url, target_url, "contact")
    arrived = rows_of(target_url, "address")
    first = "SELECT CAST(CAST(xmin AS text) AS bigint) FROM address ORDER BY id LIMIT 1"
    written_by = run_sql(target_url, first)

    go(ledger_url, target_url)

    assert arrived == MANY
    assert run_sql(target_url, first) == written_by, "it didn't start over"
    assert rows_of(target_url, "contact") == MANY
    with pytest.raises(LedgerError, match="has moved"):
        await open_ledger(ledger_url, keys_file, MADE)


def killed_once(source: str, target: str, table: str) -> None:
    """A move in a process of its own, killed once this table has begun to arrive."""
    said = (
        "from datetime import datetime, UTC; from scheduler.store.upkeep.move import move; "
        f"move({source!r}, {target!r}, 'Camille', datetime.now(UTC), lambda *_: None)"
    )
    process = Popen([sys.executable, "-c", said])
    wait_until(lambda: rows_of(target, table) > 0, f"{table} has begun to arrive")
    process.kill()
    assert process.wait() == -signal.SIGKILL


def rows_of(url: str, table: str) -> int:
    exists = run_sql(url, f"SELECT 1 FROM pg_tables WHERE tablename = '{table}'")  # noqa: S608 - ours
    if not exists:
        return 0
    (found,) = run_sql(url, f"SELECT count(*) FROM {table}")  # noqa: S608 - a table of ours
    assert isinstance(found, int)
    return found


@pytest.mark.parametrize("ledger_url", ["sqlite"], indirect=True)
async def test_between_its_two_last_words_neither_serves_and_it_is_said_again(
    full_url: str, target_url: str, keys_file: Path
) -> None:
    migrate(target_url)
    run_sql(
        target_url,
        "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql "
        "AS $$ BEGIN RAISE EXCEPTION 'cut'; END $$",
        "CREATE TRIGGER refused BEFORE DELETE ON meta EXECUTE FUNCTION refuse()",
    )
    with pytest.raises(LedgerError, match="the move stopped, say it again: cut"):
        go(full_url, target_url)
    for url, refusal in ((full_url, "has moved to"), (target_url, "isn't whole")):
        with pytest.raises(LedgerError, match=refusal):
            await open_ledger(url, keys_file, MADE)
    run_sql(target_url, "DROP TRIGGER refused ON meta")

    go(full_url, target_url)

    book = await open_book(target_url, keys_file)
    acts = [row.act for row in await book.rows(audit)]
    assert acts.count("move") == 1
    await book.ledger.close()


async def test_two_do_not_move_into_one(full_url: str, target_url: str, tmp_path: Path) -> None:
    cut_short(full_url, target_url)
    other = f"sqlite:///{tmp_path / 'other.db'}"
    await (await open_book(other, tmp_path / "other.json")).ledger.close()

    with pytest.raises(LedgerError, match="in use"):
        go(other, target_url)

    go(full_url, target_url)
    with pytest.raises(LedgerError, match="in use"):
        go(other, target_url)


async def test_a_database_with_something_else_in_it_is_left_alone(
    full_url: str, target_url: str
) -> None:
    run_sql(target_url, "CREATE TABLE invoices (id INTEGER)")

    with pytest.raises(LedgerError, match="something else"):
        go(full_url, target_url)

    with pytest.raises(LedgerError, match="is there already"):
        go(full_url, full_url)


@pytest.mark.parametrize("ledger_url", ["sqlite"], indirect=True)
async def test_a_value_that_the_other_kind_cannot_keep_is_named(
    full_url: str, target_url: str, keys_file: Path
) -> None:
    run_sql(full_url, f"UPDATE delivery SET cost = {2**40} WHERE id = {2**40 + 3}")  # noqa: S608 - ours

    said = rf"row {2**40 + 2} and row {2**40 + 3} of delivery.*integer out of range"
    with pytest.raises(LedgerError, match=said):
        go(full_url, target_url)

    await (await open_book(full_url, keys_file)).ledger.close()


def test_there_must_be_a_ledger_to_move(ledger_url: str, target_url: str, tmp_path: Path) -> None:
    missing = tmp_path / "typo.db"
    with pytest.raises(LedgerError, match="no ledger at"):
        go(f"sqlite:///{missing}", target_url)
    assert not missing.exists()
    with pytest.raises(LedgerError, match="never used"):
        go(ledger_url, target_url)
    run_sql(ledger_url, "UPDATE alembic_version SET version_num = '0000'")
    with pytest.raises(LedgerError, match="isn't up to date"):
        go(ledger_url, target_url)
    run_sql(ledger_url, "UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(LedgerError, match="the newer version, which knows all of it"):
        go(ledger_url, target_url)


async def test_while_messages_leave_nothing_moves(
    book: Book, ledger_url: str, target_url: str
) -> None:
    await book.take_in(STAFF, person(1), person(2))
    await book.plan()
    with pytest.raises(LedgerError, match=r"2 messages wait to leave.*reflexe pause"):
        go(ledger_url, target_url)
    one = "WHERE id = (SELECT min(id) FROM delivery)"
    run_sql(ledger_url, f"UPDATE delivery SET state = 'sending' {one}")  # noqa: S608 - ours
    with pytest.raises(LedgerError, match="1 messages were being handed over"):
        go(ledger_url, target_url)

    run_sql(ledger_url, f"UPDATE delivery SET state = 'sent' {one}")  # noqa: S608 - ours
    await book.hand.stop_all("Nadia", DUE)
    go(ledger_url, target_url)


async def test_while_people_come_in_nothing_moves(
    book: Book, ledger_url: str, target_url: str
) -> None:
    lease = await book.contact_files.take_lease(import_of("staff"), "Ana on h, process 7", DUE)
    with pytest.raises(LedgerError, match="import of staff is under way: Ana on h"):
        go(ledger_url, target_url)

    await book.contact_files.let_go(lease)
    go(ledger_url, target_url)


@pytest.mark.parametrize("ledger_url", ["postgres"], indirect=True)
async def test_a_daemon_on_the_server_is_not_disturbed(
    book: Book, ledger_url: str, target_url: str
) -> None:
    assert await book.ledger.database.hold()

    with pytest.raises(LedgerError, match="stop it first"):
        go(ledger_url, target_url)


async def test_the_mark_and_the_opt_outs_hold_at_the_new_place(
    book: Book, ledger_url: str, target_url: str, keys_file: Path, tmp_path: Path
) -> None:
    journal = OptOutJournal(tmp_path / "journal", book.ledger.keys.check_value)
    await book.take_in(STAFF, person(1))
    for _ in range(3):
        journal.note_mark(await book.ledger.database.write(advance))

    go(ledger_url, target_url)

    moved = await open_book(target_url, keys_file)
    assert (await replay(moved.ledger.database, journal, DUE)).doubt == ""
    assert await moved.ledger.database.read(mark_of) == 3
    journal.note_mark(await moved.ledger.database.write(advance) + 1)
    assert (await replay(moved.ledger.database, journal, DUE)).doubt
    assert (await moved.ledger.database.read(verify)).broken_at is None
    await moved.ledger.close()


async def test_who_came_back_to_a_shared_address_stays_back_at_the_new_place(
    book: Book, ledger_url: str, target_url: str, keys_file: Path
) -> None:
    home = "maison@example.org"
    await book.take_in(STAFF, person(1, email=home), person(2, email=home))
    (first,), (second,) = [await book.people.find(key, None) for key in ("K1", "K2")]
    assert first.email_id is not None
    no = by_email_link(DUE, one_click=True, person=first.contact)
    await book.people.opt_out(first.email_id, no)
    back = DUE + timedelta(hours=1)
    assert await book.people.lift(AddressKind.EMAIL, home, "email", back, second.contact) == 1

    go(ledger_url, target_url)

    moved = await open_book(target_url, keys_file)
    rule = refused(contact.c.id, contact.c.email_id, "email", "october")
    found = [row.id for row in await moved.rows(select(contact.c.id).where(rule))]
    assert found == [first.contact]
    await moved.ledger.close()
