"""How often each event's agenda entry has changed: the SEQUENCE of its .ics files (RFC 5545)."""

import json
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection, select, update

from scheduler.domain.calendar.appointment import AgendaEntry, is_changed
from scheduler.store.schema.record_tables import agenda_entry
from scheduler.store.statements.upserts import insert_or_ignore

#: What the release before wrote is a digest of less, in no language.
_OF_BEFORE = "*"


def entry_of(
    connection: Connection, campaign: str, says: Mapping[str, str], now: datetime
) -> AgendaEntry:
    """The entry that says this, a digest a language; one more than the last when that said other.

    The row is held meanwhile: two slots frozen at once count one change once.
    """
    values = {"campaign": campaign, "sequence": 0, "digest": _text(says), "changed_at": now}
    first = insert_or_ignore(connection, agenda_entry).values(values)
    connection.execute(first.on_conflict_do_nothing())
    mine = agenda_entry.c.campaign == campaign
    row = connection.execute(select(agenda_entry).where(mine).with_for_update()).one()
    entry = AgendaEntry(sequence=row.sequence, changed_at=row.changed_at)
    known = _digests(row.digest)
    if is_changed(known, says) or _OF_BEFORE in known:
        entry = AgendaEntry(sequence=row.sequence + 1, changed_at=now)
        known.pop(_OF_BEFORE, None)
    connection.execute(
        update(agenda_entry)
        .where(mine)
        .values(
            sequence=entry.sequence, digest=_text({**known, **says}), changed_at=entry.changed_at
        )
    )
    return entry


def _text(digests: Mapping[str, str]) -> str:
    return json.dumps(dict(digests), sort_keys=True)


def _digests(kept: str) -> dict[str, str]:
    if not kept.startswith("{"):
        return {_OF_BEFORE: kept}
    found: dict[str, str] = json.loads(kept)
    return found
