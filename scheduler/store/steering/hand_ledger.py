"""The ledger as the commands see it that steer a sending by hand: each method, one transaction."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import Connection

from scheduler.domain.addressees import FoundList, RecipientList, Sought
from scheduler.domain.calendar.approval import Approval
from scheduler.domain.planning import OccurrenceRow
from scheduler.domain.sending import TrialRecord
from scheduler.store import audit, stopping
from scheduler.store.database import Database
from scheduler.store.keys.sealing import Keys
from scheduler.store.planning import approvals, lists, seen_texts
from scheduler.store.planning import passes as passing
from scheduler.store.sending import halts
from scheduler.store.steering import acts as steering
from scheduler.store.steering import trials
from scheduler.store.transactions import reading, writing


def _allow(
    connection: Connection,
    asked: Approval,
    by: str,
    now: datetime,
    ends: Sequence[OccurrenceRow] = (),
) -> OccurrenceRow | None:
    if not approvals.approve(connection, asked, by, now):
        return None
    return steering.bring_forward(connection, asked.occurrence, asked.audiences, by, now, ends)


class HandLedger:
    def __init__(self, database: Database, keys: Keys) -> None:
        self.database = database
        self._keys = keys

    bring_forward = writing(steering.bring_forward)

    change = writing(steering.change)

    cancel = writing(steering.cancel)

    stop_all = writing(stopping.stop_all)

    resume_all = writing(stopping.resume_all)

    lift_halt = writing(halts.lift_halt)

    halted = reading(halts.halted)

    waiting_of = reading(halts.waiting_of)

    standing = reading(stopping.standing)

    kept_texts = reading(steering.kept_texts)

    refresh = writing(steering.refresh)

    async def find_listed(self, sources: Collection[str], sought: Sequence[Sought]) -> FoundList:
        """Who the rows of a file stand for."""
        return await self.database.read(lists.resolve, self._keys, sources, sought)

    async def listed(self, kept: RecipientList) -> list[int]:
        return await self.database.read(lists.people_of, kept.row)

    #: To whom it goes from now on; None: by name to everybody. Raises NotFound once it has
    #: begun to leave to others.
    keep_list = writing(lists.keep)

    drop_list = writing(lists.drop)

    approvals_of = reading(approvals.of_message)

    #: What nobody has allowed yet, the oldest first.
    waiting_approvals = reading(approvals.waiting)

    ask_approval = writing(approvals.ask)

    #: Allow exactly what was asked and make it due, both or neither; None when it was asked
    #: anew meanwhile, or is allowed.
    allow = writing(_allow)

    #: What people asked to let pass of a message, allowed or not.
    passes = reading(passing.of_message)

    #: Note that somebody asks; False when it was asked or allowed before.
    ask_pass = writing(passing.ask)

    #: Let exactly this pass; False when it is no longer asked so, or is allowed.
    allow_pass = writing(passing.allow)

    #: It holds again; False when it wasn't there.
    withdraw_pass = writing(passing.withdraw)

    #: By the form that it is asked by, once; whoever may hand it over ends it then.
    begin_trial = writing(trials.begin)
    end_trial = writing(trials.end)

    async def note_trial(self, record: TrialRecord, now: datetime) -> None:
        await self.database.write(trials.note, record, self._keys, now)

    trials_of_late = reading(trials.of_late)

    #: Of one message, the latest first.
    latest_trials = reading(trials.latest)

    #: A text still follows its French text: somebody says so.
    read_again = writing(seen_texts.read_again)

    audit_entries = reading(audit.entries)

    verify_audit = reading(audit.verify)
