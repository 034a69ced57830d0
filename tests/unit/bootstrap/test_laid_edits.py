"""What is frozen, rehearsed and named reads a published text as if its file said it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from scheduler.bootstrap import App, app_on, open_app, with_newest_edits
from scheduler.config.last_good import note, read
from scheduler.content.standing import file_text
from scheduler.domain.audit import AuditAct
from scheduler.domain.errors import LedgerError
from scheduler.domain.writing.edits import Publication
from scheduler.flow.writing.writing import asks_second, readers_of
from tests.samples.desk import OCTOBER, keep_october, rehearse_october
from tests.worlds import make_world

TEXT = "cybermois/annonce/email.staff.fr.md"


@pytest.fixture
async def app(tmp_path: Path) -> AsyncIterator[App]:
    opened = await make_world(tmp_path)
    keep_october(opened)
    yield opened
    await opened.close()


async def published(app: App, path: str = TEXT, **words: str) -> App:
    """The same program, as it reads itself at its next look."""
    text = file_text(app.configuration.files, path) or ""
    for old, new in words.items():
        text = text.replace(old, new)
    asked = Publication(
        path=path,
        content=text,
        base=file_text(app.configuration.files, path),
        over=0,
        written_by="Marie",
        published_by="Ana",
    )
    await app.edits.publish(asked, AuditAct.PUBLISH_TEXT, app.clock())
    configuration = await with_newest_edits(app.configuration, app.ledger.database)
    return app_on(configuration, app.ledger, app.clock)


async def test_a_rehearsal_plans_freezes_and_sends_what_was_published(
    app: App, tmp_path: Path
) -> None:
    edited = await published(app, Bonjour="Salutations")

    rehearsal = await rehearse_october(edited, tmp_path / "rehearsal")

    sent = [
        file.read_bytes()
        for file in (tmp_path / "rehearsal" / "outbox").rglob("*")
        if file.is_file() and b"Salutations" in file.read_bytes()
    ]
    assert sent
    await rehearsal.close()
    start, end = OCTOBER
    assert edited.agenda.occurrences(start, end) == app.agenda.occurrences(start, end)


async def test_the_last_good_configuration_and_a_fresh_start_have_the_edits(app: App) -> None:
    edited = await published(app, Bonjour="Salutations")
    note(edited.configuration, app.clock())
    config = app.configuration.root / "config.yaml"

    good = read(config, {})
    assert good is not None
    again = await open_app(good.configuration, app.clock, create=False)

    assert again.configuration.templates == edited.configuration.templates
    assert "Salutations" in (file_text(again.configuration.templates, TEXT) or "")
    await again.close()


async def test_where_edits_cannot_be_laid_nothing_starts_with_the_older_texts(app: App) -> None:
    app.configuration.laid_texts.write_text("in the way", encoding="utf-8")

    with pytest.raises(LedgerError, match="can't be laid"):
        await published(app, Bonjour="Salutations")
    with pytest.raises(LedgerError, match="can't be laid"):
        await open_app(app.configuration, app.clock, create=False)


async def test_a_second_person_is_asked_of_service_texts_and_of_what_they_are_made_with(
    tmp_path: Path,
) -> None:
    app = await make_world(tmp_path)
    library = app.agenda.library

    assert not asks_second(library, TEXT)
    assert asks_second(library, "fuite-de-donnees/email.staff.fr.md")
    assert asks_second(library, "fuite-de-donnees/message.yaml")
    assert "fuite-de-donnees" in readers_of(library, "_snippets/pied.fr.md")
    assert asks_second(library, "_snippets/pied.fr.md")
    (app.configuration.files / "cybermois/annonce/message.yaml").write_text("{", encoding="utf-8")
    assert asks_second(library, TEXT)
    await app.close()
