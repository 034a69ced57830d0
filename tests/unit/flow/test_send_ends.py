"""How a run of sending ends: named, cancelled, closed, overtaken, or with a ledger that is away."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, update

from scheduler.domain.intents import Told, Turned, Wanted
from scheduler.domain.measure.pace import Pace
from scheduler.domain.sending import Claim, Due, Lane, Rest
from scheduler.flow import hand_over
from scheduler.flow.begin import alive
from scheduler.flow.gate import Gate
from scheduler.store.ledger import Ledger
from scheduler.store.schema.tables import content, delivery
from tests.flow_world import EVENT, MESSAGES, World, open_world, utc
from tests.samples.content import FOOTER
from tests.samples.ledger import STAFF, person

DUE = utc(22, 8, month=9)
REST = timedelta(minutes=5)


async def plan(world: World, people: int) -> None:
    await world.book.take_in(STAFF, *(person(number) for number in range(1, people + 1)))
    await world.look(DUE)


def sends_on(world: World, kind: type[Ledger]) -> None:
    ledger = world.app.ledger
    mine = kind(ledger.database, ledger.keys, ledger.made_at)
    world.senders["email"] = replace(world.senders["email"], ledger=mine)


async def until(world: World, state: str, count: int) -> None:
    async with asyncio.timeout(20):
        while (await world.states())[state] < count:  # noqa: ASYNC110 - the ledger is asked
            await asyncio.sleep(0.02)


async def test_a_batch_that_is_named_is_sent_and_no_other(tmp_path: Path) -> None:
    async with open_world(tmp_path, EVENT) as world:
        world.app.ledger.batch_sizes = {"": 3}
        await plan(world, 6)
        rows = await world.book.rows(delivery)
        (one,) = {row.slot_id for row in rows}
        named = sorted(f"p{row.contact_id}@example.org" for row in rows if row.batch == 1)

        # One whose lane has lines of its own: a second batch would open more of them.
        lane = Lane(channel="email", connections=1)
        sender = replace(world.senders["email"], lane=lane)

        assert await sender.send_batch(one, 1) == 3

        assert world.email.recipients == named
        assert await world.states() == {"sent": 3, "waiting": 3}


async def test_what_comes_back_of_a_named_batch_is_sent_by_the_same_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hand_over, "PATIENCE", 0.05)
    async with open_world(tmp_path, EVENT) as world:
        await plan(world, 6)
        world.email.concurrency = 1
        world.email.silent_before = {"p1@example.org"}
        ((slot, number),) = {(row.slot_id, row.batch) for row in await world.book.rows(delivery)}

        sending = asyncio.create_task(world.senders["email"].send_batch(slot, number))
        await world.email.held.wait()
        await asyncio.sleep(0.5)
        world.email.silent_before.clear()
        world.email.answers.set()
        await sending

        assert await world.states() == {"sent": 6}
        assert len(world.email.accepted) == 6


async def test_cancelled_what_has_left_is_uncertain_and_the_rest_waits(tmp_path: Path) -> None:
    async with open_world(tmp_path, EVENT) as world:
        await plan(world, 3)
        world.email.concurrency = 1
        world.email.silent_after = {"p1@example.org"}
        sender = world.senders["email"]

        sending = asyncio.create_task(sender.send_due())
        await world.email.held.wait()
        sending.cancel()
        with pytest.raises(asyncio.CancelledError):
            await sending
        await asyncio.sleep(0)
        await sender.settle()

        assert await world.states() == {"uncertain": 1, "waiting": 2}
        assert world.email.tries == ["p1@example.org"]


async def test_a_named_batch_of_which_nothing_is_due_any_more_leads_to_no_other(
    tmp_path: Path,
) -> None:
    class Elsewhere(Ledger):
        """Another has handed over what this batch had."""

        async def due(self, claim: Claim, now: datetime, limit: int) -> list[Due]:
            return []

    async with open_world(tmp_path, EVENT) as world:
        world.app.ledger.batch_sizes = {"": 1}
        await plan(world, 2)
        sends_on(world, Elsewhere)
        (first, _) = await world.book.rows(delivery)

        assert await world.senders["email"].send_batch(first.slot_id, first.batch) == 0
        # Both are free again.
        world.restart()
        assert await world.send() == 2


async def test_what_was_read_ahead_does_not_leave_once_its_time_is_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hand_over, "PATIENCE", 60.0)
    read: list[int] = []

    class Read(Ledger):
        async def due(self, claim: Claim, now: datetime, limit: int) -> list[Due]:
            found: list[Due] = await super().due(claim, now, limit)
            read.append(len(found))
            return found

    async with open_world(tmp_path, EVENT) as world:
        await plan(world, 60)
        sends_on(world, Read)
        world.email.silent_before = {f"p{number}@example.org" for number in range(1, 61)}

        sending = asyncio.create_task(world.send())
        await world.email.held.wait()
        # Both lines wait and the pile is not low: the third group is ready, and is held.
        async with asyncio.timeout(20):
            while len(read) < 3:  # noqa: ASYNC110 - the ledger is asked
                await asyncio.sleep(0.02)
        await asyncio.sleep(0.3)
        world.clock.now = DUE + timedelta(days=3)
        world.email.silent_before.clear()
        world.email.answers.set()
        await sending

        states = await world.states()
        assert 0 < states["sent"] < 20
        assert states["sent"] + states["waiting"] == 60


async def test_what_is_ready_when_its_time_is_over_does_not_leave(tmp_path: Path) -> None:
    async with open_world(tmp_path, EVENT) as world:
        await plan(world, 60)

        def too_late(_message: object) -> None:
            world.clock.now = DUE + timedelta(days=3)

        world.email.on_try = too_late
        await world.send()

        states = await world.states()
        assert 0 < states["sent"] < 60
        assert states["sent"] + states["waiting"] == 60
        assert len(world.email.tries) == states["sent"]


async def test_a_lane_on_trial_elsewhere_is_left_to_whoever_tries(tmp_path: Path) -> None:
    async with open_world(tmp_path, EVENT) as world:
        await plan(world, 3)
        lane = world.senders["email"].lane
        world.clock.now = await world.app.ledger.trip(lane, "421", DUE, REST)
        other = Gate(lane=lane, ledger=world.app.ledger, clock=world.clock)

        class Slower(Ledger):
            async def probe(self, one: Rest, now: datetime) -> bool:
                assert await other.lets_through()
                return bool(await world.app.ledger.probe(one, now))

        sends_on(world, Slower)

        assert await world.send() == 0
        assert world.email.tries == []
        assert other.is_trial


async def test_a_ledger_that_fails_while_more_is_read_leaves_no_batch_behind(
    tmp_path: Path,
) -> None:
    class Slow(Ledger):
        """It fails as the first group is told, while the second is read."""

        fails, asked = True, 0

        async def due(self, claim: Claim, now: datetime, limit: int) -> list[Due]:
            found: list[Due] = await super().due(claim, now, limit)
            self.asked += 1
            await asyncio.sleep(0.5 if self.asked == 2 else 0)
            return found

        async def turn(self, told: Told, wanted: Wanted | None, now: datetime) -> Turned:
            if told.outcomes and self.fails:
                self.fails = False
                raise OSError("the server closed the connection")
            return await super().turn(told, wanted, now)

    async with open_world(tmp_path, EVENT) as world:
        await plan(world, 40)
        sends_on(world, Slow)
        with pytest.raises(OSError, match="closed the connection"):
            await world.send()

        await world.send()

        # What was accepted is told, and isn't sent again.
        assert await world.states() == {"sent": 40}
        assert len(world.email.accepted) == 40


async def test_a_claim_that_failed_enters_the_line_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Away(Ledger):
        fails = 1

        async def claim(self, *given: Any, **named: Any) -> Claim | None:
            if self.fails:
                self.fails -= 1
                raise OSError("the server closed the connection")
            return await super().claim(*given, **named)

    async with open_world(tmp_path, EVENT) as world:
        await plan(world, 2)
        doors: list[str] = []

        async def enter(_provider: object, _destination: str) -> None:
            doors.append("enter")

        async def leave(_provider: object, _destination: str) -> None:
            doors.append("leave")

        monkeypatch.setattr(type(world.email), "enter", enter)
        monkeypatch.setattr(type(world.email), "leave", leave)
        sends_on(world, Away)
        with pytest.raises(OSError, match="closed the connection"):
            await world.send()
        await world.send()

        assert await world.states() == {"sent": 2}
        assert doors[0] == "enter"
        # Never entered twice without having been left.
        assert all(one != other for one, other in pairwise(doors))


async def test_one_that_cannot_be_rendered_says_so_and_the_others_leave(tmp_path: Path) -> None:
    def spoil(connection: Connection) -> None:
        connection.execute(update(content).where(content.c.variant == "en").values(source="{}"))

    english = {"essai/email.en.md": MESSAGES["essai/email.fr.md"], "_snippets/pied.en.md": FOOTER}
    async with open_world(tmp_path, EVENT, messages=english) as world:
        await world.book.take_in(STAFF, person(1), person(2, language="en"), person(3))
        await world.look(DUE)
        await world.app.ledger.database.write(spoil)

        await world.send()

        assert world.email.recipients == ["p1@example.org", "p3@example.org"]
        (failed,) = [one for one in await world.book.rows(delivery) if one.state == "failed"]
        assert (failed.contact_id, failed.attempts) == (2, 1)
        assert not world.senders["email"].busy


async def test_where_the_pace_is_used_up_the_next_waits_for_it(tmp_path: Path) -> None:
    async with open_world(tmp_path, EVENT) as world:
        await plan(world, 30)
        began = alive()

        def clock() -> datetime:
            return DUE + timedelta(seconds=alive() - began)

        rates: dict[str, float] = {"email": 20.0}
        sender = replace(world.senders["email"], pace=Pace(rates=rates), clock=clock)

        await sender.send_due()

        assert await world.states() == {"sent": 30}
        # A second's worth may leave at once; the other ten at twenty a second.
        assert alive() - began >= 0.4


async def test_a_line_of_its_own_is_kept_though_nothing_more_is_due(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    left: list[str] = []

    async def leave(_provider: object, destination: str) -> None:
        left.append(destination)

    async with open_world(tmp_path, EVENT) as world:
        await plan(world, 1)
        monkeypatch.setattr(type(world.email), "leave", leave)
        world.email.silent_after = {"p1@example.org"}
        lane = Lane(channel="email", connections=1)
        sender = replace(world.senders["email"], lane=lane)

        sending = asyncio.create_task(sender.send_due())
        await world.email.held.wait()
        await asyncio.sleep(0.1)
        before: Sequence[str] = tuple(left)
        world.email.answers.set()
        await sending

        assert not before
        assert left
        assert await world.states() == {"sent": 1}
