"""A value of config.yaml that breaks a rule is told once, where it was typed."""

from pathlib import Path

import pytest

from scheduler.domain.checking.findings import Finding, Hold
from tests.checking_world import check
from tests.flow_world import EVENT, MESSAGES, SERIES, write_installation

HEAD = MESSAGES["essai/message.yaml"] + (
    "placeholders:\n"
    "  lien: {label: Lien, example: 'https://www.example.org/a', max_length: 40, default: x}\n"
    "  lieu: {label: Lieu, example: 'salle Jade', max_length: 12, default: x}\n"
)
MAIL = MESSAGES["essai/email.fr.md"] + "\n[{{ lien }}]({{ lien }}), {{ lieu }}.\n"
TEXTS = {
    "essai/message.yaml": HEAD,
    "essai/email.fr.md": MAIL,
    "essai/email.staff.fr.md": MAIL,
    "essai/sms.fr.txt": "Voyez {{ lien }}, {{ lieu }}.",
    "autre/message.yaml": HEAD.replace("Essai", "Autre"),
    "autre/email.fr.md": MAIL,
    "autre/sms.fr.txt": "Voyez aussi {{ lien }}, {{ lieu }}.",
}
TWICE = """
  cybermois:
    kind: series
    topic: october
    values: {lien: '%s'}
    episodes:
      un: {message: essai, when: sunday-1}
      deux: {message: autre, when: sunday-2}
"""
GOOD, SHORT = "https://www.example.org/b", "https://bit.ly/x"


def faults(folder: Path, campaigns: str, texts: dict[str, str] | None = None) -> list[Finding]:
    config = write_installation(folder, campaigns, messages=TEXTS | (texts or {}))
    return [one for one in check(config) if one.hold is not Hold.NO]


def line_of(folder: Path, words: str) -> int:
    lines = (folder / "config.yaml").read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(lines, 1) if words in line)


def test_a_value_that_two_messages_and_five_texts_show_is_told_once(tmp_path: Path) -> None:
    assert faults(tmp_path / "good", TWICE % GOOD) == []

    found = faults(tmp_path, TWICE % SHORT)

    at = ("config.yaml", line_of(tmp_path, SHORT))
    assert {(one.file, one.line) for one in found} == {at}
    assert len(found) == len({one.rule for one in found})
    assert "shortener" in {one.rule for one in found}
    assert all(one.message.startswith("« lien » : ") for one in found)


@pytest.mark.parametrize(
    "typed",
    [
        "un: {message: essai, when: sunday-1, values: {lieu: bit.ly/xy}}",
        "    place: bit.ly/xy\n    topic:",
    ],
)
def test_an_episodes_value_and_an_events_place_too(tmp_path: Path, typed: str) -> None:
    series = SERIES.replace("un: {message: essai, when: sunday-1}", typed)
    event = EVENT.replace("    topic:", typed, 1)

    found = faults(tmp_path, series if "essai" in typed else event)

    assert [(one.file, one.line) for one in found] == [
        ("config.yaml", line_of(tmp_path, "bit.ly/xy"))
    ]
    assert found[0].value == "lieu"


def test_what_the_text_is_at_fault_for_stays_with_the_text(tmp_path: Path) -> None:
    texts = {"essai/email.staff.fr.md": f"{MAIL}\nC’est urgent, [ici]({SHORT}).\n"}

    found = faults(tmp_path, TWICE % GOOD, texts)

    assert {one.file for one in found} == {"templates/essai/email.staff.fr.md"}
    assert {one.value for one in found} == {""}


def test_a_value_and_a_text_that_are_both_at_fault_are_both_told(tmp_path: Path) -> None:
    texts = {"essai/email.staff.fr.md": f"{MAIL}\n[autre]({SHORT})\n"}

    found = faults(tmp_path, TWICE % SHORT, texts)

    files = {one.file for one in found if one.rule == "shortener"}
    assert files == {"config.yaml", "templates/essai/email.staff.fr.md"}


@pytest.mark.parametrize(
    ("key", "typed", "shown", "rule"),
    [
        ("name", "HOPITAL VITE GAGNEZ", "{{ organisation }} vous écrit.", "shouting-in-text"),
        ("contact", "0 899 12 34 56", "Appelez le {{ contact }}.", "premium-number"),
    ],
)
def test_a_word_of_the_organisation_is_told_once_at_its_line(
    tmp_path: Path, key: str, typed: str, shown: str, rule: str
) -> None:
    texts = {name: f"{text}\n{shown}\n" for name, text in TEXTS.items() if name.endswith(".md")}
    config = write_installation(tmp_path, TWICE % GOOD, messages=TEXTS | texts)
    lines = config.read_text(encoding="utf-8").splitlines()
    at = next(n for n, line in enumerate(lines) if line.startswith(f"  {key}:"))
    lines[at] = f"  {key}: '{typed}'"
    config.write_text("\n".join(lines) + "\n", encoding="utf-8")

    found = [one for one in check(config) if one.rule == rule]

    assert [(one.file, one.line) for one in found] == [("config.yaml", at + 1)]
    assert found[0].value == f"organisation.{key}"


def test_a_fault_beside_a_word_of_the_organisation_stays_with_its_text(tmp_path: Path) -> None:
    texts = {"essai/email.fr.md": f"{MAIL}\n{{{{ organisation }}}} : agissez vite.\n"}
    config = write_installation(tmp_path, TWICE % GOOD, messages=TEXTS | texts)

    found = [one for one in check(config) if one.rule == "urgency"]

    assert [one.file for one in found] == ["templates/essai/email.fr.md"]


def test_an_address_that_is_not_https_is_told_once_and_holds(tmp_path: Path) -> None:
    config = write_installation(tmp_path, TWICE % "http://www.example.org/b", messages=TEXTS)

    found = [one for one in check(config) if one.value]

    assert [(one.rule, one.line) for one in found] == [
        ("insecure-link", line_of(tmp_path, "http://www"))
    ]
    assert found[0].hold is not Hold.NO
