"""What needs a person: the alarms that follow from a look at things as they are.

Others follow from an event (a refused account, a missed slot) and are raised and cleared where it
happens. Those here are worked out anew at each look, so none is forgotten and none stays behind.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from scheduler.domain import windows
from scheduler.domain.campaigns import Place
from scheduler.domain.report import AlarmRow
from scheduler.domain.windows import Hours

STOPPED_BY_HAND = "stopped-by-hand"
CHANNEL_STOPPED = "channel-stopped"
UNCERTAIN = "deliveries-uncertain"
BACKLOG = "backlog"
DISK = "disk-low"
CERTIFICATE = "certificate-expires"
#: Worked out at each look.
FOLLOWING = frozenset({UNCERTAIN, BACKLOG, DISK, CERTIFICATE})


@dataclass(frozen=True, kw_only=True, slots=True)
class Thresholds:
    """From when on something needs a person."""

    backlog: timedelta
    #: Megabytes (a million bytes each).
    disk_free: int
    certificate: timedelta


@dataclass(frozen=True, kw_only=True, slots=True)
class Overdue:
    """A slot with messages that could have left before, as far as the ledger knows."""

    #: Its row.
    slot: int
    channel: str
    place: Place
    #: Since when the first of them could (UTC).
    since: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Facts:
    """What a look found."""

    #: Channel -> uncertain deliveries.
    uncertain: Mapping[str, int]
    overdue: Sequence[Overdue]
    #: What is on the volume -> megabytes free.
    free: Mapping[str, int]
    #: Channel -> when its relay's certificate ends, where that was seen (UTC).
    certificates: Mapping[str, datetime]


@dataclass(frozen=True, kw_only=True, slots=True)
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
            windows.is_open(one.channel, at, one.place, hours)
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
    ]


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
        if last is None or (one.raised_at > last and now - last >= MAIL_EVERY):
            fresh.setdefault(one.kind, []).append(one)
    return fresh


def _silences(one: AlarmRow) -> bool:
    return one.kind == STOPPED_BY_HAND or (one.kind, one.subject) == (CHANNEL_STOPPED, "email")
