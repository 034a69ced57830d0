"""Changes of the calendar on one ledger: what each would come to, and deciding it."""

from collections.abc import Sequence
from datetime import time

from scheduler.bootstrap.app import App
from scheduler.bootstrap.forecasting import make_forecaster
from scheduler.bootstrap.opening import app_on
from scheduler.config.configuration import Configuration
from scheduler.config.cross_checks import closed_at
from scheduler.config.laying import faults_of, with_changes
from scheduler.content import event_values
from scheduler.domain.audit import AuditAct
from scheduler.domain.calendar.campaigns import CampaignKind
from scheduler.domain.calendar.changes import Change, ChangeKind, Decision, Facet, Says, Stand
from scheduler.domain.calendar.changing import Cannot, ChangeRefused
from scheduler.domain.calendar.taking_back import with_it
from scheduler.domain.errors import ContentError, NotFound
from scheduler.domain.words.changes import open_hours
from scheduler.flow.agenda import Agenda
from scheduler.flow.showing.unfinished import wants_of
from scheduler.flow.steering.change_forecast import ChangeForecast, count, forecast
from scheduler.store.writing.calendar_changes import Asked


async def standing_now(app: App) -> tuple[App, int, list[Decision]]:
    """The app on the calendar of this moment: another replica may have changed it since a look."""
    number, standing = await app.changes.standing()
    if number == app.configuration.changed:
        return app, number, standing
    return _on(app, with_changes(app.configuration, standing, number)), number, standing


async def look_ahead(
    app: App, standing: Sequence[Decision], change: Change
) -> tuple[App, ChangeForecast]:
    """The app on the calendar with the change, and what that would come to; ``app``: on the
    calendar of now.

    Raises ChangeRefused for what could not be used so.
    """
    after = _on(app, with_changes(app.configuration, _with(app, standing, change), 0))
    _refuse_unfit(after.configuration, change)
    _refuse_blank(after.agenda, change)
    found = await forecast(app.agenda, after.agenda, app.ledger, change, app.clock())
    _refuse_twice(after.agenda, change, found)
    return after, found


async def count_ahead(after: App, found: ChangeForecast) -> ChangeForecast:
    """The same with how many people: ``after`` and ``found`` are of ``look_ahead``."""
    return await count(found, make_forecaster(after), after.clock())


async def decide(
    app: App, change: Change, over: int, by: str, act: AuditAct = AuditAct.CHANGE_CALENDAR
) -> None:
    """``app``: on the calendar of now. Raises Overtaken where it was changed since ``over``."""
    standing = [one.decision for one in app.configuration.changes]
    asked = [
        Asked(change=one, base=_base(app, standing, one, act), asked_by=by, decided_by=by)
        for one in all_of(app, standing, change)
    ]
    await app.changes.decide(asked, over, act, app.clock())


def all_of(app: App, standing: Sequence[Decision], change: Change) -> list[Change]:
    """A change, and what goes with it."""
    named = {name for one in app.configuration.written for name in (one.name, *(one.was or ()))}
    return with_it(change, standing, in_files=change.campaign in named)


def _base(app: App, standing: Sequence[Decision], change: Change, act: AuditAct) -> Says | None:
    """What config.yaml says of it; of what stands already, what it said when that was decided: a
    change under it is only seen by whoever says so."""
    known = next((one for one in standing if one.change.subject == change.subject), None)
    if known is not None and act is not AuditAct.KEEP_CHANGE:
        return known.base
    laid = with_changes(app.configuration, _with(app, standing, change), 0).changes
    return next((one.file for one in laid if one.decision.change == change), None)


def _with(app: App, standing: Sequence[Decision], change: Change) -> list[Decision]:
    """Those that would stand."""
    about = {one.subject for one in all_of(app, standing, change)}
    kept = [one for one in standing if one.change.subject not in about]
    if change.says is None:
        return kept
    last = max((one.number for one in standing), default=0)
    mine = Decision(
        number=last + 1, change=change, base=None, asked_by="", decided_by="", at=app.clock()
    )
    return [*kept, mine]


def _on(app: App, configuration: Configuration) -> App:
    made = app_on(configuration, app.ledger, app.clock)
    # Its texts are the same, and read already.
    made.agenda.library = app.agenda.library
    made.agenda.entered = app.agenda.entered
    return made


def _refuse_unfit(configuration: Configuration, change: Change) -> None:
    """What config.yaml would be refused for is refused here."""
    laid = [one for one in configuration.changes if one.decision.change == change]
    if laid and laid[0].stand in (Stand.UNFIT, Stand.GONE):
        raise ChangeRefused(Cannot.UNFIT)
    for campaign in configuration.campaigns:
        if campaign.name == change.campaign:
            if change.facet is Facet.HOUR and change.says is not None:
                at = time.fromisoformat(change.says["at"])
                if hours := dict(closed_at(at, campaign, configuration.settings)):
                    raise ChangeRefused(Cannot.OUTSIDE, "hour", open_hours(hours))
            if faults_of(configuration, campaign):
                raise ChangeRefused(Cannot.UNFIT)


def _refuse_twice(after: Agenda, change: Change, found: ChangeForecast) -> None:
    """An event that somebody was told of is called off or moved, and neither forgotten nor made
    again under another name: those who have its date would hear nothing, or hear twice."""
    if change.facet is not Facet.EVENT:
        return
    names = {one.name for one in after.configuration.campaigns}
    if change.campaign not in names and found.left:
        raise ChangeRefused(Cannot.HELD_DATE)
    if change.kind is ChangeKind.EVENT_CREATED and change.says is not None and found.doubts:
        raise ChangeRefused(Cannot.TWICE, "date", found.doubts[0])


def _refuse_blank(agenda: Agenda, change: Change) -> None:
    """An event says all that its messages ask for, and in an SMS's room."""
    if change.says is None or change.facet not in (Facet.EVENT, Facet.DATES):
        return
    campaign = agenda.configuration.campaign(change.campaign)
    if campaign.kind is not CampaignKind.EVENT:
        return
    for episode in campaign.episodes:
        try:
            folder = agenda.library.load(episode.message)
        except (ContentError, NotFound):
            continue
        if "sms" in campaign.channels:
            for what, remedy in event_values.faults(folder, "lieu", campaign.place):
                raise ChangeRefused(Cannot.LONG, "place", f"{what} : {remedy}")
        lacking = [name for want in wants_of(campaign, episode, folder) for name in want.names]
        if lacking:
            label = folder.placeholders[lacking[0]].label
            raise ChangeRefused(Cannot.BLANK, lacking[0], label)
