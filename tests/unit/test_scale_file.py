"""compose.scale.yaml: three replicas, as docs/scaling.md says what they need."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from scheduler.config.loading import load
from scheduler.config.settings import DaemonSettings

ROOT = Path(__file__).parents[2]
FILE = yaml.safe_load((ROOT / "compose.scale.yaml").read_text(encoding="utf-8"))
SERVICES: dict[str, dict[str, Any]] = FILE["services"]
REPLICAS = {name: one for name, one in SERVICES.items() if name.startswith("reflexe-")}


def test_each_of_three_replicas_has_a_volume_of_its_own_and_the_keys_of_all() -> None:
    volumes = [
        mount for one in REPLICAS.values() for mount in one["volumes"] if mount.endswith("/app/var")
    ]

    assert len(REPLICAS) == len(set(volumes)) == 3
    assert {volume.partition(":")[0] for volume in volumes} < set(FILE["volumes"])
    assert all("keys" in one["secrets"] for one in REPLICAS.values())


def test_no_replica_starts_before_the_schema_is_there() -> None:
    for one in REPLICAS.values():
        assert one["depends_on"]["migrate"] == {"condition": "service_completed_successfully"}
    assert SERVICES["migrate"]["depends_on"]["database"] == {"condition": "service_healthy"}
    assert "healthcheck" in SERVICES["database"]


def test_ports_are_shown_to_this_machine_only_and_no_two_are_the_same() -> None:
    ports = [port for one in SERVICES.values() for port in one.get("ports", [])]

    assert len({port.rpartition(":")[0] for port in ports}) == len(ports) == 6
    assert all(port.startswith("127.0.0.1:") for port in ports)


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_may_write_where_it_must_and_nowhere_else(name: str) -> None:
    one = SERVICES[name]

    assert one["read_only"] is True
    assert one["cap_drop"] == ["ALL"]
    assert one["security_opt"] == ["no-new-privileges:true"]
    assert set(one.get("secrets", [])) <= set(FILE["secrets"])


def test_a_replica_that_is_stopped_has_the_time_that_its_grace_takes() -> None:
    for one in REPLICAS.values():
        seconds = int(one["stop_grace_period"].removesuffix("s"))
        assert seconds >= DaemonSettings().grace_seconds + 5


@pytest.mark.parametrize("name", ["reflexe-1", "migrate", "make-keys"])
def test_what_a_service_is_told_is_what_the_program_understands(name: str, tmp_path: Path) -> None:
    (tmp_path / "database_url").write_text("postgresql+psycopg://reflexe:x@database/reflexe\n")
    (tmp_path / "desk_token").write_text("a-token-for-the-tests\n")
    told = {
        key: value.replace("/run/secrets", str(tmp_path))
        for key, value in SERVICES[name]["environment"].items()
    }

    settings = load(ROOT / "config.yaml", told).settings

    assert settings.database.url.endswith("@database/reflexe")
    assert settings.keys.file.name in ("keys", "keys.json")
