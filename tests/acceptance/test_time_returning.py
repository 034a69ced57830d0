"""Machines that sleep, were away for days, or come back as they were: once each, or not at all."""

import shutil
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.fakes import FakeRelay
from tests.parts.hosting import hosted
from tests.parts.installation import Installation, by_relay, install, log_events, staff
from tests.parts.processes import wait_until

SATURDAY = datetime(2026, 10, 3, 8, tzinfo=UTC)
#: 10:00 in Paris.
SUNDAY = datetime(2026, 10, 4, 8, tzinfo=UTC)
PEOPLE = 60
OCCURRENCE = "cybermois/1-fermer-sa-porte/2026-10-04"


@contextmanager
def installed(folder: Path, relay: FakeRelay, people: int = PEOPLE) -> Iterator[Installation]:
    """An installation before this relay, its people imported on the Saturday."""
    with hosted(relay):
        home = install(
            folder / "home",
            SATURDAY,
            **by_relay(relay.port),
            channels__email__smtp__connections=4,
        )
        home.import_people("staff", [staff(number, telephone="") for number in range(people)])
        yield home


def wait_accepted(relay: FakeRelay, least: int) -> None:
    wait_until(lambda: len(relay.accepted) >= least, f"{least} accepted")


def test_a_machine_that_slept_while_its_relay_hung_up_repeats_nothing(tmp_path: Path) -> None:
    relay = FakeRelay(seconds_a_message=0.04)
    with installed(tmp_path, relay) as home, home.daemon() as running:
        home.step_to(SUNDAY)
        wait_accepted(relay, 20)
        running.process.send_signal(signal.SIGSTOP)
        relay.loop.call_soon_threadsafe(relay.hang_up)
        home.step_to(SUNDAY + timedelta(hours=2))
        running.process.send_signal(signal.SIGCONT)
        home.look_at(running, SUNDAY + timedelta(hours=3))
        home.wait_settled()

        states = home.states()
        uncertain = {who for who, state in states.items() if state == "uncertain"}
        assert len(relay.recipients) == len(set(relay.recipients))
        assert set(relay.recipients) | uncertain == set(states)
        assert len(uncertain) <= 4
        assert set(states.values()) <= {"sent", "uncertain"}


def test_after_three_days_away_there_is_one_catching_up_and_not_one_a_look(tmp_path: Path) -> None:
    relay = FakeRelay()
    with installed(tmp_path, relay, 5) as home:
        with home.daemon() as running:
            home.look_at(running, SUNDAY - timedelta(minutes=30))
        home.log_file.unlink()
        home.step_to(SUNDAY + timedelta(days=3))
        with home.daemon() as running:
            home.wait_planned(1)
            wait_until(lambda: home.alarms() != [], "an alarm")
            home.look_at(running, SUNDAY + timedelta(days=3, minutes=3))
            events = [one["event"] for one in log_events(running)]

        assert relay.accepted == []
        assert home.alarms() == [("slot-missed", OCCURRENCE)]
        missed = home.rows("select channel from slot where state = 'missed' order by channel")
        assert [one["channel"] for one in missed] == ["email", "sms"]
        assert events.count("slot.missed") == len(missed) == home.slots()
        assert events.count("retention.done") == 1


def test_a_ledger_put_back_from_before_a_send_asks_and_sends_nothing_again(tmp_path: Path) -> None:
    relay = FakeRelay()
    with installed(tmp_path, relay, 5) as home:
        ledger, backup = home.folder / "var" / "reflexe.db", tmp_path / "backup.db"
        with home.daemon() as running:
            home.look_at(running, SUNDAY - timedelta(hours=1))
        shutil.copy(ledger, backup)
        with home.daemon():
            home.step_to(SUNDAY)
            wait_accepted(relay, 5)
            home.wait_settled()
        shutil.copy(backup, ledger)
        with home.daemon() as running:
            home.look_at(running, SUNDAY + timedelta(hours=1))
            home.wait_planned(1)
            kinds = {kind for kind, _ in home.alarms()}

            assert kinds == {"ledger-restored"}
            assert home.say("status").returncode == 1
            assert len(relay.accepted) == 5
        # Once its life is over, not even a person's word makes it leave a second time.
        home.step_to(SUNDAY + timedelta(days=4))
        with home.daemon("--accept-restored", "--by", "Nadia"):
            home.wait_settled()

        assert set(home.states().values()) == {"failed"}
        assert len(relay.accepted) == 5
