"""Living beside others: which slots get a job, and that the work of the dead is taken over."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest
from structlog.testing import capture_logs

from scheduler.domain.calendar.campaigns import Place
from scheduler.domain.calendar.windows import Hours
from scheduler.domain.ids import SlotId
from scheduler.domain.sending import Lane, OpenSlot
from scheduler.flow.watching.replicas import Sweep
from tests.flow_world import utc
from tests.samples.ledger import PARIS, REUNION

A_MOMENT = timedelta(microseconds=1)
LIMIT = utc(6, 12)


@dataclass
class Ledger:
    """Answers with this slot of each channel, and remembers what it was asked for."""

    slot: OpenSlot
    asked: list[str] = field(default_factory=list)
    jobs: list[int] = field(default_factory=list)
    freed: list[tuple[int, int]] = field(default_factory=list)
    given_up: int = 0

    async def free_batches(self, now: datetime) -> list[tuple[int, int]]:
        self.asked.append("free")
        return self.freed

    async def give_up_on(self, wait: timedelta, now: datetime) -> int:
        self.asked.append(f"give up on {wait}")
        return self.given_up

    async def open_slots(self, lane: Lane, now: datetime) -> list[OpenSlot]:
        return [self.slot] if lane.channel == "sms" else []

    async def enqueue(self, slots: Collection[int], now: datetime) -> int:
        self.jobs += slots
        return len(slots)


def sweep_of(ledger: Ledger) -> Sweep:
    async def forget_stalled() -> int:
        ledger.asked.append("forget")
        return 0

    return Sweep(
        ledger=ledger,
        channels=["email", "sms"],
        hours=Hours,
        journal_wait=timedelta(minutes=5),
        forget_stalled=forget_stalled,
    )


@pytest.mark.parametrize(
    ("place", "not_after", "now", "jobs"),
    [
        (PARIS, LIMIT, utc(6, 11), [7]),
        (PARIS, LIMIT, LIMIT, [7]),
        (PARIS, LIMIT, LIMIT + A_MOMENT, []),
        # 20:00 in Paris is the close; in Réunion it came two hours earlier.
        (PARIS, utc(7, 12), utc(6, 17, 59), [7]),
        (PARIS, utc(7, 12), utc(6, 18), []),
        (REUNION, utc(7, 12), utc(6, 16), []),
    ],
)
async def test_a_job_is_for_what_may_leave_now(
    place: Place, not_after: datetime, now: datetime, jobs: list[int]
) -> None:
    slot = OpenSlot(slot_id=SlotId(7), place=place, audience="staff", not_after=not_after)
    ledger = Ledger(slot)

    assert await sweep_of(ledger).reconcile(now) == len(jobs)
    assert ledger.jobs == jobs


async def test_a_look_takes_over_before_it_gives_out() -> None:
    slot = OpenSlot(slot_id=SlotId(7), place=PARIS, audience="staff", not_after=LIMIT)
    ledger = Ledger(slot)

    await sweep_of(ledger).look(utc(6, 11))

    assert ledger.asked == ["free", "forget", "give up on 0:05:00"]
    assert ledger.jobs == [7]


async def test_what_was_taken_over_of_the_dead_is_told() -> None:
    slot = OpenSlot(slot_id=SlotId(7), place=PARIS, audience="staff", not_after=LIMIT)
    ledger = Ledger(slot)
    sweep = sweep_of(ledger)

    with capture_logs() as quiet:
        await sweep.look(utc(6, 11))
    ledger.freed, ledger.given_up = [(7, 0), (7, 1)], 3
    with capture_logs() as told:
        await sweep.look(utc(6, 11))

    assert quiet == []
    assert [(one["event"], one.get("batches"), one.get("deliveries")) for one in told] == [
        ("replica.taken_over", 2, None),
        ("replica.given_up", None, 3),
    ]
