"""People from one query of another database, by SQLAlchemy: read only, streamed, rolled back.

PostgreSQL's driver comes with the extra ``postgres``, SQLite's with Python; another's is installed
beside the program. The query is the operator's own; that the account may read alone is theirs too,
and asked of the database where it knows how.
"""

import re
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, suppress
from dataclasses import field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from scheduler.domain.errors import SourceAway
from scheduler.domain.people.sourced import Cause
from scheduler.domain.values import frozen
from scheduler.sources.listed.seam import Known, Table, written

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine
    from sqlalchemy.engine import URL

#: Letters of what a database says of itself.
_LONGEST = 300
#: Somebody's, or a name and password before a host.
_ADDRESS = re.compile(r"(?<![^\s\"'<>()])[^\s\"'<>()]+@[^\s\"'<>()]+")
#: Rows that are held at once.
_BUFFER = 1000
#: What a transaction is told before the query, by dialect; others are only rolled back.
_READ_ONLY = {
    "postgresql": ("SET TRANSACTION READ ONLY", "SET LOCAL statement_timeout = {milliseconds}"),
    "sqlite": ("PRAGMA query_only = ON",),
    "mysql": ("SET SESSION TRANSACTION READ ONLY",),
    "mariadb": ("SET SESSION TRANSACTION READ ONLY",),
    "oracle": ("SET TRANSACTION READ ONLY",),
}


@frozen
class Options:
    #: As SQLAlchemy writes it: dialect+driver://user@host/name.
    url: str
    query: str
    password: str = field(default="", repr=False)
    #: Seconds for the whole.
    seconds: int = 300
    columns: Mapping[str, str] = field(default_factory=dict)


class Source:
    kind = "sql"
    light = False

    def __init__(self, options: Options) -> None:
        self._options = options

    def fetch(self, known: Known, last: str) -> Table | None:
        from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError

        address = None
        try:
            address = self._address()
            with closing(_Session(address, self._options)) as session:
                header = session.header
                memory = written(session.rows(), header, _name(address))
        except (ArgumentError, NoSuchModuleError, ModuleNotFoundError) as failed:
            said = f"no driver for this address: install it beside the program ({_kind(failed)})"
            raise SourceAway(Cause.BADLY_ASKED, said) from failed
        except SQLAlchemyError as failed:
            raise _away(failed, self._secrets(address)) from failed
        return Table(
            memory=memory, name=_name(address), header=header, chosen=self._options.columns
        )

    def taken(self, table: Table) -> str:
        return ""

    def _secrets(self, address: "URL | None") -> list[str]:
        typed = str(address.password) if address is not None and address.password else ""
        return [self._options.password, typed, quote(typed, safe="")]

    def _address(self) -> "URL":
        from sqlalchemy.engine import make_url

        address = make_url(self._options.url)
        if self._options.password:
            return address.set(password=self._options.password)
        if address.get_backend_name() == "sqlite" and address.database:
            # A name that is mistyped would be made, empty.
            file = f"file:{address.database}"
            return address.set(database=file).update_query_dict({"mode": "ro", "uri": "true"})
        return address


class _Session:
    """One query's rows, in a transaction that is rolled back."""

    def __init__(self, address: "URL", options: Options) -> None:
        from sqlalchemy import create_engine, text
        from sqlalchemy.pool import NullPool

        self._ends = time.monotonic() + options.seconds
        self._seconds = options.seconds
        self._engine: Engine = create_engine(address, poolclass=NullPool)
        self._connection: Connection | None = None
        try:
            self._connection = self._engine.connect()
            for said in _READ_ONLY.get(self._engine.dialect.name, ()):
                told = said.format(milliseconds=options.seconds * 1000)
                self._connection.exec_driver_sql(told)
            streaming = self._connection.execution_options(
                stream_results=True, max_row_buffer=_BUFFER
            )
            # A colon in the query is the query's, not a parameter's.
            self._result = streaming.execute(text(options.query.replace(":", "\\:")))
            if not self._result.returns_rows:
                raise SourceAway(Cause.BADLY_ASKED, "the query gives no rows: write a SELECT")
        except BaseException:
            self.close()
            raise
        self.header = tuple(self._result.keys())

    def rows(self) -> Iterator[list[str]]:
        for row in self._result:
            if time.monotonic() > self._ends:
                said = f"the query wasn't read to its end in {self._seconds} seconds"
                raise SourceAway(Cause.UNREACHABLE, said)
            yield [_text(value) for value in row]

    def close(self) -> None:
        # It may be gone already: nothing was to be kept of it.
        with suppress(Exception):
            if self._connection is not None:
                self._connection.rollback()
                self._connection.close()
        self._engine.dispose()


def _text(value: Any) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "oui" if value else "non"
        case datetime():
            return value.date().isoformat()
        case date():
            return value.isoformat()
        case bytes() | bytearray() | memoryview():
            raise SourceAway(Cause.BADLY_ASKED, "a column holds octets: make text of it")
        case float() if value.is_integer():
            return str(int(value))
        case _:
            return str(value)


def _name(address: "URL") -> str:
    """Without name and password."""
    return f"{address.get_backend_name()} {address.host or ''}".strip()


def _kind(failed: Exception) -> str:
    return failed.name or "" if isinstance(failed, ModuleNotFoundError) else type(failed).__name__


def _away(failed: Exception, secrets: Iterable[str]) -> SourceAway:
    """With the database's own words where they are about the query or the connection: those about
    a value (a cast, a division) may hold a row, and only their kind is told."""
    from sqlalchemy.exc import DBAPIError, OperationalError, ProgrammingError

    cause = getattr(failed, "orig", None) if isinstance(failed, DBAPIError) else None
    said = type(failed).__name__
    if isinstance(failed, ProgrammingError | OperationalError) and cause is not None:
        said = _without(f"{cause}", secrets) or said
    asked_badly = isinstance(failed, ProgrammingError) or _is_of_query(cause)
    if asked_badly:
        return SourceAway(Cause.BADLY_ASKED, f"the database refuses the query: {said}")
    return SourceAway(Cause.UNREACHABLE, f"the database doesn't answer, or broke off: {said}")


def _is_of_query(cause: object) -> bool:
    """SQLite has one class for all: its plain error (1) and writing (8) are the query's."""
    return getattr(cause, "sqlite_errorcode", 0) & 0xFF in (1, 8)


def _without(words: str, secrets: Iterable[str]) -> str:
    """The first line of what a database says, without a password or an address in it."""
    line = words.strip().partition("\n")[0]
    for secret in filter(None, secrets):
        line = line.replace(secret, "…")
    line = _ADDRESS.sub("…", "".join(sign if sign.isprintable() else " " for sign in line))
    return line[:_LONGEST].strip()
