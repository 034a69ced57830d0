"""What people do to an occurrence by hand; each act stands in the audit log with its actor."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, insert, select, update

from scheduler.domain.audit import Act, AuditAct
from scheduler.domain.calendar.campaigns import Occurrence
from scheduler.domain.delivery import BatchState, DeliveryState, OccurrenceState
from scheduler.domain.errors import LedgerError
from scheduler.domain.ids import OccurrenceId
from scheduler.domain.names.typed_names import same
from scheduler.domain.planning import KeptText, OccurrenceRow, Refreshed
from scheduler.store import audit
from scheduler.store.planning import held_texts
from scheduler.store.planning.occurrences import row_of, set_state
from scheduler.store.schema.tables import batch, content, delivery, occurrence, slot
from scheduler.store.schema.types import to_milliseconds
from scheduler.store.statements.upserts import insert_or_ignore


def bring_forward(
    connection: Connection,
    one: Occurrence,
    audiences: Sequence[str],
    by: str,
    now: datetime,
    ends: Sequence[OccurrenceRow] = (),
) -> OccurrenceRow:
    """Make an occurrence due now for these audiences, and end ``ends``; its id and season stay.

    One that is finished or was missed runs again, for those it has not served. One that is
    cancelled or paused is returned as it is. Raises LedgerError for one whose recipients are
    forgotten.
    """
    of_episode = (occurrence.c.campaign == one.campaign) & (occurrence.c.episode == one.episode)
    season = as_kept(connection, occurrence, of_episode, one.season)
    statement = insert_or_ignore(connection, occurrence).values(
        campaign=one.campaign,
        episode=one.episode,
        season=season,
        local_date=one.date.isoformat(),
        state=OccurrenceState.SCHEDULED,
    )
    connection.execute(statement.on_conflict_do_nothing())
    key = of_episode & (occurrence.c.season == season)
    # Held until the end: of two at once each adds to what the other has brought forward.
    row = connection.execute(select(occurrence).where(key).with_for_update()).one()
    if row.state in (OccurrenceState.CANCELLED, OccurrenceState.PAUSED):
        return row_of(row)
    if _is_forgotten(connection, row.id):
        raise LedgerError(
            f"{row_of(row).id}: who got it is forgotten by now (retention.deliveries_months), and "
            "nobody may get it twice — send it under another key, or wait for its next season"
        )
    held_texts.wait_again(connection, row.id, audiences)
    forced = dict(row.forced) | dict.fromkeys(audiences, to_milliseconds(now))
    connection.execute(update(occurrence).where(key).values(forced=forced))
    connection.execute(
        update(occurrence)
        .where(key, occurrence.c.state.in_([OccurrenceState.FINISHED, OccurrenceState.MISSED]))
        .values(state=OccurrenceState.RUNNING, reason="")
    )
    found = row_of(connection.execute(select(occurrence).where(key)).one())
    detail = {"audiences": ", ".join(audiences)}
    audit.append(
        connection, [Act(actor=by, act=AuditAct.SEND_NOW, subject=found.id, detail=detail)], now
    )
    for other in ends:
        cancel(connection, other, by, now)
    return found


def as_kept(connection: Connection, table: Any, among: ColumnElement[bool], season: str) -> str:
    """A season as the ledger has it already: a key typed anew is the same one."""
    found = connection.execute(select(table.c.season).where(among)).scalars().all()
    alike = (one for one in found if same(one, season))
    return season if season in found else next(alike, season)


def _is_forgotten(connection: Connection, occurrence_id: OccurrenceId) -> bool:
    cut = select(delivery.c.id).where(
        delivery.c.occurrence_id == occurrence_id, delivery.c.contact_id.is_(None)
    )
    return connection.execute(cut.limit(1)).first() is not None


def change(
    connection: Connection,
    row: OccurrenceRow,
    to: OccurrenceState,
    only_from: Iterable[OccurrenceState],
    by: str,
    now: datetime,
) -> bool:
    """Pause or resume; False when it is in none of the states named."""
    changed = set_state(connection, row.occurrence_id, to, only_from=only_from)
    if changed:
        act = AuditAct.PAUSE if to is OccurrenceState.PAUSED else AuditAct.RESUME
        audit.append(connection, [Act(actor=by, act=act, subject=row.id)], now)
    return changed


def cancel(connection: Connection, row: OccurrenceRow, by: str, now: datetime) -> int:
    """End an occurrence; how many deliveries had not left. What is being sent keeps its outcome.

    One that is over meanwhile stays as it is, and nothing is written down.
    """
    if not set_state(connection, row.occurrence_id, OccurrenceState.CANCELLED, only_from=_NOT_OVER):
        return 0
    cancelled = connection.execute(
        update(delivery)
        .where(
            delivery.c.occurrence_id == row.occurrence_id, delivery.c.state == DeliveryState.WAITING
        )
        .values(state=DeliveryState.CANCELLED, at=now)
    )
    slots = select(slot.c.id).where(slot.c.occurrence_id == row.occurrence_id)
    connection.execute(
        update(batch).where(batch.c.slot_id.in_(slots)).values(state=BatchState.DONE, owner=None)
    )
    detail = {"deliveries": cancelled.rowcount}
    audit.append(
        connection, [Act(actor=by, act=AuditAct.CANCEL, subject=row.id, detail=detail)], now
    )
    return cancelled.rowcount


_NOT_OVER = [
    state
    for state in OccurrenceState
    if state not in (OccurrenceState.CANCELLED, OccurrenceState.FINISHED)
]


def kept_texts(connection: Connection, occurrence_id: OccurrenceId) -> list[KeptText]:
    """The texts of an occurrence, the latest revision of each."""
    statement = (
        select(content)
        .where(content.c.occurrence_id == occurrence_id)
        .order_by(content.c.channel, content.c.audience, content.c.variant, content.c.revision)
    )
    latest = {
        (one.channel, one.audience, one.variant): KeptText(
            content_id=one.id,
            channel=one.channel,
            audience=one.audience,
            variant=one.variant,
            revision=one.revision,
            fingerprint=one.fingerprint,
        )
        for one in connection.execute(statement)
    }
    return list(latest.values())


def refresh(
    connection: Connection,
    row: OccurrenceRow,
    texts: Sequence[tuple[KeptText, str, str]],
    by: str,
    now: datetime,
) -> Refreshed:
    """Give those not yet served the new texts: (what is kept, its new fingerprint and source).

    What was sent keeps the text it was sent with. What is being sent at this moment has left.
    Raises LedgerError when somebody took new texts meanwhile.
    """
    # A slot is planned before this, and its rows are here, or after it, with the new texts.
    connection.execute(
        select(occurrence.c.id).where(occurrence.c.id == row.occurrence_id).with_for_update()
    )
    latest = {one.content_id for one in kept_texts(connection, row.occurrence_id)}
    if any(kept.content_id not in latest for kept, _, _ in texts):
        raise LedgerError(f"{row.id}: its texts were taken anew this very moment: say it again")
    waiting = sum(_revise(connection, row, *text) for text in texts)
    served = (
        select(func.count())
        .where(delivery.c.occurrence_id == row.occurrence_id)
        .where(delivery.c.state == DeliveryState.SENT)
    )
    result = Refreshed(
        texts=len(texts), waiting=waiting, served=connection.execute(served).scalar() or 0
    )
    detail: dict[str, str | int] = {
        f"{kept.channel}.{kept.audience}.{kept.variant}": fingerprint
        for kept, fingerprint, _ in texts
    }
    audit.append(
        connection,
        [Act(actor=by, act=AuditAct.REFRESH, subject=row.id, detail=detail | {"waiting": waiting})],
        now,
    )
    return result


def _revise(
    connection: Connection, row: OccurrenceRow, kept: KeptText, fingerprint: str, source: str
) -> int:
    """Keep a text's next revision, and give it to who waits; how many."""
    values = {
        "occurrence_id": row.occurrence_id,
        "channel": kept.channel,
        "audience": kept.audience,
        "variant": kept.variant,
        "revision": kept.revision + 1,
        "fingerprint": fingerprint,
        "source": source,
    }
    new = connection.execute(insert(content).values(values).returning(content.c.id)).scalar()
    waiting = (
        (delivery.c.occurrence_id == row.occurrence_id)
        & (delivery.c.content_id == kept.content_id)
        & (delivery.c.state == DeliveryState.WAITING)
    )
    return connection.execute(update(delivery).where(waiting).values(content_id=new)).rowcount
