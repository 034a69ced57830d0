"""The send step: what is handed over, what comes back, and what stopping does to it."""

import asyncio
from collections import deque
from dataclasses import replace
from datetime import datetime, timedelta
from email import message_from_bytes
from pathlib import Path
from typing import Any

import pytest

from scheduler.domain.calendar.campaigns import Place
from scheduler.domain.consent.optout import by_email_link
from scheduler.domain.delivery import DeliveryState, OccurrenceState
from scheduler.domain.errors import ChannelStopped, HandOverError, Permanent, Temporary, Uncertain
from scheduler.domain.intents import Told, Turned, Wanted
from scheduler.domain.message import AddressKind, Message
from scheduler.domain.sending import Claim, Due
from scheduler.flow.gate import STOPPED_REST
from scheduler.flow.send import Sender
from scheduler.flow.steering.steer import How
from scheduler.store.ledger import Ledger
from scheduler.store.schema.tables import delivery, suppression
from scheduler.store.sending.wire_journal import Mark, read_journal
from tests.flow_world import EVENT, SERIES, World, open_world, utc
from tests.samples.ledger import PATIENTS, REUNION, STAFF, person

#: Tuesday 22 September 2026, 10:00 in Paris.
DUE = utc(22, 8, month=9)
SMS = SERIES.replace("topic", "channels: [sms]\n    topic")
#: The SMS of Sunday 4 October: Monday 10:00 in Paris.
MONDAY = utc(5, 8)


async def plan(world: World, people: int = 1, at: datetime = DUE) -> None:
    await world.book.take_in(STAFF, *(person(number) for number in range(1, people + 1)))
    await world.look(at)


def refuse(world: World, number: int, *errors: HandOverError) -> None:
    world.email.refusals[f"p{number}@example.org"] = deque(errors)


def sends_on(world: World, ledger: Ledger) -> Sender:
    """The sender of e-mail, on a ledger that behaves as a test wants."""
    sender = replace(world.senders["email"], ledger=ledger)
    world.senders["email"] = sender
    return sender


async def row_of(world: World, number: int) -> Any:
    """The delivery of the contact of this number."""
    rows = await world.book.rows(delivery)
    return next(row for row in rows if row.contact_id == number)


async def test_while_an_opt_out_is_kept_beside_the_ledger_nothing_leaves(tmp_path: Path) -> None:
    """A full disk keeps it out of the ledger; what was answered meanwhile is written down."""
    async with open_world(tmp_path, EVENT) as world:
        await plan(world, 3)
        aside = world.app.ledger.optouts.aside
        assert aside is not None
        aside.holds = True

        async with asyncio.timeout(5):
            assert await world.send() == 0
        assert await world.states() == {"waiting": 3}

        aside.holds = False
        assert await world.send() == 3


async def test_a_clean_run_gives_each_their_message_once_and_its_receipt(tmp_path: Path) -> None:
    async with open_world(tmp_path, EVENT) as world:
        await plan(world, 25)

        assert await world.send() == 25
        assert await world.send() == 0

        assert len(set(world.email.recipients)) == len(world.email.tries) == 25
        rows = await world.book.rows(delivery)
        assert {row.state for row in rows} == {"sent"}
        assert {row.provider_id for row in rows} == {f"Q{row.id}" for row in rows}


async def test_an_sms_has_its_parts_its_price_and_the_time_left(tmp_path: Path) -> None:
    async with open_world(tmp_path, SMS) as world:
        await plan(world, 1, MONDAY)

        await world.send(utc(5, 17, 30))

        (row,) = await world.book.rows(delivery)
        assert (row.segments, row.cost) == (1, 798)
        (message,) = world.sms.accepted
        assert message.validity == timedelta(minutes=30)
        assert message.reference not in ("", str(row.id))


async def test_an_opt_out_after_planning_is_honoured(tmp_path: Path) -> None:
    async with open_world(tmp_path, EVENT) as world:
        await plan(world, 2)
        one_click = by_email_link(DUE, one_click=True)
        await world.book.people.opt_out_identity(AddressKind.EMAIL, "p1@example.org", one_click)

        await world.send()

        assert world.email.tries == ["p2@example.org"]
        assert await world.states() == {"sent": 1, "left-out opted-out": 1}


