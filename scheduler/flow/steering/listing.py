"""To whom a sending by hand goes: the people of a file, or by name everybody.

A message that says ``recipients: list`` never goes to an audience because nobody gave a list.
"""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Protocol

from scheduler.content.folder import MessageFolder
from scheduler.domain.addressees import (
    Addressees,
    FoundList,
    RecipientList,
    Sought,
    without_heading,
)
from scheduler.domain.calendar.campaigns import Occurrence
from scheduler.domain.errors import NotFound
from scheduler.domain.message import MessageClass
from scheduler.domain.values import frozen
from scheduler.flow.agenda import Agenda
from scheduler.flow.steering.by_hand import is_off_calendar


class ListHand(Protocol):
    """Each call is one transaction."""

    async def find_listed(
        self, sources: Collection[str], sought: Sequence[Sought]
    ) -> FoundList: ...

    async def listed(self, kept: RecipientList) -> list[int]: ...

    async def keep_list(
        self, one: Occurrence, people: Collection[int] | None, by: str, now: datetime
    ) -> RecipientList: ...

    async def drop_list(self, one: Occurrence) -> None: ...


class ListSource(Protocol):
    async def list_of(self, campaign: str, episode: str, season: str) -> RecipientList | None: ...


@frozen
class Addressed:
    """Whom a sending was given to, before anybody says yes."""

    kept: RecipientList | None
    #: What the rows of its file stand for; None: no file was given.
    found: FoundList | None
    #: What stood before, to be put back where nobody says yes: (the list, its people).
    before: tuple[RecipientList, Sequence[int]] | None
    #: Its message doesn't say to whom it goes, and it is one of service, off the calendar.
    unsaid: bool

    @property
    def is_new(self) -> bool:
        before = self.before[0].digest if self.before else None
        return self.kept is not None and self.kept.digest != before


async def address(
    agenda: Agenda,
    ledger: ListSource,
    hand: ListHand,
    one: Occurrence,
    audiences: Sequence[str],
    sought: Sequence[Sought] | None,
    by: str,
    now: datetime,
    *,
    everybody: bool,
) -> Addressed:
    """Keep whom it goes to. Raises NotFound where that has to be said and isn't, or can't be."""
    folder = agenda.library.load(agenda.episode(one).message)
    known = await ledger.list_of(one.campaign, one.episode, one.season)
    before = (known, await hand.listed(known)) if known is not None else None
    _check(agenda, folder, one, given=sought is not None, everybody=everybody, known=known)
    kept, found = known, None
    if sought is not None:
        sources = {agenda.audiences[name].source for name in audiences}
        found = without_heading(await hand.find_listed(sources, sought), sought)
        if not found.people:
            raise NotFound("nobody in the list is known here: is it the right file and audience?")
        kept = await hand.keep_list(one, found.people, by, now)
    elif everybody:
        kept = await hand.keep_list(one, None, by, now)
    unsaid = folder.recipients is Addressees.UNSAID and _is_leak_like(agenda, folder, one)
    return Addressed(kept=kept, found=found, before=before, unsaid=unsaid and kept is None)


async def take_back(
    hand: ListHand, one: Occurrence, given: Addressed, by: str, now: datetime
) -> None:
    """Nobody said yes: whom it went to before stands again."""
    if not given.is_new:
        return
    if given.before is None:
        await hand.drop_list(one)
        return
    kept, people = given.before
    await hand.keep_list(one, people if kept.restricts else None, by, now)


def _check(
    agenda: Agenda,
    folder: MessageFolder,
    one: Occurrence,
    *,
    given: bool,
    everybody: bool,
    known: RecipientList | None,
) -> None:
    if given and everybody:
        raise NotFound("--to-list and --to-everybody exclude each other: say one of them")
    off = is_off_calendar(agenda.configuration.campaign(one.campaign), agenda.episode(one))
    if given and not off:
        raise NotFound(f"{one.id} is on the calendar: only a message off it goes to a list")
    if folder.recipients is Addressees.LIST and not given and not everybody and known is None:
        raise NotFound(
            f"{folder.path} goes to a list of people: give their keys or addresses by --to-list "
            "FILE, or say --to-everybody if it concerns everybody"
        )


def _is_leak_like(agenda: Agenda, folder: MessageFolder, one: Occurrence) -> bool:
    campaign = agenda.configuration.campaign(one.campaign)
    service = folder.message_class is MessageClass.SERVICE
    return service and is_off_calendar(campaign, agenda.episode(one))
