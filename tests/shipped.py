"""The messages shipped with the program, each as every reader it is for would get it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from scheduler.bootstrap import links_of, organisation_of
from scheduler.config.configuration import Configuration
from scheduler.config.loading import load
from scheduler.content.composing.compose import EmailComposer, EmailRecipient, SmsComposer
from scheduler.content.composing.content import Content, freeze
from scheduler.content.folder import MessageFolder, Placeholder, Source
from scheduler.content.library import Library
from scheduler.content.sms import SmsSuffix
from scheduler.domain.calendar.campaigns import Audience
from scheduler.domain.consent.grounds import grounds
from scheduler.domain.host import VICTOR, Host
from scheduler.domain.organisation import EmailSender, Organisation

ROOT = Path(__file__).parents[1]
OPT_OUT = "https://cyber.example.org/d/aB3-xyz_42"
TOKEN = "A7K2Q9XB"
#: By the text with its values, the audience and whose it is.
_COMPOSERS: dict[tuple[str, str, Organisation], EmailComposer] = {}


@dataclass(frozen=True, kw_only=True, slots=True)
class Shipped:
    """A text of a message, for one audience that may get it."""

    folder: MessageFolder
    source: Source
    audience: Audience

    @property
    def name(self) -> str:
        return f"{self.source.path} to {self.audience.name}"

    @property
    def language(self) -> str:
        return self.source.variant.removesuffix("-falc")

    def examples(self) -> dict[str, str]:
        """Every placeholder, filled as its writers show."""
        return {name: one.example or one.default for name, one in self.folder.placeholders.items()}

    def needed(self) -> dict[str, str]:
        """Only the placeholders that must be filled."""
        return {
            name: self.examples()[name]
            for name, one in self.folder.placeholders.items()
            if one.required
        }

    def longest(self) -> dict[str, str]:
        """Placeholders filled with as many characters as they take."""
        return {name: _longest(one) for name, one in self.folder.placeholders.items()}

    def email(self, values: Mapping[str, str], host: Host = VICTOR) -> EmailComposer:
        """One composer for all tests that ask: the daemon fills one for every reader too."""
        content, settings = self._content(values, host), configuration().settings
        ours = organisation_of(settings)
        key = content.fingerprint, self.audience.name, ours
        if key not in _COMPOSERS:
            _COMPOSERS[key] = self._composer(content, ours)
        return _COMPOSERS[key]

    def _composer(self, content: Content, ours: Organisation) -> EmailComposer:
        settings = configuration().settings
        email = settings.channels.email
        sender = EmailSender(
            sender=email.sender,
            reply_to=email.reply_to,
            return_path_domain=email.return_path_domain,
        )
        return EmailComposer(
            content,
            sender,
            ours,
            links_of(settings),
            campaign="essai",
            grounds=grounds(self.audience.channels["email"].basis, content.variant),
            support=ours.support_for(self.audience.people, content.variant),
        )

    def sms(self, values: Mapping[str, str], sender: str = "", *, short_url: str = "") -> str:
        settings = configuration().settings
        suffix = SmsSuffix.of(
            sender or settings.channels.sms.sender, short_url or links_of(settings).short_url
        )
        ours = organisation_of(settings)
        content = self._content(values)
        support = ours.support_for(self.audience.people, content.variant)
        help = ours.help_for(content.variant)
        return SmsComposer(content, suffix, support=support, help=help).fill(TOKEN).body

    def _content(self, values: Mapping[str, str], host: Host = VICTOR) -> Content:
        return freeze(_library(host), self.folder, self.source, self.audience, values)


@cache
def configuration() -> Configuration:
    return load(ROOT / "config.yaml", {})


def library() -> Library:
    return _library(VICTOR)


@cache
def _library(host: Host) -> Library:
    return Library(configuration().templates, host=host)


@cache
def folders() -> tuple[MessageFolder, ...]:
    return tuple(map(library().load, library().messages()))


@cache
def texts(channel: str) -> tuple[Shipped, ...]:
    """Every text of a channel, once for each audience that may get it."""
    return tuple(
        Shipped(folder=folder, source=source, audience=audience)
        for folder in folders()
        for source in folder.sources
        for audience in configuration().audiences
        if source.channel == channel and source.audience in (None, audience.name)
        if channel in audience.channels
    )


def reader(fields: Mapping[str, str]) -> EmailRecipient:
    return EmailRecipient(
        to="prenom.nom@example.org",
        fields=fields,
        optout_url=OPT_OUT,
        optout_mailto="desinscription+ab3xyz42@retour.example.org",
        message_id="r-1@cyber.example.org",
        date=datetime(2026, 10, 4, 8, tzinfo=UTC),
    )


def _longest(one: Placeholder) -> str:
    shown = one.example or one.default
    return shown.ljust(one.max_length, "x") if one.max_length else shown
