"""A year and two Octobers of the shipped calendar, in minutes: what leaves, on which local day.

The whole daemon in this process, on a clock that the test steps: every day at noon UTC, and every
hour around the days when something is to leave. The truth is written down here by hand.
"""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import UTC, date, datetime, time, timedelta
from email import message_from_bytes, policy
from email.utils import parsedate_to_datetime
from zoneinfo import ZoneInfo

import pytest

from scheduler.bootstrap import open_app
from scheduler.config.loading import load
from scheduler.daemon.clock_watch import ClockWatch
from scheduler.daemon.life import Daemon
from tests.parts.installation import Installation, install, patient, staff
from tests.parts.processes import free_port
from tests.worlds import Clock

pytestmark = pytest.mark.long

BEGIN = datetime(2026, 9, 1, 12, tzinfo=UTC)
END = datetime(2027, 11, 30, 12, tzinfo=UTC)
#: What leaves by e-mail at 10:00, where its reader lives.
EMAILS = {
    date(2026, 10, 2): "annonce",
    date(2026, 10, 4): "1-fermer-sa-porte",
    date(2026, 10, 11): "2-ne-pas-donner-ses-cles",
    date(2026, 10, 18): "3-verifier-qui-frappe",
    date(2026, 10, 25): "4-ne-pas-se-devoiler",
    date(2026, 11, 5): "bilan",
    date(2027, 10, 1): "annonce",
    date(2027, 10, 3): "1-fermer-sa-porte",
    date(2027, 10, 10): "2-ne-pas-donner-ses-cles",
    date(2027, 10, 17): "3-verifier-qui-frappe",
    date(2027, 10, 24): "4-ne-pas-se-devoiler",
    # October 2027 has five Sundays: the last one sums up.
    date(2027, 10, 31): "bilan",
}
#: The same by SMS: a Sunday's on the Monday, and on the Tuesday after All Saints' Day.
TEXTS = {
    (day + timedelta(days=1) if day.isoweekday() == 7 else day): episode
    for day, episode in EMAILS.items()
    if day != date(2027, 10, 31)
} | {date(2027, 11, 2): "bilan"}
ZONES = {
    "Europe/Paris": "FR",
    "Indian/Reunion": "974",
    "America/Guadeloupe": "971",
    "Pacific/Tahiti": "PF",
    "Pacific/Wallis": "WF",
}
HOUR = timedelta(hours=1)


def instants() -> list[datetime]:
    """Every noon, and every hour of the days around those when something leaves."""
    days = (END - BEGIN).days
    found = {BEGIN + timedelta(days=number) for number in range(days + 1)}
    for day in {*EMAILS, *TEXTS}:
        eve = datetime.combine(day, time(12), UTC) - timedelta(days=1)
        found |= {eve + number * HOUR for number in range(36)}
    return sorted(found)


@asynccontextmanager
async def living(home: Installation, clock: Clock) -> AsyncIterator[Daemon]:
    """The daemon in this loop, until the context ends."""
    home.set(web__desk_bind=f"127.0.0.1:{free_port()}", web__public_bind=f"127.0.0.1:{free_port()}")
    app = await open_app(load(home.config, home.environment), clock)
    daemon = Daemon(app, home.config)
    daemon.clock_watch = ClockWatch(lambda: 0.0)
    ready = asyncio.Event()
    life = asyncio.create_task(daemon.run(lambda _address: ready.set()))
    try:
        await asyncio.wait({life, asyncio.create_task(ready.wait())}, return_when="FIRST_COMPLETED")
        yield daemon
        daemon.stop()
        await life
    finally:
        life.cancel()
        with suppress(asyncio.CancelledError):
            await life
        await app.close()


async def live(home: Installation, clock: Clock) -> None:
    async with living(home, clock) as daemon:
        for instant in instants():
            clock.now = instant
            await daemon.look()
            await settled(home)
            if (later := first_waiting(home)) is not None:
                # The first SMS of all gives way to the e-mail for half an hour.
                clock.now = later
                await daemon.look()
                await settled(home, at_all=True)


async def settled(home: Installation, *, at_all: bool = False) -> None:
    """Once nothing is due any more; ``at_all``: once nothing waits."""
    pending = "select count(*) as n from delivery where state in ('waiting', 'sending')"
    pending += "" if at_all else " and at <= (select max(planned_at) from slot)"
    while home.rows(pending)[0]["n"]:  # noqa: ASYNC110 - the daemon tells nobody that it is done
        await asyncio.sleep(0.01)


def first_waiting(home: Installation) -> datetime | None:
    soonest = home.rows("select min(at) as at from delivery where state = 'waiting'")[0]["at"]
    return datetime.fromtimestamp(soonest / 1000, UTC) if soonest else None


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    folder = tmp_path_factory.mktemp("year") / "home"
    # The series alone: the reminders' days are the calendar's own tests.
    home = install(
        folder, BEGIN, campaigns__rappels__enabled=False, retention__deliveries_months=24
    )
    places = [{"fuseau": zone, "territoire": place} for zone, place in ZONES.items()]
    home.import_people("staff", [staff(n, **place) for n, place in enumerate(places)])
    home.import_people("patients", [patient(n, **place) for n, place in enumerate(places, 50)])
    asyncio.run(live(home, Clock(BEGIN)))
    return home


def leaving(home: Installation, channel: str) -> Counter[tuple[str, date, str]]:
    """(zone, local day, episode) of everything sent at 10:00 local time, and how often."""
    found: Counter[tuple[str, date, str]] = Counter()
    for row in home.deliveries(channel):
        local = datetime.fromtimestamp(row["at"] / 1000, ZoneInfo(row["zone"]))
        assert row["state"] == "sent"
        assert local.hour == 10
        found[row["zone"], local.date(), row["episode"]] += 1
    return found


def test_every_mail_leaves_on_its_day_in_each_zone_once(year: Installation) -> None:
    expected = {(zone, day, name): 2 for zone in ZONES for day, name in EMAILS.items()}

    assert leaving(year, "email") == expected


def test_every_text_leaves_on_an_allowed_day_in_each_zone_once(year: Installation) -> None:
    expected = {(zone, day, name): 2 for zone in ZONES for day, name in TEXTS.items()}

    assert leaving(year, "sms") == expected


def test_the_outbox_holds_exactly_what_the_ledger_says(year: Installation) -> None:
    outbox = year.folder / "var" / "outbox"
    mails = [file.read_bytes() for file in outbox.rglob("*.eml")]

    assert len(mails) == 2 * len(ZONES) * len(EMAILS)
    assert len(list(outbox.rglob("*.txt"))) == 2 * len(ZONES) * len(TEXTS)
    heads = [message_from_bytes(mail, policy=policy.default) for mail in mails]
    assert len({head["Message-ID"] for head in heads}) == len(mails)
    assert {parsedate_to_datetime(head["Date"]).date() for head in heads} <= {
        day + timedelta(days=shift) for day in EMAILS for shift in (-1, 0)
    }


def test_every_occurrence_is_finished_and_nothing_needs_a_person(year: Installation) -> None:
    states = year.rows("select season, state, count(*) as n from occurrence group by 1, 2")

    assert [row for row in states if row["season"] < "2028"] == [
        {"season": "2026", "state": "finished", "n": 6},
        {"season": "2027", "state": "finished", "n": 6},
    ]
    assert year.alarms() == []
