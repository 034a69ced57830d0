"""One world: its machine, its network, its owners, what befalls them, and the reckoning.

found = live(ground, 4711)
assert not found.wrongs
"""

import hashlib
from asyncio import events
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from random import Random
from typing import Any

import pytest

from scheduler import bootstrap
from scheduler.bootstrap import App
from tests.simulation import ledger
from tests.simulation.disk import Files
from tests.simulation.fate import Fates
from tests.simulation.ground import CONNECTIONS, DUE, EMAIL, Ground
from tests.simulation.link import Weather
from tests.simulation.machine import Machine
from tests.simulation.misfortunes import deal
from tests.simulation.net import Net
from tests.simulation.owner import Owner, open_app
from tests.simulation.people import People, Wishes
from tests.simulation.planted import PLANTED
from tests.simulation.process import Process
from tests.simulation.reckoning import Reckoning
from tests.simulation.relay import Habits, Relay
from tests.simulation.seams import seams
from tests.simulation.threads import Calls, Disk
from tests.simulation.twilio import Twilio

#: Seconds after which nothing more befalls anybody, and at which a world is stuck.
LATEST, STUCK = 240.0, 86_000.0
#: Callbacks and events after which it runs in a circle.
CIRCLE = 600_000


@dataclass(kw_only=True, slots=True)
class Found:
    """What a world came to."""

    seed: int
    lives: int = 0
    steps: int = 0
    uncertain: int = 0
    wrongs: list[str] = field(default_factory=list)
    fell: Counter[str] = field(default_factory=Counter)
    #: Of everything that happened, for two runs of one seed to be compared.
    trace: str = ""


