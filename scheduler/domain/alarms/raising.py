"""What needs a person: the alarms that follow from a look at things as they are.

Others follow from an event (a refused account, a missed slot) and are raised and cleared where it
happens. Those here are worked out anew at each look, so none is forgotten and none stays behind.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import field
from datetime import datetime, timedelta
from decimal import Decimal

from scheduler.domain.alarms.kinds import AlarmKind
from scheduler.domain.calendar import windows
from scheduler.domain.calendar.campaigns import Place
from scheduler.domain.calendar.windows import Hours
from scheduler.domain.ids import SlotId
from scheduler.domain.instants import Dated
from scheduler.domain.measure.pace import local_day
from scheduler.domain.showing.report import AlarmRow
from scheduler.domain.values import frozen

STOPPED_BY_HAND = AlarmKind.STOPPED_BY_HAND
CHANNEL_STOPPED = AlarmKind.CHANNEL_STOPPED
CAMPAIGN_HALTED = AlarmKind.CAMPAIGN_HALTED
MESSAGES_BLOCKED = AlarmKind.MESSAGES_BLOCKED
UNCERTAIN = AlarmKind.DELIVERIES_UNCERTAIN
BACKLOG = AlarmKind.BACKLOG
SPEND_CAP = AlarmKind.SPEND_CAP
DISK = AlarmKind.DISK_LOW
CERTIFICATE = AlarmKind.CERTIFICATE_EXPIRES
BOUNCE_RATE = AlarmKind.BOUNCE_RATE
REPLICA_SILENT = AlarmKind.REPLICA_SILENT
COMPLAINT_RATE = AlarmKind.COMPLAINT_RATE
REPLIES_WAITING = AlarmKind.REPLIES_WAITING
#: Worked out at each look.
FOLLOWING = frozenset(
    {
        *(UNCERTAIN, BACKLOG, DISK, CERTIFICATE),
        *(BOUNCE_RATE, COMPLAINT_RATE, REPLICA_SILENT, REPLIES_WAITING),
    }
)
#: How long a replica may be silent before a person hears of it, and until when one that was lost
#: for good is spoken of.
SILENT_FOR = timedelta(minutes=1)
SPOKEN_OF = timedelta(days=1)
#: Raised when a day has had its share, or of one moment of it, and over with the day.
OF_A_DAY = frozenset({SPEND_CAP, MESSAGES_BLOCKED, AlarmKind.CLOCK_SET_BACK})
#: From how many of an occurrence on it is no longer each number's own affair.
MANY_BLOCKED = 20


@frozen
class Thresholds:
    """From when on something needs a person."""

    backlog: timedelta
    #: Megabytes (a million bytes each).
    disk_free: int
    certificate: timedelta
    #: Percent of what was sent; and how much must have been sent for a share to say something.
    bounce_rate: Decimal
    complaint_rate: Decimal
    rate_messages: int


#: The days whose messages are looked at for what came back of them.
RETURNED_WITHIN = timedelta(days=7)


@frozen
class Returned:
    """What came back of a channel's messages of some days."""

    sent: int
    #: Of addresses that can't receive anything.
    hard: int
    complaints: int


@frozen
class Overdue(Dated):
    """A slot with messages that could have left before, as far as the ledger knows."""

    #: Its row.
    slot_id: SlotId
    channel: str
    audience: str
    place: Place
    #: Since when the first of them could (UTC).
    since: datetime


@frozen
class Facts(Dated):
    """What a look found."""

    #: Channel -> uncertain deliveries.
    uncertain: Mapping[str, int]
    overdue: Sequence[Overdue]
    #: What is on the volume -> megabytes free.
    free: Mapping[str, int]
    #: Channel -> when its relay's certificate ends, where that was seen (UTC).
    certificates: Mapping[str, datetime]
    #: Channel -> what came back lately, where something did.
    returned: Mapping[str, Returned]
    #: Host of each replica that fell silent -> since when (UTC).
    silent: Mapping[str, datetime] = field(default_factory=dict)
    #: Since when the oldest reply by SMS waits for a person, where that is too long (UTC).
    replies_late: datetime | None = None


@frozen
class Alarm:
    kind: str
    #: A channel, a volume.
    subject: str
    detail: str


def kept_waiting(
    overdue: Sequence[Overdue], hours: Hours, backlog: timedelta, now: datetime
) -> list[Overdue]:
    """Those that wait although their hours were open all that time: a night is no backlog."""
    return [
        one
        for one in overdue
        if all(
            windows.is_open(one.channel, at, one.place, hours.for_audience(one.audience))
            for at in (now, now - backlog / 2, now - backlog)
        )
    ]


