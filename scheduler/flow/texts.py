"""Which text each reader of an audience gets, frozen so that it can be kept."""

import asyncio
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Protocol

from scheduler.content.composing.content import Content
from scheduler.content.folder import MessageFolder
from scheduler.domain.addressees import Addressees, RecipientList, with_addressees
from scheduler.domain.calendar import appointment
from scheduler.domain.calendar.appointment import AgendaEntry
from scheduler.domain.calendar.approval import Approval
from scheduler.domain.calendar.campaigns import Audience, Campaign, Episode
from scheduler.domain.calendar.conflicts import Planned
from scheduler.domain.errors import ContentError, NotFound
from scheduler.domain.message import MessageClass
from scheduler.domain.planning import ContentText, HeldText, ShelfText
from scheduler.domain.values import frozen
from scheduler.flow.agenda import Agenda
from scheduler.flow.filling import NEW_ENTRY, appointments_of, content_of
from scheduler.flow.fit import PassSource, fit_text
from scheduler.flow.showing.messages import texts_of
from scheduler.log import get_logger

log = get_logger(__name__)

#: Language, easy-to-read.
Reader = tuple[str, bool]


class TextLedger(PassSource, Protocol):
    """What freezing a text asks of the ledger."""

    async def readers(self, audience: Audience) -> list[tuple[str, bool]]:
        """(language, easy-to-read) that its members want."""

    async def agenda_entry(
        self, campaign: str, says: Mapping[str, str], now: datetime
    ) -> AgendaEntry:
        """How an event stands in agendas; one change more when ``digest`` is a new one."""

    async def approval(self, campaign: str, episode: str, season: str) -> Approval | None:
        """Who asked for an occurrence that needs a second person; None: nobody yet."""

    async def list_of(self, campaign: str, episode: str, season: str) -> RecipientList | None:
        """To whom an occurrence goes; None: to its audiences."""


@frozen
class Settled:
    """What a slot sends, and what of it can't be sent as it is."""

    texts: Sequence[ContentText]
    #: Texts of the occurrence's other slots: what one occurrence says is settled at once.
    shelf: Sequence[ShelfText] = ()
    #: Of this slot and of the others; those of this slot with their readers.
    held: Sequence[HeldText] = ()

    def waiting(self, channel: str, audience: str) -> list[HeldText]:
        """Those that somebody of this audience waits for."""
        mine = (one for one in self.held if (one.channel, one.audience) == (channel, audience))
        return [one for one in mine if one.readers]


async def freeze_texts(
    agenda: Agenda,
    ledger: TextLedger,
    one: Planned,
    others: Iterable[tuple[str, str]],
    now: datetime,
) -> Settled:
    """The slot's texts with their readers, and those of the occurrence's ``others``.

    These are (channel, audience) of its other slots. A faulty text holds its own readers. Raises
    ContentError for a fault of the whole message or a sending that nobody allowed; that, or
    NotFound, when nobody in the slot has a text that can be sent.
    """
    folder = agenda.library.load(one.episode.message)
    _check_class(folder, one.campaign)
    kept_list = await _addressees(ledger, folder, one)
    if folder.approval:
        await check_approval(agenda, ledger, one, kept_list)
    entry = await entry_of(agenda, ledger, one.campaign, one.episode, folder, now)
    audience = agenda.audiences[one.audience]
    readers = await ledger.readers(audience)
    who = _by_variant(folder, one.channel, audience, readers)
    asked = _Asked(agenda=agenda, ledger=ledger, one=one, folder=folder, entry=entry, now=now)
    contents, faults = await _proved(asked, one.channel, audience)
    texts = [kept(content, who.get(content.variant, ())) for content in contents]
    held = [replace(fault, readers=tuple(who.get(fault.variant, ()))) for fault in faults]
    held += _without(folder, one.channel, audience, readers)
    if held and not any(text.readers for text in texts):
        raise HeldWhole(next((fault.reason for fault in held if fault.readers), held[0].reason))
    shelf: list[ShelfText] = []
    for channel, name in others:
        more, wrong = await _proved(asked, channel, agenda.audiences[name])
        held += wrong
        shelf += [
            ShelfText(channel=channel, audience=name, text=kept(content, ())) for content in more
        ]
    return Settled(texts=texts, shelf=shelf, held=held)


class HeldWhole(NotFound):
    """Nobody in a slot has a text that can be sent: it waits as a whole."""


@frozen
class _Asked:
    """What all texts of a slot's occurrence are made with."""

    agenda: Agenda
    ledger: PassSource
    one: Planned
    folder: MessageFolder
    entry: AgendaEntry
    now: datetime


async def _proved(
    asked: _Asked, channel: str, audience: Audience
) -> tuple[list[Content], list[HeldText]]:
    """Every text that some reader of an audience may get, and those of them that are at fault."""
    contents, held = [], []
    one = asked.one
    for source in asked.folder.picks(channel, audience.name):
        try:
            content = await fit_text(
                asked.agenda,
                asked.ledger,
                one.campaign,
                one.episode,
                asked.folder,
                source,
                audience,
                asked.now,
                asked.entry,
            )
            contents.append(content)
        except ContentError as faulty:
            log.warning("text.held", message=asked.folder.path, reason=str(faulty))
            held.append(
                HeldText(
                    channel=channel,
                    audience=audience.name,
                    variant=source.variant,
                    reason=str(faulty),
                )
            )
    return contents, held


