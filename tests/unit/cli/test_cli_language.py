"""One language a run: how it is chosen, and that no help of a command lacks its French."""

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
import typer.main
from click import Context

from scheduler.cli.app import app
from scheduler.cli.family import GROUPS, sentence
from scheduler.cli.french import SENTENCES, french
from scheduler.cli.language import language_first, language_of
from tests.commands import reflexe

CHOSEN = [
    (["status"], {}, "en"),
    (["status"], {"LANG": "fr_FR.UTF-8"}, "fr"),
    (["status"], {"LC_ALL": "C", "LANG": "fr_FR.UTF-8"}, "en"),
    (["status"], {"LC_ALL": "", "LC_MESSAGES": "fr_CA", "LANG": "C"}, "fr"),
    (["status"], {"LANG": "POSIX"}, "en"),
    (["check"], {"LANG": "C"}, "fr"),
    (["--config", "calendar", "check"], {}, "fr"),
    (["--config", "check", "calendar"], {}, "en"),
    (["check", "--lang", "en"], {"LANG": "fr_FR"}, "en"),
    (["--lang=fr", "status"], {"LC_ALL": "C"}, "fr"),
    (["send-test", "check"], {}, "en"),
    ([], {"LANG": "fr_FR"}, "fr"),
]


@pytest.mark.parametrize(("words", "environment", "language"), CHOSEN)
def test_the_option_decides_then_the_locale(
    words: Sequence[str], environment: Mapping[str, str], language: str
) -> None:
    assert language_of(language_first(words), environment) == language


def test_the_option_may_stand_anywhere_before_a_double_dash() -> None:
    assert language_first(["optout", "add", "--lang", "fr", "x"]) == [
        "--lang", "fr", "optout", "add", "x",
    ]  # fmt: skip
    assert language_first(["optout", "add", "--", "--lang"]) == ["optout", "add", "--", "--lang"]
    assert language_first(["status", "--lang"]) == ["--lang", "status"]


def parts(command: Any) -> Iterator[Any]:
    yield command
    for one in getattr(command, "commands", {}).values():
        yield from parts(one)


ROOT: Any = typer.main.get_command(app)


def test_every_help_has_its_french() -> None:
    told = {sentence(one.help) for one in parts(ROOT)}
    told |= {sentence(getattr(each, "help", "")) for one in parts(ROOT) for each in one.params}

    assert sorted(one for one in told if one and one not in SENTENCES) == []


def test_every_command_stands_in_a_group_and_each_group_has_a_french_title() -> None:
    grouped = [one for group in GROUPS.values() for one in group]

    assert sorted(grouped) == sorted(ROOT.commands)
    assert all(title in SENTENCES for title in GROUPS)


def test_a_family_lists_each_of_its_commands() -> None:
    """`edits import` has the name of a command of its own."""
    for name, family in ROOT.commands.items():
        commands = getattr(family, "commands", {})
        if commands:
            told = family.get_help(Context(family, info_name=name, parent=Context(ROOT)))
            listed = re.findall(r"^ {2}([a-z-]+)(?: |$)", told, re.MULTILINE)
            assert {*commands} <= {*listed}, name


def test_a_hole_keeps_its_place_and_what_fills_it_is_translated() -> None:
    for english, said in SENTENCES.items():
        assert said.count("{}") <= english.count("{}"), english
    assert (
        french("Error: Missing option '--to'.")
        == "Erreur\u00a0: Il manque l’option «\u00a0--to\u00a0»."
    )
    assert french("whatever a provider said") == "whatever a provider said"


@pytest.mark.parametrize("words", [(), ("optout",), ("rehearse",), ("contacts", "show")])
def test_help_is_told_in_the_runs_language(words: Sequence[str]) -> None:
    english = reflexe(Path("config.yaml"), *words, "--help", "--lang", "en").out
    told = reflexe(Path("config.yaml"), *words, "--help", "--lang", "fr").out

    assert english.startswith("Usage: ")
    assert told.startswith("Usage\u00a0: ")
    assert "Show this message" in english
    assert "Affiche cette aide." in told
    assert "…" not in told.partition("Options")[0]
    assert all(len(line) <= 80 for line in told.splitlines())


def test_help_stands_in_groups_of_whole_sentences() -> None:
    told = reflexe(Path("config.yaml"), "--help").out

    assert "\nStopping and going on:\n" in told
    for one in ROOT.commands.values():
        assert sentence(one.help) in sentence(told).replace("resume- all", "resume-all")


def test_misuse_is_told_in_the_runs_language() -> None:
    lost = reflexe(Path("config.yaml"), "--lang", "fr", "calandar")
    named = reflexe(Path("config.yaml"), "--lang", "fr", "send-test", "x", "--audience", "staff")
    unknown = reflexe(Path("config.yaml"), "--lang", "nl", "status")

    assert (lost.code, named.code, unknown.code) == (2, 2, 2)
    assert (
        "La commande «\u00a0calandar\u00a0» n’existe pas. Vouliez-vous dire «\u00a0calendar\u00a0»"
        in lost.err
    )
    assert "Il manque l’option «\u00a0--to\u00a0»." in named.err
    assert "'nl' is not one of 'en', 'fr'." in unknown.err


def test_a_shell_can_complete_names() -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("_REFLEXE_COMPLETE", "complete_bash")
        patch.setenv("COMP_WORDS", "reflexe cal")
        patch.setenv("COMP_CWORD", "1")
        found = reflexe(Path("config.yaml"))

    assert found.out.split() == ["calendar"]
