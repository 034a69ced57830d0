"""What ``check`` prints: for people, programs, code scanners, workflows and editors."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from scheduler.cli.language import Language, speak
from scheduler.cli.output.findings import shown
from scheduler.cli.output.formats import Format, Schema
from scheduler.content import message_yaml, schemas, yaml_text
from scheduler.content.rules.table import RULES, as_markdown
from scheduler.domain.checking.findings import Finding, Severity
from scheduler.domain.errors import ContentError
from tests.commands import reflexe
from tests.template_copies import TEMPLATES
from tests.worlds import write_config

ROOT = Path(__file__).parents[3]
FAULT = Finding(
    file="templates/a b/email.fr.md",
    line=7,
    rule="urgency",
    severity=Severity.FAULT,
    message="100 % pressé,\nvraiment",
    remedy="calme : voilà",
)
REMARK = Finding(
    file="config.yaml",
    line=None,
    rule="typography",
    severity=Severity.WARNING,
    message="une apostrophe",
    remedy="’",
)


@pytest.fixture(autouse=True)
def french() -> Iterator[None]:
    """As ``check`` speaks without ``--lang``."""
    speak(Language.FRENCH)
    yield
    speak(Language.ENGLISH)


def test_sarif_has_what_the_standard_requires(tmp_path: Path) -> None:
    log = json.loads(shown([FAULT, REMARK], Format.SARIF, tmp_path))

    assert log["version"] == "2.1.0"
    assert log["$schema"].endswith("sarif-2.1.0.json")
    (run,) = log["runs"]
    driver = run["tool"]["driver"]
    assert driver["name"] == "reflexe"
    assert [rule["id"] for rule in driver["rules"]] == list(RULES)
    fault, remark = run["results"]
    assert (fault["ruleId"], fault["level"], remark["level"]) == ("urgency", "error", "warning")
    assert driver["rules"][fault["ruleIndex"]]["id"] == "urgency"
    assert fault["message"]["text"] == "100 % pressé,\nvraiment — calme : voilà"
    place = fault["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "templates/a%20b/email.fr.md"
    assert place["region"] == {"startLine": 7}
    assert remark["locations"][0]["physicalLocation"]["region"] == {"startLine": 1}


def test_a_workflow_s_annotation_is_escaped(tmp_path: Path) -> None:
    lines = shown([FAULT, REMARK], Format.GITHUB, tmp_path).splitlines()

    assert lines == [
        (
            "::error file=templates/a b/email.fr.md,line=7,title=urgency"
            "::100 %25 pressé,%0Avraiment — calme : voilà"
        ),
        "::warning file=config.yaml,line=1,title=typography::une apostrophe — ’",
    ]


def test_a_path_starts_where_the_command_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    (line,) = shown([REMARK], Format.GITHUB, tmp_path / "ici,là").splitlines()

    assert line.startswith("::warning file=ici%2Clà/config.yaml,line=1,")


def test_a_fault_exits_1_in_every_format(tmp_path: Path) -> None:
    config = write_config(tmp_path)
    file = tmp_path / "templates/cybermois/annonce/sms.staff.fr.txt"
    file.write_text("Urgent : votre compte sera suspendu.\n", encoding="utf-8")

    for wanted in (Format.SARIF, Format.GITHUB, Format.JSON):
        answer = reflexe(config, "check", "cybermois/annonce", "--format", wanted.value)

        assert answer.code == 1
        assert "threat" in answer.out


def test_the_page_of_rules_is_the_table() -> None:
    page = (ROOT / "docs" / "checks.md").read_text(encoding="utf-8")

    assert as_markdown() in page


def test_the_table_is_printed(tmp_path: Path) -> None:
    assert reflexe(write_config(tmp_path), "check", "--rules").out == as_markdown()


@pytest.mark.parametrize("name", list(Schema))
def test_the_schemas_kept_are_what_the_code_says(tmp_path: Path, name: Schema) -> None:
    kept = (ROOT / "docs" / "schemas" / f"{name.value}.schema.json").read_text(encoding="utf-8")

    assert kept == schemas.text_of(name)
    assert reflexe(write_config(tmp_path), "check", "--schema", name.value).out == kept


def test_every_shipped_message_follows_the_schema() -> None:
    for file in TEMPLATES.rglob("message.yaml"):
        document = yaml.safe_load(file.read_text(encoding="utf-8"))

        assert broken(document, schemas.message()) == [], file


def test_every_shipped_front_matter_follows_the_schema() -> None:
    for file in TEMPLATES.rglob("*/email*.md"):
        head = yaml.safe_load(file.read_text(encoding="utf-8").split("---\n")[1])

        assert broken(head, schemas.front_matter()) == [], file


@pytest.mark.parametrize("key", ["ownr", "placeholder", ""])
def test_an_unknown_key_breaks_the_schema_and_the_reader_alike(key: str) -> None:
    document = {"title": "Essai", "class": "service", "channels": ["sms"], key: "x"}

    assert broken(document, schemas.message())
    with pytest.raises(ContentError):
        message_yaml.folder("essai", yaml_text.read(yaml.safe_dump(document), "essai"), ())


@pytest.mark.parametrize("missing", message_yaml.REQUIRED)
def test_a_missing_key_breaks_the_schema_and_the_reader_alike(missing: str) -> None:
    document = {"title": "Essai", "class": "service", "channels": ["sms"]}
    del document[missing]

    assert broken(document, schemas.message())
    with pytest.raises(ContentError, match=missing):
        message_yaml.folder("essai", yaml_text.read(yaml.safe_dump(document), "essai"), ())


def broken(value: Any, schema: Any) -> list[str]:
    """What a document breaks, of the few words that our schemas use."""
    kinds: dict[str, Any] = {
        "object": dict,
        "array": list,
        "string": str,
        "boolean": bool,
        "integer": int,
        "number": (int, float),
        "null": type(None),
    }
    found = []
    types = schema.get("type", list(kinds))
    if not any(
        isinstance(value, kinds[one]) for one in ([types] if isinstance(types, str) else types)
    ):
        found.append(f"{value!r} is no {types}")
    if "enum" in schema and value not in schema["enum"]:
        found.append(f"{value!r} is none of {schema['enum']}")
    if isinstance(value, list):
        found += [fault for one in value for fault in broken(one, schema.get("items", {}))]
    if isinstance(value, dict):
        found += [f"{name} is missing" for name in schema.get("required", ()) if name not in value]
        for name, one in value.items():
            inner = schema.get("properties", {}).get(name, schema.get("additionalProperties", {}))
            found += [f"{name} is unknown"] if inner is False else broken(one, inner)
    return found


def test_every_rule_is_told_in_english_and_in_french() -> None:
    for rule in RULES.values():
        french = (rule.what, rule.why, rule.source, rule.remedy)
        english = (rule.english.what, rule.english.why, rule.english.source, rule.english.remedy)
        assert all(french), rule.code
        assert all(english), rule.code
        assert rule.what != rule.english.what or rule.code == "unfilled", rule.code
        assert rule.why != rule.english.why, rule.code
        assert rule.remedy != rule.english.remedy or rule.code == "hole", rule.code
        # No-break spaces, quotation marks and letters of the other language.
        assert not set("çêîôûœ") & set("".join(english)), rule.code


@pytest.mark.parametrize("wanted", [Format.TEXT, Format.JSON, Format.SARIF, Format.GITHUB])
def test_english_says_the_rule_and_the_words_it_is_about(wanted: Format, tmp_path: Path) -> None:
    pressed = replace(FAULT, message="« Dépêchez-vous » presse le lecteur", remedy="calmez-vous")
    speak(Language.ENGLISH)

    told = shown([pressed], wanted, tmp_path)

    assert "“Dépêchez-vous”: a word of urgency" in told
    assert "say it otherwise" in told
    assert "presse le lecteur" not in told
    assert "calmez-vous" not in told
    if wanted is Format.TEXT:
        assert "- hurrying the reader is how frauds work (the Cybermois writing charter" in told
    if wanted is Format.SARIF:
        assert json.loads(told)["runs"][0]["language"] == "en"


def test_check_speaks_english_when_asked_alone(tmp_path: Path) -> None:
    config = write_config(tmp_path)
    folder = config.parent / "templates" / "essai"
    folder.mkdir()
    (folder / "message.yaml").write_text(
        "title: Essai\nclass: awareness\nchannels: [sms]\n", encoding="utf-8"
    )
    (folder / "sms.patients.fr.txt").write_text("Agissez vite, repondez STOP.\n", encoding="utf-8")

    french = reflexe(config, "check", "essai").out
    english = reflexe(config, "--lang", "en", "check", "essai").out

    assert "écrite à la main" in french or "retirez cette mention" in french
    assert "take this mention out" in english
    assert "Réflexe itself adds the way to stop" in english
    assert not [line for line in english.splitlines() if "retirez" in line or "lecteur" in line]


def test_the_table_of_rules_has_its_english() -> None:
    told = as_markdown(english=True)

    assert told.startswith("| Rule | | What it catches |")
    assert told.count("\n") == len(RULES) + 2
    assert "| `shortener` | fault | an address shortener |" in told
