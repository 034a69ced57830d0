"""Moving a ledger to another database, whole: nobody is asked again, nothing is sent again.

The source is held by one writing transaction from the first row to the last word, so that nobody
changes it meanwhile. The target gets portions, each one transaction and in the order of the keys:
its own rows say how far a move that was cut short had come. What is there already is compared
before it is built on; at the end everything is compared again.

The source refuses first, and the target serves last: at no moment do both.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, Row, Table, delete, func, select
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import DataError, DBAPIError

from scheduler.domain.audit import Act, AuditAct
from scheduler.domain.errors import LedgerError
from scheduler.domain.values import frozen
from scheduler.store import audit, busy
from scheduler.store.connecting import BUSY_TIMEOUT
from scheduler.store.notes import MOVED, MOVING, OWN, forget_note, note, note_first, note_of
from scheduler.store.schema.count_tables import delivery_count
from scheduler.store.schema.desk_tables import session, spent_sign_in
from scheduler.store.schema.everything import metadata
from scheduler.store.schema.record_tables import audit as audit_table
from scheduler.store.schema.tables import meta
from scheduler.store.setup import migrate, writer_engine
from scheduler.store.statements.portions import (
    count,
    first_difference,
    key_of,
    last_key,
    portion,
    put,
)
from scheduler.store.statistics import refresh_statistics
from scheduler.store.upkeep import movable
from scheduler.store.upkeep.moved import close_for_good

#: Whoever is signed in signs in again, and the target counts for itself.
_STAYS = (session, spent_sign_in, delivery_count)
#: In an order that satisfies the foreign keys.
TABLES = [table for table in metadata.sorted_tables if table not in _STAYS]

#: Told how many rows are done, of how many: each is copied, then compared.
Progress = Callable[[int, int], None]


@frozen
class Moved:
    """A move that came to its end."""

    #: The target's URL, its password hidden.
    place: str
    rows: int


def move(source: str, target: str, by: str, now: datetime, progress: Progress) -> Moved:
    """Move the ledger at ``source`` to ``target``; cut short, it is said again and goes on.

    No daemon may run on it. Raises LedgerError, in words, when it can't be moved now or there, and
    when the comparison finds a difference: the source then goes on as before.
    """
    origin, place = make_url(source), make_url(target)
    if origin == place:
        raise LedgerError("the ledger is there already: --to is database.url itself")
    movable.refuse_missing(origin)
    here, there = writer_engine(origin), writer_engine(place)
    try:
        return _Move(here, there, place, progress).run(by, now)
    except DBAPIError as failed:
        if busy.is_busy(failed):
            raise busy.told(here, BUSY_TIMEOUT / 1000) from failed
        reason = str(failed.orig).splitlines()[0]
        raise LedgerError(f"the move stopped, say it again: {reason}") from failed
    finally:
        here.dispose()
        there.dispose()


class _Move:
    def __init__(self, here: Engine, there: Engine, url: URL, progress: Progress) -> None:
        self._here = here
        self._there = there
        self._url = url
        self._place = url.difference_update_query(["password"]).render_as_string()
        self._progress = progress
        self._done = 0
        self._rows = 0

    def run(self, by: str, now: datetime) -> Moved:
        with self._here.begin() as source:
            movable.hold(source)
            self._prepare(source, now)
            self._rows = sum(count(source, table) for table in TABLES)
            self._build_on(source)
            for table in TABLES:
                self._copy(source, table)
            for table in TABLES:
                self._compare(source, table)
            if note_of(source, MOVED) is None:
                self._close(source, by, now)
        self._open()
        return Moved(place=self._place, rows=self._rows)

    def _prepare(self, source: Connection, now: datetime) -> None:
        """Raises LedgerError when this isn't the moment, or that isn't the place."""
        identity = movable.check_source(source)
        movable.refuse_under_way(source, now)
        with self._there.begin() as target:
            if not movable.is_taking_in(target, identity):
                movable.refuse_moved(source)
                movable.refuse_in_use(target)
        migrate(self._url.render_as_string(hide_password=False))
        with self._there.begin() as target:
            note_first(target, {MOVING: identity})
            # Another ledger's move may have been quicker.
            if not movable.is_taking_in(target, identity):
                movable.refuse_in_use(target)

    def _build_on(self, source: Connection) -> None:
        """Keep what an earlier move brought, if the source is still as it was."""
        with self._there.begin() as target:
            if not all(_is_beginning(source, target, table) for table in TABLES):
                _empty(target)

    def _copy(self, source: Connection, table: Table) -> None:
        with self._there.begin() as target:
            after = last_key(target, table)
            self._tell(count(target, table))
        while rows := portion(source, table, after):
            self._put(table, rows)
            after = key_of(table, rows[-1])
            self._tell(len(rows))

    def _put(self, table: Table, rows: Sequence[Row[Any]]) -> None:
        """Raises LedgerError for a value that the other kind of database can't keep."""
        try:
            with self._there.begin() as target:
                put(target, table, rows)
        except DataError as unfit:
            first, last = _name(table, rows[0]), _name(table, rows[-1])
            raise LedgerError(
                f"between row {first} and row {last} of {table.name} is a value that "
                f"{self._place} can't keep ({str(unfit.orig).splitlines()[0]}): mend it in the "
                "ledger, and say `reflexe move` again"
            ) from unfit

    def _compare(self, source: Connection, table: Table) -> None:
        """Raises LedgerError naming the first row that isn't the same on both sides."""
        after = None
        with self._there.begin() as target:
            while True:
                mine, theirs = portion(source, table, after), portion(target, table, after)
                if (at := first_difference(mine, theirs)) is not None:
                    raise self._differs(table, (mine if at < len(mine) else theirs)[at])
                if not mine:
                    return
                after = key_of(table, mine[-1])
                self._tell(len(mine))

    def _differs(self, table: Table, row: Row[Any]) -> LedgerError:
        return LedgerError(
            f"row {_name(table, row)} of {table.name} isn't the same in {self._place}: somebody "
            "wrote there meanwhile. Nothing has moved, the ledger serves as before: see that "
            "nobody else uses that database, and say `reflexe move` again"
        )

    def _close(self, source: Connection, by: str, now: datetime) -> None:
        act = Act(actor=by, act=AuditAct.MOVE, subject="ledger", detail={"to": self._place})
        audit.append(source, [act], now)
        note(source, MOVED, self._place)
        close_for_good(source)

    def _open(self) -> None:
        """The last word: what the source was told at the end, and the target serves from now on."""
        with self._here.begin() as source, self._there.begin() as target:
            if entries := portion(source, audit_table, last_key(target, audit_table)):
                put(target, audit_table, entries)
            _count_on(target)
            refresh_statistics(target, *TABLES)
            forget_note(target, MOVING)

    def _tell(self, rows: int) -> None:
        self._done += rows
        self._progress(self._done, 2 * self._rows)


