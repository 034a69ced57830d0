"""What people have given another name: the ledger follows, so that nothing leaves a second time.

Each call is one transaction and may be said twice with the same end. Only a swap, whose old names
are names still, is remembered: it is true once.
"""

import json
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, delete, exists, func, insert, select, update

from scheduler.domain.audit import PROGRAM, Act, AuditAct
from scheduler.domain.delivery import OccurrenceState
from scheduler.domain.names.occurrence_ids import printed_id
from scheduler.domain.names.renames import Named, Ran, Renaming
from scheduler.store import audit
from scheduler.store.schema.list_tables import recipient_list
from scheduler.store.schema.record_tables import agenda_entry, approval, renaming
from scheduler.store.schema.running_tables import halt
from scheduler.store.schema.tables import (
    alarm,
    campaign,
    contact,
    content,
    held_text,
    occurrence,
    slot,
)
from scheduler.store.schema.typed_tables import typed_figure

#: Before a name while several change theirs at once: no name that a person types has it.
_APART = "\x1f"
#: Nothing has happened to it yet unless it has a slot, or was brought forward.
_UNTOUCHED = (OccurrenceState.SCHEDULED, OccurrenceState.HELD, OccurrenceState.FINISHED)


def ran(connection: Connection, since: date) -> list[Ran]:
    """Occurrences from ``since`` on to which something has happened, with what was planned."""
    has_slot = exists().where(slot.c.occurrence_id == occurrence.c.id)
    statement = select(occurrence).where(occurrence.c.local_date >= since.isoformat())
    touched = occurrence.c.state.not_in(_UNTOUCHED) | has_slot
    rows = [
        *connection.execute(statement.where(touched)),
        *(row for row in connection.execute(statement.where(~touched)) if row.forced),
    ]
    messages = _messages(connection, [row.id for row in rows])
    return [
        Ran(
            campaign=row.campaign,
            episode=row.episode,
            season=row.season,
            date=date.fromisoformat(row.local_date),
            message=messages.get(row.id, _NOTHING)[0],
            title=messages.get(row.id, _NOTHING)[1],
        )
        for row in rows
    ]


def _messages(connection: Connection, rows: Sequence[int]) -> dict[int, tuple[str, str]]:
    """The path and title of the message that each of these occurrences was planned with."""
    first = (
        select(func.min(content.c.id))
        .where(content.c.occurrence_id.in_(rows))
        .group_by(content.c.occurrence_id)
    )
    found = select(content.c.occurrence_id, content.c.source).where(content.c.id.in_(first))
    return {row.occurrence_id: _head(row.source) for row in connection.execute(found)}


_NOTHING = ("", "")


def _head(source: str) -> tuple[str, str]:
    content_of = json.loads(source)
    return str(content_of.get("message", "")), str(content_of.get("title", ""))


def people(connection: Connection) -> dict[str, int]:
    """Living contacts by the audience that they were imported into."""
    statement = select(contact.c.audience, func.count().label("people")).where(
        contact.c.active == 1
    )
    found = connection.execute(statement.group_by(contact.c.audience))
    return {row.audience: row.people for row in found}


def follow(connection: Connection, wanted: Sequence[Renaming], now: datetime) -> int:
    """Carry out what was written down and isn't done; how many occurrences got another name."""
    known = {(one.kind, one.campaign, one.name, one.was) for one in connection.execute(_ALL)}
    fresh = [one for one in wanted if (one.kind, one.campaign, one.name, one.was) not in known]
    moved = _campaigns(connection, [one for one in fresh if one.kind is Named.CAMPAIGN])
    moved += _episodes(connection, [one for one in fresh if one.kind is Named.EPISODE])
    moved += sum(_audience(connection, one) for one in fresh if one.kind is Named.AUDIENCE)
    _remember(connection, [one for one in fresh if one.once], now)
    if moved:
        names = ", ".join(f"{one.was} > {one.name}" for one in fresh)
        act = Act(
            actor=PROGRAM,
            act=AuditAct.RENAME,
            subject=names,
            detail={"occurrences": moved},
        )
        audit.append(connection, [act], now)
    return moved


_ALL = select(renaming)


def _remember(connection: Connection, swapped: Sequence[Renaming], now: datetime) -> None:
    """So that the next look doesn't swap back. Whoever took a name gave up its own past."""
    for one in swapped:
        of_past = and_(
            renaming.c.kind == one.kind,
            renaming.c.campaign == one.campaign,
            renaming.c.name == one.was,
        )
        connection.execute(delete(renaming).where(of_past))
    for one in swapped:
        values = {"kind": one.kind, "campaign": one.campaign, "name": one.name, "was": one.was}
        connection.execute(insert(renaming).values(**values, at=now))


