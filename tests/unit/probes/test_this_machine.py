"""What this machine shows of itself."""

import os
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import reset_tzpath

from scheduler.probes.this_machine import (
    _is_open,
    clock_is_kept,
    free_megabytes,
    keys_seen,
    zones_seen,
)

NOW = datetime(2026, 11, 30, tzinfo=UTC)


def test_the_disk_is_that_of_a_folder_to_be_made(tmp_path: Path) -> None:
    assert free_megabytes(tmp_path / "not" / "yet") == free_megabytes(tmp_path)


def test_keys_apart_beside_and_open(tmp_path: Path) -> None:
    ledger, apart = tmp_path / "var" / "reflexe.db", tmp_path / "keys" / "keys.json"
    for one in (ledger, apart, ledger.with_name("keys.json")):
        one.parent.mkdir(exist_ok=True)
        one.touch(0o600)

    assert not keys_seen(apart, ledger).is_beside_ledger
    assert keys_seen(apart, ledger).is_on_ledgers_volume
    assert keys_seen(ledger.with_name("keys.json"), ledger).is_beside_ledger
    assert not keys_seen(apart, None).is_beside_ledger
    assert not keys_seen(tmp_path / "none", ledger).exists
    assert not keys_seen(apart, ledger).is_open_to_others
    apart.chmod(0o640)
    assert keys_seen(apart, ledger).is_open_to_others


def test_a_secret_mounted_for_a_group_is_open_to_nobody_else() -> None:
    def seen(owner: int, mode: int) -> bool:
        values = [0o100000 | mode, 1, 1, 1, owner, 10001, 0, 0, 0, 0]
        return _is_open(os.stat_result(values))

    another = os.geteuid() + 1

    assert [seen(os.geteuid(), mode) for mode in (0o600, 0o400, 0o440, 0o604)] == [
        *(False, False, True, True),
    ]
    assert [seen(another, mode) for mode in (0o440, 0o460, 0o444)] == [False, True, True]


def test_keys_behind_a_link_are_where_they_really_are(tmp_path: Path) -> None:
    (tmp_path / "var").mkdir()
    (tmp_path / "var" / "keys.json").touch(0o600)
    (tmp_path / "keys").symlink_to(tmp_path / "var")

    seen = keys_seen(tmp_path / "keys" / "keys.json", tmp_path / "var" / "reflexe.db")

    assert seen.is_beside_ledger


def test_a_zone_of_another_law_on_the_system_is_told(tmp_path: Path) -> None:
    """The system's file of Nouméa is Paris's; what isn't in its folder is the package's."""
    import importlib.resources

    there = tmp_path / "Pacific"
    there.mkdir()
    paris = importlib.resources.files("tzdata") / "zoneinfo" / "Europe" / "Paris"
    (there / "Noumea").write_bytes(paris.read_bytes())
    reset_tzpath([str(tmp_path)])
    try:
        found = zones_seen(["Europe/Paris", "Pacific/Noumea", "Nowhere/Land"], NOW)
    finally:
        reset_tzpath()

    assert found == (["Pacific/Noumea"], ["Nowhere/Land"])


def test_the_kernel_is_asked_and_nothing_is_set() -> None:
    assert clock_is_kept() in (True, False, None)
