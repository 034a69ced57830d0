"""What ``check`` says of a message's languages: French for everybody, others on each channel."""

from collections.abc import Iterator
from dataclasses import dataclass

from scheduler.content.folder import MessageFolder
from scheduler.content.rules.files import Examined, PatientLibrary
from scheduler.content.rules.passage import finding
from scheduler.domain.calendar.campaigns import Audience
from scheduler.domain.channels import kind_of
from scheduler.domain.checking.findings import Finding
from scheduler.flow.writing.checking_calendar import CalendarChecks
from scheduler.flow.writing.ground import Ground


@dataclass(frozen=True, kw_only=True)
class LanguageChecks:
    ground: Ground
    library: PatientLibrary
    calendar: CalendarChecks

    def message(self, folder: MessageFolder, found: Examined) -> Iterator[Finding]:
        yield from self._without_french(folder, found)
        yield from self._translations(folder, found)

    def _without_french(self, folder: MessageFolder, found: Examined) -> Iterator[Finding]:
        """Each audience that the calendar or a file's name addresses has a French text."""
        addressed = {(one.channel, one.audience) for one in folder.sources if one.audience}
        for campaign, _ in self.calendar.uses(folder.path):
            channels = set(campaign.channels) & set(folder.channels)
            addressed |= {(each, name) for each in channels for name in campaign.audiences}
        audiences = {one.name: one for one in self.ground.audiences}
        for channel, name in sorted(addressed):
            audience = audiences.get(name)
            if audience is None or channel not in audience.channels:
                continue
            if folder.pick(channel, name, "fr", False) is None:
                file = f"{channel}.{name}.fr.{kind_of(channel).ending}"
                yield finding(
                    "language",
                    self.library.where(f"{folder.path}/message.yaml"),
                    found.lines.get("channels"),
                    f"{audience.label} ({name}) n'a pas de texte {channel} en français",
                    f"écrivez {folder.path}/{file}",
                )

    def _translations(self, folder: MessageFolder, found: Examined) -> Iterator[Finding]:
        """Who reads one language by e-mail reads it by SMS too."""
        concerned = self._concerned(folder)
        for audience in self.ground.audiences:
            if concerned and not concerned & {audience.name, *folder.lineage(audience.name)}:
                continue
            channels = set(audience.channels) & set(folder.channels)
            spoken = {channel: _spoken(folder, channel, audience) for channel in channels}
            for channel in sorted(channels):
                for language in sorted(set().union(*spoken.values()) - spoken[channel]):
                    yield finding(
                        "translation",
                        self.library.where(f"{folder.path}/message.yaml"),
                        found.lines.get("channels"),
                        f"{audience.label} ({audience.name}) lit « {language} » ailleurs, "
                        f"mais pas sur {channel}",
                        f"écrivez {channel}.{audience.name}.{language}",
                    )

    def _concerned(self, folder: MessageFolder) -> set[str]:
        """The audiences that the calendar or a text's name addresses; empty: it may be anybody."""
        uses = self.calendar.uses(folder.path)
        addressed = {name for campaign, _ in uses for name in campaign.audiences}
        return addressed | {one.audience for one in folder.sources if one.audience}


def _spoken(folder: MessageFolder, channel: str, audience: Audience) -> set[str]:
    """The languages, but French and the easy-to-read ones, in which it has a text there."""
    return {
        source.variant
        for source in folder.sources
        if source.channel == channel
        and source.audience in folder.lineage(audience.name)
        and not source.variant.startswith("fr")
        and not source.variant.endswith("-falc")
    }
