"""A rehearsal: the real path on a copy of the people, under a simulated clock, into an outbox.

The clock jumps from one due instant to the next, so that months pass in seconds; nothing sleeps.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import field
from datetime import UTC, date, datetime, time, timedelta
from typing import Protocol

from scheduler.domain.alarms.kinds import AlarmKind
from scheduler.domain.calendar import dates as calendar
from scheduler.domain.calendar.campaigns import Audience, CampaignKind, Occurrence
from scheduler.domain.calendar.conflicts import Planned
from scheduler.domain.calendar.leaving import season_of
from scheduler.domain.channels import channel_label
from scheduler.domain.delivery import OccurrenceState
from scheduler.domain.ids import OccurrenceId
from scheduler.domain.message import Message
from scheduler.domain.planning import OccurrenceRow, PlaceRow
from scheduler.domain.ports import KnownOccurrences
from scheduler.domain.showing.report import AlarmRow, Count, UnmetWish
from scheduler.domain.values import frozen
from scheduler.domain.words.french import french_date
from scheduler.flow import newcomers, renames
from scheduler.flow.agenda import Agenda, due_instant
from scheduler.flow.newcomers import NewcomerLedger
from scheduler.flow.plan import Planner
from scheduler.flow.send import Sender
from scheduler.flow.showing.merged import WAITS

#: Told how many instants are done, of how many.
Progress = Callable[[int, int], None]
#: Messages of each occurrence, audience, channel and language that are written to the outbox.
KEPT = 20


@frozen
class Conflict:
    """Something a person must mend before the real thing, in French."""

    occurrence: str
    what: str


@frozen
class Rehearsal:
    """What would happen between two dates."""

    start: date
    end: date
    counts: Sequence[Count]
    conflicts: Sequence[Conflict]
    #: What isn't played, for in the real ledger it has run, or runs.
    settled: Sequence[OccurrenceRow] = ()
    #: Who asked for a language or for easy texts, and would read others.
    unmet: Sequence[UnmetWish] = ()


@frozen
class Known:
    """What the real ledger has of the dates that are rehearsed."""

    #: They have run, run, or were decided about: playing them would promise a second time.
    settled: Sequence[OccurrenceRow] = ()
    #: What may have run under another name -> what to write.
    in_doubt: Mapping[str, str] = field(default_factory=dict)


class KnownSource(renames.NameSource, KnownOccurrences, Protocol):
    """The real ledger; nothing is written."""


class WaitingLedger(Protocol):
    """The copy, while its clock jumps. Each call is one transaction."""

    async def next_ready(self) -> datetime | None:
        """When the first waiting delivery may leave; None when nothing waits."""

    async def expire(self, now: datetime) -> int:
        """End what could not leave before its slot's limit; how many."""


class PlayedLedger(Protocol):
    """The copy, once all was played. Each call is one transaction."""

    async def counts(self, occurrences: Iterable[OccurrenceId] = ()) -> list[Count]:
        """Deliveries by occurrence, audience, channel, territory, state and reason."""

    async def unmet_wishes(self) -> list[UnmetWish]:
        """Who got another text than the one they asked for, by channel and wish."""

    async def open_alarms(self) -> list[AlarmRow]:
        """What needs a person, oldest first."""

    async def same_day(self) -> list[tuple[str, str, str, str, int]]:
        """(occurrence, other occurrence, channel, local date, people) for people whom two
        occurrences reach on one channel in a local day."""


class RehearsalLedger(WaitingLedger, PlayedLedger, NewcomerLedger, Protocol):
    """The copy; the path itself has it from its planner and its senders."""

    async def sync(
        self, calendar: Sequence[Occurrence], since: date, *, whole: bool = True
    ) -> None:
        """Bring the occurrences that still wait to the calendar; what has run is not touched."""

    async def places(self, audience: Audience) -> list[PlaceRow]:
        """Where members of the audience live."""


async def known_of(agenda: Agenda, real: KnownSource, start: date, end: date) -> Known:
    """What is true of these dates before anything is played."""
    rows = await real.occurrences()
    planned = {
        one.occurrence_id for one in await real.slots_of([row.occurrence_id for row in rows])
    }
    coming = agenda.occurrences(start, end)
    doubts = await renames.look(agenda, real, coming, start)
    keys = {season_of(one) for one in coming}
    return Known(
        settled=[
            row
            for row in rows
            if (row.state not in WAITS or row.occurrence_id in planned)
            and (season_of(row) in keys or start <= row.date <= end)
        ],
        in_doubt={one.id: reason for one, reason in doubts.items()}
        | await renames.lost(agenda.configuration.audiences, real),
    )


NOTHING_KNOWN = Known()


