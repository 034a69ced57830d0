"""The parts for PostgreSQL are an extra: SQLite never loads them, and who lacks them is told."""

import subprocess
import sys
from pathlib import Path

import pytest

from scheduler.domain.errors import LedgerError
from scheduler.store.database import Database
from tests.commands import reflexe
from tests.flow_world import write_installation

URL = "postgresql+psycopg://reflexe@127.0.0.1:1/reflexe"


@pytest.fixture(params=["psycopg", "procrastinate"])
def lacking(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """As after an install without the extra."""
    monkeypatch.setitem(sys.modules, request.param, None)


@pytest.mark.usefixtures("lacking")
def test_a_ledger_on_a_server_names_the_extra() -> None:
    with pytest.raises(LedgerError, match=r"pip install 'reflexe\[postgres\]'"):
        Database(URL)


@pytest.mark.usefixtures("lacking")
@pytest.mark.parametrize("words", [("status",), ("migrate",), ("run",)])
def test_each_command_on_such_a_url_says_so(
    words: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REFLEXE_DATABASE__URL", URL)

    answer = reflexe(write_installation(tmp_path), *words)

    assert answer.code == 2
    assert "pip install 'reflexe[postgres]'" in answer.err
    assert "Traceback" not in answer.err


@pytest.mark.usefixtures("lacking")
def test_a_move_to_a_server_says_so_and_leaves_the_ledger_as_it_is(tmp_path: Path) -> None:
    config = write_installation(tmp_path)
    assert reflexe(config, "migrate").code == 0

    answer = reflexe(config, "move", "--to", URL)

    assert (answer.code, "reflexe[postgres]" in answer.err) == (2, True)
    assert reflexe(config, "status").code == 1


def test_what_runs_on_sqlite_loads_neither() -> None:
    program = (
        "import sys; import scheduler.daemon.life, scheduler.bootstrap.engines\n"
        "import scheduler.store.setup, scheduler.web.desk.app\n"
        "print([one for one in ('psycopg', 'procrastinate') if one in sys.modules])"
    )

    told = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)

    assert (told.stdout, told.returncode) == ("[]\n", 0)
