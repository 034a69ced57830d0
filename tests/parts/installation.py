"""A whole installation on the disk: the shipped configuration, people, a clock, its processes.

What it asks of the ledger it asks beside the daemon, read-only, in SQL of its own.
"""

import asyncio
import csv
import json
import shutil
import signal
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, closing
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

from scheduler.bootstrap import open_app
from scheduler.config.loading import load
from scheduler.domain.calendar.holidays import known_territory
from scheduler.domain.people.imports import SAMPLE_ORIGIN, ImportStart
from scheduler.flow.people.import_report import ImportReport
from scheduler.flow.people.importing import import_contacts
from scheduler.sources import contact_file
from scheduler.store.keys.sealing import Keys, read_keys
from tests.new_ledger import give_ledger

from .daemon import Daemon, command, daemon, status
from .processes import wait_until
from .stepped_clock import SteppedClock

PROJECT = Path(__file__).parents[2]
#: What a person accepted, where the basis is consent.
PROOF = {"consent_date": "2026-01-15", "consent_how": "papier", "consent_wording": "J’accepte."}

Row = dict[str, Any]


@dataclass(kw_only=True, slots=True)
class Installation:
    """One folder with config.yaml, audiences/, templates/ and, later, var/."""

    folder: Path
    clock: SteppedClock
    #: Added to the environment of every process: settings and secrets.
    environment: dict[str, str] = field(default_factory=dict)
    #: Its daemons are started from nothing, not forked.
    anew: bool = False

    @property
    def config(self) -> Path:
        return self.folder / "config.yaml"

    @property
    def log_file(self) -> Path:
        return self.folder / "daemon.log"

    def set(self, **settings: object) -> None:
        """Settings, as variables say them: ``channels__email__smtp__port=587``."""
        for name, value in settings.items():
            self.environment[f"REFLEXE_{name.upper()}"] = str(value)

    def daemon(self, *arguments: str, seconds: float = 120) -> AbstractContextManager[Daemon]:
        """The running daemon on this installation's clock, ready within so many seconds."""
        return daemon(
            self.config,
            self.log_file,
            *arguments,
            environment=self._environment(),
            seconds=seconds,
            anew=self.anew,
        )

    def say(self, *words: str) -> CompletedProcess[str]:
        """One command, to its end, on the same clock."""
        return command(self.config, *words, environment=self._environment())

    def ask(self, *words: str) -> Any:
        """What a command answers with ``--json``; its exit code may be 0 or 1."""
        answer = self.say(*words, "--json")
        assert answer.returncode in (0, 1), answer.stderr
        return json.loads(answer.stdout)

    def import_people(self, audience: str, people: Sequence[Mapping[str, str]]) -> None:
        """Take people in, each a row of a contact file; as ``reflexe import``, but sooner."""
        file = self.folder / f"{audience}.csv"
        names = list(dict.fromkeys(name for person in people for name in person))
        with file.open("w", encoding="utf-8", newline="") as target:
            writer = csv.DictWriter(target, names, restval="", delimiter=";")
            writer.writeheader()
            writer.writerows(people)
        report = asyncio.run(self._take_in(audience, file))
        assert not report.bad_rows, report.bad_rows

    async def _take_in(self, audience: str, file: Path) -> ImportReport:
        configuration = load(self.config, self.environment)
        into = configuration.audience(audience)
        source = contact_file.read(file, into, known_territory=known_territory)
        start = ImportStart(
            audience=into,
            file_hash=source.digest,
            origin=SAMPLE_ORIGIN,
            basis=into.channels["email"].basis,
            mode="add",
        )
        give_ledger(configuration)
        app = await open_app(configuration, self.clock.now)
        try:
            return await import_contacts(source, app.contact_files, start, app.clock)
        finally:
            await app.close()

    def people_of(self, audience: str) -> list[dict[str, str]]:
        """The rows that were imported last."""
        with (self.folder / f"{audience}.csv").open(encoding="utf-8", newline="") as source:
            return list(csv.DictReader(source, delimiter=";"))

    def rows(self, statement: str, *values: object) -> list[Row]:
        """What a SELECT on the SQLite ledger finds."""
        path = self.folder / "var" / "reflexe.db"
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=10)) as ledger:
            ledger.row_factory = sqlite3.Row
            return [dict(row) for row in ledger.execute(statement, values)]

    def deliveries(self, channel: str = "email", episode: str = "%") -> list[Row]:
        """Every delivery row of a channel, with its recipient (``to``) opened."""
        found = self.rows(
            """select delivery.*, occurrence.episode, slot.zone, slot.territory, slot.audience,
                      address.sealed, address.digest, contact.token
               from delivery
               join occurrence on occurrence.id = delivery.occurrence_id
               join slot on slot.id = delivery.slot_id
               join contact on contact.id = delivery.contact_id
               left join address on address.id = delivery.address_id
               where delivery.channel = ? and occurrence.episode like ?
               order by delivery.id""",
            channel,
            episode,
        )
        keys = self.keys()
        for row in found:
            sealed, digest = row.pop("sealed"), row.pop("digest")
            row["to"] = keys.open("address", sealed, digest).decode() if sealed else ""
        return found

    def states(self, channel: str = "email", episode: str = "%") -> dict[str, str]:
        """Recipient -> state."""
        return {row["to"]: row["state"] for row in self.deliveries(channel, episode)}

    def count(self, state: str, channel: str = "%") -> int:
        (row,) = self.rows(
            "select count(*) as n from delivery where state = ? and channel like ?", state, channel
        )
        return int(row["n"])

    def alarms(self) -> list[tuple[str, str]]:
        """Kind and subject of every alarm that is open."""
        found = self.rows("select kind, subject from alarm where cleared_at is null order by id")
        return [(row["kind"], row["subject"]) for row in found]

    def occurrence_state(self, episode: str) -> str:
        found = self.rows("select state from occurrence where episode = ? order by id", episode)
        return str(found[0]["state"]) if found else ""

    def keys(self) -> Keys:
        return read_keys(self.folder / "var" / "keys.json")

    def wait_planned(self, slots: int, seconds: float = 120) -> None:
        """Return once so many slots have their mark."""
        wait_until(lambda: self.slots() >= slots, f"{slots} slots planned", seconds)

    def slots(self) -> int:
        """How many slots have their mark."""
        return int(self.rows("select count(*) as n from slot")[0]["n"])

    def wait_settled(self, *, seconds: float = 120, of: str = "%") -> None:
        """Return once something was planned and nothing of it waits or is under way."""
        pending = "state in ('waiting', 'sending') and channel like ?"
        statement = f"select count(*) as n, sum({pending}) as pending from delivery"  # noqa: S608
        try:
            wait_until(lambda: self.rows(statement, of)[0]["pending"] == 0, "all settled", seconds)
        except TimeoutError as late:
            left = self.rows(f"select * from delivery where {pending}", of)  # noqa: S608
            raise TimeoutError(f"not settled at {self.clock.now()}: {left}") from late

    def wait_tried(self, *, times: int = 1, seconds: float = 120) -> None:
        """Return once each delivery that still waits was tried so often, and none is under way."""
        untried = f"state = 'sending' or (state = 'waiting' and attempts < {times})"
        statement = f"select count(*) as n, sum({untried}) as left from delivery"  # noqa: S608
        wait_until(lambda: self.rows(statement)[0]["left"] == 0, "every delivery tried", seconds)

    def wait_tried_or_postponed(self, reason: str, rows: int, seconds: float = 120) -> None:
        """Return once so many deliveries wait for this reason, and none is under way."""
        statement = "select sum(reason = ?) as kept, sum(state = 'sending') as busy from delivery"
        wait_until(
            lambda: self.rows(statement, reason)[0] == {"kept": rows, "busy": 0},
            f"{rows} postponed: {reason}",
            seconds,
        )

    def step_to(self, instant: datetime) -> None:
        self.clock.step_to(instant)

    def look_at(self, running: Daemon, instant: datetime) -> None:
        """Step, and return once the daemon has looked at the calendar there.

        At least two minutes on or back: readiness is that the last look was within one.
        """
        self.clock.step_to(instant)
        wait_until(lambda: status(f"{running.desk}/readyz") == 200, f"a look at {instant}", 120)

    def _environment(self) -> Mapping[str, str]:
        loopback = {"NO_PROXY": "127.0.0.1,localhost", "LC_ALL": "C.UTF-8"}
        return {**self.clock.environment(), **loopback, **self.environment}


