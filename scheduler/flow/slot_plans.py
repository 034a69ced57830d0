"""Everything that one planning transaction needs, made ready before it begins."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Protocol

from scheduler.domain import giving_way
from scheduler.domain.addressees import RecipientList
from scheduler.domain.calendar import windows
from scheduler.domain.calendar.campaigns import (
    Campaign,
    CampaignKind,
    Occurrence,
    SlotTime,
    tells_of_a_change,
)
from scheduler.domain.calendar.conflicts import Planned
from scheduler.domain.channels import EMAIL, ChannelKind
from scheduler.domain.measure import caps
from scheduler.domain.measure.caps import CapLimit, Caps, Coming
from scheduler.domain.message import AddressKind
from scheduler.domain.planning import (
    Awaited,
    OccurrenceRow,
    PlaceRow,
    SlotKey,
    SlotPlan,
    SlotRow,
    Unserved,
)
from scheduler.domain.ports import KnownOccurrences
from scheduler.flow.agenda import Agenda, due_instant
from scheduler.flow.coming import ComingStep
from scheduler.flow.settled_texts import SettledLedger, texts_settled
from scheduler.flow.texts import HeldWhole, Settled, freeze_texts

#: A slot leaves at most so far from its nominal date (moves, and a day for the zones).
REACH = timedelta(days=16)
#: Texts remembered at once, by occurrence, channel and audience.
KEPT_TEXTS = 64
NO_TEXTS = Settled(texts=())
#: Where the members of each audience live.
Places = Mapping[str, Sequence[PlaceRow]]


class SlotPlanLedger(SettledLedger, KnownOccurrences, Protocol):
    """What its texts ask, and what is still to come to the same people."""


@dataclass(kw_only=True, slots=True)
class SlotPlans:
    """Makes them, and remembers the texts of the occurrences at hand."""

    agenda: Agenda
    ledger: SlotPlanLedger
    channels: Mapping[str, ChannelKind]
    real_world: frozenset[str]
    #: Every slot of an occurrence sends the same words.
    _frozen: dict[tuple[int, str, str], Settled] = field(default_factory=dict)

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
        found = await self.texts(row, one, now) if with_texts else NO_TEXTS
        waits = bool(found.waiting(one.channel, one.audience))
        plan = await self._plan(row, one, places, found, forced=forced, to_come=to_come)
        return replace(plan, unserved=Unserved.WAIT) if waits else plan

    async def top_up(
        self,
        row: OccurrenceRow,
        one: Planned,
        places: Places,
        found: Settled,
        *,
        end: bool,
        to_come: Iterable[Planned] = (),
    ) -> SlotPlan:
        """A slot that is planned, once more: for those whose text is mended, or, at its ``end``,
        for everybody who is left."""
        forced = one.audience in row.forced
        plan = await self._plan(row, one, places, found, forced=forced, to_come=to_come)
        return replace(plan, top_up=True, unserved=Unserved.END if end else Unserved.WAIT)

    async def _plan(
        self,
        row: OccurrenceRow,
        one: Planned,
        places: Places,
        found: Settled,
        *,
        forced: bool,
        to_come: Iterable[Planned],
    ) -> SlotPlan:
        audience = self.agenda.audiences[one.audience]
        due = due_instant(one)
        limits, coming = await self._caps(one, places)
        to = await list_for(self.ledger, one.campaign, row)
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
            contents=found.texts,
            shelf=found.shelf,
            held=found.held,
            owed=is_owed(one.campaign, one.channel),
            caps=limits,
            coming=coming,
            email_first=self._has_email_too(one),
            no_window=one.slot.due_at is None,
            real_world=one.channel in self.real_world,
            forced=forced,
            invited_only=tells_of_a_change(one.campaign, one.episode),
            list=to,
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

    async def texts(self, row: OccurrenceRow, one: Planned, now: datetime) -> Settled:
        """What its first slot settled, whatever its files say by now; else what they say.

        Raises ContentError and NotFound when nobody in the slot has a text.
        """
        key = (row.occurrence_id, one.channel, one.audience)
        if len(self._frozen) > KEPT_TEXTS:
            self._frozen.clear()
        if key in self._frozen:
            return self._frozen[key]
        found = await texts_settled(self.agenda, self.ledger, row.occurrence_id, one, now)
        if found is None:
            found = await freeze_texts(self.agenda, self.ledger, one, self._others(one), now)
        waiting = found.waiting(one.channel, one.audience)
        if waiting and not any(text.readers for text in found.texts):
            raise HeldWhole(waiting[0].reason)
        if not found.held:
            # What is held may be mended at any moment.
            self._frozen[key] = found
        return found

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


#: A list in which there is nobody.
NOBODY = 0


class ListLedger(Protocol):
    async def list_of(self, campaign: str, episode: str, season: str) -> RecipientList | None:
        """To whom an occurrence goes; None: to its audiences."""


async def list_for(ledger: ListLedger, campaign: Campaign, row: OccurrenceRow) -> int | None:
    """The list that an occurrence goes to; None: to its audiences. What is for newcomers never is:
    without a list, it goes to nobody."""
    kept = await ledger.list_of(row.campaign, row.episode, row.season)
    if kept is not None and kept.restricts:
        return kept.row
    return NOBODY if campaign.kind is CampaignKind.ONBOARDING else None


def is_owed(campaign: Campaign, channel: str) -> bool:
    """A service message by e-mail is (GDPR article 34). By SMS the operators' charter wants consent
    all the same."""
    return not campaign.topic and channel == EMAIL.name


def planned_again(agenda: Agenda, row: OccurrenceRow, mark: SlotRow) -> Planned | None:
    """A slot as it was planned; None when config.yaml no longer has what it was made from."""
    campaigns = (one for one in agenda.configuration.campaigns if one.name == row.campaign)
    campaign = next(campaigns, None)
    episodes = campaign.episodes if campaign else ()
    episode = next((one for one in episodes if one.name == row.episode), None)
    if campaign is None or episode is None or mark.key.audience not in agenda.audiences:
        return None
    return Planned(
        occurrence=Occurrence(
            campaign=row.campaign, episode=row.episode, season=row.season, date=row.date
        ),
        campaign=campaign,
        episode=episode,
        channel=mark.key.channel,
        audience=mark.key.audience,
        place=mark.key.place,
        slot=SlotTime(
            due_at=mark.due_at,
            start_by=windows.start_by(
                mark.key.channel, mark.due_at, mark.key.place, agenda.hours, mark.not_after
            ),
            not_after=mark.not_after,
        ),
    )


def key_of(one: Planned) -> SlotKey:
    return SlotKey(channel=one.channel, audience=one.audience, place=one.place)
