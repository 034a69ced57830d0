"""What a person asks to be sent now: at once, or once a second person has allowed it."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Protocol

from scheduler.domain.alarm_kinds import AlarmKind
from scheduler.domain.approval import Approval, NotAllowed, Why, is_same_person
from scheduler.domain.campaigns import Occurrence
from scheduler.domain.delivery import OccurrenceState
from scheduler.domain.errors import NotFound
from scheduler.domain.planning import OccurrenceRow
from scheduler.flow.agenda import Agenda
from scheduler.flow.texts import fingerprint_of
from scheduler.log import get_logger

log = get_logger(__name__)


class Hand(Protocol):
    """The ledger's part; each call is one transaction and stands in the audit log."""

    async def bring_forward(
        self, one: Occurrence, audiences: Sequence[str], by: str, now: datetime
    ) -> OccurrenceRow: ...

    async def cancel(self, row: OccurrenceRow, by: str, now: datetime) -> int: ...

    async def approvals_of(self, message: str) -> list[Approval]: ...

    async def ask_approval(self, asked: Approval) -> None: ...

    async def approve(self, asked: Approval, by: str, now: datetime) -> bool: ...


class OccurrenceSource(Protocol):
    async def occurrences(self, states: Iterable[OccurrenceState] = ()) -> list[OccurrenceRow]: ...

    async def clear_alarm(self, kind: str, subject: str, now: datetime) -> bool: ...


def needs_approval(agenda: Agenda, one: Occurrence) -> bool:
    """Whether its message asks for a second person. Raises ContentError, NotFound."""
    return agenda.library.load(agenda.episode(one).message).approval


async def ask(
    agenda: Agenda, hand: Hand, one: Occurrence, audiences: Sequence[str], by: str, now: datetime
) -> Approval:
    """Note who asks, and for which exact texts. Raises ContentError when one is faulty."""
    campaign, episode = agenda.configuration.campaign(one.campaign), agenda.episode(one)
    asked = Approval(
        message=episode.message,
        occurrence=one,
        fingerprint=fingerprint_of(agenda, campaign, episode),
        audiences=tuple(audiences),
        asked_by=by,
        asked_at=now,
    )
    await hand.ask_approval(asked)
    return asked


async def approve(
    agenda: Agenda, ledger: OccurrenceSource, hand: Hand, message: str, by: str, now: datetime
) -> OccurrenceRow:
    """Allow what was last asked of a message, and make it due.

    Raises NotAllowed as ``allow`` does, and when nothing waits for it.
    """
    asked = next((one for one in await hand.approvals_of(message) if not one.approved_by), None)
    if asked is None:
        words = f"nothing waits for approval under {message}: ask with `reflexe send-now`"
        raise NotAllowed(Why.GONE, words)
    return await allow(agenda, ledger, hand, asked, by, now)


async def allow(
    agenda: Agenda,
    ledger: OccurrenceSource,
    hand: Hand,
    asked: Approval,
    by: str,
    now: datetime,
) -> OccurrenceRow:
    """Allow exactly this, and make it due.

    Raises NotAllowed when the asker allows it himself, when the texts have changed since they
    were asked for, or when it was asked for anew; ContentError and NotFound as ``bring_forward``.
    """
    if is_same_person(asked.asked_by, by):
        raise NotAllowed(Why.SAME_PERSON, f"{by} asked for it: another person must allow it")
    one = asked.occurrence
    campaign = agenda.configuration.campaign(one.campaign)
    if fingerprint_of(agenda, campaign, agenda.episode(one)) != asked.fingerprint:
        words = (
            f"the texts of {asked.message} have changed since {asked.asked_by} asked: "
            f"read them again, and ask again with `reflexe send-now {one.campaign}/{one.episode}`"
        )
        raise NotAllowed(Why.CHANGED, words)
    if not await hand.approve(asked, by, now):
        words = f"{asked.message} was asked for anew, or allowed, this very moment: look again"
        raise NotAllowed(Why.GONE, words)
    return await bring_forward(agenda, ledger, hand, one, asked.audiences, by, now)


async def bring_forward(
    agenda: Agenda,
    ledger: OccurrenceSource,
    hand: Hand,
    one: Occurrence,
    audiences: Sequence[str],
    by: str,
    now: datetime,
) -> OccurrenceRow:
    """Make it due now. What calls an event off also ends what was still to come of it.

    Raises NotFound when it was cancelled or is paused.
    """
    row = await hand.bring_forward(one, audiences, by, now)
    if row.state is OccurrenceState.CANCELLED:
        raise NotFound(f"{row.id} was cancelled: it is not sent again")
    if row.state is OccurrenceState.PAUSED:
        raise NotFound(f"{row.id} is paused: reflexe resume {row.id}, then it leaves at once")
    await ledger.clear_alarm(AlarmKind.SLOT_MISSED, row.id, now)
    calendar = agenda.library.load(agenda.episode(one).message).calendar
    if calendar is not None and calendar.cancels:
        for other in await ledger.occurrences(_TO_COME):
            if other.campaign == one.campaign and other.row != row.row:
                await hand.cancel(other, by, now)
    log.info("occurrence.brought_forward", occurrence=row.id, by=by)
    return row


_TO_COME = (
    OccurrenceState.SCHEDULED,
    OccurrenceState.HELD,
    OccurrenceState.RUNNING,
    OccurrenceState.PAUSED,
)
