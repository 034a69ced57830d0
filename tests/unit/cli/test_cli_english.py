"""An English run says what is wrong with the writers' texts in English; a French one in French."""

import ast
from pathlib import Path

import pytest

from scheduler.cli.english import ENGLISH, english
from scheduler.cli.french import SENTENCES
from scheduler.cli.misuse import told_of
from scheduler.content import wrong_braces
from scheduler.domain.errors import ContentError, NotFound
from tests.commands import reflexe
from tests.unit.cli.test_cli_french import ROOT, called, is_a_sentence, sentences
from tests.worlds import write_config

#: What is raised for a sending, a preview or a twin; a fault inside a writers' file is told as
#: ``check`` tells it.
FILES = (
    *sorted((ROOT / "flow").rglob("*.py")),
    *(ROOT / "content" / name for name in ("library.py", "placeholders.py", "proving.py")),
    ROOT / "content" / "twins" / "post.py",
)
#: Told by ``check`` alone, or of a fault inside a writers' file.
OF_A_FILE = {
    "écrivez {}.{}.md",
    "l'objet et le pré-en-tête est vide",
    "{} : {}",
}

#: Of an operator's setting: the French tables have them.
SAID = frozenset(SENTENCES) | frozenset(SENTENCES.values())


def raised(path: Path) -> list[str]:
    return [
        one
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and called(node) in {"ContentError", "NotFound"}
        for argument in (
            *node.args,
            *(each.value for each in node.keywords if each.arg in {"what", "remedy"}),
        )
        for one in sentences(argument)
        if is_a_sentence(one)
    ]


def faults(path: Path) -> list[str]:
    """The French sentences of what is raised with a line of a file."""
    return [
        one
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and called(node) in {"fault", "_fault", "MarkdownFault", "ContentError", "Fault"}
        for argument in (
            *node.args,
            *(each.value for each in node.keywords if each.arg in {"what", "remedy"}),
        )
        for one in sentences(argument)
        if " " in one and is_a_sentence(one)
    ]


def test_what_is_raised_in_french_has_its_english() -> None:
    told = [one for path in FILES for one in raised(path)]

    assert len(told) > 60
    assert [
        one for one in told if one not in ENGLISH and one not in SENTENCES and one not in OF_A_FILE
    ] == []
    assert [one for one, said in ENGLISH.items() if said.count("{}") > one.count("{}")] == []
    assert english("Bonjour") is None


def test_every_fault_inside_a_writers_file_has_its_english() -> None:
    told = [
        one
        for path in sorted((ROOT / "content").rglob("*.py"))
        if "rules" not in path.parts
        for one in faults(path)
    ]
    braces = [one.replace("{0}", "{}") for _, *both in wrong_braces._KINDS for one in both]

    assert len(told) > 110
    assert [one for one in (*told, *braces) if english(one) is None and one not in SAID] == []


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("« subjet » n'est pas un champ", "subjet is no field"),
        ("une tabulation est dans ces lignes", "there is a tab in these lines"),
        ("{{ }} est vide", "{{ }} is empty"),
        ("un « else » n'a pas son {% if … %}", "an else has no {% if … %} of its own"),
        ("écrivez email.fr.md", "write email.fr.md"),
    ],
)
def test_a_fault_inside_a_file_is_said_whole_in_english(said: str, expected: str) -> None:
    assert english(said) == expected


def test_check_says_a_fault_inside_a_file_in_one_language(tmp_path: Path) -> None:
    config = write_config(tmp_path)
    message = config.parent / "templates" / "essai"
    message.mkdir(parents=True)
    head = "title: Essai\nclass: awareness\nchannels: [email]\nfoo: bar\n"
    (message / "message.yaml").write_text(head, encoding="utf-8")

    found = reflexe(config, "--lang", "en", "check")
    trouve = reflexe(config, "--lang", "fr", "check")

    assert "message.yaml, line 4: foo is no field — " in found.out
    assert "« foo » n'est pas un champ" in trouve.out.replace("\u00a0", " ")


def test_a_name_that_leads_nowhere_is_told_in_the_runs_language(tmp_path: Path) -> None:
    config = write_config(tmp_path)

    for words in (("twin", "nope", "--as", "poster"), ("preview", "nope", "--audience", "staff")):
        lost = reflexe(config, *words)
        perdu = reflexe(config, "--lang", "fr", *words)

        assert (lost.code, "there is no message nope" in lost.err) == (2, True), lost.err
        assert "aucun message «\u00a0nope\u00a0»" in perdu.err
    lost = reflexe(config, "twin", "nope", "--as", "poster", "--out", "a.doc")
    perdu = reflexe(config, "--lang", "fr", "twin", "nope", "--as", "poster", "--out", "a.doc")
    assert ".html or .pdf" in lost.err
    assert ".html ou .pdf" in perdu.err


def test_a_writers_fault_is_told_in_english(tmp_path: Path) -> None:
    fault = ContentError(
        where="config.yaml",
        line=3,
        what="« lieu » (le lieu) n'est pas rempli",
        remedy="donnez-le dans la campagne, par exemple « Salle 2 »",
    )

    assert told_of(fault) == (
        "config.yaml, line 3: lieu (le lieu) isn't filled in — give it in the campaign, such as: "
        "Salle 2"
    )
    inside = ContentError(where="a.md", what="« x » n'est rien", remedy="retirez-le", line=7)
    assert told_of(inside) == "a.md, ligne 7 : « x » n'est rien — retirez-le"
    assert told_of(NotFound("aucun message « a » : les noms connus ici : b, c")) == (
        "there is no message a: the names known here: b, c"
    )


@pytest.mark.parametrize("command", [("whose",), ("bounce", "explain")])
def test_a_file_that_can_not_be_read_is_told_in_plain_words(
    tmp_path: Path, command: tuple[str, ...]
) -> None:
    config = write_config(tmp_path)

    lost = reflexe(config, *command, "/nope.eml")
    folder = reflexe(config, "--lang", "fr", *command, str(tmp_path))

    assert lost.code == 2
    assert lost.err.endswith("reflexe: there is no file /nope.eml\n")
    assert f"{tmp_path} est un dossier\u00a0: donnez un fichier qui y est" in folder.err
