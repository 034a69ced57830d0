"""One message to one's own address, through the configured provider, before it goes to others.

What leaves is what a reader of the audience would get, byte for byte, but for its tokens: they
open the pages and change nothing; from the desk the subject says that it is a trial. The ledger
notes it as a trial: no delivery, never counted.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from scheduler.content.composing.content import Content
from scheduler.content.proving import prove
from scheduler.domain.calendar.campaigns import Audience, Place
from scheduler.domain.delivery import DeliveryState, Receipt
from scheduler.domain.errors import AddressRefused, HandOverError, NotFound, Uncertain
from scheduler.domain.ids import AddressId, ContactId, ContentId, DeliveryId
from scheduler.domain.message import AddressKind
from scheduler.domain.names.tokens import TEST_SHORT_TOKEN
from scheduler.domain.provider import Provider
from scheduler.domain.sending import Claim, Due, TrialRecord, trial_claim
from scheduler.domain.trials import MARK
from scheduler.domain.values import frozen
from scheduler.flow.agenda import Agenda
from scheduler.flow.people.persons import Address, PeopleSource
from scheduler.flow.render import Renderer
from scheduler.flow.showing.messages import sample_content
from scheduler.flow.writing.choosing import EASY

#: Above every row of a real ledger; another each time, so that no mail program takes two test
#: messages for the same one.
_FIRST_TEST = 1 << 62


@frozen
class Trial:
    """What is sent, and to whom."""

    #: Folder path under templates/.
    message: str
    audience: Audience
    channel: str
    #: ``fr``, ``en``, ``fr-falc``.
    language: str
    #: A bare address, or a number in E.164.
    to: str
    #: Contact fields; one that is missing is empty.
    fields: Mapping[str, str]
    #: Who sends it, for the audit log.
    by: str = ""
    #: Its subject says that it is a trial; an SMS has none, and its length is what is tried.
    marked: bool = False


@dataclass(frozen=True, slots=True)
class _Kept:
    text: str

    async def content(self, content_id: ContentId) -> str:
        return self.text


class TrialLedger(Protocol):
    async def note_trial(self, record: TrialRecord, now: datetime) -> None:
        """Keep it apart from the deliveries."""


class WishSource(PeopleSource, Protocol):
    async def has_opted_out(self, kind: AddressKind, identity: str, channel: str) -> bool: ...


async def reader_of(
    people: WishSource, address: Address, audience: Audience, channel: str
) -> Mapping[str, str]:
    """What the audience's source says of the address's holder; nothing for a stranger.

    Raises AddressRefused when they asked for no more: that holds for trials too.
    """
    if await people.has_opted_out(address.kind, address.identity, channel):
        raise AddressRefused(
            f"{address.masked} has opted out: `reflexe optout remove` if its holder wants that"
        )
    cards = await people.find(address.identity, address.kind)
    return next((card.fields for card in cards if card.audience == audience.source), {})


async def send_test(
    agenda: Agenda,
    renderer: Renderer,
    provider: Provider,
    ledger: TrialLedger,
    asked: Trial,
    address: Address,
    now: datetime,
) -> Receipt:
    """Hand it over now, and note it. ``renderer`` must be one for trials (``test``).

    Raises NotFound when there is no such message or text, ContentError for a fault in a file, and
    HandOverError when the provider doesn't take it. Closes the provider.
    """
    content, campaign = _content(agenda, asked)
    sent = (
        replace(content, subject=MARK + content.subject) if _has_mark(asked, content) else content
    )
    await prove(sent, agenda.configuration.kept_findings)
    alone = replace(renderer, contents=_Kept(sent.to_json()), _composers={})
    message = await alone.message(_due(asked), _claim(asked, campaign, now), now)
    await provider.open()
    state, reason = DeliveryState.FAILED, ""
    try:
        receipt = await provider.send(message, _nothing)
        state = DeliveryState.SENT
        return receipt
    except HandOverError as refusal:
        state = DeliveryState.UNCERTAIN if isinstance(refusal, Uncertain) else state
        reason = refusal.code
        raise
    finally:
        await provider.close()
        record = TrialRecord(
            message=asked.message,
            channel=asked.channel,
            audience=asked.audience.name,
            variant=content.variant,
            fingerprint=content.fingerprint,
            kind=address.kind,
            identity=address.identity,
            state=state,
            reason=reason,
            by=asked.by,
        )
        await ledger.note_trial(record, now)


def _nothing(delivery: int) -> None:
    """No row of the ledger waits for this message's fate."""


def _has_mark(asked: Trial, content: Content) -> bool:
    return asked.marked and bool(content.subject)


def _content(agenda: Agenda, asked: Trial) -> tuple[Content, str]:
    folder = agenda.library.load(asked.message)
    plain = asked.language.removesuffix(EASY)
    source = folder.pick(asked.channel, asked.audience.name, plain, plain != asked.language)
    if source is None or asked.channel not in asked.audience.channels:
        raise NotFound(
            f"{folder.path}: no text for {asked.audience.name} on channel {asked.channel}"
        )
    return sample_content(agenda, folder, source, asked.audience)


def _due(asked: Trial) -> Due:
    return Due(
        delivery_id=DeliveryId(_FIRST_TEST + secrets.randbits(62)),
        contact_id=ContactId(0),
        address_id=AddressId(0),
        content_id=ContentId(0),
        attempts=0,
        to=asked.to,
        short_token=TEST_SHORT_TOKEN,
        language=asked.language.removesuffix(EASY),
        fields=asked.fields,
    )


def _claim(asked: Trial, campaign: str, now: datetime) -> Claim:
    return trial_claim(
        message=asked.message,
        campaign=campaign,
        channel=asked.channel,
        audience=asked.audience.name,
        place=Place(zone=asked.audience.zone, territory=asked.audience.territory),
        now=now,
    )