def _episodes(connection: Connection, wanted: Sequence[Renaming]) -> int:
    """All at once: two that swapped names would else be in each other's way."""
    for one in wanted:
        _set_apart(connection, occurrence.c.campaign == one.campaign, "episode", one.was)
        _set_apart_approvals(connection, one.campaign, one.was)
        _name_lists(connection, one.campaign, one.was, _APART + one.was)
    moved = 0
    for one in wanted:
        for row in _apart(connection, occurrence.c.campaign == one.campaign, "episode", one.was):
            moved += _settle(connection, row, one.campaign, one.name)
        _name_approvals(connection, one)
        _name_lists(connection, one.campaign, _APART + one.was, one.name)
        _name_lists(connection, one.campaign, _APART + one.was, one.was)
    return moved


def _campaigns(connection: Connection, wanted: Sequence[Renaming]) -> int:
    for one in wanted:
        _set_apart(connection, None, "campaign", one.was)
        _move_figures(connection, one.was, _APART + one.was)
        _move_lists(connection, one.was, _APART + one.was)
    moved = 0
    for one in wanted:
        rows = _apart(connection, None, "campaign", one.was)
        since = _planned_since(connection, [row.id for row in rows])
        for row in rows:
            moved += _settle(connection, row, one.name, row.episode)
        _enable(connection, one, since)
        _take_over(connection, agenda_entry, one)
        _take_over(connection, halt, one)
        _rename(connection, approval, "campaign", one, beside=("episode", "season"))
        _move_figures(connection, _APART + one.was, one.name)
        _move_lists(connection, _APART + one.was, one.name)
        _move_lists(connection, _APART + one.was, one.was)
        # A reading that the new name has too stays with the old one.
        _move_figures(connection, _APART + one.was, one.was)
        _name_alarms(connection, f"{one.was}/", f"{one.name}/")
    return moved


def _move_figures(connection: Connection, was: str, name: str) -> None:
    moved = Renaming(kind=Named.CAMPAIGN, campaign="", name=name, was=was)
    reading = ("season", "kind", "source", "day")
    _rename(connection, typed_figure, "campaign", moved, beside=reading)


def _move_lists(connection: Connection, was: str, name: str) -> None:
    """To whom its occurrences go: without its list, one would go to everybody."""
    moved = Renaming(kind=Named.CAMPAIGN, campaign="", name=name, was=was)
    _rename(connection, recipient_list, "campaign", moved, beside=("episode", "season"))


def _name_lists(connection: Connection, campaign_name: str, was: str, name: str) -> None:
    moved = Renaming(kind=Named.EPISODE, campaign=campaign_name, name=name, was=was)
    _rename(connection, recipient_list, "episode", moved, beside=("campaign", "season"))


def _set_apart(
    connection: Connection, among: ColumnElement[bool] | None, column: str, was: str
) -> None:
    statement = update(occurrence).where(occurrence.c[column] == was)
    if among is not None:
        statement = statement.where(among)
    connection.execute(statement.values({column: _APART + was}))


def _apart(
    connection: Connection, among: ColumnElement[bool] | None, column: str, was: str
) -> Sequence[Any]:
    statement = select(occurrence).where(occurrence.c[column] == _APART + was)
    if among is not None:
        statement = statement.where(among)
    return connection.execute(statement).all()


def _settle(connection: Connection, row: Any, campaign_name: str, episode: str) -> int:
    """Give a row its new name; one to which nothing has happened makes way for it.

    Where both have run, the one keeps its old name, as a record: nothing is lost, and the new name
    has its occurrence already.
    """
    taken = connection.execute(
        select(occurrence).where(
            occurrence.c.campaign == campaign_name,
            occurrence.c.episode == episode,
            occurrence.c.season == row.season,
            occurrence.c.id != row.id,
        )
    ).first()
    if taken is not None and not _is_touched(connection, taken):
        connection.execute(delete(occurrence).where(occurrence.c.id == taken.id))
        taken = None
    names = {"campaign": campaign_name, "episode": episode}
    if taken is not None:
        plain = (row.campaign.removeprefix(_APART), row.episode.removeprefix(_APART))
        names = dict(zip(("campaign", "episode"), plain, strict=True))
    connection.execute(update(occurrence).where(occurrence.c.id == row.id).values(names))
    if taken is None:
        dated = (row.season, row.local_date)
        was = printed_id(row.campaign, row.episode, *dated).replace(_APART, "")
        _name_alarms(connection, was, printed_id(campaign_name, episode, *dated))
    return int(taken is None)


def _is_touched(connection: Connection, row: Any) -> bool:
    has_slot = select(slot.c.id).where(slot.c.occurrence_id == row.id).limit(1)
    waits = OccurrenceState(row.state) in _UNTOUCHED and not row.forced
    return not waits or connection.execute(has_slot).first() is not None


