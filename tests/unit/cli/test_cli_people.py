"""import, contacts and optout, said as an operator says them, on a real ledger."""

import csv
import shutil
import sqlite3
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.commands import Answer, reflexe
from tests.new_ledger import with_ledger
from tests.parts.processes import wait_until
from tests.workbooks import xlsx
from tests.worlds import AUDIENCE, PATIENTS, STAFF, write_config

STAFF_WORDS = ("--origin", "logiciel des ressources humaines", "--basis", "legitimate-interest")


@pytest.fixture
def config(tmp_path: Path) -> Path:
    return with_ledger(write_config(tmp_path))


def take_in(config: Path, text: str, *words: str, audience: str = "staff") -> Answer:
    path = config.parent / f"{audience}.csv"
    path.write_text(text, encoding="utf-8")
    given = words or STAFF_WORDS
    return reflexe(config, "import", audience, str(path), *given)


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger with five people, made once."""
    config = write_config(tmp_path_factory.mktemp("peopled"))
    take_in(config, STAFF)
    take_in(config, PATIENTS, "--origin", "x", "--basis", "consent", audience="patients")
    return config


@pytest.fixture
def peopled(once: Path, tmp_path: Path) -> Path:
    """A copy of it for each test."""
    return shutil.copytree(once.parent, tmp_path / "peopled") / once.name


def test_an_import_says_what_it_did(config: Path) -> None:
    first = take_in(config, STAFF, *STAFF_WORDS, "--json")
    again = take_in(config, STAFF, *STAFF_WORDS, "--json")

    assert first.code == 0
    assert (first.json["rows"], first.json["added"], first.json["renewed"]) == (3, 3, 0)
    assert first.json["without_proof"] == {"sms": 1}
    assert (again.json["added"], again.json["renewed"]) == (0, 3)


def test_a_dry_run_writes_nothing(config: Path) -> None:
    assert reflexe(config, "migrate").code == 0
    answer = take_in(config, STAFF, *STAFF_WORDS, "--dry-run")

    assert "Nothing was written" in answer.out
    assert reflexe(config, "contacts", "list", "--json").json == []


def test_bad_rows_are_told_and_are_a_fault(config: Path) -> None:
    answer = take_in(
        config, STAFF + "A4;Zoé;zoe arobase example.org;;fr;;;\n", *STAFF_WORDS, "--json"
    )

    assert answer.code == 1
    assert {one["row"] for one in answer.json["bad_rows"]} == {5}
    assert "zoe" not in answer.out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--basis", "legitimate-interest"), "--origin"),
        (("--origin", "x"), "--basis"),
        (("--origin", " ", "--basis", "legitimate-interest"), "--origin is empty"),
        (("--origin", "x", "--basis", "contract"), "consent, legitimate-interest"),
        (("--origin", "x", "--basis", "consent", "--mode", "merge"), "--mode"),
    ],
)
def test_an_import_without_its_grounds_is_refused(
    config: Path, words: tuple[str, ...], said: str
) -> None:
    assert reflexe(config, "migrate").code == 0

    answer = take_in(config, STAFF, *words)

    assert answer.code == 2
    assert said in answer.err
    assert reflexe(config, "contacts", "list", "--json").json == []


def test_an_audience_that_selects_from_another_takes_no_file(config: Path) -> None:
    rule = AUDIENCE.format(label="Cadres", key="matricule", email_basis="legitimate-interest")
    rule = rule.replace("prenom: {label: Prénom}", "prenom: {label: Prénom, segment: true}")
    audiences = config.parent / "audiences"
    (audiences / "staff.yaml").write_text(rule, encoding="utf-8")
    (audiences / "managers.yaml").write_text(
        "label: Cadres\nof: staff\nrule: {prenom: [Marie]}\n"
        "channels: {email: {basis: legitimate-interest}}\n",
        encoding="utf-8",
    )
    text = config.read_text(encoding="utf-8")
    config.write_text(text.replace("[staff,", "[managers, staff,"), encoding="utf-8")
    take_in(config, STAFF)

    refused = take_in(config, STAFF, *STAFF_WORDS, audience="managers")

    assert refused.code == 2
    assert "import into staff" in refused.err
    listed = reflexe(config, "contacts", "list", "managers", "--json").json
    assert [one["key"] for one in listed] == ["A1"]


def test_replace_asks_before_it_ends_more_than_half(config: Path) -> None:
    take_in(config, STAFF)
    shorter = "\n".join(STAFF.split("\n")[:2]) + "\n"

    refused = take_in(config, shorter, *STAFF_WORDS, "--mode", "replace")
    done = take_in(config, shorter, *STAFF_WORDS, "--mode", "replace", "--yes", "--json")

    assert refused.code == 2
    assert "--yes" in refused.err
    assert done.json["ended"] == 2


def test_two_imports_at_once_and_one_that_is_killed(config: Path) -> None:
    many = STAFF + "".join(f"B{n};Zoé;b{n}@example.org;;fr;;;\n" for n in range(20_000))
    file = config.parent / "many.csv"
    file.write_text(many, encoding="utf-8")
    words = ["import", "staff", str(file), *STAFF_WORDS, "--mode", "replace", "--yes"]
    take_in(config, STAFF)

    first = subprocess.Popen([sys.executable, "-m", "scheduler", "--config", str(config), *words])
    ledger = sqlite3.connect(config.parent / "var" / "reflexe.db")
    wait_until(lambda: ledger.execute("SELECT * FROM lease").fetchall() != [], "the lease")
    second = reflexe(config, *words)
    first.kill()
    first.wait()

    assert second.code == 2
    assert f"process {first.pid}, since " in second.err
    (left,) = ledger.execute("SELECT until FROM lease").fetchone()
    assert left / 1000 - time.time() < 60
    with ledger:
        ledger.execute("UPDATE lease SET until = 0")
    ledger.close()
    again = reflexe(config, *words, "--json")
    assert again.code == 0
    assert again.json["ended"] == 0
    assert len(reflexe(config, "contacts", "list", "staff", "--json").json) == 20_003


def test_addresses_are_masked_unless_asked_for(peopled: Path) -> None:
    masked = reflexe(peopled, "contacts", "list", "staff", "--json")
    clear = reflexe(peopled, "contacts", "list", "staff", "--json", "--clear")

    assert masked.json[0]["email"] == "m***@e***.org"
    assert "marie@example.org" not in masked.out + reflexe(peopled, "contacts", "list").out
    assert clear.json[0]["email"] == "marie@example.org"


@pytest.mark.parametrize("who", ["A1", "#1", "MARIE@example.org", "06 39 98 00 01", "+33639980001"])
def test_a_person_is_found_by_whatever_is_known_of_them(peopled: Path, who: str) -> None:
    (dossier,) = reflexe(peopled, "contacts", "show", who, "--json").json

    assert dossier["key"] == "A1"
    assert dossier["email"] == "marie@example.org"
    assert dossier["source"][0]["origin"] == "logiciel des ressources humaines"
    assert dossier["consents"][0]["wording"] == "J’accepte."
    assert "john" not in str(dossier)


def test_a_person_reads_their_data_in_french(peopled: Path, tmp_path: Path) -> None:
    out = tmp_path / "dossier.txt"

    shown = reflexe(peopled, "contacts", "show", "A1")
    written = reflexe(peopled, "contacts", "show", "A1", "--out", str(out), "--by", "Camille")

    assert "Adresse électronique\u00a0: marie@example.org" in shown.out
    assert "SMS\u00a0: donné le jeudi 15 janvier 2026" in shown.out
    assert "marie" not in written.out
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    assert "consultation le" in out.read_text(encoding="utf-8")
    acts = reflexe(peopled, "audit", "list", "--json")
    latest = acts.json[0]
    assert (latest["actor"], latest["act"]) == ("Camille", "show")
    assert latest["subject"] == "contact 1"
    assert "marie" not in acts.out


def test_nobody_sees_in_an_export_who_of_the_staff_gave_their_own_number(
    peopled: Path, tmp_path: Path
) -> None:
    staff, everybody, whole = (tmp_path / name for name in ("staff.csv", "all.csv", "whole.csv"))

    reflexe(peopled, "contacts", "export", "staff", "--out", str(staff))
    reflexe(peopled, "contacts", "export", "--out", str(everybody))
    reflexe(peopled, "contacts", "export", "staff", "--out", str(whole), "--all-proofs")

    def proofs(path: Path) -> list[str]:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return [row["consent_sms_wording"] for row in csv.DictReader(file, delimiter=";")]

    assert proofs(staff) == ["", "", ""]
    assert proofs(everybody) == ["", "", "", "J’accepte.", ""]
    assert proofs(whole) == ["J’accepte.", "J’accepte.", ""]
    listed = reflexe(peopled, "contacts", "list", "staff", "--clear", "--json")
    assert "consent" not in listed.out
    acts = [one["act"] for one in reflexe(peopled, "audit", "list", "--json").json]
    assert acts[:4] == ["list-clear", "export-proofs", "export", "export"]


def test_nobody_found_is_wrong_use(peopled: Path) -> None:
    assert reflexe(peopled, "contacts", "show", "A999").code == 2


def test_an_export_can_be_imported_again(peopled: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    elsewhere = write_config(other)
    out = tmp_path / "out.csv"

    exported = reflexe(peopled, "contacts", "export", "patients", "--out", str(out))

    assert exported.code == 0
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    words = ("--origin", "x", "--basis", "consent", "--json")
    taken = reflexe(elsewhere, "import", "patients", str(out), *words)
    assert (taken.json["added"], taken.json["without_proof"]) == (2, {"email": 1, "sms": 1})
    listed = ("contacts", "list", "patients", "--json", "--clear")
    assert [one["email"] for one in reflexe(elsewhere, *listed).json] == [
        one["email"] for one in reflexe(peopled, *listed).json
    ]


def test_no_exported_cell_runs_as_a_formula(config: Path, tmp_path: Path) -> None:
    formulas = ["=1+1", "+1", "-1", "@x", "＝1", "'=1", '"=1', " =1"]
    rows = [["matricule", "prenom", "email"]]
    rows += [[f"K{n}", cell, f"k{n}@example.org"] for n, cell in enumerate(formulas)]
    source, out = config.parent / "formulas.csv", tmp_path / "out.csv"
    with source.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    reflexe(config, "import", "staff", str(source), *STAFF_WORDS)

    reflexe(config, "contacts", "export", "staff", "--out", str(out))

    with out.open(encoding="utf-8-sig", newline="") as file:
        cells = [row["prenom"] for row in csv.DictReader(file, delimiter=";")]
    assert len(cells) == len(formulas)
    assert all(cell.startswith("'") for cell in cells)
    reflexe(config, "import", "staff", str(out), *STAFF_WORDS)
    reflexe(config, "contacts", "export", "staff", "--out", str(tmp_path / "again.csv"))
    assert (tmp_path / "again.csv").read_bytes() == out.read_bytes()
    (shown,) = reflexe(config, "contacts", "show", "K0", "--json").json
    assert shown["fields"] == {"prenom": "=1+1"}


def test_everyone_can_be_exported_at_once(peopled: Path, tmp_path: Path) -> None:
    out = tmp_path / "all.csv"

    reflexe(peopled, "contacts", "export", "--out", str(out))

    with out.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    assert [(row["audience"], row["key"]) for row in rows] == [
        *(("staff", f"A{n}") for n in (1, 2, 3)),
        *(("patients", f"R{n}") for n in (1, 2)),
    ]


def test_erasing_asks_first(peopled: Path) -> None:
    asked = reflexe(peopled, "contacts", "erase", "A1", typed="n\n")

    assert asked.code == 1
    assert reflexe(peopled, "contacts", "show", "A1").code == 0


def test_an_erased_person_is_gone_and_stays_out(peopled: Path) -> None:
    reflexe(peopled, "contacts", "erase", "A1", "--yes")

    assert reflexe(peopled, "contacts", "show", "marie@example.org").code == 2
    assert take_in(peopled, STAFF, *STAFF_WORDS, "--json").json["opted_out"] == 2
    opted_out = reflexe(peopled, "optout", "list", "--json").json
    assert {one["reason"] for one in opted_out} == {"erased"}


def test_the_command_is_a_program(config: Path) -> None:
    words = [sys.executable, "-m", "scheduler", "--config", str(config), "optout", "add", "x"]

    done = subprocess.run(words, capture_output=True, text=True, check=False)

    assert done.returncode == 2
    assert done.stderr.startswith("reflexe: neither an e-mail address nor a telephone number")


def test_a_dry_run_shows_the_columns_with_three_of_their_cells(config: Path) -> None:
    lines = [f"A{n};Zoé;a{n}@example.org;0639980{n:03}" for n in range(9)]
    content = "\n".join(["Liste des agents;;;", "Matricule;Prénom;Courriel;Portable", *lines, ""])

    shown = take_in(config, content, *STAFF_WORDS, "--dry-run")
    taken = take_in(config, content, *STAFF_WORDS)
    told = take_in(config, content, *STAFF_WORDS, "--json").json

    assert "a0@example.org · a1@example.org · a2@example.org" in shown.out
    assert "the header is row 2" in shown.out
    assert "Courriel" in taken.out
    assert "a0@example.org" not in taken.out
    assert [(one["column"], one["meaning"]) for one in told["columns"]] == [
        (1, "matricule"),
        (2, "prenom"),
        (3, "email"),
        (4, "phone"),
    ]
    assert "samples" not in told["columns"][0]


def test_the_operator_settles_a_column(config: Path) -> None:
    content = "matricule;Mail;Courriel\nA1;a@example.org;b@example.org\n"

    refused = take_in(config, content)
    settled = take_in(config, content, *STAFF_WORDS, "--columns", "email=Courriel")
    nonsense = take_in(config, content, *STAFF_WORDS, "--columns", "email")

    assert (refused.code, settled.code, nonsense.code) == (2, 0, 2)
    assert "--columns email=" in refused.err
    listed = reflexe(config, "contacts", "list", "--clear", "--json").json
    assert [one["email"] for one in listed] == ["b@example.org"]


def test_a_workbook_is_taken_in_and_its_sheet_may_be_named(config: Path) -> None:
    header = ["matricule", "email", "tel"]
    file = config.parent / "agents.csv"
    file.write_bytes(
        xlsx(
            {
                "Nord": [header, ["A1", "a@example.org", 639980001.0]],
                "Sud": [header, ["A2", "b@example.org", None]],
            }
        )
    )

    refused = reflexe(config, "import", "staff", str(file), *STAFF_WORDS)
    taken = reflexe(config, "import", "staff", str(file), *STAFF_WORDS, "--sheet", "Nord", "--json")

    assert "several sheets may be meant" in refused.err
    assert taken.json["told"] == {"number-completed": {"count": 1, "rows": [2]}}
    listed = reflexe(config, "contacts", "list", "--clear", "--json").json
    assert [one["phone"] for one in listed] == ["+33639980001"]


def test_whoever_died_since_the_last_file_is_a_member_no_more(config: Path) -> None:
    header = "matricule;email;Date de décès\n"
    take_in(config, f"{header}A1;a@example.org;\nA2;b@example.org;\n")

    answer = take_in(config, f"{header}A1;a@example.org;2026-03-02\n", *STAFF_WORDS, "--json")

    assert answer.json["told"] == {"deceased": {"count": 1, "rows": [2]}}
    assert answer.json["ended"] == 1
    assert "2026-03-02" not in answer.out
    listed = reflexe(config, "contacts", "list", "--json").json
    assert [one["key"] for one in listed] == ["A2"]


def test_an_address_that_two_rows_have_is_told_once_for_each(config: Path) -> None:
    content = "matricule;email\nA1;a@example.org\nA2;A@example.org\nA3;c@example.org\n"

    told = take_in(config, content, *STAFF_WORDS, "--json").json["told"]

    assert told == {"address-twice": {"count": 1, "rows": [3]}}
