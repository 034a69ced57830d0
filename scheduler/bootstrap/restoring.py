"""At a start: what the opt-out journal remembers and the ledger doesn't."""

import os
from contextlib import suppress
from pathlib import Path

from scheduler.bootstrap.app import App
from scheduler.config.configuration import Configuration
from scheduler.domain.consent.optout_record import Replayed
from scheduler.log import get_logger
from scheduler.store.optouts.replaying import accept_restored as accept
from scheduler.store.optouts.replaying import replay

log = get_logger(__name__)

#: The provider that reaches nobody.
OUTBOX = "outbox"


def mark_at_risk(configuration: Configuration) -> str:
    """In words, why the second mark wouldn't show that a whole folder was put back; empty while it
    would, while nothing real is sent, and on a server, where the ledger lies elsewhere anyway."""
    channels = configuration.settings.channels
    is_real = any(one.provider != OUTBOX for one in (channels.email, channels.sms))
    if not is_real or not configuration.settings.database.url.startswith("sqlite"):
        return ""
    mark = configuration.second_mark
    folder = _there(mark.parent)
    if not os.access(folder, os.W_OK):
        return f"the ledger's mark can't be written to {mark}: set daemon.mark to another volume"
    if folder.stat().st_dev == _there(configuration.var).stat().st_dev:
        return (
            f"the ledger and its second mark ({mark}) lie on one volume: put back from a backup "
            "together, they would send again; set daemon.mark to another volume"
        )
    return ""


def _there(folder: Path) -> Path:
    """It, or the nearest above it that exists."""
    for one in (folder, *folder.parents):
        # One that may not be searched says nothing of what is below it.
        with suppress(OSError):
            if one.exists():
                return one
    return Path("/")


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
