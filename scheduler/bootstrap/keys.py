"""The ring of keys, and bringing a ledger to its newest."""

from datetime import datetime

from scheduler.bootstrap.app import App
from scheduler.domain.audit import Act, AuditAct
from scheduler.store.keys.sealing import replace_keys, with_new_key
from scheduler.store.upkeep.rotation import Rotation


def rotation_of(app: App) -> Rotation:
    return Rotation(app.ledger.database, app.ledger.keys, app.ledger.journal)


async def add_key(app: App, by: str, now: datetime) -> str:
    """Put a fresh key in front of keys.file, whose ring is read anew at the next opening; its id.

    Raises KeysError and OSError; the file is then as it was.
    """
    ring = with_new_key(app.ledger.keys)
    act = Act(actor=by, act=AuditAct.ADD_KEY, subject=f"key {ring.current.id}")
    await app.people.note_export(act, now)
    replace_keys(ring, app.configuration.settings.keys.file)
    return ring.current.id
