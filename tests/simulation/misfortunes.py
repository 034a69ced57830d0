"""What may befall a world, and how much of it a seed deals out."""

import sqlite3
from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from tests.simulation.disk import FULL, TornWrite
from tests.simulation.fate import PLACES, Act
from tests.simulation.ground import PEOPLE
from tests.simulation.ledger import FAILURES
from tests.simulation.machine import Died
from tests.simulation.process import Process

if TYPE_CHECKING:
    from tests.simulation.world import World

#: The most that befalls one world.
MOST = 6
COMMITS = ("commit", "committed")
#: Everywhere, and more often where a promise hangs by a moment.
DEADLY = (*PLACES, *("committed", "note", "noted"), *["written"] * 3)
#: Where a process may stand still in the midst of a call.
STANDING = ("note", "noted", "write", "written")


def deal(world: "World") -> None:
    """Draw what will happen, and where it waits."""
    chance = world.chance
    # Each is in one thing alone.
    people = chance.sample(range(1, PEOPLE + 1), PEOPLE)
    makers: list[tuple[int, Callable[[], None]]] = [
        (10, lambda: world.fates.draw("killed", _kill(world), DEADLY)),
        (2, lambda: world.fates.draw("power cut", _power_cut(world))),
        (
            4,
            lambda: world.fates.draw(
                "frozen", _freeze(world, _some(world, people)), ("await", "call", *STANDING)
            ),
        ),
        (3, lambda: world.fates.draw("commit fails", _fail(world), COMMITS)),
        (2, lambda: world.fates.draw("note fails", _fail_note(world), ("note", "line"))),
        (1, lambda: world.fates.draw("sync fails", _fail_sync, ("sync",))),
        (2, lambda: world.fates.draw("stopped", lambda process, _: world.owner_of(process).stop())),
        (6, lambda: world.fates.draw("a refusal", _refuse(world, people.pop()))),
        (2, lambda: world.fates.draw("a pause", _pause(world))),
        (2, lambda: world.fates.draw("a move", _move(world, people.pop()))),
        (2, lambda: world.fates.draw("clock set", _set_clock(world))),
        (1, lambda: world.fates.draw("hung up", lambda _process, _: world.relay.hang_up())),
        (1, lambda: world.fates.draw("network cut", _cut(world), ("write", "written"))),
    ]
    weights = [one for one, _ in makers]
    for _, maker in chance.choices(makers, weights, k=chance.randint(1, MOST)):
        maker()


def _some(world: "World", people: list[int]) -> list[int]:
    """Three, or nobody; enough are left for what else may befall one."""
    few = world.chance.random() < 0.6 or len(people) < MOST + 3
    return [] if few else [people.pop() for _ in range(3)]


def _kill(world: "World") -> Act:
    def act(process: Process, _place: str) -> None:
        world.kill(process)
        raise Died

    return act


def _power_cut(world: "World") -> Act:
    """Of every machine at once."""

    def act(process: Process, _place: str) -> None:
        for owner in list(world.owners.values()):
            if not owner.process.dead:
                world.kill(owner.process, power_cut=True)
        world.files.lose_power()
        world.boot.write_bytes(f"boot-{world.machine.now}".encode())
        raise Died

    return act


def _refuse_by_command(world: "World", contact: int) -> None:
    world.people.refuse_by_command(*world.command(), contact)


def _freeze(world: "World", meanwhile: Sequence[int]) -> Act:
    """Some refuse in the meantime."""
    # Among several it is longer, often enough for others to take over.
    lasts = (20.0, 40.0, 61.0, 330.0) if world.shares else (0.3, 1.2, 3.0, 20.0, 61.0, 330.0)
    seconds = world.chance.choice(lasts)

    def act(process: Process, place: str) -> None:
        for contact in meanwhile:
            world.machine.after(0.05, partial(_refuse_by_command, world, contact))
        if place in STANDING and world.calls.inside is None:
            world.machine.stand_still(process, seconds)
        else:
            process.frozen_until = world.machine.now + seconds

    return act


def _fail(world: "World") -> Act:
    fault = world.chance.choice(list(FAILURES.values()))

    def act(_process: Process, _place: str) -> None:
        raise sqlite3.OperationalError(*fault.args)

    return act


def _fail_note(world: "World") -> Act:
    share, fatal = world.chance.random(), world.chance.random() < 0.3

    def act(process: Process, _place: str) -> None:
        if share < 0.3:
            raise OSError(*FULL.args)
        if fatal:
            world.kill(process)
        raise TornWrite(share, fatal=fatal)

    return act


def _fail_sync(_process: Process, _place: str) -> None:
    raise OSError(*FULL.args)


def _refuse(world: "World", contact: int) -> Act:
    here = world.chance.random() < 0.5

    def act(process: Process, _place: str) -> None:
        owner = world.owner_of(process)
        if here and owner.senders:
            world.people.refuse(process, owner.app, contact)
        else:
            world.people.refuse_by_command(*world.command(), contact)

    return act


def _pause(world: "World") -> Act:
    seconds = world.chance.choice((2.0, 30.0))
    return lambda _process, _place: world.people.pause(*world.command(), seconds)


def _move(world: "World", contact: int) -> Act:
    return lambda _process, _place: world.people.move(*world.command(), contact)


def _set_clock(world: "World") -> Act:
    by = timedelta(seconds=world.chance.choice((-3600, -65, -2, 2, 65, 3600)))

    def act(process: Process, _place: str) -> None:
        world.clocks[int(process.name.removeprefix("owner"))] += by

    return act


def _cut(world: "World") -> Act:
    """The network between one process and the relay."""
    out = world.chance.random() < 0.5

    def act(process: Process, _place: str) -> None:
        for link in world.net.living():
            if link.process is process:
                link.cut(out=out)

    return act
