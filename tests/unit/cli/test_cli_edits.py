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
    again = reflexe(second, "edits", "import", str(out))
    assert (again.code, again.out) == (0, "0 changed; 1 stands already.\n")
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
    assert "nothing is withdrawn" in reflexe(config, "edits", "withdraw", "--in-files").out
    assert reflexe(config, "edits", "export", str(templates)).code == 0
    assert not (templates / "edits.json").exists()
    assert reflexe(config, "edits", "list", "--json").json[0]["file"] == "says the same"

    assert reflexe(config, "edits", "withdraw", "--in-files", "--by", "Luc").code == 0

    assert reflexe(config, "edits", "list", "--json").json == []
    assert "Salutations" in previewed(config)
    assert reflexe(config, "edits", "show", TEXT).code == 2
    assert reflexe(config, "edits", "withdraw").code == 2


def test_what_asks_for_a_second_person_isnt_withdrawn_by_one(config: Path) -> None:
    leak = "fuite-de-donnees/email.staff.fr.md"
    text = (config.parent / "templates" / leak).read_text(encoding="utf-8")
    publish(config, leak, text.replace("Bonjour", "Bonsoir", 1))
    asked = ("edits", "withdraw", leak, "--by", "Luc")

    alone = reflexe(config, *asked)
    himself = reflexe(config, *asked, "--approved-by", "luc")
    stood = reflexe(config, "edits", "list").out
    done = reflexe(config, *asked, "--approved-by", "Ana")

    assert (alone.code, himself.code, done.code) == (2, 2, 0)
    assert f"a second person must have read {leak}" in alone.err
    assert "can't be the second person" in himself.err
    assert leak in stood
    assert leak not in reflexe(config, "edits", "list").out
    told = {one["act"]: one for one in reflexe(config, "audit", "list", "--json").json}
    assert told["withdraw-text"]["actor"] == "Luc"
    assert told["withdraw-text"]["detail"] == {"number": 2, "approved-by": "Ana"}


def test_what_its_file_says_too_is_withdrawn_by_one(config: Path) -> None:
    leak = "fuite-de-donnees/email.staff.fr.md"
    file = config.parent / "templates" / leak
    changed = file.read_text(encoding="utf-8").replace("Bonjour", "Bonsoir", 1)
    publish(config, leak, changed)
    file.write_text(changed, encoding="utf-8")

    assert reflexe(config, "edits", "withdraw", "--in-files", "--by", "Luc").code == 0


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
    edited(config)
    folder = tmp_path / "sortie"
    folder.mkdir()
    (folder / "edits.json").write_text(json.dumps([row]), encoding="utf-8")

    assert reflexe(config, "edits", "import", str(folder)).code == 2

    (kept,) = reflexe(config, "edits", "list", "--json").json
    assert (kept["path"], kept["number"]) == (TEXT, 1)


def exported(config: Path, tmp_path: Path) -> Path:
    edited(config)
    out = tmp_path / "sortie"
    assert reflexe(config, "edits", "export", str(out)).code == 0
    return out


def test_a_text_that_brings_a_fault_isnt_imported(config: Path, tmp_path: Path) -> None:
    out = exported(config, tmp_path)
    text = (out / TEXT).read_text(encoding="utf-8")
    faulty = text.replace("Salutations", "{{ inconnu }}", 1)
    (out / TEXT).write_text(faulty, encoding="utf-8")

    refused = reflexe(config, "edits", "import", str(out), "--by", "Luc")

    assert refused.code == 2
    line = faulty[: faulty.index("inconnu")].count("\n") + 1
    told = next(one for one in refused.err.splitlines() if "inconnu" in one)
    assert told.startswith(f"templates/{TEXT}, line {line}: ")
    assert " — " in told
    assert "Traceback" not in refused.err
    assert reflexe(config, "edits", "show", TEXT).out == text


def test_a_fault_that_stands_already_keeps_no_text_out(config: Path, tmp_path: Path) -> None:
    file = config.parent / "templates" / TEXT
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("Bonjour", "{{ inconnu }}", 1), encoding="utf-8")
    folder = tmp_path / "git"
    shutil.copytree(config.parent / "templates", folder)
    (folder / TEXT).write_text(f"{text}\nPlus court.\n{{{{ inconnu }}}}\n", encoding="utf-8")

    assert reflexe(config, "check", "cybermois/annonce").code == 1
    assert reflexe(config, "edits", "import", str(folder), "--by", "Luc").code == 0


def of_service(config: Path, tmp_path: Path) -> Path:
    """A folder with a text changed of a message that a second person has to read."""
    folder, templates = tmp_path / "git", config.parent / "templates"
    name = next((templates / "fuite-de-donnees").glob("email*.fr.md")).name
    (folder / "fuite-de-donnees").mkdir(parents=True)
    path = folder / "fuite-de-donnees" / name
    text = (templates / "fuite-de-donnees" / name).read_text(encoding="utf-8")
    assert "Bonjour" in text
    path.write_text(text.replace("Bonjour", "Salutations", 1), encoding="utf-8")
    return folder


