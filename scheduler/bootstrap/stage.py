"""What a rehearsal plays on: the real steps, a copy of the people, an outbox."""

from datetime import date
from pathlib import Path

from scheduler.bootstrap.app import App
from scheduler.bootstrap.opening import app_on
from scheduler.bootstrap.providers import outbox_provider
from scheduler.bootstrap.senders import make_senders
from scheduler.bootstrap.sending import make_planner, make_renderer
from scheduler.domain.delivery import DeliveryState
from scheduler.domain.values import frozen
from scheduler.flow.newcomers import note
from scheduler.flow.plan import Planner
from scheduler.flow.rehearse import KeepFirst, SimulatedClock, known_since
from scheduler.flow.send import Sender
from scheduler.store.database import Database, check_reachable
from scheduler.store.ledger import Ledger
from scheduler.store.upkeep.copying import copy_people

#: What a rehearsal leaves in its folder.
REHEARSED_LEDGER = "ledger.db"
REHEARSED_OUTBOX = "outbox"


@frozen
class Stage:
    """Everything a rehearsal plays on: a copy of the people, a simulated clock, an outbox."""

    app: App
    planner: Planner
    senders: list[Sender]
    clock: SimulatedClock


async def set_stage(app: App, folder: Path, start: date, keep: int | None) -> Stage:
    """A rehearsal's copy in ``folder`` (ledger.db and outbox/), which must not exist yet."""
    folder.mkdir(parents=True)
    since = known_since(start)
    clock = SimulatedClock(since)
    copy = app_on(
        app.configuration, await copy_people(app.ledger, folder / REHEARSED_LEDGER, since), clock
    )
    fail = app.configuration.settings.outbox.fail
    outbox = outbox_provider(folder / REHEARSED_OUTBOX, KeepFirst(keep), fail)
    providers = dict.fromkeys(app.channels, outbox)
    renderer = make_renderer(copy, test=True)
    return Stage(
        app=copy,
        planner=make_planner(copy, providers),
        senders=make_senders(copy, providers, renderer, NoWire(), paced=False),
        clock=clock,
    )


async def open_rehearsal(app: App, folder: Path) -> App:
    """A rehearsal that has been, to look at. Raises LedgerError when there is none."""
    database = Database(f"sqlite:///{folder / REHEARSED_LEDGER}", durable=False)
    await check_reachable(database)
    found = app_on(
        app.configuration, Ledger(database, app.ledger.keys, app.ledger.made_at), app.clock
    )
    await note(found.agenda, found.ledger)
    return found


class NoWire:
    """A rehearsal has no wire to journal."""

    def handing_over(self, delivery: int) -> None: ...

    def answered(self, delivery: int, state: DeliveryState) -> None: ...
