"""What the steps in ``flow`` ask of the outside, each as small as its user needs."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Protocol

from scheduler.domain.addressees import RecipientList
from scheduler.domain.answers.bursts import Refusal
from scheduler.domain.calendar.appointment import AgendaEntry
from scheduler.domain.calendar.approval import Approval
from scheduler.domain.calendar.campaigns import Audience, Occurrence
from scheduler.domain.calendar.ending import Tally
from scheduler.domain.checking.passing import Pass
from scheduler.domain.consent.optout import OptOut
from scheduler.domain.delivery import DeliveryState, OccurrenceState, Outcome
from scheduler.domain.ids import OccurrenceId, SlotId
from scheduler.domain.names.renames import Ran, Renaming
from scheduler.domain.planning import (
    GaveWay,
    HeldText,
    KeptText,
    OccurrenceRow,
    PlaceRow,
    PlanCount,
    SlotPlan,
    SlotRow,
)
from scheduler.domain.sending import Claim, Due, Lane, OpenSlot, Rest
from scheduler.domain.showing.report import AlarmRow, Count


class Alarms(Protocol):
    """What needs a person. Each call is one transaction."""

    async def raise_alarm(self, kind: str, subject: str, detail: str, now: datetime) -> bool:
        """Open an alarm; False when it is open already."""

    async def clear_alarm(self, kind: str, subject: str, now: datetime) -> bool:
        """The fault is mended; False when there was none."""


class PlanLedger(Alarms, Protocol):
    """What the plan step asks of the ledger. Each call is one transaction."""

    #: What fell due before the ledger was made concerns nobody (UTC).
    made_at: datetime

    async def note_campaigns(
        self, enabled: Iterable[str], now: datetime, *, whole: bool = True
    ) -> Mapping[str, datetime]:
        """Since when each enabled campaign is on. ``whole``: the others are off."""

    async def replan(
        self, calendar: Sequence[Occurrence], today: date, now: datetime
    ) -> list[tuple[str, str]]:
        """Those that ended without anybody and have another day to come wait again: their printed
        ids of before and of now."""

    async def tally(self, occurrence_id: OccurrenceId) -> Tally:
        """An occurrence's deliveries by state and reason."""

    async def sync(
        self, calendar: Sequence[Occurrence], since: date, *, whole: bool = True
    ) -> None:
        """Bring the occurrences that still wait to the calendar; what has run is not touched.
        ``whole``: what it doesn't have is gone."""

    async def follow(self, wanted: Sequence[Renaming], now: datetime) -> int:
        """Carry renamings out, each once; how many occurrences got another name."""

    async def ran(self, since: date) -> list[Ran]:
        """Occurrences from then on to which something has happened."""

    async def people(self) -> Mapping[str, int]:
        """Living contacts by the audience that they were imported into."""

    async def known_audiences(self) -> set[str]:
        """Names of audiences of which it is settled whose people they are."""

    async def note_audiences(self, names: Collection[str]) -> None:
        """These are known from now on."""

    async def open_alarms(self) -> list[AlarmRow]:
        """What needs a person, oldest first."""

    async def occurrences(self, states: Iterable[OccurrenceState] = ()) -> list[OccurrenceRow]:
        """By date; all of them when no state is named."""

    async def slots_of(self, rows: Iterable[int]) -> list[SlotRow]:
        """The slots of these occurrences that have their mark."""

    async def places(self, audience: Audience) -> list[PlaceRow]:
        """Where members of the audience live."""

    async def people_version(self) -> int:
        """Changes whenever an import may have changed who is where."""

    async def readers(self, audience: Audience) -> list[tuple[str, bool]]:
        """(language, easy-to-read) that its members want."""

    async def agenda_entry(
        self, campaign: str, says: Mapping[str, str], now: datetime
    ) -> AgendaEntry:
        """How an event stands in agendas; one change more when ``digest`` is a new one."""

    async def approval(self, campaign: str, episode: str, season: str) -> Approval | None:
        """Who asked for an occurrence that needs a second person; None: nobody yet."""

    async def list_of(self, campaign: str, episode: str, season: str) -> RecipientList | None:
        """To whom an occurrence goes; None: to its audiences."""

    async def passes(self, message: str) -> list[Pass]:
        """What people asked to let pass of a message, allowed or not."""

    async def kept_texts(self, occurrence_id: OccurrenceId) -> list[KeptText]:
        """The texts that an occurrence has, the latest revision of each."""

    async def held_texts(self, occurrence_id: OccurrenceId) -> list[HeldText]:
        """Texts of an occurrence whose readers wait, or waited, for them to be mended."""

    async def end_held(
        self,
        occurrence_id: OccurrenceId,
        channel: str,
        audience: str,
        variants: Collection[str],
        now: datetime,
    ) -> None:
        """Their readers were served, or left out for good."""

    async def plan(self, plan: SlotPlan, now: datetime) -> PlanCount | None:
        """Plan a slot; None when somebody else has."""

    async def succeed(self, gave_way: GaveWay, now: datetime) -> int:
        """Let those who gave way to a delivery that isn't there, nor to come, take its place while
        their own time isn't over; how many."""

    async def lacking(
        self, occurrence_id: OccurrenceId, channel: str, audience: Audience
    ) -> list[SlotId]:
        """The planned slots of an audience, by row, in which a member has no delivery."""

    async def miss(self, plan: SlotPlan, now: datetime) -> bool:
        """Record that a slot's limit passed; False when it has its mark already."""

    async def set_state(
        self,
        occurrence_id: OccurrenceId,
        to: OccurrenceState,
        reason: str = "",
        *,
        only_from: Iterable[OccurrenceState] = (),
    ) -> bool:
        """Change an occurrence's state; False when it is in none of the states named."""

    async def unfinished(self, occurrence_id: OccurrenceId) -> bool:
        """Something of the occurrence still waits or is being sent."""


