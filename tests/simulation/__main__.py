"""See the package's docstring."""

import argparse
import sys
import time

from tests.simulation.planted import PLANTED
from tests.simulation.world import live
from tests.simulation.worlds import Sum, Worlds, worlds


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.simulation")
    parser.add_argument("seed", type=int, nargs="?", help="one world, told step by step")
    parser.add_argument("--lives", type=int, default=0, help="so many, in one world after another")
    parser.add_argument("--first", type=int, default=0, help="the first world's seed")
    parser.add_argument("--planted", choices=PLANTED, default="", help="it must be found")
    asked = parser.parse_args()
    with worlds() as where:
        if asked.seed is not None:
            found = live(where.ground(asked.seed), asked.seed, print, asked.planted)
            print(*found.wrongs, sep="\n")
            sys.exit(bool(found.wrongs))
        sys.exit(not _many(where, asked.lives, asked.first, asked.planted))


def _many(where: Worlds, lives: int, first: int, planted: str) -> bool:
    """Whether every promise was kept; with a bug planted, whether one wasn't."""
    came_to, began = Sum(), time.process_time()
    seed = first
    while came_to.lives < lives and not (planted and came_to.failed):
        found = where.one(seed, planted)
        came_to.add(found)
        if found.wrongs:
            print(f"seed {seed}: {'; '.join(found.wrongs)}", flush=True)
        seed += 1
    spent = time.process_time() - began
    print(
        f"{came_to.worlds} worlds, {came_to.lives} lives: {len(came_to.failed)} failed, "
        f"{came_to.uncertain} uncertain; {spent:.1f} s, {1000 * spent / came_to.lives:.1f} ms each"
    )
    for name, times in came_to.fell.most_common():
        print(f"  {name}: {times}")
    return bool(came_to.failed) == bool(planted)


if __name__ == "__main__":
    main()
