"""A process that works on the ledger, with a volume of its own."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Replica:
    """It keeps its name, and its journals, across restarts."""

    row: int
    name: str
    #: Host and process, for people.
    host: str
    #: What the header of its wire journal says; empty before the first.
    wire: str
    #: Its last sign of life (UTC).
    seen_at: datetime
    #: No sign of life for longer than a living one is ever silent.
    silent: bool = False
