"""Several daemons on one PostgreSQL ledger: each with a folder, and so a volume, of its own."""

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import psycopg
from psycopg.rows import dict_row

from scheduler.store.keys.sealing import make_keys, read_keys, write_keys
from scheduler.store.setup import migrate

from .installation import Installation, install
from .postgres import empty_database


@dataclass(frozen=True, kw_only=True, slots=True)
class Cluster:
    """Installations that share a ledger, its keys and a clock."""

    homes: Sequence[Installation]
    #: As PostgreSQL's own library takes it.
    server: str
    keys: Path

    def rows(self, statement: str, *values: object) -> list[dict[str, Any]]:
        """What a statement finds in the ledger."""
        with psycopg.connect(self.server, row_factory=dict_row, autocommit=True) as ledger:
            found = ledger.execute(statement.encode(), values)
            return found.fetchall() if found.description else []

    def count(self, state: str, channel: str = "%") -> int:
        statement = "select count(*) as n from delivery where state = %s and channel like %s"
        return int(self.rows(statement, state, channel)[0]["n"])

    def unsettled(self) -> int:
        statement = "select count(*) as n from delivery where state in ('waiting', 'sending')"
        return int(self.rows(statement)[0]["n"])

    def states(self, channel: str = "email") -> dict[str, str]:
        """Recipient -> state."""
        keys = read_keys(self.keys)
        found = self.rows(
            "select delivery.state, address.sealed, address.digest from delivery "
            "join address on address.id = delivery.address_id where delivery.channel = %s",
            channel,
        )
        return {
            keys.open("address", bytes(row["sealed"]), bytes(row["digest"])).decode(): row["state"]
            for row in found
        }


@contextmanager
def cluster(
    folder: Path, server: str, now: datetime, *, replicas: int, **settings: object
) -> Iterator[Cluster]:
    """An empty ledger on this server, and so many installations on it; the clock shows ``now``."""
    keys = folder / "keys.json"
    write_keys(make_keys(), keys)
    with empty_database(server) as url:
        migrate(url)
        first = install(folder / "one", now, database__url=url, keys__file=keys, **settings)
        homes = [first, *(beside(first, number) for number in range(2, replicas + 1))]
        yield Cluster(homes=homes, server=url.replace("+psycopg", ""), keys=keys)


def beside(first: Installation, number: int) -> Installation:
    """Another on the same ledger and the same clock, that has not run yet."""
    folder = first.folder.with_name(f"replica-{number}")
    shutil.copytree(first.folder, folder)
    return Installation(folder=folder, clock=first.clock, environment=dict(first.environment))