async def test_an_opt_out_between_two_groups_is_honoured(tmp_path: Path) -> None:
    async with open_world(tmp_path, EVENT) as world:
        await plan(world, 30)
        one_click = by_email_link(DUE, one_click=True)

        class OptsOut(Ledger):
            """A reader who clicks as soon as the first group has its outcomes."""

            async def turn(self, told: Told, wanted: Wanted | None, now: datetime) -> Turned:
                for number in range(1, 31) if told.outcomes else ():
                    await world.book.people.opt_out_identity(
                        AddressKind.EMAIL, f"p{number}@example.org", one_click
                    )
                return await super().turn(told, wanted, now)

        ledger = world.app.ledger
        sends_on(world, OptsOut(ledger.database, ledger.keys, ledger.made_at))
        await world.send()

        first_group = world.email.concurrency * 2
        assert len(world.email.accepted) == first_group
        assert await world.states() == {"sent": first_group, "left-out opted-out": 30 - first_group}


async def test_greylisted_it_is_tried_again_after_a_minute_and_arrives_once(tmp_path: Path) -> None:
    async with open_world(tmp_path, EVENT) as world:
        await plan(world, 2)
        refuse(world, 1, Temporary("450", "greylisted"), Temporary("450", "greylisted"))

        await world.send()
        first = await row_of(world, 1)
        assert timedelta(seconds=60) <= first.at - DUE <= timedelta(seconds=75)
        assert (first.state, first.reason, first.attempts) == ("waiting", "450 greylisted", 1)
        await world.send(DUE + timedelta(seconds=59))
        assert world.email.tries.count("p1@example.org") == 1
        await world.send(first.at)
        second = await row_of(world, 1)
        assert timedelta(seconds=120) <= second.at - first.at <= timedelta(seconds=150)
        await world.send(max(second.at, world.senders["email"].rests_until or second.at))

        assert world.email.recipients == ["p1@example.org", "p2@example.org"]
        assert (await row_of(world, 1)).attempts == 3


async def test_the_reference_is_the_same_at_each_try_and_anothers_is_not(tmp_path: Path) -> None:
    async with open_world(tmp_path, EVENT) as world:
        await plan(world, 2)
        references: dict[str, list[str]] = {}
        world.email.on_try = lambda one: references.setdefault(one.to, []).append(one.reference)
        refuse(world, 1, Temporary("450"))

        await world.send()
        await world.send(DUE + timedelta(minutes=5))

        first, second = references["p1@example.org"]
        assert first == second
        assert references["p2@example.org"] != [first]


async def test_a_provider_that_names_a_time_is_given_it(tmp_path: Path) -> None:
    async with open_world(tmp_path, EVENT) as world:
        await plan(world)
        refuse(world, 1, Temporary("429", wait=timedelta(hours=1)))

        await world.send()

        assert (await row_of(world, 1)).at >= DUE + timedelta(hours=1)


async def test_refused_all_its_life_it_fails_and_says_why(tmp_path: Path) -> None:
    async with open_world(tmp_path, EVENT) as world:
        await plan(world, 2)
        refuse(world, 1, *[Temporary("452", "full")] * 9)

        for hours in range(8):
            await world.send(DUE + timedelta(hours=hours))
        waits = await row_of(world, 1)
        assert (waits.state, waits.attempts) == ("waiting", 8)
        assert waits.at - world.clock.now <= timedelta(minutes=38)
        await world.send(DUE + timedelta(hours=47, minutes=45))

        row = await row_of(world, 1)
        assert (row.state, row.reason) == ("failed", "expired, 452 full")
        assert await world.book.rows(suppression) == []


@pytest.mark.parametrize(
    ("error", "kept"),
    [
        (Permanent("550 5.1.1", "unknown", bad_address=True), ("everything", "bounced")),
        (Permanent("550 5.7.1", "refused by policy"), None),
        (Permanent("554", "content"), None),
        (Permanent("21610", opted_out=True), ("everything", "opted-out")),
    ],
)
async def test_refused_for_good_it_fails_and_the_address_only_where_it_is_at_fault(
    tmp_path: Path, error: Permanent, kept: tuple[str, str] | None
) -> None:
    async with open_world(tmp_path, SMS) as world:
        await plan(world, 2, MONDAY)
        world.sms.refusals["+33639980001"] = deque([error])

        await world.send()
        await world.send(MONDAY + timedelta(hours=1))

        row = await row_of(world, 1)
        assert (row.state, row.reason) == ("failed", str(error))
        assert world.sms.tries.count("+33639980001") == 1
        rows = await world.book.rows(suppression)
        assert [(one.channel, one.scope, one.reason) for one in rows] == (
            [("sms", *kept)] if kept else []
        )
        assert world.sms.recipients == ["+33639980002"]


