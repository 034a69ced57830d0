"""How often each event's agenda entry has changed: the SEQUENCE of its .ics files (RFC 5545)."""

from datetime import datetime

from sqlalchemy import Connection, select, update

from scheduler.domain.appointment import AgendaEntry
from scheduler.store.planning import insert_or_ignore
from scheduler.store.record_tables import agenda_entry


def entry_of(connection: Connection, campaign: str, digest: str, now: datetime) -> AgendaEntry:
    """The entry that says what ``digest`` is of; one more than the last when that said other."""
    values = {"campaign": campaign, "sequence": 0, "digest": digest, "changed_at": now}
    first = insert_or_ignore(connection, agenda_entry).values(values)
    connection.execute(first.on_conflict_do_nothing())
    connection.execute(
        update(agenda_entry)
        .where(agenda_entry.c.campaign == campaign, agenda_entry.c.digest != digest)
        .values(sequence=agenda_entry.c.sequence + 1, digest=digest, changed_at=now)
    )
    found = select(agenda_entry).where(agenda_entry.c.campaign == campaign)
    row = connection.execute(found).one()
    return AgendaEntry(sequence=row.sequence, changed_at=row.changed_at)
