"""The register's sheet says what the configuration says, and no secret."""

from datetime import date
from pathlib import Path

from scheduler.config.loading import load
from scheduler.flow.people.register import sheet
from tests.commands import reflexe
from tests.flow_world import write_installation
from tests.unit.flow.test_information import of_their_own
from tests.worlds import write_config

REAL = {
    "REFLEXE_CHANNELS__EMAIL__PROVIDER": "smtp",
    "REFLEXE_CHANNELS__EMAIL__SMTP__HOST": "smtp.example.org",
    "REFLEXE_CHANNELS__EMAIL__SMTP__USERNAME": "reflexe-account",
    "REFLEXE_CHANNELS__EMAIL__SMTP__PASSWORD": "secret-of-the-relay",
    "REFLEXE_CHANNELS__SMS__PROVIDER": "twilio",
    "REFLEXE_CHANNELS__SMS__TWILIO__ACCOUNT_SID": "AC" + "0" * 32,
    "REFLEXE_CHANNELS__SMS__TWILIO__AUTH_TOKEN": "secret-of-twilio",
    "REFLEXE_WEB__DESK_TOKEN": "secret-of-the-desk",
    "REFLEXE_DATABASE__URL": "postgresql+psycopg://reflexe:secret-of-the-server@db/reflexe",
    "REFLEXE_RETENTION__CONTACTS_YEARS": "2",
}


CHIEFS = """
label: Encadrement
of: staff
key: matricule
channels: {email: {basis: legitimate-interest}}
rule: {service: [Direction]}
"""


def test_it_says_who_what_why_and_how_long(tmp_path: Path) -> None:
    text = sheet(load(write_config(tmp_path), REAL), date(2026, 9, 1))

    assert "Centre hospitalier d’Essai" in text
    assert "dpo@example.org" in text
    assert (
        "| cybermois | série annuelle | la série d’octobre | Personnel, Usagers | courriel, SMS "
        "| active |"
    ) in text
    assert "| Personnel | courriel | intérêt légitime |" in text
    assert "| Usagers | SMS | accord de la personne |" in text
    assert "| Personnel | Prénom | chiffré |" in text
    assert "smtp.example.org" in text
    assert "Twilio Inc., États-Unis" in text
    assert "2 ans après le dernier acte" in text


def test_no_secret_is_in_it(tmp_path: Path) -> None:
    text = sheet(load(write_config(tmp_path), REAL), date(2026, 9, 1))

    assert "secret" not in text
    assert "reflexe-account" not in text
    assert "AC0123456789" not in text


def test_without_a_provider_nobody_receives_anything(tmp_path: Path) -> None:
    text = sheet(load(write_config(tmp_path), {}), date(2026, 9, 1))

    assert "Aucun envoi réel" in text
    assert "Aucun par Réflexe" in text
    assert "Twilio Inc." not in text


def test_what_somebody_types_breaks_no_table(tmp_path: Path) -> None:
    config = write_config(tmp_path)
    staff = tmp_path / "audiences" / "staff.yaml"
    text = staff.read_text(encoding="utf-8").replace("label: Personnel", 'label: "A | B"')
    staff.write_text(text, encoding="utf-8")

    rows = sheet(load(config, {}), date(2026, 9, 1)).splitlines()

    assert "| A / B | courriel | intérêt légitime |" in rows


def test_it_is_printed_in_french_typography_or_written(tmp_path: Path) -> None:
    config, out = write_config(tmp_path), tmp_path / "fiche.md"

    printed = reflexe(config, "register")
    written = reflexe(config, "register", "--out", str(out))

    assert printed.out.startswith("# Fiche de registre\u00a0: campagnes")
    assert out.read_text(encoding="utf-8") == printed.out
    assert written.code == 0


def test_a_mailbox_that_is_read_and_copies_that_are_counted_are_in_it(tmp_path: Path) -> None:
    mailbox = {
        "REFLEXE_CHANNELS__EMAIL__MAILBOX__HOST": "imap.example.org",
        "REFLEXE_CHANNELS__EMAIL__MAILBOX__USERNAME": "reflexe",
        "REFLEXE_CHANNELS__EMAIL__MAILBOX__PASSWORD": "secret",
        "REFLEXE_REPORTED__HOST": "imap.example.org",
        "REFLEXE_REPORTED__USERNAME": "copies",
        "REFLEXE_REPORTED__PASSWORD": "secret",
        "REFLEXE_REPORTED__FOLDER": "Copies",
    }
    text = sheet(load(write_config(tmp_path), mailbox), date(2026, 9, 1))

    assert "- Boîte des désinscriptions : imap.example.org." in text
    assert "Dossier de copies « Copies »" in text
    assert "Non comptés." not in text


def test_a_provider_of_ones_own_is_to_be_described(tmp_path: Path) -> None:
    text = sheet(of_their_own(load(write_config(tmp_path), {})), date(2026, 9, 1))

    assert "- Fournisseur « pigeon », canal courriel : à décrire." in text


def test_an_audience_that_is_chosen_out_of_another_says_how(tmp_path: Path) -> None:
    config = write_installation(
        tmp_path,
        audiences={"chefs": CHIEFS},
        order=("staff", "patients", "chefs"),
    )

    text = sheet(load(config, {}), date(2026, 9, 1))

    assert "- Encadrement (choisi dans « staff » : service : Direction)" in text
