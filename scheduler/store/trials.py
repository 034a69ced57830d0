"""What was sent for trial: kept apart from the deliveries, and never counted with them."""

from datetime import datetime

from sqlalchemy import Connection, insert

from scheduler.domain.sending import TrialRecord
from scheduler.store.record_tables import trial
from scheduler.store.sealing import Keys


def note(connection: Connection, record: TrialRecord, keys: Keys, now: datetime) -> None:
    """Note one; of its recipient only the keyed digest."""
    connection.execute(
        insert(trial).values(
            at=now,
            message=record.message,
            channel=record.channel,
            audience=record.audience,
            variant=record.variant,
            fingerprint=record.fingerprint,
            recipient=keys.digest(record.kind, record.identity),
            state=record.state,
            reason=record.reason,
        )
    )
