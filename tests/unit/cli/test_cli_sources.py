"""``reflexe sources``: a real directory shown, read, cut, and what was done told."""

import sys
from pathlib import Path

import pytest

from tests.commands import Answer, reflexe
from tests.flow_world import write_installation
from tests.parts import sftp_server as sftp
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
ED25519 = "AAAAC3NzaC1lZDI1NTE5AAAAIJlp6j5ySLjJeEVJkHKkZ6QwLuZZ0dWSg9ZkYkYH6m2b"


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


SFTP = """
sources:
  staff:
    origin: RH, dépôt du soir
    basis: legitimate-interest
    sftp:
      url: sftp://127.0.0.1:{port}
      host_key: {key}
      username: rh
      quiet: 0
"""


def test_a_server_s_file_is_shown_read_once_and_guarded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REFLEXE_SOURCES__STAFF__SFTP__PASSWORD", sftp.PASSWORD)
    (tmp_path / "depot").mkdir()
    with sftp.sftp_drop(tmp_path / "depot") as drop:
        config = write_config(tmp_path)
        section = SFTP.format(port=drop.port, key=drop.public)
        config.write_text(config.read_text() + section, encoding="utf-8")

        drop.put("personnel.csv", people(1, 11))
        shown = reflexe(config, "sources", "read", "staff", "--dry-run")
        first = reflexe(config, "sources", "read", "staff")
        again = reflexe(config, "sources", "read", "staff")
        drop.put("personnel.csv", people(1, 4))
        cut = reflexe(config, "sources", "read", "staff")
        drop.connections[-1].abort()
        drop.on_read = lambda session, offset: session.cut()
        drop.put("personnel.csv", people(1, 12))
        broken = reflexe(config, "--lang", "fr", "sources", "read", "staff")

    assert "p1@example.org" in shown.out
    assert "10 people with an address are taken in." in first.out
    assert "nothing has changed" in again.out
    assert (cut.code, "less than half, nothing is replaced" in cut.err) == (1, True)
    assert (broken.code, "s’est interrompu" in broken.err) == (1, True)
    found = reflexe(config, "sources", "list", "staff", "--json").json
    assert [one["outcome"] for one in found] == ["failed", "refused", "unchanged", "taken"]
    assert drop.changed == []


def test_what_config_yaml_asks_for_and_lacks_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "asyncssh", None)
    monkeypatch.setenv("REFLEXE_SOURCES__STAFF__SFTP__PASSWORD", "s3cret")
    config = write_installation(tmp_path)
    section = SFTP.format(port=22, key=f"ssh-ed25519 {ED25519}")
    config.write_text(config.read_text() + section, encoding="utf-8")

    run = reflexe(config, "run")
    french = reflexe(config, "--lang", "fr", "run")
    checked = reflexe(config, "check")
    upgraded = reflexe(config, "upgrade-check")

    assert (run.code, "sources.staff.sftp" in run.err, "Traceback" in run.err) == (2, True, False)
    assert "pip install 'reflexe[sftp]', or take the source away" in run.err
    assert "ou retirez la source" in french.err
    # A writer's machine may do without.
    assert (checked.code, "reflexe[sftp]" in checked.err) == (0, True)
    assert (upgraded.code, "reflexe[sftp]" in upgraded.out) == (1, True)
