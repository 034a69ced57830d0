"""status, as an operator reads it and as a machine does."""

import asyncio
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from scheduler.bootstrap import open_app, utc_now
from scheduler.cli.language import Language, speak
from scheduler.cli.output.status import print_status
from scheduler.cli.output.words import alarm_detail
from scheduler.config.loading import load
from scheduler.domain.sending import Lane
from tests.commands import reflexe
from tests.flow_world import SERIES, open_world, utc
from tests.samples.ledger import STAFF, Book, person

MONDAY = utc(5, 8)
ORANGE = Lane(channel="email", destination="orange", connections=3)
TRIED = Lane(channel="sms")


async def make(folder: Path) -> Path:
    """A group rests after two failures, and a channel has one message on trial."""
    async with open_world(folder, SERIES) as world:
        await world.book.take_in(STAFF, person(1))
        await world.look(MONDAY)
        ledger = world.app.ledger
        first = await ledger.trip(ORANGE, "451 4.7.1 too fast", MONDAY)
        await ledger.trip(ORANGE, "451 4.7.1 <marie@example.org> too fast", first)
        until = await ledger.trip(TRIED, "connect", MONDAY)
        (rest,) = await ledger.resting(TRIED)
        await ledger.probe(rest, until)
        await ledger.enter("a", "host:1", utc_now())
        await ledger.note_look(utc_now())
        return world.config


async def stop(config: Path) -> None:
    """The daemon ends in good order."""
    app = await open_app(load(config, {}))
    await app.ledger.enter("a", "host:1", utc_now())
    await app.ledger.leave()
    await app.close()


async def look_at(config: Path, at: datetime) -> None:
    app = await open_app(load(config, {}))
    await app.ledger.enter("a", "host:1", at)
    await app.ledger.note_look(at)
    await app.close()


@pytest.fixture
def config(tmp_path: Path) -> Path:
    return asyncio.run(make(tmp_path))


def test_a_lane_that_rests_is_told_and_asks_for_nobody(config: Path) -> None:
    answer = reflexe(config, "status")

    assert answer.code == 0
    assert (
        "RESTS email/orange (2 in a row, until 2026-10-05 10:01): "
        "451 4.7.1 [address] too fast\n"
        "RESTS sms (1 in a row, one message is tried): connect\n" in answer.out
    )
    assert "replica" not in answer.out


def test_a_machine_reads_the_same(config: Path) -> None:
    report = reflexe(config, "status", "--json").json

    assert report["deliveries"] == {"waiting": 2}
    assert [(one["lane"], one["failures"], one["half_open"]) for one in report["resting"]] == [
        ("email/orange", 2, False),
        ("sms", 1, True),
    ]
    assert report["replicas"] == []
    assert report["alarms"] == []
    assert report["daemon"]["running"] is True
    assert report["daemon"]["host"] == "host:1"


async def bring_in(config: Path) -> None:
    """Somebody from a directory, a month ago."""
    app = await open_app(load(config, {}))
    book = Book(ledger=app.ledger, people=app.people)
    ago = utc_now() - timedelta(days=30)
    await book.take_in(STAFF, person(7), origin="un annuaire", at=ago)
    await app.close()


def test_who_was_told_nothing_for_25_days_is_named_with_their_import(config: Path) -> None:
    asyncio.run(bring_in(config))

    text, report = reflexe(config, "status").out, reflexe(config, "status", "--json").json

    assert "UNTOLD" in text
    assert "from un annuaire: here for over 25 days, and no message told them so" in text
    assert [(one["origin"], one["people"]) for one in report["untold"]] == [("un annuaire", 1)]


def test_nothing_that_runs_is_never_green(tmp_path: Path) -> None:
    async def never_started() -> Path:
        async with open_world(tmp_path, SERIES) as world:
            return world.config

    config = asyncio.run(never_started())

    answer, report = reflexe(config, "status"), reflexe(config, "status", "--json")

    assert (answer.code, report.code) == (1, 1)
    assert answer.out.startswith("NOT RUNNING: no daemon has ever looked")
    assert report.json["daemon"]["running"] is False
    assert report.json["daemon"]["last_look"] is None


def test_a_daemon_that_was_stopped_is_told_at_once(config: Path) -> None:
    asyncio.run(stop(config))

    answer = reflexe(config, "status")

    assert answer.code == 1
    assert "(host:1); it was stopped since" in answer.out


def test_a_daemon_that_died_is_told_after_a_minute(config: Path) -> None:
    asyncio.run(look_at(config, utc_now() - timedelta(seconds=50)))
    assert reflexe(config, "status").code == 0

    asyncio.run(look_at(config, utc_now() - timedelta(seconds=70)))
    answer = reflexe(config, "status")

    assert answer.code == 1
    assert "(host:1); it is silent since" in answer.out


@pytest.mark.parametrize(
    ("at", "said"),
    [
        (None, "NOT READY: the daemon's first look hasn't ended"),
        ("2026-10-05T08:00:00+00:00", "first look since its start hasn't ended, or its last one"),
    ],
)
def test_a_daemon_that_has_only_just_started_isnt_said_to_have_failed(
    config: Path, capsys: pytest.CaptureFixture[str], at: str | None, said: str
) -> None:
    report = reflexe(config, "status", "--json").json
    report["daemon"] |= {"ready": False, "last_look": at}
    capsys.readouterr()

    print_status(report, wide=True)

    assert said in " ".join(capsys.readouterr().out.split())


def test_an_alarm_s_detail_is_in_the_run_s_language() -> None:
    told = []
    for language in Language:
        speak(language)
        told.append(alarm_detail("text-behind", "Camille"))
    speak(Language.ENGLISH)

    assert told == ["published by Camille", "publié par Camille"]
