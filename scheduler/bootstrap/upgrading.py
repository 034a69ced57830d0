"""What an update would ask of an installation, as its settings say where things are."""

from collections.abc import Sequence

from scheduler import __version__
from scheduler.domain.values import frozen
from scheduler.store.connecting import has_postgres_parts
from scheduler.store.setup import HEAD
from scheduler.store.upkeep.upgrading import LedgerSeen, Step, look, steps_after


@frozen
class Upgrade:
    """From what is there to this program."""

    ledger: LedgerSeen
    steps: Sequence[Step]
    #: Of this program.
    version: str = __version__
    schema: str = HEAD

    @property
    def is_newer_ledger(self) -> bool:
        return self.ledger.schema > self.schema

    @property
    def stops_older_than(self) -> str:
        """The oldest schema whose programs may run on beside a migration, where it isn't the
        ledger's own; empty: all of them may."""
        oldest = max((one.oldest for one in self.steps), default="")
        return oldest if oldest > self.ledger.schema else ""


def upgrade_of(url: str) -> Upgrade:
    """Nothing is changed. Raises LedgerError."""
    seen = look(url)
    return Upgrade(ledger=seen, steps=steps_after(seen.schema) if seen.schema else ())


def lacks_postgres_parts(url: str) -> bool:
    return url.startswith("postgresql") and not has_postgres_parts()
