"""The doctor once a month, by itself: what turns wrong is an alarm until it is mended."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from scheduler.bootstrap import App, check_up_of
from scheduler.domain.doctor.lines import Check, Examination, Line, Verdict
from scheduler.flow.watching.check_up import CheckUp
from tests.worlds import make_world

START = datetime(2026, 11, 30, 10, tzinfo=UTC)


@pytest.fixture
async def app(tmp_path: Path) -> AsyncIterator[App]:
    opened = await make_world(tmp_path)
    yield opened
    await opened.close()


class Patient:
    """What the outside shows, changed by the tests; counts its examinations."""

    def __init__(self, app: App) -> None:
        self.verdicts = {Check.SPF: Verdict.FINE, Check.DMARC: Verdict.FINE}
        self.examined: list[datetime] = []
        self.app = app
        self.doctor = CheckUp(ledger=app.gauges, examine=self._examine)

    async def _examine(self, now: datetime) -> Examination:
        self.examined.append(now)
        lines = tuple(
            Line(check=check, subject="retour.example.org", verdict=verdict, told="x")
            for check, verdict in self.verdicts.items()
        )
        return Examination(lines=lines, skipped=())

    async def alarms(self, after: timedelta) -> list[tuple[str, str, str]]:
        await self.doctor.look(START + after)
        return [(one.kind, one.subject, one.detail) for one in await self.app.gauges.open_alarms()]


async def test_it_looks_at_once_and_then_once_a_month(app: App) -> None:
    patient = Patient(app)

    for hours in (0, 1, 24 * 29, 24 * 30, 24 * 31):
        await patient.alarms(timedelta(hours=hours))

    assert patient.examined == [START, START + timedelta(days=30)]


async def test_what_turns_wrong_is_an_alarm_and_what_is_mended_ends_it_within_a_day(
    app: App,
) -> None:
    patient = Patient(app)
    assert await patient.alarms(timedelta(0)) == []

    patient.verdicts[Check.SPF] = Verdict.WRONG
    assert await patient.alarms(timedelta(days=30)) == [
        ("doctor-wrong", "spf", "retour.example.org")
    ]

    patient.verdicts[Check.SPF] = Verdict.UNKNOWN
    assert len(await patient.alarms(timedelta(days=31))) == 1

    patient.verdicts[Check.SPF] = Verdict.FINE
    assert await patient.alarms(timedelta(days=32)) == []
    assert len(patient.examined) == 4


async def test_a_check_that_no_longer_applies_ends_its_alarm(app: App) -> None:
    patient = Patient(app)
    patient.verdicts[Check.DMARC] = Verdict.WRONG
    assert len(await patient.alarms(timedelta(0))) == 1

    del patient.verdicts[Check.DMARC]

    assert await patient.alarms(timedelta(days=1)) == []


async def test_where_it_is_asked_for_no_longer_what_it_found_ends(app: App) -> None:
    patient = Patient(app)
    patient.verdicts[Check.DMARC] = Verdict.WRONG
    assert len(await patient.alarms(timedelta(0))) == 1

    await app.gauges.raise_alarm("disk-low", "ledger", "< 500 MB", START)
    # The world's settings ask for none.
    patient.doctor = check_up_of(lambda: app)

    # What others found stays.
    assert await patient.alarms(timedelta(minutes=10)) == [("disk-low", "ledger", "< 500 MB")]


async def test_a_clock_that_was_put_back_asks_again(app: App) -> None:
    patient = Patient(app)

    await patient.alarms(timedelta(days=400))
    await patient.alarms(timedelta(0))

    assert len(patient.examined) == 2


async def test_one_that_breaks_is_not_begun_again_at_once(app: App) -> None:
    patient = Patient(app)

    async def breaks(now: datetime) -> Examination:
        patient.examined.append(now)
        raise RuntimeError

    broken = CheckUp(ledger=app.gauges, examine=breaks)
    with pytest.raises(RuntimeError):
        await broken.look(START)
    await broken.look(START + timedelta(minutes=10))

    assert len(patient.examined) == 1
