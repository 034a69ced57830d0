"""What an examination makes of the time that it takes itself."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from scheduler.domain.doctor import machine
from scheduler.domain.doctor.lines import Check, Verdict
from scheduler.domain.doctor.seen import KeysSeen, WebSeen
from scheduler.domain.doctor.zone import Kind, Records
from scheduler.flow.watching.examination import Doctor
from scheduler.flow.watching.examined import Asked, Machine, Outside

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
