"""The real image, built and run as the Dockerfile and compose.yaml say, by podman without a daemon.

The base image comes from ``.ci/base-image`` where no image registry is reached.
"""

import os
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from .presence import lacking, need_programs, need_root

ROOT = Path(__file__).parents[2]
STORE = Path(os.environ.get("REFLEXE_IMAGES", "/var/tmp/reflexe-images"))  # noqa: S108 - a cache
BASE = "docker.io/library/python:3.13-slim"
IMAGE = "localhost/reflexe:test"
UID = 10001
#: What compose.yaml demands, and what a machine without systemd or its own networks needs.
HARDENING = ["--read-only", "--cap-drop=all", "--security-opt=no-new-privileges"]
BARE_MACHINE = ["--network=host", "--ulimit=nofile=1024:1024", "--ulimit=nproc=1024:1024"]
#: What a builder behind a company's proxy must see to reach the package index, if it is there.
NETWORK_FILES = {
    os.environ.get("PIP_CONFIG_FILE", "/etc/pip.conf"): "/etc/pip.conf",
    os.environ.get("SSL_CERT_FILE", ""): "/etc/ssl/certs/ca-certificates.crt",
}


def podman(*arguments: str, check: bool = True) -> subprocess.CompletedProcess[str]:
    """Run podman on the tests' own store of images."""
    store = [f"--root={STORE / 'root'}", f"--runroot={STORE / 'run'}"]
    return subprocess.run(
        ["podman", *store, "--cgroup-manager=cgroupfs", "--runtime=runc", *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=check,
    )


def build_image() -> str:
    """Build the image from the working tree, and its name; unchanged steps come from the cache."""
    need_programs(podman="podman", runc="runc")
    need_root("containers without a daemon")
    if podman("image", "exists", BASE, check=False).returncode != 0:
        lacking(f"needs the image {BASE}, which .ci/base-image makes")
    # Every change of the code leaves an image of some 250 MB behind.
    podman("image", "prune", "--force", "--filter=until=24h")
    mounts = [
        f"--volume={source}:{target}:ro"
        for source, target in NETWORK_FILES.items()
        if Path(source).is_file()
    ]
    built = podman(
        *["build", "--isolation=chroot", "--network=host", "--format=docker", "--pull=never"],
        *[*mounts, "--layers", f"--tag={IMAGE}", "."],
        check=False,
    )
    if built.returncode != 0:
        raise RuntimeError(f"the image can't be built:\n{built.stdout}\n{built.stderr}")
    return IMAGE


@dataclass(frozen=True, kw_only=True, slots=True)
class Container:
    """A container, running or ended."""

    name: str

    def execute(self, *command: str) -> subprocess.CompletedProcess[str]:
        return podman("exec", self.name, *command, check=False)

    def log(self) -> str:
        both = podman("logs", self.name)
        return both.stdout + both.stderr

    def wait(self) -> int:
        """The exit code of a container that ends by itself."""
        return int(podman("wait", self.name).stdout)

    def stop(self, grace: int) -> int:
        """SIGTERM, SIGKILL after ``grace`` seconds; its exit code."""
        podman("stop", f"--time={grace}", self.name)
        return int(podman("inspect", "--format={{.State.ExitCode}}", self.name).stdout)


@contextmanager
def container(
    image: str, name: str, volume: Path, environment: Mapping[str, str]
) -> Iterator[Container]:
    """Start the image as compose.yaml does, with ``volume`` for its /app/var."""
    settings = [f"--env={key}={value}" for key, value in environment.items()]
    mount = f"--volume={volume}:/app/var"
    # The engine has no systemd to run health checks by: the test asks for the command itself.
    options = [*HARDENING, *BARE_MACHINE, "--health-cmd=none", mount, *settings]
    podman("run", "--detach", f"--name={name}", *options, image)
    try:
        yield Container(name=name)
    finally:
        podman("rm", "--force", "--time=0", name)
