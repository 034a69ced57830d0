"""Reading the configuration: what it gives, and how each fault is told."""

import pkgutil
import shutil
from collections.abc import Mapping
from datetime import time
from decimal import Decimal
from importlib import import_module
from pathlib import Path

import pytest

import scheduler.channels
from scheduler.config.configuration import Configuration
from scheduler.config.loading import load
from scheduler.config.provider_names import known_providers
from scheduler.domain.calendar.campaigns import Rank, Shift
from scheduler.domain.errors import ConfigError, Fault, NotFound
from tests.flow_world import CONFIG, EVENT, PATIENTS_FILE, SERIES, STAFF_FILE, write_installation

ROOT = Path(__file__).parents[3]


def faults(
    folder: Path,
    config: str = CONFIG + SERIES,
    *,
    environment: Mapping[str, str] | None = None,
    staff: str = STAFF_FILE,
) -> list[Fault]:
    """What is said of this configuration, which can't be used."""
    path = write_installation(folder, audiences={"staff": staff})
    path.write_text(config, encoding="utf-8")
    with pytest.raises(ConfigError) as refused:
        load(path, environment or {})
    return refused.value.faults


def read(
    folder: Path,
    config: str = CONFIG + SERIES,
    *,
    environment: Mapping[str, str] | None = None,
    staff: str = STAFF_FILE,
) -> Configuration:
    path = write_installation(folder, audiences={"staff": staff})
    path.write_text(config, encoding="utf-8")
    return load(path, environment or {})


def changed(old: str, new: str, config: str = CONFIG + SERIES) -> str:
    assert old in config
    return config.replace(old, new)


def line_of(text: str, config: str) -> int:
    """The number of the line that holds this."""
    return next(n for n, line in enumerate(config.splitlines(), 1) if text in line)


def test_the_shipped_configuration_is_read_without_a_warning() -> None:
    configuration = load(ROOT / "config.yaml", {})

    assert [audience.name for audience in configuration.audiences] == ["staff", "patients"]
    assert configuration.settings.channels.sms.price_per_segment == Decimal("0.0798")


def test_relative_paths_start_at_the_configurations_folder(tmp_path: Path) -> None:
    configuration = read(tmp_path)

    assert configuration.settings.keys.file == tmp_path / "var" / "keys.json"
    assert configuration.settings.database.url == f"sqlite:///{tmp_path}/var/reflexe.db"
    assert configuration.settings.outbox.path == tmp_path / "var" / "outbox"
    assert configuration.var == tmp_path / "var"


def test_a_postgresql_ledger_leaves_the_rest_in_var(tmp_path: Path) -> None:
    url = "postgresql+psycopg://reflexe@db/reflexe"
    configuration = read(tmp_path, environment={"REFLEXE_DATABASE__URL": url})

    assert configuration.settings.database.url == url
    assert configuration.var == tmp_path / "var"


def test_audiences_say_their_ground_and_their_sundays(tmp_path: Path) -> None:
    staff = STAFF_FILE + "shift: {email: monday-08:30, sms: saturday}\n"
    configuration = read(tmp_path, staff=staff)

    email, sms = configuration.audience("staff").channels.values()
    assert (email.basis, email.shift, email.shift_at) == (
        "legitimate-interest",
        Shift.MONDAY,
        time(8, 30),
    )
    assert (sms.basis, sms.shift, sms.shift_at) == ("consent", Shift.SATURDAY, None)
    patients = configuration.audience("patients").channels
    assert (patients["email"].shift, patients["sms"].shift) == (Shift.NONE, Shift.MONDAY)


def test_an_audience_that_selects_from_another_has_its_fields(tmp_path: Path) -> None:
    managers = (
        "label: Cadres\nof: staff\nchannels: {email: {basis: contract}}\n"
        "rule: {service: [Direction]}\n"
    )
    path = write_installation(tmp_path, audiences={"managers": managers})
    path.write_text(changed("[staff, patients]", "[managers, staff]"), encoding="utf-8")

    audience = load(path, {}).audience("managers")

    assert (audience.source, audience.key) == ("staff", "matricule")
    assert [field.name for field in audience.fields] == ["prenom", "service"]
    assert dict(audience.rule) == {"service": ("Direction",)}


