"""Nothing that a command says lacks its French: found in the code itself, sentence by sentence."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from scheduler.cli.french import SENTENCES, french
from scheduler.cli.french.counted import ONE
from scheduler.cli.language import Language, counted, speak
from scheduler.cli.upkeep.doctor import in_record
from scheduler.domain import errors
from tests.commands import reflexe
from tests.worlds import write_config

ROOT = Path(__file__).parents[3] / "scheduler"
CLI = sorted((ROOT / "cli").rglob("*.py"))
#: Their French stands in domain's tables, or they are names and values.
SAID = {"say", "ask", "tr"}
#: What is raised for writers is in French where it is raised.
WRITERS = {ROOT / "content", ROOT / "web"}
#: Told by providers and inboxes: their code, which goes to logs, alarms and `accepted:` lines.
RAISED = {
    name
    for name, one in vars(errors).items()
    if isinstance(one, type)
    and issubclass(one, errors.ReflexeError)
    and not issubclass(one, errors.HandOverError | errors.ContentError | errors.InboxAway)
} | {"BadParameter", "TyperException"}


def shape(node: ast.AST) -> str | None:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        parts = (one.value if isinstance(one, ast.Constant) else "{}" for one in node.values)
        return "".join(map(str, parts))
    return None


def sentences(node: ast.AST) -> Iterator[str]:
    """Of an argument: its text, or the texts it may be."""
    found = shape(node)
    if found is not None:
        yield found
    elif isinstance(node, ast.IfExp):
        yield from sentences(node.body)
        yield from sentences(node.orelse)


def called(node: ast.Call) -> str:
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def calls(path: Path, names: set[str]) -> Iterator[tuple[int, str]]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and called(node) in names and node.args:
            for one in sentences(node.args[0]):
                yield node.lineno, one


def is_a_sentence(text: str) -> bool:
    return any(sign.isalpha() for sign in text.replace("{}", "").replace("SMS", ""))


def without_french(path: Path, names: set[str]) -> list[str]:
    return [
        f"{path.name}:{line}: {one!r}"
        for line, one in calls(path, names)
        if is_a_sentence(one) and french_of(one) is None
    ]


def french_of(one: str) -> str | None:
    return SENTENCES.get(one)


def headings(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Assign):
            names = {getattr(one, "id", "") for one in node.targets}
            if names & {"titles", "_TITLES"} and isinstance(node.value, ast.Tuple):
                yield from (str(one) for one in map(shape, node.value.elts) if one)
        if (
            isinstance(node, ast.Call)
            and called(node) == "print_table"
            and isinstance(node.args[0], ast.Tuple)
        ):
            yield from (str(one) for one in map(shape, node.args[0].elts) if one)


@pytest.mark.parametrize("path", CLI, ids=lambda path: path.name)
def test_every_answer_and_heading_has_its_french(path: Path) -> None:
    assert without_french(path, SAID) == []
    assert [one for one in headings(path) if one not in SENTENCES] == []


def test_every_error_has_its_french() -> None:
    lost = [
        one
        for path in sorted(ROOT.rglob("*.py"))
        if not WRITERS & {*path.parents}
        for one in without_french(path, RAISED)
        if "aucun" not in one
    ]

    assert lost == []


def test_every_fault_of_a_setting_has_its_french() -> None:
    lost = [
        f"{path.name}:{line}: {part!r}"
        for path in sorted((ROOT / "config").glob("*.py"))
        for line, one in calls(path, {"ValueError"})
        for part in one.split(" — ")
        if is_a_sentence(part)
        and french(part) == part
        and french(part.removeprefix("{}")) == part.removeprefix("{}")
    ]

    assert lost == []


def test_tables_of_words_are_whole() -> None:
    from scheduler.cli.output import imports as import_output
    from scheduler.cli.output import words
    from scheduler.domain.delivery import DeliveryState

    assert [one for one in import_output._WORDS.values() if one not in SENTENCES] == []
    assert [one for one in import_output._TOLD.values() if one not in SENTENCES] == []
    assert [one for one in ONE if one not in SENTENCES] == []
    assert {one.value for one in DeliveryState} - {"left-out"} <= {*words._OUTCOMES, "left_out"}


def test_what_fits_two_shapes_is_told_by_the_more_exact() -> None:
    assert french("In all: 40 planned, 40 sent (30 arrivés), 40 SMS parts, 3,20\u00a0€") == (
        "En tout\u00a0: 40 prévus, 40 envoyés (30 arrivés), 40 segments, 3,20\u00a0€"
    )
    assert french("there is no occurrence 'x'; there are: none") == (
        "il n’y a pas de rendez-vous «\u00a0x\u00a0»\u202f; il y a\u00a0: aucun"
    )


def test_the_remedy_of_every_providers_fault_has_its_french() -> None:
    from scheduler.channels.smtp import remedies
    from scheduler.channels.twilio_sms.codes import CREDENTIALS
    from scheduler.inbox import remedies as mailbox

    known = {
        value
        for module in (remedies, mailbox)
        for name, value in vars(module).items()
        if name.isupper() and name[0] != "_"
    }
    told = {one for one in known | {CREDENTIALS} if isinstance(one, str)}

    assert len(told) >= 9
    assert [one for one in told if french(f"x — {one}") == f"x — {one}"] == []


def told_by_the_doctor(path: Path) -> Iterator[str]:
    """Its lines, remedies and reasons: what is said by name, and what a rule's part returns."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and called(node) in {"fine", "wrong", "unknown", "PermError"}:
            for one in node.args[:2]:
                yield from sentences(one)
        elif isinstance(node, ast.Return | ast.Assign) and node.value is not None:
            yield from (one for one in sentences(node.value) if " " in one)


