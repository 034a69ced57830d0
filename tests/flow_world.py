"""An installation of two audiences and short messages, for the steps of the flow.

    async with open_world(tmp_path, EVENT) as world:
        await world.at(datetime(2026, 9, 22, 8, tzinfo=UTC))
        assert await world.states() == {"sent": 3}

Nothing of it is shipped: configuration, messages and people are the tests' own. The outside is a
``ScriptedProvider`` a channel.
"""

import asyncio
from collections import Counter, deque
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from random import Random

from scheduler import bootstrap
from scheduler.bootstrap import App
from scheduler.config.loading import load
from scheduler.domain.delivery import Receipt
from scheduler.domain.errors import HandOverError
from scheduler.domain.message import Message
from scheduler.domain.planning import OccurrenceRow, PlanCount
from scheduler.domain.provider import Begin, HandingOver, Provider, unasked
from scheduler.domain.showing.report import Standing
from scheduler.flow.plan import Planner
from scheduler.flow.send import Sender
from scheduler.flow.steering.steer import How, steer
from scheduler.store.keys.sealing import make_keys, write_keys
from scheduler.store.schema.tables import delivery
from scheduler.store.sending.wire_journal import WireJournal
from tests.new_ledger import empty_ledger
from tests.samples.content import FOOTER, LAYOUT
from tests.samples.ledger import MADE, Book
from tests.worlds import Clock

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
  sms: {sender: CHESSAI}
audiences: [staff, patients]
campaigns:
"""
#: Episodes on the Sundays of October.
SERIES = """
  cybermois:
    kind: series
    topic: october
    episodes:
      un: {message: essai, when: sunday-1}
"""
REMINDERS = """
  rappels:
    kind: reminder
    topic: reminders
    channels: [email]
    episodes:
      mardi: {message: essai, when: first-working-tuesday}
"""
#: A dated event, Tuesday 13 October 2026 at 14:30 in Paris.
EVENT = """
  webinaire:
    kind: event
    topic: events
    channels: [email]
    starts: 2026-10-13T14:30
    episodes:
      invitation: {message: essai, when: invitation}
"""
ON_DEMAND = """
  avis:
    kind: on-demand
    topic: reminders
    channels: [email]
    episodes:
      essai: {message: essai, when: by-hand}
