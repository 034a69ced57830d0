"""The check step: everything that is wrong in the writers' files, said before anything leaves.

Structure first (what the content engine refuses), then the rules of ``scheduler.content.rules``,
for each text and each audience it may go to. Nothing is written and nothing is sent.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path
from zoneinfo import ZoneInfo

from scheduler.config.hours import hours_of
from scheduler.config.loading import Configuration
from scheduler.config.yaml_lines import Document, read_yaml
from scheduler.content.compose import EmailComposer
from scheduler.content.content import Content, freeze
from scheduler.content.folder import MessageFolder, Source
from scheduler.content.rules import finding
from scheduler.content.rules_files import Examined, PatientLibrary
from scheduler.content.rules_layout import LayoutRules
from scheduler.content.rules_links import Allowed
from scheduler.content.rules_texts import TextRules, examples, longest, told
from scheduler.content.sms import SmsSuffix
from scheduler.content.wording import did_you_mean
from scheduler.domain import calendar
from scheduler.domain.campaigns import Audience, Campaign, CampaignKind, Episode
from scheduler.domain.errors import ContentError, NotFound
from scheduler.domain.findings import Finding, in_reading_order
from scheduler.domain.grounds import grounds
from scheduler.domain.organisation import EmailSender, Links, Organisation

#: After an event, its thanks may still be to come.
_AFTERMATH = timedelta(days=14)


@dataclass(frozen=True, kw_only=True)
class Checker:
    """What one configuration's messages are checked with."""

    configuration: Configuration
    #: The file it was read from, for the faults that are in it.
    config_file: Path
    organisation: Organisation
    links: Links
    email_sender: EmailSender
    now: datetime

    def check(self, messages: Sequence[str] = ()) -> list[Finding]:
        """Every finding, in reading order: of these messages, or of all and what they share.

        Raises NotFound for a message that isn't there, ConfigError for an unusable SMS sender.
        """
        known = self._library.messages()
        if unknown := [name for name in messages if name not in known]:
            raise NotFound(f"aucun message « {unknown[0]} » : {did_you_mean(unknown[0], known)}")
        findings = [one for name in messages or known for one in self._message(name)]
        if not messages:
            findings += [*self._layout.check(), *self._snippets(), *self._calendar(known)]
        return in_reading_order(findings)

    @cached_property
    def _library(self) -> PatientLibrary:
        return PatientLibrary(self.configuration.templates)

    @cached_property
    def _document(self) -> Document:
        return read_yaml(self.config_file)

    @cached_property
    def _audiences(self) -> Mapping[str, Audience]:
        return {audience.name: audience for audience in self.configuration.audiences}

    @cached_property
    def _rules(self) -> TextRules:
        return TextRules(
            library=self._library,
            allowed=Allowed.of(self.organisation, self.links),
            suffix=SmsSuffix.of(
                self.configuration.settings.channels.sms.sender, self.links.short_url
            ),
            values={
                "organisation": self.organisation.name,
                "site": self.organisation.site,
                "contact": self.organisation.contact,
                "page_aide": self.links.help_page,
                "adresse": self.organisation.address,
                "dpo": self.organisation.dpo,
                "page_confidentialite": self.organisation.privacy_url,
                "page_desinscription": self.links.public_url,
            },
        )

    @cached_property
    def _layout(self) -> LayoutRules:
        return LayoutRules(
            library=self._library,
            sender=self.email_sender,
            organisation=self.organisation,
            links=self.links,
        )

    def _message(self, name: str) -> Iterator[Finding]:
        found = self._library.examine(name)
        yield from map(told, found.faults)
        folder = found.folder
        if folder is not None:
            yield from self._languages(folder, found)
        for source in found.sources:
            if source.audience is not None and source.audience not in self._audiences:
                yield finding(
                    "audience",
                    self._library.where(source.path),
                    None,
                    f"« {source.audience} » n'est pas une audience",
                    did_you_mean(source.audience, self._audiences),
                )
            elif folder is None:
                yield from self._rules.words(source, {})
            else:
                yield from self._text(folder, source)

    def _text(self, folder: MessageFolder, source: Source) -> Iterator[Finding]:
        """One text, for each audience that may get it and each use of the calendar."""
        typed = [episode.values for _, episode in self._uses(folder.path)]
        yield from self._rules.blanks(folder, source)
        for values in typed or [{}]:
            yield from self._rules.words(source, {**examples(folder.placeholders), **values})
        for audience in self._readers(source):
            structure = list(self._rules.structure(folder, source, audience))
            yield from structure
            if source.channel == "sms":
                for values in (longest(folder.placeholders), *typed):
                    filled = {**examples(folder.placeholders), **values}
                    yield from self._rules.sms(source, filled, audience.name)
            if not structure and (source.subject or source.channel != "email"):
                for values in typed or [examples(folder.placeholders)]:
                    yield from self._composed(folder, source, audience, values)

    def _composed(
        self, folder: MessageFolder, source: Source, audience: Audience, values: Mapping[str, str]
    ) -> Iterator[Finding]:
        """What only shows once the whole message is put together."""
        try:
            content = freeze(self._library, folder, source, audience, values)
            if source.channel == "email":
                self._composer(content)
        except ContentError as error:
            fault = error.fault
            where = fault.where if fault.line else self._library.where(source.path)
            if fault.where.endswith((".yaml", ".html")):
                where = fault.where
            yield finding("structure", where, fault.line, fault.what, fault.remedy)

    def _languages(self, folder: MessageFolder, found: Examined) -> Iterator[Finding]:
        """Each audience that the calendar or a file's name addresses has a French text."""
        addressed = {(one.channel, one.audience) for one in folder.sources if one.audience}
        for campaign, _ in self._uses(folder.path):
            channels = set(campaign.channels) & set(folder.channels)
            addressed |= {(each, name) for each in channels for name in campaign.audiences}
        for channel, name in sorted(addressed):
            audience = self._audiences.get(name)
            if audience is None or channel not in audience.channels:
                continue
            if folder.pick(channel, name, "fr", False) is None:
                file = f"{channel}.{name}.fr.{'md' if channel == 'email' else 'txt'}"
                yield finding(
                    "language",
                    self._library.where(f"{folder.path}/message.yaml"),
                    found.lines.get("channels"),
                    f"{audience.label} ({name}) n'a pas de texte {channel} en français",
                    f"écrivez {folder.path}/{file}",
                )

    def _snippets(self) -> Iterator[Finding]:
        slots = {field.name for one in self.configuration.audiences for field in one.fields}
        for source in self._library.shared_texts():
            yield from self._rules.shared(source, tuple(sorted(slots)))

    def _calendar(self, known: Sequence[str]) -> Iterator[Finding]:
        """What the calendar asks for and can't have."""
        for campaign in self.configuration.campaigns:
            if campaign.enabled and self._is_past(campaign):
                yield self._in_config(
                    "past-event",
                    (campaign.name, "starts"),
                    f"l'événement « {campaign.name} » est passé ({campaign.starts:%d/%m/%Y})",
                )
            for episode in campaign.episodes if campaign.enabled else ():
                if episode.message not in known:
                    yield self._in_config(
                        "structure",
                        (campaign.name, "episodes", episode.name, "message"),
                        f"aucun message « {episode.message} » sous templates/",
                        did_you_mean(episode.message, known),
                    )

    def _in_config(
        self, code: str, key: tuple[str, ...], message: str, remedy: str = ""
    ) -> Finding:
        line = self._document.line(("campaigns", *key))
        return finding(code, self.config_file.name, line, message, remedy)

    def _is_past(self, campaign: Campaign) -> bool:
        if campaign.kind is not CampaignKind.EVENT or campaign.starts is None:
            return False
        local = self.now.astimezone(ZoneInfo(campaign.zone))
        if local.replace(tzinfo=None) <= (campaign.ends or campaign.starts):
            return False
        holidays = hours_of(self.configuration.settings).holidays
        today = local.date()
        return not calendar.occurrences(campaign, today, today + _AFTERMATH, holidays)

    def _uses(self, message: str) -> list[tuple[Campaign, Episode]]:
        """The episodes that send a message. An event without a date is filled in later."""
        return [
            (campaign, episode)
            for campaign in self.configuration.campaigns
            for episode in campaign.episodes
            if campaign.enabled and episode.message == message
            if campaign.kind is not CampaignKind.EVENT or campaign.starts is not None
        ]

    def _readers(self, source: Source) -> list[Audience]:
        return [
            audience
            for audience in self.configuration.audiences
            if source.channel in audience.channels and source.audience in (None, audience.name)
        ]

    def _composer(self, content: Content) -> EmailComposer:
        terms = self._audiences[content.audience].channels[content.channel]
        return EmailComposer(
            content,
            self.email_sender,
            self.organisation,
            self.links,
            campaign="check",
            grounds=grounds(terms.basis, content.language),
        )
