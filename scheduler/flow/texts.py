"""Which text each reader of an audience gets, frozen so that it can be kept."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from scheduler.content.content import Content
from scheduler.content.folder import MessageFolder
from scheduler.content.proving import prove
from scheduler.domain import appointment
from scheduler.domain.appointment import AgendaEntry
from scheduler.domain.approval import Approval
from scheduler.domain.campaigns import Audience, Campaign, Episode
from scheduler.domain.conflicts import Planned
from scheduler.domain.errors import ContentError, NotFound
from scheduler.domain.message import MessageClass, variants_for
from scheduler.domain.planning import ContentText, KeptText, ShelfText
from scheduler.flow.agenda import Agenda
from scheduler.flow.filling import NEW_ENTRY, appointments_of, content_of
from scheduler.flow.messages import texts_of
from scheduler.log import get_logger

log = get_logger(__name__)


class TextLedger(Protocol):
    """What freezing a text asks of the ledger."""

    async def readers(self, audience: Audience) -> list[tuple[str, bool]]: ...

    async def kept_texts(self, row: int) -> list[KeptText]: ...

    async def agenda_entry(
        self, campaign: str, says: Mapping[str, str], now: datetime
    ) -> AgendaEntry: ...

    async def approval(self, campaign: str, episode: str, season: str) -> Approval | None: ...


async def freeze_texts(
    agenda: Agenda,
    ledger: TextLedger,
    one: Planned,
    others: Iterable[tuple[str, str]],
    now: datetime,
) -> tuple[list[ContentText], list[ShelfText]]:
    """The slot's texts with their readers, and those of the occurrence's ``others``.

    These are (channel, audience) of its other slots: what one occurrence says is settled at once.
    Raises ContentError for a fault in a file or a sending that nobody allowed, NotFound when some
    readers have no text at all.
    """
    folder = agenda.library.load(one.episode.message)
    _check_class(folder, one.campaign)
    if folder.approval:
        await _check_approval(agenda, ledger, one)
    entry = await entry_of(agenda, ledger, one.campaign, one.episode, folder, now)
    audience = agenda.audiences[one.audience]
    who = _by_variant(folder, one.channel, audience, await ledger.readers(audience))
    texts = [
        kept(content, who.get(content.variant, ()))
        for content in await _proved(agenda, one, folder, one.channel, audience, entry)
    ]
    shelf = []
    for channel, name in others:
        other = agenda.audiences[name]
        try:
            contents = await _proved(agenda, one, folder, channel, other, entry)
        except ContentError as faulty:
            # Its own slot will say so; these are fine, and leave.
            log.warning("text.not_settled", message=folder.path, reason=str(faulty))
            continue
        shelf += [
            ShelfText(channel=channel, audience=name, text=kept(content, ()))
            for content in contents
        ]
    return texts, shelf


async def _proved(
    agenda: Agenda,
    one: Planned,
    folder: MessageFolder,
    channel: str,
    audience: Audience,
    entry: AgendaEntry,
) -> list[Content]:
    """Every text that some reader of an audience may get. Raises ContentError."""
    contents = [
        content_of(agenda, one.campaign, one.episode, folder, source, audience, entry)
        for source in folder.picks(channel, audience.name)
    ]
    for content in contents:
        await prove(content)
    return contents


async def texts_kept(
    ledger: TextLedger, row: int, channel: str, audience: Audience
) -> list[ContentText] | None:
    """The occurrence's texts as they were settled; None when some reader has none of them."""
    mine = {
        one.variant: one
        for one in await ledger.kept_texts(row)
        if (one.channel, one.audience) == (channel, audience.name)
    }
    who: dict[str, list[tuple[str, bool]]] = {name: [] for name in mine}
    for language, easy in await ledger.readers(audience):
        fitting = [name for name in variants_for(language, easy) if name in mine]
        if not fitting:
            return None
        who[fitting[0]].append((language, easy))
    if not mine:
        return None
    return [
        ContentText(variant=name, fingerprint=one.fingerprint, source="", readers=tuple(who[name]))
        for name, one in mine.items()
    ]


def _by_variant(
    folder: MessageFolder, channel: str, audience: Audience, readers: Sequence[tuple[str, bool]]
) -> dict[str, list[tuple[str, bool]]]:
    """Which of these readers get which text."""
    who: dict[str, list[tuple[str, bool]]] = {}
    for language, easy in readers:
        source = folder.pick(channel, audience.name, language, easy)
        if source is None:
            raise NotFound(
                f"templates/{folder.path} : aucun texte {channel} pour {audience.label} "
                f"en « {language} », ni en français — écrivez {channel}.{audience.name}.fr"
            )
        who.setdefault(source.variant, []).append((language, easy))
    return who


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


async def _check_approval(agenda: Agenda, ledger: TextLedger, one: Planned) -> None:
    """Two people have allowed these very texts."""
    season = one.occurrence.season
    asked = await ledger.approval(one.campaign.name, one.episode.name, season)
    if asked is None or not asked.allows(fingerprint_of(agenda, one.campaign, one.episode)):
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
