"""``sources:``: what is refused with its remedy, whence secrets come, what stays as it was."""

from datetime import timedelta
from pathlib import Path

import pytest

from scheduler.config.configuration import Configuration
from scheduler.config.loading import load
from scheduler.domain.errors import ConfigError
from tests.parts.daemon import FOUND
from tests.worlds import write_config

LDAP = """
sources:
  staff:
    origin: Annuaire, DSI
    basis: legitimate-interest
    ldap:
      url: ldaps://annuaire.example.org
      ca_file: annuaire.pem
      base: ou=Personnel,dc=example,dc=org
      bind_dn: cn=lecteur,dc=example,dc=org
      attributes: {key: employeeID, email: mail}
"""
PASSWORD = {"REFLEXE_SOURCES__STAFF__LDAP__PASSWORD": "s3cret"}


def read(folder: Path, more: str, environment: dict[str, str] | None = None) -> Configuration:
    config = write_config(folder)
    config.write_text(config.read_text() + more, encoding="utf-8")
    return load(config, {**FOUND, **(PASSWORD if environment is None else environment)})


def test_without_a_source_nothing_is_different(tmp_path: Path) -> None:
    assert read(tmp_path, "", {}).settings.sources == {}


def test_a_directory_is_read_with_its_password_from_the_environment(tmp_path: Path) -> None:
    found = read(tmp_path, LDAP).settings.sources["staff"]

    assert found.ldap is not None
    assert found.ldap.password is not None
    assert found.ldap.password.get_secret_value() == "s3cret"
    assert found.ldap.ca_file == tmp_path / "annuaire.pem"
    assert (found.kind, found.interval, found.mode) == ("ldap", timedelta(days=1), "replace")


def test_a_variable_names_an_audience_with_a_hyphen(tmp_path: Path) -> None:
    config = write_config(tmp_path)
    staff = (tmp_path / "audiences" / "staff.yaml").read_text()
    (tmp_path / "audiences" / "mon-equipe.yaml").write_text(staff)
    text = config.read_text().replace("[staff, patients]", "[staff, patients, mon-equipe]")
    config.write_text(text + LDAP.replace("  staff:", "  mon-equipe:"), encoding="utf-8")

    found = load(config, {**FOUND, "REFLEXE_SOURCES__MON_EQUIPE__LDAP__PASSWORD": "s3cret"})

    ldap = found.settings.sources["mon-equipe"].ldap
    assert ldap is not None
    assert ldap.password is not None


@pytest.mark.parametrize(
    ("kind", "every", "interval"),
    [
        ("folder: {path: depot}", "", timedelta(minutes=1)),
        ("folder: {path: depot}", "every: 15m", timedelta(minutes=15)),
        ("https: {url: 'https://rh.example.org/p.csv'}", "every: 6h", timedelta(hours=6)),
        ("sql: {url: 'sqlite:///rh.db', query: SELECT 1}", "every: 2d", timedelta(days=2)),
    ],
)
def test_each_kind_has_its_time_and_paths_start_at_config_yaml(
    tmp_path: Path, kind: str, every: str, interval: timedelta
) -> None:
    more = f"""
sources:
  staff:
    origin: RH
    basis: legitimate-interest
    {every}
    {kind}
"""

    source = read(tmp_path, more, {}).settings.sources["staff"]

    assert source.interval == interval
    if source.folder:
        assert source.folder.path == tmp_path / "depot"
    if source.sql:
        assert source.sql.url == f"sqlite:///{tmp_path}/rh.db"


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("ldaps://annuaire", "ldap://annuaire", ""),
        ("ldaps://annuaire", "http://annuaire", "must be ldaps://host or ldap://host"),
        ("      base:", "      start_tls: false\n      base:", ""),
        (
            "ldaps://annuaire.example.org",
            "ldap://annuaire.example.org\n      start_tls: false",
            "in the clear",
        ),
        ("{key: employeeID, email: mail}", "{key: employeeID}", "name no address"),
        ("  staff:", "  nobody:", "no audience 'nobody'"),
        ("legitimate-interest", "contract", "no basis of staff"),
        ("    ldap:", "    folder: {path: x}\n    ldap:", "of one kind"),
        ("    ldap:", "    every: soon\n    ldap:", "write 15m, 6h or 1d"),
    ],
)
def test_what_is_wrong_is_told(tmp_path: Path, old: str, new: str, words: str) -> None:
    more = LDAP.replace(old, new)
    name = "NOBODY" if "nobody" in new else "STAFF"
    environment = {f"REFLEXE_SOURCES__{name}__LDAP__PASSWORD": "s3cret"}
    if not words:
        assert read(tmp_path, more, environment).settings.sources
        return

    with pytest.raises(ConfigError) as refused:
        read(tmp_path, more, environment)

    assert words in str(refused.value)
    assert "pattern" not in str(refused.value)
    assert "s3cret" not in str(refused.value)