def install(folder: Path, now: datetime, **settings: object) -> Installation:
    """The shipped configuration, audiences and messages in ``folder``; its clock shows ``now``."""
    folder.mkdir(exist_ok=True)
    for name in ("audiences", "templates"):
        shutil.copytree(PROJECT / name, folder / name)
    shutil.copy(PROJECT / "config.yaml", folder)
    made = Installation(folder=folder, clock=SteppedClock(folder, now))
    made.set(log__format="json", **settings)
    return made


def by_relay(port: int, host: str = "127.0.0.1") -> dict[str, Any]:
    """Settings of e-mail that leaves by this relay, which asks for neither TLS nor an account."""
    return {
        "channels__email__provider": "smtp",
        "channels__email__smtp__host": host,
        "channels__email__smtp__port": port,
        "channels__email__smtp__security": "none",
    }


def staff(number: int, **more: str) -> dict[str, str]:
    """A member of staff with an address and a number of their own, who agreed to SMS."""
    return _person("matricule", "A", number) | more


def patient(number: int, **more: str) -> dict[str, str]:
    """The same among the patients, who agreed to both channels."""
    return _person("reference", "R", 5000 + number) | more


def kill(running: Daemon) -> None:
    """End it at once, as the system does when memory runs out."""
    running.process.send_signal(signal.SIGKILL)
    running.process.wait()


def log_events(running: Daemon) -> Iterator[dict[str, Any]]:
    """The lines of its log; those that are no JSON are the addresses it prints."""
    for line in running.log().splitlines():
        if line.startswith("{"):
            yield json.loads(line)


def _person(key: str, letter: str, number: int) -> dict[str, str]:
    return {
        key: f"{letter}{number:05}",
        "prenom": "Ana",
        "email": f"{letter.lower()}{number:05}@example.org",
        "telephone": f"+33 6 39 98 {number // 100:02} {number % 100:02}",
        **PROOF,
    }
