"""What a monitoring system may read of the daemon: figures, never a person."""

from collections.abc import Mapping

from scheduler.domain.delivery import DeliveryState
from scheduler.domain.values import frozen


@frozen
class Spent:
    """What one kind of transaction has taken since the process opened its ledger."""

    times: int
    #: From its beginning to its end, the wait for another's to end included.
    seconds: float
    #: What those took that a small figure tells of: at its latest step.
    told_seconds: float = 0.0


@frozen
class Gauges:
    #: Of the occurrences under way.
    deliveries: Mapping[DeliveryState, int]
    #: Channel -> messages that wait longer than they should.
    overdue: Mapping[str, int]
    #: Channel -> uncertain deliveries, of all time.
    uncertain: Mapping[str, int]
    #: Kind -> open alarms.
    alarms: Mapping[str, int]
    #: People's own, in the last 24 hours.
    opt_outs: int
    #: Channel -> messages sent in the last hour.
    sent: Mapping[str, int]
    #: Channel -> its lanes that rest, after failures.
    resting: Mapping[str, int]
    #: Processes that work on the ledger and give signs of life; on SQLite nobody counts.
    replicas: int
    #: Name of a transaction of this process -> what it has taken.
    spent: Mapping[str, Spent]
