"""Forgetting what is old, some rows at a time: everything else goes on meanwhile.

Opt-outs, the audit log and the counts are never touched.
"""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Select, func, select

from scheduler.domain.audit import Act
from scheduler.domain.people.retention import Kept
from scheduler.store import audit
from scheduler.store.database import Database
from scheduler.store.optouts.writer import OptOutWriter
from scheduler.store.people.erasure import forget
from scheduler.store.people.old_rows import PEOPLE, SWEEPS, silent
from scheduler.store.schema.record_tables import audit as acts
from scheduler.store.schema.record_tables import reply, trial
from scheduler.store.schema.record_tables import subscription_request as asked
from scheduler.store.schema.tables import (
    address,
    consent,
    contact,
    delivery,
    event,
    meta,
)
from scheduler.store.statements.upserts import insert_or_ignore
from scheduler.store.transactions import reading, writing

#: Rows of one transaction.
SOME = 500
#: Tables with what is emptied or deleted in them.
PERSONAL = tuple(
    table.name for table in (address, contact, consent, delivery, event, reply, asked, trial)
)
_LAST_RUN = "retained_on"


def _note(connection: Connection, act: Act, now: datetime) -> None:
    audit.append(connection, [act], now)
    values = {"name": _LAST_RUN, "value": now.date().isoformat()}
    noted = insert_or_ignore(connection, meta).values(values)
    connection.execute(
        noted.on_conflict_do_update(index_elements=["name"], set_={"value": values["value"]})
    )


def _ran_on(connection: Connection) -> date | None:
    found = connection.execute(select(meta.c.value).where(meta.c.name == _LAST_RUN)).scalar()
    return date.fromisoformat(found) if found else None


def _number_of(connection: Connection, counted: Any) -> int:
    found: int = connection.execute(counted).scalar_one()
    return found


class RetentionLedger:
    """What a retention run asks of the ledger."""

    def __init__(
        self,
        database: Database,
        by_consent: Collection[str],
        *,
        keep_source_key: bool = False,
        optouts: OptOutWriter | None = None,
    ) -> None:
        """``by_consent`` names the audiences that nobody is written to in without consent: there
        a person's own act counts, and not that a file still names them. ``keep_source_key``: beside
        the opt-outs of who is emptied, of which ``optouts`` tells the journal."""
        self.database = database
        self._by_consent = by_consent
        self._keep_source_key = keep_source_key
        self._optouts = optouts

    async def count(self, kept: Kept, limit: datetime) -> int:
        """How many are older."""
        rows = self._old(kept, limit).subquery()
        counted = select(func.count()).select_from(rows)
        return await self.database.read(_number_of, counted)

    async def forget_some(
        self, kept: Kept, limit: datetime, after: int, now: datetime
    ) -> tuple[int, int]:
        """How many were forgotten, of those whose row comes after; and the last of them.

        They are looked for outside the transaction that forgets them: that may take its time.
        """
        rows = await self.database.read(self._some, kept, limit, after)
        if not rows:
            return 0, after
        return await self.database.write(self._forget, kept, limit, rows, now), rows[-1]

    #: A run is over: in the audit log, with its counts.
    note = writing(_note)

    #: The day of the last run (UTC).
    ran_on = reading(_ran_on)

    async def last_erasure(self) -> datetime | None:
        """When somebody was last erased at their wish."""
        statement = select(acts.c.at).where(acts.c.act == "erase").order_by(acts.c.id.desc())
        return await self.database.read(
            lambda connection: connection.execute(statement.limit(1)).scalar()
        )

    async def scrub(self) -> bool:
        """Let the bytes leave the files too. False: try again later."""
        return await self.database.scrub(PERSONAL)

    def _old(self, kept: Kept, limit: datetime) -> Select[Any]:
        if kept is Kept.CONTACTS:
            return silent(limit, self._by_consent)
        return SWEEPS[kept].old(limit)

    def _some(self, connection: Connection, kept: Kept, limit: datetime, after: int) -> list[int]:
        old = self._old(kept, limit)
        (column,) = old.selected_columns
        some = old.where(column > after).order_by(column).limit(SOME)
        return list(connection.execute(some).scalars())

    def _forget(
        self,
        connection: Connection,
        kept: Kept,
        limit: datetime,
        rows: Sequence[int],
        now: datetime,
    ) -> int:
        """Those that are old still, and stay so: each is held first, so that an import which names
        it has ended before the look, or waits until this one ends."""
        old = self._old(kept, limit)
        (column,) = old.selected_columns
        held = select(column).where(column.in_(rows)).order_by(column).with_for_update()
        connection.execute(held)
        still = list(connection.execute(old.where(column.in_(rows))).scalars())
        if not still:
            return 0
        if kept in PEOPLE:
            named = forget(connection, still, now, keep_source_key=self._keep_source_key)
            if named and self._optouts is not None:
                self._optouts.keep(connection, named)
        else:
            SWEEPS[kept].forget(connection, still, now)
        return len(still)
