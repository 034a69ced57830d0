"""The ledger as a replica sees it that lives beside others: each method is a transaction."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection

from scheduler.domain.delivery import Outcome
from scheduler.domain.errors import LedgerError
from scheduler.domain.processes.replicas import Replica
from scheduler.store.optouts.high_water import mark_of
from scheduler.store.sending import allowances, dated_ahead, queue, replicas, settling
from scheduler.store.sending.send_ledger import SendLedger
from scheduler.store.transactions import reading, writing


class ReplicaLedger(SendLedger):
    """What ``Ledger`` is made of for living beside others. Not made by itself."""

    #: The ledger's mark that the opt-out journal was last told here.
    _noted = 0

    async def enter(self, name: str, host: str, now: datetime) -> Replica:
        """Work on the ledger as this replica from now on."""
        self.replica = await self.database.write(replicas.enter, name, host, now)
        return self.replica

    async def beat(self, now: datetime) -> None:
        """A sign of life."""
        await self.database.write(replicas.beat, self._me.row, now)

    async def note_look(self, now: datetime) -> None:
        """The calendar was looked at."""
        await self.database.write(replicas.note_look, self._me.row, now)

    #: The latest look of any daemon; None where none ever looked.
    last_look = reading(replicas.last_look)

    #: The clock was put back by so much: what it had dated ahead may go on; how many
    #: deliveries.
    make_ready = writing(dated_ahead.make_ready)

    async def leave(self) -> None:
        """This process ends in good order."""
        await self.database.write(replicas.leave, self._me.row)

    async def note_mark(self) -> None:
        """Remember in the opt-out journal how far the ledger is, whoever brought it there: a
        replica that sent nothing knows a restored ledger too."""
        if self.journal is None or self.database.is_sqlite:
            return
        mark = await self.database.read(mark_of)
        if mark > self._noted:
            self.journal.note_mark(mark)
            self._noted = mark

    async def take_duty(self, duty: str, hold: timedelta, now: datetime) -> bool:
        """Have a duty that one replica at a time has; False while another has it."""
        return await self.database.write(replicas.take_duty, duty, self._me.name, hold, now)

    replicas = reading(replicas.every)

    async def free_batches(self, now: datetime) -> list[tuple[int, int]]:
        """Let go of what silent replicas hold: (slot, number) of each batch."""
        return await self.database.write(replicas.free_batches, self._me.name, now)

    async def enqueue(self, slots: Collection[int], now: datetime) -> int:
        """A job for each ready batch of these slots that has none; how many."""
        return await self.database.write(queue.reconcile, slots, self.limits or {}, now)

    async def give_up_on(self, wait: timedelta, now: datetime) -> int:
        """Take for uncertain what replicas silent for ``wait`` had in flight; how many."""
        return await self.database.write(replicas.give_up_on, wait, self._me.row, now)

    async def in_flight(self) -> list[int]:
        """What this replica was sending when it last ended."""
        return await self.database.read(replicas.in_flight_of, self._me.row)

    async def recover(
        self, outcomes: Sequence[Outcome], now: datetime, *, resend: Collection[str] = ()
    ) -> None:
        """Settle what this replica left in flight, and open its batches again."""
        await self.database.write(self._recover, outcomes, resend, now)

    async def renew_wire(self) -> str:
        """A new identity, for this replica's wire journal that starts now."""
        return await self.database.write(replicas.renew_wire, self._me.row)

    @property
    def _me(self) -> Replica:
        if self.replica is None:
            raise LedgerError("this process has not entered the ledger as a replica")
        return self.replica

    def _recover(
        self,
        connection: Connection,
        outcomes: Sequence[Outcome],
        resend: Collection[str],
        now: datetime,
    ) -> None:
        for allowance in self.allowances:
            allowances.settle(connection, outcomes, allowance, self._me.row)
        settling.recover(connection, outcomes, resend, self._me, now)
