"""Texts and changes of the calendar between a ledger and a folder: out for git, and in again."""

import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from scheduler.bootstrap import app_on, with_newest_edits
from scheduler.bootstrap.writing.carrying_changes import write_changes
from scheduler.config.loading import load
from scheduler.domain.audit import AuditAct
from scheduler.domain.calendar.changes import Change
from scheduler.domain.errors import EditRefused
from scheduler.domain.writing.edits import LONGEST, Edit
from scheduler.flow.writing.carrying import read_in, write_out
from scheduler.flow.writing.carrying_changes import read_list
from tests.flow_world import (
    EVENT,
    MESSAGES,
    REMINDERS,
    SERIES,
    World,
    open_world,
    write_installation,
)
from tests.samples.changes import (
    asked,
    at_hour,
    cancelled,
    created,
    moved,
    on_day,
    skipped,
    switched,
)

TEXT = "essai/email.fr.md"
AT = datetime(2026, 9, 1, 8, tzinfo=UTC)


def edit_of(path: str = TEXT, content: str = "Mieux dit.\n") -> Edit:
    return Edit(
        path=path,
        number=1,
        content=content,
        base=MESSAGES[TEXT],
        written_by="Ana",
        published_by="Léa",
        at=AT,
    )


@pytest.fixture
def files(tmp_path: Path) -> Path:
    return write_installation(tmp_path / "home").parent / "templates"


def test_what_is_written_out_is_read_in_with_who_wrote_it(files: Path, tmp_path: Path) -> None:
    out = tmp_path / "sortie"
    write_out([edit_of()], out)

    (whole,) = read_in(out, files, "Zoé")
    (out / TEXT).write_text("Encore mieux.\n", encoding="utf-8")
    (changed,) = read_in(out, files, "Zoé")

    assert (whole.content, whole.written_by, whole.published_by) == ("Mieux dit.\n", "Ana", "Léa")
    # Words that were changed in the folder are of who brings them.
    assert (changed.content, changed.written_by) == ("Encore mieux.\n", "Zoé")


def test_a_folder_without_a_list_has_the_texts_that_it_has(files: Path, tmp_path: Path) -> None:
    out = tmp_path / "sortie"
    write_out([edit_of()], out, listed=False)
    (out / "note.txt").write_text("Rien.", encoding="utf-8")

    (found,) = read_in(out, files, "Zoé")

    assert (found.path, found.written_by, found.base) == (TEXT, "Zoé", MESSAGES[TEXT])


def test_where_nothing_can_be_written_or_read_the_place_is_named(
    files: Path, tmp_path: Path
) -> None:
    file = tmp_path / "fichier"
    file.write_text("", encoding="utf-8")
    with pytest.raises(EditRefused, match="is a file: name a folder"):
        write_out([edit_of()], file)
    with pytest.raises(EditRefused, match="is a file: name a folder"):
        read_in(file, files, "Zoé")
    with pytest.raises(EditRefused, match="there is no folder"):
        read_in(tmp_path / "nulle-part", files, "Zoé")
    with pytest.raises(EditRefused, match=r"no edits\.json and no text"):
        read_in(files.parent / "audiences", files, "Zoé")
    (tmp_path / "essai").write_text("", encoding="utf-8")
    with pytest.raises(EditRefused, match="can't be written"):
        write_out([edit_of()], tmp_path)


ROW = {"path": TEXT, "base": None, "written_by": "Ana", "published_by": "Léa", "text": ""}


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        ("not JSON", "no list of edits"),
        ({"path": TEXT}, "no list of edits"),
        (["nothing"], "no list of edits"),
        ([{**ROW, "written_by": ""}], "no list of edits"),
        ([{**ROW, "base": 3}], "no list of edits"),
        ([ROW, ROW], "no list of edits"),
        ([{**ROW, "path": "../config.yaml"}], "no text of templates/"),
        ([{**ROW, "path": "essai/sms.fr.txt"}], "isn't in"),
    ],
)
def test_a_list_that_is_none_of_ours_brings_nothing(
    files: Path, tmp_path: Path, rows: Any, why: str
) -> None:
    out = tmp_path / "sortie"
    write_out([edit_of()], out)
    text = rows if isinstance(rows, str) else json.dumps(rows)
    (out / "edits.json").write_text(text, encoding="utf-8")

    with pytest.raises(EditRefused, match=why):
        read_in(out, files, "Zoé")


