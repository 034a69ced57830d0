"""The daemon's reading of sources: at its time, one after another, and beside whatever they do."""

import asyncio
import threading
import time
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from scheduler.bootstrap import App, SourceWatch, open_app
from scheduler.bootstrap.own_thread import in_own_thread
from scheduler.config.loading import load
from tests.parts.daemon import FOUND
from tests.worlds import Clock, write_config

SOURCES = """
sources:
  staff:
    origin: Fichier du personnel
    basis: legitimate-interest
    folder: {path: depot, quiet: 0}
  patients:
    origin: Admissions
    basis: consent
    every: 6h
    sql: {url: "sqlite:///admissions.db", query: SELECT 1}
"""
ROW = "M{0};p{0}@example.org;Élise\n"
HEAD = "matricule;email;prenom\n"


@pytest.fixture
async def app(tmp_path: Path) -> AsyncIterator[App]:
    config = write_config(tmp_path)
    config.write_text(config.read_text() + SOURCES, encoding="utf-8")
    (tmp_path / "depot").mkdir()
    opened = await open_app(load(config, FOUND), Clock())
    yield opened
    await opened.close()


def put(app: App, name: str, first: int, last: int) -> None:
    text = HEAD + "".join(ROW.format(one) for one in range(first, last))
    (app.configuration.root / "depot" / name).write_text(text, encoding="utf-8")


async def members(app: App) -> int:
    return await app.contact_files.count_active(app.configuration.audience("staff"))


async def looked(app: App, watch: SourceWatch, minutes: int) -> list[str]:
    """A look so much later; what the ledger has of the query's readings."""
    app.clock.step(timedelta(minutes=minutes))  # type: ignore[attr-defined]
    await watch.look(app.clock())
    return [one.outcome for one in await app.sources.history("patients", 50)]


async def test_each_source_is_read_at_its_time_and_one_that_fails_keeps_no_other(
    app: App,
) -> None:
    watch = SourceWatch(lambda: app)
    put(app, "a.csv", 1, 11)

    assert await looked(app, watch, 0) == ["failed"]
    assert await members(app) == 10
    # A failed one is tried again after a quarter of an hour, a folder every minute.
    put(app, "b.csv", 1, 12)
    assert await looked(app, watch, 1) == ["failed"]
    assert await members(app) == 11
    assert await looked(app, watch, 14) == ["failed"] * 2
    assert [one.outcome for one in await app.sources.history("staff", 50)] == ["taken", "taken"]


async def test_a_source_that_breaks_is_called_out_in_the_end(
    app: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*asked: object) -> None:
        raise UnicodeError("a driver's own fault")

    monkeypatch.setattr("scheduler.sources.listed.sql.Source.fetch", broken)
    watch = SourceWatch(lambda: app)

    for minutes in (0, 15, 15):
        ended = await looked(app, watch, minutes)

    assert ended == ["failed"] * 3
    called = {(one.kind, one.subject) for one in await app.gauges.open_alarms()}
    assert ("source-failed", "patients") in called


async def test_what_is_confirmed_is_read_at_the_next_look(app: App) -> None:
    watch = SourceWatch(lambda: app)
    put(app, "a.csv", 1, 11)
    await looked(app, watch, 0)
    put(app, "b.csv", 1, 3)
    await looked(app, watch, 1)
    assert await members(app) == 10
    (look, _) = await app.sources.history("staff", 50)

    await app.sources.confirm(look.number, "Ana Bret", app.clock())
    await looked(app, watch, 1)

    assert await members(app) == 2


async def test_alarms_end_with_their_source(app: App) -> None:
    for _ in range(3):
        await app.ledger.raise_alarm("source-failed", "former", "gone", app.clock())

    await SourceWatch(lambda: app).look(app.clock())

    assert "former" not in {one.subject for one in await app.gauges.open_alarms()}


async def test_a_source_that_waits_keeps_neither_the_loop_nor_the_end() -> None:
    never = threading.Event()
    waiting = asyncio.create_task(in_own_thread(never.wait))
    began = time.monotonic()
    await asyncio.sleep(0.01)

    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting

    assert time.monotonic() - began < 1
    assert all(one.daemon for one in threading.enumerate() if one.name == "source")
    never.set()


async def test_what_a_source_raises_is_raised_where_it_is_awaited() -> None:
    def work() -> int:
        raise OSError("gone")

    with pytest.raises(OSError, match="gone"):
        await in_own_thread(work)
    assert await in_own_thread(lambda: 3) == 3