def test_a_campaign_has_the_rank_of_its_kind_and_every_audience(tmp_path: Path) -> None:
    configuration = read(tmp_path, CONFIG + SERIES + EVENT)

    series, event = configuration.campaigns
    assert (series.rank, event.rank) == (Rank.EPISODE, Rank.INVITATION)
    assert series.audiences == ("staff", "patients")
    with pytest.raises(NotFound, match="cybermois, webinaire"):
        configuration.campaign("ailleurs")
    with pytest.raises(NotFound, match="staff, patients"):
        configuration.audience("ailleurs")


@pytest.mark.parametrize(
    ("old", "new", "key", "said"),
    [
        ("web: {public_url", "web: {public_ulr", "web.public_ulr", "did you mean 'public_url'"),
        ("  sms: {sender: CHESSAI", "  sms: {sendr: CHESSAI", "channels.sms.sendr", "'sender'"),
        ("audiences: [", "nonsense: 1\naudiences: [", "nonsense", "unknown key"),
        ("organisation:", "organisation:\n  nam: x", "organisation.nam", "did you mean 'name'"),
        ("dpo: dpo@example.org", "dpo: personne", "organisation.dpo", "no @"),
        ('"https://cyber', '"http://cyber', "web.public_url", "must be an https address"),
        ("CHESSAI", "+33612345678", "channels.sms.sender", "3 to 11 letters and digits"),
        ("CHESSAI", '"+33612345678"', "channels.sms.sender", "forbidden to automated sending"),
        ("CHESSAI", "Alerte", "channels.sms.sender", "names nobody"),
        ("domain: retour.example.org", "domain: retour..org", "return_path_domain", "domain"),
        ("kind: series", "kind: serie", "campaigns.cybermois.kind", "'series'"),
        ("kind: series", 'kind: series\n    at: "02:30"', "campaigns.cybermois.at", "02:00"),
        ("kind: series", "kind: series\n    at: 10:00", "campaigns.cybermois.at", "in quotes"),
        ("kind: series", 'kind: series\n    at: "06:59"', "cybermois.at", "outside the hours"),
        ("kind: series", 'kind: series\n    at: "20:00"', "cybermois.at", "channel sms"),
        ("kind: series", "kind: series\n    audiences: [usagers]", "audiences", "no audience"),
        ("kind: series", "kind: series\n    channels: [telex]", "channels", "no channel 'telex'"),
        ("sunday-1", "sunday-5", "episodes.un.when", "no rule of a series"),
        ("sunday-1", "first-tuesday", "episodes.un.when", "announcement, sunday-1"),
        (
            "un: {message: essai",
            "un: {message: ../essai",
            "un.message",
            "is not written",
        ),
        ("[staff, patients]", "[staff, usagers]", "audiences.1", "no audience 'usagers'"),
        (
            "  sms: {sender",
            "  sms: {provider: twilio, sender",
            "twilio.auth_token",
            "missing secret",
        ),
        ("  email:", "  email:\n    provider: smtp", "channels.email.smtp", "relay's host"),
        (
            "  sms: {sender",
            '  sms: {weekdays: ["20:00", "08:00"], sender',
            "sms.weekdays",
            "closes",
        ),
        ("web:", "database: {url: mysql://db/x}\nweb:", "database.url", "sqlite:///path"),
        ("web:", "database: {url: postgresql://db/x}\nweb:", "database.url", "+psycopg"),
        ("web:", "time_zone: Paris\nweb:", "time_zone", "IANA"),
        ("web:", "holidays: {extra: {57: [2026-10-05]}}\nweb:", "holidays.extra.57", "in quotes"),
        ("web:", "holidays: {extra: {'99': [2026-10-05]}}\nweb:", "holidays.extra.99", "territory"),
    ],
)
def test_each_fault_names_file_line_key_and_remedy(
    tmp_path: Path, old: str, new: str, key: str, said: str
) -> None:
    config = changed(old, new)

    told = faults(tmp_path, config)

    fault = next(fault for fault in told if fault.key.endswith(key) and said in str(fault))
    assert fault.where == str(tmp_path / "config.yaml")
    assert fault.remedy
    line = line_of(new.partition("\n")[0], config)
    assert fault.line is not None
    assert line <= fault.line <= line + new.count("\n")


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("13T14:30", "13T14:30:00+02:00", "campaigns.webinaire.starts"),
        ("13T14:30", "13T14:30:00Z", "campaigns.webinaire.starts"),
        ("13T14:30", "13T14:30\n    ends: 2026-10-13T13:00", "campaigns.webinaire.ends"),
        ("when: invitation", "when: j-100", "campaigns.webinaire.episodes.invitation.when"),
    ],
)
def test_an_events_faults_are_told_where_they_are(
    tmp_path: Path, old: str, new: str, key: str
) -> None:
    config = changed(old, new, CONFIG + EVENT)

    (fault,) = faults(tmp_path, config)

    leaf = key.rpartition(".")[2]
    assert (fault.key, fault.line) == (key, line_of(f"{leaf}:", config))


