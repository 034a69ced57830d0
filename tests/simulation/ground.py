"""What every world begins from: an installation, its keys, and a ledger with one slot planned.

Made once a process by the shipped planner; each world gets a copy of the ledger's pages.
"""

import asyncio
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from scheduler import bootstrap
from scheduler.bootstrap import App
from scheduler.config.configuration import Configuration
from scheduler.config.loading import load
from scheduler.store.keys.sealing import Keys, Secret, write_keys
from scheduler.store.setup import migrate
from tests.flow_world import MESSAGES, PATIENTS_FILE, STAFF_FILE
from tests.samples.ledger import MADE, STAFF, Book, person
from tests.worlds import Clock

EMAIL, SMS = "email", "sms"
#: When the one slot of each channel falls due, at 10:00 in Paris.
DUE = {
    EMAIL: datetime(2026, 10, 4, 8, tzinfo=UTC),
    SMS: datetime(2026, 10, 5, 8, tzinfo=UTC),
}
CONNECTIONS = {EMAIL: 3, SMS: 4}
#: Of them, so many are at a domain of limited connections.
PEOPLE, AT_VOISIN = 12, 3
#: The same every time: nothing may depend on chance but what the seed draws.
KEYS = Keys([Secret(id="a", value=bytes(range(32)))])

CONFIG = """
organisation:
  name: Centre hospitalier d’Essai
  address: 1 rue de l’Essai, 00000 Essai
  contact: cyber@example.org
  dpo: dpo@example.org
  site: https://www.example.org
  privacy_url: https://www.example.org/confidentialite
web: {public_url: "https://cyber.example.org", short_url: "https://sms.example.org"}
channels:
  email:
    from: Réflexes cyber <cyber@example.org>
    reply_to: cyber@example.org
    return_path_domain: retour.example.org
    provider: smtp
    smtp: {host: relay.example, port: 25, security: none, connections: 3}
    pace:
      groups:
        orange: {domains: []}
        free: {domains: []}
        sfr: {domains: []}
        laposte: {domains: []}
        gmail: {domains: []}
        microsoft: {domains: []}
        yahoo: {domains: []}
        voisin: {domains: [voisin.example], connections: 1, messages_per_connection: 2}
  sms:
    sender: CHESSAI
    provider: twilio
    twilio:
      account_sid: AC00000000000000000000000000000000
      auth_token: essai
      base_url: http://127.0.0.1:9
    pace: {segments_per_second: 1000}
audiences: [staff]
campaigns:
  cybermois:
    kind: series
    topic: october
    channels: [CHANNEL]
    episodes:
      un: {message: essai, when: sunday-1}
"""


@dataclass(frozen=True, kw_only=True, slots=True)
class Ground:
    """Of one channel."""

    channel: str
    folder: Path
    configuration: Configuration
    #: The same, with what is in doubt sent again.
    resending: Configuration
    #: The planned ledger.
    template: sqlite3.Connection
    made_at: datetime
    #: Delivery -> the contact it is for; contact -> its address.
    contacts: Mapping[int, int]
    addresses: Mapping[int, str]
    address_ids: Mapping[int, int]

    @property
    def url(self) -> str:
        return f"sqlite:///{self.folder / 'world.db'}"


def make_ground(folder: Path, channel: str) -> Ground:
    """Everything of it lies in ``folder``."""
    files = {f"templates/{path}": text for path, text in MESSAGES.items()}
    files |= {"audiences/staff.yaml": STAFF_FILE, "audiences/patients.yaml": PATIENTS_FILE}
    files["config.yaml"] = CONFIG.replace("CHANNEL", channel)
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    (folder / "var").mkdir()
    write_keys(KEYS, folder / "var" / "keys.json")
    url = f"sqlite:///{folder / 'template.db'}"
    migrate(url)
    there = {"REFLEXE_DATABASE__URL": url}
    configuration = load(folder / "config.yaml", there)
    again = {"REFLEXE_CHANNELS__EMAIL__UNCERTAIN": "resend"}
    asyncio.run(_plan(configuration, channel))
    with closing(sqlite3.connect(folder / "template.db")) as file:
        template = sqlite3.connect(":memory:")
        file.backup(template)
    rows = template.execute(
        "select delivery.id, contact_id, address_id from delivery order by delivery.id"
    ).fetchall()
    assert len(rows) == PEOPLE
    made = template.execute("select value from meta where name = 'made_at'").fetchone()[0]
    return Ground(
        channel=channel,
        folder=folder,
        configuration=configuration,
        resending=load(folder / "config.yaml", there | again),
        template=template,
        made_at=datetime.fromisoformat(made),
        contacts={row[0]: row[1] for row in rows},
        addresses={row[1]: address_of(channel, row[1]) for row in rows},
        address_ids={row[1]: row[2] for row in rows},
    )


def address_of(channel: str, contact: int) -> str:
    """Contacts are numbered as they were taken in, from 1."""
    if channel == SMS:
        return f"+3363998{contact:04}"
    domain = "voisin.example" if contact > PEOPLE - AT_VOISIN else "example.org"
    return f"p{contact}@{domain}"


async def _plan(configuration: Configuration, channel: str) -> None:
    clock = Clock(MADE)
    app: App = await bootstrap.open_app(configuration, clock)
    try:
        book = Book(ledger=app.ledger, people=app.people)
        rows = [person(n, email=address_of(EMAIL, n)) for n in range(1, PEOPLE + 1)]
        await book.take_in(STAFF, *rows)
        await app.ledger.note_campaigns([one.name for one in app.agenda.campaigns], MADE)
        planner = bootstrap.make_planner(app, bootstrap.make_providers(configuration.settings))
        clock.now = DUE[channel]
        await planner.sync(clock.now)
        await planner.plan_due(clock.now)
    finally:
        await app.close()
