"""What is old of each kind that retention knows, and how some of it is forgotten."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, exists, func, or_, select, update

from scheduler.domain.consent.optout import THEIR_OWN
from scheduler.domain.people.retention import Kept
from scheduler.domain.values import frozen
from scheduler.store.freezing import concerns_frozen, held_by_frozen, is_frozen
from scheduler.store.people import entries
from scheduler.store.people.erasure import EMPTIED, IN_FLIGHT, forget, in_use
from scheduler.store.planning import lists
from scheduler.store.schema.record_tables import reply, trial
from scheduler.store.schema.record_tables import subscription_request as asked
from scheduler.store.schema.tables import (
    address,
    consent,
    contact,
    delivery,
    event,
    import_,
    suppression,
)
from scheduler.store.schema.writing_tables import text_comment, text_draft, text_trio
from scheduler.store.writing.trios import delete_trios


@frozen
class Sweep:
    #: The ids of what is older than an instant.
    old: Callable[[datetime], Select[Any]]
    forget: Callable[[Connection, Sequence[int], datetime], object]


def silent(limit: datetime, by_consent: Collection[str]) -> Select[Any]:
    """Contacts without an act of their own since then, and without a consent. Who never did
    either counts from the latest file that names them; and so does who needs no consent."""
    latest = func.coalesce(import_.c.at, contact.c.imported_at)
    unnamed = latest < limit
    alone = and_(contact.c.audience.in_(by_consent), _acted(None))
    return (
        select(contact.c.id)
        .select_from(contact.outerjoin(import_, import_.c.id == contact.c.import_id))
        .where(contact.c.sealed.is_not(None), ~_is_awaited(), ~is_frozen())
        .where(~_acted(limit), or_(unnamed, alone))
    )


def _acted(since: datetime | None) -> ColumnElement[bool]:
    """The person opted out or in, chose, wrote to us, or gave or withdrew consent, since then."""

    def late(column: Any) -> ColumnElement[bool]:
        known: ColumnElement[bool] = column.is_not(None)
        return known if since is None else and_(known, column >= since)

    # What nobody is known to have asked may have been them; what another did was not.
    of_theirs = or_(
        suppression.c.address_id == contact.c.email_id,
        suppression.c.address_id == contact.c.phone_id,
    )
    theirs = or_(
        suppression.c.contact_id == contact.c.id,
        and_(of_theirs, suppression.c.contact_id.is_(None)),
    )
    refused = exists().where(
        theirs,
        suppression.c.reason.in_(THEIR_OWN),
        or_(late(suppression.c.at), late(suppression.c.lifted_at)),
    )
    wrote = exists().where(reply.c.address_id == contact.c.phone_id, late(reply.c.at))
    agreed = exists().where(consent.c.contact_id == contact.c.id, late(consent.c.at))
    return or_(late(contact.c.chosen_at), refused, wrote, agreed)


def _is_awaited() -> ColumnElement[bool]:
    return exists().where(delivery.c.contact_id == contact.c.id, delivery.c.state.in_(IN_FLIGHT))


def _left(limit: datetime) -> Select[Any]:
    """Contacts that a file meant to be complete no longer named, then."""
    ended = exists().where(
        import_.c.audience == contact.c.audience,
        import_.c.mode == "replace",
        import_.c.finished_at.is_not(None),
        import_.c.id > contact.c.import_id,
        import_.c.at < limit,
    )
    gone = (contact.c.active == 0, contact.c.sealed.is_not(None), ~_is_awaited(), ~is_frozen())
    return select(contact.c.id).where(*gone, ended)


def _replaced(limit: datetime) -> Select[Any]:
    """Proofs that were replaced, or whose consent was withdrawn, then. A withdrawal stays.

    Another address's proof replaces none that speaks for the address its person has today.
    """
    later = consent.alias("later")
    newer = or_(
        later.c.at > consent.c.at, and_(later.c.at == consent.c.at, later.c.id > consent.c.id)
    )
    over = exists().where(
        later.c.contact_id == consent.c.contact_id,
        later.c.channel == consent.c.channel,
        later.c.act != "confirmed",
        later.c.at < limit,
        newer,
        or_(
            later.c.address_id.is_not_distinct_from(consent.c.address_id),
            and_(later.c.act == "withdrawn", later.c.address_id.is_(None)),
            ~_is_todays(),
        ),
    )
    kept = concerns_frozen(consent.c.contact_id)
    return select(consent.c.id).where(consent.c.act != "withdrawn", over, ~kept)


def _is_todays() -> ColumnElement[bool]:
    """Of a proof: its contact still has the address it was given with."""
    return exists().where(
        contact.c.id == consent.c.contact_id,
        or_(
            contact.c.email_id == consent.c.address_id,
            contact.c.phone_id == consent.c.address_id,
        ),
    )


def _delete_proofs(connection: Connection, rows: Sequence[int], now: datetime) -> None:
    using = update(delivery).where(delivery.c.consent_id.in_(rows))
    connection.execute(using.values(consent_id=None))
    connection.execute(consent.delete().where(consent.c.id.in_(rows)))


def _ended(limit: datetime) -> Select[Any]:
    return select(delivery.c.id).where(
        delivery.c.contact_id.is_not(None),
        delivery.c.at < limit,
        delivery.c.state.not_in(IN_FLIGHT),
        ~concerns_frozen(delivery.c.contact_id),
    )


def _cut(connection: Connection, rows: Sequence[int], now: datetime) -> None:
    connection.execute(
        update(delivery)
        .where(delivery.c.id.in_(rows))
        .values(contact_id=None, address_id=None, consent_id=None, provider_id="")
    )
    learnt = update(event).where(event.c.delivery_id.in_(rows))
    connection.execute(learnt.values(detail=""))


def _old_words(limit: datetime) -> Select[Any]:
    old = select(reply.c.id).where(reply.c.at < limit, reply.c.sealed.is_not(None))
    return old.where(or_(reply.c.address_id.is_(None), ~held_by_frozen(reply.c.address_id)))


def _empty_words(connection: Connection, rows: Sequence[int], now: datetime) -> None:
    connection.execute(update(reply).where(reply.c.id.in_(rows)).values(sealed=None))


def _old_trials(limit: datetime) -> Select[Any]:
    return select(trial.c.id).where(trial.c.at < limit)


def _delete_trials(connection: Connection, rows: Sequence[int], now: datetime) -> None:
    connection.execute(trial.delete().where(trial.c.id.in_(rows)))


def _old_drafts(limit: datetime) -> Select[Any]:
    return select(text_draft.c.id).where(text_draft.c.saved_at < limit)


def _old_comments(limit: datetime) -> Select[Any]:
    return select(text_comment.c.id).where(text_comment.c.at < limit)


def _delete_comments(connection: Connection, rows: Sequence[int], now: datetime) -> None:
    connection.execute(text_comment.delete().where(text_comment.c.id.in_(rows)))


def _old_trios(limit: datetime) -> Select[Any]:
    return select(text_trio.c.id).where(text_trio.c.ends_at < limit)


def _delete_drafts(connection: Connection, rows: Sequence[int], now: datetime) -> None:
    connection.execute(text_draft.delete().where(text_draft.c.id.in_(rows)))


def _old_requests(limit: datetime) -> Select[Any]:
    """What nobody confirmed is forgotten after a week, elsewhere."""
    old = select(asked.c.id).where(asked.c.confirmed_at < limit)
    return old.where(~held_by_frozen(asked.c.address_id))


def _delete_requests(connection: Connection, rows: Sequence[int], now: datetime) -> None:
    connection.execute(asked.delete().where(asked.c.id.in_(rows)))


def _unused(limit: datetime) -> Select[Any]:
    is_asked = exists().where(asked.c.address_id == address.c.id)
    unused = select(address.c.id).where(address.c.sealed.is_not(None), ~in_use(), ~is_asked)
    return unused.where(~held_by_frozen(address.c.id))


def _empty_addresses(connection: Connection, rows: Sequence[int], now: datetime) -> None:
    connection.execute(update(address).where(address.c.id.in_(rows)).values(EMPTIED))


#: Of these, what is forgotten are contacts, whose refusals stay.
PEOPLE = (Kept.CONTACTS, Kept.LEAVERS)
SWEEPS: Mapping[Kept, Sweep] = {
    Kept.CONTACTS: Sweep(old=lambda limit: silent(limit, ()), forget=forget),
    Kept.LEAVERS: Sweep(old=_left, forget=forget),
    Kept.PROOFS: Sweep(old=_replaced, forget=_delete_proofs),
    Kept.DELIVERIES: Sweep(old=_ended, forget=_cut),
    Kept.LISTS: Sweep(old=lists.old, forget=lists.forget_rows),
    Kept.ENTRIES: Sweep(old=entries.old, forget=entries.forget_rows),
    Kept.REPLIES: Sweep(old=_old_words, forget=_empty_words),
    Kept.TRIALS: Sweep(old=_old_trials, forget=_delete_trials),
    Kept.REQUESTS: Sweep(old=_old_requests, forget=_delete_requests),
    Kept.COMMENTS: Sweep(old=_old_comments, forget=_delete_comments),
    Kept.TRIOS: Sweep(old=_old_trios, forget=delete_trios),
    Kept.DRAFTS: Sweep(old=_old_drafts, forget=_delete_drafts),
    Kept.ADDRESSES: Sweep(old=_unused, forget=_empty_addresses),
}
