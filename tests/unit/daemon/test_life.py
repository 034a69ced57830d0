"""What the daemon opened is closed again, whatever its start met half-way."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from scheduler import bootstrap
from scheduler.bootstrap import App
from scheduler.daemon.life import Daemon
from scheduler.daemon.lock import DaemonLock
from scheduler.daemon.servers import listen
from scheduler.domain.errors import ConfigError
from tests.flow_world import ScriptedProvider
from tests.parts.processes import free_port
from tests.worlds import make_world


@dataclass(kw_only=True)
class Opening(ScriptedProvider):
    """Says whether it is open; refuses to open when told so."""

    refuses: bool = False
    said: list[str] = field(default_factory=list)

    async def open(self) -> None:
        if self.refuses:
            raise OSError("no route")
        self.said.append("open")

    async def close(self) -> None:
        self.said.append("close")


@dataclass(kw_only=True)
class Home:
    app: App
    desk: str
    public: str

    def daemon(self) -> Daemon:
        return Daemon(self.app, self.app.configuration.root / "config.yaml")

    def assert_nothing_is_held(self) -> None:
        """Another daemon could start at once."""
        for bind in (self.desk, self.public):
            listen(bind, "web.desk_bind").close()
        lock = DaemonLock(self.app.configuration.beside_ledger(".lock"))
        lock.take()
        lock.release()


@pytest.fixture
async def home(tmp_path: Path) -> AsyncIterator[Home]:
    desk, public = (f"127.0.0.1:{free_port()}" for _ in range(2))
    binds = {"REFLEXE_WEB__DESK_BIND": desk, "REFLEXE_WEB__PUBLIC_BIND": public}
    app = await make_world(tmp_path, environment=binds)
    yield Home(app=app, desk=desk, public=public)
    await app.close()


async def test_a_port_that_is_taken_lets_go_of_the_other_and_of_the_ledger(home: Home) -> None:
    with listen(home.public, "web.public_bind"), pytest.raises(ConfigError, match="public_bind"):
        await home.daemon().run(lambda _address: None)

    home.assert_nothing_is_held()


async def test_a_provider_that_fails_to_open_closes_the_one_that_did(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    email, sms = Opening(), Opening(refuses=True)
    providers = {"email": email, "sms": sms}
    monkeypatch.setattr(bootstrap, "make_providers", lambda _settings: providers)

    with pytest.raises(OSError, match="no route"):
        await home.daemon().run(lambda _address: None)

    assert (email.said, sms.said) == (["open", "close"], [])
    home.assert_nothing_is_held()


async def test_what_fails_after_everything_runs_ends_it_in_good_order(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    email, sms = Opening(), Opening()
    providers = {"email": email, "sms": sms}
    monkeypatch.setattr(bootstrap, "make_providers", lambda _settings: providers)

    def ready(_address: str) -> None:
        raise BrokenPipeError

    with pytest.raises(BrokenPipeError):
        await home.daemon().run(ready)

    assert email.said == sms.said == ["open", "close"]
    home.assert_nothing_is_held()
    assert asyncio.all_tasks() == {asyncio.current_task()}
    look = await home.app.ledger.last_look(home.app.clock())
    assert look is None or look.stopped


async def test_told_to_stop_it_closes_all_of_it(home: Home) -> None:
    daemon = home.daemon()

    await daemon.run(lambda _address: daemon.stop())

    home.assert_nothing_is_held()
    assert asyncio.all_tasks() == {asyncio.current_task()}
