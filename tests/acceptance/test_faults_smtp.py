"""The whole daemon before a relay that misbehaves: each refusal is what it says, and no more."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.fakes import FakeRelay, answers, drops, goes_silent
from tests.parts.certificates import Certificates, issue
from tests.parts.daemon import status
from tests.parts.hosting import hosted
from tests.parts.installation import Installation, by_relay, install, log_events, staff
from tests.parts.processes import wait_until

SATURDAY = datetime(2026, 10, 3, 8, tzinfo=UTC)
#: 10:00 in Paris, on the first and on the second Sunday.
FIRST = datetime(2026, 10, 4, 8, tzinfo=UTC)
SECOND = FIRST + timedelta(days=7)
EPISODE_1, EPISODE_2 = "1-fermer-sa-porte", "2-ne-pas-donner-ses-cles"

WELL = "bien@example.org"
GREY = "gris@example.org"
UNKNOWN = "inconnue@example.org"
BLOCKED = "filtree@example.org"
FULL = "pleine@example.org"
SPAM = "indesirable@example.org"
DOUBTFUL = "douteuse@example.org"
CUT_OFF = "coupee@example.org"
DISMISSED = "congediee@example.org"
CUT_EARLY = "ecartee@example.org"
LATER = "reportee@example.org"


@contextmanager
def sunday(
    folder: Path, relay: FakeRelay, *people: str, **settings: object
) -> Iterator[Installation]:
    """An installation before this relay, its people imported on the Saturday."""
    with hosted(relay):
        home = install(folder / "home", SATURDAY, **(by_relay(relay.port) | settings))
        rows = [staff(n, email=address, telephone="") for n, address in enumerate(people)]
        home.import_people("staff", rows)
        yield home


def one(home: Installation, to: str, episode: str = EPISODE_1) -> tuple[str, str]:
    """State and reason of somebody's delivery."""
    (row,) = [row for row in home.deliveries(episode=episode) if row["to"] == to]
    return row["state"], row["reason"]


def test_each_refusal_concerns_whom_it_names_and_no_longer_than_it_says(tmp_path: Path) -> None:
    relay = FakeRelay(
        answers("rcpt", "451 4.7.1 greylisted, come back", 1, to=GREY),
        answers("rcpt", "550 5.1.1 no such user", to=UNKNOWN),
        answers("rcpt", "550 5.7.1 blocked by policy", 1, to=BLOCKED),
        answers("dot", "552 5.2.2 mailbox full", 1, to=FULL),
        answers("dot", "554 5.6.0 looks like spam", 1, to=SPAM),
        drops("kept", 1, to=DOUBTFUL),
        drops("body", 1, to=CUT_OFF),
        answers("rcpt", "421 4.3.2 closing for now", 1, to=DISMISSED),
        drops("rcpt", 1, to=CUT_EARLY),
        answers("dot", "451 4.3.0 not now", 1, to=LATER),
    )
    people = [WELL, GREY, UNKNOWN, BLOCKED, FULL, SPAM, DOUBTFUL, CUT_OFF, DISMISSED]
    people += [CUT_EARLY, LATER]
    with sunday(tmp_path, relay, *people) as home, home.daemon() as running:
        home.step_to(FIRST)
        home.wait_planned(1)
        wait_until(lambda: home.count("sent") == 1, "the first is accepted")
        home.wait_tried()
        assert home.count("waiting") == 5
        home.look_at(running, FIRST + timedelta(minutes=20))
        home.wait_tried(times=2)
        # Whose turn had not come when the lane took its rest was refused just now.
        home.look_at(running, FIRST + timedelta(minutes=40))
        home.wait_settled()
        home.step_to(SECOND)
        wait_until(lambda: home.deliveries(episode=EPISODE_2) != [], "the next one is planned")
        home.wait_settled()
        tries = {row["to"]: row["attempts"] for row in home.deliveries(episode=EPISODE_1)}

        for address in (WELL, GREY, CUT_OFF, DISMISSED, CUT_EARLY, LATER):
            assert one(home, address)[0] == "sent"
            assert relay.recipients.count(address) == 2
        for address in (GREY, CUT_OFF, DISMISSED, CUT_EARLY, LATER):
            assert tries[address] in (2, 3)
        assert one(home, UNKNOWN) == ("failed", "550 5.1.1 no such user")
        assert one(home, UNKNOWN, EPISODE_2) == ("left-out", "bounced")
        for address in (BLOCKED, FULL, SPAM):
            assert one(home, address)[0] == "failed"
            assert one(home, address, EPISODE_2)[0] == "sent"
            assert relay.recipients.count(address) == 1
        # Kept by the relay, which told nobody: never sent again.
        assert one(home, DOUBTFUL)[0] == "uncertain"
        assert relay.recipients.count(DOUBTFUL) == 2
        ids = [message.message_id for message in relay.accepted]
        assert len(set(ids)) == len(ids)
        (seen_first,) = [one.message_id for one in relay.refused if one.recipient == LATER]
        assert seen_first in ids


