"""optout, said as an operator says it, on a real ledger."""

import csv
import shutil
from pathlib import Path

import pytest

from tests.commands import reflexe
from tests.worlds import STAFF, write_config


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger with three people, made once."""
    config = write_config(tmp_path_factory.mktemp("peopled"))
    file = config.parent / "staff.csv"
    file.write_text(STAFF, encoding="utf-8")
    words = ("--origin", "essai", "--basis", "legitimate-interest")
    reflexe(config, "import", "staff", str(file), *words)
    return config


@pytest.fixture
def peopled(once: Path, tmp_path: Path) -> Path:
    """A copy of it for each test."""
    return shutil.copytree(once.parent, tmp_path / "peopled") / once.name


def test_an_opt_out_holds_for_anybody(peopled: Path) -> None:
    known = reflexe(peopled, "optout", "add", "Marie@example.org")
    again = reflexe(peopled, "optout", "add", "marie@EXAMPLE.org")
    unknown = reflexe(peopled, "optout", "add", "06 39 98 77 77")

    assert (known.code, again.code, unknown.code) == (0, 0, 0)
    assert "already" in again.out
    assert "marie" not in known.out
    listed = reflexe(peopled, "optout", "list", "--json").json
    assert [(one["address"], one["channel"], one["scope"]) for one in listed] == [
        ("m***@e***.org", "email", "topics"),
        ("", "sms", "everything"),
    ]


def test_an_opt_out_of_all_reaches_the_person_s_other_address(peopled: Path) -> None:
    reflexe(peopled, "optout", "add", "marie@example.org", "--channel", "all")

    listed = reflexe(peopled, "optout", "list", "--json", "--clear").json
    assert {(one["address"], one["channel"], one["scope"]) for one in listed} == {
        ("marie@example.org", "all", "topics"),
        ("+33639980001", "all", "topics"),
        ("+33639980001", "sms", "everything"),
    }
    reflexe(peopled, "optout", "remove", "+33639980001", "--channel", "all")
    assert reflexe(peopled, "optout", "list", "--json").json == []


def test_an_e_mail_address_stands_for_its_holder_s_number(peopled: Path) -> None:
    known = reflexe(peopled, "optout", "add", "marie@example.org", "--channel", "sms")
    unknown = reflexe(peopled, "optout", "add", "inconnue@example.org", "--channel", "sms")

    assert (known.code, unknown.code) == (0, 2)
    (row,) = reflexe(peopled, "optout", "list", "--json", "--clear").json
    assert (row["address"], row["channel"]) == ("+33639980001", "sms")


def test_a_file_of_opt_outs_is_taken_line_by_line(peopled: Path, tmp_path: Path) -> None:
    file = tmp_path / "papier.txt"
    file.write_text("\ufeffmarie@example.org\r\n\r\nrien\r\n+33 6 39 98 00 02\r\n", "utf-8")

    answer = reflexe(peopled, "optout", "add", "--file", str(file))

    assert answer.code == 1
    assert answer.err.startswith("line 3: ")
    assert len(reflexe(peopled, "optout", "list", "--json").json) == 2


@pytest.mark.parametrize("words", [(), ("a@example.org", "--file", "x")])
def test_an_opt_out_is_one_or_a_file(peopled: Path, words: tuple[str, ...]) -> None:
    assert reflexe(peopled, "optout", "add", *words).code == 2


def test_a_person_may_come_back(peopled: Path) -> None:
    reflexe(peopled, "optout", "add", "marie@example.org")

    back = reflexe(peopled, "optout", "remove", "marie@example.org", "--by", "accueil")
    nothing = reflexe(peopled, "optout", "remove", "marie@example.org")

    assert (back.code, nothing.code) == (0, 1)
    assert reflexe(peopled, "optout", "list", "--json").json == []


def test_opt_outs_are_exported(peopled: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    reflexe(peopled, "optout", "add", "+33 6 39 98 00 01")

    answer = reflexe(peopled, "optout", "export", "--out", str(out))

    assert answer.code == 0
    with out.open(encoding="utf-8-sig", newline="") as file:
        (row,) = csv.DictReader(file, delimiter=";")
    assert (row["address"], row["channel"]) == ("'+33639980001", "sms")


def test_the_address_of_somebody_who_died_is_closed_for_everything(peopled: Path) -> None:
    first = reflexe(peopled, "optout", "add", "marie@example.org", "--deceased")
    again = reflexe(peopled, "optout", "add", "marie@example.org", "--deceased")
    unknown = reflexe(peopled, "optout", "add", "06 39 98 77 77", "--deceased")

    assert (first.code, again.code, unknown.code) == (0, 0, 0)
    assert "already" in again.out
    listed = reflexe(peopled, "optout", "list", "--json", "--clear").json
    assert {(one["address"], one["channel"], one["scope"], one["reason"]) for one in listed} == {
        ("marie@example.org", "all", "everything", "deceased"),
        ("+33639980001", "all", "everything", "deceased"),
        ("", "all", "everything", "deceased"),
    }
    assert reflexe(peopled, "optout", "remove", "marie@example.org").code == 1


def test_a_death_closes_every_channel_at_once(peopled: Path) -> None:
    answer = reflexe(
        peopled, "optout", "add", "marie@example.org", "--deceased", "--channel", "sms"
    )

    assert answer.code == 2
    assert "every channel" in answer.err


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_a_list_of_opt_outs_is_read_as_people_keep_it(peopled: Path, encoding: str) -> None:
    lines = ['="0639980001"', "'0639980002", "\u00a0b@example.org;", '"a@example.org"']
    if encoding != "cp1252":
        lines.append("c@example.org\u200b")
    file = peopled.parent / "stop.txt"
    file.write_text("\r\n".join(lines), encoding=encoding)

    answer = reflexe(peopled, "optout", "add", "--file", str(file))

    assert answer.code == 0
    assert f"{len(lines)} addresses and numbers are opted out" in answer.out
