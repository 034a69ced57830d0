"""The whole daemon with an OTLP/HTTP receiver beside it: what comes there, and who never waits."""

import re
import time
from datetime import UTC, datetime
from pathlib import Path
from urllib.request import Request, urlopen

from tests.fakes import FakeRelay
from tests.parts.hosting import hosted
from tests.parts.installation import Installation, by_relay, install, staff
from tests.parts.otlp import collecting
from tests.parts.processes import wait_until

SATURDAY = datetime(2026, 10, 3, 8, tzinfo=UTC)
#: 10:00 in Paris.
SUNDAY = datetime(2026, 10, 4, 8, tzinfo=UTC)
PEOPLE = 40
ONE_CLICK = re.compile(r"List-Unsubscribe: <https://[^/]+(/d/([^>]+))>")


def installed(folder: Path, relay: FakeRelay, receiver: str) -> Installation:
    home = install(
        folder / "home",
        SATURDAY,
        **by_relay(relay.port),
        telemetry__otlp=receiver,
        telemetry__share=0.1,
    )
    home.import_people("staff", [staff(number, telephone="") for number in range(PEOPLE)])
    return home


def left_in(home: Installation) -> float:
    """Send to all, and stop; how long the stop took."""
    with home.daemon() as running:
        home.step_to(SUNDAY)
        wait_until(lambda: home.count("sent") == PEOPLE, "all sent")
        began = time.monotonic()
        assert running.stop() == 0
        return time.monotonic() - began


def one_click(url: str) -> int:
    """As a mailbox provider presses it (RFC 8058)."""
    body = b"List-Unsubscribe=One-Click"
    asked = Request(url, data=body, method="POST")  # noqa: S310 - the test's own daemon
    with urlopen(asked, timeout=10) as answer:  # noqa: S310
        return int(answer.status)


def test_figures_and_spans_come_from_the_first_minute_to_the_stop_and_tell_of_nobody(
    tmp_path: Path,
) -> None:
    relay = FakeRelay()
    with hosted(relay), collecting() as collector:
        home = installed(tmp_path, relay, collector.url)
        with home.daemon() as running:
            wait_until(lambda: bool(collector.metrics), "the first figures")
            home.step_to(SUNDAY)
            wait_until(lambda: len(relay.accepted) == PEOPLE, "all accepted")
            home.wait_settled()
            found = ONE_CLICK.search(relay.accepted[0].content.decode())
            assert found is not None
            assert one_click(f"{running.public}{found[1]}") == 200
            assert running.stop() == 0

        told, everything = collector.numbers(), b"".join(collector.bodies)

    # The last ones are told at the stop.
    assert told["reflexe_sends", (("channel", "email"), ("outcome", "sent"))] == PEOPLE
    assert told["reflexe_opt_outs", (("route", "one-click"),)] == 1
    assert collector.spans
    assert found[2].encode() not in everything
    people = [one.encode() for one in (*relay.recipients, "example.org", "+33", "cybermois")]
    assert [one for one in people if one in everything] == []


def test_a_receiver_that_never_answers_keeps_no_message_and_no_stop(
    tmp_path: Path,
) -> None:
    relay = FakeRelay()
    with hosted(relay), collecting() as collector:
        collector.waits.clear()
        home = installed(tmp_path, relay, collector.url)
        stopped = left_in(home)
        collector.waits.set()

    assert collector.paths, "it was asked"
    assert stopped < 8
    assert len(relay.recipients) == len(set(relay.recipients)) == PEOPLE