def test_greylisting_is_tried_again_after_a_minute_at_the_earliest(tmp_path: Path) -> None:
    relay = FakeRelay(answers("rcpt", "451 4.7.1 greylisted", 3))
    with sunday(tmp_path, relay, WELL, GREY, FULL) as home, home.daemon() as running:
        home.step_to(FIRST)
        home.wait_planned(1)
        wait_until(lambda: relay.verbs.count("rcpt") == 3, "all were told to come back")
        wait_until(lambda: home.count("waiting") == 3, "all wait")
        earliest = min(row["at"] for row in home.deliveries())
        assert earliest >= FIRST.timestamp() * 1000 + 60_000
        assert relay.accepted == []

        home.look_at(running, FIRST + timedelta(minutes=3))
        home.wait_settled()

        assert sorted(relay.recipients) == sorted([WELL, GREY, FULL])
        assert home.alarms() == []


def test_a_relay_that_greylists_everybody_gets_everything_within_the_hour(tmp_path: Path) -> None:
    people = [f"a{number}@example.org" for number in range(120)]
    relay = FakeRelay(*(answers("rcpt", "451 4.7.1 greylisted", 1, to=who) for who in people))
    with sunday(tmp_path, relay, *people) as home, home.daemon() as running:
        home.step_to(FIRST)
        home.wait_planned(1)
        now = FIRST
        while home.count("sent") < len(people) and now < FIRST + timedelta(minutes=50):
            now += timedelta(minutes=2)
            home.look_at(running, now)
            time.sleep(0.5)

        assert sorted(relay.recipients) == sorted(people)


def test_a_wrong_password_stops_the_channel_with_one_alarm_and_no_hammering(
    tmp_path: Path, certificates: Certificates
) -> None:
    relay = FakeRelay(certificates=certificates, login=("reflexe", "right"))
    settings = {
        "channels__email__smtp__security": "starttls",
        "channels__email__smtp__ca_file": certificates.authority,
        "channels__email__smtp__username": "reflexe",
        "channels__email__smtp__password": "wrong",
    }
    people = [f"a{number}@example.org" for number in range(30)]
    with sunday(tmp_path, relay, *people, **settings) as home:
        with home.daemon() as running:
            home.step_to(FIRST)
            wait_until(lambda: home.alarms() != [], "an alarm")
            home.look_at(running, FIRST + timedelta(minutes=5))
            home.look_at(running, FIRST + timedelta(minutes=10))

            assert home.alarms() == [("channel-stopped", "email")]
            assert relay.logins == 1
            assert home.count("waiting") == len(people)
            assert home.say("status").returncode == 1
            stopped = [one for one in log_events(running) if one["event"] == "channel.stopped"]
            assert len(stopped) == 1
        home.set(channels__email__smtp__password="right")
        with home.daemon() as running:
            home.look_at(running, FIRST + timedelta(hours=1))
            home.wait_settled()

            assert sorted(relay.recipients) == sorted(people)
            assert home.alarms() == []


def test_a_certificate_of_a_stranger_stops_the_channel(
    tmp_path: Path, certificates: Certificates
) -> None:
    (tmp_path / "other").mkdir()
    relay = FakeRelay(certificates=certificates)
    settings = {
        "channels__email__smtp__security": "starttls",
        "channels__email__smtp__ca_file": issue(tmp_path / "other").authority,
    }
    with sunday(tmp_path, relay, WELL, GREY, **settings) as home, home.daemon():
        home.step_to(FIRST)
        wait_until(lambda: home.alarms() != [], "an alarm")

        assert home.alarms() == [("channel-stopped", "email")]
        # The alarm is raised before what was in hand is written down.
        wait_until(lambda: home.count("waiting") == 2, "both wait")
        assert relay.accepted == []
        assert "mail" not in relay.verbs


def test_a_relay_silent_after_the_dot_leaves_a_doubt_and_the_daemon_ends_in_time(
    tmp_path: Path,
) -> None:
    relay = FakeRelay(goes_silent("kept", to=DOUBTFUL))
    with sunday(tmp_path, relay, DOUBTFUL, WELL) as home:
        with home.daemon() as running:
            home.step_to(FIRST)
            wait_until(lambda: len(relay.accepted) == 2, "both are at the relay")
            began = time.monotonic()
            assert running.stop() == 0
            assert time.monotonic() - began < 30
        assert home.states() == {DOUBTFUL: "uncertain", WELL: "sent"}
        with home.daemon() as running:
            home.look_at(running, FIRST + timedelta(minutes=30))
            assert status(f"{running.desk}/healthz") == 200

        assert relay.recipients.count(DOUBTFUL) == 1