class World:
    """Lives once."""

    def __init__(
        self, ground: Ground, seed: int, tell: Callable[[str], None], planted: str = ""
    ) -> None:
        self.planted = planted
        self.ground = ground
        self.seed = seed
        self.chance = chance = Random(seed)  # noqa: S311 - the same each time
        self.machine = Machine(chance)
        self.found = Found(seed=seed)
        self._tell = tell
        self._told = hashlib.sha256()
        self.fates = Fates(chance, lambda one: one.name.startswith("owner"), self.say)
        self.calls = Calls(
            self.machine,
            Disk(usual=chance.choice((0.0005, 0.004, 0.02)), slow=chance.choice((0.05, 3.0))),
            self.fates,
        )
        self.files = Files(chance, self.fates, self.acting)
        self.habits = Habits(
            pipelining=chance.random() < 0.6,
            trouble=chance.choice((0.0, 0.01, 0.04, 0.15)),
            pace=chance.choice((0.0002, 0.02, 0.4)),
            slow=chance.choice((0.0, 5.0)),
            lenient=chance.random() < 0.5,
        )
        self.weather = Weather(
            nearest=0.0,
            farthest=chance.choice((0.0001, 0.01, 0.08)),
            room=chance.choice((700, 4000, 65_536)),
            splits=chance.random() < 0.4,
        )
        self._troubled = self.habits.trouble > 0
        makes = Relay if ground.channel == EMAIL else Twilio
        self.relay = makes(self.machine, self.habits)
        self.net = Net(self.machine, self.weather, self.fates, self.relay.accept)
        self.wishes = Wishes()
        self.people = People(self.machine, ground, self.wishes)
        self.trust = chance.choice((0, 2, 100))
        self.shares = chance.random() < 0.3
        self.resend = ground.channel == EMAIL and chance.random() < 0.15
        self.calm = chance.choice((1.0, 8.0, 40.0))
        self.owners: dict[int, Owner] = {}
        #: By how much each machine's clock is wrong.
        self.clocks = {number: timedelta(0) for number in range(1, 4)}
        self.boot = ground.folder / "boot"
        #: Owners whose last end was a kill and nothing else.
        self._killed: set[int] = set()
        self._command: App | None = None
        self._commander: Process

    # Time, and who acts

    @property
    def now(self) -> datetime:
        return DUE[self.ground.channel] + timedelta(seconds=self.machine.now)

    def acting(self) -> Process | None:
        running = self.calls.inside or events._get_running_loop()
        return running if isinstance(running, Process) else None

    def say(self, what: str) -> None:
        line = f"{self.machine.now:10.4f} {what}"
        self._told.update(line.encode())
        self._tell(line)

    # Lives

    def process(self, name: str) -> Process:
        return Process(self.machine, name, network=self.net, threads=self.calls, fate=self.fates)

    def start(self, number: int) -> None:
        """One more life of this owner."""
        if number in self.owners and not self.owners[number].process.dead:
            return
        self.found.lives += 1
        self.say(f"owner{number} starts")
        process = self.process(f"owner{number}")
        self.owners[number] = owner = Owner(
            process,
            self.ground,
            number=number,
            shares=self.shares,
            clock=lambda: self.now + self.clocks[number],
            providers=self._providers,
            resend=self.resend,
            seed=self.seed,
            recovered=partial(self._note_doubts, number),
        )
        owner.begin()

    def _providers(self, process: Process) -> dict[str, Any]:
        made = bootstrap.make_providers(self.ground.configuration.settings)
        if self.ground.channel != EMAIL:
            assert isinstance(self.relay, Twilio)
            one: Any = made[self.ground.channel]
            one._session = self.relay.session(process)
            one.concurrency = CONNECTIONS[self.ground.channel]
        return {self.ground.channel: made[self.ground.channel]}

    def kill(self, process: Process, *, power_cut: bool = False) -> None:
        number = int(process.name.removeprefix("owner"))
        self._killed.discard(number)
        if not power_cut and self.fates.fell["power cut"] == 0:
            self._killed.add(number)
        process.die()
        self.net.ended(process, power_cut=power_cut)
        delay = self.chance.choice((0.1, 2.0, 8.0, 40.0 if self.shares else 1.0))
        self.machine.after(delay, lambda: self.start(number))

    def _note_doubts(self, number: int, doubts: int) -> None:
        """A start found so many in flight of which nobody knows: no more than connections, where
        nothing but a kill had befallen them."""
        alone = not any(self.fates.fell[one] for one in OTHER_DOUBTS) and not self._troubled
        if number in self._killed and alone and doubts > CONNECTIONS[self.ground.channel]:
            self.found.wrongs.append(f"DOUBTS {doubts} after a kill of owner{number}")

    def owner_of(self, process: Process) -> Owner:
        return self.owners[int(process.name.removeprefix("owner"))]

    def command(self) -> tuple[Process, App]:
        """A process beside them, which is struck by nothing."""
        if self._command is None:
            self._commander = self.process("command")
            name = "elsewhere" if self.shares else ""
            self._command = open_app(self.ground, self.ground.configuration, lambda: self.now, name)
        return self._commander, self._command

    # The whole of it

    def live(self) -> Found:
        self._lay()
        due = DUE[self.ground.channel]
        with (
            seams(self.machine, self.files, self.boot, due, shares=self.shares, trust=self.trust),
            pytest.MonkeyPatch.context() as patches,
        ):
            ledger.begin(self.ground)
            if self.planted:
                PLANTED[self.planted](patches.setattr)
            ledger.watch_commits(self.ground, self.calls, self.fates)
            deal(self)
            for number in range(1, 4 if self.shares else 2):
                self.machine.after(self.chance.random() * 3, partial(self.start, number))
            self.machine.after(0.0, self._watch)
            try:
                self.machine.run(self._is_over)
            finally:
                self._bury()
        self._reckon()
        return self.found

    def _lay(self) -> None:
        var = self.ground.folder / "var"
        for path in var.iterdir():
            if path.name != "keys.json":
                path.unlink()
        self.boot.write_bytes(b"boot-1")

    def _watch(self) -> None:
        """Every second: whoever ended is started again, and when all is spent it gets quiet."""
        for number, owner in list(self.owners.items()):
            if owner.ended and not owner.process.dead:
                self.say(f"owner{number}: {owner.how}")
                self.kill(owner.process)
        spent = not self._waiting or (not self.fates.left and self.machine.now > self.calm)
        if not self.fates.quiet and (spent or self.machine.now > LATEST):
            self._quiet()
        self.machine.after(1.0 if self.machine.now < LATEST else 60.0, self._watch)

    def _quiet(self) -> None:
        """From now on nothing goes wrong any more."""
        self.say("quiet")
        self.fates.quiet = True
        self.habits.trouble = self.habits.slow = 0.0

    @property
    def _waiting(self) -> bool:
        return bool(ledger.ask(self.ground, WAITING)[0][0])

    def _is_over(self) -> bool:
        machine = self.machine
        if machine.now > STUCK or machine.steps > CIRCLE:
            return True
        if not self.fates.quiet or machine.steps % 50:
            return False
        return not self._waiting

    def _bury(self) -> None:
        for owner in self.owners.values():
            self.found.wrongs += [f"FAULT {one}" for one in owner.process.faults]
        for process in self.machine.every:
            process.bury()
        self.files.close_all()

    def _reckon(self) -> None:
        reckoning = Reckoning(self.ground, self.relay, self.wishes)
        reckoning.judge()
        self.found.wrongs += reckoning.found
        self.found.uncertain = reckoning.uncertain
        self.found.steps = self.machine.steps
        self.found.fell = self.fates.fell
        states = Counter(row[0] for row in ledger.ask(self.ground, STATES))
        self.say(f"over: {sorted(states.items())}, mark {self.machine.mark}")
        self.found.trace = self._told.hexdigest()


#: Misfortunes that leave doubts of their own.
OTHER_DOUBTS = ("note fails", "hung up", "network cut", "power cut")
WAITING = "select exists (select 1 from delivery where state in ('waiting', 'sending'))"
STATES = "select state from delivery"


def live(
    ground: Ground,
    seed: int,
    tell: Callable[[str], None] = lambda line: None,
    planted: str = "",
) -> Found:
    """The world of a seed, to its end; ``planted`` names a bug that it has."""
    return World(ground, seed, tell, planted).live()
