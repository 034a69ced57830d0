"""What ``check`` says of how the calendar uses a message: its values, its class and its topic."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from scheduler.config.yaml_lines import Document
from scheduler.content import event_values
from scheduler.content.folder import MessageFolder
from scheduler.content.rules.passage import finding
from scheduler.domain.calendar.campaigns import Campaign, CampaignKind, Episode, is_over
from scheduler.domain.checking.findings import Finding
from scheduler.domain.message import MessageClass
from scheduler.flow.filling import values_of
from scheduler.flow.writing.checking_values import Typed, Use
from scheduler.flow.writing.ground import Ground


@dataclass(frozen=True, kw_only=True)
class CalendarChecks:
    ground: Ground
    #: The organisation's.
    today: date
    #: Campaign and episode that alone count as uses; None: all.
    only: tuple[str, str] | None = None

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
                    Typed(name=name, file=self.ground.file, line=self._line(campaign, key))
                    for key, name, _ in _typed(campaign, episode)
                ],
            )
            for campaign, episode in self.uses(folder.path)
        ]

    def zone(self, folder: MessageFolder) -> str:
        """Whose hour a message shows: that of the event that uses it, else the organisation's."""
        dated = (campaign.zone for campaign, _ in self.uses(folder.path) if campaign.starts)
        return next(dated, self.ground.time_zone)

    def opens_or_closes(self, message: str) -> bool:
        """Whether it is sent as a series' announcement or recap alone, or not at all."""
        return all(episode.when in ("announcement", "recap") for _, episode in self.uses(message))

    def uses(self, message: str) -> list[tuple[Campaign, Episode]]:
        """The episodes that send a message. An event without a date is filled in later."""
        return [
            (campaign, episode)
            for campaign in self.ground.campaigns
            for episode in campaign.episodes
            if campaign.enabled and episode.message == message
            if campaign.kind is not CampaignKind.EVENT or campaign.starts is not None
            if self.only in (None, (campaign.name, episode.name))
        ]

    @cached_property
    def _document(self) -> Document:
        return self.ground.document()

    def _line(self, campaign: Campaign, key: tuple[str, ...]) -> int | None:
        return self._document.line(("campaigns", campaign.name, *key))

    def _finding(self, code: str, key: tuple[str, ...], message: str, remedy: str = "") -> Finding:
        line = self._document.line(("campaigns", *key))
        return finding(code, self.ground.file, line, message, remedy)

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
        if is_over(episode.reference, self.today):
            last = episode.reference.valid_until if episode.reference else None
            yield self._finding(
                "source",
                (*key, "reference", "valid_until"),
                f"« {folder.title} » ne devait plus se raconter après le {last:%d/%m/%Y}",
                "relisez la page, puis corrigez les valeurs et valid_until, ou arrêtez la campagne",
            )


def _typed(campaign: Campaign, episode: Episode) -> Iterator[tuple[tuple[str, ...], str, str]]:
    """What people typed into config.yaml: the key, the placeholder it fills, the value."""
    for name, value in episode.values.items():
        yield ("episodes", episode.name, "values", name), name, value
    for name, value in campaign.values.items():
        if name not in episode.values:
            yield ("values", name), name, value
    if campaign.kind is CampaignKind.EVENT and "lieu" not in {*episode.values, *campaign.values}:
        yield ("place",), "lieu", campaign.place
