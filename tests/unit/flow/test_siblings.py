"""Texts that are older than the French text they follow, whatever their files' dates say."""

import os
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from scheduler.bootstrap import App
from scheduler.flow.showing.siblings import note
from tests.samples.desk import Visitor, acts_of, desk_of, form_of, visiting, words
from tests.worlds import Clock, make_world

THEN = datetime(2026, 9, 1, 8, tzinfo=UTC)
LATER = THEN + timedelta(days=1)
MESSAGE = "cybermois/annonce"
PAGE = f"/messages/{MESSAGE}"
ACT = f"/siblings/{MESSAGE}"
ENGLISH = f"{MESSAGE}/email.staff.en.md"


@pytest.fixture
async def clock() -> Clock:
    return Clock(THEN)


@pytest.fixture
async def app(tmp_path: Path, clock: Clock) -> AsyncIterator[App]:
    found = await make_world(tmp_path, clock=clock)
    await look(found)
    yield found
    await found.close()


@pytest.fixture
async def visitor(app: App) -> AsyncIterator[Visitor]:
    async with visiting(desk_of(app)) as found:
        yield found


async def look(app: App) -> None:
    """What the daemon does once a day and after an edit."""
    await note(app.agenda, app.ledger, app.clock())


def edit(app: App, name: str, old: str, new: str) -> None:
    file = app.configuration.templates / MESSAGE / name
    told = file.read_text(encoding="utf-8")
    assert old in told
    file.write_text(told.replace(old, new, 1), encoding="utf-8")


async def test_a_french_text_that_is_edited_leaves_its_translation_behind(
    app: App, clock: Clock, visitor: Visitor
) -> None:
    clock.step(timedelta(days=2))
    before = words(await visitor.page(PAGE))
    edit(app, "email.staff.fr.md", "# ", "# Nouveau : ")
    at_once = words(await visitor.page(PAGE))
    await look(app)
    clock.step(timedelta(days=2))
    await look(app)
    later = words(await visitor.page(PAGE))
    listed = words(await visitor.page("/messages"))
    edit(app, "email.staff.en.md", "# ", "# New: ")
    followed = words(await visitor.page(PAGE))

    assert "plus ancien" not in before
    assert "email.staff.en.md (anglais) : le français vient de changer" in at_once
    assert "1 texte plus ancien que le français" in later
    assert "le français a changé le jeudi 3 septembre 2026" in later
    assert "1 texte plus ancien que le français" in listed
    assert "plus ancien" not in followed


async def test_a_files_date_and_its_lines_are_no_change(
    app: App, clock: Clock, visitor: Visitor
) -> None:
    clock.step(timedelta(days=2))
    file = app.configuration.templates / MESSAGE / "email.staff.fr.md"
    file.write_bytes(file.read_bytes() + b"\n\n")
    os.utime(file, (2_000_000_000, 2_000_000_000))
    await look(app)

    assert "plus ancien" not in words(await visitor.page(PAGE))


async def test_somebody_says_that_it_still_follows(
    app: App, clock: Clock, visitor: Visitor
) -> None:
    clock.step(timedelta(days=2))
    edit(app, "email.staff.fr.md", "# ", "# Nouveau : ")
    await look(app)
    clock.step(timedelta(hours=1))
    form = form_of(await visitor.page(PAGE), ACT)

    nameless = await visitor.post(ACT, form)
    answers = [await visitor.post(ACT, form | {"by": "Camille"}) for _ in range(2)]

    assert nameless.status == 400
    assert "dites d’abord qui agit" in words(nameless.text)
    assert [one.status for one in answers] == [303, 303]
    assert "plus ancien" not in words(await visitor.page(PAGE))
    assert await acts_of(app) == [("Camille", "reread-text", ENGLISH)]
    clock.step(timedelta(days=1))
    edit(app, "email.staff.fr.md", "# ", "# Encore : ")
    await look(app)
    assert "1 texte plus ancien" in words(await visitor.page(PAGE))


async def test_a_text_edited_meanwhile_was_not_read_again(
    app: App, clock: Clock, visitor: Visitor
) -> None:
    clock.step(timedelta(days=2))
    edit(app, "email.staff.fr.md", "# ", "# Nouveau : ")
    form = form_of(await visitor.page(PAGE), ACT) | {"by": "Camille", "digest": "0" * 16}

    await visitor.post(ACT, form)
    await visitor.post(ACT, form | {"text": "../config.yaml"})

    assert await acts_of(app) == []


async def test_a_message_that_cannot_be_read_keeps_what_was_known(app: App, clock: Clock) -> None:
    known = await app.ledger.seen_texts()
    edit(app, "message.yaml", "title:", "tilte:")
    clock.step(timedelta(days=2))

    await look(app)

    assert known
    assert await app.ledger.seen_texts() == known
