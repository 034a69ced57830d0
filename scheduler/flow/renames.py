"""The names step: the ledger follows what people wrote with ``was``; what nobody wrote waits."""

from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime, timedelta
from typing import Protocol

from scheduler.domain.alarms.kinds import AlarmKind
from scheduler.domain.calendar.campaigns import Audience, Occurrence
from scheduler.domain.errors import ContentError, ImportRefused
from scheduler.domain.names import renames
from scheduler.domain.names.renames import Ran, Renaming
from scheduler.domain.ports import Alarms
from scheduler.domain.showing.report import AlarmRow
from scheduler.flow.agenda import Agenda
from scheduler.log import get_logger

log = get_logger(__name__)

#: An occurrence of the same season is at most so far away.
SEASON = timedelta(days=400)


class NameSource(Protocol):
    """What can be told of names without changing anything."""

    async def ran(self, since: date) -> list[Ran]:
        """Occurrences to which something has happened."""

    async def people(self) -> Mapping[str, int]:
        """Living contacts by the audience that they were imported into."""

    async def known_audiences(self) -> set[str]:
        """Names under which audiences are known: noted, imported into, or there before any was
        noted."""


class NameLedger(NameSource, Alarms, Protocol):
    """Each call is one transaction."""

    async def follow(self, wanted: Sequence[Renaming], now: datetime) -> int:
        """Carry renamings out, each once; how many occurrences got another name."""

    async def open_alarms(self) -> list[AlarmRow]:
        """What needs a person, oldest first."""

    async def note_audiences(self, names: Collection[str]) -> None:
        """These are known from now on."""


class AudienceLedger(NameSource, Protocol):
    """Each call is one transaction."""

    async def note_audiences(self, names: Collection[str]) -> None:
        """These are known from now on."""


async def follow(agenda: Agenda, ledger: NameLedger, now: datetime) -> None:
    """Bring the ledger to the names that were written down."""
    configuration = agenda.configuration
    wanted = renames.declared(configuration.campaigns, configuration.audiences)
    if wanted and (moved := await ledger.follow(wanted, now)):
        log.info("names.followed", occurrences=moved)


async def look(
    agenda: Agenda, ledger: NameSource, coming: Sequence[Occurrence], today: date
) -> dict[Occurrence, str]:
    """Of these occurrences, those that may have run under another name, and what to write."""
    ran = await ledger.ran(today - SEASON)
    if not ran:
        return {}
    campaigns = agenda.configuration.campaigns
    known = renames.configured(campaigns, _titles(agenda, coming))
    found = {}
    for one in coming:
        campaign = agenda.configuration.campaign(one.campaign)
        old = renames.suspect(one, campaign, ran, known, today)
        if old is not None:
            found[one] = renames.why(one, old, known)
    return found


def _titles(agenda: Agenda, coming: Sequence[Occurrence]) -> dict[str, str]:
    """Of the messages of these; one that is faulty waits for its own reason."""
    found = {}
    for path in {agenda.episode(one).message for one in coming}:
        with suppress(ContentError):
            found[path] = agenda.library.load(path).title
    return found


async def lost(audiences: Collection[Audience], ledger: NameSource) -> dict[str, str]:
    """Audiences that may be another one's contacts under a new name, and what to write."""
    people, known = await ledger.people(), await ledger.known_audiences()
    found = renames.lost_audiences(audiences, people, known)
    return {name: renames.why_lost(name, gone, found) for name, gone in found.items()}


async def settle(audiences: Collection[Audience], ledger: AudienceLedger) -> dict[str, str]:
    """The same; of all others it is known from now on whose people they are."""
    found = await lost(audiences, ledger)
    await ledger.note_audiences({one.source for one in audiences if one.name not in found})
    return found


async def may_take_in(
    into: Audience, audiences: Collection[Audience], ledger: AudienceLedger, *, dry_run: bool
) -> None:
    """Raises ImportRefused for an audience that may be another's people under a new name: taken
    in anew, they would come without their opt-outs."""
    found = await (lost if dry_run else settle)(audiences, ledger)
    if into.name in found:
        raise ImportRefused(
            f"{into.name} may be the people of another audience under a new name, with opt-outs "
            f"that the file doesn't know: {found[into.name]}"
        )


async def tell(ledger: NameLedger, found: Mapping[str, str], now: datetime) -> None:
    """One alarm a name in doubt, cleared once it is said what it is."""
    for subject, reason in found.items():
        if await ledger.raise_alarm(AlarmKind.RENAMED, subject, reason, now):
            log.error("name.in_doubt", subject=subject, reason=reason)
    for alarm in await ledger.open_alarms():
        if alarm.kind == AlarmKind.RENAMED and alarm.subject not in found:
            await ledger.clear_alarm(AlarmKind.RENAMED, alarm.subject, now)
