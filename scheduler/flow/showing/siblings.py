"""Notes when each text of the messages was first seen saying what it says."""

import asyncio
import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from scheduler.content.folder import MessageFolder, Source
from scheduler.domain.errors import ContentError, NotFound
from scheduler.domain.showing.siblings import Seen, Sibling, changed
from scheduler.flow.agenda import Agenda

#: Hexadecimal signs of a digest: enough to tell edits of one text apart.
_LENGTH = 16


class TextLedger(Protocol):
    async def seen_texts(self) -> Mapping[str, Seen]:
        """By path under templates/."""

    async def note_texts(self, found: Mapping[str, Seen]) -> None:
        """Keep these in the place of what was known of the same paths."""


def texts_in(folder: MessageFolder) -> list[Sibling]:
    """Those that can be read."""
    return [_sibling(source) for source in folder.sources if source.fault is None]


async def note(agenda: Agenda, ledger: TextLedger, now: datetime) -> None:
    """Once a day and after an edit. A text that can't be read keeps what was known of it."""
    # Beside the event loop, where messages leave and opt-outs are heard.
    texts = await asyncio.to_thread(_every, agenda)
    if found := changed(texts, await ledger.seen_texts(), now):
        await ledger.note_texts(found)


def _every(agenda: Agenda) -> list[Sibling]:
    texts = []
    for message in agenda.library.messages():
        try:
            texts += texts_in(agenda.library.load(message))
        except (ContentError, NotFound):
            continue
    return texts


def _sibling(source: Source) -> Sibling:
    said = " ".join(f"{source.subject}\n{source.preheader}\n{source.body}".split())
    return Sibling(
        path=source.path,
        channel=source.channel,
        audience=source.audience,
        variant=source.variant,
        digest=hashlib.sha256(said.encode()).hexdigest()[:_LENGTH],
    )
