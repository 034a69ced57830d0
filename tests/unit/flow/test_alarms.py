"""What needs a person: worked out at each look, mailed once, gone when it is mended."""

import asyncio
from collections import deque
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
from structlog.testing import capture_logs

from scheduler import bootstrap
from scheduler.bootstrap import App
from scheduler.daemon.watching import CallingBack
from scheduler.domain.alarms import raising as alarms
from scheduler.domain.alarms.raising import Alarm, Facts, Overdue, Returned, Thresholds
from scheduler.domain.answers.bounces import BounceKind, Finding, Proven
from scheduler.domain.answers.decisions import ClosedAs
from scheduler.domain.calendar.campaigns import Place
from scheduler.domain.calendar.windows import Hours
from scheduler.domain.errors import HandOverError, Permanent, Temporary, Uncertain
from scheduler.domain.ids import DeliveryId, SlotId
from scheduler.domain.showing.report import AlarmRow
from scheduler.flow.watching.alarm_mail import AlarmMail
from scheduler.flow.watching.alarms import AlarmWatch
from scheduler.store.reading.gauges import GaugeLedger
from tests.flow_world import EVENT, ScriptedProvider, World, open_world, utc
from tests.samples.ledger import PARIS, REUNION, STAFF, person

#: Tuesday 22 September 2026, noon in Paris.
NOON = utc(22, 10, month=9)
HOUR = timedelta(hours=1)
THRESHOLDS = Thresholds(
    backlog=HOUR,
    disk_free=500,
    certificate=timedelta(days=14),
    bounce_rate=Decimal(5),
    complaint_rate=Decimal("0.1"),
    rate_messages=1000,
)
WELL = Facts(uncertain={}, overdue=[], free={"ledger": 500}, certificates={}, returned={})
OPERATOR = "astreinte@example.org"


def overdue(channel: str = "sms", place: Place = PARIS, since: datetime = NOON) -> Overdue:
    return Overdue(slot_id=SlotId(1), channel=channel, audience="staff", place=place, since=since)


def found(now: datetime = NOON, **facts: Any) -> list[Alarm]:
    return alarms.following(replace(WELL, **facts), THRESHOLDS, Hours(), now)


def test_when_all_is_well_there_is_none() -> None:
    assert found() == []
    assert found(certificates={"email": NOON + timedelta(days=15)}) == []


@pytest.mark.parametrize(
    ("facts", "alarm"),
    [
        ({"uncertain": {"email": 3}}, Alarm(kind=alarms.UNCERTAIN, subject="email", detail="3")),
        (
            {"free": {"ledger": 499}},
            Alarm(kind=alarms.DISK, subject="ledger", detail="< 500 MB"),
        ),
        (
            {"certificates": {"email": NOON + timedelta(days=13)}},
            Alarm(kind=alarms.CERTIFICATE, subject="email", detail="2026-10-05"),
        ),
        (
            {"overdue": [overdue(since=NOON - HOUR), overdue(since=NOON - 2 * HOUR)]},
            Alarm(kind=alarms.BACKLOG, subject="sms", detail="2026-09-22 08:00 UTC"),
        ),
        (
            # One that has just fallen silent may be back at once; one that is lost for good was
            # spoken of for a day.
            {
                "silent": {
                    "quick:1": NOON - timedelta(seconds=50),
                    "dead:1": NOON - HOUR,
                    "gone:1": NOON - timedelta(days=2),
                }
            },
            Alarm(kind=alarms.REPLICA_SILENT, subject="dead:1", detail="2026-09-22 09:00 UTC"),
        ),
    ],
)
def test_each_fault_is_one_alarm_with_what_it_is_about(facts: dict[str, Any], alarm: Alarm) -> None:
    assert found(**facts) == [alarm]


