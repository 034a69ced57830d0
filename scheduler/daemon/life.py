"""The daemon's life: open, recover, serve, look and send until told to stop, close."""

import asyncio
import os
import signal
import sys
from collections.abc import Callable, Sequence
from contextlib import AsyncExitStack, suppress
from datetime import date, datetime
from pathlib import Path
from socket import socket
from time import monotonic

from scheduler import __version__, bootstrap
from scheduler.bootstrap import App
from scheduler.config.configuration import Configuration
from scheduler.daemon import reload
from scheduler.daemon.asking_first import ask_first
from scheduler.daemon.clock_watch import ClockWatch
from scheduler.daemon.desk_token import shown_address, token_of
from scheduler.daemon.duties import look_ahead, watchers
from scheduler.daemon.identity import instance_id, name_file, name_on, shown
from scheduler.daemon.last_rehearsal import LastRehearsal
from scheduler.daemon.lock import DaemonLock, take_ledger
from scheduler.daemon.looks import Looks
from scheduler.daemon.per_app import PerApp
from scheduler.daemon.polling import keep_polling
from scheduler.daemon.recovery import recover
from scheduler.daemon.servers import Servers, listen
from scheduler.daemon.supervisor import Supervisor
from scheduler.daemon.telemetry.opening import telemetry_of
from scheduler.daemon.telling_accounts import tell_of_accounts
from scheduler.daemon.telling_late import tell_of_late
from scheduler.daemon.timer import LOOK_EVERY, Timer
from scheduler.domain.alarms.kinds import AlarmKind
from scheduler.domain.processes.replicas import LastLook
from scheduler.domain.sending import Lane
from scheduler.domain.showing.traced import Work
from scheduler.flow.answers.tallying import Tally
from scheduler.flow.law.noting import note_law
from scheduler.flow.send import Sender
from scheduler.log import get_logger
from scheduler.web.battle.rooms import Rooms
from scheduler.web.desk.app import make_desk
from scheduler.web.desk.first_look import look_first
from scheduler.web.public import make_public

log = get_logger(__name__)

#: Bytes after which the wire journal starts over, at a moment when nothing is on the wire.
LARGEST_JOURNAL = 4 << 20


