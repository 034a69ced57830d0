"""« Sources » on the desk: the history of each, and the word of a person."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from scheduler.bootstrap import App, SourceWatch, open_app
from scheduler.config.loading import load
from tests.parts.daemon import FOUND
from tests.samples.desk import acts_of, desk_of, form_of, visiting, words
from tests.worlds import Clock, write_config

SOURCES = """
sources:
  staff:
    origin: Fichier du personnel
    basis: legitimate-interest
    folder: {path: depot, quiet: 0}
"""


@pytest.fixture
async def app(tmp_path: Path) -> AsyncIterator[App]:
    """Ten people, and a later file of three that was refused."""
    config = write_config(tmp_path)
    config.write_text(config.read_text() + SOURCES, encoding="utf-8")
    (tmp_path / "depot").mkdir()
    opened = await open_app(load(config, FOUND), Clock())
    for name, last in (("a.csv", 11), ("b.csv", 4)):
        rows = "".join(f"M{one};p{one}@example.org\n" for one in range(1, last))
        (tmp_path / "depot" / name).write_text("matricule;email\n" + rows)
        await read(opened)
    yield opened
    await opened.close()


async def read(app: App) -> None:
    app.clock.step(timedelta(minutes=1))  # type: ignore[attr-defined]
    await SourceWatch(lambda: app).look(app.clock())


async def members(app: App) -> int:
    return await app.contact_files.count_active(app.configuration.audience("staff"))


async def test_the_page_says_what_was_read_and_what_was_refused(app: App) -> None:
    async with visiting(desk_of(app)) as visitor:
        page = words(await visitor.page("/sources")).replace("\u00a0", " ")
        front = words(await visitor.page("/")).replace("\u00a0", " ")

    assert "Personnel Dossier surveillé, chaque minute." in page
    assert "Moins de la moitié de la fois d’avant : je ne remplace rien." in page
    assert "mardi 1er septembre 2026, 10 h 02 Refusée : rien n’a changé" in page
    assert "Lue 10 personnes 10 arrivées 0 départ" in page
    assert "je ne remplace rien" in front
    assert "p1@" not in page


async def test_a_person_confirms_once_and_it_is_read_at_once(app: App) -> None:
    async with visiting(desk_of(app)) as visitor:
        (look, _) = await app.sources.history("staff", 9)
        action = f"/sources/{look.number}"
        form = form_of(await visitor.page("/sources"), action)
        unnamed = await visitor.post(action, {**form, "by": ""})
        form = form_of(await visitor.page("/sources"), action)
        said = await visitor.post(action, {**form, "by": "Ana Bret"})
        twice = await visitor.post(action, {**form, "by": "Ana Bret"})
        await read(app)
        after = words(await visitor.page("/sources"))

    assert (unnamed.status, said.status, twice.status) == (400, 303, 303)
    assert await members(app) == 3
    assert "confirmée par Ana Bret" in after
    assert "Le résultat est juste" not in after
    assert [(actor, act) for actor, act, _ in await acts_of(app) if actor == "Ana Bret"] == [
        ("Ana Bret", "confirm-source"),
        ("Ana Bret", "import"),
    ]


async def test_what_waits_for_nobody_is_not_confirmed(app: App) -> None:
    async with visiting(desk_of(app)) as visitor:
        (look, first) = await app.sources.history("staff", 9)
        action = f"/sources/{look.number}"
        form = form_of(await visitor.page("/sources"), action)
        await app.sources.confirm(look.number, "Léo", app.clock())
        late = await visitor.post(action, {**form, "by": "Ana Bret"})

    assert late.status == 404
    assert "n’attend plus de réponse" in words(late.text)
    assert await members(app) == 10
    assert not await app.sources.confirm(first.number, "Ana Bret", app.clock())
