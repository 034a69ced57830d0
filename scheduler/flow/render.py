"""The render step: from a delivery and its kept text to what crosses the wire."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from scheduler.content.composing.compose import EmailComposer, EmailRecipient, SmsComposer
from scheduler.content.composing.content import Content
from scheduler.content.fields import ESTABLISHMENT
from scheduler.content.sms import SmsSuffix
from scheduler.domain.calendar import windows
from scheduler.domain.calendar.campaigns import Audience
from scheduler.domain.calendar.windows import Hours
from scheduler.domain.channels import SMS, ChannelKind
from scheduler.domain.consent.grounds import grounds
from scheduler.domain.ids import ContentId
from scheduler.domain.message import Message, Spliced
from scheduler.domain.names.tokens import TEST_SHORT_TOKEN, MessageTokens, Tokens
from scheduler.domain.organisation import EmailSender, Links, Organisation
from scheduler.domain.sending import Claim, Due


class ContentSource(Protocol):
    async def content(self, content_id: ContentId) -> str:
        """The kept text of a delivery, as JSON."""


@dataclass(kw_only=True, slots=True)
class Renderer:
    """Composes each kept text once and fills it for each recipient."""

    contents: ContentSource
    tokens: Tokens
    organisation: Organisation
    links: Links
    email_sender: EmailSender
    #: Who is shown as the sender, by channel; an e-mail's is ``email_sender``.
    senders: Mapping[str, str]
    channels: Mapping[str, ChannelKind]
    audiences: Mapping[str, Audience]
    hours: Hours
    #: Who signs an SMS from a short code.
    sms_name: str = ""
    #: Rehearsals and trials: the links open the page and change nothing.
    test: bool = False
    _composers: dict[int, EmailComposer | SmsComposer] = field(default_factory=dict)

    async def message(
        self, due: Due, claim: Claim, now: datetime, tokens: MessageTokens | None = None
    ) -> Message:
        """One message. Raises ContentError when its text can't be rendered. ``tokens``: its own,
        where they were made with others'."""
        composer = self._composers.get(due.content_id) or await self._composer(
            due.content_id, claim
        )
        (own,) = (tokens,) if tokens else self.tokens_of([due])
        if isinstance(composer, EmailComposer):
            return self._email(composer, due, claim, now, own)
        return self._text(composer, due, claim, now, own.delivery)

    def tokens_of(self, rows: Sequence[Due]) -> list[MessageTokens]:
        """Of each of these: made together they take a tenth of the time."""
        whose = [(due.delivery_id, due.address_id, due.contact_id) for due in rows]
        return self.tokens.of_messages(whose, test=self.test)

    async def _composer(self, content_id: ContentId, claim: Claim) -> EmailComposer | SmsComposer:
        content = Content.from_json(await self.contents.content(content_id))
        made = self.composer(content, claim.campaign, claim.audience)
        self._composers[content_id] = made
        if len(self._composers) > KEPT_COMPOSERS:
            self._composers.pop(next(iter(self._composers)))
        return made

    def composer(self, content: Content, campaign: str, named: str) -> EmailComposer | SmsComposer:
        """What fills this text for a recipient. ``named``: its audience by the name it has now; the
        text keeps the one it was planned under.
        """
        audience = self.audiences[named]
        support = self.organisation.support_for(audience.people, content.variant)
        if not content.is_letter:
            suffix = self._suffix(content.channel)
            help = self.organisation.help_for(content.variant)
            return SmsComposer(content, suffix, support=support, help=help)
        basis = audience.channels[content.channel].basis
        return EmailComposer(
            content,
            self.email_sender,
            self.organisation,
            self.links,
            campaign=campaign,
            grounds=grounds(basis, content.variant),
            support=support,
        )

    def _suffix(self, channel: str) -> SmsSuffix:
        """What ends a text: the operators' rules say it of SMS, a short link is any other's."""
        if channel == SMS.name:
            return SmsSuffix.of(self.senders[channel], self.links.short_url, self.sms_name)
        if self.channels[channel].suffix:
            return SmsSuffix.by_link(self.links.short_url)
        return SmsSuffix(before="", personal=False)

    def _email(
        self,
        composer: EmailComposer,
        due: Due,
        claim: Claim,
        now: datetime,
        tokens: MessageTokens,
    ) -> Message:
        domain = self.email_sender.return_path_domain
        recipient = EmailRecipient(
            to=due.to,
            fields=due.fields,
            optout_url=self.links.optout(tokens.optout),
            optout_mailto=f"desinscription+{tokens.optout}@{domain}",
            message_id=f"{tokens.delivery}@{domain}",
            date=now,
            origin=due.origin,
            own_file=due.own_file,
        )
        return Spliced(
            composer.splice(recipient),
            delivery=due.delivery_id,
            to=due.to,
            sender=f"b+{tokens.bounce}@{domain}",
            reference=tokens.delivery,
            destination=claim.destination,
            group=_group(claim, due),
        )

    def _text(
        self, composer: SmsComposer, due: Due, claim: Claim, now: datetime, reference: str
    ) -> Message:
        token = TEST_SHORT_TOKEN if self.test else due.short_token
        works_at = due.fields.get(ESTABLISHMENT, "")
        text = composer.fill(token, claim.place.zone, establishment=works_at)
        hours = self.hours.for_audience(claim.audience)
        local = windows.closing(claim.channel, now, claim.place, hours)
        return Message(
            delivery=due.delivery_id,
            to=due.to,
            sender=self.senders[claim.channel],
            body=text.body.encode(),
            reference=reference,
            validity=local - now if local else None,
            segments=text.segments,
            group=_group(claim, due),
        )


def _group(claim: Claim, due: Due) -> str:
    return f"{claim.occurrence} {claim.channel} {claim.audience} {due.language}"


#: Composed texts held at once: an October's, in every language, several times over.
KEPT_COMPOSERS = 200