def test_an_events_time_without_zone_is_a_wall_time(tmp_path: Path) -> None:
    configuration = read(tmp_path, CONFIG + EVENT)

    (event,) = configuration.campaigns
    assert event.starts is not None
    assert event.starts.isoformat() == "2026-10-13T14:30:00"
    assert event.zone == "Europe/Paris"


@pytest.mark.parametrize(
    ("old", "new", "key", "said"),
    [
        ("key: matricule", "keys: matricule", "keys", "did you mean 'key'"),
        ("basis: consent}}", "basis: consentement}}", "channels.sms.basis", "'consent'"),
        ("key:", "territory: 57\nkey:", "territory", "in quotes"),
        ("key:", 'territory: "99"\nkey:', "territory", "is no known territory"),
        ("key:", "zone: Europe/Lyon\nkey:", "zone", "IANA"),
        ("key:", "of: usagers\nkey:", "of", "has no contacts"),
        ("key:", "rule: {prenom: [Ana]}\nkey:", "rule.prenom", "segment: true"),
        ("service: {", "audience: {", "fields.audience", "reserved name"),
        ("key:", "shift: {email: saturday}\nkey:", "shift.email", "none or monday"),
        ("key:", "shift: {sms: tuesday}\nkey:", "shift.sms", "monday-08:30"),
        ("key:", "shift: {sms: monday-02:30}\nkey:", "shift.sms", "outside the hours"),
        ("key:", "shift: {email: monday-06:59}\nkey:", "shift.email", "07:00 to 21:00"),
        ("key:", "shift: {sms: saturday-09:00}\nkey:", "shift.sms", "10:00 to 18:00"),
        ("key:", "shift: {sms: saturday-18:00}\nkey:", "shift.sms", "10:00 to 18:00"),
    ],
)
def test_a_fault_of_an_audience_names_its_own_file(
    tmp_path: Path, old: str, new: str, key: str, said: str
) -> None:
    staff = changed(old, new, STAFF_FILE)

    (fault,) = faults(tmp_path, staff=staff)

    assert fault.where == str(tmp_path / "audiences" / "staff.yaml")
    assert fault.key == key
    assert said in str(fault)
    assert fault.line == line_of(f"{key.partition('.')[0]}:", staff)


@pytest.mark.parametrize(
    ("config", "said"),
    [
        ("web: {a: 1}\nweb: {b: 2}\n", "stands twice"),
        ("web:\n  a: 1\n  a: 2\n", "stands twice"),
        ("a: !!python/object:os.system ls\n", "not valid YAML"),
        ("a: !!python/object/apply:os.system [ls]\n", "not valid YAML"),
        ("a: [1\n", "not valid YAML"),
        ("a:\n\t- 1\n", "not valid YAML"),
        ("", "holds no keys"),
        ("- 1\n", "holds no keys"),
    ],
)
def test_a_file_that_is_no_plain_yaml_is_refused(tmp_path: Path, config: str, said: str) -> None:
    (fault,) = faults(tmp_path, config)

    assert said in fault.what
    assert fault.where == str(tmp_path / "config.yaml")
    assert fault.remedy


def test_a_missing_key_says_how_to_give_it(tmp_path: Path) -> None:
    config = changed("  dpo: dpo@example.org\n", "")

    (fault,) = faults(tmp_path, config)

    assert (fault.key, fault.line) == ("organisation.dpo", line_of("organisation:", config))
    assert "set REFLEXE_ORGANISATION__DPO (or REFLEXE_ORGANISATION__DPO_FILE)" in fault.remedy


def test_of_a_key_that_stands_twice_the_second_line_is_named(tmp_path: Path) -> None:
    (fault,) = faults(tmp_path, "web:\n  a: 1\n  b: 2\n  a: 3\n")

    assert fault.line == 4


