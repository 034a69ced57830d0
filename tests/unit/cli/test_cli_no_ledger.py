"""A path that is mistyped makes nothing: who only reads is told, and finds nothing made."""

import os
from pathlib import Path

import pytest

from tests.commands import reflexe
from tests.flow_world import SERIES, write_installation

READING = [
    ("status",),
    ("status", "--json"),
    ("calendar",),
    ("rehearse", "--from", "2027-10-01", "--to", "2027-10-04"),
    ("report", "cybermois/un/2027-10-03"),
    ("contacts", "list"),
    ("contacts", "show", "a@example.org"),
    ("contacts", "export", "--out", "out.csv"),
    ("contacts", "erase", "a@example.org", "--yes"),
    ("optout", "list"),
    ("optout", "remove", "a@example.org"),
    ("optout", "export", "--out", "out.csv"),
    ("replies", "list"),
    ("bounce", "list"),
    ("uncertain", "list"),
    ("retention", "run"),
    ("keys", "list"),
    ("keys", "add"),
    ("keys", "rotate"),
    ("audit", "list"),
    ("audit", "verify"),
    ("move", "--to", "sqlite:///var/other.db"),
    ("send-now", "cybermois/un", "--yes"),
    ("pause", "cybermois/un/2027-10-03"),
    ("stop-all",),
]


@pytest.fixture
def config(tmp_path: Path) -> Path:
    return write_installation(tmp_path, SERIES)


def files_of(folder: Path) -> set[str]:
    return {
        os.path.relpath(Path(at) / name, folder)
        for at, folders, files in os.walk(folder)
        for name in [*folders, *files]
    }


@pytest.mark.parametrize("words", READING, ids=" ".join)
def test_without_a_ledger_nothing_is_made_and_the_place_is_named(
    config: Path, words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(config.parent)
    before = files_of(config.parent)

    answer = reflexe(config, *words)

    assert answer.code == 2
    assert "no ledger at" in answer.err
    assert str(config.parent / "var" / "reflexe.db") in answer.err
    assert files_of(config.parent) == before


def test_a_message_is_shown_without_a_ledger_and_none_is_made(config: Path) -> None:
    before = files_of(config.parent)

    answer = reflexe(config, "preview", "essai", "--audience", "staff", "--channel", "sms")

    assert answer.code == 0, answer.err
    assert files_of(config.parent) == before


def test_a_migrated_ledger_can_be_read_before_its_first_start(config: Path) -> None:
    assert reflexe(config, "migrate").code == 0

    answer = reflexe(config, "contacts", "list", "--json")

    assert answer.code == 0, answer.err
    assert answer.json == []


def test_what_may_come_first_makes_the_ledger_and_says_so(config: Path) -> None:
    answer = reflexe(config, "optout", "add", "marie@example.org")

    assert answer.code == 0
    assert "A new, empty ledger is made: sqlite:////" in answer.err
    assert str(config.parent / "var" / "reflexe.db") in answer.err
    assert "A new" not in reflexe(config, "optout", "add", "marie@example.org").err


def test_a_dry_run_of_an_import_makes_nothing_and_says_with_what_it_compares(config: Path) -> None:
    file = config.parent / "contacts.csv"
    file.write_text("matricule;email\nA1;a@example.org\n", encoding="utf-8")
    before = files_of(config.parent)

    answer = reflexe(
        config,
        *("import", "staff", str(file), "--origin", "un essai", "--basis", "legitimate-interest"),
        *("--dry-run", "--json"),
    )

    assert answer.code == 0, answer.err
    assert "There is no ledger at" in answer.err
    assert answer.json["added"] == 1
    assert files_of(config.parent) == before
