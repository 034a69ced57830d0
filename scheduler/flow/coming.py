"""What a message gives way to, for the same people on the same channel in the days after it.

Each of these is still to leave: its occurrence waits, it has a text, and what is capped itself
counts for those alone whom it will reach.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from scheduler.domain.calendar.campaigns import Audience, CampaignKind, Rank
from scheduler.domain.calendar.conflicts import Planned
from scheduler.domain.calendar.leaving import OVER, season_of
from scheduler.domain.measure import caps
from scheduler.domain.measure.caps import Caps, Coming
from scheduler.domain.planning import OccurrenceRow, SlotKey
from scheduler.domain.ports import KnownOccurrences
from scheduler.domain.values import frozen
from scheduler.flow.agenda import Agenda

_STRENGTH = {rank: strength for strength, rank in enumerate(Rank)}


@frozen
class ComingStep:
    agenda: Agenda
    ledger: KnownOccurrences

    async def of(
        self, one: Planned, day: date, near: Iterable[Planned], most: Caps
    ) -> list[Coming]:
        """In turn. ``near``: the calendar's slots of these weeks; ``day``: its own."""
        later = await self._still_to_leave(one, day, near)
        found = []
        for other, on in later:
            goes = caps.goes_before(other.campaign.rank, one.campaign.rank)
            if not goes or on > day + caps.AHEAD:
                continue
            before = [each_day for each, each_day in later if _is_before(each, each_day, other, on)]
            room: Sequence[tuple[datetime, int]] | None = ()
            if caps.counts(other.campaign.rank):
                room = caps.room(most, day, on, other.place, before)
            if room is not None:
                found.append(
                    Coming(
                        day=on,
                        topic=other.campaign.topic,
                        before=self._served_first(other),
                        room=room,
                    )
                )
        return found

    async def _still_to_leave(
        self, one: Planned, day: date, near: Iterable[Planned]
    ) -> list[tuple[Planned, date]]:
        """With the local day of each."""
        audience = self.agenda.audiences[one.audience]
        same = [
            (other, other.due_there.date())
            for other in near
            if _key(other) == _key(one)
            # What goes to a week's newcomers alone is no news of everybody's.
            and other.campaign.kind is not CampaignKind.ONBOARDING
            and other.due_there is not None
            and other.due_there.date() > day
            and self.agenda.is_written(other.episode, other.channel, audience)
        ]
        if not same:
            return []
        known = {season_of(row): row for row in await self.ledger.occurrences()}
        rows = [
            known[season_of(other.occurrence)]
            for other, _ in same
            if season_of(other.occurrence) in known
        ]
        gone = await self._gone(rows, _key(one))
        left = [(other, on) for other, on in same if season_of(other.occurrence) not in gone]
        return sorted(left, key=lambda each: (each[1], each[0].campaign.name))

    async def _gone(self, rows: Sequence[OccurrenceRow], key: SlotKey) -> set[tuple[str, str, str]]:
        """The seasons of those that are over, or have left or were brought forward there."""
        planned = {
            mark.occurrence_id
            for mark in await self.ledger.slots_of([row.occurrence_id for row in rows])
            if mark.key == key
        }
        return {
            season_of(row)
            for row in rows
            if row.state in OVER or row.occurrence_id in planned or key.audience in row.forced
        }

    def _served_first(self, other: Planned) -> list[Audience]:
        """The audiences whose people at an address get it before this one's, and this one."""
        found = []
        # untaken: it never ends by itself, for the audience is one of them
        for each in self.agenda.configuration.audiences:
            channels = self.agenda.channels(other.campaign, other.episode, each)
            written = self.agenda.is_written(other.episode, other.channel, each)
            if each.name in other.campaign.audiences and other.channel in channels and written:
                found.append(each)
            if each.name == other.audience:
                break
        return found


def _key(one: Planned) -> SlotKey:
    return SlotKey(channel=one.channel, audience=one.audience, place=one.place)


def _is_before(one: Planned, day: date, other: Planned, on: date) -> bool:
    """Whether it takes a place in the cap from ``other``: it is stronger, or as strong and
    earlier."""
    mine, theirs = _STRENGTH[one.campaign.rank], _STRENGTH[other.campaign.rank]
    return mine < theirs or (mine == theirs and day < on)
