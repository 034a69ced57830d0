"""An occurrence's texts as its first slot settled them, with those mended since."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Protocol

from scheduler.content.composing.content import Content
from scheduler.domain.calendar.conflicts import Planned
from scheduler.domain.errors import ContentError, NotFound
from scheduler.domain.ids import OccurrenceId
from scheduler.domain.message import variants_for
from scheduler.domain.planning import ContentText, HeldText, KeptText
from scheduler.flow.agenda import Agenda
from scheduler.flow.fit import fit_text
from scheduler.flow.texts import (
    Reader,
    Settled,
    TextLedger,
    check_approval,
    entry_of,
    kept,
    no_text,
)


class SettledLedger(TextLedger, Protocol):
    """What an occurrence says by now, beside what freezing a text asks."""

    async def kept_texts(self, occurrence_id: OccurrenceId) -> list[KeptText]:
        """The texts that an occurrence has, the latest revision of each."""

    async def held_texts(self, occurrence_id: OccurrenceId) -> list[HeldText]:
        """Texts of an occurrence whose readers wait, or waited, for them to be mended."""


async def texts_settled(
    agenda: Agenda, ledger: SettledLedger, occurrence_id: OccurrenceId, one: Planned, now: datetime
) -> Settled | None:
    """The occurrence's texts as they were settled, with those held then that are mended now.

    None when nothing was settled for some reader. A text that was held is looked for anew, under
    the name it has today; its readers get that one or none.
    """
    channel, audience = one.channel, agenda.audiences[one.audience]
    mine = (channel, audience.name)
    settled = {
        k.variant: k
        for k in await ledger.kept_texts(occurrence_id)
        if (k.channel, k.audience) == mine
    }
    held = {
        h.variant: h
        for h in await ledger.held_texts(occurrence_id)
        if (h.channel, h.audience) == mine
    }
    who: dict[str, list[Reader]] = {name: [] for name in {**settled, **held}}
    for language, easy in await ledger.readers(audience):
        fitting = [name for name in variants_for(language, easy) if name in who]
        if not fitting:
            return None
        who[fitting[0]].append((language, easy))
    if not who:
        return None
    wanted = {name: who[name] for name in held if name not in settled and who[name]}
    mended, still = await _mended(agenda, ledger, one, wanted, held, now) if wanted else ({}, [])
    readers = {name: [*who.get(name, ()), *more] for name, (_, more) in mended.items()}
    texts = [
        ContentText(
            variant=name,
            fingerprint=text.fingerprint,
            source="",
            readers=tuple(readers.get(name, who[name])),
        )
        for name, text in settled.items()
    ]
    texts += [
        kept(content, tuple(more))
        for name, (content, more) in mended.items()
        if name not in settled
    ]
    return Settled(texts=texts, held=still)


async def _mended(
    agenda: Agenda,
    ledger: TextLedger,
    one: Planned,
    wanted: Mapping[str, Sequence[Reader]],
    held: Mapping[str, HeldText],
    now: datetime,
) -> tuple[dict[str, tuple[Content, list[Reader]]], list[HeldText]]:
    """Of texts that were held: variant -> text and readers, where it can be sent now; the rest."""
    audience = agenda.audiences[one.audience]
    found: dict[str, tuple[Content, list[Reader]]] = {}
    still: list[HeldText] = []
    for name, readers in wanted.items():
        try:
            folder = agenda.library.load(one.episode.message)
            if folder.approval:
                season = one.occurrence.season
                to = await ledger.list_of(one.campaign.name, one.episode.name, season)
                await check_approval(agenda, ledger, one, to)
            entry = await entry_of(agenda, ledger, one.campaign, one.episode, folder, now)
            for language, easy in readers:
                source = folder.pick(one.channel, audience.name, language, easy)
                if source is None:
                    raise NotFound(no_text(folder, one.channel, audience, language))
                if source.variant not in found:
                    content = await fit_text(
                        agenda,
                        ledger,
                        one.campaign,
                        one.episode,
                        folder,
                        source,
                        audience,
                        now,
                        entry,
                    )
                    found[source.variant] = (content, [])
                found[source.variant][1].append((language, easy))
        except (ContentError, NotFound) as faulty:
            still.append(replace(held[name], reason=str(faulty), readers=tuple(readers)))
    gone = {reader for one_held in still for reader in one_held.readers}
    for _, readers_of in found.values():
        readers_of[:] = [reader for reader in readers_of if reader not in gone]
    return found, still
