"""Where a proof is held: an installation, a ledger, a relay, a Twilio, and the days that come."""

import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, text

from scheduler.store.keys.sealing import Keys, make_keys, read_keys, write_keys
from scheduler.store.setup import migrate
from tests.fakes import FakeRelay, FakeTwilio
from tests.parts.hosting import hosted
from tests.parts.installation import Installation, install, staff
from tests.parts.postgres import Server, postgres
from tests.parts.processes import wait_until
from tests.parts.replicas import beside

CONNECTIONS = 4
#: What the relay and the Twilio look-alike take over each: most of a life is spent in the midst.
SECONDS_A_MESSAGE = 0.04
#: Characters of the daemon's log, when the proof can't go on.
LOG_SHOWN = 4000
#: Seconds without anything leaving.
STUCK = 600
#: People reached on one day.
PEOPLE = 1000
#: French departments: each is a slot of its own, so that planning, claims and releases come often.
TERRITORIES = [f"{number:02}" for number in range(21, 71)]
SATURDAY = datetime(2026, 10, 3, 12, tzinfo=UTC)


@dataclass(frozen=True, kw_only=True, slots=True)
class Day:
    """One occurrence on one channel, and when it falls due."""

    channel: str
    episode: str
    due: datetime


def _days(episode: str, sunday: datetime) -> list[Day]:
    """Its e-mail on the Sunday, its SMS on the Monday."""
    monday = sunday + timedelta(days=1)
    return [
        Day(channel="email", episode=episode, due=sunday),
        Day(channel="sms", episode=episode, due=monday),
    ]


#: At 10:00 in Paris, where clocks go back on the last Sunday.
DAYS = [
    *_days("1-fermer-sa-porte", datetime(2026, 10, 4, 8, tzinfo=UTC)),
    *_days("2-ne-pas-donner-ses-cles", datetime(2026, 10, 11, 8, tzinfo=UTC)),
    *_days("3-verifier-qui-frappe", datetime(2026, 10, 18, 8, tzinfo=UTC)),
    *_days("4-ne-pas-se-devoiler", datetime(2026, 10, 25, 9, tzinfo=UTC)),
]


@dataclass(frozen=True, kw_only=True, slots=True)
class Ground:
    #: One a replica; they share a ledger, its keys and a clock.
    homes: Sequence[Installation]
    #: None beside SQLite.
    server: Server | None
    engine: Engine
    relay: FakeRelay
    twilio: FakeTwilio
    folder: Path

    @property
    def home(self) -> Installation:
        """The first, or the only one."""
        return self.homes[0]

    @property
    def is_sqlite(self) -> bool:
        return self.engine.dialect.name == "sqlite"

    @property
    def var(self) -> Path:
        """Where the daemon's own files lie."""
        return self.folder / "var" if self.is_sqlite else self.home.folder / "var"

    @property
    def ledger_file(self) -> Path:
        """SQLite's."""
        return self.folder / "var" / "ledger.db"

    @property
    def keys(self) -> Keys:
        return read_keys(Path(self.home.environment["REFLEXE_KEYS__FILE"]))

    def query(self, statement: str, **values: object) -> list[Any]:
        with self.engine.connect() as connection:
            return list(connection.execute(text(statement), values))

    def change(self, statement: str) -> None:
        """Something befalls the ledger."""
        with self.engine.begin() as connection:
            connection.execute(text(statement))

    def count(self, *states: str) -> int:
        names = ", ".join(f"'{state}'" for state in states)
        found = self.query(f"select count(*) from delivery where state in ({names})")  # noqa: S608
        return int(found[0][0])

    def run_out(self) -> None:
        """Let the daemons work until nothing waits. Raises SystemExit, and says what holds the
        rest, when nothing of it leaves any more."""
        while waiting := self._due_last():
            # What failed for a moment is tried again some minutes later.
            self.home.step_to(max(waiting, self.home.clock.now()))
            try:
                wait_until(lambda: self._due_last() != waiting, "the last ones leave", STUCK)
            except TimeoutError as stuck:
                raise SystemExit(f"{stuck}\n{self._holding()}") from stuck

    def _due_last(self) -> datetime | None:
        """When the last one that waits is due; None once nothing waits or is under way."""
        last = self.query(LAST)[0].at
        return datetime.fromtimestamp(int(last) / 1000, UTC) if last else None

    def _holding(self) -> str:
        """Whatever may hold back what waits."""
        tables = HOLDING if self.is_sqlite else HOLDING | JOBS
        found = {name: self.query(statement) for name, statement in tables.items()}
        return "\n".join(f"{name}: {row}" for name, rows in found.items() for row in rows)


