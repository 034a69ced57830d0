"""Newcomers enter: whoever a file dates young gets a week, and the steps of onboarding with it.

Part of each look; it may be said again at any moment, with the same end. Where one file brings too
many at once, nobody of them enters until a person says so.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from scheduler.domain.alarms.kinds import AlarmKind
from scheduler.domain.calendar import newcomers
from scheduler.domain.calendar.campaigns import Audience, Campaign
from scheduler.domain.calendar.leaving import Season
from scheduler.domain.calendar.newcomers import Asked, Entry, Newcomer, Waiting
from scheduler.domain.ports import Alarms
from scheduler.flow.agenda import Agenda
from scheduler.log import get_logger

log = get_logger(__name__)


class SeasonSource(Protocol):
    async def entered_seasons(self, campaigns: Collection[str]) -> frozenset[Season]:
        """The steps that somebody is to get."""


class NewcomerLedger(Alarms, SeasonSource, Protocol):
    """Each call is one transaction."""

    async def newcomers(self, audiences: Sequence[Audience], now: datetime) -> Waiting:
        """Whoever of these audiences hasn't entered yet."""

    async def let_in(self, entering: Mapping[int, Sequence[Season]], now: datetime) -> int:
        """Give contacts their steps, but for those who have entered before, under whatever key or
        address; how many enter."""

    async def put_newcomers(self, contacts: Collection[int], state: Entry, now: datetime) -> None:
        """Their file was looked at."""


async def look(agenda: Agenda, ledger: NewcomerLedger, now: datetime) -> bool:
    """Let in who may enter; whether the calendar has other occurrences than it had."""
    campaigns = agenda.onboarding
    if campaigns:
        names = {name for one in campaigns for name in one.audiences}
        audiences = [agenda.audiences[name] for name in sorted(names)]
        await _let_in(campaigns, await ledger.newcomers(audiences, now), ledger, now)
    return await note(agenda, ledger)


async def note(agenda: Agenda, ledger: SeasonSource) -> bool:
    """Tell the calendar which steps are to come; whether that is news."""
    names = [one.name for one in agenda.onboarding]
    found: frozenset[Season] = await ledger.entered_seasons(names) if names else frozenset()
    if found == agenda.entered:
        return False
    agenda.entered = found
    return True


async def _let_in(
    campaigns: Sequence[Campaign], waiting: Waiting, ledger: NewcomerLedger, now: datetime
) -> None:
    asked = newcomers.ask_about(waiting.newcomers, waiting.people)
    if asked:
        # Nobody is held without an alarm: what is cut short between the two is asked again.
        await _ask({one.audience: one for one in asked.values()}, ledger, now)
        await ledger.put_newcomers(asked.keys(), Entry.HELD, now)
    rest = [one for one in waiting.newcomers if one.contact not in asked]
    if fresh := [one.contact for one in rest if one.state is Entry.NEW]:
        await ledger.put_newcomers(fresh, Entry.ALLOWED, now)
    if entering := {one.contact: _seasons(campaigns, one) for one in rest if newcomers.is_due(one)}:
        log.info("newcomers.entered", people=await ledger.let_in(entering, now))


async def _ask(asked: Mapping[str, Asked], ledger: NewcomerLedger, now: datetime) -> None:
    for name, one in asked.items():
        detail = f"{one.newcomers} of {one.people}"
        await ledger.raise_alarm(AlarmKind.NEWCOMERS_HELD, name, detail, now)
        log.warning("newcomers.held", audience=name, newcomers=one.newcomers, people=one.people)


def _seasons(campaigns: Sequence[Campaign], one: Newcomer) -> list[Season]:
    return [
        (campaign.name, episode.name, newcomers.week_for(campaign, one.entered, one.today))
        for campaign in campaigns
        if one.audiences & set(campaign.audiences)
        for episode in campaign.episodes
    ]