@pytest.mark.parametrize("named", [(), ("--approved-by", "luc "), ("--approved-by", "--")])
def test_what_asks_for_a_second_person_isnt_imported_by_one(
    config: Path, tmp_path: Path, named: tuple[str, ...]
) -> None:
    folder = of_service(config, tmp_path)

    refused = reflexe(config, "edits", "import", str(folder), "--by", "Luc", *named)

    assert refused.code == 2
    assert named or "fuite-de-donnees/email" in refused.err
    assert reflexe(config, "edits", "list", "--json").json == []


def test_the_second_person_is_in_the_history_and_in_the_audit_log(
    config: Path, tmp_path: Path
) -> None:
    folder = of_service(config, tmp_path)
    asked = ("edits", "import", str(folder), "--by", "Luc", "--approved-by", "Ana")

    taken = reflexe(config, *asked)

    assert (taken.code, taken.out) == (
        0,
        "1 text stands over its file now.\n1 changed; 0 stand already.\n",
    )
    (kept,) = reflexe(config, "edits", "list", "--json").json
    assert (kept["written_by"], kept["published_by"]) == ("Luc", "Ana")
    (act,) = reflexe(config, "audit", "list", "--json").json
    assert (act["actor"], act["detail"]) == ("Luc", {"texts": 1, "approved-by": "Ana"})


def test_a_withdrawn_text_comes_in_again(config: Path, tmp_path: Path) -> None:
    out = exported(config, tmp_path)
    assert reflexe(config, "edits", "import", str(out)).out == "0 changed; 1 stands already.\n"
    assert reflexe(config, "edits", "withdraw", TEXT).code == 0

    assert reflexe(config, "edits", "import", str(out), "--by", "Luc").code == 0

    (kept,) = reflexe(config, "edits", "list", "--json").json
    assert (kept["number"], kept["written_by"], kept["published_by"]) == (3, "Marie", "Ana")


def test_a_text_changed_in_the_folder_is_of_who_brings_it(config: Path, tmp_path: Path) -> None:
    out = exported(config, tmp_path)
    text = (out / TEXT).read_text(encoding="utf-8")
    for number, word in enumerate(("Madame", "Monsieur"), 2):
        (out / TEXT).write_text(text.replace("Salutations", word, 1), encoding="utf-8")
        assert reflexe(config, "edits", "import", str(out), "--by", "Luc").code == 0
        (kept,) = reflexe(config, "edits", "list", "--json").json
        assert (kept["number"], kept["written_by"]) == (number, "Luc")


def test_what_somebody_else_published_since_refuses_the_folder(
    config: Path, tmp_path: Path
) -> None:
    out = exported(config, tmp_path)
    text = (out / TEXT).read_text(encoding="utf-8")
    publish(config, TEXT, text.replace("Salutations", "Chers collègues", 1), over=1)
    (out / TEXT).write_text(text.replace("Salutations", "Madame", 1), encoding="utf-8")

    refused = reflexe(config, "edits", "import", str(out), "--by", "Luc")

    assert refused.code == 2
    assert f"{TEXT} (Ana)" in refused.err
    assert "Chers collègues" in reflexe(config, "edits", "show", TEXT).out


def test_a_path_that_holds_nothing_is_refused_and_said(config: Path, tmp_path: Path) -> None:
    (tmp_path / "vide").mkdir()
    (tmp_path / "fichier").write_text("Un.\n", encoding="utf-8")

    for name, why in (("absent", "no folder"), ("fichier", "is a file"), ("vide", "no text of")):
        refused = reflexe(config, "edits", "import", str(tmp_path / name))
        assert refused.code == 2
        assert why in refused.err


def test_an_export_to_what_is_a_file_is_refused(config: Path, tmp_path: Path) -> None:
    edited(config)
    file = tmp_path / "fichier"
    file.write_text("Un.\n", encoding="utf-8")

    for out in (file, file / "dessous"):
        refused = reflexe(config, "edits", "export", str(out))
        assert (refused.code, "fichier" in refused.err) == (2, True)
    assert file.read_text(encoding="utf-8") == "Un.\n"


def test_nothing_published_is_said(config: Path, tmp_path: Path) -> None:
    edited(config)
    told = reflexe(config, "edits", "withdraw", TEXT)
    assert told.out == "1 text is withdrawn: its file stands.\n"
    for words in (("list",), ("diff",), ("export", str(tmp_path / "sortie"))):
        told = reflexe(config, "edits", *words)
        assert (told.code, told.out.startswith("Nothing from the desk")) == (0, True)
