"""What comes in by SMS, each once by its provider's id, and what was made of it."""

import json
from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, and_, func, select, update

from scheduler.domain.answers.decisions import ReplyDecision
from scheduler.domain.answers.replies import (
    ANSWER_EVERY,
    READ_BY_A_PERSON,
    WAITING,
    OpenReply,
    Reply,
    TakenReply,
    decisions_on,
)
from scheduler.domain.audit import Act, AuditAct
from scheduler.domain.channels import to_addresses
from scheduler.domain.consent.optout import (
    STRANGERS,
    OptOut,
    Reason,
    by_doubt,
    by_own_words,
    by_sms,
    by_stranger,
)
from scheduler.domain.hearing.kinds import Hearing, ReplyKind
from scheduler.domain.message import AddressKind
from scheduler.store import audit
from scheduler.store.database import Database
from scheduler.store.keys.sealing import Keys
from scheduler.store.optouts.rows import address_row, take_turns
from scheduler.store.optouts.writer import OptOutWriter
from scheduler.store.people.consents import proofs, withdraw
from scheduler.store.schema.record_tables import reply
from scheduler.store.schema.tables import contact, meta
from scheduler.store.statements.upserts import insert_or_ignore
from scheduler.store.stopping import is_stopped
from scheduler.store.transactions import reading, reads, writes

#: The kinds that are answered, where they changed something or ask who we are.
_ANSWERED = (ReplyKind.OPT_OUT, ReplyKind.LEAVES_SERIES, ReplyKind.OPT_IN, ReplyKind.HELP)
#: What says that a number is somebody else's.
_CLOSING = {
    ReplyKind.WRONG_PERSON: Reason.WRONG_PERSON,
    ReplyKind.DECEASED: Reason.DECEASED,
    ReplyDecision.WRONG_PERSON: Reason.WRONG_PERSON,
    ReplyDecision.DECEASED: Reason.DECEASED,
}


class Number(NamedTuple):
    """Whose reply it is: an address, and the channel that it answered on."""

    address: int
    channel: str


def is_open() -> ColumnElement[bool]:
    """It waits for a person."""
    return and_(reply.c.kind.in_(READ_BY_A_PERSON), reply.c.decided_at.is_(None))


def oldest_waiting(connection: Connection) -> datetime | None:
    """When the first that a person should have read came in; None: none waits. Thanks may wait."""
    statement = select(func.min(reply.c.at)).where(
        reply.c.kind.in_(WAITING), reply.c.decided_at.is_(None)
    )
    found: datetime | None = connection.execute(statement).scalar()
    return found


def _waits(connection: Connection, of: Number, kind: ReplyKind) -> bool:
    """A reply of this kind, of this number, that nobody has read yet."""
    statement = select(reply.c.id).where(
        reply.c.address_id == of.address,
        reply.c.channel == of.channel,
        reply.c.kind == kind,
        reply.c.decided_at.is_(None),
    )
    return connection.execute(statement.limit(1)).first() is not None


def _unknown(connection: Connection, replies: Sequence[Reply]) -> list[Reply]:
    statement = select(reply.c.channel, reply.c.provider_id).where(
        reply.c.provider_id.in_([one.provider_id for one in replies])
    )
    known = {tuple(row) for row in connection.execute(statement)}
    return [one for one in replies if (one.channel, one.provider_id) not in known]


def _polled_on(connection: Connection, channel: str) -> date | None:
    statement = select(meta.c.value).where(meta.c.name == f"polled:{channel}")
    found = connection.execute(statement).scalar()
    return date.fromisoformat(found) if found else None


def _note_polled(connection: Connection, channel: str, day: date) -> None:
    values = {"name": f"polled:{channel}", "value": day.isoformat()}
    statement = insert_or_ignore(connection, meta).values(values)
    connection.execute(
        statement.on_conflict_do_update(index_elements=["name"], set_={"value": values["value"]})
    )


