"""Everybody who has a row in an occurrence, with what became of it."""

from collections.abc import Iterator, Sequence

from sqlalchemy import Connection, exists, func, select

from scheduler.domain.delivery import DeliveryState
from scheduler.domain.people.person import ContactCard
from scheduler.domain.showing.recipients import CAME_BACK, PersonsMessage, Recipient
from scheduler.store.database import Database
from scheduler.store.keys.sealing import Keys
from scheduler.store.people.people_ledger import PeopleLedger
from scheduler.store.planning.members import own_address
from scheduler.store.schema.tables import address, contact, delivery, event
from scheduler.store.transactions import reading

#: Values in one IN.
SOME = 500


def _rows(connection: Connection, occurrence: int) -> list[Recipient]:
    back = exists().where(event.c.delivery_id == delivery.c.id, event.c.kind.in_(CAME_BACK))
    own = own_address(delivery.c.channel)
    statement = (
        select(delivery, back.label("came_back"))
        .add_columns(func.coalesce(delivery.c.address_id, own, 0).label("at_address"))
        .join(contact, contact.c.id == delivery.c.contact_id)
        .where(delivery.c.occurrence_id == occurrence)
        .order_by(delivery.c.contact_id, delivery.c.channel)
    )
    return [
        Recipient(
            contact=row.contact_id,
            channel=row.channel,
            state=DeliveryState(row.state),
            reason=row.reason,
            at=row.at,
            address=row.at_address,
            came_back=bool(row.came_back),
        )
        for row in connection.execute(statement)
    ]


def _some(values: Sequence[int]) -> Iterator[Sequence[int]]:
    return (values[start : start + SOME] for start in range(0, len(values), SOME))


def _sealed(connection: Connection, ids: Sequence[int]) -> list[tuple[int, bytes, bytes]]:
    """(id, sealed, digest) of those of these addresses that aren't emptied."""
    found: list[tuple[int, bytes, bytes]] = []
    for some in _some(ids):
        statement = select(address.c.id, address.c.sealed, address.c.digest)
        known = statement.where(address.c.id.in_(some), address.c.sealed.is_not(None))
        found += [
            (row.id, bytes(row.sealed), bytes(row.digest)) for row in connection.execute(known)
        ]
    return found


class RecipientLedger:
    """What is asked of a ledger about those who were written to."""

    def __init__(self, database: Database, keys: Keys, people: PeopleLedger) -> None:
        self.database = database
        self._keys = keys
        self._people = people

    #: By person, the earlier channel first; nobody whose time in the ledger is over.
    of = reading(_rows)

    async def opened(self, rows: Sequence[Recipient]) -> list[PersonsMessage]:
        """The same, each with the person and the address."""
        cards = {one.contact: one for one in await self.cards({row.contact for row in rows})}
        addresses = sorted({row.address for row in rows})
        sealed = await self.database.read(_sealed, addresses)
        to = {row: self._keys.open("address", *one).decode() for row, *one in sealed}
        return [
            PersonsMessage(row=row, card=cards.get(row.contact), to=to.get(row.address, ""))
            for row in rows
        ]

    async def cards(self, contacts: set[int]) -> list[ContactCard]:
        """Of these people, but for those who were erased."""
        found: list[ContactCard] = []
        for some in _some(sorted(contacts)):
            found += await self._people.cards(some)
        return found