@contextmanager
def ground(
    database: str,
    replicas: int = 1,
    *,
    people: int = PEOPLE,
    seconds_a_message: float = SECONDS_A_MESSAGE,
) -> Iterator[Ground]:
    """Installations with ``people`` people on the eve of the first day; ``seconds_a_message`` is
    what the other side takes over each."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="proof-")))
        server = None if database == "sqlite" else stack.enter_context(postgres())
        url = _ledger_url(server, folder)
        relay = stack.enter_context(hosted(FakeRelay(seconds_a_message=seconds_a_message)))
        twilio = stack.enter_context(hosted(FakeTwilio(seconds_a_message=seconds_a_message)))
        write_keys(make_keys(), folder / "keys.json")
        home = install(
            folder / "home", SATURDAY, **settings(url, folder / "keys.json", relay, twilio)
        )
        (home.folder / "var").mkdir()
        migrate(url)
        home.import_people("staff", [_person(number) for number in range(people)])
        homes = [home, *(beside(home, number) for number in range(2, replicas + 1))]
        engine = create_engine(url, pool_pre_ping=True)
        stack.callback(engine.dispose)
        try:
            yield Ground(
                homes=homes,
                server=server,
                engine=engine,
                relay=relay,
                twilio=twilio,
                folder=folder,
            )
        except (Exception, SystemExit):
            for one in homes:
                print(one.log_file.read_text()[-LOG_SHOWN:], file=sys.stderr)
            raise


def _ledger_url(server: Server | None, folder: Path) -> str:
    if server is None:
        (folder / "var").mkdir()
        return f"sqlite:///{folder / 'var' / 'ledger.db'}"
    return server.uri.replace("postgresql://", "postgresql+psycopg://")


def settings(url: str, keys: Path, relay: FakeRelay, twilio: FakeTwilio) -> dict[str, object]:
    return {
        "database__url": url,
        "keys__file": keys,
        "campaigns__rappels__enabled": False,
        "channels__email__provider": "smtp",
        "channels__email__smtp__host": "127.0.0.1",
        "channels__email__smtp__port": relay.port,
        "channels__email__smtp__security": "none",
        "channels__email__smtp__connections": CONNECTIONS,
        "channels__sms__provider": "twilio",
        # More than the look-alike takes: it is the one that decides.
        "channels__sms__pace__segments_per_second": 1000,
        "channels__sms__twilio__account_sid": twilio.account_sid,
        "channels__sms__twilio__auth_token": twilio.auth_token,
        "channels__sms__twilio__base_url": twilio.base_url,
    }


def _person(number: int) -> dict[str, str]:
    return staff(number, territoire=TERRITORIES[number % len(TERRITORIES)])


LAST = "select max(at) as at from delivery where state in ('waiting', 'sending')"
HOLDING = {
    "deliveries": """
        select slot_id, batch, state, reason, replica_id, count(*), min(at), max(at) from delivery
        where state in ('waiting', 'sending') group by 1, 2, 3, 4, 5
    """,
    "batch": "select * from batch where state = 'open'",
    "replica": "select * from replica",
    "breaker": "select * from breaker",
    "halt": "select * from halt",
    "bucket": "select * from bucket",
    "alarm": "select * from alarm where cleared_at is null",
}
JOBS = {"job": "select * from procrastinate_jobs"}