def _by_variant(
    folder: MessageFolder, channel: str, audience: Audience, readers: Sequence[Reader]
) -> dict[str, list[Reader]]:
    """Which of these readers get which text; those that have none are in none."""
    who: dict[str, list[Reader]] = {}
    for language, easy in readers:
        source = folder.pick(channel, audience.name, language, easy)
        if source is not None:
            who.setdefault(source.variant, []).append((language, easy))
    return who


def _without(
    folder: MessageFolder, channel: str, audience: Audience, readers: Sequence[Reader]
) -> list[HeldText]:
    """Readers for whom nobody has written a text, under the name that it would have."""
    found: dict[str, list[Reader]] = {}
    for language, easy in readers:
        if folder.pick(channel, audience.name, language, easy) is None:
            found.setdefault(language, []).append((language, easy))
    return [
        HeldText(
            channel=channel,
            audience=audience.name,
            variant=language,
            reason=no_text(folder, channel, audience, language),
            readers=tuple(who),
        )
        for language, who in found.items()
    ]


def no_text(folder: MessageFolder, channel: str, audience: Audience, language: str) -> str:
    return (
        f"templates/{folder.path} : aucun texte {channel} pour {audience.label} "
        f"en « {language} », ni en français — écrivez {channel}.{audience.name}.fr"
    )


async def faults_ahead(
    agenda: Agenda, ledger: PassSource, campaign: Campaign, episode: Episode, now: datetime
) -> list[str]:
    """What would hold readers of this episode if it were due now; in French. Writes nothing."""
    try:
        folder = agenda.library.load(episode.message)
        _check_class(folder, campaign)
    except (ContentError, NotFound) as faulty:
        return [str(faulty)]
    found: list[str] = []
    for audience in (agenda.audiences[name] for name in campaign.audiences):
        for channel in agenda.channels(campaign, episode, audience):
            if folder.pick(channel, audience.name, "fr", False) is None:
                found.append(no_text(folder, channel, audience, "fr"))
            for source in folder.picks(channel, audience.name):
                try:
                    await fit_text(agenda, ledger, campaign, episode, folder, source, audience, now)
                except ContentError as faulty:
                    found.append(str(faulty))
    return list(dict.fromkeys(found))


async def entry_of(
    agenda: Agenda,
    ledger: TextLedger,
    campaign: Campaign,
    episode: Episode,
    folder: MessageFolder,
    now: datetime,
) -> AgendaEntry:
    """How the event stands in agendas once this message is there. Raises ContentError."""
    says = {
        language: appointment.digest(one)
        for language, one in appointments_of(agenda, campaign, episode, folder).items()
    }
    return await ledger.agenda_entry(campaign.name, says, now) if says else NEW_ENTRY


def kept(content: Content, readers: Sequence[tuple[str, bool]]) -> ContentText:
    """A text as the ledger keeps it."""
    return ContentText(
        variant=content.variant,
        fingerprint=content.fingerprint,
        source=content.to_json(),
        readers=readers,
    )


def fingerprint_of(agenda: Agenda, campaign: Campaign, episode: Episode) -> str:
    """One digest of every text that an episode can send, whatever its readers' languages.

    Raises ContentError for a fault in any of them.
    """
    folder = agenda.library.load(episode.message)
    prints = sorted(
        content_of(agenda, campaign, episode, folder, source, audience).fingerprint
        for audience in (agenda.audiences[name] for name in campaign.audiences)
        for source in texts_of(folder, audience)
        if source.channel in campaign.channels
    )
    return hashlib.sha256("".join(prints).encode()).hexdigest()


async def _addressees(
    ledger: TextLedger, folder: MessageFolder, one: Planned
) -> RecipientList | None:
    """A message for a list never goes to an audience because nobody gave one."""
    season = one.occurrence.season
    found = await ledger.list_of(one.campaign.name, one.episode.name, season)
    if found is None and folder.recipients is Addressees.LIST:
        raise ContentError(
            where=f"templates/{one.episode.message}/message.yaml",
            what="ce message va à une liste de personnes, et aucune n'a été donnée",
            remedy=f"reflexe send-now {one.campaign.name}/{one.episode.name} --to-list FICHIER, "
            "ou --to-everybody pour tout le public",
        )
    return found


async def check_approval(
    agenda: Agenda, ledger: TextLedger, one: Planned, kept_list: RecipientList | None
) -> None:
    """Two people have allowed these very texts, to these very people."""
    season = one.occurrence.season
    asked = await ledger.approval(one.campaign.name, one.episode.name, season)
    texts = await asyncio.to_thread(fingerprint_of, agenda, one.campaign, one.episode)
    if asked is None or not asked.allows(with_addressees(texts, kept_list)):
        raise ContentError(
            where=f"templates/{one.episode.message}",
            what="l'envoi de ce texte, tel qu'il est, n'a pas été approuvé par une autre personne",
            remedy=f"reflexe send-now {one.campaign.name}/{one.episode.name} --by …, puis "
            f"reflexe approve {one.episode.message} --by …",
        )


def _check_class(folder: MessageFolder, campaign: Campaign) -> None:
    """An opt-out of every topic spares service messages: class and topic must say the same."""
    service = folder.message_class is MessageClass.SERVICE
    if service == bool(campaign.topic):
        topic = campaign.topic or "aucun"
        raise ContentError(
            where=f"templates/{folder.path}/message.yaml",
            what=f"la classe « {folder.message_class} » et le thème de la campagne ({topic}) "
            "ne vont pas ensemble",
            remedy="service : sans « topic » ; toute autre classe : avec un « topic »",
        )
