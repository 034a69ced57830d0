"""edits list, show, diff, export, import and withdraw, of changes of the calendar."""

import json
import shutil
import stat
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from scheduler.bootstrap import App, open_app, withdraw_changes
from scheduler.bootstrap.writing.changing import decide
from scheduler.cli.context import run
from scheduler.cli.french import french
from scheduler.config.configuration import Configuration
from scheduler.config.loading import load
from scheduler.domain.calendar.changes import Change
from scheduler.domain.errors import Overtaken
from tests.commands import reflexe
from tests.flow_world import write_installation
from tests.new_ledger import with_ledger
from tests.samples.changes import (
    at_hour,
    cancelled,
    created,
    moved,
    on_day,
    skipped,
    switched,
)

CAMPAIGNS = """
  # October's four Sundays.
  cybermois:
    kind: series                 # once a year
    topic: october
    episodes:
      un: {message: essai, when: sunday-1}

  rappels:
    kind: reminder
    topic: reminders
    channels: [email]
    episodes:
      mardi: {message: essai, when: first-working-tuesday}   # but not in August

  # Dated by hand.
  webinaire:
    kind: event
    topic: events
    channels: [email]
    starts: 2099-10-13T14:30     # typed by Ana
    episodes:
      invitation: {message: essai, when: invitation}
      j-7: {message: essai, when: j-7}

  fete:
    kind: event
    topic: events
    channels: [email]
    starts: 2099-12-10T10:00
    episodes:
      invitation: {message: essai, when: invitation}
"""
ALL = [
    created(
        "atelier", "2099-11-10T10:00", place="salle Jade", values={"lien": "https://a.example"}
    ),
    moved("2099-11-17T09:00", "2099-11-17T10:00", "en ligne"),
    cancelled("fete"),
    at_hour("16:00", "rappels", "mardi", "2099-10"),
    on_day("2099-10-29", "rappels", "mardi", "2099-11"),
    skipped("rappels", "mardi", "2099-12"),
    switched("cybermois", on=False),
]


@pytest.fixture
def config(tmp_path: Path) -> Path:
    folder = tmp_path / "one"
    folder.mkdir()
    return with_ledger(write_installation(folder, CAMPAIGNS))


def on(config: Path, work: Callable[[App], object]) -> None:
    async def step() -> None:
        app = await open_app(load(config, {}))
        try:
            await work(app)  # type: ignore[misc]
        finally:
            await app.close()

    run(step())


def decided(config: Path, *changes: Change) -> None:
    for change in changes:

        async def work(app: App, change: Change = change) -> None:
            await decide(app, change, app.configuration.changed, "Ana")

        on(config, work)


def seen(config: Path) -> Configuration:
    found: list[Configuration] = []

    async def work(app: App) -> None:
        found.append(app.configuration)

    on(config, work)
    return found[0]


def test_an_export_imported_into_an_empty_ledger_gives_the_same_year(
    config: Path, tmp_path: Path
) -> None:
    decided(config, *ALL)
    out = tmp_path / "sortie"
    told = reflexe(config, "edits", "export", str(out))
    other = tmp_path / "two"
    shutil.copytree(config.parent, other, ignore=shutil.ignore_patterns("var"))
    empty = with_ledger(other / "config.yaml")
    taken = reflexe(empty, "edits", "import", str(out), "--by", "Bob")
    again = reflexe(empty, "edits", "import", str(out), "--by", "Bob")

    assert "7 changes of the calendar are laid into" in told.out
    assert sorted(one.name for one in out.iterdir()) == [
        "calendar.json",
        "config.yaml",
        "edits.json",
    ]
    assert "Of the calendar: 7 changed, 0 stand already." in taken.out
    assert "Of the calendar: 0 changed, 7 stand already." in again.out
    assert seen(empty).campaigns == seen(config).campaigns
    assert {one.decision.asked_by for one in seen(empty).changes} == {"Ana"}
    assert {one.decision.decided_by for one in seen(empty).changes} == {"Bob"}
    years = [reflexe(one, "calendar", "--json").out for one in (config, empty)]
    assert years[0] == years[1]


