"""A text as it may leave: composed, proved, and without a fault that nobody let pass.

Every way out asks here: what the calendar plans, what is sent by hand or caught up, what a refresh
takes, and what a rehearsal plays.
"""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from scheduler.content.composing.content import Content
from scheduler.content.composing.texts import files_of
from scheduler.content.folder import MessageFolder, Source
from scheduler.content.proving import prove
from scheduler.domain.calendar.appointment import AgendaEntry
from scheduler.domain.calendar.campaigns import Audience, Campaign, Episode
from scheduler.domain.checking.findings import Finding
from scheduler.domain.checking.passing import Pass, holding
from scheduler.domain.errors import ContentError
from scheduler.domain.quizzes.counted import Chosen
from scheduler.flow.agenda import Agenda
from scheduler.flow.filling import NEW_ENTRY, content_of
from scheduler.flow.law.senders import check_sender
from scheduler.flow.results import with_results
from scheduler.flow.writing import judging
from scheduler.flow.writing.judging import COSTLY
from scheduler.flow.writing.marks import Use
from scheduler.log import get_logger

log = get_logger(__name__)

#: Beginnings of the rules on how much one line of an SMS holds.
_OF_A_LINE = ("sms-", "event-value")
#: An edit while a text is read makes it be read again, so often at most.
_TRIES = 3


class PassSource(Protocol):
    async def passes(self, message: str) -> list[Pass]:
        """What people asked to let pass of a message, allowed or not."""

    async def answers(self) -> Mapping[Chosen, int]:
        """How often each answer of a quiz was chosen."""


async def fit_text(
    agenda: Agenda,
    ledger: PassSource,
    campaign: Campaign,
    episode: Episode,
    folder: MessageFolder,
    source: Source,
    audience: Audience,
    now: datetime,
    entry: AgendaEntry = NEW_ENTRY,
) -> Content:
    """Raises ContentError, for the first thing that keeps it from leaving."""
    use = (campaign.name, episode.name)
    configuration = agenda.configuration
    check_sender(configuration, source.channel)
    for _ in range(_TRIES):
        before = judging.mark(configuration, folder.path, use)
        findings = await _judged(agenda, folder, source, use, now)
        files = _files(agenda, folder, source)
        if costly := [one for one in findings if one.rule == COSTLY and one.file in files]:
            # Nothing here may read it: what it costs is known of the other process alone.
            raise _held(costly)
        # Beside the loop: a text within its limits may still take a second.
        content = await asyncio.to_thread(
            content_of, agenda, campaign, episode, folder, source, audience, entry
        )
        content = await with_results(agenda, ledger, campaign, folder, content)
        await prove(content, configuration.kept_findings)
        if judging.mark(configuration, folder.path, use) == before:
            break
        # What was judged is not what was composed.
        folder = agenda.library.load(folder.path)
        source = folder.exact(source.channel, audience.name, source.variant) or source
    else:
        raise _fault(
            agenda, source, "ce texte change en ce moment", "attendez la fin des retouches"
        )
    findings = [one for one in findings if not _is_of_a_line(one, source, configuration.file)]
    found = holding(findings, files, await ledger.passes(folder.path), approved=folder.approval)
    if found:
        raise _held(found)
    return content


async def _judged(
    agenda: Agenda, folder: MessageFolder, source: Source, use: Use, now: datetime
) -> Sequence[Finding]:
    try:
        return await judging.judged(agenda.configuration, folder.path, now, use)
    except judging.JudgeAway as away:
        log.warning("text.not_judged", message=folder.path, reason=str(away))
        raise _fault(
            agenda,
            source,
            f"ce texte n'a pas pu être relu ({away})",
            "rien à corriger dans le texte : voyez la mémoire et la charge de la machine",
        ) from None


def _is_of_a_line(one: Finding, source: Source, config: str) -> bool:
    """A value of config.yaml that is at fault for what an SMS holds: a letter has room for it."""
    return source.is_letter and one.file == config and one.rule.startswith(_OF_A_LINE)


def _held(found: Sequence[Finding]) -> ContentError:
    first, others = found[0], len(found) - 1
    more = f" (et {others} autre{'s' if others > 1 else ''} faute{'s' if others > 1 else ''})"
    return ContentError(
        where=first.file,
        what=first.message + (more if others else ""),
        remedy=first.remedy,
        line=first.line,
    )


def _fault(agenda: Agenda, source: Source, what: str, remedy: str) -> ContentError:
    return ContentError(where=agenda.library.where(source.path), what=what, remedy=remedy)


def _files(agenda: Agenda, folder: MessageFolder, source: Source) -> set[str]:
    """Where a fault concerns this text: what it is made of, and what its blanks are filled from."""
    head = agenda.library.where(f"{folder.path}/message.yaml")
    return {*files_of(agenda.library, source), head, agenda.configuration.file}