"""
STAFF_FILE = """
label: Personnel
key: matricule
channels: {email: {basis: legitimate-interest}, sms: {basis: consent}}
fields: {prenom: {label: Prénom}, service: {label: Service, segment: true}}
"""
PATIENTS_FILE = """
label: Usagers
key: reference
channels: {email: {basis: consent}, sms: {basis: consent}}
fields: {prenom: {label: Prénom}}
"""
MESSAGES = {
    "essai/message.yaml": "title: Essai\nclass: awareness\ncredit: Essai\nowner: Essai\n"
    "reviewed_by: Essai\nchannels: [email, sms]\n",
    "essai/email.fr.md": "---\nsubject: Essai\n"
    "preheader: Un essai de nos messages, pour les nôtres, en peu de mots.\n---\n"
    "Bonjour{% if prenom %} {{ prenom }}{% endif %},\n\nUn essai.\n",
    "essai/sms.fr.txt": "Un essai.",
    "_layouts/email.html": LAYOUT,
    "_snippets/pied.fr.md": FOOTER,
}


def write_installation(
    folder: Path,
    campaigns: str = SERIES,
    messages: Mapping[str, str] | None = None,
    audiences: Mapping[str, str] | None = None,
    order: Sequence[str] = ("staff", "patients"),
) -> Path:
    """The files of an installation, and the path of its config.yaml; an empty text is no file."""
    files = {f"templates/{path}": text for path, text in (MESSAGES | dict(messages or {})).items()}
    files |= {
        f"audiences/{name}.yaml": text
        for name, text in (
            {"staff": STAFF_FILE, "patients": PATIENTS_FILE} | dict(audiences or {})
        ).items()
    }
    config = CONFIG.replace("[staff, patients]", f"[{', '.join(order)}]")
    for path, text in {**files, "config.yaml": config + campaigns}.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        if text:
            (folder / path).write_text(text, encoding="utf-8")
    return folder / "config.yaml"


@dataclass(slots=True)
class ScriptedProvider(Provider):
    """A scripted provider, for the OUTSIDE: accepts, refuses or keeps silent as it was told."""

    concurrency: int = 2
    carries_fiction: bool = True
    #: Recipient -> what the next tries meet before anything may have been accepted.
    refusals: dict[str, deque[HandOverError]] = field(default_factory=dict)
    #: What every try meets, whoever it is for.
    broken: Exception | None = None
    #: Never gets to the last bytes / never gets the answer, until told.
    silent_before: set[str] = field(default_factory=set)
    silent_after: set[str] = field(default_factory=set)
    tries: list[str] = field(default_factory=list)
    accepted: list[Message] = field(default_factory=list)
    #: Set once a message is held in silence.
    held: asyncio.Event = field(default_factory=asyncio.Event)
    #: Set by a test to end the silence.
    answers: asyncio.Event = field(default_factory=asyncio.Event)
    #: Called with each message that is tried.
    on_try: Callable[[Message], None] = lambda message: None

    async def send(
        self, message: Message, handing_over: HandingOver, begin: Begin = unasked
    ) -> Receipt:
        self.tries.append(message.to)
        self.on_try(message)
        await asyncio.sleep(0)
        if self.broken is not None:
            raise self.broken
        if self.refusals.get(message.to):
            raise self.refusals[message.to].popleft()
        if message.to in self.silent_before:
            await self._silence()
        await begin(message.delivery)
        handing_over(message.delivery)
        if message.to in self.silent_after:
            await self._silence()
        self.accepted.append(message)
        return Receipt(provider_id=f"Q{message.delivery}", segments=message.segments)

    async def _silence(self) -> None:
        self.held.set()
        await self.answers.wait()

    @property
    def recipients(self) -> list[str]:
        return sorted(message.to for message in self.accepted)


@dataclass(kw_only=True, slots=True)
class World:
    """One daemon's parts, moved by hand."""

    app: App
    book: Book
    clock: Clock
    config: Path
    providers: dict[str, ScriptedProvider]
    journal: WireJournal
    planner: Planner
    senders: dict[str, Sender]

    @property
    def email(self) -> ScriptedProvider:
        return self.providers["email"]

    @property
    def sms(self) -> ScriptedProvider:
        return self.providers["sms"]

    async def look(self, now: datetime | None = None) -> list[PlanCount]:
        """What the daemon does at each look, before it sends."""
        self.clock.now = now or self.clock.now
        await self.planner.sync(self.clock.now)
        counts = await self.planner.plan_due(self.clock.now)
        await self.app.ledger.expire(self.clock.now)
        return counts

    async def send(self, now: datetime | None = None) -> int:
        self.clock.now = now or self.clock.now
        return sum([await sender.send_due() for sender in self.senders.values()])

    async def at(self, now: datetime) -> None:
        """A look, what it makes leave, and another look."""
        await self.look(now)
        await self.send()
        await self.planner.plan_due(now)

    async def states(self) -> Counter[str]:
        return await self.book.states()

    async def reasons(self) -> dict[str, str]:
        rows = await self.book.rows(delivery)
        return {f"{row.channel} {row.id}": row.reason for row in rows}

    async def occurrence(self) -> OccurrenceRow:
        """The first one."""
        return (await self.app.ledger.occurrences())[0]

    async def steer(self, how: How, now: datetime) -> Standing:
        """``reflexe pause``, ``resume`` or ``cancel`` of the first occurrence."""
        hand = self.app.hand
        return await steer(self.app.ledger, hand, await self.occurrence(), how, "Camille", now)

    async def alarms(self) -> list[str]:
        return [f"{one.kind} {one.subject}" for one in await self.app.ledger.open_alarms()]

    def read_again(self) -> None:
        """The configuration and the messages as they are now, as the daemon does."""
        self.app = bootstrap.app_on(load(self.config, {}), self.app.ledger, self.clock)
        self.restart()

    def restart(self) -> None:
        """A new process on the same ledger: nothing is known but what it holds."""
        self.planner = bootstrap.make_planner(self.app, dict(self.providers))
        made = bootstrap.make_senders(
            self.app, dict(self.providers), bootstrap.make_renderer(self.app), self.journal
        )
        # Jitter that a test can repeat.
        self.senders = {one.lane.name: replace(one, chance=Random(1)) for one in made}  # noqa: S311


@asynccontextmanager
async def open_world(
    folder: Path,
    campaigns: str = SERIES,
    *,
    made: datetime = MADE,
    messages: Mapping[str, str] | None = None,
    audiences: Mapping[str, str] | None = None,
    order: Sequence[str] = ("staff", "patients"),
    url: str = "",
) -> AsyncIterator[World]:
    """A new installation in ``folder``, whose ledger is made at ``made`` and holds nobody yet.

    ``url``: of an empty ledger elsewhere; SQLite beside the installation without one.
    """
    config = write_installation(folder, campaigns, messages, audiences, order)
    clock = Clock(made)
    (folder / "var").mkdir()
    if url:
        write_keys(make_keys(), folder / "var" / "keys.json")
    else:
        (folder / "var" / "reflexe.db").write_bytes(empty_ledger())
    environment = {"REFLEXE_DATABASE__URL": url} if url else {}
    app = await bootstrap.open_app(load(config, environment), clock)
    journal = WireJournal(folder / "wire.journal", "w")
    providers = {"email": ScriptedProvider(), "sms": ScriptedProvider()}
    world = World(
        app=app,
        book=Book(ledger=app.ledger, people=app.people),
        clock=clock,
        config=config,
        providers=providers,
        journal=journal,
        planner=bootstrap.make_planner(app, dict(providers)),
        senders={},
    )
    world.restart()
    await app.ledger.note_campaigns([one.name for one in app.agenda.campaigns], made)
    yield world
    journal.close()
    await app.close()


def utc(day: int, hour: int, minute: int = 0, *, month: int = 10) -> datetime:
    """An instant of 2026."""
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)


def edit(config: Path, old: str, new: str) -> None:
    """Change a file of the installation, as an editor does."""
    text = config.read_text(encoding="utf-8")
    assert old in text
    config.write_text(text.replace(old, new), encoding="utf-8")
