"""What befalls a world, where, and how often: drawn once from its seed.

A blow waits at a place (a callback, a commit, a write, a sync …) and falls when an owner comes by
there for the nth time, whichever owner it is. Whoever is struck may be killed, frozen or failed;
or something happens elsewhere at that very moment: a person refuses, somebody pauses the sending.
"""

from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random

from tests.simulation.process import Process

#: Where blows fall, and up to which time of coming by.
PLACES = {
    "await": 700,
    "call": 60,
    "commit": 24,
    "committed": 24,
    "note": 36,
    "noted": 36,
    "line": 12,
    "lined": 12,
    "sync": 4,
    "synced": 4,
    "write": 70,
    "written": 70,
}
#: Does what happens; is told who came by, and where.
Act = Callable[[Process, str], None]


@dataclass(slots=True)
class Blow:
    """One misfortune that waits."""

    place: str
    left: int
    name: str
    act: Act


@dataclass(slots=True)
class Fates:
    """Of one world. Nothing falls once it is quiet, nor on who is no owner."""

    chance: Random
    is_owner: Callable[[Process], bool]
    tell: Callable[[str], None]
    quiet: bool = False
    #: What has fallen so far.
    fell: Counter[str] = field(default_factory=Counter)
    _waiting: defaultdict[str, list[Blow]] = field(default_factory=lambda: defaultdict(list))
    _falling: bool = False

    def draw(self, name: str, act: Act, places: tuple[str, ...] = tuple(PLACES)) -> None:
        """Have something wait at one of these places."""
        place = self.chance.choice(places)
        # As often early as late, and seldom at the very end.
        left = 1 + int(PLACES[place] * self.chance.random() ** 1.5)
        self._waiting[place].append(Blow(place, left, name, act))

    @property
    def left(self) -> int:
        return sum(len(some) for some in self._waiting.values())

    def comes_by(self, process: Process, place: str) -> None:
        waiting = self._waiting.get(place)
        if not waiting or self.quiet or self._falling or not self.is_owner(process):
            return
        for blow in tuple(waiting):
            blow.left -= 1
        for blow in [one for one in waiting if one.left <= 0]:
            waiting.remove(blow)
            self._fall(blow, process)

    def _fall(self, blow: Blow, process: Process) -> None:
        self.fell[blow.name] += 1
        self.tell(f"{blow.name} at {blow.place!r} of {process.name}")
        self._falling = True
        try:
            # What it raises, the process meets.
            blow.act(process, blow.place)
        finally:
            self._falling = False
