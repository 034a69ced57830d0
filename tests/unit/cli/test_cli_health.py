"""health asks whether this installation's own daemon lives, not whether anybody answers."""

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest

from scheduler.config.loading import load
from scheduler.daemon.identity import instance_id, name_file, name_on
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
