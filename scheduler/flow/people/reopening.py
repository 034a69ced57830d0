"""Opening again what refusals closed: one address, or a domain's since a date; a person's decision.

Nothing else opens them: an import that names an address again doesn't say that it works.
"""

from datetime import date, datetime, time
from typing import Protocol
from zoneinfo import ZoneInfo

from scheduler.domain.answers.bursts import Reopened, domain_of
from scheduler.domain.message import AddressKind
from scheduler.domain.people.addresses import normalise_email
from scheduler.flow.people.persons import Address, address_of


class ReopeningLedger(Protocol):
    """Each call is one transaction, which stands in the audit log if it changed anything."""

    async def closed_at(self, kind: AddressKind, identity: str) -> datetime | None:
        """Since when a refusal has closed an address; None where none does."""

    async def reopen(
        self, kind: AddressKind, identity: str, why: str, by: str, now: datetime
    ) -> Reopened:
        """Open an address that a refusal closed."""

    async def reopen_domain(
        self, domain: str, since: datetime, why: str, by: str, now: datetime
    ) -> Reopened:
        """The same of every address of a domain that was closed since then; one that is left alone
        goes on."""


async def reopen_address(
    ledger: ReopeningLedger, typed: str, why: str, by: str, now: datetime
) -> tuple[Address, Reopened]:
    """Raises AddressRefused for what is neither an address nor a number."""
    found = address_of(typed)
    return found, await ledger.reopen(found.kind, found.identity, why, by, now)


async def reopen_domain(
    ledger: ReopeningLedger,
    typed: str,
    since: date,
    zone: ZoneInfo,
    why: str,
    by: str,
    now: datetime,
) -> tuple[str, Reopened]:
    """``since`` is a day of the organisation's. Raises AddressRefused for what is no domain."""
    domain = domain_typed(typed)
    begins = datetime.combine(since, time.min, zone)
    return domain, await ledger.reopen_domain(domain, begins, why, by, now)


def domain_typed(text: str) -> str:
    """``ch.example``, ``@ch.example``, or an address there. Raises AddressRefused."""
    return domain_of(normalise_email(f"x@{text.strip().rpartition('@')[2]}").identity)
