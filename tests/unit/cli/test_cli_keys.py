"""keys list, add and rotate, said as an operator says them."""

import stat
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


def test_a_key_is_added_and_the_ledger_brought_to_it(config: Path) -> None:
    file = config.parent / "var" / "keys.json"
    before = file.read_text(encoding="utf-8")
    reflexe(config, "contacts", "erase", "A3", "--yes")

    added = reflexe(config, "keys", "add", "--by", "Camille")
    left = reflexe(config, "keys", "rotate", "--dry-run")
    done = reflexe(config, "keys", "rotate", "--by", "Camille")

    assert "Key b is in keys.file" in added.out
    assert "4 address" in left.out
    assert "4 address" in done.out
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert before != file.read_text(encoding="utf-8")
    assert reflexe(config, "keys", "list", "--json").json == [
        {"key": "b", "living": 4, "erased": 0},
        {"key": "a", "living": 0, "erased": 1},
    ]
    assert "secret" not in reflexe(config, "keys", "list").out
    acts = reflexe(config, "audit", "list", "--json").json
    assert [one["act"] for one in acts[:2]] == ["rotate-keys", "add-key"]
    again = take_in(config, STAFF, "--origin", "x", "--basis", "legitimate-interest", "--json")
    assert (again.json["added"], again.json["renewed"], again.json["opted_out"]) == (1, 2, 1)


@pytest.mark.parametrize("words", [("keys", "add"), ("keys", "rotate")])
def test_beside_a_daemon_nothing_is_changed(config: Path, words: tuple[str, ...]) -> None:
    file = config.parent / "var" / "keys.json"
    before = file.read_bytes()
    daemon = DaemonLock(config.parent / "var" / "reflexe.db.lock")
    daemon.take()

    refused = reflexe(config, *words)

    daemon.release()
    assert refused.code == 2
    assert "stop it first" in refused.err
    assert file.read_bytes() == before
