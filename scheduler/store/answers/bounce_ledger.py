"""The ledger's side of the bounce mailbox: what is proven, and what waits for a person."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, select, update

from scheduler.domain.answers.bounces import BouncePolicy, Changes, OpenReport, Proven, Report
from scheduler.domain.answers.bursts import Reopened
from scheduler.domain.answers.decisions import ReportDecision
from scheduler.domain.audit import Act, AuditAct
from scheduler.domain.channels import EMAIL
from scheduler.domain.consent import optout
from scheduler.domain.errors import AddressRefused
from scheduler.domain.masking import one_line
from scheduler.domain.message import AddressKind
from scheduler.domain.people.addresses import normalise_email
from scheduler.store import audit, evidence
from scheduler.store.answers import bounces
from scheduler.store.database import Database
from scheduler.store.keys.sealing import Keys
from scheduler.store.optouts import reopening
from scheduler.store.optouts.writer import OptOutWriter
from scheduler.store.schema.record_tables import reply
from scheduler.store.schema.tables import address
from scheduler.store.sending import bursts
from scheduler.store.sending.refused_addresses import Refusals
from scheduler.store.statements.upserts import insert_or_ignore
from scheduler.store.transactions import reading, reads, writes, writing

#: The kind of a reply that is a report without proof.
REPORT = "report"
#: Reports that may wait at once: whoever forges more of them finds no room.
MOST_OPEN = 1000


class BounceLedger:
    """Each method is one transaction."""

    def __init__(self, database: Database, keys: Keys, optouts: OptOutWriter) -> None:
        self.database = database
        self._keys = keys
        self._optouts = optouts

    async def take_proven(
        self, found: Sequence[Proven], policy: BouncePolicy, now: datetime
    ) -> Changes:
        """Write down what tokens prove, and do what it asks. Durable when it returns."""
        decides = Refusals(keys=self._keys, optouts=self._optouts, limits=policy.burst)
        return await self.database.write(bounces.take, decides, found, policy, now)

    @writes
    def take_unproven(self, connection: Connection, found: Sequence[Report], now: datetime) -> int:
        """Keep for a person what nothing proves; how many are new. It changes nothing."""
        waiting = connection.execute(select(func.count()).select_from(_open().subquery()))
        room = max(0, MOST_OPEN - int(waiting.scalar_one()))
        return sum(self._keep_one(connection, one, now) for one in found[:room])

    #: These were answered: those in doubt are sent; how many.
    settle_answered = writing(evidence.by_mail)

    #: End the alarms of refusals that are over; how many.
    calm = writing(bounces.calm)

    #: The domains that are left alone for now, oldest first.
    bursts = reading(bursts.listed)

    @reads
    def closed_at(
        self, connection: Connection, kind: AddressKind, identity: str
    ) -> datetime | None:
        """Since when a refusal has closed an address; None where none does."""
        dates = [
            closed
            for one in self._ids(connection, kind, identity)
            if (closed := reopening.closed_at(connection, one)) is not None
        ]
        return min(dates, default=None)

    @writes
    def reopen(
        self,
        connection: Connection,
        kind: AddressKind,
        identity: str,
        why: str,
        by: str,
        now: datetime,
    ) -> Reopened:
        """A person opens an address that a refusal closed. Durable when it returns."""
        ids = self._ids(connection, kind, identity)
        opened = self._optouts.lift_bounced(connection, ids, now)
        if opened:
            numbers = ", ".join(f"address {one}" for one in ids)
            _note_reopening(connection, numbers, why, by, opened, now)
        return Reopened(addresses=opened)

    @writes
    def reopen_domain(
        self, connection: Connection, domain: str, since: datetime, why: str, by: str, now: datetime
    ) -> Reopened:
        """The same of every address of a domain that was closed since then; one that is left alone
        goes on."""
        digest = self._keys.domain(domain)
        closed = reopening.closed_of_domain(connection, digest, since)
        opened = self._optouts.lift_bounced(connection, closed, now, since=since)
        held = bursts.still_open(connection, [digest])
        released = sum(bursts.end(connection, row, by, now) for row in held)
        if opened or held:
            _note_reopening(connection, domain, why, by, opened, now)
        return Reopened(addresses=opened, released=released, held=bool(held))

    @reads
    def open_reports(self, connection: Connection) -> list[OpenReport]:
        """Those that wait for a person, oldest first."""
        return [self._opened(row) for row in connection.execute(_open().order_by(reply.c.id))]

    async def close_report(
        self, number: int, decision: ReportDecision, by: str, now: datetime
    ) -> bool:
        """What a person made of a report; ``bounced`` ends its address, where the ledger knows it.
        False when there is no such open report."""
        return await self.database.write(self._close, number, decision, by, now)

    def _close(
        self, connection: Connection, number: int, decision: ReportDecision, by: str, now: datetime
    ) -> bool:
        closed = connection.execute(
            update(reply)
            .where(reply.c.id == number, reply.c.channel == EMAIL.name, reply.c.kind == REPORT)
            .where(reply.c.decided_at.is_(None))
            .values(decision=decision, decided_by=by, decided_at=now)
            .returning(*reply.c)
        ).first()
        if closed is None:
            return False
        if decision is ReportDecision.BOUNCED:
            # A file may have named the address since the report came.
            known = closed.address_id or self._known(connection, self._opened(closed).recipient)
            if known is not None:
                self._optouts.record(connection, [(known, optout.by_bounce(now))])
        detail = {"decision": decision}
        act = Act(actor=by, act=AuditAct.CLOSE_REPORT, subject=f"report {number}", detail=detail)
        audit.append(connection, [act], now)
        return True

    def _ids(self, connection: Connection, kind: AddressKind, identity: str) -> list[int]:
        """By whichever key the ledger knows it."""
        digests = self._keys.digests(kind, identity)
        statement = select(address.c.id).where(
            address.c.kind == kind, address.c.digest.in_(digests)
        )
        return list(connection.execute(statement).scalars())

    def _keep_one(self, connection: Connection, report: Report, now: datetime) -> bool:
        weightiest = report.weightiest
        words = {
            # The names under which every reply is opened.
            "sender": weightiest.recipient,
            "text": weightiest.words,
            "kind": weightiest.kind.value,
            "status": weightiest.status,
            "reason": weightiest.reason,
        }
        sealed = self._keys.seal("reply", json.dumps(words).encode(), report.id.encode())
        values = {
            "channel": EMAIL.name,
            "provider_id": report.id,
            "address_id": self._known(connection, weightiest.recipient),
            "kind": REPORT,
            "sealed": sealed,
            "at": now,
        }
        statement = insert_or_ignore(connection, reply).values(values).on_conflict_do_nothing()
        return connection.execute(statement.returning(reply.c.id)).first() is not None

    def _known(self, connection: Connection, recipient: str) -> int | None:
        """The address of somebody in the ledger; none is made for a stranger's."""
        try:
            identity = normalise_email(recipient).identity
        except AddressRefused:
            return None
        digests = self._keys.digests(AddressKind.EMAIL, identity)
        statement = select(address.c.id).where(
            address.c.kind == AddressKind.EMAIL, address.c.digest.in_(digests)
        )
        found: int | None = connection.execute(statement).scalar()
        return found

    def _opened(self, row: Any) -> OpenReport:
        words: dict[str, str] = {}
        if row.sealed is not None:
            bound_to = row.provider_id.encode()
            words = json.loads(self._keys.open("reply", bytes(row.sealed), bound_to))
        return OpenReport(
            id=row.id,
            at=row.at,
            recipient=words.get("sender", ""),
            kind=words.get("kind", ""),
            status=words.get("status", ""),
            reason=words.get("reason", ""),
            words=words.get("text", ""),
            known=row.address_id is not None,
        )


def _note_reopening(
    connection: Connection, subject: str, why: str, by: str, opened: int, now: datetime
) -> None:
    detail: dict[str, str | int] = {"reason": one_line(why), "addresses": opened}
    act = Act(actor=by, act=AuditAct.REOPEN, subject=subject, detail=detail)
    audit.append(connection, [act], now)


def _open() -> Any:
    return select(reply).where(
        reply.c.channel == EMAIL.name, reply.c.kind == REPORT, reply.c.decided_at.is_(None)
    )
