"""What a refused address comes to: ended at once, or in suspense with its whole domain.

Refusals are remembered for some months: an address that its domain refuses a second time, weeks
after the first, is dead whatever else the domain does that day.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, exists, func, insert, select, update

from scheduler.domain.answers.bursts import (
    KEPT,
    KNOWN_FOR,
    WITHIN,
    BurstLimits,
    Refusal,
    domain_of,
    is_burst,
    is_public,
    is_second_word,
)
from scheduler.domain.answers.events import EventKind
from scheduler.domain.channels import EMAIL
from scheduler.domain.consent import optout
from scheduler.domain.consent.optout import OptOut, Route
from scheduler.domain.delivery import DeliveryState
from scheduler.domain.masking import one_line
from scheduler.domain.values import frozen
from scheduler.store.keys.sealing import Keys
from scheduler.store.optouts.writer import OptOutWriter
from scheduler.store.schema.burst_tables import domain_burst, refusal
from scheduler.store.schema.tables import address, contact, delivery, event
from scheduler.store.sending import bursts


@frozen
class Taken:
    """What a group of refusals changed."""

    #: Addresses that aren't written to any more.
    ended: int = 0
    #: Addresses whose end is in suspense.
    pending: int = 0


@frozen
class Refusals:
    """Decides, for one ledger."""

    keys: Keys
    optouts: OptOutWriter
    limits: BurstLimits

    def take(self, connection: Connection, found: Sequence[Refusal], now: datetime) -> Taken:
        """Write them down, and end what they end. Whoever calls knows its own repeats."""
        connection.execute(refusal.delete().where(refusal.c.at < now - KEPT))
        rows = _addresses(connection, [one.address_id for one in found])
        by_domain: dict[str, list[Refusal]] = defaultdict(list)
        for one in found:
            if one.address_id in rows:
                by_domain[rows[one.address_id].domain].append(one)
        dead: list[tuple[int, OptOut]] = []
        pending = 0
        # Those who meet do so in one order.
        for domain in sorted(by_domain):
            some = by_domain[domain]
            ending = self._of_domain(connection, domain, some, rows, now)
            pending += len({one.address_id for one in some} - {one.address_id for one in ending})
            dead += [(one.address_id, _act(one)) for one in ending if one.blames_address]
        return Taken(ended=sum(self.optouts.record(connection, dead)), pending=pending)

    def _of_domain(
        self,
        connection: Connection,
        domain: str,
        found: Sequence[Refusal],
        rows: Mapping[int, Any],
        now: datetime,
    ) -> Sequence[Refusal]:
        """Those that are not in suspense."""
        _take_turn(connection, domain)
        sure = _second_words(connection, found, now)
        held = next(iter(bursts.still_open(connection, [domain])), None) if domain else None
        _note(connection, domain, found, sure, held.id if held else None)
        plain = [one for one in found if one.address_id not in sure]
        said = one_line(found[-1].said)
        if held is None and domain and plain:
            name = self._name(rows[plain[-1].address_id])
            held = self._begin(connection, domain, name, plain[-1].route, said, now)
        if held is None:
            return found
        back = [one.delivery_id for one in plain if one.route is Route.PROVIDER]
        bursts.put_back(connection, held, back, now)
        bursts.tell(connection, held, said, now)
        return [one for one in found if one.address_id in sure]

    def _begin(
        self, connection: Connection, domain: str, name: str, route: Route, said: str, now: datetime
    ) -> Any:
        """The burst that these refusals make with those of the last hour; None for none."""
        if is_public(name):
            return None
        lately = _lately(connection, domain, now)
        people = {row.address_id for row in lately}
        if len(people) < self.limits.addresses:
            return None
        accepted = _accepted(connection, domain, self.limits.most(len(people)), now)
        if not is_burst(len(people), accepted, self.limits):
            return None
        values = {"domain": domain, "name": name, "route": route, "accepted": accepted}
        held = bursts.begin(connection, values | {"said": said}, len(people), now)
        linked = update(refusal).where(refusal.c.id.in_([row.id for row in lately]))
        connection.execute(linked.values(burst_id=held.id))
        self.optouts.lift_bounced(connection, people, now, since=now - WITHIN)
        back = [row.delivery_id for row in lately if row.route == Route.PROVIDER]
        bursts.put_back(connection, held, [one for one in back if one is not None], now)
        return held

    def _name(self, row: Any) -> str:
        opened = self.keys.open("address", bytes(row.sealed), bytes(row.digest))
        return domain_of(opened.decode())


def _act(one: Refusal) -> OptOut:
    if one.route is Route.BOUNCE:
        return optout.by_bounce(one.at)
    return optout.by_bad_address(EMAIL.name, one.at)


def _addresses(connection: Connection, wanted: Collection[int]) -> Mapping[int, Any]:
    """Those that somebody has still."""
    columns = (address.c.id, address.c.domain, address.c.digest, address.c.sealed)
    statement = select(*columns).where(address.c.id.in_(set(wanted)), address.c.sealed.is_not(None))
    return {row.id: row for row in connection.execute(statement)}


def _take_turn(connection: Connection, domain: str) -> None:
    """Two replicas begin no burst twice; on SQLite all writing transactions take turns."""
    if domain and connection.dialect.name == "postgresql":
        turn = func.pg_advisory_xact_lock(func.hashtext(f"refusals {domain}"))
        connection.execute(select(turn))


def _note(
    connection: Connection,
    domain: str,
    found: Sequence[Refusal],
    sure: Collection[int],
    burst: int | None,
) -> None:
    values = [
        {
            "address_id": one.address_id,
            "delivery_id": one.delivery_id,
            "domain": domain,
            "route": one.route,
            "blames_address": one.blames_address,
            "is_sure": one.address_id in sure,
            "at": one.at,
            "burst_id": None if one.address_id in sure else burst,
        }
        for one in found
    ]
    connection.execute(insert(refusal), values)


def _lately(connection: Connection, domain: str, now: datetime) -> Sequence[Any]:
    """What counts of the last hour's refusals."""
    statement = select(refusal).where(
        refusal.c.domain == domain,
        refusal.c.at > now - WITHIN,
        refusal.c.burst_id.is_(None),
        refusal.c.is_sure == 0,
    )
    return connection.execute(statement).all()


