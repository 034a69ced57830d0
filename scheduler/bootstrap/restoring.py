"""At a start: what the opt-out journal remembers and the ledger doesn't."""

from scheduler.bootstrap.app import App
from scheduler.domain.optout_record import Replayed
from scheduler.log import get_logger
from scheduler.store.replaying import accept_restored as accept
from scheduler.store.replaying import replay

log = get_logger(__name__)


async def replay_opt_outs(app: App, replica: str = "") -> Replayed:
    """Into the ledger. ``replica`` tells this journal from the others' of the same ledger.

    While the result has a ``doubt`` nothing may be sent: an alarm is open.
    Raises LedgerError for a journal that is another ledger's or can't be read.
    """
    ledger = app.ledger
    if ledger.journal is None:
        return Replayed(added=0, lifted=0, damaged=0)
    found = await replay(ledger.database, ledger.journal, app.clock(), replica=replica)
    if found.added or found.lifted or found.damaged:
        log.warning(
            "optout.replayed", added=found.added, lifted=found.lifted, damaged=found.damaged
        )
    if found.doubt:
        log.error("ledger.restored", reason=found.doubt)
    return found


async def accept_restored(app: App, actor: str, replica: str = "") -> None:
    """A person has looked: the next replay has no doubt. Raises OSError and LedgerError."""
    ledger = app.ledger
    if ledger.journal is not None:
        await accept(ledger.database, ledger.journal, actor, app.clock(), replica=replica)