class Daemon:
    """One process, one ledger. ``run`` returns when it was told to stop."""

    def __init__(self, app: App, config: Path, *, accept_restored_by: str = "") -> None:
        """``accept_restored_by``: who has looked at a restored ledger and lets it send."""
        self.app = app
        self._accept_restored_by = accept_restored_by
        #: A restored ledger sends nothing until a person has looked.
        self._may_send = False
        self._edits = reload.Edits(config, self._use)
        self._lock = DaemonLock(app.configuration.beside_ledger(".lock"))
        self._journal_path = app.configuration.beside_ledger(".wire")
        self._stop = asyncio.Event()
        self._synced: date | None = None
        self._looked_ahead: date | None = None
        self._looks = Looks()
        self._senders: list[Sender] = []
        #: Set by a test whose clock is its own.
        self.clock_watch = ClockWatch()
        self._tally = Tally(lambda: self.app.tallies)
        #: Rooms of the password battle: opened on the desk, played in on the public site.
        self._rooms = Rooms()
        self._rehearsal = LastRehearsal(app.configuration.var / "rehearsal")
        self._supervisor = Supervisor(os.environ)

    async def run(
        self, ready: Callable[[str], None], say: Callable[[str], None] = lambda line: None
    ) -> None:
        """``ready`` is told the desk's address once everything runs, ``say`` what has come too late
        to leave by itself.

        Raises LedgerError when another daemon has the ledger, ConfigError when a port is taken.
        Each step puts what it opened on a stack: whatever ends this, in the middle of the opening
        too, closes exactly that, the last first.
        """
        async with AsyncExitStack() as opened:
            sockets = await self._take_places(opened)
            look = await self._enter(opened)
            await self._open_providers(opened)
            token = token_of(self.app.configuration)
            await self._serve(opened, sockets, token.value if token else None)
            late = await self._begin_work(opened, look.latest if look else None)
            ready(shown_address(self.app.configuration.settings.web.desk_bind, token))
            for one in late:
                say(one)
            await self._tell_ready()
            opened.callback(self._supervisor.stopping)
            await self._supervisor.keep_telling(self._stop)
            await self._stop.wait()
        log.info("daemon.stopped")
        sys.stdout.flush()

    async def _take_places(self, opened: AsyncExitStack) -> tuple[socket, socket]:
        """The ledger and both ports: what another process may have."""
        web = self.app.configuration.settings.web
        opened.callback(self._lock.release)
        await take_ledger(self._lock, self.app.ledger)
        self._may_send = await self._remember_opt_outs()
        desk = opened.enter_context(listen(web.desk_bind, "web.desk_bind"))
        return desk, opened.enter_context(listen(web.public_bind, "web.public_bind"))

    async def _enter(self, opened: AsyncExitStack) -> LastLook | None:
        """Be a replica of the ledger, with what it had in flight settled; the look before."""
        settings, ledger = self.app.configuration.settings, self.app.ledger
        look = await ledger.last_look(self.app.clock())
        me = await ledger.enter(self._name(), shown(), self.app.clock())
        resend = bootstrap.resending_channels(settings)
        await recover(ledger, me, self._journal_path, self.app.clock(), resend)
        opened.push_async_callback(self._leave)
        await self.clock_watch.start(ledger, self.app.clock())
        reload.note_good(self.app.configuration, self.app.clock())
        await reload.tell_faults(ledger, self.app.configuration, self.app.clock())
        self._journal = bootstrap.WireJournal(self._journal_path, await ledger.renew_wire())
        opened.callback(self._journal.close)
        return look

    async def _open_providers(self, opened: AsyncExitStack) -> None:
        self.app.load()
        self.providers = bootstrap.make_providers(self.app.configuration.settings)
        self._planner = bootstrap.make_planner(self.app, self.providers)
        renderer = bootstrap.make_renderer(self.app)
        self._senders = bootstrap.make_senders(self.app, self.providers, renderer, self._journal)
        for provider in self.providers.values():
            await provider.open()
            opened.push_async_callback(provider.close)

    async def _serve(
        self, opened: AsyncExitStack, sockets: tuple[socket, socket], token: str | None
    ) -> None:
        sites = zip((self._make_desk(token), self._make_public()), sockets, strict=True)
        servers = Servers(list(sites), self.app.configuration.settings.web.trusted_proxies)
        opened.push_async_callback(self._rehearsal.close)
        await self._rehearsal.look(self.app)
        opened.push_async_callback(self._tally.close)
        opened.push_async_callback(servers.stop)
        await servers.start()
        self._listen_to_signals()

    async def _begin_work(self, opened: AsyncExitStack, before: datetime | None) -> list[str]:
        """Send, look and poll, until the stop; in words, what has come too late to leave."""
        await self.app.ledger.try_again(list(self.providers), self.app.clock())
        self._engine = bootstrap.make_engine(
            self.app, self.providers, self._senders, self._note_work, every=LOOK_EVERY
        )
        timer = Timer(self.look)
        polls: list[asyncio.Task[None]] = []
        telemetry = telemetry_of(lambda: self.app, lambda: self._looks.at)
        if telemetry is not None:
            opened.push_async_callback(telemetry.close)
        opened.push_async_callback(self._end_work, timer, polls)
        with suppress(Exception):
            # A ledger that takes no writes (a full disk) is worked on all the same.
            await self.app.ledger.note_program(__version__)
        await ask_first(self.app, self._planner, before)
        if self._may_send:
            await self._engine.start()
        late = await tell_of_late(self.app)
        await note_law(self.app.configuration, self.app.ledger, self.app.clock())
        timer.start()
        looking = watchers(
            lambda: self.app, self.providers, self._senders, self._engine, may_send=self._may_send
        )
        polls += [
            asyncio.create_task(keep_polling(one, self.app.clock, self._stop))
            for one in (*looking, *([telemetry] if telemetry else []))
        ]
        polls.append(asyncio.create_task(self._look_first()))
        return late

    async def _look_first(self) -> None:
        """Before whoever opens the desk does."""
        try:
            await look_first(self.app)
        except Exception as fault:  # the page asks again
            log.warning("desk.not_looked_at", reason=str(fault))

    async def _end_work(self, timer: Timer, polls: Sequence[asyncio.Task[None]]) -> None:
        self._stop.set()
        grace = self.app.configuration.settings.daemon.grace_seconds
        await asyncio.gather(timer.stop(grace), self._engine.stop(grace))
        await asyncio.gather(*polls)

    async def _tell_ready(self) -> None:
        if risk := bootstrap.mark_at_risk(self.app.configuration):
            log.warning("mark.at_risk", reason=risk)
        await tell_of_accounts(self.app, bootstrap.real_channels(self.providers))
        web = self.app.configuration.settings.web
        self._supervisor.ready()
        log.info("daemon.ready", desk=web.desk_bind, public=web.public_bind)

    def stop(self) -> None:
        """Finish what is on the wire, give back the rest, end."""
        self._stop.set()

    def is_ready(self) -> bool:
        """Looked at the calendar lately, and the last look didn't fail."""
        return self._looks.went_well_lately(self.app.clock())

    async def look(self) -> None:
        """What the timer calls: plan what is due, and wake the senders."""
        now, began = self.app.clock(), monotonic()
        try:
            await self.clock_watch.look(self.app.ledger, now)
            await self._edits.look(self.app, now)
            await self._rehearsal.look(self.app)
            if self._synced != now.date():
                await self._planner.sync(now)
                self._synced = now.date()
            await self._planner.plan_due(now)
            await self.app.ledger.expire(now)
            if self._looked_ahead != now.date():
                await look_ahead(self.app, now)
                self._looked_ahead = now.date()
            self._trim_journal()
            if self._may_send:
                await self.app.ledger.note_mark()
            await self._looks.went_well(self.app.ledger, now)
        except Exception as fault:
            # The next look starts over from the ledger: nothing is lost by this one.
            self._looks.went_wrong()
            log.exception("daemon.look_failed")
            await self._alarm(AlarmKind.LOOK_FAILED, "daemon", repr(fault))
        self._engine.wake()
        self.app.ledger.database.counted.trace(Work.LOOK, monotonic() - began)

    def _name(self) -> str:
        return name_on(name_file(self.app.configuration))

    async def _remember_opt_outs(self) -> bool:
        """What was refused since a backup was made; False when a restored ledger may not send."""
        # On SQLite the journal's own name says it all.
        replica = "" if self.app.ledger.database.is_sqlite else self._name()[:8]
        if self._accept_restored_by:
            await bootstrap.accept_restored(self.app, self._accept_restored_by, replica)
        await self.app.ledger.optouts.bring_in()
        found = await bootstrap.replay_opt_outs(self.app, replica)
        # A rotation of keys that was cut short goes to its end before anybody is written to.
        await bootstrap.rotation_of(self.app).finish(self.app.clock())
        return not found.doubt

    async def _alarm(self, kind: str, subject: str, detail: str) -> None:
        """As far as the ledger can still be written."""
        with suppress(Exception):
            await self.app.ledger.raise_alarm(kind, subject, detail, self.app.clock())

    def _trim_journal(self) -> None:
        """Once every outcome is in the ledger, what was on the wire is history."""
        if self._journal.size > LARGEST_JOURNAL and not any(one.busy for one in self._senders):
            self._journal.start_over()

    async def _note_work(self, lane: Lane, fault: Exception | None) -> None:
        """Sending failed, most likely for want of the ledger, and is tried again; or it works
        again."""
        if fault is None:
            await self.app.ledger.clear_alarm(AlarmKind.SEND_FAILED, lane.channel, self.app.clock())
            return
        log.error("daemon.send_failed", lane=lane.name, exc_info=fault)
        await self._alarm(AlarmKind.SEND_FAILED, lane.channel, repr(fault))

    def _use(self, configuration: Configuration) -> None:
        self.app = bootstrap.app_on(configuration, self.app.ledger, self.app.clock)
        self._planner = bootstrap.make_planner(self.app, self.providers)
        renderer = bootstrap.make_renderer(self.app)
        fresh = bootstrap.make_senders(self.app, self.providers, renderer, self._journal)
        for sender, renewed in zip(self._senders, fresh, strict=True):
            sender.use(renewed)
        self._synced = self._looked_ahead = None

    def _make_public(self) -> object:
        named = PerApp(
            lambda: self.app,
            lambda app: bootstrap.by_provider_name(app.configuration.settings, self.providers),
        )
        return make_public(
            lambda: self.app, named, ready=self.is_ready, tally=self._tally, rooms=self._rooms
        )

    def _make_desk(self, token: str | None) -> object:
        return make_desk(
            lambda: self.app,
            lambda: self._rehearsal.app,
            source=lambda app: app.desk,
            rehearsal_outbox=self._rehearsal.outbox,
            real_channels=bootstrap.real_channels(self.providers),
            token=token,
            ready=self.is_ready,
            looked_at=lambda: self._looks.at,
            instance=instance_id(self.app.configuration) or "",
            rooms=self._rooms,
        )

    def _listen_to_signals(self) -> None:
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self.stop)

    async def _leave(self) -> None:
        # With the server away, others find out by its silence.
        with suppress(Exception):
            await self.app.ledger.leave()
