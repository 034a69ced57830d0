"""What an earlier process left in flight, settled before anything else is sent."""

from collections import Counter
from collections.abc import Collection
from datetime import datetime
from pathlib import Path

from scheduler.bootstrap import Ledger, read_journal, settle
from scheduler.domain.answers.uncertain import INTERRUPTED, WITHOUT_JOURNAL
from scheduler.domain.delivery import Outcome
from scheduler.domain.ids import DeliveryId
from scheduler.domain.processes.replicas import Replica
from scheduler.log import get_logger

log = get_logger(__name__)


async def recover(
    ledger: Ledger, me: Replica, journal: Path, now: datetime, resend: Collection[str]
) -> None:
    """By this replica's wire journal where it can be trusted; without it, the ledger alone decides.

    On the channels of ``resend``, what stays uncertain is sent again.
    """
    marks = read_journal(journal, me.wire)
    deliveries = await ledger.in_flight()
    reason = INTERRUPTED if marks is not None else WITHOUT_JOURNAL
    outcomes = [
        Outcome(delivery_id=DeliveryId(one), state=settle(one, marks), at=now, reason=reason)
        for one in deliveries
    ]
    await ledger.recover(outcomes, now, resend=resend)
    if outcomes:
        counts = Counter(one.state.value for one in outcomes)
        log.warning("daemon.recovered", journal=marks is not None, **counts)
