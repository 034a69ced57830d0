"""What a person asks to be sent now: at once, or once a second person has allowed it."""

import asyncio
from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Protocol

from scheduler.domain.addressees import RecipientList, with_addressees
from scheduler.domain.alarms.kinds import AlarmKind
from scheduler.domain.calendar.approval import (
    Approval,
    NotAllowed,
    Why,
    is_same_person,
    is_somebody,
)
from scheduler.domain.calendar.campaigns import Occurrence, tells_of_a_change
from scheduler.domain.delivery import OccurrenceState
from scheduler.domain.errors import NotFound
from scheduler.domain.names.typed_names import same
from scheduler.domain.planning import OccurrenceRow
from scheduler.flow.agenda import Agenda
from scheduler.flow.steering import can_leave
from scheduler.flow.steering.refresh import Shelf, refresh
from scheduler.flow.texts import TextLedger, fingerprint_of
from scheduler.log import get_logger

log = get_logger(__name__)


class Hand(Shelf, Protocol):
    """The ledger's part; each call is one transaction and stands in the audit log."""

    async def bring_forward(
        self,
        one: Occurrence,
        audiences: Sequence[str],
        by: str,
        now: datetime,
        ends: Sequence[OccurrenceRow] = (),
    ) -> OccurrenceRow:
        """Make it due, and end others with it; nothing changes of one cancelled or paused."""

    async def approvals_of(self, message: str) -> list[Approval]: ...

    async def ask_approval(self, asked: Approval) -> None: ...

    async def allow(
        self, asked: Approval, by: str, now: datetime, ends: Sequence[OccurrenceRow] = ()
    ) -> OccurrenceRow | None:
        """The same of what a second person allows; None when it is no longer what was asked, or is
        allowed already."""


class OccurrenceSource(TextLedger, can_leave.PlaceSource, Protocol):
    async def occurrences(self, states: Iterable[OccurrenceState] = ()) -> list[OccurrenceRow]: ...

    async def clear_alarm(self, kind: str, subject: str, now: datetime) -> bool: ...


def needs_approval(agenda: Agenda, one: Occurrence) -> bool:
    """Whether its message asks for a second person. Raises ContentError, NotFound."""
    return agenda.library.load(agenda.episode(one).message).approval


async def ask(
    agenda: Agenda,
    hand: Hand,
    one: Occurrence,
    audiences: Sequence[str],
    by: str,
    now: datetime,
    kept: RecipientList | None = None,
) -> Approval:
    """Note who asks, for which exact texts and ``kept`` people. Raises ContentError when a text is
    faulty."""
    campaign, episode = agenda.configuration.campaign(one.campaign), agenda.episode(one)
    texts = await asyncio.to_thread(fingerprint_of, agenda, campaign, episode)
    asked = Approval(
        message=episode.message,
        occurrence=one,
        fingerprint=with_addressees(texts, kept),
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
    if not is_somebody(by):
        raise NotAllowed(Why.SAME_PERSON, "say who allows it: a name of letters, with --by NAME")
    if is_same_person(asked.asked_by, by):
        raise NotAllowed(Why.SAME_PERSON, f"{by} asked for it: another person must allow it")
    one = asked.occurrence
    campaign = agenda.configuration.campaign(one.campaign)
    kept = await ledger.list_of(one.campaign, one.episode, one.season)
    texts = await asyncio.to_thread(fingerprint_of, agenda, campaign, agenda.episode(one))
    if with_addressees(texts, kept) != asked.fingerprint:
        words = (
            f"the texts of {asked.message}, or the list it goes to, have changed since "
            f"{asked.asked_by} asked: read them again, and ask again with "
            f"`reflexe send-now {one.campaign}/{one.episode}`"
        )
        raise NotAllowed(Why.CHANGED, words)
    return await bring_forward(agenda, ledger, hand, one, asked.audiences, by, now, allowing=asked)


async def bring_forward(
    agenda: Agenda,
    ledger: OccurrenceSource,
    hand: Hand,
    one: Occurrence,
    audiences: Sequence[str],
    by: str,
    now: datetime,
    *,
    allowing: Approval | None = None,
) -> OccurrenceRow:
    """Make it due now, which may be what ``allowing`` asked for. What calls an event off also ends
    what was still to come of it.

    What tells of an event's change also renews the texts of what still waits: who is yet to be
    invited reads the new date at once.

    Raises NotFound when it was cancelled or is paused, or when nothing of it could leave;
    ContentError when a text that waits is faulty.
    """
    await can_leave.refuse(agenda, ledger, one, audiences, now)
    folder = agenda.library.load(agenda.episode(one).message)
    cancels = folder.calendar is not None and folder.calendar.cancels
    others = [
        other
        for other in await ledger.occurrences(_TO_COME)
        if other.campaign == one.campaign
        and not (other.episode == one.episode and same(other.season, one.season))
    ]
    campaign = agenda.configuration.campaign(one.campaign)
    if tells_of_a_change(campaign, agenda.episode(one)) and not cancels:
        await _renew(agenda, ledger, hand, others, by, now)
    # In one transaction: nobody is invited between the two, and then not told.
    ends = others if cancels else ()
    if allowing is None:
        row = await hand.bring_forward(one, audiences, by, now, ends)
    else:
        row = await _allowed(hand, allowing, by, now, ends)
    if row.state is OccurrenceState.CANCELLED:
        raise NotFound(f"{row.id} was cancelled: it is not sent again")
    if row.state is OccurrenceState.PAUSED:
        raise NotFound(f"{row.id} is paused: reflexe resume {row.id}, then it leaves at once")
    await ledger.clear_alarm(AlarmKind.SLOT_MISSED, row.id, now)
    log.info("occurrence.brought_forward", occurrence=row.id, by=by)
    return row


async def _allowed(
    hand: Hand, asked: Approval, by: str, now: datetime, ends: Sequence[OccurrenceRow]
) -> OccurrenceRow:
    """Raises NotAllowed when it is gone."""
    row = await hand.allow(asked, by, now, ends)
    if row is None:
        words = f"{asked.message} was asked for anew, or allowed, this very moment: look again"
        raise NotAllowed(Why.GONE, words)
    return row


async def _renew(
    agenda: Agenda,
    ledger: TextLedger,
    hand: Hand,
    others: Iterable[OccurrenceRow],
    by: str,
    now: datetime,
) -> None:
    """Nothing to renew is no fault: its texts are those of the files, or are settled later."""
    for other in others:
        with suppress(NotFound):
            await refresh(agenda, ledger, hand, other, by, now)


_TO_COME = (
    OccurrenceState.SCHEDULED,
    OccurrenceState.HELD,
    OccurrenceState.RUNNING,
    OccurrenceState.PAUSED,
)
