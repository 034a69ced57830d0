"""Newcomers in the ledger: who waits to enter, and the lists of those who have.

Whoever enters is put on one list a step: the occurrence goes to it alone. That they have entered is
told by the digests of their source's key and of their addresses, which outlive them here.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, func, select, tuple_, update

from scheduler.domain.alarms.kinds import AlarmKind
from scheduler.domain.audit import Act, AuditAct
from scheduler.domain.calendar.campaigns import Audience
from scheduler.domain.calendar.leaving import Season
from scheduler.domain.calendar.newcomers import (
    YOUNG,
    Entry,
    Newcomer,
    Standing,
    Waiting,
    held_print,
)
from scheduler.domain.calendar.windows import zone_named
from scheduler.domain.errors import Overtaken
from scheduler.store import alarms, audit
from scheduler.store.people.entries import Mark, entered_among, marks_of, remember
from scheduler.store.rules import in_audience
from scheduler.store.schema.list_tables import listed, recipient_list
from scheduler.store.schema.newcomer_tables import newcomer
from scheduler.store.schema.tables import contact, import_
from scheduler.store.statements.upserts import insert_or_ignore

#: In place of a list's digest: people come to it, and a second person's word is not about them.
NEWCOMERS = "newcomers"
#: Values in one IN.
SOME = 500
_IS_HELD = newcomer.c.state == Entry.HELD.value
#: Where somebody stands before they enter.
_BEFORE = (Entry.NEW, Entry.ALLOWED)


def newcomers(connection: Connection, audiences: Sequence[Audience], now: datetime) -> Waiting:
    """Whoever of these audiences hasn't entered yet, by files that were taken in whole."""
    found: dict[int, Newcomer] = {}
    people: dict[str, int] = {}
    for audience in audiences:
        rows = connection.execute(_waiting_in(audience, now)).all()
        for row in rows:
            before = found.get(row.contact_id)
            found[row.contact_id] = Newcomer(
                contact=row.contact_id,
                entered=date.fromisoformat(row.entered_on),
                today=now.astimezone(zone_named(row.zone)).date(),
                state=Entry(row.state),
                audiences=(before.audiences if before else frozenset()) | {audience.name},
                file=row.import_id or 0,
            )
        if any(row.state == Entry.NEW for row in rows):
            people[audience.name] = _people_of(connection, audience)
    return Waiting(newcomers=list(found.values()), people=people)


def put_newcomers(
    connection: Connection, contacts: Collection[int], state: Entry, now: datetime
) -> None:
    for some in _some(contacts):
        fresh = update(newcomer).where(newcomer.c.contact_id.in_(some))
        connection.execute(
            fresh.where(newcomer.c.state == Entry.NEW).values(state=state.value, at=now)
        )


def let_in(connection: Connection, entering: Mapping[int, Sequence[Season]], now: datetime) -> int:
    """Give contacts their steps, but for those who have entered before, under whatever key or
    address; how many enter."""
    count = 0
    for some in _some(sorted(entering)):
        mine = update(newcomer).where(
            newcomer.c.contact_id.in_(some), newcomer.c.state.in_([one.value for one in _BEFORE])
        )
        moved = mine.values(state=Entry.ENTERED.value, at=now).returning(newcomer.c.contact_id)
        taken = sorted(connection.execute(moved).scalars())
        new = _never_entered(connection, taken, now)
        by_season: dict[Season, list[int]] = {}
        for one in new:
            for season in entering[one]:
                by_season.setdefault(season, []).append(one)
        for season, contacts in by_season.items():
            _add(connection, season, contacts, now)
        count += len(new)
    return count


def entered_seasons(connection: Connection, campaigns: Collection[str]) -> frozenset[Season]:
    """The steps that somebody is to get."""
    mine = select(recipient_list.c.campaign, recipient_list.c.episode, recipient_list.c.season)
    mine = mine.where(
        recipient_list.c.campaign.in_(campaigns), recipient_list.c.digest == NEWCOMERS
    )
    return frozenset((row.campaign, row.episode, row.season) for row in connection.execute(mine))


def newcomers_standing(connection: Connection) -> Standing:
    """Of those who are there: whoever has left is greeted no more, and waits for nothing."""
    counted = (
        select(newcomer.c.state, func.count())
        .join(contact, contact.c.id == newcomer.c.contact_id)
        .where(contact.c.active == 1)
        .group_by(newcomer.c.state)
    )
    by_state = {state: int(number) for state, number in connection.execute(counted)}
    waiting = connection.execute(_held()).scalars().all()
    return Standing(
        shown=held_print(waiting),
        held=by_state.get(Entry.HELD, 0),
        to_come=by_state.get(Entry.NEW, 0) + by_state.get(Entry.ALLOWED, 0),
        entered=by_state.get(Entry.ENTERED, 0),
        refused=by_state.get(Entry.REFUSED, 0),
    )