def _name_alarms(connection: Connection, was: str, name: str) -> None:
    """Open alarms of an occurrence, or of all of a campaign's (``was`` ends in a slash)."""
    mine = alarm.c.subject == was
    if was.endswith("/"):
        mine = func.substr(alarm.c.subject, 1, len(was)) == was
    statement = select(alarm).where(alarm.c.cleared_at.is_(None), mine)
    for row in connection.execute(statement).all():
        subject = name + row.subject.removeprefix(was)
        double = select(alarm.c.id).where(
            alarm.c.cleared_at.is_(None), alarm.c.kind == row.kind, alarm.c.subject == subject
        )
        if connection.execute(double).first() is None:
            connection.execute(update(alarm).where(alarm.c.id == row.id).values(subject=subject))


def _planned_since(connection: Connection, rows: Sequence[int]) -> datetime | None:
    """When the first slot of these occurrences was planned: the campaign was on by then."""
    first = select(func.min(slot.c.planned_at)).where(slot.c.occurrence_id.in_(rows))
    found: datetime | None = connection.execute(first).scalar()
    return found


def _enable(connection: Connection, one: Renaming, since: datetime | None) -> None:
    """A campaign is on since its old name was."""
    old = connection.execute(select(campaign).where(campaign.c.name == one.was)).first()
    if old is None and since is None:
        return
    rows = connection.execute(
        select(campaign).where(campaign.c.name.in_([one.was, one.name]))
    ).all()
    known = [row.enabled_at for row in rows if row.enabled_at is not None]
    known += [since] if since is not None else []
    connection.execute(delete(campaign).where(campaign.c.name.in_([one.was, one.name])))
    if rows:
        values = {"name": one.name, "enabled_at": min(known) if known else None}
        connection.execute(insert(campaign).values(values))


def _take_over(connection: Connection, table: Any, one: Renaming) -> None:
    """What is kept by campaign: the old name's, which people have seen, is the one that counts."""
    was = connection.execute(select(table).where(table.c.campaign == one.was)).all()
    if not was:
        return
    connection.execute(delete(table).where(table.c.campaign.in_([one.was, one.name])))
    for row in was:
        connection.execute(insert(table).values(**(dict(row._mapping) | {"campaign": one.name})))


def _set_apart_approvals(connection: Connection, campaign_name: str, was: str) -> None:
    connection.execute(
        update(approval)
        .where(approval.c.campaign == campaign_name, approval.c.episode == was)
        .values(episode=_APART + was)
    )


def _name_approvals(connection: Connection, one: Renaming) -> None:
    apart = Renaming(
        kind=one.kind, campaign=one.campaign, name=one.name, was=_APART + one.was, once=one.once
    )
    _rename(connection, approval, "episode", apart, beside=("campaign", "season"))
    # One whose new name was asked for too keeps its own.
    left = update(approval).where(approval.c.episode == apart.was)
    connection.execute(left.values(episode=one.was))


def _rename(
    connection: Connection, table: Any, column: str, one: Renaming, *, beside: Iterable[str]
) -> int:
    """Rows under the old name get the new one, where it has none yet with the same ``beside``."""
    other = table.alias("other")
    same = [other.c[name] == table.c[name] for name in beside]
    taken = exists().where(other.c[column] == one.name, *same)
    of_episode = [table.c.campaign == one.campaign] if one.campaign else []
    statement = update(table).where(table.c[column] == one.was, ~taken, *of_episode)
    return connection.execute(statement.values({column: one.name})).rowcount


def _audience(connection: Connection, one: Renaming) -> int:
    """Contacts keep the name they are sealed under; what was planned follows the new one."""
    places = ("occurrence_id", "channel", "zone", "territory")
    moved = _rename(connection, slot, "audience", one, beside=places)
    texts = ("occurrence_id", "channel", "variant", "revision")
    _rename(connection, content, "audience", one, beside=texts)
    _rename(connection, held_text, "audience", one, beside=texts[:-1])
    for row in connection.execute(select(occurrence.c.id, occurrence.c.forced)).all():
        if one.was in row.forced:
            forced = {_new(name, one): at for name, at in row.forced.items()}
            of_row = update(occurrence).where(occurrence.c.id == row.id)
            connection.execute(of_row.values(forced=forced))
            moved += 1
    for asked in connection.execute(select(approval.c.id, approval.c.audiences)).all():
        if one.was in asked.audiences:
            names = [_new(name, one) for name in asked.audiences]
            of_asked = update(approval).where(approval.c.id == asked.id)
            connection.execute(of_asked.values(audiences=names))
    return moved


def _new(name: str, one: Renaming) -> str:
    return one.name if name == one.was else name
