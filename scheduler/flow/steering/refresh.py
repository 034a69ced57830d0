"""Taking the writers' new text for those who have not been served yet."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from scheduler.content.composing.content import Content
from scheduler.domain.errors import ContentError, NotFound
from scheduler.domain.ids import OccurrenceId
from scheduler.domain.planning import KeptText, OccurrenceRow, Refreshed
from scheduler.flow.agenda import Agenda
from scheduler.flow.fit import fit_text
from scheduler.flow.texts import TextLedger, entry_of


class Shelf(Protocol):
    """The kept texts of an occurrence."""

    async def kept_texts(self, occurrence_id: OccurrenceId) -> list[KeptText]: ...

    async def refresh(
        self,
        row: OccurrenceRow,
        texts: Sequence[tuple[KeptText, str, str]],
        by: str,
        now: datetime,
    ) -> Refreshed: ...


async def refresh(
    agenda: Agenda, ledger: TextLedger, shelf: Shelf, row: OccurrenceRow, by: str, now: datetime
) -> Refreshed:
    """Freeze every kept text anew from its file; those that differ are what is sent from now on.

    Raises NotFound when nothing is kept yet (then the files count by themselves) or nothing has
    changed, and ContentError when a file is faulty: then nothing changes at all.
    """
    kept = await shelf.kept_texts(row.occurrence_id)
    if not kept:
        raise NotFound(f"{row.id} has no text yet: what its files say when it is due will be sent")
    fresh = [(one, await _frozen_anew(agenda, ledger, row, one, now)) for one in kept]
    changed = [
        (one, content.fingerprint, content.to_json())
        for one, content in fresh
        if content.fingerprint != one.fingerprint
    ]
    if not changed:
        raise NotFound(f"{row.id}: its files say what is being sent already")
    return await shelf.refresh(row, changed, by, now)


async def _frozen_anew(
    agenda: Agenda, ledger: TextLedger, row: OccurrenceRow, one: KeptText, now: datetime
) -> Content:
    campaign = agenda.configuration.campaign(row.campaign)
    episode = agenda.episode(row)
    folder = agenda.library.load(episode.message)
    if folder.approval:
        raise NotFound(
            f"{row.id} was approved as it is: cancel it, and ask again under another --key"
        )
    source = folder.exact(one.channel, one.audience, one.variant)
    if source is None:
        raise ContentError(
            where=f"templates/{folder.path}",
            what=f"le texte {one.channel}.{one.audience}.{one.variant} n'y est plus",
            remedy="remettez-le : des personnes l'attendent dans cette version",
        )
    entry = await entry_of(agenda, ledger, campaign, episode, folder, now)
    audience = agenda.configuration.audience(one.audience)
    return await fit_text(agenda, ledger, campaign, episode, folder, source, audience, now, entry)
