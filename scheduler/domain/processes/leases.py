"""A lease: one process at a time is in an act that takes several transactions."""

from datetime import datetime, timedelta

from scheduler.domain.instants import Dated
from scheduler.domain.values import frozen

#: How long one holds that isn't renewed: a process that was killed holds nobody up for longer.
HOLD = timedelta(seconds=45)
#: After so long without another transaction it is renewed by itself.
RENEW = timedelta(seconds=10)

ROTATION = "key rotation"
#: Acts beside which there may be no other, of whatever name.
ALONE = frozenset({ROTATION})


def import_of(source: str) -> str:
    """The name of an import's lease: one at a time for the people of one source."""
    return f"import of {source}"


@frozen
class Lease(Dated):
    """One that was got. Each transaction of the act renews it, or fails."""

    #: ``import staff``: the act, and what it is done to.
    name: str
    #: Tells this process from any other, and from itself another time.
    token: str
    #: Who acts, where; for people.
    who: str
    #: Since when (UTC).
    since: datetime


def under_way(name: str, who: str, since: datetime) -> str:
    """What whoever comes second is told."""
    return (
        f"another {name} is under way: {who}, since {since:%Y-%m-%d %H:%M:%S} UTC. Nothing was "
        "changed: say it again when that has ended (one that was killed is over within a minute)"
    )


def lost(name: str, who: str, since: datetime) -> str:
    """What a process is told that was taken for dead, and is not."""
    return (
        f"this {name} stood still for so long that another began: {who}, since "
        f"{since:%Y-%m-%d %H:%M:%S} UTC. It stopped half-way: say it again when that has ended"
    )
