"""Users' representatives: an audience that is shipped beside the others, for who wants it."""

import shutil
from pathlib import Path

import pytest

from scheduler.config.configuration import Configuration
from scheduler.config.loading import load
from scheduler.content.library import Library
from scheduler.domain.calendar.campaigns import People
from scheduler.domain.calendar.holidays import known_territory
from scheduler.domain.people.addresses import is_fictional
from scheduler.domain.people.contacts import Row
from scheduler.sources import contact_file
from tests.checking_world import check

ROOT = Path(__file__).parents[3]
SAMPLES = ROOT / "audiences" / "samples"
NAME = "representants"
#: One that the calendar sends them, and ones that it doesn't.
MESSAGES = [
    "evenements/atelier/invitation",
    "evenements/cybercamp-sante/invitation",
    "rappels/01-lien-douteux",
    "fuite-de-donnees",
]


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """The shipped files, with what representants.yaml asks for."""
    shutil.copytree(ROOT / "templates", tmp_path / "templates")
    shutil.copytree(ROOT / "audiences", tmp_path / "audiences")
    shutil.copy(SAMPLES / f"{NAME}.yaml", tmp_path / "audiences")
    text = (ROOT / "config.yaml").read_text(encoding="utf-8")
    ours = "    audiences: [staff, patients]\n    episodes:"
    head, campaigns = text.split("\ncampaigns:\n")
    blocks = campaigns.split("\n\n")
    for number, block in enumerate(blocks):
        if "  atelier:\n" in block or "  cybercamp-sante:\n" in block:
            blocks[number] = block.replace("audiences: [staff]", f"audiences: [staff, {NAME}]")
        elif "    audiences:" not in block:
            blocks[number] = block.replace("    episodes:", ours)
    head = head.replace("audiences: [staff, patients]", f"audiences: [staff, patients, {NAME}]")
    file = tmp_path / "config.yaml"
    file.write_text(f"{head}\ncampaigns:\n" + "\n\n".join(blocks), encoding="utf-8")
    return file


def of(config: Path) -> Configuration:
    return load(config, {"REFLEXE_DATABASE__URL": "sqlite:///none.db"})


def test_they_are_invited_to_workshops_and_the_camp_by_consent_alone(config: Path) -> None:
    configuration = of(config)
    theirs = configuration.audience(NAME)

    assert theirs.people is People.PATIENTS
    assert {terms.basis for terms in theirs.channels.values()} == {"consent"}
    invited = {one.name for one in configuration.campaigns if NAME in one.audiences}
    assert invited == {"atelier", "cybercamp-sante"}
    library = Library(configuration.templates)
    for campaign in configuration.campaigns:
        for episode in campaign.episodes if campaign.name in invited else ():
            assert library.load(episode.message).pick("email", NAME, "fr", easy_to_read=False)


def test_check_has_nothing_to_say_of_it(config: Path) -> None:
    assert [f"{one.file}: {one.message}" for one in check(config, MESSAGES)] == []


def test_its_sample_is_read_whole_and_reaches_nobody(config: Path) -> None:
    audience = of(config).audience(NAME)

    reading = contact_file.read(SAMPLES / f"{NAME}.csv", audience, known_territory=known_territory)
    entries = [one for batch in reading for one in batch]
    rows = [one for one in entries if isinstance(one, Row)]

    assert len(rows) == len(entries) == 8
    assert not reading.header_notes
    assert all(one.email and one.email.send_to.endswith(".example") for one in rows)
    assert all(is_fictional(one.phone) for one in rows if one.phone)
    assert {bool(one.proofs) for one in rows} == {True, False}
    assert {one.language for one in rows} == {"fr", "en"}
    assert any(one.easy_to_read for one in rows)