def test_every_word_of_the_doctor_has_its_french() -> None:
    told = [
        one
        for path in (
            *sorted((ROOT / "domain" / "doctor").glob("*.py")),
            ROOT / "flow" / "watching" / "examination.py",
            ROOT / "bootstrap" / "examining.py",
            *sorted((ROOT / "probes").glob("*.py")),
        )
        for one in told_by_the_doctor(path)
        # Records are published as they are.
        if is_a_sentence(one) and not one.startswith(("v=spf1", "{}. IN"))
    ]

    assert len(told) > 100
    assert [one for one in told if one not in SENTENCES] == []


def test_what_python_quotes_stands_between_french_quotes() -> None:
    assert french("'chef' is no role; there are: read, write") == (
        "«\u00a0chef\u00a0» n’est pas un rôle\u202f; il y a\u00a0: read, write"
    )
    assert french("Error: No such option: '--x'") == (
        "Erreur\u00a0: L’option «\u00a0--x\u00a0» n’existe pas."
    )
    assert french("/srv/it's/a.txt can't be written: Is a directory").startswith("/srv/it's/a.txt")


def test_a_file_s_own_words_stay_its_own() -> None:
    told = french("column 4 (`Title`) is ignored: audience staff has no such field")

    assert "« Title »" in told.replace("\u00a0", " ")
    assert "n’est pas lue" in told


def test_two_columns_are_told_without_a_word_of_english() -> None:
    assert " and " not in french("columns `Mail` and `Courriel` mean the same")


def test_a_large_number_of_megabytes_stands_in_thousands() -> None:
    assert french("74037 MB are free") == "74\u202f037\u00a0Mo sont libres"
    assert french("/srv/20261004/a.db (1200 MB) was read back whole:").startswith(
        "/srv/20261004/a.db (1200\u00a0Mo)"
    )


def test_the_audit_log_has_one_name() -> None:
    assert [one for one in SENTENCES.values() if "journal d'audit" in one] == []


def test_why_a_file_of_people_is_refused_has_its_french() -> None:
    told = [
        one
        for path in sorted((ROOT / "sources").glob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and called(node).lower() == "refused"
        for argument in node.args
        for one in sentences(argument)
        if is_a_sentence(one)
    ]

    assert len(told) > 20
    assert [one for one in told if one not in SENTENCES] == []


def test_a_file_of_people_that_is_refused_is_told_in_french(tmp_path: Path) -> None:
    config = write_config(tmp_path)
    reflexe(config, "migrate")

    lost = reflexe(config, "--lang", "fr", "optout", "import", str(tmp_path / "x.csv"))
    folder = reflexe(config, "--lang", "fr", "optout", "import", str(tmp_path))

    assert "x.csv\u00a0: il n’y a pas de fichier de ce nom — vérifiez son nom" in lost.err
    assert "c’est un dossier — nommez un fichier qui y est" in folder.err
    assert french("Got unexpected extra argument(s) (x)") == "Argument de trop\u00a0: x"


@pytest.mark.parametrize(
    ("count", "told"),
    [(0, "personne ajoutée"), (1, "personne ajoutée"), (2, "personnes ajoutées")],
)
def test_one_and_none_have_no_plural(count: int, told: str) -> None:
    speak(Language.FRENCH)
    try:
        assert counted(count, "people added") == told
    finally:
        speak(Language.ENGLISH)


def test_what_a_record_is_to_have_is_told_in_french() -> None:
    speak(Language.FRENCH)
    try:
        told = in_record('x. IN TXT "v=DKIM1; k=rsa; p=(the public key that the relay shows)"')
    finally:
        speak(Language.ENGLISH)

    assert told == 'x. IN TXT "v=DKIM1; k=rsa; p=(la clé publique que montre le relais)"'
