"""The newcomer's start: the sample audiences, and the next October rehearsed over them, once."""

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

from scheduler.bootstrap import App, set_stage
from scheduler.domain.calendar.holidays import known_territory
from scheduler.domain.people.imports import SAMPLE_ORIGIN, ImportStart
from scheduler.flow.people.importing import import_contacts
from scheduler.flow.rehearse import Progress, Rehearsal, known_of, rehearse
from scheduler.log import hushed
from scheduler.sources.contact_file import read


async def load_samples(app: App, say: Callable[[str], None], progress: Progress) -> None:
    """Load and rehearse what is not there yet; say why where nothing is loaded."""
    configuration = app.configuration
    channels = configuration.settings.channels
    chosen = {name: one.provider for name, one in channels.every.items()}
    other = [f"{name} has provider {one}" for name, one in chosen.items() if one != "outbox"]
    if other:
        say(f"No sample is loaded: channel {other[0]}, and samples are for the outbox alone.")
        return
    for audience in configuration.audiences:
        file = configuration.root / "audiences" / "samples" / f"{audience.name}.csv"
        if audience.is_source and file.is_file():
            await _load(app, audience.name, file, say)
    folder = configuration.var / "rehearsal"
    if not folder.exists():
        start, end = next_october(app.clock().date())
        say(f"Rehearsing {start} to {end} on the samples, once…")
        await rehearse_into(app, folder, start, end, None, progress)


def next_october(today: date) -> tuple[date, date]:
    """The next campaign that can still be seen whole, announcement to recap."""
    year = today.year if today <= date(today.year, 10, 1) else today.year + 1
    return date(year, 10, 1), date(year, 11, 7)


async def rehearse_into(
    app: App, folder: Path, start: date, end: date, keep: int | None, progress: Progress
) -> Rehearsal:
    """Rehearse beside, then take the folder's place whole: the desk never sees half of one."""
    draft = folder.with_name(f"{folder.name}.new")
    shutil.rmtree(draft, ignore_errors=True)
    known = await known_of(app.agenda, app.ledger, start, end)
    stage = await set_stage(app, draft, start, keep)
    try:
        with hushed():
            result = await rehearse(
                stage.app.agenda,
                stage.app.ledger,
                stage.planner,
                stage.senders,
                stage.clock,
                start,
                end,
                progress,
                known,
            )
    finally:
        await stage.app.close()
    shutil.rmtree(folder, ignore_errors=True)
    draft.replace(folder)
    return result


async def _load(app: App, name: str, file: Path, say: Callable[[str], None]) -> None:
    audience = app.configuration.audience(name)
    if await app.contact_files.count_active(audience):
        return
    source = read(file, audience, known_territory=known_territory)
    basis = next(iter(audience.channels.values())).basis
    start = ImportStart(
        audience=audience, file_hash=source.digest, origin=SAMPLE_ORIGIN, basis=basis, mode="add"
    )
    report = await import_contacts(source, app.contact_files, start, app.clock)
    say(f"Loaded {report.added} sample contacts into {name}.")
