"""What a daemon does beside the calendar: what looks again and again, and what is looked at once a
day."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from scheduler import bootstrap
from scheduler.bootstrap import App, Engine
from scheduler.daemon.confirming import Confirming
from scheduler.daemon.polling import Looking
from scheduler.daemon.sweeping import Beating, Duty, Sweeping
from scheduler.daemon.tidying import Forgetting, ForgettingFiles, Regrouping
from scheduler.daemon.watching import BringingIn, CallingBack, Watching
from scheduler.domain.channels import EMAIL
from scheduler.domain.provider import Provider
from scheduler.flow.send import Sender
from scheduler.flow.showing import siblings
from scheduler.flow.watching import ahead, calendar_behind
from scheduler.flow.writing import behind


def watchers(
    current: Callable[[], App],
    providers: Mapping[str, Provider],
    senders: Sequence[Sender],
    engine: Engine,
    *,
    may_send: bool,
) -> list[Looking]:
    """Each looks by itself. Of several replicas one at a time has a duty; what is a process's own,
    every one does. ``may_send``: not on a restored ledger before a person has looked."""
    app = current()
    mail = bootstrap.make_alarm_mail(app, providers)
    season = bootstrap.make_season_mail(current, providers)
    duties: list[Looking] = [
        Watching(current=current, providers=providers),
        Forgetting(current),
        Regrouping(current),
        *([Confirming(current, providers[EMAIL.name])] if may_send else []),
        *bootstrap.make_polls(app, providers),
        *([mail] if mail else []),
        *([season] if season else []),
        *([bootstrap.check_up_of(current)] if may_send else []),
        *([bootstrap.SourceWatch(current)] if may_send else []),
    ]
    mine: list[Looking] = [
        CallingBack(current=current, senders=senders),
        BringingIn(current=current),
        # This volume's own: no duty of one replica.
        ForgettingFiles(current),
    ]
    sweep = bootstrap.make_sweep(current, engine, providers)
    if sweep is None or not may_send:
        return [*mine, *duties]
    return [*mine, Beating(app), Sweeping(sweep), *(Duty(app, one) for one in duties)]


async def look_ahead(app: App, now: datetime) -> None:
    """Once a day, and after each edit: what of the next days wouldn't leave, which texts are older
    than what they follow, and what stands over files that have changed."""
    await ahead.look(app.agenda, app.ledger, now)
    await siblings.note(app.agenda, app.ledger, now)
    await behind.look(app.edits, app.configuration.files, app.ledger, now)
    await calendar_behind.look(app.configuration.changes, app.ledger, now)
