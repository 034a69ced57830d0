"""Stopped, killed, late, or with a clock that jumps: nobody is lost and nobody written to twice.

The relay takes its time over each message, so that every moment falls in the midst of something.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import pytest

from tests.fakes import FakeRelay
from tests.parts.hosting import hosted
from tests.parts.installation import Installation, by_relay, install, kill, staff
from tests.parts.processes import wait_until

SATURDAY = datetime(2026, 10, 3, 8, tzinfo=UTC)
#: 10:00 in Paris.
SUNDAY = datetime(2026, 10, 4, 8, tzinfo=UTC)
EPISODE = "1-fermer-sa-porte"
CONNECTIONS = 4
PEOPLE = 400
KILLS = 3


@contextmanager
def installed(folder: Path, relay: FakeRelay, people: int = PEOPLE) -> Iterator[Installation]:
    """An installation before this relay, its people imported on the Saturday."""
    with hosted(relay):
        home = install(
            folder / "home",
            SATURDAY,
            **by_relay(relay.port),
            channels__email__smtp__connections=CONNECTIONS,
        )
        home.import_people("staff", [staff(number, telephone="") for number in range(people)])
        yield home


def wait_accepted(relay: FakeRelay, least: int) -> None:
    """Return in the midst of a run: once the relay has so many."""
    wait_until(lambda: len(relay.accepted) >= least, f"{least} accepted")


def ledgers_agree(home: Installation, relay: FakeRelay, *, doubts: int = 0) -> None:
    """Nobody twice at the relay; nobody missing, but those whose row says that nobody knows."""
    states = home.states()
    sent = {who for who, state in states.items() if state == "sent"}
    uncertain = {who for who, state in states.items() if state == "uncertain"}
    reached = set(relay.recipients)
    assert len(relay.recipients) == len(reached)
    assert sent | uncertain == set(states)
    assert sent <= reached <= sent | uncertain
    assert len(uncertain) <= doubts


def test_a_stop_in_the_midst_gives_back_what_is_in_flight(tmp_path: Path) -> None:
    # Ten seconds for everybody: a stop that is noticed seconds late is still in the midst.
    relay = FakeRelay(seconds_a_message=0.1)
    with installed(tmp_path, relay) as home:
        for least in (50, 150):
            with home.daemon() as running:
                if least == 50:  # once: stepping there again would put the clock back
                    home.step_to(SUNDAY)
                wait_accepted(relay, least)
                assert running.stop() == 0
            assert home.count("sending") == 0
            assert home.count("sent") == len(relay.accepted) < PEOPLE
        with home.daemon():
            home.wait_settled()
            wait_until(lambda: home.alarms() == [], "no alarm")

        ledgers_agree(home, relay)


@pytest.mark.long
def test_a_kill_at_any_moment_loses_nobody_and_doubles_nobody(tmp_path: Path) -> None:
    relay = FakeRelay(seconds_a_message=0.04)
    chance = Random(20261004)  # noqa: S311 - moments of a test
    with installed(tmp_path, relay) as home:
        for number in range(KILLS):
            least = len(relay.accepted) + chance.randint(1, PEOPLE // (KILLS + 1))
            with home.daemon() as running:
                home.step_to(SUNDAY)
                wait_accepted(relay, least)
                kill(running)
            assert home.count("uncertain") <= number * CONNECTIONS
        with home.daemon():
            home.wait_settled()

            ledgers_agree(home, relay, doubts=KILLS * CONNECTIONS)
            doubts = [("deliveries-uncertain", "email")] if home.count("uncertain") else []
            wait_until(lambda: home.alarms() == doubts, "the alarm that follows")


def test_ten_minutes_down_at_the_due_time_are_caught_up_once(tmp_path: Path) -> None:
    relay = FakeRelay()
    with installed(tmp_path, relay, 20) as home:
        with home.daemon() as running:
            home.look_at(running, SUNDAY - timedelta(minutes=2))
            assert home.slots() == 0
        home.step_to(SUNDAY + timedelta(minutes=10))
        with home.daemon() as running:
            home.wait_planned(1)
            home.wait_settled()
            home.look_at(running, SUNDAY + timedelta(hours=1))

            ledgers_agree(home, relay)
            assert home.alarms() == []


def test_a_day_and_an_hour_down_is_missed_and_said(tmp_path: Path) -> None:
    relay = FakeRelay()
    with installed(tmp_path, relay, 5) as home:
        with home.daemon() as running:
            home.look_at(running, SUNDAY - timedelta(minutes=2))
        home.step_to(SUNDAY + timedelta(hours=25))
        with home.daemon():
            home.wait_planned(1)
            wait_until(lambda: home.alarms() != [], "an alarm")
            status = home.ask("status")

        assert relay.accepted == []
        found = home.rows("select channel, state from slot where channel = 'email'")
        assert found == [{"channel": "email", "state": "missed"}]
        assert ("slot-missed", f"cybermois/{EPISODE}/2026-10-04") in home.alarms()
        assert [alarm["kind"] for alarm in status["alarms"]] == ["slot-missed"]


def test_a_clock_set_back_stops_nothing_and_repeats_nothing(tmp_path: Path) -> None:
    relay = FakeRelay(seconds_a_message=0.02)
    with installed(tmp_path, relay, 100) as home, home.daemon() as running:
        home.step_to(SUNDAY)
        wait_accepted(relay, 20)
        home.look_at(running, SUNDAY - timedelta(hours=3))
        home.look_at(running, SUNDAY + timedelta(minutes=3))
        home.wait_settled()
        home.look_at(running, SUNDAY - timedelta(days=2))
        home.look_at(running, SUNDAY + timedelta(minutes=10))

        ledgers_agree(home, relay)


@pytest.mark.parametrize("back", [timedelta(hours=1), timedelta(hours=26)])
def test_a_clock_put_right_in_mid_run_goes_on_within_a_minute(
    tmp_path: Path, back: timedelta
) -> None:
    """A host ahead of time, then its time server."""
    relay = FakeRelay(seconds_a_message=0.02)
    with installed(tmp_path, relay, PEOPLE) as home, home.daemon():
        home.step_to(SUNDAY)
        wait_accepted(relay, 20)
        home.step_to(SUNDAY - back)

        wait_until(lambda: len(relay.accepted) == PEOPLE, "everybody", seconds=60)
        home.wait_settled()

        ledgers_agree(home, relay)
        assert [kind for kind, _ in home.alarms()] == ["clock-set-back"]


def test_a_second_daemon_on_the_same_ledger_refuses_to_start(tmp_path: Path) -> None:
    with installed(tmp_path, FakeRelay(), 1) as home, home.daemon():
        second = home.say("run")

    assert second.returncode == 2
    assert "another daemon" in second.stderr
    assert "Traceback" not in second.stderr


def test_text_mended_before_its_time_is_what_leaves_and_a_faulty_edit_is_not(
    tmp_path: Path,
) -> None:
    relay = FakeRelay()
    with installed(tmp_path, relay, 3) as home, home.daemon() as running:
        text = home.folder / "templates" / "cybermois" / EPISODE / "email.staff.fr.md"
        shipped = text.read_text(encoding="utf-8")
        home.look_at(running, SUNDAY - timedelta(hours=5))
        mended = re.sub("subject: .*", "subject: Relu la veille", shipped)
        text.write_text(mended, encoding="utf-8")
        config = home.config.read_text(encoding="utf-8")
        home.config.write_text(config.replace("kind: series", "kind: serial"), encoding="utf-8")
        home.look_at(running, SUNDAY - timedelta(hours=4))
        wait_until(lambda: home.alarms() != [], "an alarm")
        assert home.alarms() == [("config-faulty", "config.yaml")]
        home.config.write_text(config, encoding="utf-8")
        home.look_at(running, SUNDAY - timedelta(hours=3))
        wait_until(lambda: home.alarms() == [], "the alarm is over")
        home.step_to(SUNDAY)
        home.wait_planned(1)
        home.wait_settled()
        text.write_text(shipped, encoding="utf-8")
        home.look_at(running, SUNDAY + timedelta(hours=1))

        assert len(relay.accepted) == 3
        assert all(b"Subject: Relu la veille" in message.content for message in relay.accepted)


def test_a_text_that_is_broken_at_its_time_waits_until_it_is_mended(tmp_path: Path) -> None:
    relay = FakeRelay()
    with installed(tmp_path, relay, 3) as home, home.daemon() as running:
        text = home.folder / "templates" / "cybermois" / EPISODE / "email.staff.fr.md"
        shipped = text.read_text(encoding="utf-8")
        text.write_text(shipped + "\n{{ inconnue }}\n", encoding="utf-8")
        home.step_to(SUNDAY)
        wait_until(lambda: home.alarms() != [], "an alarm")
        occurrence = f"cybermois/{EPISODE}/2026-10-04"
        assert home.alarms() == [("message-faulty", occurrence)]
        assert home.occurrence_state(EPISODE) == "held"
        assert "inconnue" in home.rows("select detail from alarm")[0]["detail"]
        text.write_text(shipped, encoding="utf-8")
        home.look_at(running, SUNDAY + timedelta(minutes=30))
        home.wait_settled()

        ledgers_agree(home, relay)
        assert home.alarms() == []


def test_a_moved_date_moves_the_sending_and_never_repeats_it(tmp_path: Path) -> None:
    relay = FakeRelay()
    with installed(tmp_path, relay, 3) as home, home.daemon() as running:
        home.look_at(running, SUNDAY - timedelta(hours=2))
        config = home.config.read_text(encoding="utf-8")
        later = config.replace('at: "10:00"', 'at: "15:00"')
        assert later != config
        home.config.write_text(later, encoding="utf-8")
        home.look_at(running, SUNDAY + timedelta(hours=1))
        assert home.slots() == 0
        home.step_to(SUNDAY + timedelta(hours=5))
        home.wait_planned(1)
        home.wait_settled()
        # Back to the first hour, and to the last four Sundays: it has been sent this season.
        home.config.write_text(config.replace("rule: first-4", "rule: last-4"), encoding="utf-8")
        home.look_at(running, SUNDAY + timedelta(hours=7))
        home.look_at(running, SUNDAY + timedelta(hours=8))

        ledgers_agree(home, relay)
