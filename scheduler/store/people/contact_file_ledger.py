"""The ledger for contact files: what a file would change is counted, then taken in."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection

from scheduler.domain.calendar.campaigns import Audience
from scheduler.domain.measure.destinations import Destinations
from scheduler.domain.message import AddressKind
from scheduler.domain.people.contacts import Row
from scheduler.domain.people.imports import ImportStart
from scheduler.domain.processes.leases import Lease
from scheduler.store import leases
from scheduler.store.database import Database
from scheduler.store.keys.known import has_nobody, known_addresses, person_digests
from scheduler.store.keys.sealing import Keys
from scheduler.store.notes import KEYS_APART, note_of
from scheduler.store.optouts import refusals
from scheduler.store.people import arrivals, people, taking_in
from scheduler.store.people.short_tokens import again_with_others
from scheduler.store.transactions import writing


class ContactFileLedger:
    """Each method is one transaction."""

    def __init__(
        self, database: Database, keys: Keys, destinations: Destinations | None = None
    ) -> None:
        """Without ``destinations``, the shipped groups are meant."""
        self.database = database
        self._keys = keys
        self._destinations = destinations or Destinations()

    #: Raises UnderWay while another has it.
    take_lease = writing(leases.take)

    #: Raises UnderWay when another has it by now.
    renew_lease = writing(leases.renew)

    let_go = writing(leases.let_go)

    async def begin_import(
        self, start: ImportStart, now: datetime, lease: Lease | None = None
    ) -> int:
        return await self.database.write(leases.held(people.begin_import, lease, now), start, now)

    async def take_in(
        self,
        audience: Audience,
        rows: Sequence[Row],
        import_id: int,
        now: datetime,
        lease: Lease | None = None,
        given_away: Collection[str] = (),
    ) -> None:
        work = leases.held(taking_in.take_in, lease, now)
        keys, destinations = self._keys, self._destinations
        await again_with_others(
            lambda: self.database.write(
                work, keys, destinations, audience, rows, import_id, now, given_away
            )
        )

    async def finish_import(
        self,
        import_id: int,
        counts: Mapping[str, int],
        now: datetime,
        lease: Lease | None = None,
        *,
        complete: Audience | None = None,
    ) -> int:
        """Its last word; how many left, of an audience that its file names whole."""
        return await self.database.write(
            leases.held(_finish, lease, now), import_id, counts, now, complete
        )

    async def end_absent(self, audience: Audience, import_id: int) -> int:
        return await self.database.write(people.end_absent, audience.source, import_id)

    async def end_named(
        self,
        audience: Audience,
        keys: Sequence[str],
        now: datetime,
        lease: Lease | None = None,
    ) -> int:
        """End the membership of those with these source keys; how many had one."""
        if not keys:
            return 0
        digests = person_digests(self._keys, keys)
        return await self.database.write(
            leases.held(people.end_named, lease, now), audience.source, digests
        )

    async def count_active(self, audience: Audience) -> int:
        return await self.database.read(people.count_active, audience.source)

    async def count_known(self, audience: Audience, keys: Sequence[str]) -> int:
        """How many of these source keys are active members."""
        return await self.database.read(self._count_known, audience.source, keys)

    async def strangers(self, audience: Audience, rows: Sequence[Row]) -> set[int]:
        """The numbers of the rows whose key is another person's: other name, other address."""
        return await self.database.read(arrivals.strangers, self._keys, audience, rows)

    async def still_named(
        self,
        audience: Audience,
        keys: Collection[str],
        import_id: int,
        now: datetime,
        lease: Lease | None = None,
    ) -> None:
        """A file names these, though nothing of their rows was taken: it ends none of them."""
        digests = person_digests(self._keys, keys)
        work = leases.held(arrivals.still_named, lease, now)
        await self.database.write(work, audience.source, digests, import_id)

    async def keeps_apart(self) -> bool:
        """Whether anybody's key is theirs only as it is typed."""
        return await self.database.read(note_of, KEYS_APART) is not None

    async def kept_apart(self, audience: Audience, keys: Collection[str]) -> set[str]:
        """Those of these keys, as they are typed, that are somebody's only so."""
        return await self.database.read(arrivals.kept_apart, self._keys, audience.source, keys)

    async def count_lacking(
        self, audience: Audience, rows: Sequence[Row], channels: Collection[str]
    ) -> dict[str, int]:
        """By channel, the rows that no proof will speak for at the address they have now."""
        return await self.database.read(
            arrivals.count_lacking, self._keys, audience, rows, channels
        )

    async def count_opted_out(self, rows: Sequence[Row]) -> int:
        """How many of these rows have an address or number with an opt-out that holds."""
        return await self.database.read(self._count_opted_out, rows)

    async def count_refusing(self, audience: Audience, keys: Sequence[str]) -> int:
        """How many of these source keys are of people whose own opt-out holds, at any address."""
        return await self.database.read(self._count_refusing, audience.source, keys)

    async def refusing_names(self, audience: Audience) -> Sequence[Sequence[str]]:
        """The names, as an audience's fields hold them, of who objected and still does."""
        return await self.database.read(arrivals.refusing_names, self._keys, audience)

    def _count_known(self, connection: Connection, source: str, keys: Sequence[str]) -> int:
        if has_nobody(connection, source):
            return 0
        digests = person_digests(self._keys, keys)
        return len(people.known_keys(connection, source, digests))

    def _count_refusing(self, connection: Connection, source: str, keys: Sequence[str]) -> int:
        if refusals.has_none(connection):
            return 0
        digests = person_digests(self._keys, keys)
        return len(refusals.people_who_refuse(connection, source, digests))

    def _count_opted_out(self, connection: Connection, rows: Sequence[Row]) -> int:
        if refusals.has_none(connection):
            return 0
        identities = [(AddressKind.EMAIL, row.email.identity) for row in rows if row.email]
        identities += [(AddressKind.PHONE, row.phone) for row in rows if row.phone]
        known = known_addresses(connection, self._keys, identities)
        return refusals.count_addresses(connection, list(known.values()))


def _finish(
    connection: Connection,
    import_id: int,
    counts: Mapping[str, int],
    now: datetime,
    complete: Audience | None,
) -> int:
    ended = people.end_absent(connection, complete.source, import_id) if complete else 0
    people.finish_import(connection, import_id, {**counts, "ended": ended}, now)
    return ended