async def test_without_an_answer_it_is_uncertain_and_never_repeated(tmp_path: Path) -> None:
    async with open_world(tmp_path, EVENT) as world:
        await plan(world, 2)
        refuse(world, 1, Uncertain("timeout"))

        await world.send()
        await world.send(DUE + timedelta(hours=1))

        assert await world.states() == {"uncertain": 1, "sent": 1}
        assert world.email.tries.count("p1@example.org") == 1


async def test_a_fault_of_a_provider_loses_nothing(tmp_path: Path) -> None:
    async with open_world(tmp_path, EVENT) as world:
        await plan(world, 2)
        world.email.broken = ZeroDivisionError("a fault of ours")

        await world.send()
        assert await world.states() == {"waiting": 2}
        world.email.broken = None
        await world.send(DUE + timedelta(hours=1))

        assert await world.states() == {"sent": 2}


async def test_a_stopped_channel_raises_one_alarm_and_rests(tmp_path: Path) -> None:
    async with open_world(tmp_path, EVENT) as world:
        await plan(world, 40)
        world.email.broken = ChannelStopped("535", "bad password")

        await world.send()
        first = len(world.email.tries)
        assert first <= world.email.concurrency
        assert await world.states() == {"waiting": 40}
        assert await world.alarms() == ["channel-stopped email"]
        await world.send(DUE + STOPPED_REST - timedelta(seconds=1))
        assert len(world.email.tries) == first
        await world.send(DUE + STOPPED_REST + timedelta(minutes=1))
        assert len(world.email.tries) == first + 1
        assert await world.alarms() == ["channel-stopped email"]

        world.email.broken = None
        for hours in range(1, 4):
            await world.send(DUE + timedelta(hours=hours))

        assert await world.states() == {"sent": 40}
        assert await world.alarms() == []


async def test_a_channel_mended_by_a_restart_clears_its_alarm(tmp_path: Path) -> None:
    async with open_world(tmp_path, EVENT) as world:
        await plan(world, 2)
        world.email.broken = ChannelStopped("535")
        await world.send()
        world.email.broken = None
        world.restart()

        await world.send(DUE + timedelta(hours=1))

        assert await world.states() == {"sent": 2}
        assert await world.alarms() == []


async def test_a_relay_that_refuses_everyone_for_now_is_left_in_peace(tmp_path: Path) -> None:
    async with open_world(tmp_path, EVENT) as world:
        await plan(world, 40)
        world.email.broken = Temporary("421", "try later", of_channel=True)

        await world.send()

        assert len(world.email.tries) == world.email.concurrency * 2
        rests_until = world.senders["email"].rests_until
        assert rests_until is not None
        assert rests_until >= DUE + timedelta(seconds=15)
        assert await world.alarms() == []
        world.email.broken = None
        await world.send(DUE + timedelta(minutes=2))
        assert await world.states() == {"sent": 40}


async def test_told_to_stop_what_has_not_left_goes_back_and_the_rest_is_waited_for(
    tmp_path: Path,
) -> None:
    async with open_world(tmp_path, EVENT) as world:
        await plan(world, 20)
        world.email.silent_before = {f"p{number}@example.org" for number in range(1, 21)}
        sender = world.senders["email"]

        work = asyncio.create_task(sender.send_due())
        await world.email.held.wait()
        sender.stop()
        await work

        assert world.email.accepted == []
        assert await world.states() == {"waiting": 20}
        assert await sender.send_due() == 0
        marks = read_journal(tmp_path / "wire.journal", "w") or {}
        assert set(marks.values()) <= {Mark.WAITING}


async def test_past_its_last_bytes_a_message_is_given_up_only_when_the_grace_is_over(
    tmp_path: Path,
) -> None:
    async with open_world(tmp_path, EVENT) as world:
        await plan(world, 20)
        world.email.silent_after = {"p1@example.org"}
        sender = world.senders["email"]

        work = asyncio.create_task(sender.send_due())
        await world.email.held.wait()
        sender.stop()
        done, _ = await asyncio.wait([work], timeout=0.05)
        assert not done
        sender.give_up()
        await work

        row = await row_of(world, 1)
        assert (row.state, row.reason) == ("uncertain", "stopped")
        states = await world.states()
        assert states["uncertain"] == 1
        assert states["sent"] == len(world.email.accepted)
        assert states["waiting"] == 19 - len(world.email.accepted)
        marks = read_journal(tmp_path / "wire.journal", "w") or {}
        assert marks[row.id] is Mark.HANDED_OVER