def test_an_account_without_its_password_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="bind_dn and password go together"):
        read(tmp_path, LDAP, {})


def test_a_secret_in_the_shared_file_is_warned_of(tmp_path: Path) -> None:
    more = LDAP.replace("      base:", "      password: s3cret\n      base:")
    sql = """
  patients:
    origin: Admissions
    basis: consent
    sql: {url: "postgresql+psycopg://rh:hidden@db.example.org/rh", query: SELECT 1}
"""

    found = read(tmp_path, more + sql, {})

    warned = [one for one in found.warnings if "is a secret in a file" in one]
    assert [one.split(": ")[1].split()[0] for one in warned] == [
        "sources.staff.ldap.password",
        "sources.patients.sql.url",
    ]
    assert "hidden" not in str(found.warnings)


@pytest.mark.parametrize(
    ("source", "fault"),
    [
        ("https: {url: 'https://rh.example.org/salariés.csv'}", "%C3%A9"),
        ("https: {url: 'https://rh.example.org/a b.csv'}", "%C3%A9"),
        ("https: {url: 'https://rh.example.org:70000/p.csv'}", "65535"),
        (
            "ldap: {url: 'ldaps://annuaire.example.org:0', base: o=x, attributes: {email: mail}}",
            "65535",
        ),
    ],
)
def test_an_address_that_nobody_could_ask_is_refused(
    tmp_path: Path, source: str, fault: str
) -> None:
    more = f"\nsources:\n  staff:\n    origin: RH\n    basis: legitimate-interest\n    {source}\n"

    with pytest.raises(ConfigError, match=fault):
        read(tmp_path, more, {})


KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJlp6j5ySLjJeEVJkHKkZ6QwLuZZ0dWSg9ZkYkYH6m2b"
SFTP = f"""
sources:
  staff:
    origin: RH, dépôt du soir
    basis: legitimate-interest
    sftp:
      url: sftp://depot.example.org:2222
      host_key: depot.example.org {KEY}
      username: reflexe
"""
SFTP_PASSWORD = {"REFLEXE_SOURCES__STAFF__SFTP__PASSWORD": "s3cret"}


def test_a_server_is_known_by_the_line_that_ssh_keyscan_shows(tmp_path: Path) -> None:
    private = tmp_path / "id_ed25519"
    private.write_text("-----BEGIN OPENSSH PRIVATE KEY-----\nabc\n-----END\n")
    told = {"REFLEXE_SOURCES__STAFF__SFTP__PRIVATE_KEY_FILE": str(private)}

    source = read(tmp_path, SFTP, told).settings.sources["staff"]

    assert (source.kind, source.interval) == ("sftp", timedelta(days=1))
    assert source.sftp is not None
    assert (source.sftp.host_key, source.sftp.path) == ([KEY], ".")
    assert source.sftp.private_key is not None
    assert source.sftp.private_key.get_secret_value().count("\n") == 2


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("sftp://depot.example.org:2222", "sftp://depot.example.org/sortie", "the folder is path"),
        ("sftp://depot", "sftp://reflexe@depot", "give username"),
        (":2222", ":70000", "65535"),
        (KEY, "SHA256:2rWhFXT", "no public key of a server"),
        (KEY, KEY.replace("ssh-ed25519", "ssh-rsa"), "no public key of a server"),
        (f"depot.example.org {KEY}", "[]", "at least 1"),
        ("      username: reflexe\n", "", "username"),
        ("username: reflexe", "username: reflexe\n      quiet: 300", "longer than quiet"),
        ("username: reflexe", "username: reflexe\n      passphrase: x", "opens a private_key"),
        ("username: reflexe", "username: reflexe\n      private_key: x", "one way in"),
        ("    sftp:", "    folder: {path: x}\n    sftp:", "of one kind"),
    ],
)
def test_what_is_wrong_with_a_server_is_told(
    tmp_path: Path, old: str, new: str, words: str
) -> None:
    assert old in SFTP

    with pytest.raises(ConfigError, match=words) as refused:
        read(tmp_path, SFTP.replace(old, new), SFTP_PASSWORD)

    assert "s3cret" not in str(refused.value)


def test_a_server_that_nothing_signs_in_to_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="give password or private_key"):
        read(tmp_path, SFTP, {})


def test_the_secrets_of_a_server_in_the_shared_file_are_warned_of(tmp_path: Path) -> None:
    more = SFTP + "      private_key: hidden\n      passphrase: hidden\n"

    warned = [one for one in read(tmp_path, more, {}).warnings if "is a secret in a file" in one]

    assert [one.split(": ")[1].split()[0] for one in warned] == [
        "sources.staff.sftp.private_key",
        "sources.staff.sftp.passphrase",
    ]
    assert "hidden" not in str(warned)