class SendLedger(Alarms, Protocol):
    """What the send step asks of the ledger. Each call is one transaction."""

    async def open_slots(self, lane: Lane, now: datetime) -> list[OpenSlot]:
        """Slots of running occurrences with a batch of the lane that is ready and free."""

    async def claim(
        self,
        slots: Collection[int],
        owner: str,
        now: datetime,
        *,
        lane: Lane | None = None,
        number: int | None = None,
    ) -> Claim | None:
        """The oldest ready batch of these slots (of the lane, of this number), for the time of a
        lease; None also when as many of the lane are worked as may be."""

    async def due(self, claim: Claim, now: datetime, limit: int) -> list[Due]:
        """Waiting deliveries of a batch."""

    async def take_tokens(
        self, rates: Mapping[str, float], wanted: int, least: int, now: datetime
    ) -> int:
        """0, or from ``least`` to ``wanted`` tokens out of every bucket named (tokens a second)."""

    async def give_back_tokens(self, rates: Mapping[str, float], tokens: int) -> None:
        """What wasn't used of them."""

    async def take_intents(
        self,
        claim: Claim,
        deliveries: Collection[int],
        now: datetime,
        costs: Mapping[int, int] | None = None,
    ) -> set[int]:
        """Mark these as being sent; those that may leave. Durable when it returns. What a file
        has changed of its person since it was planned gets another address, or is left out.

        ``costs``: what each will cost, in ten-thousandths of a euro.
        """

    @property
    def heard(self) -> int:
        """Grows with every opt-out that this process has recorded."""

    async def still_may(self, claim: Claim, deliveries: Collection[int], now: datetime) -> set[int]:
        """Those of these intents whose text may still begin: asked of the ledger as it is."""

    async def record(
        self,
        outcomes: Sequence[Outcome],
        suppressions: Sequence[tuple[int, OptOut]] = (),
        refusals: Sequence[Refusal] = (),
    ) -> None:
        """Write outcomes, and what they say of addresses. Durable when it returns.

        What ``refusals`` come to the ledger decides, by all that it knows of their domains: some of
        these deliveries may wait again.
        """

    async def release(self, claim: Claim) -> None:
        """Give a batch back."""

    async def resting(self, lane: Lane) -> list[Rest]:
        """The breakers of a lane and of its channel that aren't closed."""

    async def probe(self, rest: Rest, now: datetime) -> bool:
        """Be the one who tries a message after a rest; False when another is."""

    async def end_probe(self, lane: Lane, now: datetime) -> None:
        """A trial that tried nothing."""

    async def trip(
        self, lane: Lane, reason: str, now: datetime, rest: timedelta | None = None
    ) -> datetime:
        """Let a lane rest, for ``rest`` or as its failures in a row ask for; until when."""

    async def close_breaker(self, lane: Lane) -> bool:
        """The lane and its channel work; False when nothing rested."""

    async def raise_halt(self, campaign: str, channel: str, reason: str, now: datetime) -> bool:
        """Nothing of the campaign, or for a country (``+262``), leaves on the channel until a
        person acts."""

    async def closed_countries(self, channel: str) -> Mapping[str, str]:
        """Countries that nothing leaves for on the channel, with the provider's words."""


class Wire(Protocol):
    """Notes what is on the wire, for the start after a crash."""

    def handing_over(self, delivery: int) -> None:
        """Just before its last bytes leave."""

    def answered(self, delivery: int, state: DeliveryState) -> None:
        """Once its answer is read."""


class RehearsalLedger(PlanLedger, SendLedger, Protocol):
    """What a rehearsal asks of its copy, beside the path itself."""

    async def counts(self, occurrences: Iterable[int] = ()) -> list[Count]:
        """Deliveries by occurrence, audience, channel, territory, state and reason."""

    async def next_ready(self) -> datetime | None:
        """When the first waiting delivery may leave; None when nothing waits."""

    async def expire(self, now: datetime) -> int:
        """End what could not leave before its slot's limit; how many."""

    async def same_day(self) -> list[tuple[str, str, str, str, int]]:
        """(occurrence, other occurrence, channel, local date, people) for people whom two
        occurrences reach on one channel in a local day."""