def test_a_text_that_nobody_could_read_through_is_refused(files: Path, tmp_path: Path) -> None:
    out = tmp_path / "sortie"
    write_out([edit_of(content="a" * (LONGEST + 1))], out)

    with pytest.raises(EditRefused, match="shorten it"):
        read_in(out, files, "Zoé")


# Changes of the calendar


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    async with open_world(tmp_path / "home", SERIES + REMINDERS + EVENT) as opened:
        yield opened


async def decide(world: World, *changes: Change) -> None:
    over = await world.app.changes.number()
    several = [asked(one) for one in changes]
    await world.app.changes.decide(several, over, AuditAct.CHANGE_CALENDAR, world.clock.now)
    configuration = await with_newest_edits(world.app.configuration, world.app.ledger.database)
    world.app = app_on(configuration, world.app.ledger, world.clock)


ALL = (
    created("atelier", "2026-11-10T10:00", place="en ligne"),
    moved("2026-11-17T09:00", place="en ligne"),
    cancelled(),
    switched("cybermois", on=False),
    at_hour("16:00", "rappels", "mardi", "2026-10"),
    on_day("2026-11-02", "rappels", "mardi", "2026-11"),
    skipped("rappels", "mardi", "2026-12"),
)


async def test_config_yaml_with_the_changes_laid_in_is_the_same_calendar(
    world: World, tmp_path: Path
) -> None:
    await decide(world, *ALL)
    out = tmp_path / "sortie"

    write_changes(world.app, out, in_place=False)
    carried = read_list(out)
    write_changes(world.app, out, in_place=True)

    assert carried is not None
    assert {one.change.subject for one in carried} == {one.subject for one in ALL}
    assert load(world.config, {}).campaigns == world.app.configuration.campaigns


async def test_only_the_campaign_that_was_changed_is_written_anew(
    world: World, tmp_path: Path
) -> None:
    before = world.config.read_text(encoding="utf-8")
    await decide(world, at_hour("16:00", "webinaire", "invitation", ""))

    write_changes(world.app, tmp_path / "sortie", in_place=True)

    after = world.config.read_text(encoding="utf-8")
    assert load(world.config, {}).campaigns == world.app.configuration.campaigns
    # An event has no seasons: its date is the only one.
    assert "season" not in after
    assert after.startswith(before[: before.index("webinaire:")])


async def test_where_nothing_was_decided_there_is_no_list(world: World, tmp_path: Path) -> None:
    assert write_changes(world.app, tmp_path / "sortie", in_place=False) == []
    assert read_list(tmp_path) is None


async def test_a_file_that_cannot_be_changed_by_lines_is_left_as_it_is(tmp_path: Path) -> None:
    one_line = "  {cybermois: {kind: series, episodes: {un: {message: essai, when: sunday-1}}}}\n"
    async with open_world(tmp_path / "home", one_line) as world:
        await decide(world, switched("cybermois", on=False))
        before = world.config.read_text(encoding="utf-8")

        with pytest.raises(EditRefused, match="can't be changed by lines"):
            write_changes(world.app, tmp_path / "sortie", in_place=True)

        assert world.config.read_text(encoding="utf-8") == before


HOUR = {
    "kind": "hour-changed",
    "facet": "hour",
    "campaign": "rappels",
    "episode": "mardi",
    "season": "2026-10",
    "says": {"at": "16:00"},
    "base": None,
    "decided_by": "Ana",
}


@pytest.mark.parametrize(
    "rows",
    [
        {"kind": "x"},
        [{"kind": "x"}],
        [{**HOUR, "says": "16:00"}],
        [{**HOUR, "campaign": ""}],
        [{**HOUR, "base": "nothing"}],
        [{**HOUR, "kind": "skipped"}],
        [HOUR, HOUR],
    ],
)
def test_a_list_of_changes_that_makes_no_sense_is_refused_whole(tmp_path: Path, rows: Any) -> None:
    (tmp_path / "calendar.json").write_text(json.dumps([HOUR]), encoding="utf-8")
    known = read_list(tmp_path)
    assert known is not None
    assert [one.asked_by for one in known] == ["Ana"]
    (tmp_path / "calendar.json").write_text(json.dumps(rows), encoding="utf-8")

    with pytest.raises(EditRefused, match="no list of changes"):
        read_list(tmp_path)
