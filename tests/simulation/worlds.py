"""Many worlds, one after another, and what they came to."""

import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from tests.conftest import MEMORY
from tests.simulation.ground import EMAIL, SMS, Ground, make_ground
from tests.simulation.quiet import hushed
from tests.simulation.world import Found, live

#: One world in so many sends SMS.
TEXTS = 4


@dataclass(slots=True)
class Sum:
    """Over many worlds."""

    worlds: int = 0
    lives: int = 0
    uncertain: int = 0
    fell: Counter[str] = field(default_factory=Counter)
    failed: list[Found] = field(default_factory=list)

    def take_in(self, others: "Sum") -> None:
        self.worlds += others.worlds
        self.lives += others.lives
        self.uncertain += others.uncertain
        self.fell += others.fell
        self.failed += others.failed

    def add(self, found: Found) -> None:
        self.worlds += 1
        self.lives += found.lives
        self.uncertain += found.uncertain
        self.fell += found.fell
        if found.wrongs:
            self.failed.append(found)


class Worlds:
    """Where seeds are lived."""

    def __init__(self, grounds: dict[str, Ground]) -> None:
        self._grounds = grounds

    def ground(self, seed: int) -> Ground:
        return self._grounds[SMS if seed % TEXTS == TEXTS - 1 else EMAIL]

    def one(self, seed: int, planted: str = "") -> Found:
        return live(self.ground(seed), seed, planted=planted)

    def each(self, seeds: Iterable[int], planted: str = "") -> Iterator[Found]:
        for seed in seeds:
            yield self.one(seed, planted)

    def until(self, lives: int, seeds: Iterable[int], planted: str = "") -> Sum:
        """So many lives; with a bug planted, no more than it takes to find it."""
        came_to = Sum()
        for found in self.each(seeds, planted):
            came_to.add(found)
            if came_to.lives >= lives or (planted and came_to.failed):
                break
        return came_to


@contextmanager
def worlds() -> Iterator[Worlds]:
    """Makes what they begin from, which takes two seconds; nothing is logged meanwhile."""
    memory = str(MEMORY) if MEMORY.is_dir() else None
    with tempfile.TemporaryDirectory(prefix="simulation-", dir=memory) as folder, hushed():
        made = {}
        for channel in (EMAIL, SMS):
            place = Path(folder) / channel
            place.mkdir()
            made[channel] = make_ground(place, channel)
        yield Worlds(made)


def side_by_side(lives: int, first: int, planted: str, processes: int) -> Sum:
    """The same in several processes, each with every so manieth seed."""
    came_to = Sum()
    share = -(-lives // processes)
    with ProcessPoolExecutor(processes) as pool:
        asked = [
            pool.submit(_share, share, first + number, planted, processes)
            for number in range(processes)
        ]
        for one in asked:
            came_to.take_in(one.result())
    return came_to


def _share(lives: int, first: int, planted: str, step: int) -> Sum:
    with worlds() as where:
        return where.until(lives, count(first, step), planted)