def _name(table: Table, row: Row[Any]) -> str:
    return "/".join(map(str, key_of(table, row)))


def _is_beginning(source: Connection, target: Connection, table: Table) -> bool:
    """Whether the target's rows are the first of the source's."""
    after = None
    theirs: Sequence[Row[Any]]
    while theirs := portion(target, table, after):
        mine = portion(source, table, after)[: len(theirs)]
        if first_difference(mine, theirs) is not None:
            return False
        after = key_of(table, theirs[-1])
    return True


def _empty(target: Connection) -> None:
    """Start over: the source has changed since an earlier move was cut short."""
    target.execute(delete(meta).where(meta.c.name.not_in(OWN)))
    others = [table for table in reversed(metadata.sorted_tables) if table is not meta]
    if target.dialect.name == "postgresql":
        names = ", ".join(f'"{table.name}"' for table in others)
        target.exec_driver_sql(f"TRUNCATE {names}")
        return
    for table in others:
        target.execute(delete(table))
    # Counted down with what went, if it went before: nothing is left to count.
    target.execute(delete(delivery_count))


def _count_on(target: Connection) -> None:
    """New rows get ids after the ones that came; SQLite sees to that by itself."""
    if target.dialect.name != "postgresql":
        return
    for table in TABLES:
        column = table.autoincrement_column
        highest = None if column is None else target.execute(select(func.max(column))).scalar()
        if column is not None and highest is not None:
            sequence = func.pg_get_serial_sequence(f'"{table.name}"', column.name)
            target.execute(select(func.setval(sequence, highest)))
