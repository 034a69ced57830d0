"""Giving a ledger back what its journal remembers, at every start; and whether it is as far as the
journal has seen it."""

from datetime import datetime

from sqlalchemy import Connection, delete

from scheduler.domain.alarms.kinds import AlarmKind
from scheduler.domain.audit import PROGRAM, Act, AuditAct
from scheduler.domain.consent.optout_record import OptOutRecord, Replayed
from scheduler.log import get_logger
from scheduler.store import audit
from scheduler.store.alarms import clear_alarm, raise_alarm
from scheduler.store.database import Database
from scheduler.store.optouts.high_water import mark_of, raise_to
from scheduler.store.optouts.journal import OptOutJournal, Reading, batches
from scheduler.store.optouts.kept import all_kept
from scheduler.store.optouts.replayed_acts import apply
from scheduler.store.schema.desk_tables import session

log = get_logger(__name__)

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
        more, fewer = await database.write(apply, some)
        added, lifted = added + more, lifted + fewer
    if reading is not None:
        await _tell_kept(database, journal, reading)
    mark = await database.read(mark_of)
    doubt = _doubt(reading, mark, own_file=database.is_sqlite) or _elsewhere(journal, mark)
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


async def _tell_kept(database: Database, journal: OptOutJournal, reading: Reading) -> None:
    """Keys that a version kept in the ledger alone, into the journal."""
    there = {_kept_of(one) for one in reading.records if one.source_key}
    untold = [one for one in await database.read(all_kept) if _kept_of(one) not in there]
    if untold:
        try:
            journal.append(untold)
        except OSError as fault:
            log.error("optout.journal_unwritable", reason=fault.strerror)


def _kept_of(one: OptOutRecord) -> tuple[object, ...]:
    return (one.digest, one.channel, one.scope, one.reason, one.at, one.source_key)


async def accept_restored(
    database: Database, journal: OptOutJournal, actor: str, now: datetime, *, replica: str = ""
) -> None:
    """A person has looked, and sending may go on: written down, and the marks agree again.

    Raises OSError when the journal can't be written, LedgerError when it can't be read.
    """
    reading = journal.read()
    ahead = max(reading.mark if reading else 0, journal.second.read() if journal.second else 0)
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


def _elsewhere(journal: OptOutJournal, mark: int) -> str:
    """A whole folder put back has its journal with it; what lies elsewhere hasn't gone back."""
    if journal.second is None or (seen := journal.second.read()) <= mark:
        return ""
    return f"{journal.second.path} has seen mark {seen}, the ledger is at {mark}"


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
    connection.execute(delete(session))
    clear_alarm(connection, RESTORED, name, now)
    return raise_to(connection, ahead)
