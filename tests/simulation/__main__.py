"""See the package's docstring."""

import argparse
import sys
import time

from tests.simulation.planted import PLANTED
from tests.simulation.world import live
from tests.simulation.worlds import side_by_side, worlds


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.simulation")
    parser.add_argument("seed", type=int, nargs="?", help="one world, told step by step")
    parser.add_argument("--lives", type=int, default=0, help="so many, in one world after another")
    parser.add_argument("--first", type=int, default=0, help="the first world's seed")
    parser.add_argument("--processes", type=int, default=1, help="so many worlds at once")
    parser.add_argument("--planted", choices=PLANTED, default="", help="it must be found")
    asked = parser.parse_args()
    if asked.seed is not None:
        sys.exit(not _one(asked.seed, asked.planted))
    sys.exit(not _many(asked.lives, asked.first, asked.processes, asked.planted))


def _one(seed: int, planted: str) -> bool:
    """Whether every promise was kept."""
    with worlds() as where:
        found = live(where.ground(seed), seed, print, planted)
    print(*found.wrongs, sep="\n")
    return not found.wrongs


def _many(lives: int, first: int, processes: int, planted: str) -> bool:
    """The same of many; with a bug planted, whether one wasn't."""
    began = time.monotonic()
    came_to = side_by_side(lives, first, planted, processes)
    for found in came_to.failed:
        print(f"seed {found.seed}: {'; '.join(found.wrongs)}")
    print(
        f"{came_to.worlds} worlds, {came_to.lives} lives: {len(came_to.failed)} failed, "
        f"{came_to.uncertain} uncertain; {time.monotonic() - began:.1f} s"
    )
    for name, times in came_to.fell.most_common():
        print(f"  {name}: {times}")
    return bool(came_to.failed) == bool(planted)


if __name__ == "__main__":
    main()
