"""Several replicas on one PostgreSQL ledger: killed, frozen, cut off; each person once."""

import signal
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.fakes import FakeRelay
from tests.parts.hosting import hosted
from tests.parts.installation import by_relay, kill, staff
from tests.parts.postgres import Server, postgres
from tests.parts.processes import wait_until
from tests.parts.replicas import Cluster, cluster

SATURDAY = datetime(2026, 10, 3, 8, tzinfo=UTC)
#: 10:00 in Paris.
SUNDAY = datetime(2026, 10, 4, 8, tzinfo=UTC)
CONNECTIONS = 4
#: Seconds until a dead replica's work is another's: 17 to 20, and a machine that is busy.
TAKEOVER = 40


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with postgres() as running:
        yield running


@contextmanager
def installed(
    folder: Path, server: Server, relay: FakeRelay, *, replicas: int, people: int
) -> Iterator[Cluster]:
    with (
        hosted(relay),
        cluster(
            folder,
            server.uri,
            SATURDAY,
            replicas=replicas,
            **by_relay(relay.port),
            channels__email__smtp__connections=CONNECTIONS,
        ) as made,
    ):
        made.homes[0].import_people("staff", [staff(n, telephone="") for n in range(people)])
        yield made


def agree(made: Cluster, relay: FakeRelay, *, doubts: int = 0) -> None:
    """Nobody twice at the relay; nobody missing, but those whose row says that nobody knows."""
    states = made.states()
    sent = {who for who, state in states.items() if state == "sent"}
    uncertain = {who for who, state in states.items() if state == "uncertain"}
    reached = set(relay.recipients)
    assert len(relay.recipients) == len(reached)
    assert sent | uncertain == set(states)
    assert sent <= reached <= sent | uncertain
    assert len(uncertain) <= doubts


def all_done(made: Cluster) -> bool:
    return made.count("sent") > 0 and made.unsettled() == 0


def test_two_replicas_share_a_run_and_each_person_gets_it_once(
    tmp_path: Path, server: Server
) -> None:
    relay = FakeRelay(seconds_a_message=0.01)
    with installed(tmp_path, server, relay, replicas=2, people=2500) as made, ExitStack() as life:
        for home in made.homes:
            life.enter_context(home.daemon())
        made.homes[0].step_to(SUNDAY)
        # The queue is a hint: what is done to it is made good from the ledger.
        wait_accepted(relay, 300)
        made.rows(
            "truncate procrastinate_jobs, procrastinate_events, procrastinate_workers cascade"
        )
        wait_until(lambda: all_done(made), "all sent", 120)

        agree(made, relay)
        shares = made.rows("select replica_id, count(*) as n from delivery group by replica_id")
        assert len(shares) == 2
        assert min(row["n"] for row in shares) >= 500
        wait_until(lambda: not made.rows("select * from procrastinate_jobs"), "no job left")


def test_a_killed_replica_is_replaced_within_twenty_seconds_and_knows_its_own_at_its_return(
    tmp_path: Path, server: Server
) -> None:
    relay = FakeRelay(seconds_a_message=0.05)
    with installed(tmp_path, server, relay, replicas=2, people=1500) as made:
        first, second = made.homes
        with first.daemon() as dying, second.daemon():
            first.step_to(SUNDAY)
            wait_until(lambda: working(made) == 2, "both at work")
            kill(dying)
            began = time.monotonic()
            (dead,) = [
                row["name"]
                for row in replicas(made)
                if row["host"].endswith(f":{dying.process.pid}")
            ]
            wait_until(lambda: not held_by(made, dead), "its batch is another's", 60)
            assert time.monotonic() - began < TAKEOVER
            wait_until(lambda: made.count("waiting") == 0, "the other does the rest", 180)
            left = made.count("sending")
        with first.daemon():
            wait_until(lambda: all_done(made), "it settles what it had in flight", 60)

        # A group: what its connections hand over in about half a second.
        assert left <= 100
        agree(made, relay, doubts=CONNECTIONS)


@pytest.mark.long
def test_a_frozen_replica_wakes_and_repeats_nothing(tmp_path: Path, server: Server) -> None:
    relay = FakeRelay(seconds_a_message=0.05)
    with installed(tmp_path, server, relay, replicas=2, people=1500) as made:
        first, second = made.homes
        with first.daemon() as frozen, second.daemon():
            first.step_to(SUNDAY)
            wait_until(lambda: working(made) == 2, "both at work")
            frozen.process.send_signal(signal.SIGSTOP)
            wait_until(lambda: made.count("waiting") == 0, "the other does the rest", 180)
            frozen.process.send_signal(signal.SIGCONT)
            wait_until(lambda: all_done(made), "what it had in flight has its outcome", 60)

            agree(made, relay, doubts=CONNECTIONS)


@pytest.mark.long
def test_a_server_that_is_away_is_waited_for(tmp_path: Path, server: Server) -> None:
    relay = FakeRelay(seconds_a_message=0.02)
    with installed(tmp_path, server, relay, replicas=2, people=600) as made:
        first, second = made.homes
        with first.daemon(), second.daemon():
            first.step_to(SUNDAY)
            for least in (100, 300):
                wait_accepted(relay, least)
                server.crash()
                server.start()
            wait_until(lambda: all_done(made), "all sent", 180)

            agree(made, relay)


def wait_accepted(relay: FakeRelay, least: int) -> None:
    wait_until(lambda: len(relay.accepted) >= least, f"{least} accepted")


def working(made: Cluster) -> int:
    """Replicas that have had something accepted."""
    statement = "select count(distinct replica_id) as n from delivery where state = 'sent'"
    return int(made.rows(statement)[0]["n"])


def replicas(made: Cluster) -> list[dict[str, str]]:
    return made.rows("select name, host from replica")


def held_by(made: Cluster, replica: str) -> bool:
    return bool(made.rows("select number from batch where owner = %s", replica))
