"""Giving a ledger back what its journal remembers, at every start.

Nothing is undone: an act of the journal counts unless the ledger knows a later one of the same
person about the same thing.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select, update

from scheduler.domain.alarm_kinds import AlarmKind
from scheduler.domain.audit import PROGRAM, Act, AuditAct
from scheduler.domain.optout_record import OptOutRecord, Replayed
from scheduler.store import audit
from scheduler.store.alarms import clear_alarm, raise_alarm
from scheduler.store.database import Database
from scheduler.store.high_water import mark_of, raise_to
from scheduler.store.optout_journal import OptOutJournal, Reading, batches
from scheduler.store.planning import insert_or_ignore
from scheduler.store.tables import address, suppression

#: Acts in one transaction.
SOME = 500
#: Alarm while nothing may be sent before a person has looked.
RESTORED = AlarmKind.LEDGER_RESTORED


async def replay(
    database: Database, journal: OptOutJournal, now: datetime, *, replica: str = ""
) -> Replayed:
    """What the journal knows and the ledger doesn't, into the ledger; and whether the ledger is
    older than it should be: then an alarm is open, and nothing may be sent.

    ``replica`` tells this journal from the others' of the same ledger. Raises LedgerError for a
    journal that is another ledger's or can't be read.
    """
    reading = journal.read()
    added = lifted = 0
    for some in batches(reading.records if reading else (), SOME):
        more, fewer = await database.write(_apply, some)
        added, lifted = added + more, lifted + fewer
    mark = await database.read(mark_of)
    doubt = _doubt(reading, mark, own_file=database.is_sqlite)
    await database.write(
        _note,
        doubt,
        _subject(journal, replica),
        Act(
            actor=PROGRAM,
            act=AuditAct.REPLAY_OPT_OUTS,
            subject=_subject(journal, replica),
            detail={"added": added, "lifted": lifted},
        )
        if added or lifted
        else None,
        now,
    )
    return Replayed(
        added=added, lifted=lifted, damaged=reading.damaged if reading else 0, doubt=doubt
    )


async def accept_restored(
    database: Database, journal: OptOutJournal, actor: str, now: datetime, *, replica: str = ""
) -> None:
    """A person has looked, and sending may go on: written down, and the marks agree again.

    Raises OSError when the journal can't be written, LedgerError when it can't be read.
    """
    reading = journal.read()
    ahead = reading.mark if reading else 0
    subject = _subject(journal, replica)
    journal.note_mark(await database.write(_accept, ahead, subject, actor, now))


def _subject(journal: OptOutJournal, replica: str) -> str:
    return f"{journal.path.name} {replica}".strip()


def _doubt(reading: Reading | None, mark: int, *, own_file: bool) -> str:
    if reading is not None and reading.mark > mark:
        return f"the journal has seen mark {reading.mark}, the ledger is at {mark}"
    # On a server a new replica has no journal yet; a file comes with the one that lies beside it.
    if reading is None and mark and own_file:
        return f"the ledger is at mark {mark} and its journal is missing"
    return ""


def _note(connection: Connection, doubt: str, name: str, act: Act | None, now: datetime) -> None:
    if act is not None:
        audit.append(connection, [act], now)
    if doubt:
        raise_alarm(connection, RESTORED, name, doubt, now)
    else:
        clear_alarm(connection, RESTORED, name, now)


def _accept(connection: Connection, ahead: int, name: str, actor: str, now: datetime) -> int:
    detail = {"mark": mark_of(connection), "journal": ahead}
    act = Act(actor=actor, act=AuditAct.ACCEPT_RESTORED, subject=name, detail=detail)
    audit.append(connection, [act], now)
    clear_alarm(connection, RESTORED, name, now)
    return raise_to(connection, ahead)


def _apply(connection: Connection, records: Sequence[OptOutRecord]) -> tuple[int, int]:
    """How many opt-outs were added, and how many lifted."""
    ids = _addresses(connection, records)
    known = _known(connection, ids)
    missing, over = [], []
    for record in records:
        rows = known.get((ids[record.kind, record.digest], *record.subject[2:]), [])
        if record.lifted:
            over += [(row.id, record.at) for row in rows if _still_holds(row, record)]
        elif not any(_is_later(row, record) for row in rows):
            missing.append(_values(ids[record.kind, record.digest], record))
    if missing:
        connection.execute(insert(suppression), missing)
    for row_id, at in over:
        ended = update(suppression).where(suppression.c.id == row_id)
        connection.execute(ended.values(lifted_at=at))
    return len(missing), len(over)


def _still_holds(row: Any, lift: OptOutRecord) -> bool:
    return row.lifted_at is None and row.at <= lift.at


def _is_later(row: Any, record: OptOutRecord) -> bool:
    """It holds, or was ended after this act: the ledger has the last word."""
    return row.lifted_at is None or row.lifted_at > record.at


def _addresses(
    connection: Connection, records: Sequence[OptOutRecord]
) -> dict[tuple[str, str], int]:
    """Ids by kind and digest; tombstones are made for those that the ledger hasn't."""
    wanted = {
        (record.kind.value, record.digest): {
            "kind": record.kind.value,
            "digest": bytes.fromhex(record.digest),
            "key_id": record.key_id,
        }
        for record in records
    }
    statement = insert_or_ignore(connection, address).on_conflict_do_nothing()
    connection.execute(statement, list(wanted.values()))
    digests = [one["digest"] for one in wanted.values()]
    found = select(address.c.id, address.c.kind, address.c.digest)
    rows = connection.execute(found.where(address.c.digest.in_(digests)))
    return {(row.kind, bytes(row.digest).hex()): row.id for row in rows}


def _known(
    connection: Connection, ids: dict[tuple[str, str], int]
) -> dict[tuple[int, str, str, str], list[Any]]:
    """Everything the ledger has of these addresses, by what it is about."""
    known: dict[tuple[int, str, str, str], list[Any]] = {}
    statement = select(suppression).where(suppression.c.address_id.in_(ids.values()))
    for row in connection.execute(statement):
        known.setdefault((row.address_id, row.channel, row.scope, row.reason), []).append(row)
    return known


def _values(address_id: int, record: OptOutRecord) -> dict[str, Any]:
    return {
        "address_id": address_id,
        "channel": record.channel,
        "scope": record.scope,
        "reason": record.reason,
        "route": record.route,
        "at": record.at,
    }
