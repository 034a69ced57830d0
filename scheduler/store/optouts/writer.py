"""Opt-outs as they arrive: in the ledger and in the journal beside it, before their answer.

Those that come while a transaction is under way wait for it, and then share the next one with its
two fsyncs: nobody waits for a timer, and a thousand at once cost little more than one.
"""

import asyncio
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import count, islice

from sqlalchemy import Connection, select
from sqlalchemy.exc import DBAPIError

from scheduler.domain.alarms.kinds import AlarmKind
from scheduler.domain.consent.optout import ALL_CHANNELS, OptOut, Reason
from scheduler.domain.consent.optout_record import OptOutRecord
from scheduler.domain.showing.counted import Tally
from scheduler.log import get_logger
from scheduler.store import evidence
from scheduler.store.alarms import clear_alarm, raise_alarm
from scheduler.store.database import Database, once_written
from scheduler.store.keys.sealing import Keys
from scheduler.store.optouts import reopening, ways_back
from scheduler.store.optouts import rows as optouts
from scheduler.store.optouts.holders import holders_of, persons_at, whose
from scheduler.store.optouts.journal import OptOutJournal
from scheduler.store.optouts.rows import Acts, Objection
from scheduler.store.optouts.set_aside import SetAside, is_full
from scheduler.store.optouts.ways_back import Back
from scheduler.store.schema.tables import address

log = get_logger(__name__)

#: Opt-outs in one transaction, at most.
LARGEST_GROUP = 1000
#: Alarm while opt-outs are in the ledger alone.
UNWRITABLE = AlarmKind.OPTOUT_JOURNAL_UNWRITABLE

_Waiting = tuple[int, OptOut, asyncio.Future[bool]]


