"""What a person told the organisation, on paper or by telephone: no more, or again.

It is the person's who has the address they gave. Where several people have it, it is nobody's by
name, and closes that address alone, unless whoever took it down says which of them spoke.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Protocol

from scheduler.domain.channels import kind_of, to_addresses
from scheduler.domain.consent.optout import (
    ALL_CHANNELS,
    OptOut,
    Reason,
    Route,
    by_death,
    by_operator,
)
from scheduler.domain.errors import NotFound
from scheduler.domain.ids import ContactId
from scheduler.domain.message import AddressKind
from scheduler.domain.people.person import ContactCard
from scheduler.flow.people.persons import Address, PeopleSource, addresses_of, find


class WishLedger(PeopleSource, Protocol):
    """What these steps ask of the ledger. Each call is one transaction."""

    async def opt_out_identity(self, kind: AddressKind, identity: str, act: OptOut) -> bool: ...

    async def person_at(self, kind: AddressKind, identity: str) -> list[int]: ...

    async def lift(
        self,
        kind: AddressKind,
        identity: str,
        channel: str,
        now: datetime,
        person: ContactId | None = None,
    ) -> int: ...


async def opt_out(
    people: WishLedger,
    address: Address,
    channel: str,
    now: datetime,
    *,
    by: str = "",
    route: Route = Route.OPERATOR,
    reason: Reason = Reason.OPTED_OUT,
) -> int:
    """Record what a person told us, or somebody before us; how many acts are new.

    ``channel`` is that of the address, ``all``, or another one on which the person it belongs to
    is known. ``by`` names the person where several have the address, as ``find`` knows them.
    Raises NotFound when nobody is known whose address for that channel is meant.
    """
    cards = await _speaking(people, address, by)
    person = cards[0].contact if cards else None
    acts = [
        (each, act)
        for each in await _concerned(people, address, channel, cards)
        for act in _acts(each, channel, now)
    ]
    acts += [(address, act) for act in await _shared(people, address, channel, cards, now)]
    if not acts:
        raise NotFound(
            f"no one person is known by this address who has one for {channel}: give that one"
        )
    new = 0
    for each, act in acts:
        named = replace(act, person=person, route=route, reason=reason)
        new += await people.opt_out_identity(each.kind, each.identity, named)
    return new


async def close_of_deceased(people: WishLedger, address: Address, now: datetime) -> int:
    """Close the address of somebody who died, and their others that nobody else has; how many are
    newly closed. It may be said of an address that belongs to nobody known."""
    cards = await _speaking(people, address, "")
    closed = 0
    for each in await _concerned(people, address, ALL_CHANNELS, cards):
        closed += await people.opt_out_identity(each.kind, each.identity, by_death(now))
    return closed


async def take_back(
    people: WishLedger, address: Address, channel: str, now: datetime, *, by: str = ""
) -> int:
    """End what a person asked for, at their own request; how many opt-outs that ends for them."""
    cards = await _speaking(people, address, by)
    person = cards[0].contact if cards else None
    # At an address that others have too it opens to this person alone.
    theirs = _for(channel, address, [one for one in addresses_of(cards) if one != address])
    ended = 0
    for each in theirs:
        for one in _channels(channel, each):
            ended += await people.lift(each.kind, each.identity, one, now, person)
    return ended


def _channels(channel: str, address: Address) -> list[str]:
    """``all``, and each channel to such an address; or the one that is meant."""
    if channel != ALL_CHANNELS:
        return [channel]
    return [ALL_CHANNELS, *(one.name for one in to_addresses(address.kind))]


async def _speaking(people: WishLedger, address: Address, by: str) -> list[ContactCard]:
    """The contacts of the person who has the address, or who is named; none: nobody knows."""
    if by:
        return await find(people, by)
    speaking = await people.person_at(address.kind, address.identity)
    cards = await people.find(address.identity, address.kind)
    return [card for card in cards if card.contact in speaking]


def _acts(address: Address, channel: str, now: datetime) -> list[OptOut]:
    """By telephone number, "all" also ends what STOP ends: service messages."""
    channels = [channel]
    if channel == ALL_CHANNELS:
        channels += [one.name for one in to_addresses(address.kind) if one.leaves_service]
    return [by_operator(one, now) for one in channels]


async def _concerned(
    people: WishLedger, address: Address, channel: str, cards: Sequence[ContactCard]
) -> list[Address]:
    """The addresses that a wish about ``channel`` closes: the one given, and the person's others
    for that channel, but none that somebody else has too."""
    others = [
        one
        for one in addresses_of(cards)
        if one != address and await _is_theirs(people, one, cards)
    ]
    return _for(channel, address, others)


def _for(channel: str, given: Address, others: Sequence[Address]) -> list[Address]:
    if channel == ALL_CHANNELS:
        return [given, *others]
    kind = kind_of(channel).address_kind
    return [given] if given.kind is kind else [one for one in others if one.kind is kind]


async def _shared(
    people: WishLedger,
    address: Address,
    channel: str,
    cards: Sequence[ContactCard],
    now: datetime,
) -> list[OptOut]:
    """What the person doesn't want at an address of theirs that others have too: it hangs on the
    one given, holds for the person, and closes nothing to the others."""
    theirs = [one for one in addresses_of(cards) if one != address]
    shared = {one.kind for one in theirs if not await _is_theirs(people, one, cards)}
    if channel == ALL_CHANNELS:
        # "all" is said of the person already; by SMS it wants service messages ended too.
        media = [one for kind in sorted(shared) for one in to_addresses(kind)]
        return [by_operator(one.name, now) for one in media if one.leaves_service]
    elsewhere = kind_of(channel).address_kind in shared - {address.kind}
    return [by_operator(channel, now)] if elsewhere else []


async def _is_theirs(people: WishLedger, address: Address, cards: Sequence[ContactCard]) -> bool:
    holders = await people.find(address.identity, address.kind)
    return {one.contact for one in holders} <= {card.contact for card in cards}
