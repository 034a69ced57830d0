"""A copy of a SQLite ledger, whole and as of one instant, while the daemon sends.

SQLite's own backup (https://sqlite.org/backup.html) in one step: one reading transaction, beside
which others write. In several steps it would begin again at each write. The copy carries when it
was made; the ledger's own mark, in it, says how far the ledger had come.
"""

import os
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import make_url

from scheduler.domain.audit import Act, AuditAct
from scheduler.domain.errors import LedgerError
from scheduler.domain.instants import Dated
from scheduler.domain.values import frozen
from scheduler.store import audit
from scheduler.store.connecting import BUSY_TIMEOUT
from scheduler.store.database import Database
from scheduler.store.notes import BACKED_UP, MOVED

#: A copy that is being made; what is left of one that was cut short.
PARTIAL = ".partial"
#: How each of SQLite's files begins (https://sqlite.org/fileformat.html).
_BEGINS = b"SQLite format 3\0"
#: What each is counted by.
_COUNTED = ("contact", "suppression", "delivery")


@frozen
class Copied(Dated):
    """What a copy of a ledger holds."""

    #: Aware; None when it wasn't made by ``back_up``.
    at: datetime | None
    schema: str
    #: How far the ledger had come.
    mark: int
    contacts: int
    opt_outs: int
    deliveries: int


async def back_up(url: str, file: Path, by: str, now: datetime) -> Copied:
    """Copy the ledger to ``file``, readable by its owner alone, and read the copy back. Its audit
    log says so first.

    Whatever ends it, ``file`` is there whole or not at all. Raises LedgerError, in words, for a
    server's ledger, one that is missing, has moved or isn't one, a name that is taken, and a copy
    that isn't sound.
    """
    ledger = sqlite_file(url)
    if not ledger.exists():
        raise LedgerError(f"there is no ledger at {ledger}: nothing to back up")
    if file.exists():
        raise LedgerError(f"{file} is there already: give another name, nothing is overwritten")
    if not file.parent.is_dir():
        raise LedgerError(f"there is no folder {file.parent}: make it first")
    if place := notes_of(ledger, _serving).get(MOVED):
        raise LedgerError(f"this ledger has moved to {place}: set database.url to that one")
    await sign(url, Act(actor=by, act=AuditAct.BACK_UP, subject=file.name), now)
    with _written_whole(file) as partial:
        _copy(ledger, partial, _serving)
        with closing(sqlite3.connect(partial)) as made:
            made.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (BACKED_UP, now.isoformat()))
            made.commit()
        return look(partial, file)


def fetch(copy: Path, target: Path) -> None:
    """A copy into ``target``, a new file of its owner's alone. Raises LedgerError when it can't be
    read, or ``target`` written."""
    if copy.is_dir():
        raise LedgerError(f"{copy} is a folder: name the backup that is in it")
    if not copy.is_file():
        raise LedgerError(f"there is no file {copy}: nothing to restore")
    if not _is_sqlite(copy):
        raise LedgerError(f"{copy} isn't a backup made by `reflexe backup`")
    try:
        os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except OSError as refused:
        raise LedgerError(f"{target.parent} can't be written: {refused.strerror}") from refused
    with _no_backup(copy):
        _copied(copy, target, reading)


def _is_sqlite(file: Path) -> bool:
    """By how it begins. Raises LedgerError where it can't be read."""
    try:
        with file.open("rb") as opened:
            return opened.read(len(_BEGINS)) == _BEGINS
    except OSError as refused:
        raise LedgerError(f"{file} can't be read: {refused.strerror}") from refused


def _copy(ledger: Path, target: Path, opened: Callable[[Path], sqlite3.Connection]) -> None:
    try:
        _copied(ledger, target, opened)
    except sqlite3.Error as fault:
        raise LedgerError(f"{ledger} can't be copied to {target.parent}: {fault}") from fault


def _copied(ledger: Path, target: Path, opened: Callable[[Path], sqlite3.Connection]) -> None:
    with closing(opened(ledger)) as source, closing(sqlite3.connect(target)) as made:
        source.backup(made)
        # The whole of it in this one file: a copy in SQLite's WAL mode has three.
        made.execute("PRAGMA journal_mode=DELETE")


def look(file: Path, named: Path) -> Copied:
    """What a copy holds, each of its pages and indexes looked at. Raises LedgerError for a file
    that is damaged or no ledger, by the name that people know it by."""
    with _no_backup(named), closing(reading(file)) as found:
        (verdict,) = found.execute("PRAGMA integrity_check(1)").fetchone()
        if verdict != "ok":
            raise LedgerError(f"{named} is damaged: take another backup ({_one_line(verdict)})")
        return _counted(found)


