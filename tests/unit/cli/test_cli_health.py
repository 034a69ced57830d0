"""health asks whether this installation's own daemon lives, not whether anybody answers."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest

from scheduler.cli.upkeep import quick_health
from scheduler.config.loading import load
from scheduler.config.settings import DatabaseSettings, WebSettings
from scheduler.daemon.identity import instance_id, name_file, name_on
from scheduler.domain.processes.replicas import INSTANCE_HEADER
from tests.commands import reflexe
from tests.flow_world import SERIES, write_installation


@contextmanager
def answering(instance: str | None) -> Iterator[str]:
    """A server on a free port that says "ok" to everybody, as the instance given."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            if instance is not None:
                self.send_header("Reflexe-Instance", instance)
            self.end_headers()
            self.wfile.write(b"ok")

        def log_message(self, *_words: object) -> None: ...

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def config(tmp_path: Path) -> Path:
    return write_installation(tmp_path, SERIES)


def started(config: Path) -> str:
    """As after a first start: the installation has its name."""
    file = name_file(load(config, {}))
    file.parent.mkdir(exist_ok=True)
    name_on(file)
    return instance_id(load(config, {})) or ""


def test_its_own_daemon_is_well(config: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with answering(started(config)) as bind:
        monkeypatch.setenv("REFLEXE_WEB__DESK_BIND", bind)
        answer, told = reflexe(config, "health"), reflexe(config, "health", "--json")

    assert (answer.code, answer.out) == (0, "ok\n")
    assert told.json == {"ok": True, "desk": bind, "fault": ""}


@pytest.mark.parametrize("other", ["0123456789abcdef", "", None])
def test_another_that_answers_on_its_port_fools_nobody(
    config: Path, monkeypatch: pytest.MonkeyPatch, other: str | None
) -> None:
    started(config)
    with answering(other) as bind:
        monkeypatch.setenv("REFLEXE_WEB__DESK_BIND", bind)
        answer, told = reflexe(config, "health"), reflexe(config, "health", "--json")

    assert (answer.code, told.code) == (1, 1)
    assert "another" in answer.err
    assert told.json["ok"] is False
    assert "another" in told.json["fault"]


def test_where_no_daemon_ever_started_none_is_well(
    config: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with answering("0123456789abcdef") as bind:
        monkeypatch.setenv("REFLEXE_WEB__DESK_BIND", bind)
        answer = reflexe(config, "health")

    assert answer.code == 1
    assert "no daemon has started here" in answer.err
    assert not (config.parent / "var").exists()


def test_nobody_who_answers_is_not_well(config: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    started(config)
    with answering(None) as bind:
        pass
    monkeypatch.setenv("REFLEXE_WEB__DESK_BIND", bind)

    assert reflexe(config, "health").code == 1


def asked(config: Path, **environment: str) -> bool:
    return quick_health.is_well(["--config", str(config), "health"], environment)


def test_where_it_is_well_nothing_else_is_loaded(config: Path) -> None:
    with answering(started(config)) as bind:
        config.write_text(f"{config.read_text()}\nweb:\n  desk_bind: {bind}\n")
        whole = {**os.environ, "REFLEXE_CONFIG": str(config)}
        said = "import sys; from scheduler.__main__ import main; sys.argv[1:] = ['health']; main();"
        said += "print(*(one for one in ('typer', 'pydantic', 'sqlalchemy') if one in sys.modules))"
        done = subprocess.run(
            [sys.executable, "-c", said], env=whole, capture_output=True, text=True, check=True
        )

        assert asked(config)
        assert not quick_health.is_well(["health", "--json"], whole)
    assert done.stdout.split() == ["ok"]
    assert not asked(config)


def test_it_is_asked_where_the_environment_says(config: Path) -> None:
    with answering(started(config)) as bind, answering("0123456789abcdef") as another:
        assert asked(config, REFLEXE_WEB__DESK_BIND=bind)
        assert not asked(config, REFLEXE_WEB__DESK_BIND=another)
        # Said in a way that only the whole command reads.
        elsewhere = f"sqlite:///{config.parent}/else.db"
        assert not asked(config, REFLEXE_WEB__DESK_BIND=bind, REFLEXE_DATABASE__URL=elsewhere)
        given = {"REFLEXE_WEB__DESK_BIND": bind, "REFLEXE_DATABASE__URL_FILE": "/run/url"}
        assert not asked(config, **given)
        config.write_text("web: [")
        assert not asked(config, REFLEXE_WEB__DESK_BIND=bind)
        config.unlink()
        assert not asked(config, REFLEXE_WEB__DESK_BIND=bind)


def test_what_it_knows_of_the_settings_is_as_they_are() -> None:
    told = quick_health.DEFAULTS
    assert told["DATABASE__URL"] == DatabaseSettings().url
    assert told["WEB__DESK_BIND"] == WebSettings.model_fields["desk_bind"].default
    assert quick_health.HEADER.decode() == INSTANCE_HEADER.lower()
