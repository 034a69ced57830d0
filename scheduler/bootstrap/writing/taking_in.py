"""A folder's texts into the ledger, by the rules that the desk publishes by; and edits out of the
way of their files."""

import asyncio
from collections.abc import Sequence

from scheduler.bootstrap.app import App
from scheduler.bootstrap.writing.drafting import drafted
from scheduler.content.standing import file_text
from scheduler.domain.checking.findings import Finding
from scheduler.domain.errors import EditRefused, Overtaken, TextsFaulty
from scheduler.domain.values import frozen
from scheduler.domain.writing.carried import Carried, is_overtaken, is_second, since, stands
from scheduler.domain.writing.edits import Edit, Publication
from scheduler.flow.writing.judging import Judge
from scheduler.flow.writing.writing import MOST_READERS, asks_second, new_faults, readers_of


@frozen
class TakenIn:
    changed: int
    #: Of which readers get these very words already.
    stood: int


async def take_in(app: App, carried: Sequence[Carried], by: str, approved_by: str = "") -> TakenIn:
    """All of them, or none.

    Raises Overtaken for what somebody else published since, TextsFaulty for faults that those in
    force haven't, EditRefused where a second person is asked for and ``approved_by`` is none.
    """
    if approved_by and not is_second(approved_by, by, ()):
        raise EditRefused(f"{approved_by!r} can't be the second person: they import these texts")
    fresh, stood = await _fresh(app, carried, by)
    if not fresh:
        return TakenIn(changed=0, stood=stood)
    changed = [one for one, _ in fresh]
    found, wanting = await asyncio.to_thread(_read, app, changed)
    if found:
        raise TextsFaulty("these texts bring new faults, and nothing is imported", found)
    _refuse_alone(wanting, by, approved_by)
    asked = [one.publication(over, approved_by if one in wanting else "") for one, over in fresh]
    await app.edits.take_in(asked, by, app.clock(), approved_by=approved_by)
    return TakenIn(changed=len(asked), stood=stood)


async def withdraw_edits(app: App, gone: Sequence[Edit], by: str, approved_by: str = "") -> None:
    """Their files stand again: all of them, or none. Raises Overtaken; EditRefused where readers
    would get another text that asks for a second person, and ``approved_by`` is none."""
    if approved_by and not is_second(approved_by, by, ()):
        raise EditRefused(f"{approved_by!r} can't be the second person: they withdraw these texts")
    files = app.configuration.files
    wanting = await asyncio.to_thread(_asking, app, gone)
    if wanting and not approved_by:
        paths = ", ".join(sorted(wanting))
        raise EditRefused(f"a second person must have read {paths}: name them by --approved-by")
    asked = [
        Publication(
            path=one.path,
            content=None,
            base=file_text(files, one.path),
            over=one.number,
            written_by=by,
            published_by=approved_by if one.path in wanting else by,
        )
        for one in gone
    ]
    await app.edits.withdraw(asked, by, app.clock(), approved_by=approved_by)


def _asking(app: App, gone: Sequence[Edit]) -> set[str]:
    """Whose file says other words, which ask for a second person: as things stand, or as they
    would."""
    files = {one.path: file_text(app.configuration.files, one.path) for one in gone}
    others = {one.path: files[one.path] for one in gone if files[one.path] != one.content}
    if not others:
        return set()
    back = {path: text for path, text in others.items() if text is not None}
    with drafted(app, back) as after:
        libraries = (app.agenda.library, after.agenda.library)
        return {path for path in others if any(asks_second(each, path) for each in libraries)}


async def _fresh(
    app: App, carried: Sequence[Carried], by: str
) -> tuple[list[tuple[Carried, int]], int]:
    """Those that would change something, with the number that each is written over; and how many
    stand already. Raises Overtaken."""
    latest = {one.path: one for one in (await app.edits.standing())[1]}
    files = app.configuration.files
    fresh: list[tuple[Carried, int]] = []
    overtaken: dict[str, Edit] = {}
    stood = 0
    for one in carried:
        if stands(one, latest.get(one.path), file_text(files, one.path)):
            stood += 1
        elif not one.is_the_file:
            history = await app.edits.history(one.path)
            if is_overtaken(one, history, by):
                overtaken[one.path] = history[0]
            fresh.append((one, history[0].number if history else 0))
    if overtaken:
        raise Overtaken(f"published here since: {since(overtaken)}; export anew, and change that")
    return fresh, stood


def _refuse_alone(wanting: Sequence[Carried], by: str, approved_by: str) -> None:
    paths = ", ".join(one.path for one in wanting)
    if wanting and not approved_by:
        raise EditRefused(f"a second person must have read {paths}: name them by --approved-by")
    if wanting and not is_second(approved_by, by, wanting):
        raise EditRefused(f"{approved_by!r} can't be the second person for {paths}: they wrote it")


def _read(app: App, changed: Sequence[Carried]) -> tuple[list[Finding], list[Carried]]:
    """The faults that these bring together, and those that ask for a second person: as things stand
    or as they would, for no text takes that rule away by itself."""
    library, now = app.agenda.library, app.clock()
    names: dict[str, None] = {}
    for one in changed:
        if one.path.startswith("_"):
            names[""] = None
        names |= dict.fromkeys(readers_of(library, one.path)[:MOST_READERS])
    judge = Judge()
    try:
        before = judge.of_messages(app.configuration, [*names], now)
        with drafted(app, {one.path: one.content for one in changed}) as draft:
            after = judge.of_messages(draft.configuration, [*names], now)
            libraries = (library, draft.agenda.library)
            wanting = [
                one for one in changed if any(asks_second(each, one.path) for each in libraries)
            ]
    finally:
        judge.close()
    return new_faults(after, before), wanting