def notes_of(file: Path, opened: Callable[[Path], sqlite3.Connection]) -> dict[str, str]:
    """What a ledger knows of itself. Raises LedgerError for a file that is none."""
    with _no_ledger(file), closing(opened(file)) as found:
        return dict(found.execute("SELECT name, value FROM meta"))


async def sign(url: str, act: Act, now: datetime) -> None:
    """An act in the audit log of a ledger of any schema."""
    database = Database(url)
    try:
        await database.write(audit.append, [act], now)
    finally:
        await database.close()


@contextmanager
def _no_backup(named: Path) -> Iterator[None]:
    """What SQLite says of a copy, by the name that people know it by."""
    try:
        yield
    except sqlite3.OperationalError as fault:
        if "no such table" in str(fault):
            raise LedgerError(f"{named} isn't a backup made by `reflexe backup`") from fault
        raise LedgerError(f"{named} can't be read: {fault}") from fault
    except (sqlite3.Error, TypeError, ValueError) as fault:
        # A table without its line, or with what no ledger writes there.
        raise LedgerError(f"{named} is damaged: take another backup ({fault})") from fault


def _one_line(verdict: str) -> str:
    return " ".join(verdict.split())


@contextmanager
def _no_ledger(named: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as fault:
        raise LedgerError(f"{named} is no ledger, or a damaged one: {fault}") from fault


def sqlite_file(url: str) -> Path:
    """Raises LedgerError for a server's ledger, naming what its own tools are."""
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        place = parsed._replace(drivername="postgresql", password=None).render_as_string()
        raise LedgerError(
            "a server's ledger is copied by the server's own tools: "
            f"pg_dump --format=custom --file FILE '{place}', and pg_restore puts it back"
        )
    return Path(parsed.database or "")


def _counted(found: sqlite3.Connection) -> Copied:
    notes = dict(found.execute("SELECT name, value FROM meta"))
    (schema,) = found.execute("SELECT version_num FROM alembic_version").fetchone()
    # The names are this module's own.
    contacts, opt_outs, deliveries = (
        found.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # noqa: S608
        for table in _COUNTED
    )
    at = notes.get(BACKED_UP)
    return Copied(
        at=datetime.fromisoformat(at).astimezone(UTC) if at else None,
        schema=schema,
        mark=int(notes.get("mark", 0)),
        contacts=contacts,
        opt_outs=opt_outs,
        deliveries=deliveries,
    )


def _serving(ledger: Path) -> sqlite3.Connection:
    """A ledger that others may be writing to."""
    found = sqlite3.connect(ledger, timeout=BUSY_TIMEOUT / 1000)
    found.execute("PRAGMA query_only=ON")
    return found


def reading(file: Path) -> sqlite3.Connection:
    """A copy that nobody writes to, wherever it lies: its log, if it has one, is read with it."""
    is_served = any(file.with_name(f"{file.name}{end}").exists() for end in ("-wal", "-shm"))
    alone = "" if is_served else "&immutable=1"
    return sqlite3.connect(f"file:{quote(str(file.absolute()))}?mode=ro{alone}", uri=True)


@contextmanager
def _written_whole(file: Path) -> Iterator[Path]:
    """A name to write to; what was written gets its own at the end, on the disk."""
    try:
        handle, name = tempfile.mkstemp(PARTIAL, f".{file.name}.", file.parent)
    except OSError as refused:
        raise LedgerError(f"{file.parent} can't be written: {refused.strerror}") from refused
    os.close(handle)
    partial = Path(name)
    try:
        yield partial
        sync(partial)
        _named(partial, file)
        sync(file.parent)
    except FileExistsError as taken:
        raise LedgerError(
            f"{file} is there already: give another name, nothing is overwritten"
        ) from taken
    except OSError as refused:
        raise LedgerError(f"{file} can't be written: {refused.strerror}") from refused
    finally:
        with suppress(OSError):
            partial.unlink()


def _named(partial: Path, file: Path) -> None:
    """Raises FileExistsError where another backup of the same name was quicker."""
    try:
        os.link(partial, file)
    except FileExistsError:
        raise
    except OSError:
        # No links on this volume (a network's, a stick's): the name was free a moment ago.
        if file.exists():
            raise FileExistsError from None
        partial.rename(file)


def sync(path: Path) -> None:
    """A file, or the names of a folder, to the disk. Raises OSError."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
