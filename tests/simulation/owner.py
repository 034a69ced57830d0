"""One life of one owner: what the daemon does from its start to its end, as it does it.

Everything in it is shipped: the start's recovery, the senders, the engine, the provider. Only the
outside is the world's; the desk, the pages, the mailbox and the alarm clock aren't here.
"""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy.exc import DBAPIError

from scheduler import bootstrap
from scheduler.bootstrap import App
from scheduler.bootstrap.pace import limit
from scheduler.config.configuration import Configuration
from scheduler.daemon.clock_watch import ClockWatch
from scheduler.daemon.recovery import recover
from scheduler.domain.errors import ReflexeError
from scheduler.domain.sending import Lane
from scheduler.engine.local import LocalEngine
from scheduler.flow.send import Sender
from scheduler.store.database import Database
from scheduler.store.ledger import Ledger
from scheduler.store.optouts.journal import OptOutJournal
from scheduler.store.sending.wire_journal import WireJournal
from tests.simulation.ground import KEYS, Ground
from tests.simulation.ledger import ask
from tests.simulation.process import Process

#: Seconds between two looks while there is something to send, and the longest without one.
LOOK, LONGEST = 5.0, 60.0
#: Seconds between two times that a look is noted, and that what is too late ends.
NOTED = 20.0
#: Seconds between two signs of life, and how long a silent replica's journal is waited for.
BEAT, JOURNAL_WAIT = 5.0, timedelta(minutes=10)
#: Octets of a wire journal that is emptied when nothing is under way.
LARGEST_JOURNAL = 300
DOUBTS = """
    select count(*) from delivery
    where replica_id = ? and (state = 'uncertain' or may_have_left)
"""


