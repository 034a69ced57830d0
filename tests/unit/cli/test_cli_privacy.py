"""retention run, said as an operator says it."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from scheduler.store.upkeep.rehearsals import RehearsalFolder
from tests.commands import reflexe
from tests.unit.cli.test_cli_people import take_in
from tests.worlds import PATIENTS, STAFF, write_config


@pytest.fixture
def config(tmp_path: Path) -> Path:
    config = write_config(tmp_path)
    take_in(config, STAFF)
    take_in(config, PATIENTS, "--origin", "x", "--basis", "consent", audience="patients")
    return config


def rehearsal(config: Path, *, days: int) -> Path:
    folder = config.parent / "var" / "rehearsal"
    (folder / "outbox").mkdir(parents=True)
    (folder / "outbox" / "1.eml").write_text("To: marie@example.org", encoding="utf-8")
    written = (datetime.now(UTC) - timedelta(days=days)).timestamp()
    os.utime(folder / "outbox", (written, written))
    return folder


def test_a_dry_run_tells_and_does_nothing(config: Path) -> None:
    folder = rehearsal(config, days=9)

    answer = reflexe(config, "retention", "run", "--dry-run")

    assert answer.code == 0
    assert "Nothing was done." in answer.out
    assert "1 rehearsal, deleted" in answer.out
    assert folder.exists()
    acts = [one["act"] for one in reflexe(config, "audit", "list", "--json").json]
    assert "retain" not in acts


def test_a_run_says_what_it_did_and_the_audit_log_says_the_same(config: Path) -> None:
    folder = rehearsal(config, days=9)

    answer = reflexe(config, "retention", "run", "--by", "Camille", "--json").json

    assert answer["scrubbed"]
    assert (answer["counts"]["rehearsals"], answer["counts"]["contacts"]) == (1, 0)
    assert not folder.exists()
    entry = reflexe(config, "audit", "list", "--json").json[0]
    assert (entry["actor"], entry["act"]) == ("Camille", "retain")
    assert entry["detail"] == answer["counts"]


def test_a_rehearsal_of_this_week_stays_until_somebody_is_erased(config: Path) -> None:
    folder = rehearsal(config, days=1)
    reflexe(config, "retention", "run")
    assert folder.exists()

    reflexe(config, "contacts", "erase", "A1", "--yes")
    reflexe(config, "retention", "run")

    assert not folder.exists()


def test_where_there_is_no_rehearsal_there_is_nothing_to_remove(tmp_path: Path) -> None:
    folder = RehearsalFolder(tmp_path / "rehearsal", "outbox")

    folder.remove()

    assert folder.made_at() is None
