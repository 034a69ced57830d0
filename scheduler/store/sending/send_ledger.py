"""The ledger as the send step sees it, for one replica: each method is one transaction.

The statements are in the modules beside this one; sealed values are opened here.
"""

from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection

from scheduler.domain.answers.bursts import BurstLimits, Refusal
from scheduler.domain.consent.optout import OptOut
from scheduler.domain.delivery import Outcome
from scheduler.domain.intents import Told, Turned, Wanted
from scheduler.domain.measure.pace import Allowance
from scheduler.domain.processes.replicas import Replica
from scheduler.domain.sending import Claim, Due, Lane, OpenSlot
from scheduler.store.database import Database
from scheduler.store.keys.sealing import Keys
from scheduler.store.optouts.high_water import advance
from scheduler.store.optouts.journal import OptOutJournal
from scheduler.store.optouts.writer import OptOutWriter
from scheduler.store.planning.contents import content_source
from scheduler.store.sending import (
    allowances,
    breakers,
    bursts,
    claiming,
    halts,
    queue,
    settling,
    turns,
)
from scheduler.store.sending import intents as sending
from scheduler.store.sending.due_rows import due_rows, opened
from scheduler.store.sending.refused_addresses import Refusals
from scheduler.store.transactions import reading, reading_kept, writing


class SendLedger:
    """What ``Ledger`` is made of for sending. Not made by itself."""

    def __init__(self, database: Database, keys: Keys, journal: OptOutJournal | None) -> None:
        self.database = database
        self.keys = keys
        self.journal = journal
        self.optouts = OptOutWriter(database, journal, keys)
        #: Of this process, once it has entered; a command has none.
        self.replica: Replica | None = None
        #: Batches of limited destinations worked at once, where replicas share the work by a
        #: queue; None: this process has it all.
        self.limits: queue.Limits | None = None
        #: What a day allows a channel.
        self.allowances: Sequence[Allowance] = ()
        #: From how many refusals a domain is held for ill.
        self.burst_limits = BurstLimits()

    async def open_slots(self, lane: Lane, now: datetime) -> list[OpenSlot]:
        # Mostly there is nothing at all, at whatever time. Where that isn't kept, once is enough.
        if self.database.keeps and not await self.database.read_kept(claiming.any_open, lane):
            return []
        return await self.database.read(claiming.open_slots, lane, now)

    claim = writing(claiming.claim)

    async def due(self, claim: Claim, now: datetime, limit: int) -> list[Due]:
        rows = await self.database.read(due_rows, claim, now, limit)
        return [opened(self.keys, row) for row in rows]

    content = reading(content_source)

    async def take_intents(
        self,
        claim: Claim,
        deliveries: Collection[int],
        now: datetime,
        costs: Mapping[int, int] | None = None,
    ) -> set[int]:
        if self.optouts.holds_aside:
            return set()
        taken, mark = await self.database.write(self._intend, claim, deliveries, now, costs or {})
        self._note_mark(mark)
        return taken

    async def turn(self, told: Told, wanted: Wanted | None, now: datetime) -> Turned:
        """Outcomes, then intents, in one transaction; while an opt-out is kept beside the ledger,
        everybody that is asked for is refused."""
        refused = wanted if self.optouts.holds_aside else None
        turned, mark = await self.database.write(self._turn, told, None if refused else wanted, now)
        self._note_mark(mark)
        return replace(turned, asked=len(refused.candidates)) if refused else turned

    @property
    def heard(self) -> int:
        return self.optouts.heard

    async def still_may(self, claim: Claim, deliveries: Collection[int], now: datetime) -> set[int]:
        if self.optouts.holds_aside:
            return set()
        replica = self.replica.row if self.replica else None
        return await self.database.read(sending.still_may, claim, deliveries, now, replica)

    async def record(
        self,
        outcomes: Sequence[Outcome],
        suppressions: Sequence[tuple[int, OptOut]] = (),
        refusals: Sequence[Refusal] = (),
    ) -> None:
        """Outcomes, and what they say of addresses (by address id), in one transaction."""
        await self.database.write(self._record, outcomes, suppressions, refusals)

    release = writing(claiming.release)

    async def expire(self, now: datetime) -> int:
        limit = await self.database.read_kept(settling.next_limit)
        if limit is None or limit >= now:
            return 0
        return await self.database.write(settling.expire, now)

    next_ready = reading(settling.next_ready)

    # Breakers

    resting = reading_kept(breakers.of_lane)

    #: Every breaker that isn't closed.
    rests = reading(breakers.every)

    probe = writing(breakers.probe)

    #: A trial that tried nothing: another may be made at once.
    end_probe = writing(breakers.end_probe)

    #: Nothing of the campaign, or for a country (``+262``), leaves on the channel until a
    #: person acts.
    raise_halt = writing(halts.raise_halt)

    #: Countries that nothing leaves for on the channel, with the provider's words.
    closed_countries = reading(halts.closed_countries)

    trip = writing(breakers.trip)

    close_breaker = writing(breakers.close)

    #: One message is tried at once on each channel that rests.
    try_again = writing(breakers.try_again)

    def _turn(
        self, connection: Connection, told: Told, wanted: Wanted | None, now: datetime
    ) -> tuple[Turned, int]:
        """What the ledger answers, and its mark then; 0 when nothing may leave."""
        if told.outcomes:
            self._record(connection, told.outcomes, told.suppressions, told.refusals)
        if wanted is None:
            return Turned(), 0
        rests = breakers.of_lane(connection, wanted.lane)
        if rests and not wanted.is_trial:
            return Turned(rests=rests), 0
        asked = turns.paced(connection, wanted, now)
        costs: dict[int, int] = {one.delivery: one.cost for one in asked}
        taken, mark = self._intend(connection, wanted.claim, list(costs), now, costs)
        channel = wanted.claim.channel
        closed = halts.closed_countries(connection, channel) if wanted.is_by_number else {}
        return Turned(taken=frozenset(taken), asked=len(asked), closed=closed), mark

    def _note_mark(self, mark: int) -> None:
        if self.journal is not None and mark:
            # The journal only helps after a restore: a full disk there stops nobody's message.
            with suppress(OSError):
                self.journal.note_mark(mark)

    def _record(
        self,
        connection: Connection,
        outcomes: Sequence[Outcome],
        suppressions: Sequence[tuple[int, OptOut]],
        refusals: Sequence[Refusal],
    ) -> None:
        replica = self.replica.row if self.replica else None
        for allowance in self.allowances:
            allowances.settle(connection, outcomes, allowance, replica)
        sending.record(connection, outcomes, replica)
        if suppressions:
            self.optouts.record(connection, suppressions)
        if refusals:
            decides = Refusals(keys=self.keys, optouts=self.optouts, limits=self.burst_limits)
            decides.take(connection, refusals, max(one.at for one in refusals))
        bursts.note_accepted(connection, outcomes)

    def _intend(
        self,
        connection: Connection,
        claim: Claim,
        deliveries: Collection[int],
        now: datetime,
        costs: Mapping[int, int],
    ) -> tuple[set[int], int]:
        """Which may leave, and the ledger's mark then; 0 when none may."""
        replica = self.replica.row if self.replica else None
        taken = sending.take_intents(connection, claim, deliveries, now, replica)
        for allowance in self.allowances:
            if allowance.channel == claim.channel:
                mine = [one for one in deliveries if one in taken]
                weights = {one: allowance.weight(costs.get(one, 0)) for one in mine}
                taken = allowances.reserve(connection, claim, weights, allowance, now)
        return taken, advance(connection) if taken else 0