def _first_time(connection: Connection, heard: Reply, now: datetime) -> int | None:
    """The row of a reply; None when it has one already."""
    values = {"channel": heard.channel, "provider_id": heard.provider_id, "at": now}
    statement = insert_or_ignore(connection, reply).values(kind=ReplyKind.OTHER.value, **values)
    row = connection.execute(statement.on_conflict_do_nothing().returning(reply.c.id)).scalar()
    return None if row is None else int(row)


def _answered_lately(connection: Connection, address: int | None, now: datetime) -> bool:
    statement = select(reply.c.id).where(
        reply.c.address_id == address, reply.c.answered_at > now - ANSWER_EVERY
    )
    return connection.execute(statement.limit(1)).first() is not None


def _agreed_once(connection: Connection, of: Number) -> bool:
    """Somebody with this number agreed to be written to on the channel, and didn't withdraw it."""
    holders = select(contact.c.id).where(contact.c.phone_id == of.address).limit(500)
    ids = list(connection.execute(holders).scalars())
    return any(of.channel in agreed for agreed in proofs(connection, ids).values())


def _language(connection: Connection, address: int | None) -> str:
    """French for a number that is nobody's."""
    statement = select(contact.c.language).where(contact.c.phone_id == address)
    return connection.execute(statement.order_by(contact.c.id).limit(1)).scalar() or "fr"


