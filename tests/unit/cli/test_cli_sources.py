"""``reflexe sources``: a real directory shown, read, cut, and what was done told."""

from pathlib import Path

import pytest

from tests.commands import Answer, reflexe
from tests.parts.directory import PASSWORD, PEOPLE, READER, Directory
from tests.worlds import write_config

FOLDER = """
sources:
  staff:
    origin: Fichier du personnel
    basis: legitimate-interest
    folder: {path: depot, quiet: 0}
"""
HEAD = "matricule;email;prenom\n"


def people(first: int, last: int) -> str:
    return HEAD + "".join(f"M{n};p{n}@example.org;Élise\n" for n in range(first, last))


class Site:
    """An installation whose staff come from a folder."""

    def __init__(self, folder: Path) -> None:
        self.config = write_config(folder)
        self.config.write_text(self.config.read_text() + FOLDER, encoding="utf-8")
        self.depot = folder / "depot"
        self.depot.mkdir()

    def put(self, name: str, text: str) -> None:
        (self.depot / name).write_text(text, encoding="utf-8")

    def say(self, *words: str) -> Answer:
        return reflexe(self.config, "sources", *words)


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return Site(tmp_path)


def test_a_dry_run_shows_the_columns_and_notes_nothing(site: Site) -> None:
    site.put("personnel.csv", people(1, 4))

    shown = site.say("read", "staff", "--dry-run")

    assert shown.code == 0
    assert "matricule" in shown.out
    assert "p1@example.org" in shown.out
    assert "Nothing was written. The import would give:" in shown.out
    assert not (site.config.parent / "var" / "reflexe.db").exists()


def test_a_reading_is_taken_once_listed_and_guarded(site: Site) -> None:
    site.put("a.csv", people(1, 11))
    first = site.say("read", "staff", "--by", "Ana Bret")
    again = site.say("read", "staff")
    site.put("b.csv", people(1, 4))
    cut = site.say("read", "staff")
    listed = site.say("list")

    assert (first.code, again.code, cut.code, listed.code) == (0, 0, 1, 0)
    assert "10 people with an address are taken in." in first.out
    assert "There is nothing new to read." in again.out
    assert "less than half, nothing is replaced" in cut.err
    found = site.say("list", "staff", "--json").json
    assert [(one["outcome"], one["people"], one["added"]) for one in found] == [
        ("refused", 3, 0),
        ("taken", 10, 10),
    ]
    assert found[1]["by"] == "Ana Bret"
    assert found[0]["cause"] == "less-than-half"
    assert "p1@" not in listed.out


def test_yes_takes_what_was_refused(site: Site) -> None:
    site.put("a.csv", people(1, 11))
    site.say("read", "staff")
    site.put("b.csv", people(1, 4))
    assert site.say("read", "staff").code == 1

    assert "nothing new" in site.say("read", "staff").out

    taken = site.say("read", "staff", "--yes", "--by", "Ana Bret")

    assert taken.code == 0
    assert "7 people who left the audience" in taken.out


def test_french_says_it_in_french(site: Site) -> None:
    site.put("a.csv", people(1, 11))
    site.say("read", "staff")
    site.put("b.csv", people(1, 4))

    cut = reflexe(site.config, "--lang", "fr", "sources", "read", "staff")

    assert "moins de la moitié" in cut.err
    assert "je ne remplace rien" in cut.err


def test_an_audience_without_a_source_is_told(site: Site) -> None:
    told = site.say("read", "patients")

    assert told.code == 2
    assert "config.yaml names no source of patients; it names: staff" in told.err


def test_a_directory_is_read_from_its_section_to_the_ledger(
    tmp_path: Path, staff_directory: Directory, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = write_config(tmp_path)
    section = f"""
sources:
  staff:
    origin: Annuaire, DSI
    basis: legitimate-interest
    ldap:
      url: {staff_directory.ldap}
      ca_file: {staff_directory.certificates.authority}
      bind_dn: {READER}
      base: "{PEOPLE}"
      attributes: {{key: employeeNumber, email: mail, prenom: givenName}}
"""
    config.write_text(config.read_text() + section, encoding="utf-8")
    secret = tmp_path / "password"
    secret.write_text(f"{PASSWORD}\n")
    secret.chmod(0o600)
    monkeypatch.setenv("REFLEXE_SOURCES__STAFF__LDAP__PASSWORD_FILE", str(secret))

    dry = reflexe(config, "sources", "read", "staff", "--dry-run")
    taken = reflexe(config, "sources", "read", "staff")
    listed = reflexe(config, "contacts", "list", "staff", "--clear", "--json").json

    assert "employeeNumber" in dry.out
    assert "2995 people with an address are taken in." in taken.out
    assert {"M02990", "M02993"} <= {one["key"] for one in listed}
    assert PASSWORD not in dry.out + dry.err + taken.out + taken.err
