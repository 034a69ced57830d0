"""The drill of docs/running.md: a backup taken while it sends, put in place on another machine."""

import shutil
from datetime import datetime, timedelta
from pathlib import Path

from tests.acceptance.test_time_returning import OCCURRENCE, SUNDAY, installed, wait_accepted
from tests.fakes import FakeRelay
from tests.parts.installation import Installation, install
from tests.parts.processes import wait_until

PEOPLE = 200


def test_a_backup_taken_while_it_sends_is_restored_elsewhere_and_nobody_is_written_to_twice(
    tmp_path: Path,
) -> None:
    relay = FakeRelay(seconds_a_message=1)
    copy = tmp_path / "backup.db"
    with installed(tmp_path, relay, PEOPLE) as home:
        with home.daemon() as running:
            home.step_to(SUNDAY)
            wait_accepted(relay, 4)
            taken = home.say("backup", str(copy))
            at_backup = len(relay.accepted)
            # What was about to leave at the backup has left.
            wait_accepted(relay, at_backup + 24)
            left = home.say("optout", "add", "a00003@example.org")
            running.stop()
        gone = len(relay.recipients)
        assert (taken.returncode, left.returncode) == (0, 0), taken.stderr + left.stderr
        assert 4 <= at_backup < gone < PEOPLE

        # Another machine: the keys first; neither journal nor mark are to be had.
        there = elsewhere(home, tmp_path / "elsewhere", SUNDAY + timedelta(hours=1))
        (there.folder / "var").mkdir(mode=0o700)
        shutil.copy(home.folder / "var" / "keys.json", there.folder / "var" / "keys.json")
        rehearsed = there.say("restore", str(copy), "--check")
        put = there.say("restore", str(copy), "--yes")
        migrated = there.say("migrate")
        assert [one.returncode for one in (rehearsed, put, migrated)] == [0, 0, 0], put.stderr

        with there.daemon():
            wait_until(lambda: "ledger-restored" in dict(there.alarms()), "it asks")
        assert len(relay.recipients) == gone

        cancelled = there.say("cancel", OCCURRENCE, "--yes")
        again = there.say("optout", "add", "a00003@example.org")
        assert (cancelled.returncode, again.returncode) == (0, 0), cancelled.stderr
        with there.daemon("--accept-restored", "--by", "Nadia") as running:
            there.look_at(running, SUNDAY + timedelta(hours=2))
            there.wait_settled()

        assert len(relay.recipients) == gone == len(set(relay.recipients))
        # What was on the wire at the backup is a person's to settle: its journal stayed behind.
        states = [*there.states().values()]
        assert len(states) == PEOPLE
        assert {*states} <= {"sent", "cancelled", "uncertain"}
        assert states.count("sent") + states.count("uncertain") <= gone
        assert {kind for kind, _ in there.alarms()} <= {"deliveries-uncertain"}


def elsewhere(home: Installation, folder: Path, now: datetime) -> Installation:
    """The same configuration, on a machine that has nothing else of it."""
    made = install(folder, now)
    made.environment |= {
        name: value for name, value in home.environment.items() if "CHANNELS" in name
    }
    return made
