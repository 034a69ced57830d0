"""reflexe move, said as an operator says it; the databases' own matters are in tests/contract."""

from pathlib import Path

import pytest

from scheduler.daemon.lock import DaemonLock
from tests.commands import reflexe
from tests.unit.cli.test_cli_people import take_in
from tests.worlds import STAFF, write_config


@pytest.fixture
def config(tmp_path: Path) -> Path:
    config = write_config(tmp_path)
    take_in(config, STAFF)
    return config


def test_a_ledger_moves_and_the_output_says_what_follows_it(
    config: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    var = config.parent / "var"

    moved = reflexe(config, "move", "--to", "sqlite:///var/other.db", "--by", "Camille")

    assert moved.code == 0, moved.err
    assert f"rows are in sqlite:///{var}/other.db" in moved.out
    assert f"move {var}/reflexe.db.optouts to {var}/other.db.optouts" in moved.out
    assert f"keys.file {var}/keys.json" in moved.out
    refused = reflexe(config, "contacts", "list")
    assert (refused.code, "has moved to" in refused.err) == (2, True)
    monkeypatch.setenv("REFLEXE_DATABASE__URL", "sqlite:///var/other.db")
    assert len(reflexe(config, "contacts", "list", "--json").json) == 3
    (act, *_) = reflexe(config, "audit", "list", "--json").json
    assert (act["actor"], act["act"]) == ("Camille", "move")
    assert reflexe(config, "audit", "verify").code == 0


def test_a_journal_named_in_the_configuration_stays_where_it_is(
    config: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REFLEXE_OPTOUT__JOURNAL", "elsewhere/journal")

    moved = reflexe(config, "move", "--to", "sqlite:///var/other.db")

    assert moved.code == 0, moved.err
    assert "elsewhere" not in moved.out


def test_beside_a_daemon_nothing_moves(config: Path) -> None:
    daemon = DaemonLock(config.parent / "var" / "reflexe.db.lock")
    daemon.take()

    refused = reflexe(config, "move", "--to", "sqlite:///var/other.db")

    daemon.release()
    assert refused.code == 2
    assert "stop it first" in refused.err
    assert not (config.parent / "var" / "other.db").exists()


def test_what_is_no_database_is_refused_in_words(config: Path) -> None:
    refused = reflexe(config, "move", "--to", "mysql://db/reflexe")

    assert refused.code == 2
    assert "--to: no database this program knows — write sqlite:///path" in refused.err
