"""The calendar step: what the configuration says will leave, slot by slot, before anything is
planned. Nothing here touches the ledger.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import cached_property

from scheduler.config.configuration import Configuration
from scheduler.config.hours import hours_of
from scheduler.content.library import Library
from scheduler.domain.calendar import conflicts, newcomers
from scheduler.domain.calendar import dates as calendar
from scheduler.domain.calendar.campaigns import (
    Audience,
    Campaign,
    CampaignKind,
    Episode,
    Occurrence,
    Place,
    Shift,
    hour_of,
)
from scheduler.domain.calendar.conflicts import Planned
from scheduler.domain.calendar.holidays import SUNDAY
from scheduler.domain.calendar.leaving import Exceptions, Season, season_of
from scheduler.domain.calendar.windows import Hours, instant
from scheduler.domain.channels import EMAIL
from scheduler.domain.errors import ContentError, NotFound
from scheduler.domain.planning import OccurrenceRow
from scheduler.flow.who_writes import host_of

#: Ranges whose slots are remembered: the daemon asks for the same few again and again.
KEPT_RANGES = 32
#: How far from a newcomer's week a series is looked for.
FAR = timedelta(days=180)


class Agenda:
    """One configuration's calendar. Reads the message folders to know what has a text."""

    def __init__(self, configuration: Configuration) -> None:
        self.configuration = configuration
        self.library = Library(
            configuration.templates,
            configuration.parents,
            host_of(configuration.settings),
            configuration.settings.organisation.notice_version,
        )
        self._channels: dict[tuple[str, str, str], tuple[str, ...]] = {}
        self._slots: dict[object, list[Planned]] = {}
        self._written: dict[tuple[str, str, str], bool] = {}
        self._sundays: dict[object, list[Occurrence]] = {}
        #: What the ledger knows better than the calendar; whoever has a ledger notes it.
        self.exceptions = Exceptions()
        #: The steps of onboarding that somebody is to get, by season; noted in the same way.
        self.entered: frozenset[Season] = frozenset()

    @cached_property
    def hours(self) -> Hours:
        return hours_of(self.configuration.settings, self.configuration.audiences)

    @cached_property
    def audiences(self) -> Mapping[str, Audience]:
        return {audience.name: audience for audience in self.configuration.audiences}

    @property
    def campaigns(self) -> list[Campaign]:
        """Those that are enabled."""
        return [campaign for campaign in self.configuration.campaigns if campaign.enabled]

    def episode(self, one: Occurrence | OccurrenceRow) -> Episode:
        """What an occurrence is one of. Raises NotFound when config.yaml no longer has it."""
        campaign = self.configuration.campaign(one.campaign)
        for episode in campaign.episodes:
            if episode.name == one.episode:
                return episode
        known = ", ".join(episode.name for episode in campaign.episodes)
        raise NotFound(f"campaign {one.campaign} has no episode {one.episode!r}: it has {known}")

    def occurrences(self, start: date, end: date) -> list[Occurrence]:
        """Every occurrence of an enabled campaign in a range of nominal dates, both included."""
        return [
            one
            for campaign in self.campaigns
            for one in calendar.occurrences(campaign, start, end, self.hours.holidays)
            if self._is_there(campaign, self.episode(one), one)
        ]

    @property
    def onboarding(self) -> list[Campaign]:
        """Those that are enabled and greet newcomers."""
        return [one for one in self.campaigns if one.kind is CampaignKind.ONBOARDING]

    def _is_there(self, campaign: Campaign, episode: Episode, one: Occurrence) -> bool:
        """A step of onboarding is where it has people, and no series tells them the same."""
        if campaign.kind is not CampaignKind.ONBOARDING:
            return True
        if season_of(one) not in self.entered:
            return False
        sundays = self._sundays_for(campaign, newcomers.end_of(one.season))
        return not newcomers.is_excepted(campaign, episode, one.season, sundays)

    def _sundays_for(self, campaign: Campaign, week: date) -> list[Occurrence]:
        """The episodes around a week, for the same people, of the series that are to be sent."""
        key = (campaign.name, week, self.exceptions)
        if key not in self._sundays:
            self._sundays[key] = [
                one
                for series in self.campaigns
                if series.kind is CampaignKind.SERIES and self._same_people(series, campaign)
                for one in calendar.occurrences(series, week - FAR, week + FAR, self.hours.holidays)
                if self.episode(one).when.startswith("sunday")
                and season_of(one) not in self.exceptions.cancelled
            ]
        return self._sundays[key]

    def _same_people(self, one: Campaign, other: Campaign) -> bool:
        mine, theirs = (
            {self.audiences[name].source for name in each.audiences} for each in (one, other)
        )
        return bool(mine & theirs)

    def slots(self, start: date, end: date, places: Mapping[str, Sequence[Place]]) -> list[Planned]:
        """Every slot of these dates, after moves and conflicts; ``places`` by audience name."""
        where = tuple((name, tuple(places.get(name, ()))) for name in self.audiences)
        key = (start, end, where, self.exceptions, self.entered)
        if key not in self._slots:
            if len(self._slots) > KEPT_RANGES:
                self._slots.clear()
            self._slots[key] = self._compute(start, end, places)
        return self._slots[key]

    def _compute(
        self, start: date, end: date, places: Mapping[str, Sequence[Place]]
    ) -> list[Planned]:
        planned = conflicts.plan(
            self.campaigns,
            start,
            end,
            audiences=self.audiences,
            places={name: places.get(name, ()) for name in self.audiences},
            channels=self.channels,
            hours=self.hours,
            takes_day=self._takes_day,
            is_there=self._is_there,
        )
        return [one for one in planned if not self._is_switched_off(one)]

    def channels(self, campaign: Campaign, episode: Episode, audience: Audience) -> Iterable[str]:
        """The channels on which this audience should have a text of this episode."""
        key = (campaign.name, episode.name, audience.name)
        if key not in self._channels:
            self._channels[key] = tuple(
                channel
                for channel in campaign.channels
                if channel in audience.channels and self._has_text(episode, channel)
            )
        return self._channels[key]

    def _has_text(self, episode: Episode, channel: str) -> bool:
        try:
            return channel in self.library.load(episode.message).channels
        except (ContentError, NotFound):
            # What is missing or faulty still counts: planning says what is wrong with it.
            return True

    def _takes_day(self, one: Planned) -> bool:
        written = self.is_written(one.episode, one.channel, self.audiences[one.audience])
        return written and self.exceptions.takes_day(one)

    def is_written(self, episode: Episode, channel: str, audience: Audience) -> bool:
        """Whether it has a text that an audience's French readers can get: without one nothing
        leaves, and nothing gives way to it."""
        key = (episode.message, channel, audience.name)
        if key not in self._written:
            self._written[key] = self._is_written(*key)
        return self._written[key]

    def _is_written(self, message: str, channel: str, audience: str) -> bool:
        try:
            text = self.library.load(message).pick(channel, audience, "fr", easy_to_read=False)
        except (ContentError, NotFound):
            return False
        return text is not None and text.fault is None

    def _is_switched_off(self, one: Planned) -> bool:
        """``shift: {sms: none}`` means no message on Sundays, not a message nobody gets."""
        if one.slot.due_at is not None or one.channel == EMAIL.name:
            return False
        terms = self.audiences[one.audience].channels[one.channel]
        return one.occurrence.date.weekday() == SUNDAY and terms.shift is Shift.NONE


def due_instant(one: Planned) -> datetime:
    """When a slot comes due (UTC); for one that never does, when that is to be recorded."""
    if one.slot.due_at is not None:
        return one.slot.due_at
    at = hour_of(one.campaign, one.episode, one.occurrence.season)
    return instant(one.occurrence.date, at, one.place.zone)
