"""What staff reported, in the ledger: numbers that are added to, and how far the folder was
counted."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import Connection, select, update

from scheduler.domain.answers.reported import Upto
from scheduler.store.database import Database
from scheduler.store.schema.reported_tables import reported_upto, reported_week
from scheduler.store.statements.upserts import insert_or_ignore
from scheduler.store.transactions import reading, writing

_FOLDER = "folder"


def _upto(connection: Connection) -> Upto:
    return _of(connection.execute(select(reported_upto)).first())


def _of(row: Any) -> Upto:
    if row is None:
        return Upto()
    return Upto(validity=row.validity, number=row.number, at=row.at)


def _add(connection: Connection, weeks: Mapping[date, int], before: Upto, upto: Upto) -> bool:
    first = insert_or_ignore(connection, reported_upto).values(
        name=_FOLDER, validity="", number=0, at=None
    )
    connection.execute(first.on_conflict_do_nothing())
    held = connection.execute(select(reported_upto).with_for_update()).first()
    if _of(held) != before:
        return False
    moved = {"validity": upto.validity, "number": upto.number, "at": upto.at}
    connection.execute(update(reported_upto).values(moved))
    rows = [{"monday": monday.isoformat(), "n": number} for monday, number in sorted(weeks.items())]
    if rows:
        statement = insert_or_ignore(connection, reported_week)
        added = statement.on_conflict_do_update(
            index_elements=["monday"], set_={"n": reported_week.c.n + statement.excluded.n}
        )
        connection.execute(added, rows)
    return True


def by_week(connection: Connection) -> dict[date, int]:
    """Monday -> copies."""
    rows = connection.execute(select(reported_week).order_by(reported_week.c.monday))
    return {date.fromisoformat(row.monday): int(row.n) for row in rows}


class ReportedLedger:
    """Each method is one transaction."""

    def __init__(self, database: Database) -> None:
        self.database = database

    upto = reading(_upto)

    #: False where somebody else has counted on meanwhile: nothing is added.
    add = writing(_add)

    weeks = reading(by_week)