@pytest.mark.parametrize(
    ("sent", "hard", "complaints", "kinds"),
    [
        (1000, 50, 1, []),
        (1000, 51, 1, [(alarms.BOUNCE_RATE, "51 / 1000 (5.10 %)")]),
        (1999, 0, 2, [(alarms.COMPLAINT_RATE, "2 / 1999 (0.10 %)")]),
        (2000, 0, 2, []),
        (999, 999, 999, []),
    ],
)
def test_a_share_of_what_came_back_is_an_alarm_above_its_limit_and_from_enough_messages(
    sent: int, hard: int, complaints: int, kinds: list[tuple[str, str]]
) -> None:
    back = {"email": Returned(sent=sent, hard=hard, complaints=complaints)}

    assert [(one.kind, one.detail) for one in found(returned=back)] == kinds
    assert all(one.subject == "email" for one in found(returned=back))


@pytest.mark.parametrize(
    ("channel", "place", "now", "kept"),
    [
        # 8:30 in Paris: SMS may leave since 8:00.
        ("sms", PARIS, utc(22, 6, 30, month=9), False),
        ("sms", PARIS, utc(22, 7, 0, month=9), True),
        # There it is 22:00.
        ("sms", REUNION, utc(22, 18, month=9), False),
        ("email", PARIS, utc(22, 18, month=9), True),
        # A Sunday.
        ("sms", PARIS, utc(27, 10, month=9), False),
    ],
)
def test_what_waits_for_its_hours_is_no_backlog(
    channel: str, place: Place, now: datetime, kept: bool
) -> None:
    waiting = [overdue(channel, place)]

    assert bool(alarms.kept_waiting(waiting, Hours(), HOUR, now)) is kept


def row(kind: str, subject: str = "email", detail: str = "", at: datetime = NOON) -> AlarmRow:
    return AlarmRow(kind=kind, subject=subject, detail=detail, raised_at=at)


def test_a_look_opens_what_is_new_renews_what_says_more_and_closes_what_is_over() -> None:
    standing = [
        row(alarms.UNCERTAIN, "email", "2"),
        row(alarms.UNCERTAIN, "sms", "1"),
        row(alarms.DISK, "ledger", "< 500 MB"),
        row("slot-missed", "a/b/2026-09-22"),
    ]
    seen = found(uncertain={"email": 3}, free={"ledger": 1, "optout-journal": 1})

    raised = alarms.to_raise(standing, seen)
    cleared = alarms.to_clear(standing, seen)

    assert [(one.kind, one.subject) for one in raised] == [
        (alarms.UNCERTAIN, "email"),
        (alarms.DISK, "optout-journal"),
    ]
    assert [(one.kind, one.subject) for one in cleared] == [(alarms.UNCERTAIN, "sms")]


def test_an_alarm_is_mailed_once_and_its_kind_once_an_hour() -> None:
    first, second = row("slot-missed", "a/b/1"), row("slot-missed", "a/b/2", at=NOON + HOUR / 2)
    other = row("disk-low", "ledger", at=NOON + HOUR / 2)
    mailed = {"slot-missed": NOON + HOUR / 6}

    assert alarms.to_mail([first], {}, NOON) == {"slot-missed": [first]}
    assert alarms.to_mail([first], mailed, NOON + 5 * HOUR) == {}
    soon = alarms.to_mail([first, second, other], mailed, NOON + HOUR / 2)
    assert soon == {"disk-low": [other]}
    later = alarms.to_mail([first, second], mailed, NOON + 2 * HOUR)
    assert later == {"slot-missed": [second]}


@pytest.mark.parametrize(
    ("standing", "quiet"),
    [
        (row("channel-stopped", "email"), True),
        (row("stopped-by-hand", "every channel"), True),
        (row("channel-stopped", "sms"), False),
    ],
)
def test_nothing_is_mailed_while_email_has_stopped(standing: AlarmRow, quiet: bool) -> None:
    told = alarms.to_mail([standing, row("disk-low")], {}, NOON)

    assert (told == {}) is quiet


