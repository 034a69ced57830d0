"""Stopped by hand in the midst of a run: at once, over a restart, and then to its end."""

import asyncio
import re
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.request import urlopen

import aiohttp

from tests.fakes import FakeRelay
from tests.parts.desk_session import sign_in
from tests.parts.hosting import hosted
from tests.parts.installation import Installation, by_relay, install, kill, staff
from tests.parts.processes import free_port, wait_until
from tests.samples.desk import Visitor, form_of

SATURDAY = datetime(2026, 10, 3, 8, tzinfo=UTC)
#: 10:00 in Paris.
SUNDAY = datetime(2026, 10, 4, 8, tzinfo=UTC)
PEOPLE = 400
TOKEN = "un-jeton-d-essai-0123456789"
COUNTS = re.compile(r"(\d+) sent, (\d+) waiting, (\d+) in flight")


def installed(folder: Path, relay: FakeRelay) -> Installation:
    home = install(
        folder / "home",
        SATURDAY,
        **by_relay(relay.port),
        channels__email__smtp__connections=4,
    )
    home.import_people("staff", [staff(number, telephone="") for number in range(PEOPLE)])
    return home


def counts(home: Installation, *words: str) -> tuple[int, int, int]:
    """Sent, waiting and in flight, as the command says."""
    answer = home.say(*words, "--by", "Camille")
    found = COUNTS.search(answer.stdout)
    assert found is not None, answer
    sent, waiting, in_flight = map(int, found.groups())
    return sent, waiting, in_flight


def test_a_stop_by_hand_holds_until_it_is_lifted_and_each_gets_their_message_once(
    tmp_path: Path,
) -> None:
    relay = FakeRelay(seconds_a_message=0.04)
    with hosted(relay):
        home = installed(tmp_path, relay)
        with home.daemon() as running:
            home.step_to(SUNDAY)
            wait_until(lambda: len(relay.accepted) >= 40, "40 accepted")
            told = counts(home, "stop-all")
            wait_until(lambda: home.count("sending") == 0, "nothing in flight")
            stopped_at = len(relay.accepted)
            assert sum(told) == PEOPLE
            assert told[0] <= stopped_at <= told[0] + told[2] < PEOPLE
            home.look_at(running, SUNDAY + timedelta(minutes=5))
            assert ("stopped-by-hand", "every channel") in home.alarms()
            kill(running)
        with home.daemon() as running:
            home.look_at(running, SUNDAY + timedelta(minutes=10))
            assert len(relay.accepted) == stopped_at
            left = PEOPLE - stopped_at
            assert counts(home, "resume-all") == (stopped_at, left, 0)
            home.wait_settled()
            wait_until(lambda: home.alarms() == [], "no alarm")

        assert home.count("sent") == PEOPLE
        assert len(relay.recipients) == len(set(relay.recipients)) == PEOPLE


async def press(desk: str, action: str, cookie: str) -> None:
    """Whoever has an account sends a form of the front page."""
    jar = aiohttp.DummyCookieJar()
    async with aiohttp.ClientSession(desk, cookie_jar=jar) as session:
        visitor = Visitor(session=session)
        assert (await visitor.post(action, {"by": "Camille"})).status == 401
        assert (await visitor.post(action, {"by": "Camille"}, Cookie=cookie)).status == 403
        page = await visitor.get("/", Cookie=cookie)
        form = form_of(page.text, action)
        assert (await visitor.post(action, form, Cookie=cookie)).status == 303


def test_the_button_of_the_desk_stops_a_run_within_a_second_and_lets_it_go_on(
    tmp_path: Path,
) -> None:
    relay = FakeRelay(seconds_a_message=0.04)
    with hosted(relay):
        home = installed(tmp_path, relay)
        home.set(web__desk_bind=f"0.0.0.0:{free_port()}", web__desk_token=TOKEN)
        with home.daemon() as running:
            home.step_to(SUNDAY)
            wait_until(lambda: len(relay.accepted) >= 40, "40 accepted")
            cookie = sign_in(home, running)
            asyncio.run(press(running.desk, "/stop-all", cookie))
            pressed = time.monotonic()
            wait_until(lambda: time.monotonic() - pressed >= 1, "a second later")
            stopped_at = len(relay.accepted)
            home.look_at(running, SUNDAY + timedelta(minutes=5))
            assert len(relay.accepted) == stopped_at < PEOPLE
            assert home.alarms() == [("stopped-by-hand", "every channel")]

            asyncio.run(press(running.desk, "/resume-all", cookie))
            home.wait_settled()
            wait_until(lambda: home.alarms() == [], "no alarm")

        assert len(relay.recipients) == len(set(relay.recipients)) == PEOPLE
        done = [(one["actor"], one["act"]) for one in home.ask("audit", "list")]
        assert [one for one in done if one[0] == "Camille"] == [
            ("Camille", "resume-all"),
            ("Camille", "stop-all"),
            ("Camille", "set-password"),
        ]


def test_alarms_are_on_the_metrics_page_and_in_the_operators_mailbox(tmp_path: Path) -> None:
    relay = FakeRelay()
    with hosted(relay):
        home = installed(tmp_path, relay)
        home.set(alarms__disk_free_mb=10**9, alarms__mail_to="astreinte@example.org")
        with home.daemon() as running:
            wait_until(lambda: len(relay.accepted) > 0, "a mail to the operator")
            with urlopen(f"{running.desk}/metrics", timeout=60) as answer:  # noqa: S310 - our own
                page = answer.read().decode()
            status = home.ask("status")

    (mail,) = relay.accepted
    assert mail.recipient == "astreinte@example.org"
    assert b"- registre=C2=A0: < 1000000000 MB" in mail.content
    assert 'reflexe_alarms_open{kind="disk-low"}' in page
    assert {one["kind"] for one in status["alarms"]} == {"disk-low"}
