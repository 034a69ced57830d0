"""What an examination makes of the time that it takes itself."""

import asyncio
import socket
from datetime import UTC, datetime, timedelta

import pytest

from scheduler.cli.french import french
from scheduler.cli.french.doctor import CHECKS
from scheduler.domain.doctor import machine
from scheduler.domain.doctor.lines import Check, Line, Verdict
from scheduler.domain.doctor.seen import KeysSeen, MailboxSeen, RelaySeen, TwilioSeen, WebSeen
from scheduler.domain.doctor.zone import Kind, Records
from scheduler.flow.watching import examination
from scheduler.flow.watching.examination import Doctor
from scheduler.flow.watching.examined import Asked, Machine, Outside
from scheduler.probes import names

NOW = datetime(2026, 11, 30, 10, tzinfo=UTC)
HERE = Machine(
    clock_is_kept=True,
    free={},
    keys=KeysSeen(exists=False),
    zones=(),
    differing=(),
    missing=(),
)


class SlowNames:
    async def look(self, kind: Kind, name: str) -> Records:
        await asyncio.sleep(0.7)
        return Records(no_such_name=True)


class Elsewhere:
    """Its clock is ahead of ours by so much when the examination begins."""

    def __init__(self, ahead: timedelta) -> None:
        self._began, self._ahead = asyncio.get_running_loop().time(), ahead

    async def get(self, url: str) -> WebSeen:
        passed = timedelta(seconds=asyncio.get_running_loop().time() - self._began)
        return WebSeen(status=404, says=NOW + self._ahead + passed)

    async def post(self, url: str, body: str) -> WebSeen:
        raise AssertionError(url)


@pytest.mark.parametrize(
    ("ahead", "verdict"), [(0.0, Verdict.FINE), (1.0, Verdict.WRONG), (-1.0, Verdict.WRONG)]
)
async def test_names_that_answer_late_make_no_clock_wrong(
    ahead: float, verdict: Verdict, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(machine, "OFF", timedelta(seconds=0.5))
    told = {Check.RETURN_PATH, Check.MTA_STS, Check.CLOCK}
    asked = Asked(
        sender="example.org",
        envelope="retour.example.org",
        reports="cyber@example.org",
        skipped={check: "not here" for check in Check if check not in told},
    )
    outside = Outside(resolver=SlowNames(), web=Elsewhere(timedelta(seconds=ahead)))

    found = await Doctor(asked, outside, HERE, NOW).examine()

    assert [one.verdict for one in found.lines if one.check is Check.CLOCK] == [verdict]


async def test_each_line_is_told_as_it_is_known_and_who_is_silent_is_left(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(examination, "_PATIENCE", 0.05)
    told: list[Line] = []

    async def relay() -> RelaySeen:
        assert not told
        await asyncio.sleep(60)
        raise AssertionError

    async def mailbox() -> MailboxSeen:
        assert [one.check for one in told] == [Check.RELAY, Check.TWILIO]
        await asyncio.sleep(60)
        raise AssertionError

    async def twilio() -> TwilioSeen:
        assert [one.check for one in told] == [Check.RELAY]
        await asyncio.sleep(60)
        raise AssertionError

    heard = {Check.RELAY, Check.TWILIO, Check.MAILBOX}
    asked = Asked(
        sender="example.org",
        envelope="retour.example.org",
        reports="cyber@example.org",
        relay="relais.example.org",
        mailbox="boite.example.org",
        skipped={check: "not here" for check in Check if check not in heard},
    )
    outside = Outside(
        resolver=SlowNames(),
        web=Elsewhere(timedelta()),
        relay=relay,
        mailbox=mailbox,
        twilio=twilio,
    )

    found = await Doctor(asked, outside, HERE, NOW).examine(told.append)

    assert tuple(told) == found.lines
    assert all("no answer in time" in one.told for one in told)


async def test_where_nobody_answers_dns_is_asked_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(names, "PATIENCE", 0.3)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as deaf:
        deaf.bind(("127.0.0.1", 0))
        asked = names.Dns(["127.0.0.1"], deaf.getsockname()[1])
        began = asyncio.get_running_loop().time()

        found = [await asked.look(Kind.A, f"n{number}.example.org") for number in range(20)]

    assert asyncio.get_running_loop().time() - began < 3
    assert {one.silent for one in found} == {"no server answers in time"}


def test_what_a_connection_says_is_told_in_french() -> None:
    assert french(
        "it doesn't answer: Error connecting to 192.0.2.1 on port 25: [Errno 111] Connect call "
        "failed ('192.0.2.1', 25)"
    ) == (
        "il ne répond pas\xa0: la connexion à 192.0.2.1 (port 25) échoue\xa0: aucune connexion à "
        "('192.0.2.1', 25)"
    )
    assert set(CHECKS) == {check.value for check in Check}
