"""A real Prometheus (Debian's), on a free port, with deploy/prometheus but for addresses."""

import json
import subprocess
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from .daemon import status
from .presence import need_programs
from .processes import free_port, listens, stop, wait_until

DEPLOY = Path(__file__).parents[2] / "deploy" / "prometheus"


@dataclass(frozen=True, slots=True)
class Prometheus:
    """A running one."""

    port: int

    def query(self, expression: str) -> list[dict[str, Any]]:
        """What it makes of an expression now; it must make something of it."""
        asked = urllib.parse.urlencode({"query": expression})
        found: list[dict[str, Any]] = self._asked(f"query?{asked}")["result"]
        return found

    def rules(self) -> list[dict[str, Any]]:
        groups = self._asked("rules")["groups"]
        return [rule for group in groups for rule in group["rules"]]

    def _asked(self, path: str) -> Any:
        url = f"http://127.0.0.1:{self.port}/api/v1/{path}"
        with urllib.request.urlopen(url, timeout=10) as answer:
            told = json.load(answer)
        assert told["status"] == "success"
        return told["data"]


@contextmanager
def prometheus(folder: Path, target: str, token: str) -> Iterator[Prometheus]:
    """One that scrapes ``target`` each second."""
    need_programs(prometheus="prometheus")
    configuration = yaml.safe_load((DEPLOY / "scrape.yaml").read_text(encoding="utf-8"))
    (job,) = configuration["scrape_configs"]
    (folder / "token").write_text(token)
    job["scrape_interval"] = "1s"
    job["authorization"]["credentials_file"] = str(folder / "token")
    job["static_configs"] = [{"targets": [target]}]
    configuration["global"] = {"evaluation_interval": "1s"}
    configuration["rule_files"] = [str(DEPLOY / "alerts.yaml")]
    (folder / "prometheus.yml").write_text(yaml.safe_dump(configuration))
    port = free_port()
    process = subprocess.Popen(
        [
            "prometheus",
            f"--config.file={folder / 'prometheus.yml'}",
            f"--storage.tsdb.path={folder / 'figures'}",
            f"--web.listen-address=127.0.0.1:{port}",
            "--log.level=error",
        ]
    )
    try:
        wait_until(
            lambda: listens(port) and status(f"http://127.0.0.1:{port}/-/ready") == 200,
            "Prometheus answers",
            60,
        )
        yield Prometheus(port)
    finally:
        stop(process)
