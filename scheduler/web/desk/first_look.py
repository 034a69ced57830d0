"""What the desk's first page reads and compiles, once a process: done behind the daemon's start."""

import asyncio

from scheduler.bootstrap import App
from scheduler.flow.showing import desk as flow
from scheduler.flow.showing.unfinished import unfinished
from scheduler.web.desk.calendar_pages import shown_days
from scheduler.web.desk.pages import make_templates

#: The first page, and what it is made of.
PAGES = ("calendar", "_page", "_bare", "_parts", "_lines", "_forms")


async def look_first(app: App) -> None:
    """So that whoever opens the desk first doesn't wait for it; changes nothing."""
    kinds = {name: kind.address_kind for name, kind in app.channels.items()}
    await flow.know_people(app.agenda, app.desk, kinds)
    await asyncio.to_thread(_compile)
    await asyncio.to_thread(unfinished, app.agenda)
    now = app.clock()
    start, today, end = shown_days(app)
    since = app.ledger.made_at
    await flow.year(app.agenda, app.desk, kinds, start, end, today=today, now=now, since=since)


def _compile() -> None:
    pages = make_templates()
    for name in PAGES:
        pages.get_template(f"desk/{name}.html")
