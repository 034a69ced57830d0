"""Many worlds, one after another, and what they came to."""

import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
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
