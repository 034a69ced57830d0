"""edits list, show, diff, export, import and withdraw; and what other commands see of edits."""

import json
import re
import shutil
from pathlib import Path

import pytest

from scheduler.bootstrap import open_app
from scheduler.cli.context import run
from scheduler.config.loading import load
from scheduler.domain.audit import AuditAct
from scheduler.domain.writing.edits import Publication
from tests.commands import reflexe
from tests.new_ledger import with_ledger
from tests.parts.daemon import FOUND
from tests.worlds import write_config

TEXT = "cybermois/annonce/email.staff.fr.md"


@pytest.fixture
def config(tmp_path: Path) -> Path:
    return with_ledger(write_config(tmp_path))


def publish(config: Path, path: str, content: str, *, over: int = 0) -> None:
    async def step() -> None:
        app = await open_app(load(config, FOUND))
        try:
            file = config.parent / "templates" / path
            base = file.read_text(encoding="utf-8")
            asked = Publication(
                path=path,
                content=content,
                base=base,
                over=over,
                written_by="Marie",
                published_by="Ana",
            )
            await app.edits.publish(asked, AuditAct.PUBLISH_TEXT, app.clock())
        finally:
            await app.close()

    run(step())


def edited(config: Path, old: str = "Bonjour", new: str = "Salutations") -> str:
    """The shipped text with one word of it changed, published over its file."""
    text = (config.parent / "templates" / TEXT).read_text(encoding="utf-8")
    assert old in text
    changed = text.replace(old, new, 1)
    publish(config, TEXT, changed)
    return changed


def previewed(config: Path) -> str:
    asked = ("preview", "cybermois/annonce", "--audience", "staff", "--channel", "email")
    shown = reflexe(config, *asked, "--language", "fr", "--contact", "camille").out
    return re.sub(r"/d/\S+", "/d/TOKEN", shown)


def test_a_published_text_is_what_previews_and_check_read(config: Path) -> None:
    before = previewed(config)
    edited(config)
    after = previewed(config)

    assert "Salutations" not in before
    assert "Salutations" in after
    assert reflexe(config, "check", "cybermois/annonce").code == 0
    text = (config.parent / "templates" / TEXT).read_text(encoding="utf-8")
    assert "Salutations" not in text
    publish(config, TEXT, text.replace("Bonjour", "{{ inconnu }}", 1), over=1)
    told = reflexe(config, "check", "cybermois/annonce")
    assert told.code == 1
    assert f"templates/{TEXT}" in told.out
    assert "inconnu" in told.out


def test_an_export_taken_into_an_empty_ledger_gives_the_same_year(
    config: Path, tmp_path: Path
) -> None:
    changed = edited(config)
    out = tmp_path / "sortie"
    assert reflexe(config, "edits", "export", str(out)).code == 0
    assert (out / TEXT).read_text(encoding="utf-8") == changed
    other = tmp_path / "autre"
    other.mkdir()
    second = write_config(other)

    taken = reflexe(second, "edits", "import", str(out), "--by", "Luc")

    assert taken.code == 0
    assert previewed(second) == previewed(config)
    (kept,), (came,) = (reflexe(one, "edits", "list", "--json").json for one in (config, second))
    assert {**came, "at": ""} == {**kept, "at": ""}
    assert reflexe(second, "edits", "show", TEXT).out == changed
    assert reflexe(second, "edits", "import", str(out)).code == 2
    acts = [one["act"] for one in reflexe(second, "audit", "list", "--json").json]
    assert acts == ["import-texts"]


def test_a_file_changed_under_its_edit_is_told_and_its_edit_stands(config: Path) -> None:
    edited(config)
    assert reflexe(config, "edits", "diff").code == 0
    file = config.parent / "templates" / TEXT
    text = file.read_text(encoding="utf-8")
    file.write_text(text + "\nUne ligne de plus.\n", encoding="utf-8")

    told = reflexe(config, "edits", "diff", TEXT)
    checked = reflexe(config, "check", "--json")

    assert told.code == 1
    assert "+Une ligne de plus." in told.out
    assert "its file changed under it" in told.out
    assert "edit-behind" in [one["rule"] for one in checked.json]
    assert "Salutations" in previewed(config)
    assert "Une ligne de plus" not in previewed(config)
    (kept,) = reflexe(config, "edits", "list", "--json").json
    assert kept["file"] == "changed under it"


def test_what_its_file_says_by_now_is_withdrawn(config: Path) -> None:
    edited(config)
    templates = config.parent / "templates"
    assert reflexe(config, "edits", "withdraw", "--in-files").out.startswith("0 texts")
    assert reflexe(config, "edits", "export", str(templates)).code == 0
    assert not (templates / "edits.json").exists()
    assert reflexe(config, "edits", "list", "--json").json[0]["file"] == "says the same"

    assert reflexe(config, "edits", "withdraw", "--in-files", "--by", "Luc").code == 0

    assert reflexe(config, "edits", "list", "--json").json == []
    assert "Salutations" in previewed(config)
    assert reflexe(config, "edits", "show", TEXT).code == 2
    assert reflexe(config, "edits", "withdraw").code == 2


def test_a_folder_without_a_list_is_what_differs_in_it(config: Path, tmp_path: Path) -> None:
    folder = tmp_path / "git"
    shutil.copytree(config.parent / "templates", folder)
    text = (folder / TEXT).read_text(encoding="utf-8")
    (folder / TEXT).write_text(text.replace("Bonjour", "Salutations", 1), encoding="utf-8")
    (folder / "_layouts/email.html").write_text("<script>", encoding="utf-8")

    assert reflexe(config, "edits", "import", str(folder), "--by", "Luc").code == 0

    (kept,) = reflexe(config, "edits", "list", "--json").json
    assert (kept["path"], kept["written_by"]) == (TEXT, "Luc")


@pytest.mark.parametrize(
    "row",
    [
        {"path": "../config.yaml", "base": None, "written_by": "A", "published_by": "A"},
        {"path": "cybermois/annonce/sms.x.fr.txt", "written_by": "", "published_by": "A"},
        {"path": "_snippets/absent.fr.md", "base": None, "written_by": "A", "published_by": "A"},
        "nothing",
    ],
)
def test_a_list_that_is_none_of_ours_brings_nothing(
    config: Path, tmp_path: Path, row: object
) -> None:
    folder = tmp_path / "sortie"
    folder.mkdir()
    (folder / "edits.json").write_text(json.dumps([row]), encoding="utf-8")

    assert reflexe(config, "edits", "import", str(folder)).code == 2

    assert reflexe(config, "edits", "list", "--json").json == []
