"""Replicas on hosts of their own, one of them cut off for half a minute; each person once.

What the dead network swallows is answered by nobody: no connection is refused or closed.
"""

import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.fakes import FakeRelay
from tests.parts.hosting import hosted
from tests.parts.installation import by_relay, staff
from tests.parts.network import Host, Network, network
from tests.parts.postgres import PORT, postgres
from tests.parts.processes import wait_until
from tests.parts.replicas import Cluster, cluster

pytestmark = pytest.mark.long

SATURDAY = datetime(2026, 10, 3, 8, tzinfo=UTC)
#: 10:00 in Paris.
SUNDAY = datetime(2026, 10, 4, 8, tzinfo=UTC)
REPLICAS = 3
CONNECTIONS = 4
PEOPLE = 3000
#: Seconds without a network.
CUT = 30
#: Seconds until what a silent replica holds is another's: 17 to 20, and a machine that is busy.
TAKEOVER = 40


@pytest.fixture(scope="module")
def lan() -> Iterator[Network]:
    with network(REPLICAS) as made:
        yield made


@pytest.fixture(scope="module")
def server(lan: Network) -> Iterator[str]:
    with postgres() as running:
        yield running.listen(lan.address)


@contextmanager
def at_work(
    folder: Path, server: str, lan: Network, relay: FakeRelay
) -> Iterator[tuple[Cluster, dict[str, Host]]]:
    """Every replica in the midst of one run; and the host of each, by its name in the ledger."""
    with (
        hosted(relay),
        cluster(
            folder,
            server,
            SATURDAY,
            replicas=REPLICAS,
            **by_relay(relay.port, lan.address),
            channels__email__smtp__connections=CONNECTIONS,
        ) as made,
        ExitStack() as life,
    ):
        made.homes[0].import_people("staff", [staff(n, telephone="") for n in range(PEOPLE)])
        hosts = {}
        for host, home in zip(lan.hosts, made.homes, strict=True):
            process = life.enter_context(host.daemon(home))
            hosts[name_of(made, process.pid)] = host
        made.homes[0].step_to(SUNDAY)
        wait_until(lambda: working(made) == REPLICAS, "all at work")
        yield made, hosts


def test_a_replica_that_loses_the_database_loses_its_work_to_the_others_and_repeats_nothing(
    tmp_path: Path, server: str, lan: Network
) -> None:
    relay = FakeRelay(host=lan.address, seconds_a_message=0.05)
    with at_work(tmp_path, server, lan, relay) as (made, hosts):
        lost, host = next(iter(hosts.items()))
        with host.cut_off(PORT):
            began = time.monotonic()
            wait_until(lambda: not held_by(made, lost), "its batch is another's", CUT)
            taken_over = time.monotonic() - began
            before = len(relay.accepted)
            wait_until(lambda: time.monotonic() - began > CUT, "it has been long enough", CUT)
            meanwhile = len(relay.accepted) - before
        wait_until(lambda: all_done(made), "all sent", 300)

        assert taken_over < TAKEOVER
        assert meanwhile > 0
        agree(made, relay)


def test_a_replica_that_loses_the_relay_waits_for_it_and_repeats_nothing(
    tmp_path: Path, server: str, lan: Network
) -> None:
    relay = FakeRelay(host=lan.address, seconds_a_message=0.05)
    with at_work(tmp_path, server, lan, relay) as (made, hosts):
        with next(iter(hosts.values())).cut_off(relay.port):
            began = time.monotonic()
            wait_until(lambda: time.monotonic() - began > CUT, "it has been long enough", CUT + 1)
        wait_until(lambda: all_done(made), "all sent", 300)

        agree(made, relay)


def agree(made: Cluster, relay: FakeRelay) -> None:
    """Everybody once, and the ledger knows it."""
    states = made.states()
    assert set(states.values()) == {"sent"}
    assert sorted(relay.recipients) == sorted(states)


def all_done(made: Cluster) -> bool:
    return made.count("sent") > 0 and made.unsettled() == 0


def name_of(made: Cluster, process: int) -> str:
    """What the ledger calls the replica that this process is."""

    def found() -> list[dict[str, str]]:
        return made.rows("select name from replica where host like %s", f"%:{process}")

    wait_until(lambda: bool(found()), "it is known")
    return found()[0]["name"]


def working(made: Cluster) -> int:
    """Replicas that have had something accepted."""
    statement = "select count(distinct replica_id) as n from delivery where state = 'sent'"
    return int(made.rows(statement)[0]["n"])


def held_by(made: Cluster, replica: str) -> bool:
    return bool(made.rows("select number from batch where owner = %s", replica))
