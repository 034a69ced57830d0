"""Halts: a campaign whose messages a provider refuses as a whole on a channel waits for a person.

A row of ``halt``, asked in the statements that let a message leave: it holds from the moment it is
written, for every process, and over a restart. Other campaigns and other channels go on. A country
that the provider takes nothing for has a row as well, under its calling code: its numbers are asked
for just before handing over, and fail.
"""

from datetime import datetime

from sqlalchemy import ColumnElement, Connection, delete, exists, func, select

from scheduler.domain.alarms.kinds import AlarmKind
from scheduler.domain.audit import Act, AuditAct
from scheduler.domain.delivery import DeliveryState
from scheduler.domain.people.countries import is_country
from scheduler.store import audit
from scheduler.store.alarms import clear_alarm, raise_alarm
from scheduler.store.notes import note, note_of
from scheduler.store.schema.running_tables import halt
from scheduler.store.schema.tables import delivery, occurrence
from scheduler.store.schema.types import from_milliseconds, to_milliseconds
from scheduler.store.statements.upserts import insert_or_ignore

#: When a person last let one go on, among the notes.
_RESUMED = "resumed:"


def not_halted(
    campaign: ColumnElement[str] | str, channel: ColumnElement[str] | str
) -> ColumnElement[bool]:
    """No halt holds this campaign on this channel: a condition of any statement that lets
    something leave."""
    return ~exists().where(halt.c.campaign == campaign, halt.c.channel == channel)


def raise_halt(
    connection: Connection, campaign: str, channel: str, reason: str, now: datetime
) -> bool:
    """No intent of the campaign is taken on the channel from now on; False when it halts already.

    Its alarm then says what was met last.
    """
    values = {"campaign": campaign, "channel": channel, "reason": reason, "at": now}
    statement = insert_or_ignore(connection, halt).values(values).on_conflict_do_nothing()
    is_new = connection.execute(statement.returning(halt.c.campaign)).first() is not None
    subject = subject_of(campaign, channel)
    raise_alarm(connection, _alarm_of(campaign), subject, reason, now)
    if is_new:
        act = Act(actor="reflexe", act=AuditAct.HALT, subject=subject, detail={"reason": reason})
        audit.append(connection, [act], now)
    return is_new


def raise_later(
    connection: Connection,
    campaign: str,
    channel: str,
    reason: str,
    *,
    sent_at: datetime,
    now: datetime,
) -> bool:
    """The same of what is learnt of a message that left at ``sent_at``.

    False too when it left before a person let the campaign go on: that person knew.
    """
    if sent_at <= _resumed_at(connection, campaign, channel):
        return False
    return raise_halt(connection, campaign, channel, reason, now)


def lift_halt(connection: Connection, campaign: str, channel: str, by: str, now: datetime) -> bool:
    """Let the campaign go on there; False when it doesn't halt."""
    lifted = delete(halt).where(halt.c.campaign == campaign, halt.c.channel == channel)
    if not connection.execute(lifted).rowcount:
        return False
    subject = subject_of(campaign, channel)
    clear_alarm(connection, _alarm_of(campaign), subject, now)
    note(connection, f"{_RESUMED}{subject}", str(to_milliseconds(now)))
    audit.append(connection, [Act(actor=by, act=AuditAct.RESUME, subject=subject)], now)
    return True


def halted(connection: Connection) -> list[str]:
    """What halts, as ``campaign/channel``."""
    statement = select(halt.c.campaign, halt.c.channel).order_by(halt.c.campaign, halt.c.channel)
    return [subject_of(row.campaign, row.channel) for row in connection.execute(statement)]


def closed_countries(connection: Connection, channel: str) -> dict[str, str]:
    """Countries that nothing leaves for on a channel, with the provider's words."""
    statement = select(halt.c.campaign, halt.c.reason).where(
        halt.c.channel == channel, halt.c.campaign.startswith("+")
    )
    return {row.campaign: row.reason for row in connection.execute(statement)}


def _alarm_of(campaign: str) -> AlarmKind:
    return AlarmKind.COUNTRY_CLOSED if is_country(campaign) else AlarmKind.CAMPAIGN_HALTED


def waiting_of(connection: Connection, campaign: str, channel: str) -> int:
    """Messages of a campaign that wait on a channel."""
    mine = select(occurrence.c.id).where(occurrence.c.campaign == campaign)
    statement = select(func.count()).where(
        delivery.c.occurrence_id.in_(mine),
        delivery.c.channel == channel,
        delivery.c.state == DeliveryState.WAITING,
    )
    return int(connection.execute(statement.select_from(delivery)).scalar_one())


def subject_of(campaign: str, channel: str) -> str:
    """What the alarm and the audit log call it."""
    return f"{campaign}/{channel}"


def _resumed_at(connection: Connection, campaign: str, channel: str) -> datetime:
    found = note_of(connection, _RESUMED + subject_of(campaign, channel))
    return from_milliseconds(int(found or 0))
