"""optout import, said as an operator says it, on a real ledger."""

from pathlib import Path

import pytest

from tests.commands import reflexe
from tests.worlds import STAFF, write_config

LIST = """\
Nom;Courriel;Portable;Quand
Martin;Marie@Example.org;;2024-01-02
Inconnue;"inconnue@example.org";06 39 98 77 77;2023-05-06
A2;;;
personne;;;
"""


@pytest.fixture
def peopled(tmp_path: Path) -> Path:
    config = write_config(tmp_path)
    file = tmp_path / "staff.csv"
    file.write_text(STAFF, encoding="utf-8")
    words = ("--origin", "essai", "--basis", "legitimate-interest")
    reflexe(config, "import", "staff", str(file), *words)
    return config


def listed(config: Path, text: str = LIST, encoding: str = "utf-8") -> str:
    file = config.parent / "non.csv"
    file.write_bytes(text.encode(encoding))
    return str(file)


def opt_outs(config: Path) -> list[tuple[str, str, str, str]]:
    rows = reflexe(config, "optout", "list", "--json", "--clear").json
    return sorted((one["address"], one["channel"], one["reason"], one["route"]) for one in rows)


def test_a_dry_run_says_what_it_would_do_and_writes_nothing(peopled: Path) -> None:
    answer = reflexe(peopled, "optout", "import", listed(peopled), "--dry-run", "--json")

    assert answer.code == 1
    assert answer.json == {
        "rows": 4,
        "known": 2,
        "unknown": 1,
        "new": 3,
        "already": 0,
        "unusable": 1,
        "unknown_rows": [3],
        "unusable_rows": [5],
        "dry_run": True,
    }
    assert opt_outs(peopled) == []


def test_said_twice_it_is_said_once(peopled: Path) -> None:
    file = listed(peopled)

    first = reflexe(peopled, "optout", "import", file, "--json", "--by", "Ana", "--origin", "X")
    before = opt_outs(peopled)
    again = reflexe(peopled, "optout", "import", file, "--json")

    assert (first.json["new"], first.json["unknown_rows"]) == (3, [3])
    assert (again.json["new"], again.json["already"]) == (0, 3)
    # Of those whom nobody knows only the digest is kept.
    assert before == opt_outs(peopled)
    assert before == [
        ("", "email", "opted-out", "list"),
        ("", "sms", "opted-out", "list"),
        ("+33639980002", "sms", "opted-out", "list"),
        ("john@example.org", "email", "opted-out", "list"),
        ("marie@example.org", "email", "opted-out", "list"),
    ]
    acts = reflexe(peopled, "audit", "list", "--json").json
    mine = [one for one in acts if one["act"] == "import-opt-outs" and one["actor"] == "Ana"]
    assert [one["subject"] for one in mine] == ["a list from X"] * 2
    assert "example.org" not in str(mine)


def test_whom_it_bars_is_barred_when_a_file_names_them_later(peopled: Path) -> None:
    reflexe(peopled, "optout", "import", listed(peopled))
    file = peopled.parent / "later.csv"
    head = STAFF.splitlines()[0]
    file.write_text(f"{head}\nA9;Zoé;Inconnue@example.org;;fr;;;\n", encoding="utf-8")
    words = ("--origin", "essai", "--basis", "legitimate-interest", "--json")

    answer = reflexe(peopled, "import", "staff", str(file), *words)

    assert answer.json["opted_out"] == 1


def test_a_complaint_stays_a_complaint(peopled: Path) -> None:
    file = listed(peopled, '="612345678"\nmarie@example.org\n', "utf-16")

    reflexe(peopled, "optout", "import", file, "--reason", "complained")

    assert ("marie@example.org", "email", "complained", "list") in opt_outs(peopled)


def test_a_workbook_is_refused_with_its_remedy(peopled: Path) -> None:
    file = peopled.parent / "non.xlsx"
    file.write_bytes(b"PK\x03\x04" + bytes(100))

    answer = reflexe(peopled, "optout", "import", str(file))

    assert answer.code == 2
    assert "CSV UTF-8" in answer.err
