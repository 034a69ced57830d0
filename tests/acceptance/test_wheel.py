"""The program from its wheel alone, outside this repository."""

import os
import subprocess
import sys
import sysconfig
import urllib.request
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.parts.daemon import FOUND
from tests.parts.installation import PROJECT
from tests.parts.processes import free_port, stop, wait_until


@dataclass(frozen=True, slots=True)
class Installed:
    """An environment that has the wheel, and what it depends on from this one."""

    python: Path
    at: Path

    def environment(self, **more: str) -> dict[str, str]:
        kept = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
        # What the same program has found in the same texts it needn't find again.
        return {**kept, "HOME": str(self.at), "LC_ALL": "C.UTF-8", **FOUND, **more}

    def reflexe(self, *words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [self.python, "-m", "scheduler", *words],
            cwd=self.at,
            env=self.environment(),
            capture_output=True,
            text=True,
            check=False,
        )


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    made = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", made],
        cwd=PROJECT,
        capture_output=True,
        check=True,
    )
    venv = made / "venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", venv], check=True)
    (site,) = venv.glob("lib/python*/site-packages")
    (wheel,) = made.glob("*.whl")
    zipfile.ZipFile(wheel).extractall(site)
    # The packages of this environment, but not the repository that its own .pth names.
    (site / "beside.pth").write_text(sysconfig.get_path("purelib"))
    at = made / "at"
    at.mkdir()
    return Installed(venv / "bin" / "python", at)


@pytest.fixture
def demo(installed: Installed) -> Iterator[int]:
    """Its desk's port, once it has said that it runs."""
    desk, public = free_port(), free_port()
    log = installed.at / "demo.log"
    with log.open("wb") as told:
        process = subprocess.Popen(
            [installed.python, "-u", "-m", "scheduler", "demo"],
            cwd=installed.at,
            env=installed.environment(
                REFLEXE_WEB__DESK_BIND=f"127.0.0.1:{desk}",
                REFLEXE_WEB__PUBLIC_BIND=f"127.0.0.1:{public}",
            ),
            stdout=told,
            stderr=subprocess.STDOUT,
        )
        try:
            wait_until(
                lambda: "Réflexe is running" in log.read_text() or process.poll() is not None,
                "the demonstration's desk",
                seconds=480,
            )
            assert process.poll() is None, log.read_text()
            yield desk
        finally:
            stop(process, seconds=35)


def test_it_is_the_wheels_own_package(installed: Installed) -> None:
    found = subprocess.run(
        [installed.python, "-c", "import scheduler; print(scheduler.__file__)"],
        cwd=installed.at,
        env=installed.environment(),
        capture_output=True,
        text=True,
        check=True,
    )

    assert found.stdout.startswith(str(installed.python.parents[1]))


def test_demo_shows_a_rehearsed_october(installed: Installed, demo: int) -> None:
    with urllib.request.urlopen(f"http://127.0.0.1:{demo}/", timeout=60) as page:
        text = page.read().decode()

    assert "Centre hospitalier de l’Exemple" in text
    assert (installed.at / "reflexe-demo" / "var" / "rehearsal").is_dir()


def test_init_lays_out_an_installation_that_check_finds_nothing_wrong_in(
    installed: Installed,
) -> None:
    made = installed.reflexe("init", "site")
    names = {one.name for one in (installed.at / "site").iterdir()}
    checked = installed.reflexe("--config", "site/config.yaml", "check")
    again = installed.reflexe("init", "site")

    assert made.returncode == 0, made.stderr
    assert names == {"config.yaml", "templates", "audiences", "compose.yaml", "reflexe.service"}
    assert not (installed.at / "site" / "audiences" / "samples").exists()
    assert "build:" not in (installed.at / "site" / "compose.yaml").read_text()
    assert checked.returncode == 0, checked.stdout
    assert (again.returncode, "nothing is overwritten" in again.stderr) == (2, True)


def test_the_wheel_carries_every_file_of_the_year(installed: Installed) -> None:
    carried = installed.python.parents[1]
    (shipped,) = carried.glob("lib/python*/site-packages/scheduler/shipped")

    for name in ("config.yaml", "templates", "audiences"):
        there = PROJECT / name
        for file in [there] if there.is_file() else there.rglob("*"):
            if file.is_file():
                copy = shipped / file.relative_to(PROJECT)
                assert copy.read_bytes() == file.read_bytes()
