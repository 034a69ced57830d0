"""A slow answer holds its own line: nothing else waits for it, of its group, batch or slot."""

import asyncio
from collections import deque
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from scheduler.domain.errors import Temporary
from scheduler.domain.intents import Told, Turned
from scheduler.domain.sending import Lane
from scheduler.engine.queued import QueuedEngine
from scheduler.flow import send
from scheduler.flow.steering.steer import How
from scheduler.store.schema.tables import batch
from scheduler.store.sending.send_ledger import SendLedger
from tests.flow_world import EVENT, World, open_world, utc
from tests.samples.ledger import STAFF, person

DUE = utc(22, 8, month=9)


async def plan(world: World, people: int) -> None:
    await world.book.take_in(STAFF, *(person(number) for number in range(1, people + 1)))
    await world.look(DUE)


async def until(world: World, state: str, count: int) -> None:
    async with asyncio.timeout(20):
        while (await world.states())[state] < count:  # noqa: ASYNC110 - the ledger is asked
            await asyncio.sleep(0.02)


async def test_with_one_answer_awaited_all_the_others_leave_and_are_written_down(
    tmp_path: Path,
) -> None:
    async with open_world(tmp_path, EVENT) as world:
        await plan(world, 60)
        world.email.silent_after = {"p1@example.org"}

        sending = asyncio.create_task(world.send())
        await until(world, "sent", 59)
        assert not sending.done()
        world.email.answers.set()

        assert await sending == 60
        assert await world.states() == {"sent": 60}
        assert len(set(world.email.tries)) == len(world.email.tries) == 60


async def test_over_the_batches_too(tmp_path: Path) -> None:
    async with open_world(tmp_path, EVENT) as world:
        world.app.ledger.batch_sizes = {"": 10}
        await plan(world, 35)
        world.email.silent_after = {"p1@example.org"}

        sending = asyncio.create_task(world.send())
        await until(world, "sent", 34)
        world.email.answers.set()
        await sending

        assert await world.states() == {"sent": 35}


async def test_what_falls_due_meanwhile_leaves_as_well(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(send, "LOOK_AGAIN", 0.05)
    async with open_world(tmp_path, EVENT) as world:
        await plan(world, 3)
        world.email.silent_after = {"p1@example.org"}

        sending = asyncio.create_task(world.send())
        await until(world, "sent", 2)
        await world.book.take_in(STAFF, *(person(number) for number in range(4, 8)))
        await world.look(DUE + timedelta(minutes=1))
        await until(world, "sent", 6)
        world.email.answers.set()
        await sending

        assert await world.states() == {"sent": 7}


async def test_a_line_of_its_own_is_kept_until_the_last_answer_though_nobody_else_may_leave(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Given back before, another batch would have a second connection to the same servers."""
    async with open_world(tmp_path, EVENT) as world:
        await plan(world, 4)
        world.email.silent_after = {"p1@example.org"}
        left = 0

        async def leave(_provider: object, _destination: str) -> None:
            nonlocal left
            left += 1

        monkeypatch.setattr(type(world.email), "leave", leave)
        lane = Lane(channel="email", connections=1)
        world.senders["email"] = replace(world.senders["email"], lane=lane)

        sending = asyncio.create_task(world.senders["email"].send_due())
        await world.email.held.wait()
        await world.steer(How.PAUSED, DUE)
        await asyncio.sleep(1.5)
        assert left == 0
        world.email.answers.set()
        await sending

        assert left == 1
        assert await world.states() == {"sent": 1, "waiting": 3}


async def test_an_answer_that_comes_after_the_ledger_failed_is_told_in_the_same_job(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The queue may never have another for this sender."""
    async with open_world(tmp_path, EVENT) as world:
        await plan(world, 2)
        world.email.silent_after = {"p1@example.org"}
        turn, said = SendLedger.turn, list[Exception | None]()

        async def fails_once(ledger: SendLedger, told: Told, *more: Any) -> Turned:
            if told.outcomes and not said:
                raise OSError("the ledger is away")
            return await turn(ledger, told, *more)

        async def report(_lane: Lane, fault: Exception | None) -> None:
            said.append(fault)

        monkeypatch.setattr(SendLedger, "turn", fails_once)
        engine = QueuedEngine("", list(world.senders.values()), report, limited=1)
        (row,) = await world.book.rows(batch)

        working = asyncio.create_task(engine._send_batch(row.slot_id, row.number, "email", ""))
        await until(world, "sent", 1)
        assert isinstance(said[0], OSError)
        world.email.answers.set()
        await asyncio.wait_for(working, 20)

        assert await world.states() == {"sent": 2}


async def test_a_pause_holds_what_has_no_line_while_an_answer_is_awaited(tmp_path: Path) -> None:
    async with open_world(tmp_path, EVENT) as world:
        await plan(world, 40)
        world.email.silent_after = {f"p{number}@example.org" for number in range(1, 41)}

        sending = asyncio.create_task(world.send())
        await world.email.held.wait()
        await world.steer(How.PAUSED, DUE)
        await asyncio.sleep(1.5)
        world.email.answers.set()
        await sending

        # Two lines were in the middle of theirs.
        assert await world.states() == {"sent": 2, "waiting": 38}


async def test_one_refusal_of_the_channel_among_acceptances_lets_it_go_on(tmp_path: Path) -> None:
    async with open_world(tmp_path, EVENT) as world:
        await plan(world, 40)
        world.email.refusals["p5@example.org"] = deque(
            [Temporary("421", "too many connections", of_channel=True)]
        )

        await world.send()

        assert await world.states() == {"sent": 39, "waiting": 1}
        assert world.senders["email"].rests_until is None


# Before what waits goes back (TURNS), and well after: at that very moment a group that has just got
# its intents may leave before it.
@pytest.mark.parametrize("seconds", [0.5, 1.5, 3.5])
@pytest.mark.parametrize("batch", [1000, 50])
async def test_what_comes_back_of_a_group_goes_before_what_was_read_after_it(
    tmp_path: Path, seconds: float, batch: int
) -> None:
    async with open_world(tmp_path, EVENT) as world:
        world.app.ledger.batch_sizes = {"": batch}
        await plan(world, 400)
        stuck = {"p41@example.org", "p42@example.org"}
        world.email.silent_after = stuck

        sending = asyncio.create_task(world.send())
        await until(world, "sent", 40)
        await asyncio.sleep(seconds)
        world.email.answers.set()
        await sending

        assert await world.states() == {"sent": 400}
        order = [int(to.partition("@")[0][1:]) for to in world.email.tries]
        assert max(abs(number - place) for place, number in enumerate(order, 1)) <= 4


async def test_one_connection_lost_is_no_verdict_while_another_line_is_slow(
    tmp_path: Path,
) -> None:
    async with open_world(tmp_path, EVENT) as world:
        await plan(world, 2)
        world.email.silent_after = {"p1@example.org"}
        lost = Temporary("lost", "before the final dot", of_channel=True)
        world.email.refusals["p2@example.org"] = deque([lost])

        sending = asyncio.create_task(world.send())
        await until(world, "waiting", 1)
        await asyncio.sleep(1.5)
        assert world.senders["email"].rests_until is None
        world.email.answers.set()
        await sending

        assert world.senders["email"].rests_until is None
        assert await world.states() == {"sent": 1, "waiting": 1}
