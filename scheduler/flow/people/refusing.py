"""A list of people who said no elsewhere, taken over: said twice, it is said once.

Each row is a wish of its own, written as one that is told by telephone is, so a list cut short is
said again. Whoever the ledger doesn't know is barred by their address, before a file ever names it.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Protocol

from scheduler.domain.consent.optout import ALL_CHANNELS, Reason, Route
from scheduler.domain.errors import AddressRefused, NotFound
from scheduler.domain.message import AddressKind
from scheduler.domain.people.phones import is_number
from scheduler.domain.people.refusal_lists import RefusalReport, Said, is_header
from scheduler.domain.values import frozen
from scheduler.flow.people.persons import Address, address_of, addresses_of
from scheduler.flow.people.wishes import WishLedger, opt_out


class RefusalLedger(WishLedger, Protocol):
    async def has_opted_out(self, kind: AddressKind, identity: str, channel: str) -> bool: ...


async def take_refusals(
    rows: Sequence[Said],
    people: RefusalLedger,
    clock: Callable[[], datetime],
    *,
    channel: str | None = None,
    reason: Reason = Reason.OPTED_OUT,
    dry_run: bool = False,
) -> RefusalReport:
    """Record what a list says. ``channel`` None: that of each address, and every one of a key.

    ``dry_run`` writes nothing, and says what would come of it.
    """
    report = RefusalReport()
    for said in rows:
        addresses, key = await _meant(people, said)
        if not addresses and said is rows[0] and is_header(said):
            report.header = True
            continue
        report.rows += 1
        if not addresses:
            report.unusable.append(said.row)
            continue
        wish = _Wish(said=said, addresses=addresses, key=key, channel=channel, reason=reason)
        await _take(people, wish, clock, report, dry_run=dry_run)
    return report


@frozen
class _Wish:
    said: Said
    addresses: Sequence[Address]
    #: Of the person, where that is how the row names them.
    key: str
    channel: str | None
    reason: Reason

    def about(self, address: Address) -> str:
        return self.channel or address.channel


async def _take(
    people: RefusalLedger,
    wish: _Wish,
    clock: Callable[[], datetime],
    report: RefusalReport,
    *,
    dry_run: bool,
) -> None:
    known = [one for one in wish.addresses if await people.find(one.identity, one.kind)]
    write = _would if dry_run else _record
    news = [await write(people, wish, address, clock()) for address in wish.addresses]
    if all(one is None for one in news):
        report.unusable.append(wish.said.row)
        return
    report.known += bool(known)
    if not known:
        report.unknown.append(wish.said.row)
    report.new += any(news)
    report.already += not any(news)


async def _record(
    people: RefusalLedger, wish: _Wish, address: Address, now: datetime
) -> bool | None:
    """Whether it is new; None: the list is about a channel that nobody here is known to have."""
    try:
        return bool(
            await opt_out(
                people,
                address,
                wish.about(address),
                now,
                by=wish.key,
                route=Route.LIST,
                reason=wish.reason,
            )
        )
    except NotFound:
        return None


async def _would(
    people: RefusalLedger, wish: _Wish, address: Address, _now: datetime
) -> bool | None:
    channel = wish.about(address)
    if channel not in (address.channel, ALL_CHANNELS):
        cards = await people.find(address.identity, address.kind)
        if not any(one.channel == channel for one in addresses_of(cards)):
            return None
    return not await people.has_opted_out(address.kind, address.identity, channel)


async def _meant(people: RefusalLedger, said: Said) -> tuple[list[Address], str]:
    """The addresses and numbers of a row; of one that has none, those of whoever has its key, and
    the key."""
    found: dict[str, Address] = {}
    for cell in said.cells:
        try:
            address = address_of(cell)
        except AddressRefused:
            continue
        found[address.identity] = address
    if found:
        return list(found.values()), ""
    key = said.cells[0]
    cards = await people.find(key, None)
    if cards:
        return addresses_of(cards), key
    # A spreadsheet ate the zero in front of a number.
    return ([address_of(f"0{key}")] if is_number(f"0{key}", "FR") else []), ""