class ReplyLedger:
    """Each method is one transaction."""

    def __init__(self, database: Database, keys: Keys, optouts: OptOutWriter) -> None:
        self.database = database
        self._keys = keys
        self._optouts = optouts

    @writes
    def take(
        self,
        connection: Connection,
        heard: Reply,
        hearing: Hearing,
        now: datetime,
        *,
        answerable: bool,
    ) -> TakenReply | None:
        """Write a reply down and do what it asks; None when it is known already.

        Durable when it returns. ``answerable``: a first answer of the day would reach its sender.
        """
        kind = hearing.kind
        row = _first_time(connection, heard, now)
        if row is None:
            return None
        address = None
        if heard.from_telephone:
            address = address_row(connection, self._keys, AddressKind.PHONE, heard.sender)
            take_turns(connection, [address])
        number = None if address is None else Number(address, heard.channel)
        changed = number is not None and self._act(connection, number, kind, now)
        if kind is ReplyKind.OPT_IN and not changed:
            kind = ReplyKind.OTHER
        answer = answerable and address is not None and (kind in _ANSWERED or hearing.expects)
        answer = answer and not hearing.silent and not _answered_lately(connection, address, now)
        answer = answer and not is_stopped(connection)
        sealed = self._sealed(heard) if kind in READ_BY_A_PERSON else None
        connection.execute(
            update(reply)
            .where(reply.c.id == row)
            .values(
                kind=kind.value,
                address_id=address,
                sealed=sealed,
                answered_at=now if answer else None,
            )
        )
        return TakenReply(changed=changed, answer=answer, language=_language(connection, address))

    @reads
    def open_replies(self, connection: Connection) -> list[OpenReply]:
        """Those that wait for a person, oldest first."""
        statement = select(reply).where(is_open())
        return [self._opened(row) for row in connection.execute(statement.order_by(reply.c.id))]

    @writes
    def close_reply(
        self, connection: Connection, number: int, decision: str, by: str, now: datetime
    ) -> bool:
        """What a person made of a reply (a ``ReplyDecision``), and what follows for its sender's
        number. False when there is no such open reply, or it can't be decided so."""
        kinds = [kind for kind in READ_BY_A_PERSON if decision in decisions_on(kind)]
        closed = connection.execute(
            update(reply)
            .where(reply.c.id == number, is_open(), reply.c.kind.in_(kinds))
            .values(decision=decision, decided_by=by, decided_at=now)
            .returning(reply.c.address_id, reply.c.channel, reply.c.kind)
        ).first()
        if closed is None:
            return False
        if closed.address_id is not None:
            # What else waits of the number is told by who decides, or writes, at the same moment.
            take_turns(connection, [closed.address_id])
            self._follow(connection, closed, ReplyDecision(decision), now)
        act = Act(
            actor=by,
            act=AuditAct.CLOSE_REPLY,
            subject=f"reply {number}",
            detail={"decision": decision},
        )
        audit.append(connection, [act], now)
        return True

    #: Those of these that were not taken yet. 500 at most.
    unknown = reading(_unknown)

    #: The day up to which a channel's list was read; None before the first look.
    polled_on = reading(_polled_on)

    async def note_polled(self, channel: str, day: date) -> None:
        """It was read up to here."""
        if await self.polled_on(channel) != day:
            await self.database.write(_note_polled, channel, day)

    def _act(self, connection: Connection, of: Number, kind: ReplyKind, now: datetime) -> bool:
        """Do what the reply asks; whether that changed anything."""
        if kind is ReplyKind.OPT_OUT:
            return self._record(connection, of, by_sms(now, of.channel))
        if kind is ReplyKind.OPT_IN and _agreed_once(connection, of):
            back = self._optouts.lift(connection, of.address, of.channel, now, only_channel=True)
            return back + self._end(connection, of, [Reason.DOUBT], now) > 0
        if kind is ReplyKind.LEAVES_SERIES:
            return self._record(connection, of, by_own_words(now, of.channel))
        if kind is ReplyKind.DOUBT:
            return self._record(connection, of, by_doubt(now, of.channel))
        if kind in _CLOSING:
            return self._close_number(connection, of, _CLOSING[kind], now)
        return False

    def _record(self, connection: Connection, of: Number, act: OptOut) -> bool:
        return self._optouts.record(connection, [(of.address, act)]) == [True]

    def _end(
        self, connection: Connection, of: Number, reasons: Collection[str], now: datetime
    ) -> int:
        return self._optouts.end(connection, of.address, of.channel, reasons, now)

    def _close_number(
        self, connection: Connection, of: Number, reason: Reason, now: datetime
    ) -> bool:
        """For every contact that has it, on every channel to it; what they agreed to with it has
        ended."""
        closed = False
        for one in to_addresses(AddressKind.PHONE):
            withdraw(connection, of.address, one.name, reason.value, now)
            closed |= self._record(connection, of, by_stranger(reason, now, one.name))
        return closed

    def _follow(
        self, connection: Connection, closed: Any, decision: ReplyDecision, now: datetime
    ) -> None:
        """What a decision means for the number. A hold ends with the last reply in doubt."""
        of = Number(closed.address_id, closed.channel)
        if decision is ReplyDecision.OPT_OUT:
            self._record(connection, of, by_sms(now, of.channel))
        if decision in _CLOSING:
            self._close_number(connection, of, _CLOSING[decision], now)
        if decision is ReplyDecision.REOPEN:
            self._reopen(connection, of, closed.kind, now)
        if closed.kind == ReplyKind.DOUBT and not _waits(connection, of, ReplyKind.DOUBT):
            self._end(connection, of, [Reason.DOUBT], now)

    def _reopen(self, connection: Connection, of: Number, kind: str, now: datetime) -> None:
        """What a reply had closed. The series goes on with the last that seemed to leave it."""
        if kind != ReplyKind.LEAVES_SERIES:
            for one in to_addresses(AddressKind.PHONE):
                self._end(connection, Number(of.address, one.name), STRANGERS, now)
        elif not _waits(connection, of, ReplyKind.LEAVES_SERIES):
            self._end(connection, of, [Reason.LEFT_SERIES], now)

    def _sealed(self, heard: Reply) -> bytes:
        words = {"sender": heard.sender, "text": heard.text}
        plain = json.dumps(words, ensure_ascii=False).encode()
        return self._keys.seal("reply", plain, heard.provider_id.encode())

    def _opened(self, row: Any) -> OpenReply:
        words = {"sender": "", "text": ""}
        if row.sealed is not None:
            bound_to = row.provider_id.encode()
            words = json.loads(self._keys.open("reply", bytes(row.sealed), bound_to))
        return OpenReply(id=row.id, channel=row.channel, at=row.at, kind=row.kind, **words)
