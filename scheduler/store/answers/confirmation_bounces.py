"""What came back of the message that asks somebody to confirm a subscription.

It has no delivery and no occurrence: what is said of the address, or by its holder, counts; a
passing failure doesn't, and what is said of us calls a person.
"""

from datetime import datetime

from sqlalchemy import Connection, select

from scheduler.domain.answers.bounces import REFUSED, BounceKind, Finding
from scheduler.domain.consent import optout
from scheduler.domain.consent.optout import OptOut
from scheduler.domain.masking import one_line
from scheduler.store.alarms import raise_alarm
from scheduler.store.schema.record_tables import subscription_request as asked

#: What the alarm is about, where an occurrence stands else.
SUBJECT = "confirmation"


def acts(
    connection: Connection, request: int, found: Finding, now: datetime
) -> list[tuple[int, OptOut]]:
    """What it ends, by address; nothing of a request that is forgotten, or confirmed meanwhile: its
    mailbox works."""
    statement = select(asked.c.address_id).where(
        asked.c.id == request, asked.c.written_at.is_not(None), asked.c.confirmed_at.is_(None)
    )
    address_id = connection.execute(statement).scalar()
    if address_id is None:
        return []
    match found.kind:
        case BounceKind.HARD:
            return [(address_id, optout.by_bounce(now))]
        case BounceKind.COMPLAINT:
            return [(address_id, optout.by_complaint(now))]
        case BounceKind.POLICY:
            detail = f"{found.status or found.reply_code} {found.reason}: {found.words}"
            raise_alarm(connection, REFUSED, SUBJECT, one_line(detail), now)
    return []
