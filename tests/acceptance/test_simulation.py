"""The shipped send path under a seeded scheduler: no world may lose, repeat or delay anything.

`python -m tests.simulation SEED` replays a seed that failed; it is kept below, with what it found.
"""

from collections.abc import Iterator
from itertools import count

import pytest

from tests.simulation.planted import PLANTED
from tests.simulation.world import Found
from tests.simulation.worlds import Sum, Worlds, worlds

#: What `make test` has time for: some 25 seconds of a processor.
WORLDS = 60
#: Seeds that found something once, and what; they are lived again each time.
KEPT = {5233: "a daemon that could not say that it left was never started again"}
#: Within so many lives a bug is found.
SOON = 2000


@pytest.fixture(scope="module")
def where() -> Iterator[Worlds]:
    with worlds() as made:
        yield made


def told(failed: list[Found]) -> str:
    """What to say to see it happen."""
    return "\n".join(
        f"python -m tests.simulation {one.seed}: {'; '.join(one.wrongs)}" for one in failed
    )


def test_whatever_befalls_it_nobody_is_lost_written_to_twice_or_late(where: Worlds) -> None:
    came_to = Sum()
    for found in where.each(range(WORLDS)):
        came_to.add(found)

    assert not came_to.failed, told(came_to.failed)
    # The worlds were eventful: else nothing was shown.
    assert came_to.lives > 2 * WORLDS
    assert came_to.fell["killed"] > WORLDS / 3


def test_what_was_found_once_is_mended(where: Worlds) -> None:
    failed = [found for found in where.each(KEPT) if found.wrongs]

    assert not failed, told(failed)


def test_a_seed_is_the_same_world_each_time(where: Worlds) -> None:
    assert where.one(1).trace == where.one(1).trace != where.one(2).trace


@pytest.mark.long
@pytest.mark.parametrize("planted", PLANTED)
def test_a_bug_planted_on_purpose_is_found(where: Worlds, planted: str) -> None:
    came_to = where.until(SOON, count(), planted)

    assert came_to.failed
