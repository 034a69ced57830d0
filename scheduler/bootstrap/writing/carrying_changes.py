"""Changes of the calendar out of the ledger into files, back into a ledger, and out of the way of
config.yaml once it says the same."""

import os
from collections.abc import Sequence
from pathlib import Path

from scheduler.bootstrap.app import App
from scheduler.bootstrap.writing.changing import all_of, look_ahead, standing_now
from scheduler.config.configuration import Configuration
from scheduler.config.environment import merge
from scheduler.config.laying import faults_of, with_changes
from scheduler.config.loading import Given, checked
from scheduler.config.yaml_lines import parse_yaml
from scheduler.domain.audit import AuditAct
from scheduler.domain.calendar.campaigns import Campaign
from scheduler.domain.calendar.changes import Change, Decision, Facet, Laid, Stand
from scheduler.domain.calendar.changing import ChangeRefused
from scheduler.domain.calendar.taking_back import taken_back
from scheduler.domain.errors import ConfigError, EditRefused, Overtaken
from scheduler.flow.writing.carrying_changes import (
    LIST,
    CarriedChange,
    is_of_use,
    laid_in,
    write_list,
)
from scheduler.store.writing.calendar_changes import Asked


def write_changes(app: App, folder: Path, *, in_place: bool) -> list[Laid]:
    """``config.yaml`` with the changes laid in, and the list of them, which has no place beside the
    operator's file; ``in_place``: that file itself. Those that are written. Raises EditRefused."""
    configuration = app.configuration
    found = [one for one in configuration.changes if is_of_use(one)]
    if not found and (in_place or not (folder / LIST).is_file()):
        return []
    # A folder of an earlier export says nothing that was taken back since.
    source = configuration.root / configuration.file
    try:
        octets = source.read_bytes()
        marked = octets.startswith(b"\xef\xbb\xbf")
        text = laid_in(configuration, octets.decode("utf-8-sig"))
        _refuse_other(configuration, text)
        target = source if in_place else folder / configuration.file
        target.parent.mkdir(parents=True, exist_ok=True)
        _write(target, text, source, marked=marked)
        if not in_place:
            write_list(found, folder)
    except OSError as unwritable:
        where = unwritable.filename or folder
        raise EditRefused(f"{where} can't be written: {unwritable.strerror}") from unwritable
    return found


async def take_in_changes(app: App, carried: Sequence[CarriedChange], by: str) -> tuple[int, int]:
    """All of them or none: how many stand now that didn't, and how many did already.

    Raises Overtaken for a subject of which something else was decided here, EditRefused for what
    can't be used here.
    """
    number, standing = await app.changes.standing()
    known = {one.change.subject: one for one in standing}
    said = await _said_already(app, carried)
    fresh, stood, others = [], 0, []
    for one in carried:
        mine = known.get(one.change.subject)
        if mine is not None and mine.change.says != one.change.says:
            others.append(one.change.subject)
        elif mine is not None or one.change.subject in said:
            stood += 1
        else:
            fresh.append(one)
    if others:
        told = ", ".join(others)
        raise Overtaken(f"decided here since: {told}; export anew, and change that")
    _refuse_unfit(app, standing, fresh)
    asked = [
        Asked(change=one.change, base=one.base, asked_by=one.asked_by, decided_by=by)
        for one in fresh
    ]
    if asked:
        await app.changes.decide(asked, number, AuditAct.IMPORT_CHANGES, app.clock())
    return len(fresh), stood


async def withdraw_changes(app: App, gone: Sequence[Laid], by: str) -> None:
    """config.yaml stands again. Raises Overtaken where one doesn't stand any more, EditRefused for
    an event that people have the date of."""
    app, number, standing = await standing_now(app)
    known = {one.number for one in standing}
    if others := [one for one in gone if one.decision.number not in known]:
        told = ", ".join(one.decision.change.subject for one in others)
        raise Overtaken(f"decided anew since: {told}; look at it again")
    ever = await app.changes.every()
    files = {one.decision.change.subject: one.file for one in app.configuration.changes}
    changes: dict[str, Change] = {}
    for one in gone:
        change = taken_back(one, ever)
        await _refuse_forgetting(app, standing, change)
        for each in all_of(app, standing, change):
            changes.setdefault(each.subject, each)
    asked = [
        Asked(change=one, base=files.get(subject), asked_by=by, decided_by=by)
        for subject, one in changes.items()
    ]
    if asked:
        await app.changes.decide(asked, number, AuditAct.WITHDRAW_CHANGE, app.clock())


async def _refuse_forgetting(app: App, standing: Sequence[Decision], change: Change) -> None:
    if change.facet is not Facet.EVENT or change.says is not None:
        return
    try:
        await look_ahead(app, standing, change)
    except ChangeRefused as refused:
        raise EditRefused(
            f"{change.subject}: people have its date; call the event off on the desk"
        ) from refused


async def _said_already(app: App, carried: Sequence[CarriedChange]) -> set[str]:
    """Subjects of which config.yaml says the same already."""
    laid = _with(app, [], carried).changes
    return {one.decision.change.subject for one in laid if one.stand is Stand.IN_FILE}


def _refuse_unfit(app: App, standing: Sequence[Decision], fresh: Sequence[CarriedChange]) -> None:
    after = _with(app, standing, fresh)
    for one in after.changes:
        mine = any(one.decision.change == each.change for each in fresh)
        if mine and not is_of_use(one):
            subject = one.decision.change.subject
            raise EditRefused(f"{subject} can't be used here: {one.why}")
    named = {one.change.campaign: one.change.subject for one in fresh}
    for campaign in after.campaigns:
        for key, what in faults_of(after, campaign) if campaign.name in named else ():
            why = f"{key}: {what}"
            raise EditRefused(f"{named[campaign.name]} can't be used here: {why}")


def _with(
    app: App, standing: Sequence[Decision], carried: Sequence[CarriedChange]
) -> Configuration:
    first = max((one.number for one in standing), default=0) + 1
    more = [
        Decision(
            number=number,
            change=one.change,
            base=one.base,
            asked_by=one.asked_by,
            decided_by=one.asked_by,
            at=app.clock(),
        )
        for number, one in enumerate(carried, first)
    ]
    return with_changes(app.configuration, [*standing, *more], 0)


def _refuse_other(configuration: Configuration, text: str) -> None:
    """The file as written must say exactly what stands; else it isn't written. Raises
    EditRefused."""
    path = configuration.root / configuration.file
    given = Given.by(os.environ)
    try:
        document = parse_yaml(path, text.encode())
        read = checked(document, merge(document.data, given.variables), given, bending=True)
    except ConfigError as faulty:
        raise EditRefused(f"{configuration.file} would be faulty: {faulty}") from faulty
    if _by_name(read.campaigns) != _by_name(configuration.campaigns):
        raise EditRefused(
            f"{configuration.file} can't be brought to say it: type the changes into it by hand"
        )


def _by_name(campaigns: Sequence[Campaign]) -> dict[str, Campaign]:
    return {one.name: one for one in campaigns}


def _write(target: Path, text: str, source: Path, *, marked: bool) -> None:
    """In one step: whoever reads it meanwhile reads all of the old or of the new one. It is open to
    those who may read ``source``, which may hold secrets; a link stays one."""
    target = target.resolve()
    fresh = target.with_name(f".{target.name}.new")
    fresh.unlink(missing_ok=True)
    fresh.touch(mode=0o600)
    encoding = "utf-8-sig" if marked else "utf-8"
    fresh.write_text(text, encoding=encoding, newline="")
    fresh.chmod((target if target.exists() else source).stat().st_mode & 0o777)
    fresh.replace(target)