class OptOutWriter:
    """Every opt-out of a ledger goes through here; ``journal`` is None for a scratch copy."""

    def __init__(
        self, database: Database, journal: OptOutJournal | None = None, keys: Keys | None = None
    ) -> None:
        """Without ``keys`` no name can be read: two contacts of an address are two people."""
        self.database = database
        self._keys = keys
        self._journal = journal
        self._waiting: list[_Waiting] = []
        self._work: asyncio.Task[None] | None = None
        self._unwritable = False
        #: Another number once an opt-out of this process is in the ledger, whatever its route: what
        #: is in hand is then asked again.
        self.heard = 0
        self._numbers = count(1)
        self.aside = SetAside(journal) if journal is not None else None

    async def opt_out(self, address_id: int, act: OptOut) -> bool:
        """Record an act; False when it holds already. Durable when it returns.

        While the disk is full it is set aside (``SetAside``), and no message leaves before the
        ledger has it. Raises NotRecorded when there is no room left for that either.
        """
        written: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        self._waiting.append((address_id, act, written))
        if self._work is None:
            self._work = asyncio.create_task(self._write_all())
        return await written

    @property
    def holds_aside(self) -> bool:
        """Somebody asked for something that the ledger hasn't yet."""
        return self.aside is not None and self.aside.holds

    async def prepare(self) -> None:
        """Write room ahead for the hour when the disk is full."""
        if self.aside is not None:
            await self.aside.prepare()

    async def bring_in(self) -> int:
        """What was set aside, into the ledger, if it takes writes; how many."""
        return 0 if self.aside is None else await self.aside.bring_in(self.database)

    def record(self, connection: Connection, acts: Acts) -> list[bool]:
        """The same in the caller's transaction, of many: which are new.

        The journal has them before the transaction ends. When it can't be written they are in the
        ledger alone, and an alarm says so: refusing them would be worse.
        """
        there, spoken = self._spoken(connection, acts)
        every = [one for objections in spoken for one in objections]
        is_new = optouts.suppress_all(connection, every)
        fresh = [one for one, new in zip(every, is_new, strict=True) if new]
        self._keep(connection, optouts.records_of(connection, fresh))
        evidence.by_opt_outs(connection, acts)
        if wishes := {(one.address, one.act.route) for one in fresh if _is_wish(one.act)}:
            once_written(connection, lambda: self._count(wishes))
        # A refusal at the far end is nobody's wish, and what else is in hand may go on.
        if any(one.act.reason != Reason.BOUNCED for one in fresh):
            once_written(connection, self._tell)
        left = iter(is_new)
        # Of a person whom several sources name, one contact's is enough.
        answers = iter([any(list(islice(left, len(objections)))) for objections in spoken])
        return [address_id in there and next(answers) for address_id, _ in acts]

    def _count(self, wishes: Collection[tuple[int, str]]) -> None:
        for _, route in sorted(wishes):
            self.database.counted.add(Tally.OPT_OUTS, route)

    def _spoken(
        self, connection: Connection, acts: Acts
    ) -> tuple[Collection[int], list[list[Objection]]]:
        """The addresses of these acts that the ledger has; of each of those acts, whose it is."""
        there = optouts.known_ids(connection, {address_id for address_id, _ in acts})
        known = [one for one in acts if one[0] in there]
        if len(known) < len(acts):
            # A good token of an address that this ledger never had: it was put back from a backup.
            log.warning("optout.unknown_address", count=len(acts) - len(known))
        persons_of = whose(connection, self._keys, known)
        return there, [
            [Objection(address=address_id, contact=one, act=act) for one in (*persons,) or (None,)]
            for (address_id, act), persons in zip(known, persons_of, strict=True)
        ]

    def journal(self, connection: Connection, acts: Acts) -> None:
        """Keep what the caller has written in the ledger by its own statements, of addresses."""
        objections = [Objection(address=one, contact=None, act=act) for one, act in acts]
        once_written(connection, self._tell)
        self._keep(connection, optouts.records_of(connection, objections))

    def keep(self, connection: Connection, records: Sequence[OptOutRecord]) -> None:
        """The same of what stays of people who are forgotten."""
        once_written(connection, self._tell)
        self._keep(connection, records)

    def lift(
        self,
        connection: Connection,
        address_id: int,
        channel: str,
        now: datetime,
        *,
        person: int | None = None,
        only_channel: bool = False,
    ) -> int:
        """Somebody's own way back on a channel, and from what they asked for on all channels at
        once unless ``only_channel``; how many opt-outs no longer hold for them.

        ``person`` is the contact, where it is known; else it is the address's one holder, and of
        several nobody.
        """
        channels = [channel] if only_channel else [channel, ALL_CHANNELS]
        holders = holders_of(connection, [address_id], [person] if person is not None else [])
        persons = persons_at(self._keys, holders, address_id, person)
        alone = set(holders.at[address_id]) <= set(persons)
        back = ways_back.come_back(connection, address_id, persons, channels, now, alone=alone)
        self._keep(
            connection, self._records_of_back(connection, address_id, back, now, alone=alone)
        )
        return len(back.ended) + len(back.opened)

    def end(
        self,
        connection: Connection,
        address_id: int,
        channel: str,
        reasons: Collection[str],
        now: datetime,
    ) -> int:
        """What holds of an address for these reasons, which are nobody's own wish or were wrongly
        taken for one, has ended by a person's decision; how many acts."""
        ended = ways_back.end(connection, address_id, channel, reasons, now)
        records = optouts.records_of(connection, ended)
        self._keep(connection, [record.lifted_at(now) for record in records])
        return len(ended)

    def opened(self, connection: Connection, address_id: int) -> str:
        """The address itself; empty where it was erased, or without the keys."""
        statement = select(address.c.sealed, address.c.digest).where(address.c.id == address_id)
        row = connection.execute(statement).first()
        if row is None or row.sealed is None or self._keys is None:
            return ""
        return self._keys.open("address", bytes(row.sealed), bytes(row.digest)).decode()

    def _tell(self) -> None:
        # In a writing thread: each number is given once, so that no two look like none.
        self.heard = next(self._numbers)

    def _records_of_back(
        self, connection: Connection, address_id: int, back: Back, now: datetime, *, alone: bool
    ) -> list[OptOutRecord]:
        ended = list(back.ended)
        if alone:
            # An older version's line, or one that a ledger put back couldn't give its person, is
            # about the address alone: it ends with it.
            ended += [replace(one, contact=None) for one in ended if one.address == address_id]
        opened = [
            Objection(address=address_id, contact=person, act=_coming(channel, now))
            for person, channel in back.opened
        ]
        records = optouts.records_of(connection, [*dict.fromkeys(ended), *opened])
        return [
            replace(one, back=True) if one.scope == _COMING else one.lifted_at(now)
            for one in records
        ]

    def lift_bounced(
        self,
        connection: Connection,
        addresses: Collection[int],
        now: datetime,
        *,
        since: datetime | None = None,
    ) -> int:
        """What a refusal closed (since then) is open again; how many of these addresses."""
        lifted = reopening.lift_bounced(connection, addresses, now, since=since)
        records = optouts.records_of(connection, lifted)
        self._keep(connection, [record.lifted_at(now) for record in records])
        return len({one.address for one in lifted})

    async def _write_all(self) -> None:
        """Group after group, until nobody waits."""
        try:
            while self._waiting:
                group = self._waiting[:LARGEST_GROUP]
                del self._waiting[:LARGEST_GROUP]
                await self._write(group)
        finally:
            self._work = None
            for *_, written in self._waiting:
                written.cancel()

    async def _write(self, group: Sequence[_Waiting]) -> None:
        acts = [(address_id, act) for address_id, act, _ in group]
        asking = [written for *_, written in group]
        try:
            new = await self._record_or_set_aside(acts)
        except Exception as fault:
            for written in _patient(asking):
                written.set_exception(fault)
        else:
            answers = dict(zip(asking, new, strict=True))
            for written in _patient(asking):
                written.set_result(answers[written])
        finally:
            for written in _patient(asking):
                written.cancel()

    async def _record_or_set_aside(self, acts: Acts) -> list[bool]:
        try:
            return await self.database.write(self.record, acts)
        except (DBAPIError, OSError) as fault:
            if self.aside is None or not is_full(fault):
                raise
            taken = await self.aside.take(self.database, acts, self._records)
            self._tell()
            return taken

    def _records(self, connection: Connection, acts: Acts) -> list[OptOutRecord]:
        _, spoken = self._spoken(connection, acts)
        return optouts.records_of(connection, [one for some in spoken for one in some])

    def _keep(self, connection: Connection, records: Sequence[OptOutRecord]) -> None:
        if self._journal is None or not records:
            return
        name, now = self._journal.path.name, records[-1].at
        try:
            self._journal.append(records)
        except OSError as fault:
            log.error("optout.journal_unwritable", reason=fault.strerror)
            detail = f"{fault.strerror}: opt-outs are in the ledger alone"
            raise_alarm(connection, UNWRITABLE, name, detail, now)
            self._unwritable = True
            return
        if self._unwritable:
            clear_alarm(connection, UNWRITABLE, name, now)
            self._unwritable = False


#: The scope of what is no opt-out.
_COMING = ""


def _coming(channel: str, now: datetime) -> OptOut:
    """The journal's line of a way back to what somebody else closed."""
    return OptOut(channel=channel, scope=_COMING, reason="", route="", at=now)


def _patient(asking: Sequence[asyncio.Future[bool]]) -> list[asyncio.Future[bool]]:
    """Those who have no answer yet, and didn't give up."""
    return [written for written in asking if not written.done()]


def _is_wish(act: OptOut) -> bool:
    return act.reason == Reason.OPTED_OUT
