"""A process that works on the ledger, with a volume of its own."""

from datetime import datetime, timedelta

from scheduler.domain.instants import Dated
from scheduler.domain.values import frozen

#: The HTTP field in which /healthz says which daemon answers.
INSTANCE_HEADER = "Reflexe-Instance"
#: A daemon that works has looked at the calendar within this time.
LOOKS_WITHIN = timedelta(seconds=60)


@frozen
class Replica(Dated):
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


@frozen
class LastLook(Dated):
    """When the calendar was last looked at, by whom."""

    #: Host and process, for people.
    host: str
    at: datetime
    #: Whoever looked has ended since, in good order.
    stopped: bool
    recent: bool
    #: When any looked last, those that ended and those that died among them.
    latest: datetime

    @property
    def running(self) -> bool:
        return self.recent and not self.stopped