async def test_an_answer_in_the_grace_time_is_kept(tmp_path: Path) -> None:
    async with open_world(tmp_path, EVENT) as world:
        await plan(world, 1)
        sender = world.senders["email"]
        world.email.silent_after = {"p1@example.org"}
        work = asyncio.create_task(sender.send_due())
        await world.email.held.wait()
        sender.stop()
        world.email.answers.set()
        await work

        assert await world.states() == {"sent": 1}


class StoppedLedger(Ledger):
    """A ledger during whose calls the daemon is told to stop."""

    def tell(self, sender: Sender, during: str) -> None:
        self._sender, self._during = sender, during

    async def due(self, claim: Claim, now: datetime, limit: int) -> list[Due]:
        found = await super().due(claim, now, limit)
        self._stop("due")
        return found

    async def turn(self, told: Told, wanted: Wanted | None, now: datetime) -> Turned:
        turned = await super().turn(told, wanted, now)
        self._stop("turn")
        return turned

    def _stop(self, during: str) -> None:
        if during == self._during:
            self._sender.stop()


@pytest.mark.parametrize("during", ["due", "turn"])
async def test_told_to_stop_before_anything_is_handed_over_nothing_leaves(
    tmp_path: Path, during: str
) -> None:
    async with open_world(tmp_path, EVENT) as world:
        await plan(world, 5)
        ledger = world.app.ledger
        stopped = StoppedLedger(ledger.database, ledger.keys, ledger.made_at)
        sender = sends_on(world, stopped)
        stopped.tell(sender, during)

        await sender.send_due()

        assert world.email.tries == []
        assert await world.states() == {"waiting": 5}
        intents = [row.attempts for row in await world.book.rows(delivery)]
        assert sum(intents) == (0 if during == "due" else 4)


class FailingLedger(Ledger):
    """A ledger whose database is away when outcomes are to be written."""

    fails = 1

    async def turn(self, told: Told, wanted: Wanted | None, now: datetime) -> Turned:
        if self.fails and told.outcomes:
            self.fails -= 1
            raise OSError("the server closed the connection")
        return await super().turn(told, wanted, now)


async def test_outcomes_that_the_ledger_could_not_take_are_written_later(tmp_path: Path) -> None:
    async with open_world(tmp_path, EVENT) as world:
        await plan(world, 3)
        ledger = world.app.ledger
        sender = sends_on(world, FailingLedger(ledger.database, ledger.keys, ledger.made_at))

        with pytest.raises(OSError, match="closed the connection"):
            await sender.send_due()
        assert await world.states() == {"sending": 3}
        await sender.send_due()

        assert await world.states() == {"sent": 3}
        assert len(world.email.accepted) == 3


class MuteLedger(Ledger):
    """A ledger whose answer is lost once, when it has taken the intents."""

    fails = 1

    async def turn(self, told: Told, wanted: Wanted | None, now: datetime) -> Turned:
        turned = await super().turn(told, wanted, now)
        if self.fails:
            self.fails -= 1
            raise OSError("the server closed the connection")
        return turned


async def test_intents_whose_answer_was_lost_are_tried_again(tmp_path: Path) -> None:
    async with open_world(tmp_path, EVENT) as world:
        await plan(world, 3)
        ledger = world.app.ledger
        sender = sends_on(world, MuteLedger(ledger.database, ledger.keys, ledger.made_at))

        with pytest.raises(OSError, match="closed the connection"):
            await sender.send_due()
        assert await world.states() == {"sending": 3}
        await sender.send_due()

        assert await world.states() == {"sent": 3}
        assert len(world.email.accepted) == 3


async def test_a_paused_occurrence_stops_between_two_groups(tmp_path: Path) -> None:
    async with open_world(tmp_path, EVENT) as world:
        await plan(world, 30)

        class Pauses(Ledger):
            """Somebody pauses while the first group is on its way."""

            async def turn(self, told: Told, wanted: Wanted | None, now: datetime) -> Turned:
                if told.outcomes:
                    await world.steer(How.PAUSED, DUE)
                return await super().turn(told, wanted, now)

        ledger = world.app.ledger
        sends_on(world, Pauses(ledger.database, ledger.keys, ledger.made_at))
        await world.send()

        sent = world.email.concurrency * 2
        assert await world.states() == {"sent": sent, "waiting": 30 - sent}
        world.restart()
        await world.steer(How.RESUMED, DUE)
        await world.send(DUE + timedelta(minutes=1))
        assert await world.states() == {"sent": 30}
        assert len(set(world.email.recipients)) == 30


