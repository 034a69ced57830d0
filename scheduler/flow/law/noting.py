"""The settings that weaken a rule, told at the start and at each new reading: a log line each, and
an alarm for what nobody may decide."""

from asyncio import to_thread
from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from scheduler.config.configuration import Configuration
from scheduler.domain.alarms.kinds import AlarmKind
from scheduler.domain.law.codes import State, Weight
from scheduler.domain.law.standing import Standing
from scheduler.flow.law.standing import law_of
from scheduler.log import get_logger

log = get_logger(__name__)


class OpenAlarm(Protocol):
    @property
    def kind(self) -> str:
        """A word of AlarmKind."""

    @property
    def subject(self) -> str:
        """A rule's code."""


class AlarmBook(Protocol):
    """What is asked of the ledger."""

    async def open_alarms(self) -> Sequence[OpenAlarm]:
        """Those that need a person."""

    async def raise_alarm(self, kind: str, subject: str, detail: str, now: datetime) -> bool:
        """Whether it is a new one; may be said again."""

    async def clear_alarm(self, kind: str, subject: str, now: datetime) -> bool:
        """Whether there was one."""


async def note_law(configuration: Configuration, ledger: AlarmBook, now: datetime) -> None:
    """May be said again with the same end."""
    found = await to_thread(law_of, configuration)
    for standing in found:
        _log(standing)
    faulty = {one.rule.code.value: one for one in found if one.state is State.FAULT}
    for code, standing in faulty.items():
        spots = ", ".join(str(one.spot) for one in standing.faults)
        detail = f"{standing.rule.what} : {spots}"
        await ledger.raise_alarm(AlarmKind.LAW_FAULT, code, detail, now)
    for alarm in await ledger.open_alarms():
        if alarm.kind == AlarmKind.LAW_FAULT and alarm.subject not in faulty:
            await ledger.clear_alarm(alarm.kind, alarm.subject, now)


def _log(standing: Standing) -> None:
    rule, decision = standing.rule, standing.decision
    for one in standing.weakened:
        say = log.error if one.weight is Weight.FAULT else log.warning
        if decision and one.weight is Weight.ADVICE:
            say = log.info
        say(
            "law.weakened",
            rule=rule.code.value,
            weight=one.weight.value,
            key=str(one.spot),
            does=one.what,
            decided_by=decision.by if decision else "",
        )
