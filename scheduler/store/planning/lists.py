"""Lists of people that a sending goes to: who they are, kept until the occurrence is forgotten."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, insert, select

from scheduler.domain.addressees import EVERYBODY, FoundList, RecipientList, Sought, digest_of
from scheduler.domain.audit import Act, AuditAct
from scheduler.domain.calendar.campaigns import Occurrence
from scheduler.domain.calendar.leaving import Season
from scheduler.domain.errors import AddressRefused, NotFound
from scheduler.domain.message import AddressKind
from scheduler.domain.names.typed_names import same
from scheduler.domain.people.addresses import normalise_email, normalise_phone
from scheduler.store import audit
from scheduler.store.freezing import concerns_frozen
from scheduler.store.keys.known import person_digests, typed_digests
from scheduler.store.keys.sealing import Keys
from scheduler.store.schema.list_tables import listed, recipient_list
from scheduler.store.schema.tables import address, contact, occurrence, slot
from scheduler.store.statements.upserts import insert_or_ignore

#: Values in one IN.
SOME = 500


def of_season(
    connection: Connection, campaign: str, episode: str, season: str
) -> RecipientList | None:
    """However its key was typed."""
    statement = select(recipient_list).where(
        recipient_list.c.campaign == campaign, recipient_list.c.episode == episode
    )
    rows = connection.execute(statement).all()
    row = next((one for one in rows if same(one.season, season)), None)
    if row is None:
        return None
    return RecipientList(row=row.id, digest=row.digest, people=row.people)


def restricting(connection: Connection) -> dict[Season, RecipientList]:
    """Every list of people, by the season that goes to them alone."""
    statement = select(recipient_list).where(recipient_list.c.digest != EVERYBODY)
    return {
        (row.campaign, row.episode, row.season): RecipientList(
            row=row.id, digest=row.digest, people=row.people
        )
        for row in connection.execute(statement)
    }


def people_of(connection: Connection, row: int) -> list[int]:
    return list(connection.execute(ids_of(row)).scalars())


def ids_of(row: int) -> Select[Any]:
    """The contacts in a list."""
    return select(listed.c.contact_id).where(listed.c.list_id == row)


def keep(
    connection: Connection,
    one: Occurrence,
    people: Collection[int] | None,
    by: str,
    now: datetime,
) -> RecipientList:
    """In place of what was kept for it; None: everybody. Raises NotFound where somebody else's
    list has begun to leave under the same key."""
    digest = EVERYBODY if people is None else digest_of(people)
    known = of_season(connection, one.campaign, one.episode, one.season)
    if known is not None and known.digest == digest:
        return known
    if _has_begun(connection, one):
        raise NotFound(
            f"{one.id} has begun to leave, to other people than these: give this list another --key"
        )
    drop(connection, one)
    values = {
        "campaign": one.campaign,
        "episode": one.episode,
        "season": one.season,
        "digest": digest,
        "people": len(people or ()),
        "at": now,
    }
    made = insert(recipient_list).values(values).returning(recipient_list.c.id)
    row = int(connection.execute(made).scalar_one())
    for some in _some(sorted(people or ())):
        rows = [{"list_id": row, "contact_id": contact_id} for contact_id in some]
        connection.execute(insert_or_ignore(connection, listed), rows)
    detail: dict[str, str | int] = {"list": digest, "people": len(people or ())}
    act = Act(actor=by, act=AuditAct.GIVE_LIST, subject=one.id, detail=detail)
    audit.append(connection, [act], now)
    return RecipientList(row=row, digest=digest, people=len(people or ()))


def drop(connection: Connection, one: Occurrence) -> None:
    """Nobody sent it after all."""
    known = of_season(connection, one.campaign, one.episode, one.season)
    if known is not None:
        connection.execute(listed.delete().where(listed.c.list_id == known.row))
        connection.execute(recipient_list.delete().where(recipient_list.c.id == known.row))


def _has_begun(connection: Connection, one: Occurrence) -> bool:
    statement = (
        select(occurrence.c.season)
        .join(slot, slot.c.occurrence_id == occurrence.c.id)
        .where(occurrence.c.campaign == one.campaign, occurrence.c.episode == one.episode)
    )
    return any(same(season, one.season) for season in connection.execute(statement).scalars())


def old(limit: datetime) -> Select[Any]:
    """Rows of lists of that time, but for the frozen."""
    return (
        select(listed.c.id)
        .join(recipient_list, recipient_list.c.id == listed.c.list_id)
        .where(recipient_list.c.at < limit, ~concerns_frozen(listed.c.contact_id))
    )


def forget_rows(connection: Connection, rows: Sequence[int], _now: datetime) -> None:
    connection.execute(listed.delete().where(listed.c.id.in_(rows)))


def resolve(
    connection: Connection, keys: Keys, sources: Collection[str], sought: Sequence[Sought]
) -> FoundList:
    """Members of these sources by key, e-mail address or number; an address that several have
    stands for each of them."""
    by_row = {one.row: _digests(keys, one.text) for one in sought}
    wanted = {pair for ways in by_row.values() for pairs in ways for pair in pairs}
    known = _by_key(connection, sources, {digest for kind, digest in wanted if kind == "source"})
    for kind in AddressKind:
        mine = {digest for name, digest in wanted if name == kind}
        for pair, people in _by_address(connection, sources, kind, mine).items():
            known.setdefault(pair, set()).update(people)
    found: set[int] = set()
    unknown = []
    for row, ways in by_row.items():
        each = (set().union(*(known.get(pair, set()) for pair in pairs)) for pairs in ways)
        people = next((some for some in each if some), set())
        found |= people
        if not people:
            unknown.append(row)
    return FoundList(rows=len(by_row), people=sorted(found), unknown=unknown)


_Pair = tuple[str, bytes]


def _digests(keys: Keys, text: str) -> tuple[set[_Pair], set[_Pair]]:
    """By every key of the ring: first as a source's key that is somebody's only as it is typed;
    then as any other, and as the address or number it may be."""
    exactly, anyhow = typed_digests(keys, text)
    return {("source", one) for one in exactly}, _as_any(keys, text, anyhow)


def _as_any(keys: Keys, text: str, source_keys: Sequence[bytes]) -> set[_Pair]:
    found: set[_Pair] = {("source", digest) for digest in source_keys}
    try:
        if "@" in text:
            kind, identity = AddressKind.EMAIL, normalise_email(text).identity
            found |= {("source", digest) for digest in person_digests(keys, [identity])}
        else:
            kind, identity = AddressKind.PHONE, normalise_phone(text, "FR")
    except AddressRefused:
        return found
    return found | {(kind.value, digest) for digest in keys.digests(kind, identity)}


def _by_key(
    connection: Connection, sources: Collection[str], digests: Collection[bytes]
) -> dict[_Pair, set[int]]:
    found: dict[_Pair, set[int]] = {}
    for some in _some(list(digests)):
        statement = _members(sources).where(contact.c.source_key.in_(some))
        for row in connection.execute(statement.add_columns(contact.c.source_key)):
            found.setdefault(("source", bytes(row.source_key)), set()).add(row.id)
    return found


def _by_address(
    connection: Connection,
    sources: Collection[str],
    kind: AddressKind,
    digests: Collection[bytes],
) -> Mapping[_Pair, set[int]]:
    column = contact.c.email_id if kind is AddressKind.EMAIL else contact.c.phone_id
    found: dict[_Pair, set[int]] = {}
    for some in _some(list(digests)):
        statement = (
            _members(sources)
            .join(address, address.c.id == column)
            .where(address.c.kind == kind, address.c.digest.in_(some))
            .add_columns(address.c.digest)
        )
        for row in connection.execute(statement):
            found.setdefault((kind.value, bytes(row.digest)), set()).add(row.id)
    return found


def _members(sources: Collection[str]) -> Select[Any]:
    living = (contact.c.active == 1, contact.c.sealed.is_not(None))
    return select(contact.c.id).where(contact.c.audience.in_(sources), *living)


def _some(values: Sequence[Any]) -> Iterator[Sequence[Any]]:
    return (values[start : start + SOME] for start in range(0, len(values), SOME))
