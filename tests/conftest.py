"""What the tests share: the real parts, and a new ledger on SQLite and on PostgreSQL."""

import compileall
import gc
import os
import shutil
import sys
from collections.abc import AsyncIterator, Iterator
from itertools import count
from pathlib import Path

import psycopg
import pytest
import structlog
from hypothesis import settings
from psycopg import sql
from sqlalchemy.engine import make_url
from structlog.dev import ConsoleRenderer, plain_traceback

from scheduler.__main__ import RARELY
from scheduler.cli.language import Language, speak
from scheduler.cli.output.moments import clock_of
from scheduler.domain.channels import know
from scheduler.store.keys.sealing import make_keys, write_keys
from scheduler.store.setup import migrate
from tests import slow
from tests.new_ledger import empty_ledger
from tests.samples.ledger import Book, open_book

pytest_plugins = ["tests.parts.fixtures"]

_NUMBERS = count()
PACKAGE = Path(__file__).parents[1] / "scheduler"

#: Each commit of a ledger is synced, which costs nothing where a file system lies in memory…
MEMORY = Path("/dev/shm")  # noqa: S108 - pytest makes a folder of its own in it
#: … and has room for a whole run (bytes).
ROOM = 4 << 30

# As rarely as the program itself: what the tests import is there to stay.
gc.set_threshold(*RARELY)

# The same examples each time, and no deadline: a slow machine must find what a quick one does.
settings.register_profile("same", derandomize=True, deadline=None, max_examples=60)
settings.load_profile("same")


def pytest_configure(config: pytest.Config) -> None:
    """Put the tests' folders into memory, where that is large and may run programs."""
    _log_plainly()
    if not hasattr(config, "workerinput"):
        _compile()
    if not MEMORY.is_dir():
        return
    found = os.statvfs(MEMORY)
    if found.f_bavail * found.f_frsize >= ROOM and not found.f_flag & os.ST_NOEXEC:
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))


def _log_plainly() -> None:
    """What nobody has set up is logged as structlog does by itself, but for tracebacks: those it
    draws in a frame, with every variable in sight, which takes longer than most tests."""
    *others, console = structlog.get_config()["processors"]
    assert isinstance(console, ConsoleRenderer)
    plain = ConsoleRenderer(colors=False, exception_formatter=plain_traceback)
    structlog.configure(processors=[*others, plain])


def _compile() -> None:
    """Once, for the hundreds of commands that the tests start: each would do it for itself where
    the environment says to keep nothing, and take twice as long."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    sys.dont_write_bytecode = False
    compileall.compile_dir(PACKAGE, quiet=2)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--quick", action="store_true", help="Leave out what tests/slow.py lists.")


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    inside = collection_path.relative_to(Path(__file__).parent).as_posix()
    return True if config.getoption("--quick") and inside in (*slow.FOLDERS, *slow.FILES) else None


#: Fixtures that start a program beside the tests.
PARTS = frozenset({"browser", "mail_server", "postgres", "staff_directory", "twilio_emulator"})


def pytest_collection_finish() -> None:
    """What was imported and collected is there to stay: no collection looks through it again."""
    gc.collect()
    gc.freeze()


#: Files that take longest, in that order. They are begun first: of one that is begun last everybody
#: waits for the end, with a core that does nothing.
LONGEST = (
    *("test_interruptions", "test_readme_tour", "test_replicas", "test_operator", "test_wheel"),
    *("test_october_by_mail", "test_relay_in_trouble", "test_faulty_edits", "test_faults_smtp"),
    *("test_faults_sms", "test_desk_pages", "test_begun", "test_container", "test_desk_doors"),
    *("test_writing_in_browsers", "test_year_stepped", "test_reasons", "test_linear_patterns"),
    *("test_rehearse", "test_judged_before", "test_changed_in_mid_run", "test_moving", "test_desk"),
    *("test_migrations", "test_public_web", "test_desk_bombs", "test_desk_trials", "test_imap"),
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests that ask for a real part (``make check`` starts none), longest files first."""
    turn = {f"{name}.py": number for number, name in enumerate(LONGEST)}
    items.sort(key=lambda item: turn.get(item.path.name, len(turn)))
    for item in items:
        asked = set(getattr(item, "fixturenames", ()))
        on_postgres = item.callspec.params.get("ledger_url") if hasattr(item, "callspec") else ""
        if asked & PARTS or on_postgres == "postgres":
            item.add_marker("part")


@pytest.fixture(autouse=True)
def as_in_a_new_process() -> None:
    """What a command settles for the life of its process, which tests have many of."""
    clock_of("UTC")
    speak(Language.ENGLISH)
    know(())


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty ledger, migrated once and copied for each test."""
    path = tmp_path_factory.mktemp("template") / "ledger.db"
    path.write_bytes(empty_ledger())
    return path


@pytest.fixture(scope="session")
def postgres_keeper(postgres: str) -> Iterator[psycopg.Connection]:
    """Makes and drops the databases of the tests, one after another."""
    with psycopg.connect(postgres, autocommit=True) as connection:
        # What a power cut would lose is no test's matter; a database a test is.
        connection.execute("ALTER SYSTEM SET fsync = off")
        connection.execute("SELECT pg_reload_conf()")
        yield connection


@pytest.fixture(scope="session")
def postgres_template(postgres: str, postgres_keeper: psycopg.Connection) -> str:
    """The name of a database with an empty ledger, which new ones are made from."""
    name = "ledger_template"
    postgres_keeper.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    migrate(postgres_url(postgres, name))
    return name


def postgres_url(server: str, database: str) -> str:
    url = make_url(server).set(drivername="postgresql+psycopg", database=database)
    return url.render_as_string(hide_password=False)


@pytest.fixture(params=["sqlite", "postgres"])
def ledger_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a new empty ledger, on each of the two databases."""
    if request.param == "sqlite":
        path = tmp_path / "ledger.db"
        shutil.copy(request.getfixturevalue("sqlite_template"), path)
        yield f"sqlite:///{path}"
        return
    template: str = request.getfixturevalue("postgres_template")
    keeper: psycopg.Connection = request.getfixturevalue("postgres_keeper")
    name = f"ledger_{next(_NUMBERS)}"
    # By its files: written through the log, as is usual, it takes longer, and longer to drop.
    made = sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY")
    keeper.execute(made.format(sql.Identifier(name), sql.Identifier(template)))
    yield postgres_url(request.getfixturevalue("postgres"), name)
    keeper.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


@pytest.fixture
def keys_file(tmp_path: Path) -> Path:
    """A keys.file that belongs to no ledger yet."""
    path = tmp_path / "keys.json"
    write_keys(make_keys(), path)
    return path


@pytest.fixture
async def book(ledger_url: str, keys_file: Path) -> AsyncIterator[Book]:
    """A new ledger to write in, on each of the two databases."""
    book = await open_book(ledger_url, keys_file)
    yield book
    await book.ledger.close()


@pytest.fixture
async def elsewhere(book: Book, ledger_url: str, keys_file: Path) -> AsyncIterator[Book]:
    """Another process on the ledger of ``book``: connections of its own."""
    other = await open_book(ledger_url, keys_file)
    yield other
    await other.ledger.close()