class SimulatedClock:
    """Says the instant it was last set to."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


class KeepFirst:
    """Which messages the outbox writes: the first few of each kind."""

    def __init__(self, most: int | None = KEPT) -> None:
        self._most = most
        self._seen: Counter[str] = Counter()

    def __call__(self, message: Message) -> bool:
        self._seen[message.group] += 1
        return self._most is None or self._seen[message.group] <= self._most


def known_since(start: date) -> datetime:
    """Before the first slot of ``start`` anywhere on Earth (UTC)."""
    return datetime.combine(start, time(), UTC) - timedelta(days=2)


async def rehearse(
    agenda: Agenda,
    ledger: RehearsalLedger,
    planner: Planner,
    senders: Sequence[Sender],
    clock: SimulatedClock,
    start: date,
    end: date,
    progress: Progress = lambda done, total: None,
    known: Known = NOTHING_KNOWN,
) -> Rehearsal:
    """Run every occurrence whose nominal date is in the range (both included), but what the real
    ledger has settled."""
    settled = {season_of(row) for row in known.settled}
    # Whoever waits to enter does so as the rehearsal begins, and is counted.
    await newcomers.look(agenda, ledger, datetime.combine(start, time(), UTC))
    coming = agenda.occurrences(start, end)
    await ledger.sync([one for one in coming if season_of(one) not in settled], start)
    places = {
        name: [row.place for row in await ledger.places(audience)]
        for name, audience in agenda.audiences.items()
    }
    every = agenda.slots(start, end, places)
    slots = [one for one in every if season_of(one.occurrence) not in settled]
    instants = sorted({due_instant(one) for one in slots})
    for done, instant in enumerate(instants):
        progress(done, len(instants))
        await _retry(ledger, senders, clock, instant)
        clock.now = instant
        await planner.plan_due(instant)
        for sender in senders:
            await sender.send_due()
    progress(len(instants), len(instants))
    await _retry(ledger, senders, clock, None)
    return Rehearsal(
        start=start,
        end=end,
        counts=await ledger.counts(),
        conflicts=[*_known(known), *await _conflicts(agenda, ledger, slots, start)],
        settled=known.settled,
        unmet=await ledger.unmet_wishes(),
    )


async def _retry(
    ledger: WaitingLedger,
    senders: Sequence[Sender],
    clock: SimulatedClock,
    before: datetime | None,
) -> None:
    """What waits: jump to each until nothing does, its life has ended, or ``before`` has come."""
    while (instant := await ledger.next_ready()) is not None:
        if before is not None and instant >= before:
            return
        clock.now = max(instant, clock.now + timedelta(minutes=1))
        for sender in senders:
            clock.now = max(clock.now, sender.rests_until or clock.now)
            await sender.send_due()
        await ledger.expire(clock.now)


async def _conflicts(
    agenda: Agenda, ledger: PlayedLedger, slots: Sequence[Planned], start: date
) -> list[Conflict]:
    found = [
        Conflict(occurrence=alarm.subject, what=alarm.detail)
        for alarm in await ledger.open_alarms()
        if alarm.kind == AlarmKind.MESSAGE_FAULTY
    ]
    found += closed(slots)
    found += _past_events(agenda, start)
    found += [
        Conflict(occurrence=first, what=_twice(second, channel, day, people))
        for first, second, channel, day, people in await ledger.same_day()
    ]
    return found


def _known(known: Known) -> list[Conflict]:
    """What the real ledger says against it: it would not leave as the calendar has it."""
    found = [Conflict(occurrence=one, what=reason) for one, reason in known.in_doubt.items()]
    found += [
        Conflict(
            occurrence=row.id,
            what="manqué, et rien n’en partira de soi-même : donnez-lui une autre date, ou "
            f"envoyez-le par reflexe send-now {row.campaign}/{row.episode}",
        )
        for row in known.settled
        if row.state is OccurrenceState.MISSED
    ]
    return found


def closed(slots: Iterable[Planned]) -> list[Conflict]:
    """Those that no hour is found for."""
    closed = {
        (one.occurrence.id, one.channel, one.place.territory): one.slot.reason
        for one in slots
        if one.slot.due_at is None
    }
    return [
        Conflict(
            occurrence=occurrence,
            what=f"{channel_label(channel)}, territoire {territory} : aucune heure d’envoi "
            f"({reason})",
        )
        for (occurrence, channel, territory), reason in sorted(closed.items())
    ]


def _past_events(agenda: Agenda, start: date) -> list[Conflict]:
    return [
        Conflict(
            occurrence=campaign.name,
            what=f"l’événement du {french_date(campaign.starts.date())} est passé : "
            "donnez sa nouvelle date ou retirez-le",
        )
        for campaign in agenda.campaigns
        if campaign.kind is CampaignKind.EVENT
        and campaign.starts is not None
        and calendar.is_past(campaign, start)
    ]


def _twice(other: str, channel: str, day: str, people: int) -> str:
    when = french_date(date.fromisoformat(day))
    return (
        f"{people} personne(s) reçoivent aussi {other} le {when} par {channel_label(channel)} : "
        "déplacez l’un des deux"
    )
