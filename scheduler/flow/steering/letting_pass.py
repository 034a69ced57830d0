"""Letting one fault of a text pass: somebody asks and says why, another person allows it."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import Protocol

from scheduler.config.configuration import Configuration
from scheduler.domain.calendar.approval import is_same_person, is_somebody
from scheduler.domain.checking.findings import Finding, Hold
from scheduler.domain.checking.passing import NotPassed, Pass, WhyNot
from scheduler.domain.values import frozen
from scheduler.flow.agenda import Agenda
from scheduler.flow.writing import judging
from scheduler.flow.writing.marks import NO_USE, Use

#: What ``check`` says of one use of a message.
Judged = Callable[[Configuration, str, datetime, Use], Awaitable[Sequence[Finding]]]


class PassLedger(Protocol):
    """The ledger's part; each call is one transaction and stands in the audit log."""

    async def passes(self, message: str) -> list[Pass]: ...

    async def ask_pass(self, asked: Pass) -> bool: ...

    async def allow_pass(self, asked: Pass, by: str, now: datetime) -> bool: ...

    async def withdraw_pass(self, asked: Pass, by: str, now: datetime) -> bool: ...


@frozen
class Held:
    """A fault that holds a text of a message, and what was asked about it."""

    finding: Finding
    #: The latest word on it; None: nobody asked.
    asked: Pass | None = None

    @property
    def passes(self) -> bool:
        return self.asked is not None and bool(self.asked.allowed_by)


async def held_of(
    agenda: Agenda,
    ledger: PassLedger,
    message: str,
    now: datetime,
    judged: Judged = judging.judged,
) -> list[Held]:
    """What keeps texts of a message from leaving, as each of its uses fills them.

    Raises NotFound for a message that isn't there, JudgeAway when it can't be read now.
    """
    agenda.library.load(message)
    uses = [
        (campaign.name, episode.name)
        for campaign in agenda.configuration.campaigns
        for episode in campaign.episodes
        if episode.message == message
    ]
    found = [
        one
        for use in uses or [NO_USE]
        for one in await judged(agenda.configuration, message, now, use)
        if one.hold is not Hold.NO
    ]
    asked = await ledger.passes(message)
    return [
        Held(finding=one, asked=next((each for each in asked if each.is_for(one)), None))
        for one in dict.fromkeys(found)
    ]


async def ask(
    agenda: Agenda,
    ledger: PassLedger,
    message: str,
    passage: str,
    reason: str,
    by: str,
    now: datetime,
    judged: Judged = judging.judged,
) -> Held:
    """Note who wants this fault to leave as it is, and why. Raises NotPassed."""
    one = await _named(agenda, ledger, message, passage, now, judged)
    if one.finding.hold is Hold.ALWAYS:
        raise NotPassed(
            WhyNot.NEVER, f"{one.finding.rule}: nobody may let this fault pass, mend it"
        )
    if not is_somebody(by):
        raise NotPassed(WhyNot.NO_NAME, "say who asks: a name of letters, with --by NAME")
    if not reason.strip():
        raise NotPassed(WhyNot.NO_REASON, "say why it may leave as it is, with --reason")
    asked = Pass(
        message=message,
        rule=one.finding.rule,
        file=one.finding.file,
        passage=one.finding.passage,
        reason=" ".join(reason.split()),
        asked_by=by,
        asked_at=now,
    )
    if not await ledger.ask_pass(asked):
        raise NotPassed(
            WhyNot.ASKED, f"{one.finding.passage}: somebody asked before; another person allows it"
        )
    return Held(finding=one.finding, asked=asked)


async def allow(
    agenda: Agenda,
    ledger: PassLedger,
    message: str,
    passage: str,
    by: str,
    now: datetime,
    judged: Judged = judging.judged,
) -> Held:
    """Allow, as the second person, what was asked. Raises NotPassed."""
    one = await _named(agenda, ledger, message, passage, now, judged)
    if one.finding.hold is Hold.ALWAYS:
        raise NotPassed(
            WhyNot.NEVER, f"{one.finding.rule}: nobody may let this fault pass, mend it"
        )
    if one.asked is None:
        raise NotPassed(
            WhyNot.NOT_ASKED, f"{one.finding.passage}: nobody asked for it; ask with --reason"
        )
    if not is_somebody(by) or is_same_person(one.asked.asked_by, by):
        raise NotPassed(
            WhyNot.SAME_PERSON, f"{one.asked.asked_by} asked for it: another person must allow it"
        )
    if one.passes:
        return one
    if not await ledger.allow_pass(one.asked, by, now):
        raise NotPassed(
            WhyNot.DECIDED, f"{one.finding.passage}: it was decided this very moment, look again"
        )
    return one


async def withdraw(
    agenda: Agenda,
    ledger: PassLedger,
    message: str,
    passage: str,
    by: str,
    now: datetime,
    judged: Judged = judging.judged,
) -> Held:
    """It holds its text again. Raises NotPassed when it didn't pass."""
    one = await _named(agenda, ledger, message, passage, now, judged)
    if one.asked is None or not await ledger.withdraw_pass(one.asked, by, now):
        raise NotPassed(WhyNot.NOT_ASKED, f"{one.finding.passage}: nobody asked to let it pass")
    return one


async def _named(
    agenda: Agenda,
    ledger: PassLedger,
    message: str,
    passage: str,
    now: datetime,
    judged: Judged,
) -> Held:
    held: Sequence[Held] = await held_of(agenda, ledger, message, now, judged)
    found = [one for one in held if one.finding.passage == passage.strip().lower()]
    if not found:
        known = ", ".join(one.finding.passage for one in held) or "none"
        raise NotPassed(
            WhyNot.UNKNOWN, f"no fault of {message} is named {passage!r}; there are: {known}"
        )
    return found[0]