def test_a_file_that_is_not_there_or_no_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "latin.yaml").write_bytes("nom: Hôpital".encode("latin-1"))

    with pytest.raises(ConfigError, match="can't be read"):
        load(tmp_path / "none.yaml", {})
    with pytest.raises(ConfigError, match="not UTF-8"):
        load(tmp_path / "latin.yaml", {})


def test_every_fault_is_told_at_once(tmp_path: Path) -> None:
    config = changed("CHESSAI", "06", changed("dpo: dpo@example.org", "dpo: personne"))

    assert [fault.key for fault in faults(tmp_path, config)] == [
        "organisation.dpo",
        "channels.sms.sender",
    ]


def test_the_environment_wins_over_the_file(tmp_path: Path) -> None:
    environment = {
        "REFLEXE_CHANNELS__SMS__SENDER": "36111",
        "REFLEXE_WEB__DESK_BIND": "127.0.0.1:9000",
        "REFLEXE_AUDIENCES": "[patients]",
        "REFLEXE_CONFIG": "elsewhere.yaml",
        "HOME": "/root",
    }

    configuration = read(tmp_path, environment=environment)

    assert configuration.settings.channels.sms.sender == "36111"
    assert configuration.settings.web.desk_bind == "127.0.0.1:9000"
    assert [audience.name for audience in configuration.audiences] == ["patients"]


def test_a_secret_comes_from_a_file_without_its_line_end(tmp_path: Path) -> None:
    secret = tmp_path / "password"
    secret.write_text("S3cret-phrase\n", encoding="utf-8")
    secret.chmod(0o600)
    config = changed("  email:", "  email:\n    smtp: {host: relay.example.org, username: u}")
    environment = {"REFLEXE_CHANNELS__EMAIL__SMTP__PASSWORD_FILE": str(secret)}

    configuration = read(tmp_path, config, environment=environment)

    smtp = configuration.settings.channels.email.smtp
    assert smtp is not None
    assert smtp.password is not None
    assert smtp.password.get_secret_value() == "S3cret-phrase"
    assert configuration.warnings == ()
    assert "S3cret-phrase" not in repr(configuration)


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("REFLEXE_CHANELS__SMS__SENDER", "36111", "did you mean 'channels'"),
        ("REFLEXE_WEB__DESK_BINDING", "x:1", "desk_bind"),
        ("REFLEXE_WEB__DESK_BIND", "9000", "host:port"),
        ("REFLEXE_CHANNELS__SMS__TWILIO__AUTH_TOKEN_FILE", "/nowhere/token", "can't be read"),
    ],
)
def test_a_fault_of_the_environment_names_the_variable(
    tmp_path: Path, name: str, value: str, said: str
) -> None:
    told = faults(tmp_path, environment={name: value})

    assert told[0].where == "environment"
    assert told[0].key == name
    assert said in str(told[0])
    assert told[0].line is None


def test_a_secret_in_the_shared_file_or_open_to_everyone_is_warned_of(tmp_path: Path) -> None:
    config = changed("web: {", "web: {desk_token: abcdefgh, ")
    secret = tmp_path / "token"
    secret.write_text("abcdefgh", encoding="utf-8")
    secret.chmod(0o644)
    (tmp_path / "var").mkdir()
    keys = tmp_path / "var" / "keys.json"
    keys.write_text("{}", encoding="utf-8")
    keys.chmod(0o604)

    environment = {"REFLEXE_WEB__DESK_TOKEN_FILE": str(secret)}
    configuration = read(tmp_path, config, environment=environment)

    in_file, in_environment, of_keys = configuration.warnings
    assert "web.desk_token is a secret" in in_file
    assert f":{line_of('desk_token', config)}:" in in_file
    assert in_environment.startswith("REFLEXE_WEB__DESK_TOKEN_FILE")
    assert configuration.secret_files == {"REFLEXE_WEB__DESK_TOKEN_FILE": secret}
    assert of_keys == f"keys.file: {keys} can be read by every user — chmod 600 {keys}"
    assert "abcdefgh" not in "".join(configuration.warnings)


def test_a_password_never_crosses_the_network_in_the_clear(tmp_path: Path) -> None:
    smtp = "{host: relay.example.org, security: none, username: u, password: p}"
    config = changed("  email:", f"  email:\n    smtp: {smtp}")

    (fault,) = faults(tmp_path, config)

    assert fault.key == "channels.email.smtp"
    assert "starttls or tls" in fault.remedy