def answer_newcomers(
    connection: Connection, allow: bool, shown: str, by: str, now: datetime
) -> int:
    """What a person says of those whom they were ``shown``; of how many. Their alarms end with it;
    who has left meanwhile is looked at anew when they come back, unless all are refused. Raises
    Overtaken where others are held by now: nobody is greeted unseen."""
    held = connection.execute(_held().with_for_update(of=newcomer)).scalars().all()
    if held and held_print(held) != shown:
        raise Overtaken("others are held since: look at them, then answer")
    state = Entry.ALLOWED if allow else Entry.REFUSED
    answered = sum(_answered(connection, some, state, now) for some in _some(held))
    left = update(newcomer).where(_IS_HELD, newcomer.c.contact_id.in_(_left()))
    connection.execute(left.values(state=(Entry.NEW if allow else state).value, at=now))
    if connection.execute(_held().limit(1)).first() is None:
        alarms.clear_all(connection, AlarmKind.NEWCOMERS_HELD, now)
    if answered:
        act = AuditAct.ALLOW_NEWCOMERS if allow else AuditAct.REFUSE_NEWCOMERS
        detail: dict[str, str | int] = {"people": answered}
        said = Act(actor=by, act=act, subject="newcomers", detail=detail)
        audit.append(connection, [said], now)
    return answered


def _held() -> Any:
    """Those of whom a person is asked."""
    return (
        select(newcomer.c.contact_id)
        .join(contact, contact.c.id == newcomer.c.contact_id)
        .where(_IS_HELD, contact.c.active == 1)
        .order_by(newcomer.c.contact_id)
    )


def _left() -> Any:
    return select(contact.c.id).where(contact.c.active == 0)


def _answered(connection: Connection, some: Sequence[int], state: Entry, now: datetime) -> int:
    mine = update(newcomer).where(newcomer.c.contact_id.in_(some), _IS_HELD)
    return int(connection.execute(mine.values(state=state.value, at=now)).rowcount)


def _waiting_in(audience: Audience, now: datetime) -> Any:
    # A day more: it may be another day where they are.
    oldest = (now - YOUNG - timedelta(days=1)).date().isoformat()
    is_young = (newcomer.c.state != Entry.NEW.value) | (newcomer.c.entered_on > oldest)
    return (
        select(
            newcomer.c.contact_id,
            newcomer.c.entered_on,
            newcomer.c.state,
            newcomer.c.import_id,
            contact.c.zone,
        )
        .join(contact, contact.c.id == newcomer.c.contact_id)
        .outerjoin(import_, import_.c.id == newcomer.c.import_id)
        .where(newcomer.c.state.in_([one.value for one in _BEFORE]), is_young)
        .where(newcomer.c.import_id.is_(None) | import_.c.finished_at.is_not(None))
        .where(in_audience(contact, audience.source, audience.rule))
        .order_by(newcomer.c.contact_id)
    )


def _people_of(connection: Connection, audience: Audience) -> int:
    mine = select(func.count()).where(in_audience(contact, audience.source, audience.rule))
    return int(connection.execute(mine).scalar_one())


def _never_entered(connection: Connection, contacts: Sequence[int], now: datetime) -> list[int]:
    """Those of these contacts whom none of their digests says to have entered; all are known by
    theirs from now on."""
    theirs = marks_of(connection, contacts)
    known = entered_among(connection, {mark for marks in theirs.values() for mark in marks})
    new: list[int] = []
    for one in contacts:
        marks: set[Mark] = theirs.get(one, set())
        if not marks & known:
            new.append(one)
        # The same person may come twice in one file.
        known |= marks
    remember(connection, {mark for marks in theirs.values() for mark in marks}, now)
    return new


def _add(connection: Connection, season: Season, contacts: Sequence[int], now: datetime) -> None:
    names = dict(zip(("campaign", "episode", "season"), season, strict=True))
    made = insert_or_ignore(connection, recipient_list).values(
        **names, digest=NEWCOMERS, people=0, at=now
    )
    connection.execute(made.on_conflict_do_nothing())
    key = tuple_(*(recipient_list.c[name] for name in names))
    row = connection.execute(
        select(recipient_list.c.id).where(key == season).with_for_update()
    ).scalar_one()
    rows = [{"list_id": row, "contact_id": one} for one in contacts]
    connection.execute(insert_or_ignore(connection, listed).on_conflict_do_nothing(), rows)
    people = select(func.count()).where(listed.c.list_id == row).scalar_subquery()
    connection.execute(
        update(recipient_list).where(recipient_list.c.id == row).values(people=people)
    )


def _some(values: Collection[int]) -> Iterator[list[int]]:
    every = list(values)
    return (every[start : start + SOME] for start in range(0, len(every), SOME))