class Owner:
    """A replica of the ledger, or the only daemon."""

    def __init__(
        self,
        process: Process,
        ground: Ground,
        *,
        number: int,
        shares: bool,
        clock: Callable[[], datetime],
        providers: Callable[[Process], dict[str, Any]],
        resend: bool,
        seed: int,
        recovered: Callable[[int], None],
    ) -> None:
        self.process = process
        self.ground = ground
        self.clock = clock
        self.app: App
        self.senders: list[Sender] = []
        self.journal: WireJournal
        #: It gave everything back and ended in good order.
        self.ended = False
        self._number = number
        self._shares = shares
        self._resend = resend
        self._recovered = recovered
        self._providers = providers
        self._seed = seed
        self._stop = asyncio.Event()

    @property
    def wire(self) -> Path:
        return self.ground.folder / "var" / f"{self._number}.wire"

    def begin(self) -> None:
        self.process.create_task(self._live())

    def stop(self) -> None:
        """As SIGTERM does."""
        self._stop.set()

    async def _live(self) -> None:
        try:
            await self._start()
        except (DBAPIError, OSError, ReflexeError) as fault:
            # A daemon that can't start ends, and is started again.
            self._note_end(f"no start: {fault!r}")
            return
        engine = LocalEngine(self.senders, self._report, every=LONGEST)
        await engine.start()
        looks = [asyncio.create_task(self._keep_looking(engine))]
        if self._shares:
            looks.append(asyncio.create_task(self._keep_beating()))
        await self._stop.wait()
        for one in looks:
            one.cancel()
        await engine.stop(5.0)
        for one in looks:
            await asyncio.wait([one])
        self.journal.close()
        try:
            await self.app.ledger.leave()
        except (DBAPIError, OSError, ReflexeError) as fault:
            # Gone all the same, and started again.
            self._note_end(f"no leave: {fault!r}")
            return
        self._note_end("ended")

    def _note_end(self, how: str) -> None:
        self.ended = True
        self.how = how

    async def _start(self) -> None:
        name = f"owner{self._number}" if self._shares else ""
        configuration = self.ground.resending if self._resend else self.ground.configuration
        self.app = app = open_app(self.ground, configuration, self.clock, name)
        ledger = app.ledger
        await ledger.optouts.bring_in()
        await bootstrap.replay_opt_outs(app, name)
        me = await ledger.enter(name or "alone", "host", self.clock())
        resend = bootstrap.resending_channels(configuration.settings)
        before = self._in_doubt(me.row)
        await recover(ledger, me, self.wire, self.clock(), resend)
        self._recovered(self._in_doubt(me.row) - before)
        self._clock_watch = ClockWatch(self.process.time)
        await self._clock_watch.start(ledger, self.clock())
        self.journal = WireJournal(self.wire, await ledger.renew_wire())
        renderer = bootstrap.make_renderer(app)
        made = self._providers(self.process)
        self.senders = bootstrap.make_senders(app, made, renderer, self.journal)
        for sender in self.senders:
            _repeat(sender, self._seed)
        await ledger.try_again(list(made), self.clock())

    def _in_doubt(self, row: int) -> int:
        """Of its deliveries, those of which nobody knows, or that are sent again for it."""
        found: int = ask(self.ground, DOUBTS, row)[0][0]
        return found

    async def _keep_looking(self, engine: LocalEngine) -> None:
        ledger, noted = self.app.ledger, -NOTED
        while True:
            now = self.clock()
            try:
                await self._clock_watch.look(ledger, now)
                if self.process.time() - noted >= NOTED:
                    await ledger.expire(now)
                    await ledger.note_look(now)
                    noted = self.process.time()
                self._trim()
                wait = await self._until_next(now)
            except Exception:
                wait = LOOK
            engine.wake()
            await asyncio.sleep(wait)

    async def _until_next(self, now: datetime) -> float:
        """No look is worth its while before the next row is ready, or a rest is over."""
        ready = await self.app.ledger.next_ready()
        if ready is None:
            return LONGEST
        rests = [one.rests_until for one in self.senders if one.rests_until]
        left = (max([ready, *rests]) - now).total_seconds()
        return min(max(left, LOOK), LONGEST)

    def _trim(self) -> None:
        """As the daemon does, by a smaller measure."""
        if self.journal.size > LARGEST_JOURNAL and not any(one.busy for one in self.senders):
            self.journal.start_over()

    async def _keep_beating(self) -> None:
        """Signs of life, and the work of the dead; the queue's hints aren't needed."""
        ledger = self.app.ledger
        for number in count():
            try:
                await ledger.beat(self.clock())
                if number % 2:
                    await ledger.free_batches(self.clock())
                    await ledger.give_up_on(JOURNAL_WAIT, self.clock())
            except Exception:  # noqa: S110 - the next look starts over
                pass
            await asyncio.sleep(BEAT)

    async def _report(self, lane: Lane, fault: Exception | None) -> None:
        """To the log; the world's reckoning is of what came of it."""


def _repeat(sender: object, seed: int) -> None:
    """Jitter that can be repeated, wherever a sender keeps what it draws from."""
    for name in getattr(type(sender), "__slots__", ()):
        part = getattr(sender, name, None)
        if isinstance(part, Random):
            setattr(sender, name, Random(seed))  # noqa: S311 - the same each time
        elif type(part).__module__.startswith("scheduler.flow"):
            _repeat(part, seed)


def open_app(
    ground: Ground,
    configuration: Configuration,
    clock: Callable[[], datetime],
    replica: str = "",
) -> App:
    """As ``bootstrap.open_app`` on a ledger that is there; ``replica`` is one of several."""
    var = ground.folder / "var"
    journal = OptOutJournal(var / f"optouts{replica}", KEYS.check_value, var / f"mark{replica}")
    database = Database(ground.url)
    # What several share is no file of one process's own.
    database.is_sqlite = not replica
    ledger = Ledger(database, KEYS, ground.made_at, journal)
    limit(ledger, configuration.settings)
    return bootstrap.app_on(configuration, ledger, clock)