def test_a_folder_without_audiences_is_told_key_by_key(tmp_path: Path) -> None:
    path = write_installation(tmp_path)
    shutil.rmtree(tmp_path / "audiences")

    with pytest.raises(ConfigError) as refused:
        load(path, {})

    assert [fault.key for fault in refused.value.faults] == ["audiences.0", "audiences.1"]


def test_the_second_audience_may_be_faulty_too(tmp_path: Path) -> None:
    path = write_installation(
        tmp_path, audiences={"staff": "label: 1\n", "patients": PATIENTS_FILE + "x: 1\n"}
    )

    with pytest.raises(ConfigError) as refused:
        load(path, {})

    files = {Path(fault.where).name for fault in refused.value.faults}
    assert files == {"staff.yaml", "patients.yaml"}


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("  email:", "  email:\n    provider: smpt", "did you mean 'smtp'?"),
        (
            "  email:",
            "  email:\n    provider: pigeon",
            "scheduler/channels has: outbox, smtp, twilio",
        ),
        ("  email:", "  email:\n    provider: twilio", "carries sms, not email"),
        ("{sender: CHESSAI", "{provider: twillio, sender: CHESSAI", "did you mean 'twilio'?"),
        ("{sender: CHESSAI", "{provider: smtp, sender: CHESSAI", "carries email, not sms"),
        ("audiences: [", "  pneu: {provider: tube}\naudiences: [", "no provider 'tube'"),
    ],
)
def test_a_provider_nobody_wrote_is_refused_at_its_line(
    tmp_path: Path, old: str, new: str, said: str
) -> None:
    config = changed(old, new)

    (fault,) = faults(tmp_path, config)

    assert said in str(fault)
    assert fault.where.endswith("config.yaml")
    assert fault.line == line_of("provider: ", config)
    assert fault.key.endswith(".provider")


def test_a_provider_named_by_the_environment_is_refused_there(tmp_path: Path) -> None:
    variable = "REFLEXE_CHANNELS__EMAIL__PROVIDER"

    (fault,) = faults(tmp_path, environment={variable: "smpt"})

    assert (fault.where, fault.key) == ("environment", variable)
    assert "'smtp'" in fault.remedy


def test_the_providers_that_are_read_are_those_that_are_there() -> None:
    found = {module.name for module in pkgutil.iter_modules(scheduler.channels.__path__)}
    modules = [import_module(f"scheduler.channels.{name}") for name in found]

    assert dict(known_providers()) == {
        one.PROVIDER: one.CHANNEL.name if one.CHANNEL else None for one in modules
    }


PORTAL = "web: {sign_in: {header: Remote-User, groups_header: Remote-Groups, "


@pytest.mark.parametrize(
    ("portal", "key", "words"),
    [
        (PORTAL + "from: [0.0.0.0/0], roles: {a: [read]}}, ", "from", "names everybody"),
        (PORTAL + "from: [proxy], roles: {a: [read]}}, ", "from", "an address or a network"),
        (PORTAL + "from: [], roles: {a: [read]}}, ", "from", "at least 1"),
        (PORTAL + "from: [10.0.0.5], roles: {a: [admin]}}, ", "roles", "'read'"),
        ("web: {sign_in: {header: X_User, from: [10.0.0.5], roles: {}}, ", "header", ""),
        (
            "web: {sign_in: {header: X, from: [10.0.0.5], roles: {a: [read]}}, ",
            "sign_in",
            "no groups without groups_header",
        ),
        ("web: {desk_url: 'http://desk.example.org', ", "desk_url", "must be an https address"),
    ],
)
def test_who_may_name_people_is_checked(tmp_path: Path, portal: str, key: str, words: str) -> None:
    told = "\n".join(map(str, faults(tmp_path, changed("web: {", portal))))

    assert key in told
    assert words in told


def test_a_provider_needs_to_know_where_the_desk_is(tmp_path: Path) -> None:
    oidc = "web: {oidc: {issuer: 'https://sso.example.org', client_id: reflexe, roles: {a: []}}, "
    told = "\n".join(map(str, faults(tmp_path, changed("web: {", oidc))))

    assert "web.desk_url" in told
    assert "sends browsers back" in told
