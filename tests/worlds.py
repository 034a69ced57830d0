"""A small world for tests: a configuration, two audiences, five people, a real SQLite ledger.

    app = await make_world(tmp_path)
    …
    await app.close()

Everything is written under the folder given; messages are copies of the shipped ones.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from scheduler.bootstrap import App, open_app
from scheduler.config.loading import load
from scheduler.domain.calendar.holidays import known_territory
from scheduler.domain.people.imports import SAMPLE_ORIGIN, ImportStart
from scheduler.flow.people.import_report import ImportReport
from scheduler.flow.people.importing import import_contacts
from scheduler.sources import contact_file
from tests.new_ledger import give_ledger
from tests.parts.daemon import FOUND
from tests.template_copies import copy_templates

CONFIG = """
organisation:
  name: Centre hospitalier d’Essai
  address: 1 rue de l’Essai, 00000 Essai
  contact: cyber@example.org
  dpo: dpo@example.org
  site: https://www.example.org
  privacy_url: https://www.example.org/confidentialite
web:
  public_url: https://cyber.example.org
  short_url: https://sms.example.org
channels:
  email:
    from: Réflexes cyber <cyber@example.org>
    reply_to: cyber@example.org
    return_path_domain: retour.example.org
  sms:
    sender: CHESSAI
audiences: [staff, patients]
campaigns:
  cybermois:
    kind: series
    topic: october
    episodes:
      annonce: {message: cybermois/annonce, when: announcement}
      1-fermer-sa-porte: {message: cybermois/1-fermer-sa-porte, when: sunday-1}
      2-ne-pas-donner-ses-cles: {message: cybermois/2-ne-pas-donner-ses-cles, when: sunday-2}
      3-verifier-qui-frappe: {message: cybermois/3-verifier-qui-frappe, when: sunday-3}
      4-ne-pas-se-devoiler: {message: cybermois/4-ne-pas-se-devoiler, when: sunday-4}
      bilan: {message: cybermois/bilan, when: recap}
"""
AUDIENCE = """
label: {label}
key: {key}
channels:
  email: {{basis: {email_basis}}}
  sms: {{basis: consent}}
fields:
  prenom: {{label: Prénom}}
"""
#: Marie reads French and has both addresses, John reads English, Léo has no number.
STAFF = """\
matricule;prenom;email;telephone;langue;consent_sms_date;consent_sms_how;consent_sms_wording
A1;Marie;marie@example.org;+33 6 39 98 00 01;fr;2026-01-15;papier;J’accepte.
A2;John;john@example.org;+33 6 39 98 00 02;en;2026-01-15;papier;J’accepte.
A3;Léo;leo@example.org;;fr;;;
"""
#: Ana agreed to both channels, Paul to none.
PATIENTS = """\
reference;prenom;email;telephone;consent_date;consent_how;consent_wording
R1;Ana;ana@example.org;+33 6 39 98 00 11;2026-01-15;papier;J’accepte.
R2;Paul;paul@example.org;+33 6 39 98 00 12;;;
"""


@dataclass(slots=True)
class Clock:
    """The time as a test sets it."""

    now: datetime = datetime(2026, 9, 1, 8, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def step(self, by: timedelta) -> None:
        self.now += by


def write_config(folder: Path) -> Path:
    """The files of an installation, and the path of its config.yaml."""
    audiences = folder / "audiences"
    audiences.mkdir()
    staff = {"label": "Personnel", "key": "matricule", "email_basis": "legitimate-interest"}
    patients = {"label": "Usagers", "key": "reference", "email_basis": "consent"}
    (audiences / "staff.yaml").write_text(AUDIENCE.format(**staff), encoding="utf-8")
    (audiences / "patients.yaml").write_text(AUDIENCE.format(**patients), encoding="utf-8")
    copy_templates(folder / "templates")
    config = folder / "config.yaml"
    config.write_text(CONFIG, encoding="utf-8")
    return config


async def make_world(
    folder: Path,
    *,
    clock: Clock | None = None,
    environment: Mapping[str, str] | None = None,
    staff: str = STAFF,
    patients: str = PATIENTS,
) -> App:
    """Write a configuration, open its ledger and import its people. The caller closes it.

    ``environment`` changes settings as it does for the program: ``REFLEXE_A__B`` sets a.b.
    """
    configuration = load(write_config(folder), {**FOUND, **(environment or {})})
    give_ledger(configuration)
    app = await open_app(configuration, clock or Clock())
    await import_people(app, "staff", staff)
    await import_people(app, "patients", patients)
    return app


async def import_people(
    app: App, audience: str, csv: str, origin: str = SAMPLE_ORIGIN
) -> ImportReport:
    """Take in a CSV text, as ``reflexe import`` does; by default as invented people, whose figures
    are shown as they are."""
    found = app.configuration.audience(audience)
    path = app.configuration.root / f"{audience}.csv"
    path.write_text(csv, encoding="utf-8")
    source = contact_file.read(path, found, known_territory=known_territory)
    start = ImportStart(
        audience=found,
        file_hash=source.digest,
        origin=origin,
        basis=found.channels["email"].basis,
        mode="add",
    )
    return await import_contacts(source, app.contact_files, start, app.clock)
