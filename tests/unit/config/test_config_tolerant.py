"""A faulty calendar leaves aside what is faulty, and nothing else of the configuration."""

from pathlib import Path

import pytest

from scheduler.config.configuration import Configuration
from scheduler.config.loading import load
from scheduler.config.tolerant import load_tolerant
from scheduler.domain.errors import ConfigError
from tests.flow_world import edit, write_installation

TWO = """
  cybermois:
    kind: series
    topic: october
    episodes:
      un: {message: essai, when: sunday-1}
  webinaire:
    kind: event
    topic: events
    audiences: [patients]
    channels: [email]
    starts: 2026-10-13T14:30
    episodes:
      invitation: {message: essai, when: invitation}
holidays: {extra: {"57": [2026-10-05]}}
"""


@pytest.fixture
def config(tmp_path: Path) -> Path:
    return write_installation(tmp_path, TWO)


def campaigns(read: Configuration) -> list[str]:
    return [one.name for one in read.campaigns]


def audiences(read: Configuration) -> list[str]:
    return [one.name for one in read.audiences]


def test_without_a_fault_it_is_the_same(config: Path) -> None:
    assert load_tolerant(config, {}) == load(config, {})


@pytest.mark.parametrize(
    ("old", "new", "left"),
    [
        ("kind: event", "kind: evnet", ["cybermois"]),
        ("when: invitation", "when: invitatoin", ["cybermois"]),
        ("audiences: [patients]", "audiences: [nobody]", ["cybermois"]),
        ("starts: 2026-10-13T14:30", "starts: 13 octobre", ["cybermois"]),
        ("when: sunday-1", "when: sunday-9", ["webinaire"]),
        # What can't be read as YAML is left aside as a section.
        ("kind: event", "kind: [event", []),
        ("topic: events", "\ttopic: events", []),
        ('holidays: {extra: {"57"', 'holidays: {extra: {"pays"', []),
        ('holidays: {extra: {"57"', "holidays: {extra: {{57", []),
        ("  webinaire:", "webinaire:", ["cybermois"]),
        ("campaigns:", "campaings:", []),
    ],
)
def test_a_fault_of_the_calendar_leaves_aside_what_it_concerns(
    config: Path, old: str, new: str, left: list[str]
) -> None:
    edit(config, old, new)
    with pytest.raises(ConfigError):
        load(config, {})

    read = load_tolerant(config, {})

    assert campaigns(read) == left
    assert read.faults
    assert all(str(config) in str(one) for one in read.faults)
    assert audiences(read) == ["staff", "patients"]


def test_bytes_that_are_no_text_stay_in_their_section(config: Path) -> None:
    octets = config.read_bytes().replace(b"topic: october", "topic: été".encode("latin-1"))
    config.write_bytes(octets)

    read = load_tolerant(config, {})

    assert (campaigns(read), audiences(read)) == ([], ["staff", "patients"])


@pytest.mark.parametrize("text", ["label: [", "label: Usagers\n", "", "\x00"])
def test_a_faulty_audience_gets_nothing_and_the_others_do(config: Path, text: str) -> None:
    (config.parent / "audiences" / "patients.yaml").write_text(text, encoding="utf-8")

    read = load_tolerant(config, {})

    assert audiences(read) == ["staff"]
    # A campaign for patients alone is for nobody, and not for everybody.
    assert campaigns(read) == ["cybermois"]
    assert "patients.yaml" in str(read.faults[0])


def test_an_audience_whose_file_is_gone_gets_nothing(config: Path) -> None:
    (config.parent / "audiences" / "staff.yaml").unlink()

    assert audiences(load_tolerant(config, {})) == ["patients"]


def test_who_joins_a_faulty_audience_waits_for_its_mending(config: Path) -> None:
    edit(config, "web: {", "web: {subscribe: patients, ")
    (config.parent / "audiences" / "patients.yaml").write_text("label: [", encoding="utf-8")

    assert load_tolerant(config, {}).settings.web.subscribe is None


def test_a_variable_of_the_calendar_is_no_other_fault(config: Path) -> None:
    read = load_tolerant(config, {"REFLEXE_CAMPAIGNS__WEBINAIRE__STARTS": "demain"})

    assert campaigns(read) == ["cybermois"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("return_path_domain: retour.example.org", "return_path_domain: pas un domaine"),
        ("provider: nobody", ""),
        ("web: {", "web: {{"),
        ("web: {", "wbe: {"),
        ("channels:", "chanels:"),
        ("audiences: [", "database: {url: mysql}\naudiences: ["),
        ("audiences: [", "smtp: {}\naudiences: ["),
    ],
)
def test_any_other_fault_refuses(config: Path, old: str, new: str) -> None:
    if not new:
        old, new = "    from:", "    provider: nobody\n    from:"
    edit(config, old, new)
    edit(config, "kind: event", "kind: evnet")

    with pytest.raises(ConfigError):
        load_tolerant(config, {})


def test_a_secret_that_cannot_be_read_refuses(config: Path) -> None:
    with pytest.raises(ConfigError, match="DESK_TOKEN"):
        load_tolerant(config, {"REFLEXE_WEB__DESK_TOKEN_FILE": "/nowhere"})