def following(facts: Facts, thresholds: Thresholds, hours: Hours, now: datetime) -> list[Alarm]:
    """The alarms that what was found calls for."""
    return [
        *(
            Alarm(kind=UNCERTAIN, subject=channel, detail=str(rows))
            for channel, rows in facts.uncertain.items()
            if rows
        ),
        *_backlogs(kept_waiting(facts.overdue, hours, thresholds.backlog, now)),
        *(
            Alarm(kind=DISK, subject=volume, detail=f"< {thresholds.disk_free} MB")
            for volume, free in facts.free.items()
            if free < thresholds.disk_free
        ),
        *(
            Alarm(kind=CERTIFICATE, subject=channel, detail=f"{ends:%Y-%m-%d}")
            for channel, ends in facts.certificates.items()
            if ends - now < thresholds.certificate
        ),
        *_rates(facts.returned, thresholds),
        *(
            Alarm(kind=REPLIES_WAITING, subject="sms", detail=f"{since:%Y-%m-%d %H:%M} UTC")
            for since in [facts.replies_late]
            if since is not None
        ),
        *(
            Alarm(kind=REPLICA_SILENT, subject=host, detail=f"{since:%Y-%m-%d %H:%M} UTC")
            for host, since in facts.silent.items()
            if SILENT_FOR < now - since < SPOKEN_OF
        ),
    ]


def _rates(returned: Mapping[str, Returned], thresholds: Thresholds) -> Iterator[Alarm]:
    for channel, one in returned.items():
        if one.sent < thresholds.rate_messages:
            continue
        for kind, count, most in (
            (BOUNCE_RATE, one.hard, thresholds.bounce_rate),
            (COMPLAINT_RATE, one.complaints, thresholds.complaint_rate),
        ):
            share = Decimal(100 * count) / one.sent
            if share > most:
                yield Alarm(
                    kind=kind, subject=channel, detail=f"{count} / {one.sent} ({share:.2f} %)"
                )


def _backlogs(overdue: Sequence[Overdue]) -> list[Alarm]:
    """One a channel, by the oldest. It doesn't count them: that changes with each message."""
    oldest: dict[str, datetime] = {}
    for one in overdue:
        oldest[one.channel] = min(one.since, oldest.get(one.channel, one.since))
    return [
        Alarm(kind=BACKLOG, subject=channel, detail=f"{since:%Y-%m-%d %H:%M} UTC")
        for channel, since in oldest.items()
    ]


def to_raise(standing: Collection[AlarmRow], found: Sequence[Alarm]) -> list[Alarm]:
    """What isn't open yet, or says something else than the open one."""
    known = {(one.kind, one.subject, one.detail) for one in standing}
    return [one for one in found if (one.kind, one.subject, one.detail) not in known]


def to_clear(standing: Collection[AlarmRow], found: Sequence[Alarm]) -> list[AlarmRow]:
    """What is open, was worked out by a look, and is over."""
    wanted = {(one.kind, one.subject) for one in found}
    return [
        one for one in standing if one.kind in FOLLOWING and (one.kind, one.subject) not in wanted
    ]


def of_another_day(standing: Collection[AlarmRow], now: datetime, zone: str) -> list[AlarmRow]:
    """What is open and said something of a local day that is over."""
    today = local_day(now, zone)
    return [
        one for one in standing if one.kind in OF_A_DAY and local_day(one.raised_at, zone) != today
    ]


#: One mail a kind and so long.
MAIL_EVERY = timedelta(hours=1)


def to_mail(
    standing: Sequence[AlarmRow], mailed: Mapping[str, datetime], now: datetime
) -> dict[str, list[AlarmRow]]:
    """The open alarms that the operator hasn't been told of, by kind.

    ``mailed``: when a kind was last mailed. Nothing while e-mail itself has stopped.
    """
    if any(_silences(one) for one in standing):
        return {}
    fresh: dict[str, list[AlarmRow]] = {}
    for one in standing:
        last = mailed.get(one.kind)
        # Mailed in the time to come: by a clock that has been put back since.
        if last is None or last > now or (one.raised_at > last and now - last >= MAIL_EVERY):
            fresh.setdefault(one.kind, []).append(one)
    return fresh


def _silences(one: AlarmRow) -> bool:
    return one.kind == STOPPED_BY_HAND or (one.kind, one.subject) == (CHANNEL_STOPPED, "email")
