"""The image as it ships: unprivileged, on a read-only root, and orderly as process 1."""

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from tests.parts.container import ROOT, UID, Container, build_image, container, podman
from tests.parts.daemon import status
from tests.parts.processes import free_port, wait_until

#: stop_grace_period of compose.yaml.
GRACE = 30


@pytest.fixture(scope="module")
def image() -> str:
    return build_image()


@pytest.fixture
def desk_port() -> int:
    return free_port()


@pytest.fixture
def settings(desk_port: int) -> dict[str, str]:
    return {
        "REFLEXE_WEB__DESK_BIND": f"0.0.0.0:{desk_port}",
        "REFLEXE_WEB__PUBLIC_BIND": f"0.0.0.0:{free_port()}",
        "REFLEXE_WEB__DESK_TOKEN": "a-token-for-the-tests",
    }


@pytest.fixture
def volume(tmp_path: Path) -> Path:
    """A folder that belongs to the container's user, as a new volume does."""
    folder = tmp_path / "var"
    folder.mkdir()
    os.chown(folder, UID, UID)
    return folder


@pytest.fixture
def running(
    image: str, volume: Path, settings: dict[str, str], desk_port: int
) -> Iterator[Container]:
    with container(image, f"reflexe-{desk_port}", volume, settings) as started:
        wait_until(
            lambda: status(f"http://127.0.0.1:{desk_port}/readyz") == 200,
            f"the daemon is ready\n{started.log()}",
            seconds=120,
        )
        yield started


def test_the_daemon_runs_unprivileged_on_a_read_only_root(
    running: Container, volume: Path, desk_port: int
) -> None:
    processes = running.execute("cat", "/proc/1/status").stdout
    fields = dict(line.split(":\t", 1) for line in processes.splitlines() if ":\t" in line)

    assert fields["Uid"].split() == [str(UID)] * 4
    assert int(fields["CapEff"], 16) == 0
    assert fields["NoNewPrivs"] == "1"
    assert running.execute("touch", "/app/config.yaml").returncode != 0
    assert any(volume.iterdir())
    assert status(f"http://127.0.0.1:{desk_port}/") in {401, 403}


def test_the_health_command_says_that_all_is_well(running: Container) -> None:
    answer = running.execute("reflexe", "health")

    assert answer.returncode == 0, answer.stdout + answer.stderr


def test_sigterm_ends_process_1_in_time_and_without_an_error(running: Container) -> None:
    code = running.stop(GRACE)

    assert code == 0, running.log()


def test_a_volume_of_someone_else_is_refused_with_the_command_that_mends_it(
    image: str, volume: Path, settings: dict[str, str], desk_port: int
) -> None:
    os.chown(volume, 0, 0)

    with container(image, f"reflexe-{desk_port}", volume, settings) as started:
        code = started.wait()
        log = started.log()

    assert code == 2, log
    assert f"chown -R {UID}" in log


def test_compose_starts_it_as_these_tests_do_and_shows_the_desk_to_this_machine_only() -> None:
    service = yaml.safe_load((ROOT / "compose.yaml").read_text())["services"]["reflexe"]

    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service["stop_grace_period"] == f"{GRACE}s"
    assert all(port.startswith("127.0.0.1:") for port in service["ports"])
    writable = [mount for mount in service["volumes"] if not mount.endswith(":ro")]
    assert writable == ["var:/app/var"]


def test_the_image_declares_what_engines_need_to_know(image: str) -> None:
    (details,) = json.loads(podman("image", "inspect", image).stdout)
    config = details["Config"]

    assert config["User"] == f"{UID}:{UID}"
    assert config["StopSignal"] == "SIGTERM"
    assert list(config["Volumes"]) == ["/app/var"]
    assert details["Healthcheck"]["Test"] == ["CMD", "reflexe", "health"]


def test_the_image_ships_the_samples_and_no_tool_to_install_with(running: Container) -> None:
    shipped = running.execute("ls", "-A", "/app").stdout.split()
    pip = running.execute("/opt/reflexe/bin/python", "-m", "pip", "--version")

    assert shipped == ["audiences", "config.yaml", "templates", "var"]
    assert pip.returncode != 0
