"""What the judges of the settings look at: the configuration, where its keys stand, the messages'
cards."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from urllib.parse import urlsplit

from scheduler.config.configuration import Configuration
from scheduler.config.environment import variable_of
from scheduler.config.settings import Settings
from scheduler.config.yaml_lines import Document, read_yaml
from scheduler.content import yaml_text
from scheduler.domain.calendar.campaigns import Campaign
from scheduler.domain.errors import ConfigError, ContentError
from scheduler.domain.law.codes import LawRule, Weight
from scheduler.domain.law.standing import Spot, Weakening
from scheduler.domain.values import frozen

#: A card that is longer is no card.
_LARGEST_CARD = 64 << 10


@frozen
class Card:
    """What the law asks of a message's card."""

    message: str
    message_class: str
    approval: bool
    #: Lines of its keys.
    lines: Mapping[str, int]

    def spot(self, key: str) -> Spot:
        return Spot(
            key=key, file=f"templates/{self.message}/message.yaml", line=self.lines.get(key)
        )


@dataclass(frozen=True)
class Look:
    """One look at one configuration."""

    configuration: Configuration

    @property
    def settings(self) -> Settings:
        return self.configuration.settings

    @cached_property
    def site(self) -> str:
        """The host of the organisation's own site."""
        return host_of(self.settings.organisation.site).removeprefix("www.")

    @property
    def sends_really(self) -> bool:
        """Some channel's provider is not the outbox."""
        return self.settings.channels.reach_people

    def at(self, dotted: str) -> Spot:
        """Where a key of config.yaml is given; for one that isn't, the nearest above it."""
        key = tuple(dotted.split("."))
        if dotted in self.configuration.from_environment:
            return Spot(key=variable_of(key), file="")
        return Spot(key=dotted, file=self.configuration.file, line=_line(self._config, key))

    def at_audience(self, name: str, dotted: str) -> Spot:
        document = _read(self.configuration.root / "audiences" / f"{name}.yaml")
        line = _line(document, tuple(dotted.split(".")))
        return Spot(key=dotted, file=f"audiences/{name}.yaml", line=line)

    @cached_property
    def _config(self) -> Document | None:
        return _read(self.configuration.root / self.configuration.file)

    @cached_property
    def cards(self) -> Mapping[str, Card]:
        """Those of the messages that campaigns name, disabled ones too, as far as they can be
        read."""
        names = {
            episode.message for one in self.configuration.campaigns for episode in one.episodes
        }
        return {name: card for name in sorted(names) if (card := self._card(name))}

    def _card(self, message: str) -> Card | None:
        path = self.configuration.templates / message / "message.yaml"
        try:
            if path.stat().st_size > _LARGEST_CARD:
                return None
            head = yaml_text.read(path.read_text(encoding="utf-8-sig"), str(path))
            return Card(
                message=message,
                message_class=head.text("class", ""),
                approval=head.text("approval", "") == "true",
                lines={key: line for key, (line, _) in head.entries.items()},
            )
        except (OSError, UnicodeDecodeError, ContentError):
            return None

    def promotions(self) -> Iterator[tuple[Campaign, str]]:
        """The enabled campaigns that promote something, each with a message that does."""
        for campaign in self.configuration.campaigns:
            for episode in campaign.episodes if campaign.enabled else ():
                card = self.cards.get(episode.message)
                if card and card.message_class == "promotional-event":
                    yield campaign, episode.message
                    break


def advice(rule: LawRule, spot: Spot, what: str) -> Weakening:
    return Weakening(rule=rule, weight=Weight.ADVICE, spot=spot, what=what)


def fault(rule: LawRule, spot: Spot, what: str) -> Weakening:
    return Weakening(rule=rule, weight=Weight.FAULT, spot=spot, what=what)


def host_of(url: str) -> str:
    return (urlsplit(url).hostname or "").lower()


def _read(path: Path) -> Document | None:
    """None while a file is being edited into something else."""
    try:
        return read_yaml(path)
    except ConfigError:
        return None


def _line(document: Document | None, key: tuple[str, ...]) -> int | None:
    return document.line(key) if document else None
