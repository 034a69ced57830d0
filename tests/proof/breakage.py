"""Breaks a promise of the program on purpose: a proof that can't fail proves nothing."""

import os
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select, update

from scheduler.domain.delivery import DeliveryState
from scheduler.store.schema.running_tables import replica
from scheduler.store.schema.tables import delivery
from scheduler.store.sending import replicas
from scheduler.store.sending.wire_journal import PAD, RECORD, Mark, WireJournal

#: What is broken, and what the proof must find. ``no-patience`` breaks replicas alone.
BREAKAGES = {"no-mark": "twice", "early-answer": "lost", "no-patience": "twice"}


def break_promise(name: str) -> None:
    """``no-mark``: nothing says what is about to leave. ``early-answer``: an answer before any.
    ``no-patience``: what a dead replica had in flight is others' at once, unheard its journal."""
    if name == "no-patience":
        _take_all()
        return

    def silent(journal: Any, delivery: int) -> None:
        pass

    def hasty(journal: Any, delivery: int) -> None:
        os.write(journal._file, RECORD.pack(delivery, Mark.SENT, PAD))

    def unheard(journal: Any, delivery: int, state: DeliveryState) -> None:
        pass

    kept = silent if name == "no-mark" else hasty
    WireJournal.handing_over = kept  # type: ignore[assignment, method-assign]  # what this file is for
    if name == "no-mark":
        WireJournal.answered = unheard  # type: ignore[assignment, method-assign]  # the same


def _take_all() -> None:
    free = replicas.free_batches

    def free_everything(connection: Connection, me: str, now: datetime) -> list[tuple[int, int]]:
        freed = free(connection, me, now)
        gone = select(replica.c.id).where(
            replicas.silent(connection, replicas.SILENCE, now), replica.c.name != me
        )
        connection.execute(
            update(delivery)
            .where(delivery.c.state == DeliveryState.SENDING, delivery.c.replica_id.in_(gone))
            .values(state=DeliveryState.WAITING)
        )
        return freed

    replicas.free_batches = free_everything