def test_a_folder_of_an_earlier_export_brings_back_nothing_that_was_taken_back(
    config: Path, tmp_path: Path
) -> None:
    out = tmp_path / "sortie"
    decided(config, skipped("rappels", "mardi", "2099-12"))
    reflexe(config, "edits", "export", str(out))
    reflexe(config, "edits", "withdraw", "rappels/mardi/2099-12/skip", "--by", "Ana")
    again = reflexe(config, "edits", "export", str(out))
    taken = reflexe(config, "edits", "import", str(out), "--by", "Ana")

    assert (again.code, taken.code) == (0, 0)
    assert (out / "config.yaml").read_text(encoding="utf-8") == config.read_text(encoding="utf-8")
    assert seen(config).changes == ()


def test_what_is_written_is_open_to_those_who_may_read_config_yaml(
    config: Path, tmp_path: Path
) -> None:
    """It may hold secrets; and one that is a link stays a link."""
    kept = tmp_path / "git" / "config.yaml"
    kept.parent.mkdir()
    config.rename(kept)
    kept.chmod(0o600)
    config.symlink_to(kept)
    decided(config, switched("cybermois", on=False))
    reflexe(config, "edits", "export", str(tmp_path / "sortie"))
    told = reflexe(config, "edits", "export", str(config.parent / "templates"))

    assert told.code == 0
    assert config.is_symlink()
    assert "enabled: false" in kept.read_text(encoding="utf-8")
    assert stat.S_IMODE((tmp_path / "sortie" / "config.yaml").stat().st_mode) == 0o600
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600


def test_a_file_for_git_says_the_same_with_every_comment_and_the_changes_go(
    config: Path,
) -> None:
    decided(config, *ALL)
    before, laid = config.read_text(encoding="utf-8"), seen(config).campaigns
    told = reflexe(config, "edits", "export", str(config.parent / "templates"))
    after = config.read_text(encoding="utf-8")
    listed = reflexe(config, "edits", "list", "--json").json
    gone = reflexe(config, "edits", "withdraw", "--in-files", "--by", "Ana")

    assert told.code == 0
    assert not (config.parent / "templates" / "calendar.json").exists()
    comments = [line.partition("#")[2] for line in before.splitlines() if "#" in line]
    assert [line.partition("#")[2] for line in after.splitlines() if "#" in line] == comments
    assert {one["file"] for one in listed} == {"says the same"}
    assert gone.out == "7 changes of the calendar are withdrawn: config.yaml stands.\n"
    assert load(config, {}).campaigns == seen(config).campaigns == laid
    assert seen(config).changes == ()


def test_each_is_listed_shown_and_compared(config: Path) -> None:
    decided(config, moved("2099-11-17T09:00"), at_hour("16:00", "rappels", "mardi", "2099-10"))
    listed = reflexe(config, "edits", "list").out
    shown = reflexe(config, "edits", "show", "webinaire/dates").out
    calm = reflexe(config, "edits", "diff")
    text = config.read_text(encoding="utf-8")
    config.write_text(text.replace("2099-10-13T14:30", "2099-12-15T14:30"), encoding="utf-8")
    told = reflexe(config, "edits", "diff", "webinaire/dates")
    checked = reflexe(config, "check", "--json").json

    assert "rappels/mardi/2099-10/hour" in listed
    assert "starts: 2099-11-17T09:00" in shown
    assert calm.code == 0
    assert "-starts: 2099-10-13T14:30" in calm.out
    assert "+starts: 2099-11-17T09:00" in calm.out
    assert told.code == 1
    assert "config.yaml changed under it" in told.out
    assert "+starts: 2099-12-15T14:30" in told.out
    assert "change-behind" in [one["rule"] for one in checked]


def test_one_is_withdrawn_and_config_yaml_stands(config: Path) -> None:
    decided(config, moved("2099-11-17T09:00"))
    told = reflexe(config, "edits", "withdraw", "webinaire/dates", "--by", "Ana")

    assert told.out == "1 change of the calendar is withdrawn: config.yaml stands.\n"
    assert seen(config).campaigns == load(config, {}).campaigns


