"""Finding people by what an operator types, and giving their contacts out again."""

import re
from collections.abc import AsyncIterator, Collection, Iterable, Mapping, Sequence
from typing import Protocol

from scheduler.domain.calendar.campaigns import Audience, AudienceField
from scheduler.domain.channels import to_addresses
from scheduler.domain.consent.grounds import Basis
from scheduler.domain.errors import AddressRefused, NotFound
from scheduler.domain.ids import ContactId
from scheduler.domain.message import AddressKind
from scheduler.domain.people.addresses import (
    mask_email,
    mask_phone,
    normalise_email,
    normalise_phone,
)
from scheduler.domain.people.contacts import Proof, Row
from scheduler.domain.people.person import ContactCard
from scheduler.domain.values import frozen

#: Contacts whose proofs are asked for at once.
GROUP = 500

#: Written by an export of everyone; an audience that has such a field keeps its own columns.
AUDIENCE_COLUMN = "audience"

_NUMBER = re.compile(r"\+[\d .()-]+|0[\d .-]{8,}")


class PeopleSource(Protocol):
    """What these steps ask of the ledger. Each call is one transaction."""

    def contacts(self, source: str = "") -> AsyncIterator[ContactCard]: ...

    async def proofs(
        self, contacts: Sequence[ContactId]
    ) -> Mapping[ContactId, Mapping[str, Proof]]: ...

    async def find(self, who: str, kind: AddressKind | None) -> list[ContactCard]: ...


@frozen
class Address:
    """An e-mail address or a number, in the form that digests are made of."""

    kind: AddressKind
    identity: str

    @property
    def channel(self) -> str:
        """The first channel that such an address is for: e-mail, or SMS."""
        return to_addresses(self.kind)[0].name

    @property
    def masked(self) -> str:
        mask = mask_email if self.kind is AddressKind.EMAIL else mask_phone
        return mask(self.identity)


def address_of(typed: str) -> Address:
    """Raises AddressRefused for what is neither an address nor a number, with the reason."""
    text = typed.strip()
    if "@" in text:
        return Address(kind=AddressKind.EMAIL, identity=normalise_email(text).identity)
    if not _NUMBER.fullmatch(text):
        raise AddressRefused("neither an e-mail address nor a telephone number (+33 6 …)")
    return Address(kind=AddressKind.PHONE, identity=normalise_phone(text, "FR"))


def addresses_of(cards: Sequence[ContactCard]) -> list[Address]:
    """Every address and number of these contacts, each once."""
    found: dict[str, Address] = {}
    for card in cards:
        if card.email:
            identity = normalise_email(card.email).identity
            found[identity] = Address(kind=AddressKind.EMAIL, identity=identity)
        if card.phone:
            found[card.phone] = Address(kind=AddressKind.PHONE, identity=card.phone)
    return list(found.values())


async def find(people: PeopleSource, who: str) -> list[ContactCard]:
    """The contacts that an id, a source's key, an address or a number stands for.

    Raises NotFound when there is none.
    """
    found = await people.find(who.strip(), None)
    if not found:
        try:
            address = address_of(who)
        except AddressRefused:
            raise NotFound("nobody here has this number, key or address") from None
        found = await people.find(address.identity, address.kind)
    if not found:
        raise NotFound("nobody here has this number, key or address")
    return found


async def members(people: PeopleSource, audience: Audience) -> AsyncIterator[ContactCard]:
    """The living contacts of an audience, its rule applied."""
    async for card in people.contacts(audience.source):
        if all(card.fields.get(name) in values for name, values in audience.rule.items()):
            yield card


async def contact_rows(
    people: PeopleSource, audience: Audience, private: Mapping[str, Collection[str]]
) -> list[Row]:
    """Its members as their file gave them, with the proofs of consent that hold; but for the
    channels that ``private`` names for their audience."""
    rows: list[Row] = []
    group: list[ContactCard] = []
    async for card in members(people, audience):
        group.append(card)
        if len(group) >= GROUP:
            rows += await _with_proofs(people, group, len(rows), private)
            group = []
    return rows + await _with_proofs(people, group, len(rows), private)


def private_channels(audiences: Iterable[Audience]) -> dict[str, set[str]]:
    """By audience, the channels where consent is a person's own affair.

    Somebody who is written to by e-mail without being asked, as an employee, need tell nobody at
    work whether they also gave their own number: only their own access export shows it.
    """
    private: dict[str, set[str]] = {}
    for one in audiences:
        asked = {name for name, terms in one.channels.items() if terms.basis == Basis.CONSENT}
        if asked != set(one.channels):
            private.setdefault(one.source, set()).update(asked)
    return private


def everyone(audiences: Sequence[Audience]) -> Audience:
    """An audience of all contacts, with the columns of each and one that names theirs."""
    fields = {field.name: field for one in audiences for field in one.fields}
    channels = {name: terms for one in audiences for name, terms in one.channels.items()}
    return Audience(
        name="everyone",
        label="",
        source="",
        key="key",
        channels=channels,
        fields=[AudienceField(name=AUDIENCE_COLUMN, label=""), *fields.values()],
    )


async def _with_proofs(
    people: PeopleSource,
    cards: Sequence[ContactCard],
    before: int,
    private: Mapping[str, Collection[str]],
) -> list[Row]:
    proofs = await people.proofs([card.contact for card in cards])
    return [
        Row(
            number=number,
            key=card.key,
            email=normalise_email(card.email) if card.email else None,
            phone=card.phone or None,
            language=card.language,
            easy_to_read=card.easy_to_read,
            zone=card.zone,
            territory=card.territory,
            fields={**card.fields, AUDIENCE_COLUMN: card.audience},
            proofs={
                channel: proof
                for channel, proof in proofs.get(card.contact, {}).items()
                if channel not in private.get(card.audience, ())
            },
        )
        for number, card in enumerate(cards, before + 2)
    ]
