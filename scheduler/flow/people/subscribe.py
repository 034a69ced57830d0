"""The subscription step: somebody asks on a page, and confirms from their own mailbox.

Nothing leaves to an address but the confirmation message, before its holder has confirmed.
"""

from datetime import datetime
from typing import Protocol

from scheduler.content.composing.compose import EmailComposer, EmailRecipient
from scheduler.content.composing.content import Content
from scheduler.content.composing.layout import PATH as LAYOUT_PATH
from scheduler.content.composing.layout import check as check_layout
from scheduler.content.composing.texts import FOOTER_NAME
from scheduler.content.library import Library
from scheduler.domain.calendar.campaigns import Audience
from scheduler.domain.consent.subscriptions import Subscription, Unconfirmed, message_of
from scheduler.domain.errors import ContentError, HandOverError, NotFound, Permanent, Uncertain
from scheduler.domain.ids import AddressId, ContactId
from scheduler.domain.message import Message, MessageClass
from scheduler.domain.names.tokens import OptOutToken, Tokens
from scheduler.domain.provider import Provider
from scheduler.domain.values import frozen
from scheduler.flow.showing.web_version import Writer
from scheduler.log import get_logger

log = get_logger(__name__)

#: The shared text of the message, under templates/_snippets.
SNIPPET = "confirmation"
#: Confirmation messages sent in one look of the daemon: the others wait for the next.
SOME = 20


@frozen
class _Words:
    title: str
    subject: str
    preheader: str
    button: str
    grounds: str


_WORDS = {
    "fr": _Words(
        title="Confirmation d’inscription",
        subject="Confirmez votre inscription à nos conseils",
        preheader="Une demande a été faite avec cette adresse ; sans confirmation, rien ne part.",
        button="Confirmer mon inscription",
        grounds="Vous recevez ce message parce qu’une inscription a été demandée avec cette "
        "adresse.",
    ),
    "en": _Words(
        title="Confirmation of a subscription",
        subject="Confirm your subscription to our advice",
        preheader="A request was made with this address; without a confirmation nothing leaves.",
        button="Confirm my subscription",
        grounds="You receive this message because a subscription was asked for with this address.",
    ),
}


class SubscriptionSource(Protocol):
    """What the step asks of the ledger. Each call is one transaction."""

    async def ask(self, wish: Subscription, audience: Audience, now: datetime) -> bool:
        """Note a request; False when the address has had its share of messages."""

    async def unconfirmed(self, now: datetime, limit: int) -> list[Unconfirmed]:
        """Requests that were not written to yet."""

    async def take(self, request: int, now: datetime) -> bool:
        """Mark it as written to, before it is; False when it is already, or nothing may leave."""

    async def give_back(self, request: int) -> None:
        """It was certainly not accepted: it may be tried again."""

    async def pending(self, request: int, now: datetime) -> str | None:
        """The variant of a request that can still be confirmed, or was; None for any other."""

    async def confirm(self, request: int, audience: Audience, now: datetime) -> bool:
        """Make the subscription, with its proofs; once, however often it is said."""

    async def forget(self, now: datetime) -> int:
        """Remove what nobody confirmed in time; how many."""


@frozen
class Confirmations:
    """What the confirmation messages are made of."""

    library: Library
    writer: Writer
    tokens: Tokens
    source: SubscriptionSource


async def confirm_due(confirmations: Confirmations, provider: Provider, now: datetime) -> int:
    """Send the confirmation messages that wait, a few at a time; how many were accepted.

    ``provider`` is the e-mail channel's, opened. One that may have been accepted is never sent
    again. Raises ContentError when the message can't be composed.
    """
    source = confirmations.source
    await source.forget(now)
    sent = 0
    for one in await source.unconfirmed(now, SOME):
        message = _message(confirmations, one, now)
        if not await source.take(one.request, now):
            continue
        try:
            await provider.send(message, _nothing)
            sent += 1
        except (Permanent, Uncertain) as fault:
            log.warning("subscription.not_written", code=fault.code)
        except HandOverError as fault:
            await source.give_back(one.request)
            log.warning("subscription.waits", code=fault.code)
            break
    if sent:
        log.info("subscription.written", count=sent)
    return sent


def _message(confirmations: Confirmations, one: Unconfirmed, now: datetime) -> Message:
    writer, tokens = confirmations.writer, confirmations.tokens
    link = writer.links.confirmation(tokens.subscription(one.request))
    content = _content(confirmations.library, one.variant, link)
    composer = EmailComposer(
        content,
        writer.sender,
        writer.organisation,
        writer.links,
        campaign=SNIPPET,
        grounds=_words(one.variant).grounds,
    )
    optout = tokens.optout(OptOutToken(address_id=AddressId(one.address), contact_id=ContactId(0)))
    number = message_of(one.request)
    reference = tokens.delivery(number)
    domain = writer.sender.return_path_domain
    recipient = EmailRecipient(
        to=one.to,
        fields={},
        optout_url=writer.links.optout(optout),
        optout_mailto=f"desinscription+{optout}@{domain}",
        message_id=f"{reference}@{domain}",
        date=now,
    )
    return Message(
        delivery=number,
        to=one.to,
        sender=f"b+{tokens.bounce(number)}@{domain}",
        body=composer.fill(recipient),
        reference=reference,
        group=SNIPPET,
    )


def _content(library: Library, variant: str, link: str) -> Content:
    words = _words(variant)
    try:
        text, _ = library.snippet(SNIPPET, variant)
        footer, _ = library.snippet(FOOTER_NAME, variant)
    except NotFound as missing:
        where = library.where("_snippets")
        raise ContentError(
            where=where, what=str(missing), remedy=f"écrivez {SNIPPET}.{variant[:2]}.md"
        ) from None
    return Content(
        message=SNIPPET,
        channel="email",
        audience="",
        variant=variant,
        # A service message's footer says that we owe it to the reader; this one's, why it came.
        message_class=MessageClass.AWARENESS,
        title=words.title,
        credit="",
        reviewed_by="",
        subject=words.subject,
        preheader=words.preheader,
        body=f"{text.rstrip()}\n\n[[{words.button}|{link}]]\n",
        layout=check_layout(library.layout(), library.where(LAYOUT_PATH)),
        footer=footer,
        values={},
        field_names=(),
    )


def _words(variant: str) -> _Words:
    return _WORDS.get(variant[:2], _WORDS["fr"])


def _nothing(delivery: int) -> None:
    """No delivery of the ledger waits for this message's fate."""