def test_what_was_decided_anew_meanwhile_is_not_taken_back(config: Path) -> None:
    """On the desk, while a command has its list in hand."""
    decided(config, at_hour("16:00", "rappels", "mardi", "2099-10"))
    listed = seen(config).changes
    decided(config, at_hour("17:00", "rappels", "mardi", "2099-10"))

    with pytest.raises(Overtaken, match="rappels/mardi/2099-10/hour"):
        on(config, lambda app: withdraw_changes(app, listed, "Ana"))

    assert [one.decision.change.says for one in seen(config).changes] == [{"at": "17:00"}]


def test_what_cannot_be_taken_in_changes_nothing(config: Path, tmp_path: Path) -> None:
    decided(config, created("atelier", "2099-11-10T10:00"), skipped("rappels", "mardi", "2099-12"))
    out = tmp_path / "sortie"
    reflexe(config, "edits", "export", str(out))
    rows = json.loads((out / "calendar.json").read_text(encoding="utf-8"))
    bent = {
        "nobody": [{**rows[0], "says": {**rows[0]["says"], "audiences": ["personne"]}}],
        "no more": [{**rows[1], "campaign": "nulle-part"}],
        "no list": [{"kind": "x"}],
        "another zone": [hour_row("16:00+02:00")],
        "at night": [hour_row("23:30")],
        "no sense": [{**rows[0], "kind": "skipped"}],
        "twice": [rows[0], rows[0]],
    }
    answers = {}
    for name, changed in bent.items():
        (out / "calendar.json").write_text(json.dumps(changed), encoding="utf-8")
        folder = tmp_path / name
        folder.mkdir()
        empty = with_ledger(write_installation(folder, CAMPAIGNS))
        answers[name] = reflexe(empty, "edits", "import", str(out))
        assert seen(empty).changes == ()
    (out / "calendar.json").write_text(json.dumps(rows), encoding="utf-8")
    decided(config, replace(rows_change(rows[0]), says={**rows[0]["says"], "place": "ailleurs"}))
    answers["since"] = reflexe(config, "edits", "import", str(out))

    assert {name: one.code for name, one in answers.items()} == dict.fromkeys(answers, 2)
    assert "can't be used here" in answers["nobody"].err
    assert "can't be used here" in answers["no more"].err
    assert "rappels/mardi/2099-10/hour can't be used here" in answers["another zone"].err
    assert "outside the hours of channel email" in answers["at night"].err
    assert "no list of changes" in answers["no list"].err
    assert "no list of changes" in answers["no sense"].err
    assert "decided here since: atelier/event" in answers["since"].err


def hour_row(at: str) -> dict[str, object]:
    change = at_hour(at, "rappels", "mardi", "2099-10")
    told = {name: getattr(change, name) for name in ("kind", "facet", "campaign", "says")}
    return told | {"episode": "mardi", "season": "2099-10", "base": None, "decided_by": "Ana"}


def rows_change(row: dict[str, object]) -> Change:
    return created(str(row["campaign"]), "2099-11-10T10:00")


def test_a_file_that_cannot_be_changed_by_lines_is_left_as_it_is(tmp_path: Path) -> None:
    one_line = "  {cybermois: {kind: series, episodes: {un: {message: essai, when: sunday-1}}}}\n"
    config = with_ledger(write_installation(tmp_path, one_line))
    decided(config, switched("cybermois", on=False))
    before = config.read_text(encoding="utf-8")
    told = reflexe(config, "edits", "export", str(tmp_path / "templates"))

    assert told.code == 2
    assert "can't be changed by lines" in told.err
    assert config.read_text(encoding="utf-8") == before


@pytest.mark.parametrize(
    ("why", "said"),
    [
        ("there is no campaign 'x' any more", "il n’y a plus de campagne"),
        ("campaign x has no episode 'a' any more", "la campagne x n’a plus d’épisode"),
    ],
)
def test_why_a_change_does_nothing_is_french_in_a_french_run(why: str, said: str) -> None:
    assert said in french(f"x/cancelled does nothing: {why}")
