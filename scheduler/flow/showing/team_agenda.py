"""The year as the team's agenda: what leaves, what waits for a second person, the posts due and the
figures to type. No person is in it, and no figure."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from scheduler.domain.calendar.approval import Approval
from scheduler.domain.calendar.campaigns import CampaignKind
from scheduler.domain.channels import channel_label
from scheduler.domain.delivery import OccurrenceState
from scheduler.domain.measure.typed import KeptFigure
from scheduler.domain.values import frozen
from scheduler.flow.agenda import Agenda
from scheduler.flow.showing.titles import message_of
from scheduler.flow.showing.year import Entry, YearLedger, year_ahead
from scheduler.flow.writing.post_days import advised_days
from scheduler.flow.writing.posts_due import has_post

#: How far back it goes.
BACK = timedelta(days=31)
AHEAD = timedelta(days=365)
#: After the end of what people come to or react to, its figures can be read.
FIGURES_AFTER = timedelta(days=7)
_HAVE_FIGURES = (CampaignKind.SERIES, CampaignKind.EVENT)


class ApprovalSource(Protocol):
    async def waiting_approvals(self) -> list[Approval]: ...


class FigureSource(Protocol):
    async def every(self, campaign: str = "") -> list[KeptFigure]: ...


@frozen
class TeamEvent:
    """One entry of the agenda."""

    #: The same as long as it is the same thing.
    uid: str
    day: date
    #: On the organisation's clock; None: it is for the whole day.
    at: time | None
    title: str
    note: str = ""


async def team_events(
    agenda: Agenda,
    ledger: YearLedger,
    approvals: ApprovalSource,
    figures: FigureSource,
    now: datetime,
) -> list[TeamEvent]:
    today = now.astimezone(ZoneInfo(agenda.configuration.settings.time_zone)).date()
    entries = await year_ahead(agenda, ledger, now, today - BACK, today + AHEAD)
    typed = {one.figure.campaign for one in await figures.every() if one.figure.day >= today - BACK}
    return [
        *_leaving(agenda, entries),
        *_to_approve(agenda, await approvals.waiting_approvals(), today),
        *_posts(agenda, today),
        *_figures_to_type(agenda, entries, typed),
    ]


def _leaving(agenda: Agenda, entries: Sequence[Entry]) -> Iterator[TeamEvent]:
    for one in entries:
        if one.state is OccurrenceState.CANCELLED or (one.past and one.first is None):
            continue
        title = message_of(agenda, one.campaign, one.episode)[1]
        paused = " (en pause)" if one.state is OccurrenceState.PAUSED else ""
        labels = [
            agenda.audiences[name].label for name in one.audiences if name in agenda.audiences
        ]
        channels = [channel_label(name) for name in one.channels]
        told = [", ".join(labels), ", ".join(channels), *one.reasons]
        yield TeamEvent(
            uid=f"depart.{one.id}",
            day=one.date,
            at=one.at,
            title=f"Envoi : {title}{paused}",
            note="\n".join(filter(None, told)),
        )


def _to_approve(agenda: Agenda, waiting: Sequence[Approval], today: date) -> Iterator[TeamEvent]:
    for one in waiting:
        title = message_of(agenda, one.occurrence.campaign, one.occurrence.episode)[1]
        yield TeamEvent(
            uid=f"accord.{one.occurrence.id}",
            day=today,
            at=None,
            title=f"À approuver : {title}",
            note="Cet envoi attend une seconde personne.",
        )


def _posts(agenda: Agenda, today: date) -> Iterator[TeamEvent]:
    titled: dict[str, str] = {}
    for one, day in advised_days(agenda, today).items():
        if one.message not in titled:
            known = has_post(agenda, one.message)
            titled[one.message] = agenda.library.load(one.message).title if known else ""
        if title := titled[one.message]:
            yield TeamEvent(
                uid=f"billet.{one.message}.{one.sent_on.isoformat()}",
                day=day,
                at=None,
                title=f"Billet à publier : {title}",
            )


def _figures_to_type(
    agenda: Agenda, entries: Sequence[Entry], typed: set[str]
) -> Iterator[TeamEvent]:
    last: dict[tuple[str, int], Entry] = {}
    kinds = {one.name: one.kind for one in agenda.configuration.campaigns}
    for one in entries:
        if kinds.get(one.campaign) in _HAVE_FIGURES and one.state is not OccurrenceState.CANCELLED:
            key = one.campaign, one.date.year
            last[key] = max(last.get(key, one), one, key=lambda entry: entry.date)
    for (campaign, year), one in last.items():
        if campaign in typed:
            continue
        title = message_of(agenda, one.campaign, one.episode)[1]
        yield TeamEvent(
            uid=f"chiffres.{campaign}.{year}",
            day=one.date + FIGURES_AFTER,
            at=None,
            title=f"Chiffres à saisir : {campaign}",
            note=f"Réactions, présences, signalements ; dernier envoi : {title}.",
        )
