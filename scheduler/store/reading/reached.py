"""Whom an audience's channels can reach today.

A look at each member, which a page doesn't wait for where they are many: such an answer is given
again, and renewed behind the page once it is a minute old, or after an import.
"""

import asyncio
import time
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any
from weakref import WeakKeyDictionary, proxy

from sqlalchemy import Connection, and_, case, func, select

from scheduler.domain.calendar.campaigns import Audience, Place
from scheduler.domain.consent.grounds import Basis
from scheduler.domain.consent.optout import ALL_TOPICS
from scheduler.domain.message import AddressKind
from scheduler.domain.showing.desk import Reach
from scheduler.domain.values import frozen
from scheduler.log import get_logger
from scheduler.store.database import Database
from scheduler.store.planning import lists
from scheduler.store.planning.occurrences import people_version
from scheduler.store.rules import bounced, has_consent, in_audience, refused
from scheduler.store.schema.tables import contact

log = get_logger(__name__)

#: Members beyond which an answer is kept: looking at so many takes some hundredths of a second.
MANY = 5_000
#: Seconds after which it is renewed.
FRESH = 60.0
#: Seconds that a page waits for those whom an import brought.
MOMENT = 0.1

#: Channel -> which of a contact's addresses it needs.
Kinds = Mapping[str, AddressKind]


@frozen
class _Kept:
    found: list[Reach]
    #: Of the people, as imports change it.
    version: int
    at: float


class KeptReach:
    """Of one ledger, whatever becomes of its configuration (``kept_reach``)."""

    def __init__(
        self,
        database: Database,
        *,
        many: int = MANY,
        fresh: float = FRESH,
        moment: float = MOMENT,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        # Weakly: one that is kept in ``_OF`` would else keep its key, and go never.
        self._database: Database = proxy(database)
        self._many = many
        self._fresh = fresh
        self._moment = moment
        self._clock = clock
        #: By all that was asked, as it is written.
        self._kept: dict[str, _Kept] = {}
        self._renewing: dict[str, asyncio.Task[list[Reach]]] = {}

    async def of(self, audience: Audience, channels: Kinds, to: int | None = None) -> list[Reach]:
        asked = repr((audience, sorted(channels.items()), to))
        kept = self._kept.get(asked)
        if kept is None:
            return await asyncio.shield(self._begun(asked, audience, channels, to))
        if kept.version != await self._database.read_kept(people_version):
            task = self._begun(asked, audience, channels, to)
            await asyncio.wait({task}, timeout=self._moment)
            has_come = task.done() and not task.cancelled() and task.exception() is None
            return task.result() if has_come else kept.found
        if kept.at + self._fresh <= self._clock():
            self._begun(asked, audience, channels, to)
        return kept.found

    def _begun(
        self, asked: str, audience: Audience, channels: Kinds, to: int | None
    ) -> asyncio.Task[list[Reach]]:
        """One look at a time, however many pages ask."""
        task = self._renewing.get(asked)
        if task is None:
            task = asyncio.create_task(self._look(asked, audience, channels, to))
            self._renewing[asked] = task
            task.add_done_callback(partial(self._renewed, asked))
        return task

    def _renewed(self, asked: str, done: asyncio.Task[list[Reach]]) -> None:
        del self._renewing[asked]
        if not done.cancelled() and (failed := done.exception()) is not None:
            # What was known stays; the next page tries again.
            log.warning("reach.not_renewed", reason=str(failed))

    async def _look(
        self, asked: str, audience: Audience, channels: Kinds, to: int | None
    ) -> list[Reach]:
        version, found = await self._database.read(_reached, audience, channels, to)
        if sum(one.members for one in found) > self._many:
            self._kept[asked] = _Kept(found=found, version=version, at=self._clock())
        else:
            self._kept.pop(asked, None)
        return found


_OF: WeakKeyDictionary[Database, KeptReach] = WeakKeyDictionary()


def kept_reach(database: Database) -> KeptReach:
    """That of a ledger, the same for whoever has it open here."""
    found = _OF.get(database)
    if found is None:
        found = _OF[database] = KeptReach(database)
    return found


def _reached(
    connection: Connection, audience: Audience, channels: Kinds, to: int | None
) -> tuple[int, list[Reach]]:
    only = [] if to is None else [contact.c.id.in_(lists.ids_of(to))]
    reachable = [
        func.count(case((_can_reach(audience, channel, kind), 1))).label(f"to_{channel}")
        for channel, kind in channels.items()
    ]
    statement = (
        select(contact.c.zone, contact.c.territory, func.count().label("members"), *reachable)
        .where(in_audience(contact, audience.source, audience.rule), *only)
        .group_by(contact.c.zone, contact.c.territory)
        .order_by(contact.c.zone, contact.c.territory)
    )
    found = [
        Reach(
            audience=audience.name,
            place=Place(zone=row["zone"], territory=row["territory"]),
            members=row["members"],
            reachable={channel: row[f"to_{channel}"] for channel in channels},
        )
        for row in connection.execute(statement).mappings()
    ]
    return people_version(connection), found


def _can_reach(audience: Audience, channel: str, kind: AddressKind) -> Any:
    column = contact.c.email_id if kind is AddressKind.EMAIL else contact.c.phone_id
    conditions = [
        column.is_not(None),
        ~refused(contact.c.id, column, channel, ALL_TOPICS),
        ~bounced(column, channel, ALL_TOPICS),
    ]
    if audience.channels[channel].basis == Basis.CONSENT:
        conditions.append(has_consent(contact, channel))
    return and_(*conditions)
