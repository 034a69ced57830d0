"""Where a bench of several processes is held: a new ledger, the shipped configuration, people."""

import asyncio
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import create_engine, text

from bench import replica
from bench.send import PORT
from bench.world import SUNDAY, make_world
from scheduler import bootstrap
from scheduler.store.keys.sealing import make_keys, write_keys
from scheduler.store.setup import migrate
from tests.parts.postgres import empty_database

KEYS = "keys.json"


@dataclass(frozen=True, kw_only=True, slots=True)
class Ground:
    folder: Path
    url: str
    environment: Mapping[str, str]

    def ask(self, statement: str) -> int:
        """The one number that a statement finds in the ledger."""
        engine = create_engine(self.url)
        try:
            with engine.connect() as connection:
                return int(connection.execute(text(statement)).scalar() or 0)
        finally:
            engine.dispose()

    @contextmanager
    def replicas(self, count: int) -> Iterator[list[subprocess.Popen[str]]]:
        """So many, that wait for their first line; those in the list at the end are ended."""
        running = [self.start(number) for number in range(count)]
        try:
            yield running
        finally:
            for process in running:
                process.kill()
                process.wait()

    def start(self, number: int) -> subprocess.Popen[str]:
        return replica.start(self.folder, number, self.environment)


@contextmanager
def ledger(folder: Path, server: str | None) -> Iterator[str]:
    """The URL of an empty ledger on that server, or on SQLite; its keys are in ``folder``."""
    write_keys(make_keys(), folder / KEYS)
    if server is None:
        url = f"sqlite:///{folder / 'ledger.db'}"
        migrate(url)
        yield url
        return
    with empty_database(server) as url:
        migrate(url)
        yield url


@contextmanager
def planned(
    folder: Path, server: str | None, recipients: int, connections: int
) -> Iterator[Ground]:
    """A ledger in which everything is planned and nothing has left."""
    folder.mkdir()
    with ledger(folder, server) as url:
        environment = {
            "REFLEXE_DATABASE__URL": url,
            "REFLEXE_KEYS__FILE": str(folder / KEYS),
            "REFLEXE_CHANNELS__EMAIL__PROVIDER": "smtp",
            "REFLEXE_CHANNELS__EMAIL__SMTP__HOST": "127.0.0.1",
            "REFLEXE_CHANNELS__EMAIL__SMTP__PORT": str(PORT),
            "REFLEXE_CHANNELS__EMAIL__SMTP__SECURITY": "none",
            "REFLEXE_CHANNELS__EMAIL__SMTP__CONNECTIONS": str(connections),
        }
        ground = Ground(folder=folder, url=url, environment=environment)
        asyncio.run(_plan_all(ground, recipients))
        yield ground


async def _plan_all(ground: Ground, recipients: int) -> None:
    """A row for everybody, batches and, on a server, their jobs."""
    app = await make_world(ground.folder, recipients, ground.environment)
    if not app.ledger.database.is_sqlite:
        # As the engine of a daemon does.
        app.ledger.limits = {}
    providers = {"email": bootstrap.make_providers(app.configuration.settings)["email"]}
    planner = bootstrap.make_planner(app, providers)
    await planner.sync(SUNDAY)
    await planner.plan_due(SUNDAY)
    await app.close()


def processor_times() -> tuple[int, int]:
    """Of the machine since it started: all, and idle (in ticks)."""
    numbers = [int(word) for word in Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:]]
    return sum(numbers[:8]), numbers[3] + numbers[4]