def watch_of(world: World, free: int = 1000) -> AlarmWatch:
    return AlarmWatch(
        ledger=GaugeLedger(world.app.ledger.database),
        hours=world.app.agenda.hours,
        thresholds=THRESHOLDS,
        zone="Europe/Paris",
        free=lambda: {"ledger": free},
        certificates=dict,
    )


class Behind(GaugeLedger):
    """Another process raises what this one doesn't see standing."""

    async def open_alarms(self) -> list[AlarmRow]:
        return []


async def test_an_alarm_that_two_processes_find_is_raised_once(tmp_path: Path) -> None:
    async with open_world(tmp_path, EVENT) as world:
        watch = replace(watch_of(world, free=100), ledger=Behind(world.app.ledger.database))

        with capture_logs() as logged:
            await watch.look(NOON)
            await watch.look(NOON)

        assert [one["event"] for one in logged] == ["alarm.raised"]
        assert await world.alarms() == ["disk-low ledger"]


class Unread(GaugeLedger):
    """Somebody wrote on this day, and nobody has read it."""

    since = NOON

    async def oldest_reply(self) -> datetime:
        return self.since


@pytest.mark.parametrize(("days", "late"), [(1, False), (30, True)])
async def test_an_answer_that_nobody_reads_calls_a_person(
    tmp_path: Path, days: int, late: bool
) -> None:
    async with open_world(tmp_path, EVENT) as world:
        watch = replace(watch_of(world), ledger=Unread(world.app.ledger.database))

        await watch.look(NOON + timedelta(days=days))

        assert bool(await world.alarms()) is late


async def test_a_connection_lost_after_the_dot_calls_a_person_until_somebody_decides(
    tmp_path: Path,
) -> None:
    async with open_world(tmp_path, EVENT) as world:
        await world.book.take_in(STAFF, person(1), person(2))
        await world.look(utc(22, 8, month=9))
        world.email.refusals["p1@example.org"] = deque([Uncertain("lost")])
        await world.send()
        watch = watch_of(world)

        await watch.look(NOON)
        await watch.look(NOON)
        assert await world.alarms() == ["deliveries-uncertain email"]
        doubts = world.app.doubts
        await doubts.close([(await doubts.uncertain())[0].delivery], ClosedAs.SENT, "Camille", NOON)
        await watch.look(NOON)

        assert await world.alarms() == []


async def test_a_backlog_is_told_when_it_is_an_hour_old_and_over_when_it_has_left(
    tmp_path: Path,
) -> None:
    async with open_world(tmp_path, EVENT) as world:
        await world.book.take_in(STAFF, person(1))
        await world.look(utc(22, 8, month=9))
        watch = watch_of(world)

        await watch.look(utc(22, 8, 59, month=9))
        assert await world.alarms() == []
        await watch.look(utc(22, 9, month=9))
        assert await world.alarms() == ["backlog email"]
        await world.send(utc(22, 9, month=9))
        await watch.look(utc(22, 9, 1, month=9))

        assert await world.alarms() == []


async def test_a_rate_is_told_while_it_is_too_high_and_over_with_its_days(tmp_path: Path) -> None:
    async with open_world(tmp_path, EVENT) as world:
        await world.book.take_in(STAFF, person(1), person(2))
        await world.look(utc(22, 8, month=9))
        await world.send()
        dead = Finding(recipient="", kind=BounceKind.HARD, status="5.1.1", reason="user-unknown")
        policy = bootstrap.bounce_policy(world.app.configuration.settings)
        await world.app.bounces.take_proven(
            [Proven(delivery=DeliveryId(1), finding=dead)], policy, NOON
        )
        watch = replace(watch_of(world), thresholds=replace(THRESHOLDS, rate_messages=2))

        await watch.look(NOON)
        (told,) = await world.app.ledger.open_alarms()
        assert (told.kind, told.subject, told.detail) == ("bounce-rate", "email", "1 / 2 (50.00 %)")
        await watch.look(NOON + timedelta(days=8))

        assert await world.alarms() == []


