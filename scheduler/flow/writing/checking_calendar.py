"""What ``check`` says of the calendar: past events, unknown messages, values, class and topic."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from pathlib import Path
from zoneinfo import ZoneInfo

from scheduler.config.hours import hours_of
from scheduler.config.loading import Configuration
from scheduler.config.yaml_lines import Document, read_yaml
from scheduler.content import event_values
from scheduler.content.folder import MessageFolder
from scheduler.content.rules.passage import finding
from scheduler.content.wording import did_you_mean
from scheduler.domain.calendar import dates as calendar
from scheduler.domain.calendar.campaigns import Campaign, CampaignKind, Episode, is_over
from scheduler.domain.checking.findings import Finding
from scheduler.domain.message import MessageClass
from scheduler.flow.filling import values_of
from scheduler.flow.writing.checking_values import Typed, Use

#: After an event, its thanks may still be to come.
_AFTERMATH = timedelta(days=14)


@dataclass(frozen=True, kw_only=True)
class CalendarChecks:
    configuration: Configuration
    #: The file it was read from, for the faults that are in it.
    config_file: Path
    now: datetime
    #: Campaign and episode that alone count as uses; None: all.
    only: tuple[str, str] | None = None

    def campaigns(self, known: Sequence[str]) -> Iterator[Finding]:
        """What the calendar asks for and can't have."""
        for campaign in self.configuration.campaigns:
            if not campaign.enabled:
                continue
            if self._is_past(campaign):
                yield self._finding(
                    "past-event",
                    (campaign.name, "starts"),
                    f"l'événement « {campaign.name} » est passé ({campaign.starts:%d/%m/%Y})",
                )
            for episode in campaign.episodes:
                if episode.message not in known:
                    yield self._finding(
                        "structure",
                        (campaign.name, "episodes", episode.name, "message"),
                        f"aucun message « {episode.message} » sous templates/",
                        did_you_mean(episode.message, known),
                    )

    def message(self, folder: MessageFolder) -> Iterator[Finding]:
        """How the calendar uses one message."""
        for campaign, episode in self.uses(folder.path):
            yield from self._topic(folder, campaign, episode)
            yield from self._reference(folder, campaign, episode)
            for key, name, value in _typed(campaign, episode):
                for what, remedy in event_values.faults(folder, name, value):
                    yield self._finding("event-value", (campaign.name, *key), what, remedy)

    def values(self, folder: MessageFolder, language: str) -> list[Use]:
        """What each use of a message fills it with; an example stands for a value that is told
        of."""
        return [
            Use(
                values={
                    name: folder.placeholders[name].example
                    if any(event_values.faults(folder, name, value))
                    else value
                    for name, value in values_of(campaign, episode, folder, language).items()
                },
                typed=[
                    Typed(name=name, file=self.config_file.name, line=self._line(campaign, key))
                    for key, name, _ in _typed(campaign, episode)
                ],
            )
            for campaign, episode in self.uses(folder.path)
        ]

    def zone(self, folder: MessageFolder) -> str:
        """Whose hour a message shows: that of the event that uses it, else the organisation's."""
        dated = (campaign.zone for campaign, _ in self.uses(folder.path) if campaign.starts)
        return next(dated, self.configuration.settings.time_zone)

    def opens_or_closes(self, message: str) -> bool:
        """Whether it is sent as a series' announcement or recap alone, or not at all."""
        return all(episode.when in ("announcement", "recap") for _, episode in self.uses(message))

    def uses(self, message: str) -> list[tuple[Campaign, Episode]]:
        """The episodes that send a message. An event without a date is filled in later."""
        return [
            (campaign, episode)
            for campaign in self.configuration.campaigns
            for episode in campaign.episodes
            if campaign.enabled and episode.message == message
            if campaign.kind is not CampaignKind.EVENT or campaign.starts is not None
            if self.only in (None, (campaign.name, episode.name))
        ]

    @cached_property
    def _document(self) -> Document:
        return read_yaml(self.config_file)

    def _line(self, campaign: Campaign, key: tuple[str, ...]) -> int | None:
        return self._document.line(("campaigns", campaign.name, *key))

    def _finding(self, code: str, key: tuple[str, ...], message: str, remedy: str = "") -> Finding:
        line = self._document.line(("campaigns", *key))
        return finding(code, self.config_file.name, line, message, remedy)

    def _topic(
        self, folder: MessageFolder, campaign: Campaign, episode: Episode
    ) -> Iterator[Finding]:
        """An opt-out of every topic spares service messages: class and topic say the same."""
        service = folder.message_class is MessageClass.SERVICE
        if service == bool(campaign.topic):
            topic = f"le thème « {campaign.topic} »" if campaign.topic else "aucun thème"
            yield self._finding(
                "topic",
                (campaign.name, "episodes", episode.name, "message"),
                f"« {folder.path} » est de classe « {folder.message_class} », "
                f"et « {campaign.name} » a {topic}",
            )

    def _reference(
        self, folder: MessageFolder, campaign: Campaign, episode: Episode
    ) -> Iterator[Finding]:
        """What a message tells of others' facts, on a day of the organisation."""
        key = (campaign.name, "episodes", episode.name)
        if folder.sourced and episode.reference is None:
            yield self._finding(
                "source", key, f"« {folder.title} » ne dit pas où ce qu'il raconte a été lu"
            )
        if is_over(episode.reference, self._today):
            last = episode.reference.valid_until if episode.reference else None
            yield self._finding(
                "source",
                (*key, "reference", "valid_until"),
                f"« {folder.title} » ne devait plus se raconter après le {last:%d/%m/%Y}",
                "relisez la page, puis corrigez les valeurs et valid_until, ou arrêtez la campagne",
            )

    @property
    def _today(self) -> date:
        if self.now.tzinfo is None:
            return self.now.date()
        return self.now.astimezone(ZoneInfo(self.configuration.settings.time_zone)).date()

    def _is_past(self, campaign: Campaign) -> bool:
        """It is over, it would have invited, and its thanks have left."""
        if campaign.kind is not CampaignKind.EVENT or campaign.starts is None:
            return False
        if all(episode.when in ("thanks", "by-hand") for episode in campaign.episodes):
            return False
        if not calendar.is_over(campaign, self.now):
            return False
        holidays = hours_of(self.configuration.settings).holidays
        today = self.now.astimezone(ZoneInfo(campaign.zone)).date()
        return not calendar.occurrences(campaign, today, today + _AFTERMATH, holidays)


def _typed(campaign: Campaign, episode: Episode) -> Iterator[tuple[tuple[str, ...], str, str]]:
    """What people typed into config.yaml: the key, the placeholder it fills, the value."""
    for name, value in episode.values.items():
        yield ("episodes", episode.name, "values", name), name, value
    for name, value in campaign.values.items():
        if name not in episode.values:
            yield ("values", name), name, value
    if campaign.kind is CampaignKind.EVENT and "lieu" not in {*episode.values, *campaign.values}:
        yield ("place",), "lieu", campaign.place
