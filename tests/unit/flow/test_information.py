"""What people are told of their data: in an access export, in the first notice, in the footer."""

from dataclasses import replace
from pathlib import Path

import pytest

from scheduler.config.configuration import Configuration
from scheduler.config.loading import load
from scheduler.content.composing.headers import _sender_id
from scheduler.domain.consent.grounds import grounds, legal_basis, transfer
from scheduler.flow.agenda import Agenda
from scheduler.flow.people.access import TITLES, information
from tests.commands import reflexe
from tests.worlds import write_config

TWILIO = {
    "REFLEXE_CHANNELS__SMS__PROVIDER": "twilio",
    "REFLEXE_CHANNELS__SMS__TWILIO__ACCOUNT_SID": "AC" + "0" * 32,
    "REFLEXE_CHANNELS__SMS__TWILIO__AUTH_TOKEN": "secret",
}


def test_an_access_export_says_why_for_whom_how_long_and_where_to_complain(tmp_path: Path) -> None:
    told = information(load(write_config(tmp_path), TWILIO), "staff")

    assert set(told) == set(TITLES)
    assert all(told.values())
    assert "courriel : intérêt légitime" in told["legal_bases"]
    assert any("Twilio Inc." in one for one in told["recipients"])
    assert "États-Unis" in told["transfers"][0]
    assert any(one.startswith("Contact : 3 ans") for one in told["periods"])
    assert "limiter l’usage" in told["rights"][0]
    assert "CNIL" in told["complaint"][0]


def test_without_twilio_nothing_leaves_the_union(tmp_path: Path) -> None:
    told = information(load(write_config(tmp_path), {}), "staff")

    assert told["transfers"] == ["Aucun transfert n’est fait par ce programme."]
    assert transfer(False, "fr") == ""


@pytest.mark.parametrize(
    "basis", ["consent", "public-task", "legal-obligation", "legitimate-interest", "contract"]
)
def test_the_footer_names_the_legal_basis(basis: str) -> None:
    assert f"(base légale\u00a0: {legal_basis(basis, 'fr')})" in grounds(basis, "fr")
    assert f"(legal basis: {legal_basis(basis, 'en')})" in grounds(basis, "en")


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("Centre hospitalier de l’Exemple", "centre-hospital"),
        ("CHU", "chu-reflexe"),
        ("Hôpital Nord", "hopital-nord"),
        ("Maison de santé du Val", "maison-de-sante"),
    ],
)
def test_the_senders_id_has_five_to_fifteen_characters(name: str, told: str) -> None:
    assert _sender_id(name) == told
    assert 5 <= len(told) <= 15


# Who selects from another audience reads its texts


@pytest.fixture
def configuration(tmp_path: Path) -> Configuration:
    config = write_config(tmp_path)
    text = config.read_text(encoding="utf-8")
    text = text.replace("audiences: [staff, patients]", "audiences: [staff, patients, urgences]")
    config.write_text(text, encoding="utf-8")
    (tmp_path / "audiences" / "urgences.yaml").write_text(
        "label: Urgences\nof: staff\nchannels:\n  email: {basis: legitimate-interest}\n",
        encoding="utf-8",
    )
    return load(config, {})


def test_a_service_reads_the_texts_of_the_staff_unless_it_has_its_own(
    configuration: Configuration,
) -> None:
    folder = configuration.templates / "cybermois" / "1-fermer-sa-porte"
    agenda = Agenda(configuration)
    theirs = agenda.library.load("cybermois/1-fermer-sa-porte")
    source = theirs.pick("email", "urgences", "fr", easy_to_read=False)
    (folder / "email.urgences.fr.md").write_text(
        (folder / "email.staff.fr.md").read_text(encoding="utf-8"), encoding="utf-8"
    )
    own = agenda.library.load("cybermois/1-fermer-sa-porte")

    assert configuration.parents == {"urgences": "staff"}
    assert source is not None
    assert source.path.endswith("email.staff.fr.md")
    picked = own.pick("email", "urgences", "fr", easy_to_read=False)
    assert picked is not None
    assert picked.path.endswith("email.urgences.fr.md")


def test_check_finds_no_text_missing_for_it(configuration: Configuration) -> None:
    answer = reflexe(configuration.root / "config.yaml", "check", "cybermois/1-fermer-sa-porte")

    assert "Urgences" not in answer.out


def of_their_own(configuration: Configuration) -> Configuration:
    """With providers that somebody added to the program."""
    settings = configuration.settings
    channels = settings.channels
    given = {
        "email": channels.email.model_copy(update={"provider": "pigeon"}),
        "sms": channels.sms.model_copy(update={"provider": "signal"}),
    }
    update = {"channels": channels.model_copy(update=given)}
    return replace(configuration, settings=settings.model_copy(update=update))


def test_a_provider_that_this_program_does_not_know_is_named_too(tmp_path: Path) -> None:
    relay = {
        "REFLEXE_CHANNELS__EMAIL__PROVIDER": "smtp",
        "REFLEXE_CHANNELS__EMAIL__SMTP__HOST": "smtp.example.org",
    }
    configuration = load(write_config(tmp_path), relay | TWILIO)

    by_relay = information(configuration, "staff")["recipients"]
    by_others = information(of_their_own(configuration), "staff")["recipients"]

    assert any("smtp.example.org" in one for one in by_relay)
    assert not any("Aucun prestataire" in one for one in by_relay)
    assert any("« pigeon »" in one for one in by_others)
    assert any("« signal »" in one for one in by_others)