def with_alarms(app: App, **keys: object) -> App:
    """The same app, with these keys of ``alarms``."""
    settings = app.configuration.settings
    told = settings.model_copy(update={"alarms": settings.alarms.model_copy(update=keys)})
    return replace(app, configuration=replace(app.configuration, settings=told))


def mail_of(world: World) -> AlarmMail:
    made = bootstrap.make_alarm_mail(
        with_alarms(world.app, mail_to=OPERATOR), dict(world.providers)
    )
    assert made is not None
    return made


async def test_the_operator_gets_one_mail_in_words(tmp_path: Path) -> None:
    async with open_world(tmp_path, EVENT) as world:
        await watch_of(world, free=7).look(NOON)
        mail = mail_of(world)

        await mail.look(NOON)
        await mail.look(NOON + timedelta(days=1))

        (message,) = world.email.accepted
        read = message_from_bytes(message.body, policy=default)
        assert (message.to, read["To"]) == (OPERATOR, OPERATOR)
        assert read["From"] == "Réflexes cyber <cyber@example.org>"
        assert read["Subject"] == "[Réflexe] Il reste peu de place sur le disque."
        assert read["Auto-Submitted"] == "auto-generated"
        assert read["Message-ID"].endswith("@retour.example.org>")
        assert "- registre\u00a0: < 500 MB (depuis le 2026-09-22 10:00 UTC)" in read.get_content()
        assert message.body.isascii()


async def test_without_an_address_nobody_is_mailed(tmp_path: Path) -> None:
    async with open_world(tmp_path, EVENT) as world:
        assert bootstrap.make_alarm_mail(world.app, dict(world.providers)) is None


@pytest.mark.parametrize(
    ("refusal", "again"), [(Temporary("450"), 1), (Permanent("550"), 0), (Uncertain("lost"), 0)]
)
async def test_a_mail_that_could_not_leave_is_tried_again_after_a_rest(
    tmp_path: Path, refusal: HandOverError, again: int
) -> None:
    async with open_world(tmp_path, EVENT) as world:
        await watch_of(world, free=7).look(NOON)
        world.email.refusals[OPERATOR] = deque([refusal])
        mail = mail_of(world)

        await mail.look(NOON)
        await mail.look(NOON + timedelta(minutes=14))
        assert len(world.email.tries) == 1
        await mail.look(NOON + timedelta(minutes=15))

        assert len(world.email.accepted) == again


@dataclass(kw_only=True, slots=True)
class Relay(ScriptedProvider):
    ends: datetime | None = None

    @property
    def certificate_ends(self) -> datetime | None:
        return self.ends


async def test_the_daemons_own_look_sees_the_disk_and_the_relays_certificate(
    tmp_path: Path,
) -> None:
    async with open_world(tmp_path, EVENT) as world:
        app = with_alarms(world.app, disk_free_mb=10**9)
        relay = Relay(ends=NOON + timedelta(days=3))
        watch = bootstrap.make_watch(app, {"email": relay, "sms": Relay()})

        await watch.look(NOON)

        assert await world.alarms() == [
            "disk-low ledger",
            "disk-low optout-journal",
            "certificate-expires email",
        ]


async def test_a_stop_by_hand_brings_back_what_has_not_left(tmp_path: Path) -> None:
    async with open_world(tmp_path, EVENT) as world:
        await world.book.take_in(STAFF, person(1), person(2))
        await world.look(utc(22, 8, month=9))
        world.email.silent_before = {"p1@example.org", "p2@example.org"}
        sending = asyncio.create_task(world.send())
        await world.email.held.wait()
        watching = CallingBack(current=lambda: world.app, senders=list(world.senders.values()))

        await world.book.hand.stop_all("Camille", NOON)
        await watching.look(NOON)
        await sending

        assert await world.states() == {"waiting": 2}
        assert world.email.accepted == []
        assert await world.send() == 0
        world.email.silent_before.clear()
        await world.book.hand.resume_all("Camille", NOON)
        await world.send()
        assert world.email.recipients == ["p1@example.org", "p2@example.org"]
