"""``check`` on messages with one fault each, and on good ones that look like faulty ones."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from scheduler.domain.checking.findings import Finding, Severity
from tests.checking_world import check
from tests.samples.checked import FAULTY, GOOD, Sample
from tests.worlds import CONFIG, write_config

MESSAGE = "title: Essai\nclass: awareness\nchannels: [{channels}]\n{fields}"
EMAIL = '---\nsubject: "{subject}"\npreheader: "{preheader}"\n---\n{body}'
INVITATION = "evenements/bataille-des-mots-de-passe/invitation"
BATTLE = f"""
  bataille:
    kind: event
    topic: events
    starts: 2199-03-27T10:00
    place: PLACE
    channels: [email, sms]
    audiences: [staff]
    episodes:
      invitation: {{message: {INVITATION}, when: invitation}}
"""


def write(folder: Path, sample: Sample) -> None:
    folder.mkdir(parents=True)
    channels = "email, sms" if sample.sms else "email"
    files = {
        "message.yaml": MESSAGE.format(channels=channels, fields=sample.fields),
        "email.fr.md": EMAIL.format(
            subject=sample.subject, preheader=sample.preheader, body=sample.body
        ),
    }
    if sample.sms:
        files["sms.fr.txt"] = sample.sms + "\n"
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, list[Finding]]:
    """What ``check`` says of every sample, by the name of its folder."""
    config = write_config(tmp_path_factory.mktemp("essais"))
    named = [(f"faute-{n}", one) for n, one in enumerate(FAULTY)]
    named += [(f"bon-{n}", one) for n, one in enumerate(GOOD)]
    for name, sample in named:
        write(config.parent / "templates" / name, sample)
    findings: dict[str, list[Finding]] = {name: [] for name, _ in named}
    for one in check(config, list(findings)):
        findings[one.file.split("/")[1]].append(one)
    return findings


@pytest.mark.parametrize("number", range(len(FAULTY)))
def test_a_faulty_message_is_told_with_its_line(
    found: Mapping[str, list[Finding]], number: int
) -> None:
    sample = FAULTY[number]

    told = [(one.rule, one.file.split("/")[-1], one.line) for one in found[f"faute-{number}"]]

    assert (sample.rule, sample.file, sample.line) in told


@pytest.mark.parametrize("number", range(len(GOOD)))
def test_a_good_message_is_left_in_peace(found: Mapping[str, list[Finding]], number: int) -> None:
    assert found[f"bon-{number}"] == []


def test_every_kind_of_lure_is_a_fault(found: Mapping[str, list[Finding]]) -> None:
    severe = {one.rule for each in found.values() for one in each if one.severity is Severity.FAULT}

    assert {"urgency", "threat", "reward", "secrecy", "secret", "payment", "click"} <= severe


def told_of(config: Path, campaign: str, message: str) -> list[tuple[str, str]]:
    """The findings in config.yaml with one more campaign, and the line that each names."""
    config.write_text(CONFIG + campaign, encoding="utf-8")
    lines = config.read_text(encoding="utf-8").split("\n")
    return [
        (one.rule, lines[(one.line or 0) - 1].strip())
        for one in check(config, [message])
        if one.file == "config.yaml"
    ]


def test_a_place_that_an_sms_cannot_hold_is_told_where_it_is_typed(tmp_path: Path) -> None:
    config = write_config(tmp_path)

    told = told_of(config, BATTLE.replace("PLACE", "grand amphithéâtre"), INVITATION)

    assert told == [("event-value", "place: grand amphithéâtre")] * 2


def test_an_sms_that_is_too_long_with_its_zone_is_told_as_advice(tmp_path: Path) -> None:
    config = write_config(tmp_path)
    with config.open("a", encoding="utf-8") as file:
        file.write(BATTLE.replace("PLACE", "salle Jade"))
    # Long enough for one part at home, and for no more.
    text = "La bataille a lieu le {{ date }} à {{ heure }}, {{ lieu }}. " + "Venez nombreux. " * 4
    sms = config.parent / "templates" / INVITATION / "sms.fr.txt"
    sms.write_text(text.strip() + "\n", encoding="utf-8")

    (found,) = check(config, [INVITATION])

    assert (found.rule, found.severity) == ("sms-zone", Severity.WARNING)
    assert "2 SMS facturés" in found.message


def test_class_and_topic_that_disagree_are_told_before_planning(tmp_path: Path) -> None:
    config = write_config(tmp_path)
    campaign = """
  sans-theme:
    kind: on-demand
    channels: [email]
    episodes:
      annonce: {message: cybermois/annonce}
"""

    told = told_of(config, campaign, "cybermois/annonce")

    assert told == [("topic", "annonce: {message: cybermois/annonce}")]
