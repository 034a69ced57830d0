"""What the daemon opened is closed again, whatever its start met half-way."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from scheduler import bootstrap
from scheduler.bootstrap import App
from scheduler.daemon.life import Daemon
from scheduler.daemon.lock import DaemonLock
from scheduler.daemon.servers import listen
from scheduler.domain.audit import AuditAct
from scheduler.domain.calendar.changes import Change
from scheduler.domain.errors import ConfigError
from scheduler.domain.writing.edits import Publication
from scheduler.store.writing.calendar_changes import ChangeLedger
from scheduler.store.writing.edits import EditLedger
from tests.flow_world import ScriptedProvider
from tests.parts.processes import free_port
from tests.samples.changes import asked, switched
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


async def until(holds: Callable[[], Awaitable[bool]]) -> None:
    for _ in range(600):
        if await holds():
            return
        await asyncio.sleep(0.05)
    raise AssertionError("not in time")


async def test_a_text_published_by_any_replica_is_read_at_the_next_look(home: Home) -> None:
    path = "cybermois/annonce/email.staff.fr.md"
    file = home.app.configuration.files / path
    text = file.read_text(encoding="utf-8")
    daemon, ledger = home.daemon(), home.app.ledger
    replica = EditLedger(ledger.database)
    seen: list[str] = []

    async def is_read() -> bool:
        return daemon.app.configuration.edits == await replica.published()

    async def is_alarmed() -> bool:
        return bool(await ledger.open_alarms())

    async def is_calm() -> bool:
        return not await ledger.open_alarms()

    async def publish(content: str | None, over: int) -> None:
        asked = Publication(
            path=path,
            content=content,
            base=text,
            over=over,
            written_by="Marie",
            published_by="Ana",
        )
        await replica.publish(asked, AuditAct.PUBLISH_TEXT, home.app.clock())
        await until(is_read)
        seen.append((daemon.app.configuration.templates / path).read_text(encoding="utf-8"))

    async def scene() -> None:
        try:
            await publish(text.replace("Bonjour", "Salutations", 1), 0)
            file.write_text(text + "\nPlus.\n", encoding="utf-8")
            await until(is_alarmed)
            seen.extend(f"{one.kind} {one.subject}" for one in await ledger.open_alarms())
            await publish(None, 1)
            await until(is_calm)
        finally:
            daemon.stop()

    playing: list[asyncio.Task[None]] = []
    await daemon.run(lambda _address: playing.append(asyncio.create_task(scene())))
    await playing[0]

    assert "Salutations" in seen[0]
    assert seen[1:] == [f"text-behind templates/{path}", text + "\nPlus.\n"]


async def test_a_change_of_the_calendar_by_any_replica_holds_at_the_next_look(home: Home) -> None:
    daemon, ledger = home.daemon(), home.app.ledger
    replica = ChangeLedger(ledger.database)
    change = switched("cybermois", on=False)
    seen: list[str] = []

    async def is_read() -> bool:
        return daemon.app.configuration.changed == await replica.number()

    async def is_alarmed() -> bool:
        return len(await ledger.open_alarms()) == 2

    async def is_calm() -> bool:
        return not await ledger.open_alarms()

    async def decide(one: Change, over: int) -> None:
        several = [asked(one, {"enabled": False})]
        await replica.decide(several, over, AuditAct.CHANGE_CALENDAR, home.app.clock())
        await until(is_read)
        seen.append(" ".join(one.name for one in daemon.app.agenda.campaigns))

    async def scene() -> None:
        try:
            await decide(change, 0)
            # It says of the file what the file never said.
            await decide(switched("rappels", on=False), 1)
            await until(is_alarmed)
            seen.extend(f"{one.kind} {one.subject}" for one in await ledger.open_alarms())
            await decide(replace(change, says=None), 2)
            await decide(replace(switched("rappels", on=False), says=None), 3)
            await until(is_calm)
        finally:
            daemon.stop()

    playing: list[asyncio.Task[None]] = []
    await daemon.run(lambda _address: playing.append(asyncio.create_task(scene())))
    await playing[0]

    assert "cybermois" not in seen[0]
    assert {"calendar-behind cybermois/enabled", "calendar-behind rappels/enabled"} <= {*seen}
    assert "cybermois" in seen[-2]
