"""Jobs for batches, written in the ledger's own transaction (PostgreSQL and Procrastinate).

The queue is a hint, the ledger is the truth: what has no job and should have one gets one here.
"""

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import JSON, Connection, bindparam, text
from sqlalchemy.engine import make_url

from scheduler.store.connecting import LONGEST_PAUSE, server_arguments
from scheduler.store.schema.types import UtcTime

#: Channel -> destination group -> batches of it that may be worked at once.
Limits = Mapping[str, Mapping[str, int]]

_ENQUEUE = text(
    """
    WITH ready AS (
        SELECT batch.slot_id, batch.number, batch.destination, slot.channel, slot.due_at,
               (CAST(:limits AS jsonb) -> slot.channel ->> batch.destination)::int AS permits
        FROM batch JOIN slot ON slot.id = batch.slot_id
        WHERE batch.slot_id = ANY(:slots) AND batch.state = 'open' AND batch.ready_at <= :now
          AND (batch.owner IS NULL OR batch.lease_until < :now)
          AND NOT EXISTS (
            SELECT 1 FROM procrastinate_jobs AS job
            WHERE job.queueing_lock = 'batch ' || batch.slot_id || '/' || batch.number
              AND job.status IN ('todo', 'doing'))
    )
    SELECT cardinality(procrastinate_defer_jobs_v1(array_agg(
        ROW(
            channel || CASE WHEN permits IS NULL THEN '' ELSE '.groups' END,
            'send_batch',
            0,
            channel || '/' || destination || '/' || (slot_id + number) % permits,
            'batch ' || slot_id || '/' || number,
            jsonb_build_object('slot', slot_id, 'number', number, 'channel', channel,
                               'destination', destination),
            NULL
        )::procrastinate_job_to_defer_v1 ORDER BY due_at, slot_id, number)))
    FROM ready HAVING count(*) > 0
    """
).bindparams(bindparam("limits", type_=JSON), bindparam("now", type_=UtcTime))
_TURN = text("SELECT pg_try_advisory_xact_lock(hashtext('reflexe reconcile'))")


def enqueue(connection: Connection, slots: Collection[int], limits: Limits, now: datetime) -> int:
    """A job for every ready batch of these slots that nobody holds and that has none; how many.

    Of a limited group so many jobs run at once as it has permits: they share a lock each.
    """
    values = {
        "slots": list(slots),
        "limits": {channel: dict(of) for channel, of in limits.items()},
        "now": now,
    }
    found: int | None = connection.execute(_ENQUEUE, values).scalar()
    return found or 0


def reconcile(connection: Connection, slots: Collection[int], limits: Limits, now: datetime) -> int:
    """The same, by one replica at a time: 0 while another does it."""
    if not slots or not connection.execute(_TURN).scalar():
        return 0
    return enqueue(connection, slots, limits, now)


def conninfo(url: str) -> str:
    """The ledger's address as PostgreSQL's own library takes it, with what its connections have."""
    # Here, for a command on a SQLite ledger needs no PostgreSQL library.
    from psycopg.conninfo import make_conninfo

    parsed = make_url(url)
    address = parsed.set(drivername="postgresql", query={}).render_as_string(hide_password=False)
    return make_conninfo(address, **server_arguments(parsed, LONGEST_PAUSE))