def _accepted(connection: Connection, domain: str, most: int, now: datetime) -> int:
    """Its addresses that took a message lately, as far as nothing came back of it: so many of them
    as are of interest, for that a large domain isn't counted at every refusal."""
    took = (
        exists()
        .where(contact.c.email_id == address.c.id, delivery.c.contact_id == contact.c.id)
        .where(delivery.c.address_id == address.c.id, delivery.c.channel == EMAIL.name)
        .where(delivery.c.state == DeliveryState.SENT, delivery.c.at > now - KNOWN_FOR, ~_back())
    )
    some = select(address.c.id).where(address.c.domain == domain, took).limit(most + 1)
    counted = select(func.count()).select_from(some.subquery())
    return int(connection.execute(counted).scalar_one())


def _back() -> ColumnElement[bool]:
    return exists().where(event.c.delivery_id == delivery.c.id, event.c.kind == EventKind.BOUNCED)


def _second_words(
    connection: Connection, found: Sequence[Refusal], now: datetime
) -> Collection[int]:
    """Addresses that a burst kept in suspense before, and that took nothing since."""
    wanted = {one.address_id for one in found if one.blames_address}
    earlier: dict[int, list[datetime]] = defaultdict(list)
    before = (
        select(refusal.c.address_id, refusal.c.at)
        .join(domain_burst, domain_burst.c.id == refusal.c.burst_id)
        .where(refusal.c.address_id.in_(wanted), refusal.c.blames_address == 1)
        .where(domain_burst.c.ended_by == bursts.ACCEPTED)
    )
    for address_id, at in connection.execute(before):
        earlier[address_id].append(at)
    if not earlier:
        return frozenset()
    took = (
        select(delivery.c.address_id, func.max(delivery.c.at))
        .where(delivery.c.address_id.in_(list(earlier)), delivery.c.channel == EMAIL.name)
        .where(delivery.c.state == DeliveryState.SENT, ~_back())
        .group_by(delivery.c.address_id)
    )
    taken = {row[0]: row[1] for row in connection.execute(took)}
    return {one for one, at in earlier.items() if is_second_word(at, taken.get(one), now)}
