"""What the doctor asks of DNS: each record once, however many rules want it."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from scheduler.domain.doctor.dkim import dkim
from scheduler.domain.doctor.lines import Check, Line, Speaker
from scheduler.domain.doctor.zone import Kind, Records, Resolver, Silent, Wanted, Zone

#: Records that one rule may lead to.
_MOST_RECORDS = 200

T = TypeVar("T")
Rule = Callable[[Zone], Line]


class Questions:
    """Of one examination."""

    def __init__(self, resolver: Resolver) -> None:
        self._resolver = resolver
        self._known: dict[tuple[Kind, str], Records] = {}

    async def ruled(self, check: Check, subject: str, rule: Rule) -> Line:
        try:
            return await self.asking(rule)
        except Silent as silent:
            return Speaker(check=check, subject=subject).unknown(
                f"DNS gives no answer for {silent.name}: {silent.why}", "ask again later"
            )

    async def asking(self, rule: Callable[[Zone], T]) -> T:
        """Raises Silent."""
        for _ in range(_MOST_RECORDS):
            try:
                return rule(Zone(self._known))
            except Wanted as wanted:
                found = await self._resolver.look(wanted.kind, wanted.name)
                self._known[wanted.kind, wanted.name] = found
        raise Silent("", f"more than {_MOST_RECORDS} records")

    async def key(self, domain: str, selector: str, signs: str = "") -> Line:
        return await self.ruled(
            Check.DKIM, domain, lambda zone: dkim(zone, domain, selector, signs)
        )

    async def addresses(self, host: str) -> list[str]:
        """Of the relay; none where it is named by an address, or by a name that stays inside."""
        if not host:
            return []
        try:
            return list(await self.asking(lambda zone: zone.addresses(host)))
        except Silent:
            return []

    async def published(self, name: str) -> Sequence[str]:
        try:
            return await self.asking(lambda zone: zone.of(Kind.TXT, name))
        except Silent:
            return ()
