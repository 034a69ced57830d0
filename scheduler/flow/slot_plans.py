"""Everything that one planning transaction needs, made ready before it begins."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from scheduler.domain import caps, giving_way
from scheduler.domain.campaigns import Campaign, tells_of_a_change
from scheduler.domain.caps import CapLimit, Caps, Coming
from scheduler.domain.conflicts import Planned
from scheduler.domain.message import AddressKind
from scheduler.domain.planning import (
    Awaited,
    ContentText,
    OccurrenceRow,
    PlaceRow,
    ShelfText,
    SlotKey,
    SlotPlan,
)
from scheduler.domain.ports import EMAIL, ChannelKind, PlanLedger
from scheduler.flow.agenda import Agenda, due_instant
from scheduler.flow.coming import ComingStep
from scheduler.flow.texts import freeze_texts, texts_kept

#: A slot leaves at most so far from its nominal date (moves, and a day for the zones).
REACH = timedelta(days=16)
#: Texts remembered at once, by occurrence, channel and audience.
KEPT_TEXTS = 64
#: Where the members of each audience live.
Places = Mapping[str, Sequence[PlaceRow]]
#: A slot's texts, and those of its occurrence's other slots.
Texts = tuple[Sequence[ContentText], Sequence[ShelfText]]


@dataclass(kw_only=True, slots=True)
class SlotPlans:
    """Makes them, and remembers the texts of the occurrences at hand."""

    agenda: Agenda
    ledger: PlanLedger
    channels: Mapping[str, ChannelKind]
    real_world: frozenset[str]
    #: Every slot of an occurrence sends the same words.
    _frozen: dict[tuple[int, str, str], Texts] = field(default_factory=dict)

    def forget(self) -> None:
        """Other people may read other languages."""
        self._frozen.clear()

    async def make(
        self,
        row: OccurrenceRow,
        one: Planned,
        places: Places,
        now: datetime,
        *,
        with_texts: bool,
        forced: bool,
        to_come: Iterable[Planned] = (),
    ) -> SlotPlan:
        """``to_come``: slots of the occurrence that are planned later.

        Raises ContentError and NotFound when ``with_texts`` and a text can't be sent."""
        audience = self.agenda.audiences[one.audience]
        texts, shelf = await self._texts(row, one, now) if with_texts else ([], [])
        due = due_instant(one)
        limits, coming = await self._caps(one, places)
        return SlotPlan(
            occurrence=row,
            topic=one.campaign.topic,
            key=key_of(one),
            address_kind=self.channels[one.channel].address_kind,
            audience=audience,
            awaited=self._awaited(one, to_come),
            due_at=due,
            not_after=one.slot.not_after or due,
            reason=one.slot.reason,
            contents=texts,
            shelf=shelf,
            owed=is_owed(one.campaign, one.channel),
            caps=limits,
            coming=coming,
            email_first=self._has_email_too(one),
            no_window=one.slot.due_at is None,
            real_world=one.channel in self.real_world,
            forced=forced,
            invited_only=tells_of_a_change(one.campaign, one.episode),
        )

    async def _caps(
        self, one: Planned, known: Places
    ) -> tuple[Sequence[CapLimit], Sequence[Coming]]:
        """What a person of this slot must not have had, nor be about to get; nothing for what is
        never left out."""
        # What a person sends by hand (a move, a cancellation) must reach those it concerns.
        by_hand = one.episode.when == "by-hand"
        if one.due_there is None or by_hand or not caps.counts(one.campaign.rank):
            return (), ()
        day = one.due_there.date()
        places = {name: [row.place for row in rows] for name, rows in known.items()}
        near = self.agenda.slots(day - REACH, day + 2 * caps.AHEAD + REACH, places)
        settings = self.agenda.configuration.settings.caps
        most = Caps(week=settings.week, month=settings.month)
        coming = await ComingStep(agenda=self.agenda, ledger=self.ledger).of(one, day, near, most)
        return caps.limits(most, day, one.place, coming), coming

    def _has_email_too(self, one: Planned) -> bool:
        """It is an SMS, and the same people have an e-mail of this occurrence."""
        audience = self.agenda.audiences[one.audience]
        found = self.agenda.channels(one.campaign, one.episode, audience)
        by_phone = self.channels[one.channel].address_kind is AddressKind.PHONE
        return by_phone and EMAIL.name in found

    def _awaited(self, one: Planned, to_come: Iterable[Planned]) -> Sequence[Awaited]:
        order, due = self.agenda.configuration.audiences, due_instant(one)
        limit = one.slot.not_after or due
        return giving_way.awaited(one.channel, one.audience, limit, to_come, order)

    async def _texts(self, row: OccurrenceRow, one: Planned, now: datetime) -> Texts:
        """What its first slot settled, whatever its files say by now; else what they say."""
        key = (row.row, one.channel, one.audience)
        if len(self._frozen) > KEPT_TEXTS:
            self._frozen.clear()
        if key not in self._frozen:
            audience = self.agenda.audiences[one.audience]
            settled = await texts_kept(self.ledger, row.row, one.channel, audience)
            self._frozen[key] = (
                (settled, [])
                if settled is not None
                else await freeze_texts(self.agenda, self.ledger, one, self._others(one), now)
            )
        return self._frozen[key]

    def _others(self, one: Planned) -> list[tuple[str, str]]:
        """Channel and audience of the occurrence's slots that are neither this one's."""
        return [
            (channel, name)
            for name in one.campaign.audiences
            for channel in self.agenda.channels(
                one.campaign, one.episode, self.agenda.audiences[name]
            )
            if (channel, name) != (one.channel, one.audience)
        ]


def is_owed(campaign: Campaign, channel: str) -> bool:
    """A service message by e-mail is (GDPR article 34). By SMS the operators' charter wants consent
    all the same."""
    return not campaign.topic and channel == EMAIL.name


def key_of(one: Planned) -> SlotKey:
    return SlotKey(channel=one.channel, audience=one.audience, place=one.place)
