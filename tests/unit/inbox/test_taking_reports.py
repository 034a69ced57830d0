"""A flood of reports is written down little by little, beside what is being sent."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from scheduler.domain.answers.bounces import BouncePolicy, Changes, Proven, Report
from scheduler.domain.answers.replies import Letter
from scheduler.flow.answers.bounces import GROUP, BounceStep
from scheduler.inbox.reports.reading import read_report
from scheduler.store.keys.sealing import make_keys
from scheduler.store.keys.tokens import Tokens
from tests.samples.report import dsn

NOW = datetime(2026, 10, 20, 9, tzinfo=UTC)
#: Seconds that the ledger is busy with a group.
BUSY = 0.02


@dataclass
class BusyLedger:
    """Takes its time, and notes when it was asked (by the loop's clock)."""

    groups: list[int] = field(default_factory=list)
    asked: list[float] = field(default_factory=list)

    async def take_proven(
        self, found: Sequence[Proven], policy: BouncePolicy, now: datetime
    ) -> Changes:
        loop = asyncio.get_running_loop()
        self.asked.append(loop.time())
        self.groups.append(len(found))
        free = loop.create_future()
        loop.call_later(BUSY, free.set_result, None)
        await free
        return Changes()

    async def take_unproven(self, found: Sequence[Report], now: datetime) -> int:
        return 0

    async def settle_answered(self, deliveries: Sequence[int]) -> int:
        return 0

    async def calm(self, now: datetime) -> int:
        return 0


async def test_between_groups_the_ledger_is_left_to_the_sending_for_as_long() -> None:
    tokens = Tokens(make_keys())
    ledger = BusyLedger()
    policy = BouncePolicy(soft_limit=3, soft_days=30, policy_limit=1)
    step = BounceStep(tokens=tokens, ledger=ledger, policy=policy)
    came = [
        Letter(
            number=number,
            tokens=(),
            report=read_report(dsn(sender=f"b+{tokens.bounce(number)}@retour.example.org")),
        )
        for number in range(1, 2 * GROUP + 2)
    ]

    treated = await step.take(came, NOW)

    assert treated == came
    assert ledger.groups == [GROUP, GROUP, 1]
    apart = [
        later - earlier for earlier, later in zip(ledger.asked, ledger.asked[1:], strict=False)
    ]
    assert min(apart) >= 1.9 * BUSY