async def test_an_sms_run_stops_at_the_close_and_goes_on_the_next_morning(tmp_path: Path) -> None:
    async with open_world(tmp_path, SMS) as world:
        await plan(world, 20, utc(5, 17, 59))

        def close_soon(_: object) -> None:
            world.clock.now = utc(5, 18, 0)

        world.sms.on_try = close_soon
        await world.send()
        first = len(world.sms.accepted)
        assert 0 < first <= world.sms.concurrency * 2
        for now in (utc(5, 18, 1), utc(5, 22), utc(6, 5, 59)):
            await world.look(now)
            await world.send()
        assert len(world.sms.accepted) == first
        world.sms.on_try = lambda message: None
        await world.look(utc(6, 6))
        await world.send()

        assert await world.states() == {"sent": 20}
        assert len(set(world.sms.recipients)) == 20


async def test_an_sms_that_two_days_could_not_carry_fails(tmp_path: Path) -> None:
    async with open_world(tmp_path, SMS) as world:
        await plan(world, 1, utc(5, 17, 59))

        await world.look(utc(6, 18, 1))
        await world.send()

        assert world.sms.tries == []
        assert await world.states() == {"failed": 1}


async def test_each_zone_sends_in_its_own_hours(tmp_path: Path) -> None:
    guadeloupe = Place(zone="America/Guadeloupe", territory="971")
    async with open_world(tmp_path, SMS) as world:
        people = [person(1), person(2, place=REUNION), person(3, place=guadeloupe)]
        await world.book.take_in(STAFF, *people)

        reached = {}
        for hour in range(24):
            await world.at(utc(5, hour))
            reached[hour] = world.sms.recipients.copy()
        assert reached[5] == []
        assert reached[6] == ["+33639980002"]
        assert reached[8] == ["+33639980001", "+33639980002"]
        assert reached[13] == reached[8]
        assert len(reached[14]) == 3


async def test_a_late_email_waits_for_the_morning_of_its_reader(tmp_path: Path) -> None:
    async with open_world(tmp_path, EVENT) as world:
        await plan(world, 1, utc(22, 19, month=9))

        await world.send(utc(22, 19, 30, month=9))
        assert world.email.tries == []
        await world.send(utc(23, 5, month=9))

        assert world.email.recipients == ["p1@example.org"]


async def test_another_worker_that_took_the_batch_is_not_overtaken(tmp_path: Path) -> None:
    async with open_world(tmp_path, EVENT) as world:
        await plan(world, 5)

        class Slept(Ledger):
            """This worker sleeps past its lease, and another takes its batch."""

            async def due(self, claim: Claim, now: datetime, limit: int) -> list[Due]:
                found = await super().due(claim, now, limit)
                later = now + timedelta(minutes=6)
                taken = await world.app.ledger.claim([claim.slot_id], "another", later)
                assert taken is not None
                return found

        ledger = world.app.ledger
        sends_on(world, Slept(ledger.database, ledger.keys, ledger.made_at))
        await world.send()

        assert world.email.tries == []
        assert await world.states() == {"waiting": 5}


async def test_one_that_a_person_sends_again_keeps_its_message_id(tmp_path: Path) -> None:
    async with open_world(tmp_path, EVENT) as world:
        await plan(world)
        tried: list[Message] = []
        world.email.on_try = tried.append
        refuse(world, 1, Uncertain("lost"))
        await world.send()
        await world.planner.plan_due(DUE)
        assert (await world.occurrence()).state is OccurrenceState.FINISHED

        later = DUE + timedelta(hours=1)
        doubts = world.app.doubts
        await doubts.resend([one.delivery for one in await doubts.uncertain()], "Camille", later)
        await world.send(later)
        await world.look(later)

        first, second = (message_from_bytes(one.body)["Message-ID"] for one in tried)
        assert first == second
        assert len(world.email.accepted) == 1
        assert await world.states() == {"sent": 1}
        assert (await world.occurrence()).state is OccurrenceState.FINISHED


async def test_both_audiences_and_channels_add_up(tmp_path: Path) -> None:
    async with open_world(tmp_path) as world:
        await world.book.take_in(STAFF, *(person(number) for number in range(10)))
        await world.book.take_in(PATIENTS, *(person(number) for number in range(5, 15)))
        refuse(world, 1, Permanent("550"))
        refuse(world, 2, Uncertain("timeout"))

        await world.at(utc(4, 8))
        await world.at(MONDAY)

        states = dict.fromkeys(DeliveryState, 0)
        for count in await world.app.ledger.counts():
            states[count.state] += count.rows
        assert states[DeliveryState.SENT] == 13 + 15
        assert states[DeliveryState.FAILED] == states[DeliveryState.UNCERTAIN] == 1
        assert states[DeliveryState.LEFT_OUT] == 10
        assert sum(states.values()) == 40
