"""What ``check`` says beside the texts: leavings in folders, the calendar, the law, the settings.

It takes no time, so it is asked anew at each ``check``. No message waits for any of it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path
from zoneinfo import ZoneInfo

from scheduler.config.configuration import Configuration
from scheduler.config.hours import hours_of
from scheduler.config.yaml_lines import Document, read_yaml
from scheduler.content.rules.files import PatientLibrary
from scheduler.content.rules.passage import finding
from scheduler.content.rules.texts import told
from scheduler.content.sms import SmsSuffix
from scheduler.content.statement import faults as statement_faults
from scheduler.content.strays import in_audiences
from scheduler.content.wording import did_you_mean
from scheduler.domain.calendar import dates as calendar
from scheduler.domain.calendar.campaigns import Campaign, CampaignKind
from scheduler.domain.checking.findings import Finding
from scheduler.domain.errors import ContentError, NotFound
from scheduler.flow.law import standing as law
from scheduler.flow.who_writes import host_of, links_of, organisation_of
from scheduler.flow.writing.checking import stray
from scheduler.flow.writing.checking_calls import CallChecks
from scheduler.flow.writing.checking_host import host_findings
from scheduler.flow.writing.checking_quizzes import quiz_addresses

#: After an event, its thanks may still be to come.
_AFTERMATH = timedelta(days=14)


@dataclass(frozen=True, kw_only=True)
class Beside:
    """Of one configuration."""

    configuration: Configuration
    #: The file it was read from, for the faults that are in it.
    config_file: Path
    now: datetime

    def named(self, messages: Sequence[str]) -> list[str]:
        """These messages, or all.

        Raises NotFound for one that isn't there, ConfigError for an unusable SMS sender.
        """
        known = self._library.messages()
        if unknown := [name for name in messages if name not in known]:
            raise NotFound(f"aucun message « {unknown[0]} » : {did_you_mean(unknown[0], known)}")
        settings = self.configuration.settings
        SmsSuffix.of(
            settings.channels.sms.sender,
            links_of(settings).short_url,
            settings.organisation.sms_name or "",
        )
        return [*(messages or known)]

    def findings(self, messages: Sequence[str]) -> list[Finding]:
        """Leavings in these messages' folders; of all of them, everything else as well."""
        found = [*self._strays(messages)]
        found += quiz_addresses(self.configuration.templates, self.named(messages))
        if not messages:
            found += self._campaigns(self._library.messages())
            found += self._calls.settings()
            found += self._calls.english() if self._is_read_in_english() else ()
            found += host_findings(self.configuration, self.config_file, self._library)
            found += law.findings(self.configuration)
            found += map(told, statement_faults(self._library))
        return found

    @cached_property
    def _library(self) -> PatientLibrary:
        return PatientLibrary(
            self.configuration.templates,
            self.configuration.parents,
            host_of(self.configuration.settings),
        )

    @cached_property
    def _calls(self) -> CallChecks:
        return CallChecks(
            configuration=self.configuration,
            config_file=self.config_file,
            organisation=organisation_of(self.configuration.settings),
        )

    def _is_read_in_english(self) -> bool:
        """Whether some message has an English text: its readers are told whom to call."""
        for name in self._library.messages():
            try:
                sources = self._library.load(name).sources
            except ContentError:
                continue  # told of where it stands
            if any(one.variant == "en" for one in sources):
                return True
        return False

    @cached_property
    def _document(self) -> Document:
        return read_yaml(self.config_file)

    def _strays(self, messages: Sequence[str]) -> Iterator[Finding]:
        """What lies in these messages' folders, or anywhere, and is read by nothing."""
        for path in self._library.strays():
            if not messages or path.rstrip("/").rpartition("/")[0] in messages:
                yield stray(self._library.where(path))
        if not messages:
            folder = self.configuration.root / "audiences"
            named = self.configuration.settings.audiences
            yield from (stray(f"audiences/{name}") for name in in_audiences(folder, named))

    def _campaigns(self, known: Sequence[str]) -> Iterator[Finding]:
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

    def _finding(self, code: str, key: tuple[str, ...], message: str, remedy: str = "") -> Finding:
        line = self._document.line(("campaigns", *key))
        return finding(code, self.config_file.name, line, message, remedy)
