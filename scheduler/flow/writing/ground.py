"""What a text is judged on beside its own files: all that the process that judges is given.

It is narrow so that its digest can stand for a whole configuration: what isn't here can't change an
answer, and two installations that agree on it are told the same of the same texts. No path, no
port, no secret, no time of a file.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from datetime import date, time
from pathlib import Path
from typing import Any

from scheduler.config.configuration import Configuration
from scheduler.config.yaml_lines import Document, KeyPath, parse_yaml, read_file
from scheduler.domain.calendar.campaigns import Audience, Campaign
from scheduler.domain.channels import ChannelKind, known_kinds
from scheduler.domain.errors import ConfigError, Fault
from scheduler.domain.host import Host
from scheduler.domain.organisation import EmailSender, Links, Organisation
from scheduler.domain.values import frozen
from scheduler.flow.who_writes import host_of, links_of, organisation_of, sender_of

_ALL: KeyPath = ("campaigns",)
#: What every text may show.
_ITSELF = "organisation"


@frozen
class CampaignLines:
    """Where config.yaml tells of the organisation and of some campaigns, and the words there."""

    #: Each key's line.
    at: Mapping[KeyPath, int]
    #: Lines of the file by number, as far as a finding may be about them.
    words: Mapping[int, str]

    def text(self) -> Sequence[str]:
        """The file's lines, empty where nothing is told of them."""
        return [self.words.get(line, "") for line in range(1, max(self.words, default=0) + 1)]


@frozen
class Ground:
    """One configuration, as far as texts go."""

    #: The name of config.yaml, for the faults that are in it.
    file: str
    organisation: Organisation
    links: Links
    email_sender: EmailSender
    sms_sender: str
    sms_name: str
    host: Host
    #: Of the page on data.
    notice_version: str
    reaches_people: bool
    time_zone: str
    #: In config's order.
    audiences: tuple[Audience, ...]
    campaigns: tuple[Campaign, ...]
    #: Audience -> the one that it selects from.
    parents: Mapping[str, str]
    #: Media beside e-mail and SMS.
    channels: tuple[ChannelKind, ...]
    #: None: the file can't be read now.
    lines: CampaignLines | None

    @classmethod
    def of(cls, configuration: Configuration) -> "Ground":
        """Without its lines. Raises OSError for a logo that can't be read."""
        settings = configuration.settings
        sms = settings.channels.sms
        return cls(
            file=configuration.file,
            organisation=organisation_of(settings),
            links=links_of(settings),
            email_sender=sender_of(settings),
            sms_sender=sms.sender,
            sms_name=settings.organisation.sms_name or "",
            host=host_of(settings),
            notice_version=settings.organisation.notice_version,
            reaches_people=settings.channels.reach_people,
            time_zone=settings.time_zone,
            audiences=configuration.audiences,
            campaigns=configuration.campaigns,
            parents=configuration.parents,
            channels=known_kinds()[2:],
            lines=None,
        )

    def document(self) -> Document:
        """Lines of config.yaml. Raises ConfigError while it can't be read."""
        if self.lines is None:
            what = "can't be read now"
            fault = Fault(where=self.file, what=what, remedy="mend it, or put it back")
            raise ConfigError([fault])
        return Document(path=Path(self.file), data={}, lines=dict(self.lines.at))

    def digest(self) -> bytes:
        """The same in each process for the same values."""
        plain = json.dumps(_plain(self), ensure_ascii=True, separators=(",", ":"))
        return hashlib.sha256(plain.encode()).digest()


@frozen
class Grounds:
    """Those of every message under one configuration: a message's own campaigns, and no others."""

    every: Ground
    #: None: config.yaml can't be read now.
    document: Document | None
    text: Sequence[str]

    @classmethod
    def of(cls, configuration: Configuration) -> "Grounds":
        """Raises OSError for a logo that can't be read."""
        path = configuration.root / configuration.file
        try:
            octets = read_file(path)
            document = parse_yaml(path, octets)
        except ConfigError:
            return cls(every=Ground.of(configuration), document=None, text=())
        text = octets.decode("utf-8", "replace").splitlines()
        return cls(every=Ground.of(configuration), document=document, text=text)

    def of_message(self, message: str) -> Ground:
        """``message`` empty: what all share, which no campaign fills."""
        campaigns = tuple(
            one
            for one in self.every.campaigns
            if any(episode.message == message for episode in one.episodes)
        )
        lines = None if self.document is None else self._lines(campaigns, self.document)
        return replace(self.every, campaigns=campaigns, lines=lines)

    def _lines(self, campaigns: Sequence[Campaign], document: Document) -> CampaignLines:
        names = {one.name for one in campaigns}
        at = {
            key: line
            for key, line in document.lines.items()
            if names and (key == _ALL or (key[:1] == _ALL and key[1:2] and key[1] in names))
        }
        if names and _ALL not in at:
            # Campaigns of the environment alone: what is told of them is told of the whole file.
            at |= self._of_itself(document)
            return CampaignLines(at=at, words=dict(enumerate(self.text, 1)))
        at |= self._of_itself(document)
        words: dict[int, str] = {}
        for line in at.values():
            for number in _paragraph(self.text, line):
                words[number] = self.text[number - 1]
        return CampaignLines(at=at, words=words)

    def _of_itself(self, document: Document) -> Mapping[KeyPath, int]:
        return {key: line for key, line in document.lines.items() if key[0] == _ITSELF}


def _paragraph(text: Sequence[str], line: int) -> range:
    """Numbers of the lines around one, up to the next empty ones."""
    first = last = line
    while first > 1 and text[first - 2].strip():
        first -= 1
    while last < len(text) and text[last].strip():
        last += 1
    return range(first, last + 1)


def _plain(value: Any) -> Any:
    """As JSON can say it, each kind of value apart. Raises TypeError for one that has no digest."""
    if value is None or isinstance(value, (bool, int, float)):
        return value
    if isinstance(value, str):
        return str(value)
    if isinstance(value, bytes):
        return {"bytes": hashlib.sha256(value).hexdigest()}
    if isinstance(value, (date, time)):
        return {"time": value.isoformat()}
    if is_dataclass(value) and not isinstance(value, type):
        said = [[one.name, _plain(getattr(value, one.name))] for one in fields(value)]
        return {"value": type(value).__name__, "of": said}
    if isinstance(value, Mapping):
        return {"map": [[_plain(key), _plain(one)] for key, one in value.items()]}
    if isinstance(value, Sequence):
        return [_plain(one) for one in value]
    raise TypeError(f"{type(value).__name__} has no digest")
