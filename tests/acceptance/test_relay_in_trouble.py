"""A relay with too much to do, and one that is away: the run goes on slower, and ends complete."""

from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.fakes import FakeRelay, answers
from tests.parts.daemon import Daemon
from tests.parts.hosting import hosted
from tests.parts.installation import Installation, by_relay, install, staff
from tests.parts.processes import free_port, wait_until

SATURDAY = datetime(2026, 10, 3, 8, tzinfo=UTC)
#: 10:00 in Paris.
SUNDAY = datetime(2026, 10, 4, 8, tzinfo=UTC)
CONNECTIONS = 6
PEOPLE = 320


def installed(folder: Path, port: int) -> Installation:
    home = install(
        folder / "home",
        SATURDAY,
        **by_relay(port),
        channels__email__smtp__connections=CONNECTIONS,
    )
    home.import_people("staff", [staff(number, telephone="") for number in range(PEOPLE)])
    return home


def resting(home: Installation) -> list[str]:
    """Channels that rest as a whole."""
    return [row["channel"] for row in home.rows("select * from breaker where destination = ''")]


def next_try(home: Installation, running: Daemon, now: datetime) -> datetime:
    """Past the longest rest, when one message has been tried; that instant."""
    later, known = now + timedelta(minutes=11), failures(home)
    home.look_at(running, later)
    wait_until(lambda: failures(home) != known, "one is tried")
    return later


def failures(home: Installation) -> int:
    """In a row; none once something is accepted."""
    return sum(row["failures"] for row in home.rows("select failures from breaker"))


def test_a_relay_that_says_421_gets_fewer_connections_and_every_message(tmp_path: Path) -> None:
    relay = FakeRelay(seconds_a_message=0.05)
    with ExitStack() as stack:
        stack.enter_context(hosted(relay))
        home = installed(tmp_path, relay.port)
        running = stack.enter_context(home.daemon())
        home.step_to(SUNDAY)
        wait_until(lambda: len(relay.accepted) >= 60, "60 accepted")
        relay.faults += [answers("mail", "421 4.7.0 too many connections", times=2)]
        wait_until(lambda: relay.faults[0].times == 0, "it was told twice")
        told = len(relay.accepted)
        wait_until(lambda: home.count("waiting") <= 2, "the rest is sent")
        home.look_at(running, SUNDAY + timedelta(minutes=5))
        home.wait_settled()

        assert max(one.at_once for one in relay.accepted[:told]) == CONNECTIONS
        # What was under way ends; then a quarter of them, and more again after twenty messages.
        lowered = relay.accepted[told + CONNECTIONS : told + 2 * CONNECTIONS]
        assert max(one.at_once for one in lowered) <= CONNECTIONS // 2
        assert max(one.at_once for one in relay.accepted[-60:]) > CONNECTIONS // 2
        assert home.count("sent") == PEOPLE
        assert len(relay.recipients) == len(set(relay.recipients)) == PEOPLE
        assert home.alarms() == []


def test_a_relay_that_comes_back_gets_what_waited_in_its_order_and_once(tmp_path: Path) -> None:
    port = free_port()
    before, after = (FakeRelay(port=port, seconds_a_message=0.02) for _ in range(2))
    home = installed(tmp_path, port)
    with home.daemon() as running:
        with hosted(before):
            home.step_to(SUNDAY)
            wait_until(lambda: len(before.accepted) >= 60, "60 accepted")
        wait_until(lambda: resting(home) != [], "the channel rests")
        now = next_try(home, running, SUNDAY)
        assert resting(home) == ["email"]
        with hosted(after):
            while not after.accepted:
                now = next_try(home, running, now)
            home.wait_settled()

        doubts = home.count("uncertain")
        everybody = before.recipients + after.recipients
        assert len(everybody) == len(set(everybody))
        assert home.count("sent") + doubts == PEOPLE
        assert doubts <= CONNECTIONS
        assert resting(home) == []
        # Those whose turn had not come: they leave side by side, in the order of the ledger.
        waited = [row["to"] for row in home.deliveries() if row["attempts"] == 1]
        waited = [to for to in waited if to not in before.recipients]
        caught_up = [to for to in after.recipients if to in waited]
        moved = [abs(place - waited.index(to)) for place, to in enumerate(caught_up)]
        assert len(moved) > CONNECTIONS
        # Each line may have held one back while an answer was slow; nobody else was overtaken.
        assert max(sorted(moved)[:-CONNECTIONS]) <= 2 * CONNECTIONS
